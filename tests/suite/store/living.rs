//! Any life with inch: whatever was done in whatever order, memory says what the file says.

use proptest::prelude::*;

use super::*;

/// One step of a life with inch.
#[derive(Debug, Clone)]
enum Step {
    Make(Change),
    Elsewhere(Change),
    Undo,
    Redo,
    DaysPass(i64),
    Refresh,
    Restart,
}

pub(super) fn any_change() -> impl Strategy<Value = Change> {
    let number = 0_u64..3;
    let schedule = prop::sample::select(vec!["daily", "mon,wed,fri", "3/week", "every 40 days"]);
    let any_day = (-500_i64..=1).prop_map(|offset| plus(today(), offset));
    let any_mark = prop::sample::select(vec![Some(Mark::Done), Some(Mark::Rest), None]);
    prop_oneof![
        2 => (number.clone(), schedule.clone(), any_day.clone())
            .prop_map(|(number, schedule, from)| add(number, schedule, from)),
        12 => (number.clone(), any_day.clone(), any_mark)
            .prop_map(|(number, on, kind)| mark(number, on, kind)),
        4 => (number.clone(), any_day.clone(), 5_i64..90).prop_map(|(number, from, count)| {
            Change::Together {
                what: "a good time".into(),
                changes: (0..count)
                    .map(|at| mark(number, plus(from, at).min(today()), Some(Mark::Done)))
                    .collect(),
            }
        }),
        1 => (number.clone(), any_day.clone(), "[a-z]{0,3}").prop_map(|(number, day, note)| {
            Change::CheckInNote { habit: habit_id(number), day, note: Some(note) }
        }),
        1 => (number.clone(), "[a-z]{1,9}").prop_map(|(number, name)| rename(number, &name)),
        2 => (number.clone(), schedule, any_day.clone()).prop_map(|(number, schedule, from)| {
            Change::ScheduleSet {
                habit: habit_id(number),
                from,
                schedule: schedule.parse().unwrap(),
            }
        }),
        1 => (number.clone(), any_day.clone())
            .prop_map(|(number, on)| Change::HabitArchive { habit: habit_id(number), on }),
        1 => (number.clone(), any_day.clone())
            .prop_map(|(number, on)| Change::HabitUnarchive { habit: habit_id(number), on }),
        1 => number.clone().prop_map(|number| Change::HabitDelete { habit: habit_id(number) }),
        1 => (0_u64..2).prop_map(|number| Change::ProjectDelete { project: project_id(number) }),
        2 => (number.clone(), "[a-z]{1,3}", any::<bool>()).prop_map(|(number, title, is_put)| {
            let id = TopicId::from(format!("own-{number}").as_str());
            if !is_put {
                return Change::OwnTopicDelete { topic: id };
            }
            let (module, check) = ("vectors".into(), "You can see it".into());
            let topic = OwnTopic { id, module, title, check, link: None, is_deleted: false };
            Change::OwnTopicPut { topic }
        }),
        1 => (number.clone(), prop::sample::select(TopicState::ALL.to_vec()), any_day.clone()).prop_map(
            |(number, state, on)| Change::TopicSet {
                topic: format!("topic-{number}").as_str().into(),
                state,
                on,
            }
        ),
        3 => (0_u64..3, any_day.clone()).prop_flat_map(|(number, on)| any_learning(number, on)),
        2 => (number.clone(), 0_u64..6, 0_u32..9_000, any_day.clone()).prop_map(
            |(number, which, seconds, on)| session(which, Some(habit_id(number)), seconds, on)
        ),
        1 => (0_u64..2, prop::sample::select(Status::ALL.to_vec()), any_day).prop_map(
            |(number, status, on)| Change::ProjectAdd {
                project: project_id(number),
                draft: ProjectDraft {
                    title: "Digits".into(),
                    status,
                    ..ProjectDraft::default()
                },
                position: 0,
                on,
            }
        ),
    ]
}

/// What can be said of a topic, and of a project's worksheet.
fn any_learning(number: u64, on: NaiveDate) -> impl Strategy<Value = Change> {
    let topic = |number: u64| TopicId::from(format!("topic-{number}").as_str());
    let own = topic(number);
    let url = || "https://example.org/".to_owned();
    let evidence = Evidence { sentence: "I built it".into(), link: Some(url()) };
    let annotate = AnnotationPatch {
        want: Some((number > 0).then_some(Want::Nice)),
        notes: Some("see the second chapter".into()),
        links: Some(vec![OwnLink { title: String::new(), url: url() }]),
    };
    let answers = vec![(Prompt::Problem, "too many leave".to_owned())];
    let patch = ProjectPatch {
        source: Some((number > 0).then_some(Source::Side)),
        drift_check_on: Some(Some(on)),
        choice: Some(Choice { growth: Some(4), is_good: Some(true), ..Choice::default() }),
        ..ProjectPatch::default()
    };
    prop_oneof![
        Just(Change::TopicEvidence { topic: own.clone(), evidence }),
        prop::sample::select(Rating::ALL.to_vec()).prop_map({
            let topic = own.clone();
            move |rating| Change::TopicReview { topic: topic.clone(), rating, on }
        }),
        Just(Change::TopicAnnotate { topic: own.clone(), edit: annotate }),
        any::<bool>().prop_map({
            let topic = own.clone();
            move |is_used| Change::ResourceUsed { topic: topic.clone(), url: url(), is_used }
        }),
        Just(Change::TopicTakeOver { topic: own, from: vec![topic(number + 1), topic(7)] }),
        "[a-z]{0,5}".prop_map(|goal| Change::GoalSet { goal }),
        Just(Change::ProjectScope { project: project_id(number), answers, on }),
        Just(Change::ProjectEdit { project: project_id(number), edit: patch, on }),
        Just(Change::HabitReview { habit: habit_id(number), is_review: number > 0 }),
    ]
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => any_change().prop_map(Step::Make),
        4 => any_change().prop_map(Step::Elsewhere),
        4 => Just(Step::Undo),
        3 => Just(Step::Redo),
        2 => (1_i64..70).prop_map(Step::DaysPass),
        1 => Just(Step::Refresh),
        1 => Just(Step::Restart),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 48,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn memory_and_the_file_never_part(steps in prop::collection::vec(any_step(), 1..40)) {
        let (_folder, path) = place();
        let mut on = today();
        let (mut store, mut other) = (open(&path), open(&path));
        let mut memory = store.load(on).unwrap();
        let mut others_memory = other.load(on).unwrap();
        for number in 0..2 {
            make(&mut store, &mut memory, &add(number, "daily", plus(on, -300)), on);
        }
        for step in steps {
            match step {
                Step::Make(change) => match store.apply(&change, &stamp(on)) {
                    Ok(applied) => memory.absorb(&applied),
                    Err(StoreError::Refused(_)) => {}
                    Err(other) => panic!("{other}"),
                },
                Step::Elsewhere(change) => match other.apply(&change, &stamp(on)) {
                    Ok(applied) => others_memory.absorb(&applied),
                    Err(StoreError::Refused(_)) => {}
                    Err(other) => panic!("{other}"),
                },
                Step::Undo => {
                    if let Some(applied) = store.undo(&stamp(on)).unwrap() {
                        memory.absorb(&applied);
                    }
                }
                Step::Redo => {
                    if let Some(applied) = store.redo(&stamp(on)).unwrap() {
                        memory.absorb(&applied);
                    }
                }
                Step::DaysPass(days) => on = plus(on, days),
                Step::Refresh => store.refresh_checkpoints(on).unwrap(),
                Step::Restart => {
                    store = open(&path);
                    memory = store.load(on).unwrap();
                }
            }
        }
        for news in store.news(on).unwrap() {
            memory.absorb(&news);
        }
        for news in other.news(on).unwrap() {
            others_memory.absorb(&news);
        }
        assert_same(&memory, &path, on);
        assert_same(&others_memory, &path, on);
    }
}

/// Prints what a start and a tick cost with a long history and with none.
#[test]
#[ignore = "a measurement: cargo test --release --test suite -- --ignored --nocapture costs"]
fn costs_of_a_long_history() {
    let long = filled(50, 365 * 100);
    let short = filled(1, 10);
    for (name, (_folder, path)) in [("10 rows", short), ("50 habits x 100 years", long)] {
        let bytes = fs::metadata(&path).unwrap().len();
        let times = |act: &mut dyn FnMut()| {
            let mut all: Vec<_> = (0..101)
                .map(|_| {
                    let start = std::time::Instant::now();
                    act();
                    start.elapsed()
                })
                .collect();
            all.sort();
            all[50]
        };
        let start = times(&mut || drop(open(&path)));
        let mut store = open(&path);
        let load = times(&mut || drop(store.load(late()).unwrap()));
        // Today is done in both files.
        let mut is_done = true;
        let mut toggle = |on| {
            is_done = !is_done;
            let to = is_done.then_some(Mark::Done);
            mark(0, on, to)
        };
        let tick = times(&mut || {
            assert!(store.apply(&toggle(late()), &stamp(late())).unwrap().seq.is_some());
        });
        let quiet = times(&mut || drop(store.news(late()).unwrap()));
        let old = plus(late(), -209);
        let edit = times(&mut || {
            store.apply(&toggle(old), &stamp(late())).unwrap();
        });
        println!(
            "{name}: {bytes} bytes; open and close {start:?}, load {load:?}, tick {tick:?}, \
             no news {quiet:?}, edit of an old day {edit:?}"
        );
    }
}

/// A day with a hundred years before it that inch keeps.
fn late() -> NaiveDate {
    day("2099-11-23")
}

/// A file with daily habits, each done on every one of the last days.
fn filled(habits: u64, days: i64) -> (TempDir, PathBuf) {
    let (folder, path) = place();
    let mut store = open(&path);
    let first = plus(late(), 1 - days);
    for number in 0..habits {
        store.apply(&add(number, "daily", first), &stamp(late())).unwrap();
    }
    // Straight into the table: as changes, a century would fill the journal too.
    let sql = Connection::open(&path).unwrap();
    sql.execute_batch("BEGIN").unwrap();
    let mut insert = sql.prepare("INSERT INTO check_in VALUES (?1, ?2, 'done', NULL)").unwrap();
    for number in 0..habits {
        for at in 0..days {
            let on = plus(first, at).to_string();
            insert.execute((habit_id(number).to_string(), on)).unwrap();
        }
    }
    drop(insert);
    sql.execute_batch("COMMIT").unwrap();
    sql.close().unwrap();
    store.load(late()).unwrap();
    let start = std::time::Instant::now();
    store.refresh_checkpoints(late()).unwrap();
    println!("{habits} habits of {days} days folded in {:?}", start.elapsed());
    store.close().unwrap();
    (folder, path)
}

/// Prints the most memory that an import of many marks takes. Alone in its process.
#[test]
#[ignore = "a measurement: cargo test --release --test suite -- --ignored --nocapture --exact store::living::memory_of_an_import"]
fn memory_of_an_import() {
    let (_folder, path) = place();
    let mut store = open(&path);
    let first = plus(late(), -10_000);
    // Since it was last asked, where the system can begin anew (proc_pid_clear_refs(5)).
    let peak = || {
        let status = fs::read_to_string("/proc/self/status").unwrap();
        let _ = fs::write("/proc/self/clear_refs", "5");
        status.lines().find(|line| line.starts_with("VmHWM")).unwrap().to_owned()
    };
    let habits = (0..20).map(|number| add(number, "daily", first));
    let marks = (0..20).flat_map(|number| {
        (0..10_000).map(move |at| mark(number, plus(first, at), Some(Mark::Done)))
    });
    let import = Change::Together { what: "import".into(), changes: habits.chain(marks).collect() };
    println!("the change: {}", peak());
    let start = std::time::Instant::now();
    let applied = store.apply(&import, &stamp(late())).unwrap();
    println!("{} records made in {:?}: {}", applied.after.len(), start.elapsed(), peak());
    drop(applied);
    let start = std::time::Instant::now();
    store.undo(&stamp(late())).unwrap().unwrap();
    println!("taken back in {:?}: {}", start.elapsed(), peak());
}
