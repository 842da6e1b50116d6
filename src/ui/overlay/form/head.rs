//! What announces the pages of a form: tabs, or the steps of a worksheet.
//!
//! ```text
//! ▌What it is▐  What came of it  What it shows
//! 1●──2●──3○──4○──5○   Feasibility and value   1 of 2 answered
//! ```

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
};

use crate::{
    app::{
        form::{Form, Look},
        mouse::{Spot, Target},
    },
    ui::{fit, theme::Theme, worth},
};

/// Draws it.
pub fn draw(form: &Form, area: Rect, theme: &Theme, frame: &mut Frame<'_>) {
    let spans: Vec<_> = fitting(form, area, theme).into_iter().map(|(_, span)| span).collect();
    frame.render_widget(Line::from(spans), Rect { height: area.height.min(1), ..area });
}

/// Where a page can be clicked.
pub fn spots(form: &Form, area: Rect, theme: &Theme) -> Vec<Spot> {
    let mut x = area.x;
    let mut spots = Vec::new();
    for (page, span) in fitting(form, area, theme) {
        let width = u16::try_from(fit::width(&span.content)).unwrap_or(0);
        if let Some(page) = page.filter(|_| area.height > 0) {
            let spot = Rect { x, width, height: 1, ..area }.intersection(area);
            spots.push(Spot { area: spot, target: Target::Page(page) });
        }
        x = x.saturating_add(width);
    }
    spots
}

/// A part of the line, with the page that it leads to.
type Part = (Option<usize>, Span<'static>);

/// The parts for which there is room: where not all tabs have it, the one in sight and its place.
fn fitting(form: &Form, area: Rect, theme: &Theme) -> Vec<Part> {
    let room = usize::from(area.width);
    let is_fitting = |parts: &[Part]| {
        let widths = parts.iter().map(|(_, span)| fit::width(&span.content));
        widths.sum::<usize>() <= room
    };
    let mut parts = parts(form, theme);
    if is_fitting(&parts) {
        return parts;
    }
    match form.pages.look {
        Look::Tabs => {
            let current = form.page();
            parts.retain(|(page, _)| *page == Some(current));
            let place = format!(" {}/{}", current + 1, form.pages.all.len());
            parts.push((None, Span::styled(place, theme.muted)));
        }
        Look::Steps => {
            while !is_fitting(&parts) && parts.len() > 1 {
                parts.pop();
            }
        }
    }
    parts
}

/// The whole line.
fn parts(form: &Form, theme: &Theme) -> Vec<Part> {
    let pages = &form.pages.all;
    let current = form.page();
    match form.pages.look {
        Look::Tabs => {
            let tab = |(at, title): (usize, &'static str)| {
                let [left, right] = if at == current { theme.glyphs.tab } else { [" ", " "] };
                let style = if at == current { theme.title_focused } else { theme.muted };
                (Some(at), Span::styled(format!("{left}{title}{right}"), style))
            };
            pages.iter().map(|page| page.title).enumerate().map(tab).collect()
        }
        Look::Steps => {
            let filled: Vec<_> = (0..pages.len()).map(|page| form.filled_on(page) > 0).collect();
            let path = worth::path(&filled, Some(current), theme);
            let mut parts: Vec<_> =
                path.into_iter().enumerate().map(|(at, span)| (Some(at / 2), span)).collect();
            let title = pages.get(current).map_or("", |page| page.title);
            parts.push((None, Span::styled(format!("   {title}"), theme.heading)));
            let all = form.places_on(current).count();
            let answered = format!("   {} of {all} answered", form.filled_on(current));
            parts.push((None, Span::styled(answered, theme.muted)));
            parts
        }
    }
}
