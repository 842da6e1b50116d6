//! Big digits: a time to be read from across the room.
//!
//! Owns the shapes and how large they may be. Must not know what is counted.

use std::array::from_fn;

/// Rows of a digit.
pub const ROWS: usize = 5;
/// Cells between two digits.
const GAP: usize = 1;

/// Each row's cells from the left, `#` where one is filled.
const SHAPES: [(char, [&str; ROWS]); 11] = [
    ('0', ["###", "# #", "# #", "# #", "###"]),
    ('1', [" # ", "## ", " # ", " # ", "###"]),
    ('2', ["###", "  #", "###", "#  ", "###"]),
    ('3', ["###", "  #", "###", "  #", "###"]),
    ('4', ["# #", "# #", "###", "  #", "  #"]),
    ('5', ["###", "#  ", "###", "  #", "###"]),
    ('6', ["###", "#  ", "###", "# #", "###"]),
    ('7', ["###", "  #", "  #", "  #", "  #"]),
    ('8', ["###", "# #", "###", "# #", "###"]),
    ('9', ["###", "# #", "###", "  #", "###"]),
    (':', [" ", "#", " ", "#", " "]),
];

/// A time as five rows of blocks, twice as wide where there is room; `None` where even the narrow
/// ones don't fit.
pub fn rows(time: &str, columns: usize, block: &str) -> Option<[String; ROWS]> {
    let shapes: Vec<_> = time
        .chars()
        .filter_map(|digit| SHAPES.iter().find(|(shaped, _)| *shaped == digit))
        .map(|(_, shape)| shape)
        .collect();
    let cells: usize =
        shapes.iter().map(|shape| shape[0].len() + GAP).sum::<usize>() - GAP.min(shapes.len());
    let scale = [2, 1].into_iter().find(|scale| cells * scale <= columns)?;
    Some(from_fn(|row| {
        let rows: Vec<_> = shapes.iter().map(|shape| shape[row]).collect();
        let drawn = |cell| if cell == '#' { block } else { " " }.repeat(scale);
        rows.join(" ").chars().map(drawn).collect()
    }))
}

/// Seconds as a clock shows them: `0:07`, `12:34`, `1:02:03`.
pub fn clock(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_is_as_high_and_each_of_its_rows_as_wide() {
        for (digit, shape) in SHAPES {
            assert!(shape.iter().all(|row| row.len() == shape[0].len()), "{digit}");
        }
        let digits: String = SHAPES.iter().map(|(digit, _)| digit).collect();
        assert_eq!(digits, "0123456789:");
    }

    #[test]
    fn a_time_is_as_large_as_there_is_room_for() {
        let width = |columns| rows("1:07", columns, "#").map(|rows| rows[0].len());
        assert_eq!([26, 25, 13, 12].map(width), [Some(26), Some(13), Some(13), None]);
        let narrow = rows("1:07", 13, "█").unwrap();
        assert_eq!(
            narrow,
            [" #    ### ###", "##  # # #   #", " #    # #   #", " #  # # #   #", "###   ###   #"]
                .map(|row| row.replace('#', "█"))
        );
    }

    #[test]
    fn clocks_have_hours_only_when_there_are_some() {
        let said = [0, 7, 754, 3_723, 604_800].map(clock);
        assert_eq!(said, ["0:00", "0:07", "12:34", "1:02:03", "168:00:00"]);
    }
}
