//! The views below the year.
//!
//! Owns their order and their names. Must not know what they show.

/// What stands below the year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum View {
    /// Dated, with notes.
    #[default]
    Log,
    /// As bars, the longest first.
    Streaks,
    /// Rates by weekday and by month.
    Weekdays,
    /// Over time.
    Strength,
    /// Of sessions, by week.
    Minutes,
    /// The rate under each version.
    Recipes,
}

impl View {
    /// In the order of the tabs.
    pub const ALL: [Self; 6] =
        [Self::Log, Self::Streaks, Self::Weekdays, Self::Strength, Self::Minutes, Self::Recipes];

    /// The name on its tab.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Log => "Log",
            Self::Streaks => "Streaks",
            Self::Weekdays => "Weekdays",
            Self::Strength => "Strength",
            Self::Minutes => "Minutes",
            Self::Recipes => "Recipes",
        }
    }
}
