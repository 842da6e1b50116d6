//! The app from a key to its frame, without its loop and its terminal.
//!
//! Owns what the runtime does between the two. Must not know what is measured.

use std::{
    io::{self, Write},
    path::Path,
};

use divan::black_box;
use inch::{
    app::{
        Effect, Message, Model, Start,
        history::pages::{Pages, Span},
        update,
    },
    config::Config,
    domain::{curriculum::Curriculum, ids::IdSource},
    keymap::{Keymap, chord::Chord, contexts},
    store::Store,
    ui::{theme::Theme, view},
};
use ratatui::{
    Terminal, TerminalOptions, Viewport,
    backend::CrosstermBackend,
    layout::{Rect, Size},
};

use crate::files::{open, stamp, today};

/// Where a terminal would be.
struct Wire;

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(black_box(bytes).len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The app without its loop: what the runtime does between a key and a frame.
pub struct App {
    store: Store,
    pub model: Model,
    keymap: Keymap,
    theme: Theme,
    terminal: Terminal<CrosstermBackend<Wire>>,
}

impl App {
    /// From nothing to the first frame.
    pub fn start(path: &Path) -> Self {
        Self::start_on(path, Curriculum::shipped())
    }

    pub fn start_on(path: &Path, curriculum: Curriculum) -> Self {
        let mut store = open(path);
        let config = Config::default();
        let theme = Theme::new(&config, true);
        let keymap = Keymap::default();
        let size = Size::new(120, 40);
        let (model, effects) = Model::new(Start {
            workspace: store.load(today()).unwrap(),
            curriculum,
            config,
            keys: keymap.words(false),
            today: today(),
            until: None,
            size,
            ids: IdSource::new(2, 2),
            is_first_start: false,
        });
        let viewport = Viewport::Fixed(Rect::from(size));
        let terminal =
            Terminal::with_options(CrosstermBackend::new(Wire), TerminalOptions { viewport })
                .unwrap();
        let mut app = Self { store, model, keymap, theme, terminal };
        app.perform(effects);
        app.draw();
        app
    }

    pub fn draw(&mut self) {
        let Self { model, keymap, theme, terminal, .. } = self;
        terminal.draw(|frame| view(model, keymap, theme, frame)).unwrap();
    }

    /// A key, all that follows from it, and the frame.
    pub fn press(&mut self, key: &str) {
        let chord: Chord = key.parse().unwrap();
        let action = self.keymap.resolve(contexts(&self.model), chord).unwrap();
        self.take(Message::Action(action));
        self.draw();
    }

    pub fn take(&mut self, message: Message) {
        let effects = update(&mut self.model, message);
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let message = match effect {
                Effect::Apply(change) => {
                    let applied = self.store.apply(&change, &stamp()).unwrap();
                    Message::Applied(Box::new(applied))
                }
                Effect::Undo => {
                    let undone = self.store.undo(&stamp()).unwrap();
                    Message::Applied(Box::new(undone.unwrap()))
                }
                Effect::Load(habit, from) => {
                    let track = self.store.track(habit, from, today()).unwrap();
                    Message::Loaded(Box::new(track))
                }
                Effect::LoadHistory(request) => {
                    let mut pages = Pages::default();
                    for Span { habit, first, last } in &request.spans {
                        let take = |check_in| pages.insert(check_in);
                        self.store.check_ins_between(*habit, *first, *last, take).unwrap();
                    }
                    let (first, last) = request.sessions.unwrap();
                    let seconds = self.store.seconds_by_day(request.habit, first, last).unwrap();
                    Message::HistoryRead(Box::new(Pages { request, seconds, ..pages }))
                }
                _ => continue,
            };
            self.take(message);
        }
    }
}
