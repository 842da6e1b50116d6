//! Effects on the screen: what a celebration looks like, frame by frame.
//!
//! Owns their shapes, their lengths and when the next frame is due. Only styles of the theme are
//! painted, over what is drawn already. Must not know why anything is celebrated.

use chrono::{DateTime, TimeDelta, Utc};
use ratatui::{buffer::Buffer, style::Style};
use tachyonfx::{Duration, Effect, EffectTimer, Interpolation, fx};

use crate::{
    app::{Model, celebration::place},
    config::Motion,
    ui::theme::Theme,
};

/// How long a frame stays.
const FRAME: TimeDelta = TimeDelta::milliseconds(33);

/// How long a tick is celebrated, and one that is more than a tick.
const SHORT: u32 = 400;
const LONG: u32 = 1_000;

/// Columns of the band that runs over the row, and of the one over the pane.
const NARROW: u32 = 16;
const BROAD: u32 = 18;

/// How far the band leans: columns from one row to the next.
const SLOPE: u32 = 2;

/// The effect that runs, if any does.
#[derive(Debug)]
pub struct Effects {
    /// The style to paint with; none where nothing is to move.
    style: Option<Style>,
    /// The serial number of the newest celebration that was begun.
    begun: u32,
    running: Option<Running>,
}

#[derive(Debug)]
struct Running {
    effect: Effect,
    is_large: bool,
    started: DateTime<Utc>,
    ends: DateTime<Utc>,
    /// The moment that the next frame shows.
    now: DateTime<Utc>,
    /// The moment that the last frame showed.
    drawn: DateTime<Utc>,
}

impl Effects {
    /// Nothing moves without colours, or where nobody wants it.
    pub fn new(motion: Motion, theme: &Theme) -> Self {
        let style = theme.celebrate.filter(|_| motion == Motion::Full);
        Self { style, begun: 0, running: None }
    }

    /// Begins what the model celebrates, in the place of what was celebrated before.
    pub fn follow(&mut self, model: &Model, now: impl FnOnce() -> DateTime<Utc>) {
        let Some(celebration) = model.celebration.filter(|newest| newest.serial != self.begun)
        else {
            return;
        };
        self.begun = celebration.serial;
        let style = self.style.filter(|_| place(model).is_some());
        self.running = style.map(|style| {
            let is_large = celebration.is_large;
            let (millis, breadth) = if is_large { (LONG, BROAD) } else { (SHORT, NARROW) };
            let now = now();
            let ends = now + TimeDelta::milliseconds(millis.into());
            let effect = band(millis, breadth, style);
            Running { effect, is_large, started: now, ends, now, drawn: now }
        });
    }

    /// After a sleep: whether the screen is to be drawn for what runs, or to be rid of it.
    pub fn wake(&mut self, model: &Model, now: DateTime<Utc>) -> bool {
        let Some(running) = &mut self.running else { return false };
        // A clock that was set back must not make it last for hours.
        let is_within = (running.started..running.ends).contains(&now);
        if !is_within || place(model).is_none() {
            self.running = None;
            return true;
        }
        running.now = now;
        now >= running.drawn + FRAME
    }

    /// When the next frame is due.
    pub fn deadline(&self) -> Option<DateTime<Utc>> {
        let running = self.running.as_ref()?;
        Some(running.ends.min(running.drawn + FRAME))
    }

    /// Paints over what was drawn.
    pub fn draw(&mut self, model: &Model, buffer: &mut Buffer) {
        let (Some(style), Some(running), Some(place)) =
            (self.style, &mut self.running, place(model))
        else {
            return;
        };
        let elapsed = (running.now - running.drawn).num_milliseconds();
        running.drawn = running.now;
        let area = if running.is_large { place.pane } else { place.row };
        if running.is_large {
            // The tick itself glows for as long as it lasts.
            buffer.set_style(place.row, style);
        }
        let elapsed = Duration::from_millis(u32::try_from(elapsed).unwrap_or(0));
        let _ = running.effect.process(elapsed, buffer, area.intersection(buffer.area));
    }
}

/// A leaning band that runs from left to right, quickly at first.
fn band(millis: u32, breadth: u32, style: Style) -> Effect {
    let timer = EffectTimer::from_ms(millis, Interpolation::Linear);
    fx::effect_fn(style, timer, move |style, context, cells| {
        let (width, height) = (u32::from(context.area.width), u32::from(context.area.height));
        let all = width + SLOPE * height + breadth;
        let left = context.timer.remaining().as_millis().min(millis);
        let head = all - all * left / millis * left / millis;
        for (at, cell) in cells {
            let (right, down) = (at.x - context.area.x, at.y - context.area.y);
            let along = u32::from(right) + SLOPE * u32::from(down);
            if (along..along + breadth).contains(&head) {
                cell.set_style(*style);
            }
        }
    })
}
