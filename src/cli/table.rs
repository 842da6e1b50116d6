//! Columns aligned by what a terminal shows, not by bytes.
//!
//! Owns widths and gaps. Must not know what the cells mean.

use unicode_width::UnicodeWidthStr as _;

/// Which side of its column a cell leans to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Text.
    Left,
    /// Numbers.
    Right,
}

/// Lines of cells, two spaces apart; nothing trails. Cells must be safe to print and uncoloured.
pub fn lines<const N: usize>(sides: [Side; N], rows: &[[String; N]]) -> Vec<String> {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.width().max(*width);
        }
    }
    let line = |row: &[String; N]| {
        let mut line = String::new();
        for ((cell, width), side) in row.iter().zip(widths).zip(sides) {
            if width == 0 {
                continue;
            }
            if !line.is_empty() {
                line.push_str("  ");
            }
            let gap = " ".repeat(width - cell.width());
            match side {
                Side::Left => line.extend([cell.as_str(), &gap]),
                Side::Right => line.extend([&gap, cell.as_str()]),
            }
        }
        line.truncate(line.trim_end().len());
        line
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_keep_their_columns_and_empty_columns_go() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned);
        let rows = [row(["日本", "", "1"]), row(["a", "", "23"])];
        let found = lines([Side::Left, Side::Left, Side::Right], &rows);
        assert_eq!(found, ["日本   1", "a     23"]);
    }
}
