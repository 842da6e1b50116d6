//! Keys: one table from which handling, footer, help, palette and README derive.
//!
//! Owns which key means what where. Must not act: it only names actions.

pub mod chord;
pub mod rebind;
pub mod reference;
pub mod table;

use std::borrow::Cow;

pub use crate::app::keys::{Context, contexts};
use crate::app::{Action, Model, Overlay, Pane, is_available, keys::Keys};
use chord::Chord;

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// Where it holds.
    pub context: Context,
    /// The keys, the one to show first.
    pub chords: Vec<Chord>,
    /// What they ask for.
    pub action: Action,
    /// Its word in the footer, after its rank: hints of a lower rank come first. Rows of one context
    /// with the same word are shown as one.
    pub hint: Option<(u8, &'static str)>,
}

/// Keys and a word for the footer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The keys, in words or arrows.
    pub keys: Vec<Chord>,
    /// What they do.
    pub label: Cow<'static, str>,
    /// What the first one asks for.
    pub action: Action,
}

/// Every binding.
#[derive(Debug, Clone)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self { bindings: table::bindings() }
    }
}

impl Keymap {
    /// Every binding, in the order of the table.
    pub fn bindings(&self) -> &[Binding] {
        &self.bindings
    }

    /// What a key asks for: the first context that binds it decides.
    pub fn resolve(&self, contexts: &[Context], chord: Chord) -> Option<Action> {
        contexts.iter().find_map(|context| {
            let mut bound = self.bindings.iter().filter(|binding| binding.context == *context);
            bound.find(|binding| binding.chords.contains(&chord)).map(|binding| binding.action)
        })
    }

    /// The keys of an action where it can be reached from, for the palette: of the first context
    /// that binds it, those that no context above has taken for something else.
    pub fn chords(&self, contexts: &[Context], action: Action) -> Vec<Chord> {
        let reached = contexts.iter().map(|context| {
            let bound = self.bindings.iter().filter(|binding| binding.context == *context);
            let bound = bound.filter(|binding| binding.action == action);
            let chords = bound.flat_map(|binding| binding.chords.iter().copied());
            chords.filter(|chord| self.resolve(contexts, *chord) == Some(action)).collect()
        });
        reached.into_iter().find(|chords: &Vec<_>| !chords.is_empty()).unwrap_or_default()
    }

    /// Every key in words, so that sentences name the keys in force.
    pub fn words(&self, is_ascii: bool) -> Keys {
        let words = |binding: &Binding| {
            let (context, action) = (binding.context, binding.action);
            let chords = binding.chords.clone().into_iter();
            chords.map(move |chord| (context, action, chord.shown(is_ascii)))
        };
        Keys::new(self.bindings.iter().flat_map(words).collect())
    }

    /// What the footer offers now, in the order of rank: hints of actions that would do something.
    pub fn hints(&self, model: &Model) -> Vec<Hint> {
        let mut hints: Vec<(u8, Hint)> = Vec::new();
        for context in contexts(model) {
            let start = hints.len();
            for binding in self.bindings.iter().filter(|binding| binding.context == *context) {
                let Some((rank, label)) = binding.hint else { continue };
                let action = binding.action;
                let Some(first) = binding.chords.first() else { continue };
                let label = label_now(model, action).unwrap_or(Cow::Borrowed(label));
                // A key that an inner context has taken does something else here.
                let is_reached = self.resolve(contexts(model), *first) == Some(action);
                let is_of_use = match &model.overlay {
                    None => is_available(model, action) && is_worth_now(model, action),
                    Some(Overlay::Timer) => model.is_of_use_to_timer(action),
                    Some(Overlay::Form(form)) => form.is_of_use(action),
                    Some(_) => true,
                };
                let is_shown = is_reached && is_of_use;
                let is_known = hints[..start].iter().any(|(_, hint)| hint.action == action);
                let same = hints[start..].iter_mut().find(|(_, hint)| hint.label == label);
                match same {
                    Some((_, same)) if is_shown => same.keys.push(*first),
                    None if is_shown && !is_known => {
                        let rank = rank_now(model, action).unwrap_or(rank);
                        hints.push((rank, Hint { keys: vec![*first], label, action }));
                    }
                    _ => {}
                }
            }
        }
        hints.sort_by_key(|(rank, _)| *rank);
        hints.into_iter().map(|(_, hint)| hint).collect()
    }
}

/// Whether a key is worth its place in the footer: not where it would only show that there is nothing.
fn is_worth_now(model: &Model, action: Action) -> bool {
    let has_habits = !model.workspace.habits.is_empty();
    let in_list = model.pane == Pane::Today && !model.is_zoomed;
    match action {
        Action::DayBack | Action::DayForward if in_list => has_habits,
        Action::Review if in_list => has_habits || !model.due_reviews().is_empty(),
        // The history says `back` of its own key.
        Action::Zoom if model.pane == Pane::Today => has_habits && in_list,
        _ => true,
    }
}

/// Where a hint comes before the rest, whatever the table says: the way out of a zoomed pane, and the
/// doctor right after the tick where the row speaks of it.
fn rank_now(model: &Model, action: Action) -> Option<u8> {
    let is_first = match action {
        Action::Back => model.is_zoomed && !model.is_in_history(),
        Action::ToggleCheckIn | Action::RecipeDoctor => {
            !model.is_in_history()
                && model.selected_habit().is_some_and(|habit| model.is_for_doctor(habit))
        }
        Action::ToggleRest => model.is_ahead(),
        // With nothing to look back at it only says when the next comes.
        Action::Review if model.to_look_at().is_none() => return Some(3),
        _ => false,
    };
    is_first.then_some(0)
}

/// What a key does here where the table's word does not tell.
fn label_now(model: &Model, action: Action) -> Option<Cow<'static, str>> {
    match &model.overlay {
        Some(Overlay::Rehearsal(rehearsal)) => return rehearsal.word(action).map(Cow::Borrowed),
        Some(Overlay::Form(form)) => {
            return match action {
                Action::Enter => Some(Cow::Borrowed(form.enters())),
                Action::Cancel => model.stays(form).map(|state| format!("stay {state}").into()),
                _ => None,
            };
        }
        Some(Overlay::Confirm(confirm)) if confirm.back.is_some() => {
            return match action {
                Action::Confirm => Some(Cow::Borrowed("leave")),
                Action::Decline => Some(Cow::Borrowed("stay")),
                _ => None,
            };
        }
        _ => {}
    }
    match action {
        Action::AdvanceTopic if model.is_on_link() => Some(Cow::Borrowed("used")),
        Action::AdvanceTopic | Action::AdvanceProject => {
            model.is_on_heading().then_some(Cow::Borrowed("fold"))
        }
        Action::Zoom if model.is_zoomed => Some(Cow::Borrowed("back")),
        Action::Start if model.starts_review() => Some(Cow::Borrowed("look back")),
        Action::Start if model.timer.is_some() => Some(Cow::Borrowed("session")),
        Action::Start => {
            model.countdown_seconds().map(|seconds| Cow::Owned(format!("{seconds} s")))
        }
        _ => None,
    }
}
