//! Everything out of a file and into another: the laws of export and import.

use inch::{
    domain::workspace::Everything,
    exchange::{
        Ground, Input, Plan,
        whole::{self},
    },
};
use proptest::prelude::*;

use super::{living::any_change, *};

/// A file after these changes; what was refused is left out.
fn lived(path: &Path, changes: &[Change]) -> Store {
    let mut store = open(path);
    for number in 0..2 {
        store.apply(&add(number, "daily", plus(today(), -300)), &stamp(today())).unwrap();
    }
    for change in changes {
        match store.apply(change, &stamp(today())) {
            Ok(_) | Err(StoreError::Refused(_)) => {}
            Err(other) => panic!("{other}"),
        }
    }
    store
}

fn written(store: &Store) -> String {
    whole::write(&store.everything().unwrap())
}

fn planned(document: &str, store: &mut Store) -> Plan {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.json");
    std::fs::write(&path, document).unwrap();
    let (input, workspace) = (Input::open(&path).unwrap(), store.load(today()).unwrap());
    let ground = Ground {
        workspace: &workspace,
        here: store,
        today: today(),
        ids: IdSource::new(1, 1),
        skips_bad: false,
    };
    whole::plan(&input, ground).unwrap()
}

/// Every record that stood before stands now, but for days that were filled.
fn assert_kept(before: &Everything, after: &Everything) {
    let (old, new) = (&before.workspace, &after.workspace);
    for habit in &old.habits {
        assert_eq!(new.habit(habit.id), Some(habit));
    }
    for project in &old.projects {
        assert_eq!(new.project(project.id), Some(project));
    }
    assert!(old.progress.iter().all(|(id, progress)| new.progress.get(id) == Some(progress)));
    assert!(old.annotations.iter().all(|(id, beside)| new.annotations.get(id) == Some(beside)));
    assert!(old.reviews.iter().all(|(id, review)| new.reviews.get(id) == Some(review)));
    assert!(old.own_topics.iter().all(|(id, topic)| new.own_topics.get(id) == Some(topic)));
    assert!(old.goal.is_empty() || old.goal == new.goal);
    assert!(before.sessions.iter().all(|session| after.sessions.contains(session)));
    for day in &before.check_ins {
        let now = after.check_ins.iter().find(|now| (now.habit, now.day) == (day.habit, day.day));
        let now = now.unwrap();
        assert!(day.mark.is_none() || day.mark == now.mark);
        assert!(day.note.is_none() || day.note == now.note);
    }
}

#[test]
fn a_habit_that_came_back_in_the_meantime_keeps_all_its_days() {
    let days = |store: &mut Store| {
        let days = store.check_ins(None, None).unwrap();
        days.into_iter().map(|found| found.day).collect::<Vec<_>>()
    };
    let (first, later) = (plus(today(), -9), plus(today(), -2));
    for is_undone in [false, true] {
        let (_folder, path) = place();
        let mut store = open(&path);
        let stamp = stamp(today());
        store.apply(&add(0, "daily", plus(today(), -300)), &stamp).unwrap();
        store.apply(&mark(0, first, Some(Mark::Done)), &stamp).unwrap();
        let document = written(&store);
        store.apply(&mark(0, later, Some(Mark::Rest)), &stamp).unwrap();
        store.apply(&Change::HabitDelete { habit: habit_id(0) }, &stamp).unwrap();
        let plan = planned(&document, &mut store);
        let to_add = plan.added;
        assert_eq!((to_add.habits, to_add.marks, plan.new_habits[0].is_back), (1, 1, true));
        if is_undone {
            store.undo(&stamp).unwrap().unwrap();
        }
        let carried = plan.carry_out(&mut store, &stamp, &mut |_| ());
        let added = carried.map(|(_, added)| added).map_err(|error| error.fault());
        let (came, kept) = if is_undone {
            (Err(Fault::Busy), vec![first, later])
        } else {
            (Ok(to_add), vec![first])
        };
        assert_eq!((added, days(&mut store)), (came, kept));
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 40,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_imported_into_an_empty_file_is_exported_the_same(
        changes in prop::collection::vec(any_change(), 1..60),
    ) {
        let ((_folder, path), (_other, new_path)) = (place(), place());
        let document = written(&lived(&path, &changes));
        let mut store = open(&new_path);
        let empty = written(&store);
        let plan = planned(&document, &mut store);
        prop_assert!(plan.kept.total() == 0 && plan.already.total() == 0, "{plan:?}");
        let to_add = plan.added;
        let (_, added) = plan.carry_out(&mut store, &stamp(today()), &mut |_| ()).unwrap();
        prop_assert_eq!(added, to_add);
        prop_assert_eq!(&written(&store), &document);
        let again = planned(&document, &mut store);
        prop_assert!(again.is_empty() && again.kept.total() == 0, "{again:?}");
        // One change, as any other.
        store.undo(&stamp(today())).unwrap().unwrap();
        prop_assert_eq!(written(&store), empty);
        store.redo(&stamp(today())).unwrap().unwrap();
        prop_assert_eq!(&written(&store), &document);
        let memory = open(&new_path).load(today()).unwrap();
        assert_same(&memory, &new_path, today());
    }

    #[test]
    fn a_file_finds_its_own_export_here_already(
        changes in prop::collection::vec(any_change(), 1..60),
    ) {
        let (_folder, path) = place();
        let mut store = lived(&path, &changes);
        let plan = planned(&written(&store), &mut store);
        prop_assert!(plan.is_empty() && plan.kept.total() == 0, "{plan:?}");
    }

    #[test]
    fn an_import_into_a_life_only_adds_and_does_so_once(
        theirs in prop::collection::vec(any_change(), 1..40),
        ours in prop::collection::vec(any_change(), 1..40),
    ) {
        let ((_folder, path), (_other, their_path)) = (place(), place());
        let mut theirs = lived(&their_path, &theirs);
        let document = written(&theirs);
        let mut store = lived(&path, &ours);
        let mut memory = store.load(today()).unwrap();
        let before = store.everything().unwrap();
        let plan = planned(&document, &mut store);
        if !plan.is_empty() {
            let (to_add, new_habits) = (plan.added, plan.new_habits.clone());
            let (applied, added) = plan.carry_out(&mut store, &stamp(today()), &mut |_| ()).unwrap();
            prop_assert_eq!(added, to_add);
            memory.absorb(&applied.unwrap());
            assert_same(&memory, &path, today());
            assert_kept(&before, &store.everything().unwrap());
            // What was deleted here does not bring along the days that it had.
            for habit in new_habits {
                let days = |store: &mut Store| store.check_ins(Some(habit.id), None).unwrap();
                prop_assert_eq!(days(&mut store), days(&mut theirs));
            }
            let again = planned(&document, &mut store);
            prop_assert!(again.is_empty(), "{again:?}");
            store.undo(&stamp(today())).unwrap().unwrap();
        }
        prop_assert_eq!(store.everything().unwrap(), before);
    }
}
