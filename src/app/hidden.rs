//! Windows on a terminal that is too small for them.
//!
//! Owns which ones can't be seen, and how they are left without losing anything. Must not know their
//! keys: none of them takes any then.

use super::{Action, Effect, Model, Overlay, areas::Layout};

impl Model {
    /// Whether a window is open that the terminal is too small to show: it takes no keys blindly.
    pub fn is_hidden(&self) -> bool {
        // The timer is a few digits, for which there is room everywhere.
        let is_small = matches!(self.overlay, None | Some(Overlay::Timer));
        !is_small && self.areas.layout == Layout::Tiny
    }

    /// Closes a window that can't be seen, unless something typed in it would be lost; a welcome is
    /// all there is, so that leaving it is quitting.
    pub(super) fn leave_hidden(&mut self) -> Vec<Effect> {
        match &self.overlay {
            Some(Overlay::Welcome) => return vec![Effect::Quit],
            Some(Overlay::Form(form)) if form.is_changed() => {}
            Some(Overlay::Note(note)) if note.is_changed() => {}
            Some(Overlay::Confirm(confirm)) if confirm.back.is_some() => {}
            Some(Overlay::Asleep { .. } | Overlay::Topics(_)) => {
                let overlay = self.overlay.take();
                return overlay.map_or_else(Vec::new, |overlay| {
                    self.act_on_overlay(overlay, Action::Interrupt)
                });
            }
            Some(Overlay::Doctor(doctor)) if !doctor.editor.is_empty() => {}
            _ => self.overlay = None,
        }
        Vec::new()
    }
}
