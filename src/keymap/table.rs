//! The table of keys.
//!
//! Owns the default bindings and the order of footer and help. Must not know how they are resolved.

use super::{Binding, Context, chord::Chord};
use crate::app::Action;

/// Where, which keys, what they ask for, and the footer's word with its rank: 1 before 2.
type Row = (Context, &'static str, Action, Option<(u8, &'static str)>);

const ROWS: &[Row] = {
    use Action as A;
    use Context::{
        Always, Asking, Confirm, Countdown, Curriculum, Detail, Doctor, Find, Form, Global, Help,
        History, Lists, Menu, Note, Palette, Portfolio, Rehearsal, Review, Studying, Today, Topics,
        Welcome,
    };
    &[
        (Today, "space", A::ToggleCheckIn, Some((1, "tick"))),
        (Today, "enter", A::Start, Some((1, "more"))),
        (Today, "left h", A::DayBack, Some((1, "day"))),
        (Today, "right l", A::DayForward, Some((1, "day"))),
        (Today, "t", A::BackToToday, Some((1, "today"))),
        (Today, "a", A::Add, Some((1, "add"))),
        (Today, "e", A::Edit, Some((2, "edit"))),
        (Today, "n", A::WriteNote, Some((2, "note"))),
        (Today, "r", A::ToggleRest, Some((2, "rest"))),
        (Today, "s", A::ChooseState, Some((2, "state"))),
        (Today, "x", A::Archive, Some((2, "archive"))),
        (Today, "z", A::Zoom, Some((2, "history"))),
        (Today, "v", A::Review, Some((3, "review"))),
        (Today, "d", A::RecipeDoctor, Some((2, "doctor"))),
        (Today, "i", A::ExplainStrength, Some((3, "strength"))),
        (Today, ".", A::ShowArchived, Some((2, "archived"))),
        (History, "space", A::ToggleCheckIn, Some((1, "mark"))),
        (History, "enter", A::Start, Some((1, "session"))),
        (History, "left h", A::WeekBack, Some((1, "week"))),
        (History, "right l", A::WeekForward, Some((1, "week"))),
        (History, "up k", A::DayBack, Some((1, "day"))),
        (History, "down j", A::DayForward, Some((1, "day"))),
        (History, "esc", A::Back, Some((1, "back"))),
        (History, "v", A::NextView, Some((1, "view"))),
        (History, "tab", A::NextHabit, Some((1, "habit"))),
        (History, "n", A::WriteNote, Some((1, "note"))),
        (History, "pgup", A::YearBack, Some((2, "year"))),
        (History, "pgdn", A::YearForward, Some((2, "year"))),
        (History, "t", A::BackToToday, Some((2, "today"))),
        (History, "r", A::ToggleRest, Some((2, "rest"))),
        (History, "s", A::ChooseState, Some((2, "state"))),
        (History, "ctrl-d", A::HalfDown, Some((3, "scroll"))),
        (History, "ctrl-u", A::HalfUp, Some((3, "scroll"))),
        (History, "g home", A::FirstDay, None),
        (History, "G end", A::LastDay, None),
        (History, "V", A::PreviousView, None),
        (History, "shift-tab", A::PreviousHabit, None),
        (History, "z", A::Zoom, None),
        (Curriculum, "space", A::AdvanceTopic, Some((1, "next state"))),
        (Curriculum, "left h", A::Fold, Some((3, "fold"))),
        (Curriculum, "right l", A::Unfold, Some((3, "fold"))),
        (Curriculum, "o", A::OpenLink, Some((1, "open"))),
        (Curriculum, "enter", A::Start, Some((1, "start"))),
        (Curriculum, "s", A::ChooseState, Some((2, "state"))),
        (Curriculum, "f", A::FilterStates, Some((1, "filter"))),
        (Curriculum, "a", A::Add, Some((2, "add"))),
        (Curriculum, "e", A::Edit, Some((2, "edit"))),
        (Curriculum, "n", A::WriteNote, Some((2, "notes"))),
        (Curriculum, "v", A::Review, Some((2, "review"))),
        (Curriculum, "w", A::MarkWanted, Some((2, "want"))),
        (Curriculum, "W", A::WriteGoal, Some((3, "goal"))),
        (Curriculum, "E", A::Prove, Some((2, "evidence"))),
        (Curriculum, "L", A::EditLinks, Some((3, "links"))),
        (Portfolio, "space", A::AdvanceProject, Some((1, "next status"))),
        (Portfolio, "enter", A::Start, Some((1, "start"))),
        (Portfolio, "f", A::FilterProjects, Some((2, "filter"))),
        (Portfolio, "left h", A::Fold, Some((3, "fold"))),
        (Portfolio, "right l", A::Unfold, Some((3, "fold"))),
        (Portfolio, "a", A::Add, Some((1, "add"))),
        (Portfolio, "e", A::Edit, Some((1, "edit"))),
        (Portfolio, "w", A::FillScope, Some((1, "scope"))),
        (Portfolio, "c", A::WeighIdea, Some((1, "weigh"))),
        (Portfolio, "v", A::LookAgain, Some((1, "looked at"))),
        (Portfolio, "s", A::ChooseState, Some((2, "state"))),
        (Portfolio, "o", A::OpenLink, Some((2, "open"))),
        (Portfolio, "x", A::Archive, Some((2, "drop"))),
        (Portfolio, ".", A::ShowArchived, Some((2, "dropped"))),
        (Detail, "enter", A::Follow, Some((0, "follow"))),
        (Detail, "o", A::OpenLink, Some((0, "open"))),
        (Detail, "esc", A::Back, Some((0, "back"))),
        (Global, "esc", A::Back, Some((1, "back"))),
        (Global, "u", A::Undo, Some((1, "undo"))),
        (Global, "/", A::Find, Some((1, "find"))),
        (Global, "0", A::FocusDetail, Some((2, "detail"))),
        (Global, "z", A::Zoom, Some((2, "zoom"))),
        (Global, ": ctrl-p", A::Palette, Some((2, "actions"))),
        (Global, "J", A::MoveLater, Some((3, "order"))),
        (Global, "K", A::MoveEarlier, Some((3, "order"))),
        (Global, "y", A::Copy, Some((3, "copy"))),
        (Global, "ctrl-r", A::Redo, None),
        (Global, "1", A::FocusToday, None),
        (Global, "2", A::FocusCurriculum, None),
        (Global, "3", A::FocusPortfolio, None),
        (Lists, "tab", A::NextPane, None),
        (Lists, "shift-tab", A::PreviousPane, None),
        (Lists, "down j", A::Down, None),
        (Lists, "up k", A::Up, None),
        (Lists, "g home", A::Top, None),
        (Lists, "G end", A::Bottom, None),
        (Lists, "pgdn", A::PageDown, None),
        (Lists, "pgup", A::PageUp, None),
        (Global, "ctrl-d", A::HalfDown, None),
        (Global, "ctrl-u", A::HalfUp, None),
        (Global, "?", A::Help, Some((9, "help"))),
        (Global, "q", A::Quit, Some((9, "quit"))),
        (Find, "enter", A::KeepFilter, Some((1, "keep"))),
        (Find, "esc", A::ClearFilter, Some((1, "show all"))),
        (Find, "down", A::Down, Some((1, "move"))),
        (Find, "up", A::Up, Some((1, "move"))),
        (Form, "tab", A::NextField, Some((2, "next field"))),
        (Form, "shift-tab", A::PreviousField, None),
        (Form, "down", A::Down, None),
        (Form, "up", A::Up, None),
        (Form, "pgdn", A::PageDown, Some((2, "page"))),
        (Form, "pgup", A::PageUp, Some((2, "page"))),
        (Form, "enter", A::Enter, Some((1, "go on"))),
        (Form, "ctrl-s", A::Save, Some((1, "save"))),
        (Form, "esc", A::Cancel, Some((1, "leave"))),
        (Note, "enter ctrl-s", A::Save, Some((1, "save"))),
        (Note, "esc", A::Cancel, Some((1, "leave"))),
        (Menu, "down j", A::Down, Some((1, "move"))),
        (Menu, "up k", A::Up, Some((1, "move"))),
        (Menu, "enter space", A::Accept, Some((1, "take"))),
        (Menu, "esc q s", A::Close, Some((1, "close"))),
        (Palette, "down", A::Down, Some((1, "move"))),
        (Palette, "up", A::Up, Some((1, "move"))),
        (Palette, "enter", A::Accept, Some((1, "do it"))),
        (Palette, "esc", A::Close, Some((1, "close"))),
        (Doctor, "down", A::Down, Some((1, "move"))),
        (Note, "ctrl-o", A::OpenEditor, Some((3, "editor"))),
        (Form, "ctrl-o", A::OpenEditor, Some((3, "editor"))),
        (Doctor, "up", A::Up, Some((1, "move"))),
        (Doctor, "enter", A::Accept, Some((1, "take it"))),
        (Doctor, "esc", A::Close, Some((1, "close"))),
        (Review, "down j", A::Down, Some((1, "move"))),
        (Review, "up k", A::Up, Some((1, "move"))),
        (Review, "enter space", A::Accept, Some((1, "take it"))),
        (Review, "1", A::RateAgain, Some((2, "rate"))),
        (Review, "2", A::RateHard, Some((2, "rate"))),
        (Review, "3", A::RateGood, Some((2, "rate"))),
        (Review, "4", A::RateEasy, Some((2, "rate"))),
        (Review, "o", A::OpenLink, Some((1, "open"))),
        (Review, "y", A::Copy, Some((3, "copy"))),
        (Review, "esc q", A::Close, Some((1, "enough"))),
        (Rehearsal, "space enter", A::GoOn, Some((1, "go on"))),
        (Rehearsal, "esc q", A::Close, Some((1, "close"))),
        (Help, "down j", A::Down, Some((1, "scroll"))),
        (Help, "up k", A::Up, Some((1, "scroll"))),
        (Help, "pgdn space", A::PageDown, Some((1, "page"))),
        (Help, "pgup", A::PageUp, Some((1, "page"))),
        (Help, "ctrl-d", A::HalfDown, None),
        (Help, "ctrl-u", A::HalfUp, None),
        (Help, "g home", A::Top, None),
        (Help, "G end", A::Bottom, None),
        (Help, "esc q ?", A::Close, Some((1, "close"))),
        (Confirm, "y", A::Confirm, Some((1, "yes"))),
        (Confirm, "n esc q", A::Decline, Some((1, "no"))),
        (Countdown, "esc q", A::Close, Some((1, "stop, nothing ticked"))),
        (Asking, "enter", A::KeepGoing, Some((1, "keep going"))),
        (Asking, "esc q", A::Close, Some((1, "enough"))),
        (Studying, "enter", A::StopSession, Some((1, "stop and keep"))),
        (Studying, "esc q", A::Close, Some((1, "browse"))),
        (Studying, "o", A::OpenLink, Some((1, "open"))),
        (Studying, "y", A::Copy, Some((3, "copy"))),
        (Studying, "down j", A::Down, Some((2, "choose"))),
        (Studying, "up k", A::Up, Some((2, "choose"))),
        (Topics, "enter", A::Accept, Some((1, "take it"))),
        (Topics, "esc", A::Close, Some((1, "back"))),
        (Topics, "down", A::Down, Some((1, "move"))),
        (Topics, "up", A::Up, Some((1, "move"))),
        (Welcome, "enter", A::Accept, Some((1, "take it"))),
        (Welcome, "esc", A::StartEmpty, Some((1, "skip it"))),
        (Welcome, "q", A::Quit, Some((1, "quit"))),
        (Always, "ctrl-c", A::Interrupt, None),
        (Always, "ctrl-z", A::Suspend, None),
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
        assert_eq!(unbound, [&Action::Rehearse, &Action::Delete]);
    }

    #[test]
    fn every_overlay_has_an_exit() {
        use Action as A;
        use Context as C;
        for context in [
            C::Welcome,
            C::Help,
            C::Palette,
            C::Menu,
            C::Confirm,
            C::Note,
            C::Form,
            C::Find,
            C::Countdown,
            C::Asking,
            C::Studying,
            C::Topics,
            C::Doctor,
            C::Rehearsal,
            C::Review,
        ] {
            let exits = [A::Cancel, A::Close, A::ClearFilter, A::Decline, A::StartEmpty];
            let has_exit = bindings().iter().any(|binding| {
                binding.context == context
                    && exits.contains(&binding.action)
                    && binding.chords.iter().any(|chord| chord.to_string() == "esc")
            });
            assert!(has_exit, "{context:?}");
        }
    }
}
