//! What `[keys]` may say, and what is said of what it may not.

use super::*;

fn row(line: usize, place: &str, action: &str, chords: &str) -> KeyRow {
    let chords = chords.split(' ').filter(|chord| !chord.is_empty()).map(str::to_owned);
    KeyRow { line, place: place.to_owned(), action: action.to_owned(), chords: chords.collect() }
}

fn keymap(rows: &[KeyRow]) -> Result<Keymap, Wrong> {
    Keymap::new(&Config { keys: rows.to_vec(), ..Config::default() })
}

fn resolved(keymap: &Keymap, stack: &[Context], chord: &str) -> Option<Action> {
    keymap.resolve(stack, chord.parse().unwrap())
}

const TODAY: [Context; 3] = [Context::Today, Context::Global, Context::Always];

#[test]
fn a_row_replaces_the_keys_of_its_action_in_its_place() {
    let keymap = keymap(&[
        row(1, "today", "toggle-check-in", "T f5"),
        row(2, "today", "delete", "D"),
        row(3, "global", "undo", "ctrl-u"),
        row(4, "global", "half-up", "U"),
        row(5, "global", "copy", ""),
    ])
    .unwrap();
    for (chord, action) in [
        ("T", Some(Action::ToggleCheckIn)),
        ("f5", Some(Action::ToggleCheckIn)),
        ("space", None),
        ("D", Some(Action::Delete)),
        ("ctrl-u", Some(Action::Undo)),
        ("U", Some(Action::HalfUp)),
        ("u", None),
        ("y", None),
    ] {
        assert_eq!(resolved(&keymap, &TODAY, chord), action, "{chord}");
    }
    let curriculum = [Context::Curriculum, Context::Global, Context::Always];
    assert_eq!(resolved(&keymap, &curriculum, "space"), Some(Action::AdvanceTopic));
}

#[test]
fn what_can_not_be_is_said_with_its_line_and_both_actions() {
    let cases: [(&[KeyRow], usize, &[&str]); 12] = [
        (
            &[row(3, "todya", "add", "a")],
            3,
            &["[keys.todya]", "Accepted: today, history, curriculum"],
        ),
        (
            &[row(2, "today", "ad", "a")],
            2,
            &["'ad' in [keys.today]", "toggle-check-in, start, day-back"],
        ),
        (&[row(2, "today", "save", "S")], 2, &["'save'"]),
        (&[row(2, "form", "add", "ctrl-n")], 2, &["'add'"]),
        (&[row(2, "today", "add", "ctrl-")], 2, &["'ctrl-' is not a key", "space, enter, esc"]),
        (&[row(2, "form", "save", "s")], 2, &["s can't be a key in [keys.form]", "typed"]),
        (&[row(2, "always", "interrupt", "x")], 2, &["typed"]),
        (&[row(2, "form", "cancel", "")], 2, &["cancel in [keys.form]", "way out"]),
        (
            &[row(7, "today", "add", "space")],
            7,
            &["space", "toggle-check-in in [keys.today]", "add in [keys.today]"],
        ),
        (
            &[row(4, "today", "add", "F"), row(9, "today", "edit", "F")],
            9,
            &["F ", "add in [keys.today]", "edit in [keys.today]"],
        ),
        (
            &[row(2, "form", "next-field", "ctrl-c")],
            2,
            &["ctrl-c", "next-field in [keys.form]", "interrupt in [keys.always]"],
        ),
        (
            &[row(2, "portfolio", "add", "esc")],
            2,
            &["esc", "add in [keys.portfolio]", "back in [keys.global]"],
        ),
    ];
    for (rows, line, parts) in cases {
        let wrong = keymap(rows).unwrap_err();
        assert_eq!(wrong.line, line, "{wrong}");
        for part in parts {
            assert!(wrong.what.contains(part), "{part}: {wrong}");
        }
    }
}

#[test]
fn two_may_change_places() {
    let rows = [row(1, "today", "add", "e"), row(2, "today", "edit", "a")];
    let keymap = keymap(&rows).unwrap();
    assert_eq!(resolved(&keymap, &TODAY, "e"), Some(Action::Add));
}

#[test]
fn a_place_may_have_its_own_meaning_for_a_key_that_is_no_way_out() {
    let keymap = keymap(&[row(1, "today", "add", "u")]).unwrap();
    assert_eq!(resolved(&keymap, &TODAY, "u"), Some(Action::Add));
}

#[test]
fn a_row_whose_key_means_something_else_on_top_is_said() {
    for (rows, line, parts) in [
        (
            &[row(3, "global", "find", "d")][..],
            3,
            &["d ", "recipe-doctor in [keys.today]", "find in [keys.global]"][..],
        ),
        (&[row(2, "lists", "down", "j n")], 2, &["write-note in [keys.today]", "down"]),
        (&[row(2, "global", "undo", "f7 V")], 2, &["previous-view in [keys.history]", "undo"]),
    ] {
        let wrong = keymap(rows).unwrap_err();
        assert_eq!(wrong.line, line, "{wrong}");
        for part in parts {
            assert!(wrong.what.contains(part), "{part}: {wrong}");
        }
    }
    // Who moves the other away, or says that both are meant, has been heard.
    let moved = [row(1, "global", "find", "d"), row(2, "today", "recipe-doctor", "D")];
    let meant = [row(1, "global", "find", "d"), row(2, "today", "recipe-doctor", "d")];
    for rows in [moved, meant] {
        assert!(keymap(&rows).is_ok(), "{rows:?}");
    }
    // What the default keys hide is hidden on purpose: enter follows in the detail.
    for rows in [row(1, "today", "start", "enter S"), row(1, "global", "back", "esc f9")] {
        assert!(keymap(std::slice::from_ref(&rows)).is_ok(), "{rows:?}");
    }
    let swapped = [row(1, "today", "add", "enter"), row(2, "today", "start", "a")];
    assert!(keymap(&swapped).is_ok());
}

#[test]
fn the_default_keys_do_not_clash_in_any_stack() {
    assert_eq!(Keymap::default().clashes(), []);
    assert_eq!(Keymap::new(&Config::default()).unwrap().bindings(), Keymap::default().bindings());
}

#[test]
fn each_action_has_one_row_in_a_place() {
    let keymap = Keymap::default();
    for (at, binding) in keymap.bindings().iter().enumerate() {
        let is_it =
            |other: &Binding| (other.context, other.action) == (binding.context, binding.action);
        assert_eq!(keymap.bindings().iter().position(is_it), Some(at), "{binding:?}");
    }
}

#[test]
fn what_is_printed_is_what_is_in_force() {
    let rows = [row(1, "today", "add", "\" \\"), row(2, "global", "copy", "")];
    for keymap in [Keymap::default(), keymap(&rows).unwrap()] {
        let printed: toml::Table = keymap.print().parse().unwrap();
        let places = printed["keys"].as_table().unwrap();
        let mut read = Vec::new();
        for (place, actions) in places {
            for (action, chords) in actions.as_table().unwrap() {
                let chords = match chords {
                    toml::Value::String(chord) => chord.clone(),
                    chords => {
                        let chords = chords.as_array().unwrap().iter();
                        chords.map(|chord| chord.as_str().unwrap()).collect::<Vec<_>>().join(" ")
                    }
                };
                read.push(row(read.len() + 1, place, action, &chords));
            }
        }
        let again = self::keymap(&read).unwrap();
        assert_eq!(again.bindings(), keymap.bindings());
    }
}
