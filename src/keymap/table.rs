//! The table of keys.
//!
//! Owns the default bindings and the order of footer and help. Must not know how they are resolved.

use super::{Binding, Context, chord::Chord};
use crate::app::Action;

type Row = (Context, &'static str, Action, Option<&'static str>);

const ROWS: &[Row] = {
    use Action as A;
    use Context::{
        Always, Confirm, Curriculum, Detail, Find, Form, Global, Help, Menu, Note, Palette,
        Portfolio, Today, Welcome,
    };
    &[
        (Today, "space", A::ToggleCheckIn, Some("tick")),
        (Today, "left h", A::DayBack, Some("day")),
        (Today, "right l", A::DayForward, Some("day")),
        (Today, "t", A::BackToToday, Some("today")),
        (Today, "a", A::Add, Some("add")),
        (Today, "e", A::Edit, Some("edit")),
        (Today, "n", A::WriteNote, Some("note")),
        (Today, "r", A::ToggleRest, Some("rest")),
        (Today, "s", A::ChooseState, Some("state")),
        (Today, "x", A::Archive, Some("archive")),
        (Today, ".", A::ShowArchived, Some("archived")),
        (Curriculum, "space", A::AdvanceTopic, Some("next state")),
        (Curriculum, "left h", A::Fold, Some("fold")),
        (Curriculum, "right l", A::Unfold, Some("fold")),
        (Curriculum, "o", A::OpenLink, Some("open")),
        (Curriculum, "s", A::ChooseState, Some("state")),
        (Curriculum, "f", A::FilterStates, Some("filter")),
        (Curriculum, "a", A::Add, Some("add")),
        (Curriculum, "e", A::Edit, Some("edit")),
        (Portfolio, "space", A::AdvanceProject, Some("next status")),
        (Portfolio, "left h", A::Fold, Some("fold")),
        (Portfolio, "right l", A::Unfold, Some("fold")),
        (Portfolio, "a", A::Add, Some("add")),
        (Portfolio, "e", A::Edit, Some("edit")),
        (Portfolio, "s", A::ChooseState, Some("state")),
        (Portfolio, "o", A::OpenLink, Some("open")),
        (Portfolio, "x", A::Archive, Some("drop")),
        (Portfolio, ".", A::ShowArchived, Some("dropped")),
        (Detail, "enter", A::Follow, Some("follow")),
        (Detail, "o", A::OpenLink, Some("open")),
        (Detail, "esc", A::Back, Some("back")),
        (Global, "down j", A::Down, None),
        (Global, "up k", A::Up, None),
        (Global, "g home", A::Top, None),
        (Global, "G end", A::Bottom, None),
        (Global, "pgdn", A::PageDown, None),
        (Global, "pgup", A::PageUp, None),
        (Global, "ctrl-d", A::HalfDown, None),
        (Global, "ctrl-u", A::HalfUp, None),
        (Global, "1", A::FocusToday, None),
        (Global, "2", A::FocusCurriculum, None),
        (Global, "3", A::FocusPortfolio, None),
        (Global, "tab", A::NextPane, None),
        (Global, "shift-tab", A::PreviousPane, None),
        (Global, "u", A::Undo, Some("undo")),
        (Global, "/", A::Find, Some("find")),
        (Global, "0", A::FocusDetail, Some("detail")),
        (Global, "z", A::Zoom, Some("zoom")),
        (Global, ": ctrl-p", A::Palette, Some("actions")),
        (Global, "J", A::MoveLater, Some("order")),
        (Global, "K", A::MoveEarlier, Some("order")),
        (Global, "y", A::Copy, Some("copy")),
        (Global, "ctrl-r", A::Redo, None),
        (Global, "esc", A::Back, None),
        (Global, "ctrl-z", A::Suspend, None),
        (Global, "?", A::Help, Some("help")),
        (Global, "q", A::Quit, Some("quit")),
        (Find, "enter", A::Accept, Some("keep")),
        (Find, "esc", A::Cancel, Some("clear")),
        (Find, "down", A::Down, Some("move")),
        (Find, "up", A::Up, Some("move")),
        (Form, "tab", A::NextField, Some("next field")),
        (Form, "shift-tab", A::PreviousField, None),
        (Form, "down", A::Down, None),
        (Form, "up", A::Up, None),
        (Form, "enter", A::Enter, Some("go on")),
        (Form, "ctrl-s", A::Save, Some("save")),
        (Form, "esc", A::Cancel, Some("leave")),
        (Note, "enter", A::Save, Some("save")),
        (Note, "ctrl-s", A::Save, None),
        (Note, "esc", A::Cancel, Some("leave")),
        (Menu, "down j", A::Down, Some("move")),
        (Menu, "up k", A::Up, Some("move")),
        (Menu, "enter space", A::Accept, Some("take")),
        (Menu, "esc q s", A::Cancel, Some("leave")),
        (Palette, "down", A::Down, Some("move")),
        (Palette, "up", A::Up, Some("move")),
        (Palette, "enter", A::Accept, Some("do it")),
        (Palette, "esc", A::Cancel, Some("leave")),
        (Help, "down j", A::Down, Some("scroll")),
        (Help, "up k", A::Up, Some("scroll")),
        (Help, "pgdn space", A::PageDown, Some("page")),
        (Help, "pgup", A::PageUp, Some("page")),
        (Help, "ctrl-d", A::HalfDown, None),
        (Help, "ctrl-u", A::HalfUp, None),
        (Help, "g home", A::Top, None),
        (Help, "G end", A::Bottom, None),
        (Help, "esc q ?", A::Cancel, Some("close")),
        (Confirm, "y enter", A::Confirm, Some("yes")),
        (Confirm, "n esc q", A::Decline, Some("no")),
        (Welcome, "enter", A::Accept, Some("take it")),
        (Welcome, "esc", A::StartEmpty, Some("skip it")),
        (Welcome, "q", A::Quit, Some("quit")),
        (Always, "ctrl-c", A::Interrupt, None),
    ]
};

/// The default bindings.
///
/// A chord that can't be read is left out; a test holds that there is none.
pub fn bindings() -> Vec<Binding> {
    let rows = ROWS.iter();
    rows.map(|(context, chords, action, hint)| Binding {
        context: *context,
        chords: chords.split(' ').filter_map(|chord| chord.parse::<Chord>().ok()).collect(),
        action: *action,
        hint: *hint,
        help: action.title(),
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_chord_of_the_table_can_be_read() {
        for ((_, chords, ..), binding) in ROWS.iter().zip(bindings()) {
            assert_eq!(binding.chords.len(), chords.split(' ').count(), "{chords}");
        }
    }

    #[test]
    fn no_chord_stands_twice_in_a_context() {
        let mut seen = BTreeSet::new();
        for binding in bindings() {
            for chord in binding.chords {
                assert!(
                    seen.insert((binding.context, chord.to_string())),
                    "{chord} in {:?}",
                    binding.context
                );
            }
        }
    }

    #[test]
    fn every_action_is_bound_or_in_the_palette_only() {
        let bound: BTreeSet<_> = bindings().into_iter().map(|binding| binding.action).collect();
        let unbound: Vec<_> = Action::ALL.iter().filter(|action| !bound.contains(action)).collect();
        assert_eq!(unbound, [&Action::Delete]);
    }

    #[test]
    fn every_overlay_has_an_exit() {
        use Action as A;
        use Context as C;
        for context in
            [C::Welcome, C::Help, C::Palette, C::Menu, C::Confirm, C::Note, C::Form, C::Find]
        {
            let exits = [A::Cancel, A::Decline, A::StartEmpty];
            let has_exit = bindings().iter().any(|binding| {
                binding.context == context
                    && exits.contains(&binding.action)
                    && binding.chords.iter().any(|chord| chord.to_string() == "esc")
            });
            assert!(has_exit, "{context:?}");
        }
    }
}
