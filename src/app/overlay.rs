//! What keys do while something is on top.
//!
//! Owns the dispatch to the overlay in place. An overlay takes every key: nothing falls through to
//! the panes below. Must not know how overlays are drawn.

use super::{
    Action, Effect, Model, Pane,
    begin::Begin,
    choosing,
    confirm::Confirm,
    doctor::Doctor,
    editor::{Editor, Input, Key},
    evidence_form,
    find::Find,
    form::{Form, Subject},
    habit_form,
    menu::Menu,
    note::Note,
    offer::Offer,
    palette::Palette,
    project_form,
    reading::Reading,
    rehearsal::Rehearsal,
    review::Looking,
    topic_form,
    topics::Topics,
};
use crate::domain::change::{Applied, Change};

/// What is on top and takes every key.
#[derive(Debug, Clone)]
pub enum Overlay {
    /// The first start.
    Welcome,
    /// Every key.
    Help {
        /// The first visible line.
        offset: u16,
    },
    /// Every action by name.
    Palette(Palette),
    /// States to choose from.
    Menu(Menu),
    /// A question before something that is hard to miss.
    Confirm(Confirm),
    /// A day's note.
    Note(Note),
    /// Fields to fill in.
    Form(Box<Form>),
    /// Habits to begin with.
    Offer(Offer),
    /// Projects to begin with.
    Begin(Begin),
    /// A recipe being rehearsed.
    Rehearsal(Rehearsal),
    /// A recipe being mended.
    Doctor(Doctor),
    /// A look back at a mastered topic.
    Review(Looking),
    /// Something to read.
    Reading(Reading),
    /// The filter being typed; it has no window of its own.
    Find(Find),
    /// The timer's countdown, question or session; a session goes on when this is closed.
    Timer,
    /// The topic of the session that is about to begin.
    Topics(Topics),
    /// Whether the time that the machine slept counts.
    Asleep {
        /// The timer was on the screen.
        is_shown: bool,
    },
}

impl Model {
    /// Does an action to the overlay, which was taken out of the model and goes back unless closed.
    pub(super) fn act_on_overlay(&mut self, overlay: Overlay, action: Action) -> Vec<Effect> {
        match overlay {
            Overlay::Welcome => match action {
                Action::Accept => {
                    let starter = self.add_starter();
                    return vec![Effect::Apply(starter)];
                }
                Action::StartEmpty => return vec![Effect::Welcomed],
                Action::Interrupt | Action::Quit => return vec![Effect::Quit],
                _ => self.overlay = Some(Overlay::Welcome),
            },
            Overlay::Help { offset } => {
                let offset = self.scrolled(offset, action);
                self.overlay = offset.map(|offset| Overlay::Help { offset });
            }
            Overlay::Reading(reading) => {
                let offset = self.scrolled(reading.offset, action);
                self.overlay = offset.map(|offset| Overlay::Reading(Reading { offset, ..reading }));
            }
            Overlay::Offer(offer) => self.act_on_offer(offer, action),
            Overlay::Begin(begin) => return self.act_on_begin(begin, action),
            Overlay::Rehearsal(rehearsal) => self.act_on_rehearsal(rehearsal, action),
            Overlay::Doctor(doctor) => return self.act_on_doctor(doctor, action),
            Overlay::Review(looking) => return self.act_on_review(looking, action),
            Overlay::Palette(mut palette) => match action {
                Action::Up => {
                    palette.actions.step(-1);
                    self.overlay = Some(Overlay::Palette(palette));
                }
                Action::Down => {
                    palette.actions.step(1);
                    self.overlay = Some(Overlay::Palette(palette));
                }
                Action::Accept => {
                    let chosen = palette.actions.selected().copied();
                    return chosen.map_or_else(Vec::new, |action| self.act_chosen(action));
                }
                _ => {}
            },
            Overlay::Menu(mut menu) => match action {
                Action::Up | Action::Down => {
                    menu.choices.step(if action == Action::Up { -1 } else { 1 });
                    self.overlay = Some(Overlay::Menu(menu));
                }
                Action::Accept => {
                    return match menu.choices.selected().map(|choice| choice.change.clone()) {
                        Some(Change::TopicSet { topic, state, .. }) => self.set_topic(topic, state),
                        chosen => chosen.map(Effect::Apply).into_iter().collect(),
                    };
                }
                _ => {}
            },
            Overlay::Confirm(confirm) => match action {
                Action::Confirm => return confirm.effect.into_iter().collect(),
                _ => self.overlay = confirm.back.map(|back| *back),
            },
            Overlay::Note(note) => match action {
                Action::Save => {
                    let change = note.change();
                    self.saving = Some(change.clone());
                    self.overlay = Some(Overlay::Note(note));
                    return vec![Effect::Apply(change)];
                }
                Action::OpenEditor => {
                    let text = note.editor.text();
                    self.overlay = Some(Overlay::Note(note));
                    return vec![Effect::Edit(text)];
                }
                _ if note.is_changed() => self.ask_to_leave(Overlay::Note(note)),
                _ => {}
            },
            Overlay::Form(form) => return self.act_on_form(form, action),
            Overlay::Timer => return self.act_on_timer(action),
            Overlay::Topics(topics) => return self.act_on_topics(topics, action),
            Overlay::Asleep { is_shown } => {
                self.overlay = is_shown.then_some(Overlay::Timer);
                return self.decide_sleep(action == Action::Confirm);
            }
            Overlay::Find(find) => match action {
                Action::KeepFilter => {}
                Action::Up | Action::Down => {
                    let by = if action == Action::Up { -1 } else { 1 };
                    self.step_list(self.pane, by);
                    self.overlay = Some(Overlay::Find(find));
                }
                _ => self.show_all(),
            },
        }
        Vec::new()
    }

    fn act_on_form(&mut self, mut form: Box<Form>, action: Action) -> Vec<Effect> {
        let page = form.page();
        match action {
            Action::PageDown => form.turn(1),
            Action::PageUp => form.turn(-1),
            Action::NextField => form.step(1, None),
            Action::PreviousField => form.step(-1, None),
            Action::Down => form.step(1, Some(Key::Down)),
            Action::Up => form.step(-1, Some(Key::Up)),
            Action::Enter => {
                if form.go_on() {
                    return self.save(form);
                }
            }
            Action::Save => return self.save(form),
            Action::OpenEditor => {
                let text = form.long_text().map(|editor| editor.text());
                if text.is_none() {
                    form.error = Some("Only a text of several lines goes to your editor.".into());
                }
                self.overlay = Some(Overlay::Form(form));
                return text.map(Effect::Edit).into_iter().collect();
            }
            _ => {
                if form.is_changed() {
                    self.ask_to_leave(Overlay::Form(form));
                }
                return Vec::new();
            }
        }
        self.go_on_in(form, page)
    }

    /// Asks for the form's change; the form stays until the change is on the disk.
    fn save(&mut self, mut form: Box<Form>) -> Vec<Effect> {
        let ready = form.take_typed().and_then(|()| form.take_clashes());
        let change = ready.and_then(|()| match form.subject.clone() {
            Subject::Habit(id) => self.habit_change(&mut form, id),
            Subject::Topic(id) => self.topic_change(&form, id),
            Subject::Project(id) => self.project_change(&form, id),
            Subject::Idea => self.idea_change(&form),
            Subject::Scope(_) => Ok(self.scope_change(&form, None)),
            Subject::Choice(id) => self.choice_change(&form, id),
            Subject::Evidence(topic) => self.evidence_change(&form, &topic),
            Subject::Links(topic) => Ok(self.links_change(&form, &topic)),
        });
        match change {
            Ok(None) => {
                // Each step of a worksheet was saved when it was left.
                if let Subject::Scope(project) = form.subject
                    && form.is_staying
                {
                    self.overlay = self.scoped_offer(project);
                }
                Vec::new()
            }
            Ok(Some(change)) => {
                self.saving = Some(change.clone());
                form.is_staying = false;
                self.overlay = Some(Overlay::Form(form));
                vec![Effect::Apply(change)]
            }
            Err(error) => {
                form.show_wrong(error);
                self.overlay = Some(Overlay::Form(form));
                Vec::new()
            }
        }
    }

    /// What was being saved is on the disk: its window closes, or goes on.
    pub(super) fn close_saved(&mut self, applied: &Applied) {
        self.saving = None;
        match (self.overlay.take(), &applied.change) {
            (Some(Overlay::Doctor(doctor)), change) => {
                self.go_on_with(doctor, change, applied.seq.is_some());
            }
            (Some(Overlay::Review(looking)), _) => self.look_at_next(&looking),
            (Some(Overlay::Form(mut form)), _) if form.is_staying => {
                form.keep();
                self.overlay = Some(Overlay::Form(form));
            }
            (_, Change::ProjectScope { project, .. }) => {
                self.overlay = self.scoped_offer(*project);
            }
            (_, Change::HabitAdd { habit, .. }) => self.overlay = self.rehearsal_offer(*habit),
            _ => {}
        }
    }

    /// Asks before what was typed is lost; `back` is where it was typed.
    pub(super) fn ask_to_leave(&mut self, back: Overlay) {
        self.overlay = Some(Overlay::Confirm(Confirm {
            question: "Leave without saving?".to_owned(),
            consequence: "What you changed here would be lost.".to_owned(),
            effect: None,
            back: Some(Box::new(back)),
        }));
    }

    /// Opens the form of the focused pane, for a new record or the selected one.
    pub(super) fn open_form(&mut self, is_edit: bool) {
        let form = match self.pane {
            Pane::Today if !is_edit => return self.offer_starters(),
            Pane::Today => habit_form::form(self, self.selected_habit(), None),
            Pane::Curriculum => {
                let own = self.selected_topic().and_then(|id| self.workspace.own_topics.get(id));
                topic_form::form(self, own.filter(|_| is_edit))
            }
            Pane::Portfolio if !is_edit => return self.offer_beginnings(),
            Pane::Portfolio => project_form::form(self, self.selected_project()),
        };
        self.overlay = Some(Overlay::Form(Box::new(form)));
    }

    /// The form of what is being edited, as it would open now; nothing for what is new or gone. A
    /// worksheet only adds answers.
    fn opened_anew(&self, subject: &Subject) -> Option<Form> {
        let workspace = &self.workspace;
        Some(match subject {
            Subject::Habit(id) => habit_form::form(self, Some(workspace.habit((*id)?)?), None),
            Subject::Topic(id) => {
                topic_form::form(self, Some(workspace.own_topics.get(id.as_ref()?)?))
            }
            Subject::Project(id) => project_form::form(self, Some(workspace.project((*id)?)?)),
            Subject::Choice(id) => choosing::form(workspace.project(*id)?),
            Subject::Evidence(topic) => evidence_form::form(self, topic),
            Subject::Links(topic) => evidence_form::links_form(self, topic),
            Subject::Idea | Subject::Scope(_) => return None,
        })
    }

    /// Others changed something: a form that is open follows.
    pub(super) fn follow_in_form(&mut self) {
        let Some(Overlay::Form(form)) = &self.overlay else { return };
        let fresh = self.opened_anew(&form.subject);
        if let (Some(Overlay::Form(form)), Some(fresh)) = (&mut self.overlay, fresh) {
            form.follow(&fresh);
        }
    }

    /// Gives a typed key to the text field on top, if there is one.
    pub(super) fn type_in(&mut self, input: Input) {
        match &mut self.overlay {
            Some(Overlay::Palette(palette)) => {
                palette.editor.type_in(input);
                palette.narrow();
            }
            Some(Overlay::Topics(topics)) => {
                topics.editor.type_in(input);
                topics.narrow();
            }
            Some(Overlay::Note(note)) => note.editor.type_in(input),
            Some(Overlay::Form(form)) => form.type_in(input, &self.curriculum),
            Some(Overlay::Doctor(doctor)) => doctor.type_in(|editor| editor.type_in(input)),
            Some(Overlay::Find(find)) => {
                find.editor.type_in(input);
                self.look_for();
            }
            _ => {}
        }
    }

    /// Takes in what the person's own editor left; it is saved as if it had been typed.
    pub(super) fn take_edited(&mut self, text: &str) {
        let editor = match &mut self.overlay {
            Some(Overlay::Note(note)) => Some(&mut note.editor),
            Some(Overlay::Form(form)) => form.long_text(),
            _ => None,
        };
        if let Some(editor) = editor {
            // Editors end the last line, too.
            *editor = Editor::lines(text.strip_suffix('\n').unwrap_or(text));
        }
    }

    /// Gives pasted text to the text field on top; elsewhere a paste does nothing.
    pub(super) fn paste(&mut self, text: &str) {
        match &mut self.overlay {
            Some(Overlay::Palette(palette)) => {
                palette.editor.paste(text);
                palette.narrow();
            }
            Some(Overlay::Topics(topics)) => {
                topics.editor.paste(text);
                topics.narrow();
            }
            Some(Overlay::Note(note)) => note.editor.paste(text),
            Some(Overlay::Form(form)) => form.paste(text, &self.curriculum),
            Some(Overlay::Doctor(doctor)) => doctor.type_in(|editor| editor.paste(text)),
            Some(Overlay::Find(find)) => {
                find.editor.paste(text);
                self.look_for();
            }
            _ => {}
        }
    }

    /// Filters the focused pane by what was typed; the best match is selected.
    fn look_for(&mut self) {
        let Some(Overlay::Find(find)) = &self.overlay else {
            return;
        };
        self.queries[self.pane as usize] = find.editor.text();
        self.refresh_rows();
        match self.pane {
            Pane::Today => self.habits.select(0),
            Pane::Curriculum => self.tree.select(0),
            Pane::Portfolio => self.projects.select(0),
        }
    }
}
