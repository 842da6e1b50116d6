//! What announces the pages of a form: tabs, or the steps of a worksheet.
//!
//! ```text
//! ▌What it is▐  What came of it  What it shows
//! 1●──2●──3○──4○──5○  Feasibility and value · 1 of 2
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
    let spans: Vec<_> = parts(form, theme).into_iter().map(|(_, span)| span).collect();
    frame.render_widget(Line::from(spans), Rect { height: area.height.min(1), ..area });
}

/// Where a page can be clicked.
pub fn spots(form: &Form, area: Rect, theme: &Theme) -> Vec<Spot> {
    let mut x = area.x;
    let mut spots = Vec::new();
    for (page, span) in parts(form, theme) {
        let width = u16::try_from(fit::width(&span.content)).unwrap_or(0);
        let first = page.and_then(|page| form.places_on(page).next());
        if let Some(first) = first.filter(|_| area.height > 0) {
            let spot = Rect { x, width, height: 1, ..area }.intersection(area);
            spots.push(Spot { area: spot, target: Target::Field(first) });
        }
        x = x.saturating_add(width);
    }
    spots
}

/// The line in parts, with the page that each leads to.
fn parts(form: &Form, theme: &Theme) -> Vec<(Option<usize>, Span<'static>)> {
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
            let filled: Vec<_> = (0..pages.len()).map(|page| form.is_page_filled(page)).collect();
            let path = worth::path(&filled, Some(current), theme);
            let mut parts: Vec<_> =
                path.into_iter().enumerate().map(|(at, span)| (Some(at / 2), span)).collect();
            let title = pages.get(current).map_or("", |page| page.title);
            parts.push((None, Span::styled(format!("   {title}"), theme.heading)));
            parts
        }
    }
}
