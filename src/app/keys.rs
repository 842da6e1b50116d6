//! Where keys hold, and what they are called in sentences.
//!
//! Owns the places and the words for keys, as the keymap tells them. Must not know any binding.

use super::{Action, Focus, Model, Overlay, Pane, timer::Phase};

/// Where a binding holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// Today's list.
    Today,
    /// The history: Today zoomed.
    History,
    /// The roadmap.
    Curriculum,
    /// The portfolio.
    Portfolio,
    /// The detail of any pane.
    Detail,
    /// Every list and its detail.
    Lists,
    /// Every pane, the history too.
    Global,
    /// The first start.
    Welcome,
    /// The help.
    Help,
    /// The palette.
    Palette,
    /// A menu of states.
    Menu,
    /// A question.
    Confirm,
    /// A day's note.
    Note,
    /// A form.
    Form,
    /// The filter being typed.
    Find,
    /// The countdown of a habit's timer.
    Countdown,
    /// The question after it.
    Asking,
    /// A session on the screen.
    Studying,
    /// Topics to choose from.
    Topics,
    /// A recipe being rehearsed.
    Rehearsal,
    /// A recipe being mended.
    Doctor,
    /// A look back at a topic.
    Review,
    /// Everywhere, overlays too.
    Always,
}

impl Context {
    /// In the order of help.
    pub const ALL: [Self; 23] = [
        Self::Today,
        Self::History,
        Self::Curriculum,
        Self::Portfolio,
        Self::Detail,
        Self::Lists,
        Self::Global,
        Self::Countdown,
        Self::Asking,
        Self::Studying,
        Self::Topics,
        Self::Find,
        Self::Form,
        Self::Note,
        Self::Menu,
        Self::Palette,
        Self::Doctor,
        Self::Review,
        Self::Rehearsal,
        Self::Help,
        Self::Confirm,
        Self::Welcome,
        Self::Always,
    ];

    /// Its heading in help.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Global => "In every pane",
            Self::Today => "Today",
            Self::History => "History, Today zoomed",
            Self::Lists => "In every list",
            Self::Curriculum => "Curriculum",
            Self::Portfolio => "Portfolio",
            Self::Detail => "Detail",
            Self::Countdown => "While the timer counts down",
            Self::Asking => "When it is done",
            Self::Studying => "Sessions",
            Self::Topics => "Choosing a topic",
            Self::Find => "While finding",
            Self::Form => "Forms",
            Self::Note => "Notes",
            Self::Menu => "Menus",
            Self::Palette => "Palette",
            Self::Doctor => "Recipe doctor",
            Self::Review => "Looking back",
            Self::Rehearsal => "Rehearsal",
            Self::Help => "Help",
            Self::Confirm => "Questions",
            Self::Welcome => "Welcome",
            Self::Always => "Everywhere",
        }
    }
}

/// The contexts in force, the topmost first.
pub fn contexts(model: &Model) -> &'static [Context] {
    use Context::Always;
    let Some(overlay) = &model.overlay else { return beneath(model) };
    match overlay {
        Overlay::Welcome => &[Context::Welcome, Always],
        Overlay::Help { .. } | Overlay::Reading(_) => &[Context::Help, Always],
        Overlay::Palette(_) => &[Context::Palette, Always],
        Overlay::Menu(_) | Overlay::Offer(_) | Overlay::Begin(_) => &[Context::Menu, Always],
        Overlay::Confirm(_) | Overlay::Asleep { .. } => &[Context::Confirm, Always],
        Overlay::Note(_) => &[Context::Note, Always],
        Overlay::Rehearsal(_) => &[Context::Rehearsal, Always],
        Overlay::Doctor(_) => &[Context::Doctor, Always],
        Overlay::Review(_) => &[Context::Review, Always],
        Overlay::Form(_) => &[Context::Form, Always],
        Overlay::Find(_) => &[Context::Find, Always],
        Overlay::Topics(_) => &[Context::Topics, Always],
        Overlay::Timer => match model.timer.as_ref().map(|timer| timer.phase) {
            Some(Phase::Countdown { .. }) => &[Context::Countdown, Always],
            Some(Phase::Asking) => &[Context::Asking, Always],
            Some(Phase::Going) | None => &[Context::Studying, Always],
        },
    }
}

/// The contexts in force where no window is on top, the topmost first.
fn beneath(model: &Model) -> &'static [Context] {
    use Context::{Always, Curriculum, Detail, Global, History, Lists, Portfolio, Today};
    match (model.focus, model.pane) {
        _ if model.is_in_history() => &[History, Global, Always],
        (Focus::List, pane) => of_list(pane),
        (Focus::Detail, Pane::Today) => &[Detail, Today, Lists, Global, Always],
        (Focus::Detail, Pane::Curriculum) => &[Detail, Curriculum, Lists, Global, Always],
        (Focus::Detail, Pane::Portfolio) => &[Detail, Portfolio, Lists, Global, Always],
    }
}

/// The contexts in force in a pane's list, the topmost first.
const fn of_list(pane: Pane) -> &'static [Context] {
    use Context::{Always, Curriculum, Global, Lists, Portfolio, Today};
    match pane {
        Pane::Today => &[Today, Lists, Global, Always],
        Pane::Curriculum => &[Curriculum, Lists, Global, Always],
        Pane::Portfolio => &[Portfolio, Lists, Global, Always],
    }
}

/// Every key in words, in the order of the table.
#[derive(Debug, Clone, Default)]
pub struct Keys(Vec<(Context, Action, String)>);

impl Keys {
    /// From every key with its place and what it asks for there.
    pub const fn new(words: Vec<(Context, Action, String)>) -> Self {
        Self(words)
    }

    /// The first key that asks for `action` in these contexts, if one does.
    fn first(&self, contexts: &[Context], action: Action) -> Option<&str> {
        let reached = || {
            contexts.iter().flat_map(|context| self.0.iter().filter(move |row| row.0 == *context))
        };
        let meaning = |key: &str| reached().find(|row| row.2 == key).map(|row| row.1);
        let mut keys = reached().filter(|row| row.1 == action).map(|row| row.2.as_str());
        keys.find(|key| meaning(key) == Some(action))
    }
}

impl Model {
    /// The key that asks for an action here and now, in words.
    pub fn key(&self, action: Action) -> Option<&str> {
        self.keys.first(contexts(self), action)
    }

    /// The key that asks for an action where no window is on top, whatever is on top now.
    pub fn key_beneath(&self, action: Action) -> Option<&str> {
        self.keys.first(beneath(self), action)
    }

    /// The key that asks for an action in a pane's list, whatever is on top of it now.
    pub fn key_in(&self, pane: Pane, action: Action) -> Option<&str> {
        self.keys.first(of_list(pane), action)
    }

    /// Words that name the key of an action in a pane's list; nothing where it has none.
    pub fn tell_key(
        &self,
        pane: Pane,
        action: Action,
        words: impl FnOnce(&str) -> String,
    ) -> String {
        self.key_in(pane, action).map_or_else(String::new, words)
    }

    /// What keys do here, to follow a sentence: ` u takes it back.`; without what no key does.
    pub fn hints<'a>(&self, what: impl IntoIterator<Item = (Action, &'a str)>) -> String {
        self.told(contexts(self), what)
    }

    /// The same for a text that belongs to a pane.
    pub fn hints_in<'a>(
        &self,
        pane: Pane,
        what: impl IntoIterator<Item = (Action, &'a str)>,
    ) -> String {
        self.told(of_list(pane), what)
    }

    /// How what was just saved is taken back.
    pub(super) fn way_back(&self) -> String {
        self.hints([(Action::Undo, "takes it back")])
    }

    fn told<'a>(
        &self,
        contexts: &[Context],
        what: impl IntoIterator<Item = (Action, &'a str)>,
    ) -> String {
        let told = what.into_iter().filter_map(|(action, does)| {
            self.keys.first(contexts, action).map(|key| format!("{key} {does}"))
        });
        match told.collect::<Vec<_>>().join(", ") {
            nothing if nothing.is_empty() => nothing,
            told => format!(" {told}."),
        }
    }
}
