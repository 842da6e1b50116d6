//! The person's own keys: `[keys]` of the config over the default table.
//!
//! Owns the names by which places and actions are written, what can't be rebound, and the form in
//! which all keys are printed. Must not know the file.

use std::fmt::{Debug, Write as _};

use super::{Binding, Context, Keymap, chord::Chord};
use crate::{
    app::{Action, Pane, panes},
    config::{Config, KeyRow, Wrong},
};

/// Ways out. None may be left without a key, and no key of theirs may mean something else on top.
const EXITS: [Action; 8] = [
    Action::Back,
    Action::Quit,
    Action::Interrupt,
    Action::Cancel,
    Action::Close,
    Action::ClearFilter,
    Action::Decline,
    Action::StartEmpty,
];

/// A key that would ask for two things at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The key.
    pub chord: Chord,
    /// Where it is looked for first, and what it asks for there.
    pub first: (Context, Action),
    /// What it hides.
    pub second: (Context, Action),
}

/// Every key as it is in force, as the config's table; reading it gives the same keys.
pub fn print(config: &Config) -> Result<String, Wrong> {
    Ok(Keymap::new(config)?.print())
}

impl Keymap {
    /// The default keys with those of the config. What is wrong is said with its line.
    pub fn new(config: &Config) -> Result<Self, Wrong> {
        let mut keymap = Self::default();
        if config.keys.is_empty() {
            // The default keys do not clash, and a start has no time to look for it.
            return Ok(keymap);
        }
        let mut written = Vec::new();
        for row in &config.keys {
            let wrong = |what| Wrong { line: row.line, what };
            let (context, action) = keymap.rebind(row).map_err(wrong)?;
            written.push((row.line, (context, action)));
        }
        let line = |clash: &Clash| {
            let rows = written.iter();
            let own = rows.filter(|(_, row)| [clash.first, clash.second].contains(row));
            own.map(|(line, _)| *line).max()
        };
        let rows: Vec<_> = written.iter().map(|(_, row)| *row).collect();
        let clashes = [keymap.clashes(), keymap.hidden(&rows)].concat();
        let first = clashes.iter().filter_map(|clash| Some((line(clash)?, clash)));
        match first.min_by_key(|(line, _)| *line) {
            Some((line, clash)) => Err(Wrong { line, what: said(clash) }),
            None => Ok(keymap),
        }
    }

    /// Takes a row over.
    fn rebind(&mut self, row: &KeyRow) -> Result<(Context, Action), String> {
        let places = || Context::ALL.map(name).join(", ");
        let context = Context::ALL.into_iter().find(|context| name(context) == row.place);
        let context = context
            .ok_or_else(|| format!("there is no [keys.{}]. Accepted: {}.", row.place, places()))?;
        let place = &row.place;
        let action = Action::ALL.iter().copied().find(|action| name(action) == row.action);
        let action = action.filter(|action| self.can_hold(context, *action)).ok_or_else(|| {
            let bound = self.bindings.iter().filter(|binding| binding.context == context);
            let names: Vec<_> = bound.map(|binding| name(binding.action)).collect();
            let (action, names) = (&row.action, names.join(", "));
            format!("there is no action '{action}' in [keys.{place}]. Accepted: {names}.")
        })?;
        let mut chords: Vec<Chord> = Vec::new();
        for text in &row.chords {
            let chord = text.parse::<Chord>().map_err(|error| {
                format!(
                    "{error}. Accepted: a character, {}, f1 to f12, also after ctrl- or alt-.",
                    super::chord::names()
                )
            })?;
            if chord.is_typed() && takes_text(context) {
                return Err(format!(
                    "{chord} can't be a key in [keys.{place}]: there it is typed. Accepted: a key with ctrl- or alt-, or one that types nothing."
                ));
            }
            if !chords.contains(&chord) {
                chords.push(chord);
            }
        }
        if chords.is_empty() && EXITS.contains(&action) {
            return Err(format!(
                "{} in [keys.{place}] needs a key: it is a way out.",
                name(action)
            ));
        }
        let is_it = |binding: &&mut Binding| (binding.context, binding.action) == (context, action);
        match self.bindings.iter_mut().find(is_it) {
            Some(binding) => binding.chords = chords,
            None => self.bindings.push(Binding { context, chords, action, hint: None }),
        }
        Ok((context, action))
    }

    /// Whether an action does anything in a place.
    fn can_hold(&self, context: Context, action: Action) -> bool {
        let is_bound = |binding: &Binding| (binding.context, binding.action) == (context, action);
        let homes = panes(action);
        self.bindings.iter().any(is_bound)
            || match context {
                Context::Today => homes.contains(&Pane::Today),
                Context::Curriculum => homes.contains(&Pane::Curriculum),
                Context::Portfolio => homes.contains(&Pane::Portfolio),
                Context::Global | Context::Detail => !homes.is_empty(),
                _ => false,
            }
    }

    /// Every key that asks for two things in one place, or hides a way out in a place below.
    pub fn clashes(&self) -> Vec<Clash> {
        let is_clash = |clash: &Clash| {
            if clash.first.0 == clash.second.0 {
                // Each pair once, in the order of the table.
                clash.first.1 < clash.second.1
            } else {
                clash.first.1 != clash.second.1 && EXITS.contains(&clash.second.1)
            }
        };
        self.shared().filter(is_clash).collect()
    }

    /// Every key of a written row that would mean something else in a place above, by a row that
    /// nobody wrote: the person would press it there in vain.
    fn hidden(&self, written: &[(Context, Action)]) -> Vec<Clash> {
        let default = Self::default();
        // Where the default keys hide this very key, the person knows nothing else.
        let is_usual = |clash: &Clash| {
            let mut below =
                default.bindings.iter().filter(|binding| binding.context == clash.second.0);
            below.any(|binding| binding.chords.contains(&clash.chord))
        };
        let is_hidden = |clash: &Clash| {
            clash.first.0 != clash.second.0
                && clash.first.1 != clash.second.1
                && written.contains(&clash.second)
                && !written.contains(&clash.first)
                && !is_usual(clash)
        };
        self.shared().filter(is_hidden).collect()
    }

    /// Every key that two rows of a stack have, the upper row first.
    fn shared(&self) -> impl Iterator<Item = Clash> {
        stacks().into_iter().flat_map(move |stack| {
            let mut shared = Vec::new();
            for (at, upper) in self.of(&stack) {
                for (_, lower) in self.of(&stack).filter(|(below, _)| *below >= at) {
                    let chords = upper.chords.iter().filter(|chord| lower.chords.contains(chord));
                    shared.extend(chords.map(|chord| Clash {
                        chord: *chord,
                        first: (upper.context, upper.action),
                        second: (lower.context, lower.action),
                    }));
                }
            }
            shared
        })
    }

    /// The bindings of a stack with the places of their contexts in it.
    fn of(&self, stack: &[Context]) -> impl Iterator<Item = (usize, &Binding)> {
        let place = |context| stack.iter().position(|other| *other == context);
        self.bindings.iter().filter_map(move |binding| Some((place(binding.context)?, binding)))
    }

    fn print(&self) -> String {
        let mut text =
            "# Keys: a table for each place, a row for each action, with one key or several.\n\
             # [] takes them away, and rows that are left out keep their defaults.\n"
                .to_owned();
        for context in Context::ALL {
            // Writing to a string can't fail.
            let _ = write!(text, "\n# {}\n[keys.{}]\n", context.title(), name(context));
            for binding in self.bindings.iter().filter(|binding| binding.context == context) {
                let chords = binding.chords.iter();
                let chords: Vec<_> = chords.map(|chord| quoted(&chord.to_string())).collect();
                let value = match &chords[..] {
                    [chord] => chord.clone(),
                    chords => format!("[{}]", chords.join(", ")),
                };
                let action = binding.action;
                let _ = writeln!(text, "{} = {value} # {}", name(action), action.title());
            }
        }
        text
    }
}

/// Every stack of contexts that can be in force, the topmost first.
pub fn stacks() -> Vec<Vec<Context>> {
    use Context::{Always, Curriculum, Detail, Global, History, Lists, Portfolio, Today};
    let panes = [Today, Curriculum, Portfolio];
    let is_window = |context: &Context| {
        ![&panes[..], &[Detail, History, Lists, Global, Always]].concat().contains(context)
    };
    let lists = panes.map(|pane| vec![pane, Lists, Global, Always]);
    let details = panes.map(|pane| vec![Detail, pane, Lists, Global, Always]);
    let history = [vec![History, Global, Always]];
    let windows = Context::ALL.into_iter().filter(is_window).map(|window| vec![window, Always]);
    lists.into_iter().chain(details).chain(history).chain(windows).collect()
}

/// Whether characters are typed while a context is in force.
fn takes_text(context: Context) -> bool {
    matches!(
        context,
        Context::Form
            | Context::Note
            | Context::Palette
            | Context::Topics
            | Context::Find
            | Context::Doctor
            | Context::Always
    )
}

fn said(clash: &Clash) -> String {
    let Clash { chord, first, second } = clash;
    let [first, second] = [first, second]
        .map(|(context, action)| format!("{} in [keys.{}]", name(action), name(context)));
    format!("{chord} can't be the key of both {first} and {second}. Give one of them another.")
}

/// As a context or an action is written in the config: `ToggleCheckIn` is `toggle-check-in`.
fn name(variant: impl Debug) -> String {
    let mut name = String::new();
    for letter in format!("{variant:?}").chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.extend(letter.to_lowercase());
    }
    name
}

/// A key as a string of TOML.
fn quoted(chord: &str) -> String {
    format!("\"{}\"", chord.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests;
