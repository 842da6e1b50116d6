//! What the model is at a start.
//!
//! Owns what it starts from and the first selection. Must not know where any of it was read.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::{NaiveDate, NaiveTime};
use ratatui::layout::Size;

use super::{
    Effect, Filter, Focus, Model, Overlay, Pane, Stage, Tone, areas::Areas, detail::Shape,
    grown::Grown, history::History, keys::Keys, listing::Listing, pace::Paced, settle::settle,
};
use crate::{
    config::Config,
    domain::{curriculum::Curriculum, ids::IdSource, workspace::Workspace},
};

/// What a model starts from.
#[derive(Debug)]
pub struct Start {
    /// What is on the disk.
    pub workspace: Workspace,
    /// What the curriculum files hold: the shipped one and the person's own.
    pub curriculum: Curriculum,
    /// What the person has chosen.
    pub config: Config,
    /// The keys in words.
    pub keys: Keys,
    /// The logical day.
    pub today: NaiveDate,
    /// Between midnight and the rollover: the wall-clock time of the rollover.
    pub until: Option<NaiveTime>,
    /// The terminal's size.
    pub size: Size,
    /// Makes the ids of new habits and projects.
    pub ids: IdSource,
    /// Nothing was ever stored in this file.
    pub is_first_start: bool,
}

impl Model {
    /// The model of a start, and what it needs to be read before the first frame.
    pub fn new(start: Start) -> (Self, Vec<Effect>) {
        let mut workspace = start.workspace;
        workspace.follow(&start.curriculum);
        let mut model = Self {
            workspace,
            curriculum: Arc::default(),
            config: start.config,
            keys: start.keys,
            today: start.today,
            until: start.until,
            day: start.today,
            pane: Pane::default(),
            focus: Focus::default(),
            is_zoomed: false,
            habits: Listing::default(),
            history: History::new(start.today),
            tree: Listing::default(),
            projects: Listing::default(),
            detail_top: 0,
            detail_item: None,
            shape: Shape::default(),
            queries: Default::default(),
            filter: Filter::default(),
            stage: Stage::default(),
            shows_archived: false,
            shows_dropped: false,
            overlay: start.is_first_start.then_some(Overlay::Welcome),
            timer: None,
            notice: None,
            troubles: BTreeMap::new(),
            celebration: None,
            unsaved: Vec::new(),
            figures: BTreeMap::new(),
            asks: BTreeMap::new(),
            size: start.size,
            areas: Areas::default(),
            subject: None,
            followed: None,
            pace: Paced::default(),
            grown: Grown::default(),
            saving: None,
            retried: Vec::new(),
            recovering: None,
            said_of_waiting: String::new(),
            defined: Arc::new(start.curriculum),
            folded: BTreeSet::new(),
            folded_levels: BTreeSet::new(),
            ids: start.ids,
        };
        model.rebuild_curriculum();
        model.fold_all_but_next();
        model.recompute_figures();
        model.refresh_rows();
        model.select_first_unfinished();
        if let Some(welcome) = model.welcome_back() {
            model.say(Tone::Good, welcome);
        }
        let mut effects = Vec::new();
        settle(&mut model, &mut effects);
        (model, effects)
    }
}
