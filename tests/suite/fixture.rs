//! Models to draw and to type into, built in memory from changes.
//!
//! Owns the made-up people of the screen tests. Goes through `Change::make` as the store does, so
//! that nothing can stand here that could not stand in a file.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use inch::{
    app::{
        Effect, Failure, Message, Model, Start,
        detail::needs_shape,
        grown::Roots,
        history::pages::{Pages, Request},
        mouse::Mouse,
        update,
    },
    config::Config,
    domain::{
        annotation::OwnLink,
        change::{Applied, Change, Origin, ProjectPatch, Records},
        curriculum::Curriculum,
        day::{parse_iso, plus},
        habit::{Mark, Recipe},
        ids::{HabitId, IdSource, ProjectId, SessionId, TopicId},
        pace::Pace,
        project::{
            Level, ProjectDraft, Source, Status,
            choice::{Approach, Choice},
            scope::Prompt,
        },
        record::{Image, Key, Record},
        session::{Session, Studied, Subject},
        topic::{Evidence, TopicState},
        workspace::{Track, Workspace},
    },
    keymap::{Keymap, chord::Chord, contexts},
    ui::{shape, theme::Theme, view},
};
use ratatui::{
    Terminal,
    backend::TestBackend,
    crossterm::event::{KeyEvent, KeyModifiers},
    layout::{Position, Size},
};

/// Monday 23 November 2026, the day of all screen tests.
pub fn today() -> NaiveDate {
    parse_iso("2026-11-23").unwrap()
}

/// A store in memory: applies what the model asks for and can be told to fail.
#[derive(Debug, Default, Clone)]
pub struct Memory {
    records: BTreeMap<Key, Record>,
    seq: i64,
    undo: Vec<Applied>,
    redo: Vec<Applied>,
    /// Every change fails with this until it is taken away.
    pub failure: Option<Failure>,
}

impl Memory {
    /// Makes a change as the store would.
    pub fn apply(&mut self, change: &Change) -> Result<Applied, Box<Failure>> {
        if let Some(failure) = &self.failure {
            let change = Some(change.clone());
            return Err(Box::new(Failure { change, ..failure.clone() }));
        }
        let keys = change.keys();
        let mut records: Records =
            keys.iter().map(|key| (key.clone(), self.records.get(key).cloned())).collect();
        let before = images(&records);
        change.make(&mut records, today()).map_err(|refusal| Failure {
            text: refusal.to_string(),
            change: Some(change.clone()),
            is_waiting: false,
        })?;
        let after = images(&records);
        self.put(&after);
        let studied = self.studied(before.iter().chain(&after));
        let applied = Applied {
            seq: (before != after).then_some(self.seq),
            origin: Origin::Asked,
            change: change.clone(),
            before,
            after,
            tracks: Vec::new(),
            studied,
        };
        if applied.seq.is_some() {
            self.undo.push(applied.clone());
            self.redo.clear();
        }
        Ok(applied)
    }

    /// Every change that was made and not taken back.
    pub fn applied(&self) -> Vec<Applied> {
        self.undo.clone()
    }

    /// Puts text into every record that no change would let in: what another program may have
    /// written.
    pub fn taint(&mut self, text: &str) {
        for record in self.records.values_mut() {
            match record {
                Record::Habit(habit) => {
                    habit.name = text.into();
                    let recipe = Recipe {
                        anchor: text.into(),
                        behaviour: text.into(),
                        celebration: text.into(),
                    };
                    habit.recipes =
                        inch::domain::version::Versions::new(habit.created_on(), recipe);
                }
                Record::CheckIn(check_in) => check_in.note = Some(text.into()),
                Record::OwnTopic(topic) => topic.title = text.into(),
                Record::Project(project) => {
                    project.draft.title = text.into();
                    project.draft.pitch = text.into();
                    project.draft.links = vec![text.into()];
                    project.draft.result = text.into();
                    project.draft.role = text.into();
                    project.draft.explained = text.into();
                    project.draft.employer = text.into();
                    project.draft.choice.reason = text.into();
                    for prompt in Prompt::ALL {
                        project.scope.answer_with(prompt, text.into(), today());
                    }
                }
                Record::Topic(progress) => {
                    progress.evidence = Evidence { sentence: text.into(), link: Some(text.into()) };
                }
                Record::Annotation(annotation) => {
                    annotation.notes = text.into();
                    annotation.links = vec![OwnLink { title: text.into(), url: text.into() }];
                }
                Record::Goal(goal) => *goal = text.into(),
                Record::Session(_) | Record::Review(_) => {}
            }
        }
    }

    fn put(&mut self, images: &[Image]) {
        self.seq += 1;
        for image in images {
            match &image.record {
                Some(record) => drop(self.records.insert(image.key.clone(), record.clone())),
                None => drop(self.records.remove(&image.key)),
            }
        }
    }

    /// What the sessions on every subject of these images come to, counted anew.
    fn studied<'a>(
        &self,
        images: impl Iterator<Item = &'a Image>,
    ) -> Vec<(Subject, Option<Studied>)> {
        let subjects = images.filter_map(|image| match &image.record {
            Some(Record::Session(session)) => Some(session.subjects()),
            _ => None,
        });
        let total = |subject: &Subject| {
            let mut total = None::<Studied>;
            for record in self.records.values() {
                let Record::Session(session) = record else { continue };
                if session.subjects().any(|on| on == *subject) {
                    let total = total.get_or_insert_default();
                    total.seconds += u64::from(session.seconds);
                    total.sessions += 1;
                }
            }
            total
        };
        subjects.flatten().map(|subject| (subject.clone(), total(&subject))).collect()
    }

    fn turn(&mut self, origin: Origin) -> Option<Applied> {
        let applied = match origin {
            Origin::Undone => self.undo.pop()?,
            _ => self.redo.pop()?,
        };
        let mut turned = applied.clone();
        turned.origin = origin;
        if origin == Origin::Undone {
            std::mem::swap(&mut turned.before, &mut turned.after);
            self.redo.push(applied);
        } else {
            self.undo.push(applied);
        }
        self.put(&turned.after);
        turned.studied = self.studied(turned.before.iter().chain(&turned.after));
        Some(turned)
    }

    /// What the store reads for a history: no day that was not asked for.
    fn pages(&self, request: Request) -> Pages {
        let mut pages = Pages::default();
        for record in self.records.values() {
            match record {
                Record::CheckIn(check_in) => {
                    let is_asked = request.spans.iter().any(|span| {
                        span.habit == check_in.habit
                            && (span.first..=span.last).contains(&check_in.day)
                    });
                    if is_asked {
                        pages.insert(check_in.clone());
                    }
                }
                Record::Session(session) => {
                    let is_asked = request.habit.is_none_or(|habit| session.habit == Some(habit));
                    let (first, last) = request.sessions.unwrap();
                    if is_asked && (first..=last).contains(&session.day) {
                        *pages.seconds.entry(session.day).or_default() +=
                            u64::from(session.seconds);
                    }
                }
                _ => {}
            }
        }
        Pages { request, ..pages }
    }

    /// What the store counts for a project.
    fn starts(&self, roots: &Roots) -> u64 {
        let is_start = |record: &&Record| match record {
            Record::CheckIn(check_in) => {
                let is_done = check_in.mark == Some(Mark::Done) && check_in.day <= roots.until;
                is_done && roots.habits.contains(&check_in.habit)
            }
            _ => false,
        };
        self.records.values().filter(is_start).count() as u64
    }

    /// What a fresh start would read.
    pub fn workspace(&self) -> Workspace {
        let mut workspace = Workspace::default();
        for (key, record) in &self.records {
            workspace.put(&Image { key: key.clone(), record: Some(record.clone()) });
        }
        let all = images(&self.records.iter().map(|(k, r)| (k.clone(), Some(r.clone()))).collect());
        let studied = self.studied(all.iter()).into_iter();
        workspace.studied = studied.filter_map(|(on, total)| Some((on, total?))).collect();
        workspace
    }
}

fn images(records: &Records) -> Vec<Image> {
    let images = records.iter();
    images.map(|(key, record)| Image { key: key.clone(), record: record.clone() }).collect()
}

/// A model with its memory behind it: what the runtime is to the app, without a terminal.
pub struct Person {
    /// The model.
    pub model: Model,
    /// What it is saved in.
    pub memory: Memory,
    /// The keys.
    pub keymap: Keymap,
    /// Effects that only a real terminal could perform.
    pub effects: Vec<Effect>,
    /// The time.
    pub now: DateTime<FixedOffset>,
}

impl Person {
    /// A start on what the memory holds.
    pub fn new(memory: Memory, config: Config, width: u16, height: u16) -> Self {
        Self::with(Curriculum::shipped(), memory, config, width, height)
    }

    /// The same with another curriculum.
    pub fn with(
        curriculum: Curriculum,
        memory: Memory,
        config: Config,
        width: u16,
        height: u16,
    ) -> Self {
        let keymap = Keymap::new(&config).unwrap();
        let workspace = memory.workspace();
        let is_first_start = workspace.habits.is_empty() && workspace.projects.is_empty();
        let is_ascii = config.glyphs == inch::config::Glyphs::Ascii;
        let (model, effects) = Model::new(Start {
            workspace: Workspace { rules: config.rules(), ..workspace },
            curriculum,
            config,
            keys: keymap.words(is_ascii),
            today: today(),
            until: None,
            size: Size { width, height },
            ids: IdSource::new(7, 1_763_856_000_000),
            is_first_start,
        });
        let now = DateTime::parse_from_rfc3339("2026-11-23T09:00:00+01:00").unwrap();
        let mut person = Self { model, memory, keymap, effects: Vec::new(), now };
        person.perform(effects);
        person
    }

    /// Sends a message and performs what it asks for.
    pub fn send(&mut self, message: Message) {
        if needs_shape(&self.model, &message) {
            let theme = Theme::new(&self.model.config, true);
            self.model.shape = shape(&self.model, &self.keymap, &theme);
        }
        let effects = update(&mut self.model, message);
        self.perform(effects);
    }

    /// Lets time pass as the runtime does: a beat a second while the timer counts.
    pub fn pass(&mut self, seconds: i64) -> &mut Self {
        for _ in 0..seconds {
            self.leap(1);
        }
        self
    }

    /// Lets so many seconds pass with only one beat at their end; they may go back.
    pub fn leap(&mut self, seconds: i64) -> &mut Self {
        self.now += TimeDelta::seconds(seconds);
        if self.model.timer.as_ref().is_some_and(|timer| timer.next_beat().is_some()) {
            self.send(Message::Beat { at: self.now });
        }
        self
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let message = match effect {
                Effect::Apply(change) => match self.memory.apply(&change) {
                    Ok(applied) => Message::Applied(Box::new(applied)),
                    Err(failure) => Message::Failed(failure),
                },
                Effect::Undo => match self.memory.turn(Origin::Undone) {
                    Some(applied) => Message::Applied(Box::new(applied)),
                    None => Message::NothingToUndo,
                },
                Effect::Redo => match self.memory.turn(Origin::Redone) {
                    Some(applied) => Message::Applied(Box::new(applied)),
                    None => Message::NothingToRedo,
                },
                Effect::Load(habit, _) => {
                    let track = self.memory.workspace().tracks.remove(&habit);
                    Message::Loaded(Box::new(track.unwrap_or_else(|| Track::empty(habit))))
                }
                Effect::ReadTime => Message::Beat { at: self.now },
                Effect::LoadHistory(request) => match &self.memory.failure {
                    Some(failure) => Message::HistoryUnread(failure.text.clone()),
                    None => Message::HistoryRead(Box::new(self.memory.pages(request))),
                },
                Effect::LoadPace(today) => {
                    let sessions = Some((Pace::first_day(today), today));
                    let pages = self.memory.pages(Request { sessions, ..Request::default() });
                    Message::PaceRead(Pace::new(&pages.seconds, today))
                }
                Effect::CountStarts(roots) => {
                    let starts = self.memory.starts(&roots);
                    Message::StartsCounted(roots, starts)
                }
                other => {
                    self.effects.push(other);
                    continue;
                }
            };
            self.send(message);
        }
    }

    /// The text on the screen.
    pub fn screen(&self) -> String {
        let theme = Theme::new(&self.model.config, true);
        let Size { width, height } = self.model.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| view(&self.model, &self.keymap, &theme, frame)).unwrap();
        terminal.backend().to_string()
    }

    /// A row of it, a character a column.
    pub fn row(&self, y: u16) -> String {
        let screen = self.screen();
        screen.lines().nth(y.into()).unwrap().trim_matches('"').to_owned()
    }

    /// Clicks on a cell.
    pub fn click(&mut self, x: u16, y: u16) -> &mut Self {
        self.send(Message::Mouse(Mouse::Click(Position { x, y })));
        self
    }

    /// Turns the wheel over a cell, towards the top with a negative number.
    pub fn turn(&mut self, by: i32, x: u16, y: u16) -> &mut Self {
        let at = Position { x, y };
        for _ in 0..by.abs() {
            let turn = if by < 0 { Mouse::WheelUp(at) } else { Mouse::WheelDown(at) };
            self.send(Message::Mouse(turn));
        }
        self
    }

    /// Presses keys written as in the table, separated by spaces; a word in quotes is typed,
    /// and `~9` lets nine seconds pass.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            if let Some(word) = key.strip_prefix('"') {
                for letter in word.trim_end_matches('"').chars() {
                    let letter = if letter == '_' { ' ' } else { letter };
                    self.key(&if letter == ' ' { "space".to_owned() } else { letter.to_string() });
                }
            } else if let Some(seconds) = key.strip_prefix('~') {
                self.pass(seconds.parse().unwrap());
            } else {
                self.key(key);
            }
        }
        self
    }

    fn key(&mut self, key: &str) {
        let chord: Chord = key.parse().unwrap();
        if let Some(action) = self.keymap.resolve(contexts(&self.model), chord) {
            return self.send(Message::Action(action));
        }
        let mut modifiers = KeyModifiers::NONE;
        modifiers.set(KeyModifiers::CONTROL, chord.ctrl);
        modifiers.set(KeyModifiers::ALT, chord.alt);
        self.send(Message::Typed(KeyEvent::new(chord.code, modifiers).into()));
    }
}

/// Nothing but a memory; the welcome screen offers the starter.
pub fn nobody() -> Memory {
    Memory::default()
}

/// Somebody with one habit since today.
pub fn beginner() -> Memory {
    let mut memory = Memory::default();
    let mut ids = IdSource::new(1, 1);
    let recipe = Recipe {
        anchor: "sit down at my desk".into(),
        behaviour: "watch 10 seconds of a lesson".into(),
        celebration: "I say “nice”".into(),
    };
    add_habit(&mut memory, &mut ids, 0, "Watch 10 seconds of a lesson", "daily", today(), recipe);
    memory
}

/// Somebody with a year behind them.
pub fn learner() -> Memory {
    let mut memory = Memory::default();
    let mut ids = IdSource::new(2, 1);
    let start = parse_iso("2025-11-10").unwrap();
    let recipe = |anchor: &str, behaviour: &str| Recipe {
        anchor: anchor.into(),
        behaviour: behaviour.into(),
        celebration: "I say “nice”".into(),
    };
    let habits = [
        (
            "Watch 10 s of a lesson",
            "daily",
            recipe("pour my coffee", "watch ten seconds of a lesson"),
            9,
        ),
        (
            "Read one figure",
            "daily",
            recipe("sit down at my desk", "read one figure of a paper"),
            5,
        ),
        (
            "Write one line of code",
            "mon,tue,wed,thu,fri",
            recipe("open my editor", "write one line of code"),
            11,
        ),
        ("One flash card", "every 2 days", recipe("brush my teeth", "look at one flash card"), 7),
        ("One push-up", "3/week", Recipe::default(), 3),
        (
            "Read one page of a paper before anything else in the morning",
            "daily",
            recipe("wake up", "read one page"),
            4,
        ),
    ];
    let mut days = Vec::new();
    for (at, (name, schedule, recipe, rhythm)) in (0..).zip(habits) {
        let habit = add_habit(&mut memory, &mut ids, at, name, schedule, start, recipe);
        for day in 0..378_i64 {
            // A fixed pattern with gaps, so that snapshots never change by themselves.
            let noise = (day * day + day * at * 7 + 3 * at) % 97;
            let on = plus(start, day);
            let is_today = on == today();
            if noise == 13 && !is_today {
                days.push(Change::CheckInSet { habit, day: on, mark: Some(Mark::Rest) });
            } else if (noise % rhythm != 0 || day > 340 && at == 2) && !(is_today && at % 2 == 1) {
                days.push(Change::CheckInSet { habit, day: on, mark: Some(Mark::Done) });
            }
        }
        if at == 1 {
            let notes = [
                (1, "the loss curve in fig. 3 has a second dip"),
                (4, "two figures, could not stop"),
            ];
            for (ago, note) in notes {
                let day = plus(today(), -ago);
                days.push(Change::CheckInNote { habit, day, note: Some(note.into()) });
            }
            let topic = Some(TopicId::from("vectors"));
            memory.apply(&Change::HabitLink { habit, topic }).unwrap();
        }
    }
    memory.apply(&Change::Together { what: "a year".into(), changes: days }).unwrap();
    archived_habit(&mut memory, &mut ids, start);
    topics(&mut memory, start);
    projects(&mut memory, &mut ids, start);
    memory
}

/// The learner, with a recipe that changed, sessions, and a note before all that.
pub fn student() -> Memory {
    let mut memory = learner();
    let mut ids = IdSource::new(4, 1);
    let habit = memory.workspace().habits[0].id;
    let recipe = |from: &str, anchor: &str| Change::RecipeSet {
        habit,
        from: parse_iso(from).unwrap(),
        anchor: Some(anchor.into()),
        behaviour: None,
        celebration: None,
    };
    memory.apply(&recipe("2026-04-01", "open the window")).unwrap();
    memory.apply(&recipe("2026-09-14", "switch on the lamp")).unwrap();
    for ago in (0..400).filter(|ago| ago % 5 == 1 || ago % 7 == 3) {
        let day = plus(today(), -ago);
        let session = Session {
            id: SessionId(ids.next_uuid()),
            habit: Some(habit),
            topic: None,
            project: None,
            day,
            started_at: day.and_hms_opt(8, 0, 0).unwrap().and_utc().fixed_offset(),
            seconds: u32::try_from(300 + 4 * (400 - ago) + 700 * (ago % 4)).unwrap(),
        };
        memory.apply(&Change::SessionPut { session }).unwrap();
    }
    let day = parse_iso("2025-11-15").unwrap();
    let note = Some("the first lesson that I watched to its end".into());
    memory.apply(&Change::CheckInNote { habit, day, note }).unwrap();
    memory
}

fn archived_habit(memory: &mut Memory, ids: &mut IdSource, start: NaiveDate) {
    let old = add_habit(memory, ids, 9, "Old habit", "daily", start, Recipe::default());
    memory
        .apply(&Change::HabitArchive { habit: old, on: parse_iso("2026-03-01").unwrap() })
        .unwrap();
}

fn topics(memory: &mut Memory, start: NaiveDate) {
    let shipped = Curriculum::shipped();
    for (at, topic) in shipped.topics.iter().enumerate().filter(|(at, _)| at % 3 != 2 && *at < 62) {
        let state = match at % 8 {
            1 => TopicState::Learning,
            4 => TopicState::Practising,
            7 => TopicState::Skipped,
            _ => TopicState::Mastered,
        };
        let on = plus(start, i64::try_from(at).unwrap() * 5);
        memory.apply(&Change::TopicSet { topic: topic.id.clone(), state, on }).unwrap();
    }
}

fn projects(memory: &mut Memory, ids: &mut IdSource, start: NaiveDate) {
    let projects = [
        (
            "Imitate sin(x)",
            Level::Educational,
            Status::Live,
            "A small network that learns a sine wave, and what happens outside of its range.",
        ),
        (
            "Digits from scratch",
            Level::Educational,
            Status::Shipped,
            "Recognise handwritten digits without a library.",
        ),
        ("Predict my bus", Level::Personal, Status::Building, "When do I have to leave the house?"),
        (
            "Forecast a shop's demand",
            Level::Valuable,
            Status::Scoped,
            "Next week's bread for the bakery downstairs.\nIt beats last week's sales by a fifth so far.",
        ),
        ("A tutor for two schools", Level::Larger, Status::Idea, ""),
    ];
    for (at, (title, level, status, pitch)) in (0..).zip(projects) {
        let draft = ProjectDraft {
            title: title.into(),
            level,
            status,
            pitch: pitch.into(),
            links: vec![
                "https://github.com/someone/project".into(),
                "https://example.org/demo".into(),
            ],
            topics: vec![TopicId::from("linear-regression"), TopicId::from("vectors")],
            ..ProjectDraft::default()
        };
        let project = ProjectId(ids.next_uuid());
        let on = plus(start, 60 * (at + 1));
        memory.apply(&Change::ProjectAdd { project, draft, position: at, on }).unwrap();
    }
}

/// The learner, with projects that have a story: one that waits to be looked at, one that is decided
/// on for long.
pub fn storied() -> Memory {
    let mut memory = learner();
    let ids: Vec<_> = memory.workspace().projects.iter().map(|project| project.id).collect();
    let [.., bus, shop, tutor] = ids[..] else { return memory };
    let day = |ago: i64| plus(today(), -ago);
    let set = |project, status, ago| Change::ProjectStatus { project, status, on: day(ago) };
    let told = ProjectPatch {
        result: Some(
            "I leave the house six minutes later than before, and I am never late.".into(),
        ),
        role: Some("All of it, alone".into()),
        explained: Some("It learned from last year's buses when this one will come.".into()),
        source: Some(Some(Source::Side)),
        employer: Some("Asked: fine.".into()),
        drift_check_on: Some(Some(day(2))),
        ..ProjectPatch::default()
    };
    let weighed = |growth, people, stepping_stone, is_good, days| Choice {
        growth: Some(growth),
        people: Some(people),
        stepping_stone: Some(stepping_stone),
        is_good,
        estimate_days: Some(days),
        ..Choice::default()
    };
    let choose = |project, choice| Change::ProjectEdit {
        project,
        edit: ProjectPatch { choice: Some(choice), ..ProjectPatch::default() },
        on: today(),
    };
    let answers = |project, ago, said: &[(Prompt, &str)]| Change::ProjectScope {
        project,
        answers: said.iter().map(|(prompt, text)| (*prompt, (*text).to_owned())).collect(),
        on: day(ago),
    };
    for change in [
        set(bus, Status::Shipped, 90),
        set(bus, Status::Live, 40),
        Change::ProjectEdit { project: bus, edit: told, on: today() },
        choose(shop, weighed(3, 3, 4, Some(true), 30)),
        choose(
            tutor,
            Choice {
                answers: [Some(false), Some(true), Some(false), Some(true)],
                approach: Some(Approach::ReadyAimFire),
                reason: "Two schools have to agree first.".into(),
                ..weighed(5, 4, 5, Some(true), 12)
            },
        ),
        answers(tutor, 12, &[(Prompt::Problem, "Homework takes too long.")]),
        answers(
            tutor,
            3,
            &[
                (Prompt::Problem, "Some pupils have nobody to ask in the evening."),
                (
                    Prompt::Improve,
                    "Fewer that give up; a first answer within a minute; no wrong ones.",
                ),
                (Prompt::Solutions, "A chat that asks back; a list of good videos; older pupils."),
                (Prompt::WithoutAi, "Older pupils may do half of it."),
            ],
        ),
    ] {
        memory.apply(&change).unwrap();
    }
    memory
}

/// The traveller, with an idea that was weighed and scoped.
pub fn travelled() -> Memory {
    let mut memory = traveller();
    let project = memory.workspace().projects[0].id;
    let said = "三日先の雨を当てる小さなネットワークを作り、毎朝それを見て傘を持つかどうかを決める。🌦️ e\u{301}";
    let answers = Prompt::ALL.map(|prompt| (prompt, said.to_owned())).into();
    memory.apply(&Change::ProjectScope { project, answers, on: today() }).unwrap();
    let choice = Choice { growth: Some(2), reason: said.into(), ..Choice::default() };
    let edit = ProjectPatch { choice: Some(choice), ..ProjectPatch::default() };
    memory.apply(&Change::ProjectEdit { project, edit, on: today() }).unwrap();
    memory
}

/// Somebody who writes in wide characters, with marks, joiners and an emoji or two.
pub fn traveller() -> Memory {
    let mut memory = Memory::default();
    let mut ids = IdSource::new(3, 1);
    let names = [
        "日本語を十秒だけ勉強する、毎日かならず一度は",
        "Ein Satz über Gradienten 👩‍💻 am Morgen",
        "Une idée e\u{301}crite a\u{300} la main",
        "שורה אחת של קוד",
    ];
    for (at, name) in (0..).zip(names) {
        let recipe = Recipe {
            anchor: "朝ごはんを食べる".into(),
            behaviour: name.into(),
            celebration: "🎉".into(),
        };
        let habit = add_habit(&mut memory, &mut ids, at, name, "daily", plus(today(), -20), recipe);
        for day in (0..20).filter(|day| (day + at) % 4 != 0) {
            let day = plus(today(), -day);
            memory.apply(&Change::CheckInSet { habit, day, mark: Some(Mark::Done) }).unwrap();
        }
    }
    let draft = ProjectDraft {
        title: "天気予報を学ぶ小さなネットワーク 🌦️ für alle".into(),
        pitch: "三日先の雨を当てる。".into(),
        ..ProjectDraft::default()
    };
    let project = ProjectId(ids.next_uuid());
    memory.apply(&Change::ProjectAdd { project, draft, position: 0, on: today() }).unwrap();
    memory
}

/// Somebody who stumbled: a miss yesterday, two before, a week that needs its last days, a rest.
pub fn stumbler() -> Memory {
    let mut memory = Memory::default();
    let mut ids = IdSource::new(4, 1);
    // The days up to yesterday, and what stands on them.
    for (at, (name, schedule, days)) in (0..).zip([
        ("Read one figure", "daily", "mmmmmmmmmm."),
        ("One flash card", "daily", "mmmmmmmm..."),
        ("Write one line of code", "daily", "mmmmmmmmmmm"),
        ("One push-up", "7/week", "mmmmmmmmmmm"),
        ("Look at one plot", "3/week", "mmm........"),
        ("Write one commit message", "every 4 days", "mmmmmmmmmmm"),
    ]) {
        let recipe = Recipe {
            anchor: "sit down at my desk".into(),
            behaviour: "read one figure of a paper".into(),
            celebration: "I smile".into(),
        };
        let from = plus(today(), -20);
        let habit = add_habit(&mut memory, &mut ids, at, name, schedule, from, recipe);
        done(&mut memory, habit, days);
    }
    memory
}

/// Somebody who was away for five days.
pub fn returner() -> Memory {
    let mut memory = Memory::default();
    let mut ids = IdSource::new(5, 1);
    for (at, name) in (0..).zip(["Read one figure", "One flash card"]) {
        let from = plus(today(), -40);
        let habit = add_habit(&mut memory, &mut ids, at, name, "daily", from, Recipe::default());
        done(&mut memory, habit, "mmmmmmmmmmmmmmmmmmmmmmmm.....");
    }
    memory
}

/// Marks days as done, the last letter being yesterday.
fn done(memory: &mut Memory, habit: HabitId, letters: &str) {
    for (ago, _) in (1..).zip(letters.chars().rev()).filter(|(_, letter)| *letter == 'm') {
        let day = plus(today(), -ago);
        memory.apply(&Change::CheckInSet { habit, day, mark: Some(Mark::Done) }).unwrap();
    }
}

/// A habit in the file.
pub fn add_habit(
    memory: &mut Memory,
    ids: &mut IdSource,
    position: i64,
    name: &str,
    schedule: &str,
    from: NaiveDate,
    recipe: Recipe,
) -> HabitId {
    let habit = HabitId(ids.next_uuid());
    let schedule = schedule.parse().unwrap();
    memory
        .apply(&Change::HabitAdd {
            seconds: 10,
            is_review: false,
            habit,
            name: name.into(),
            topic: None,
            position,
            recipe,
            schedule,
            from,
        })
        .unwrap();
    habit
}
