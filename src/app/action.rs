//! Everything a key or the palette can ask for, named and explained once.
//!
//! Owns the list of actions and the sentence that help, palette and README show for each. Must not
//! know which keys lead to them.

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident => $title:literal,)*) => {
        /// Something the person can ask for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action {
            $(#[doc = $title] $(#[$doc])* $name,)*
        }

        impl Action {
            /// Every action, in the order of help.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// What it does, as help and the palette say it.
            pub const fn title(self) -> &'static str {
                match self {
                    $(Self::$name => $title,)*
                }
            }
        }
    };
}

actions! {
    ToggleCheckIn => "Tick the habit, or untick it",
    Start => "Start the timer or a session, or show the one that runs",
    ToggleRest => "Mark a rest day, or clear it",
    DayBack => "Show the day before",
    DayForward => "Show the day after",
    BackToToday => "Back to today",
    WeekBack => "A week back",
    WeekForward => "A week on",
    YearBack => "The year before",
    YearForward => "The year after",
    FirstDay => "To the first day",
    LastDay => "To the last day, today",
    NextHabit => "The history of the next habit",
    PreviousHabit => "The history of the habit before",
    NextView => "The next view of the history",
    PreviousView => "The view of the history before",
    RecipeDoctor => "Open the recipe doctor: make it easier to keep",
    ExplainStrength => "Explain the strength",
    Rehearse => "Rehearse the recipe",
    WriteNote => "Write a note on the day, or beside the topic",
    Review => "Review a mastered topic",
    AdvanceTopic => "Move the topic on; fold a heading",
    MarkWanted => "Mark as needed, nice, curious or not wanted",
    WriteGoal => "Write down the goal that you learn for",
    Prove => "Say what shows that it is mastered",
    EditLinks => "Add links of your own, or take some out",
    FillScope => "Fill in the project's worksheet, step by step",
    WeighIdea => "Weigh the idea against others, and how to go about it",
    LookAgain => "You looked at the live project for drift; the next look is in 30 days",
    AdvanceProject => "Move the project on; fold a heading",
    Add => "Add one here",
    Edit => "Edit the selected one",
    ChooseState => "Choose any state, backwards too",
    OpenLink => "Open the link in the browser",
    FilterStates => "Next filter: ready, learning, due, wanted, untouched, unproven, all",
    FilterProjects => "Next filter: ideas by rank, building, shipped, all",
    Fold => "Fold",
    Unfold => "Unfold",
    Archive => "Archive or drop at once, or bring back",
    Delete => "Delete, after asking",
    ShowArchived => "Show archived or dropped ones too, or hide them",
    Undo => "Undo the last change",
    Redo => "Redo what was undone",
    Find => "Find as you type",
    Copy => "Copy as text",
    MoveLater => "Move it down in the order",
    MoveEarlier => "Move it up in the order",
    FocusToday => "Go to Today",
    FocusCurriculum => "Go to Curriculum",
    FocusPortfolio => "Go to Portfolio",
    NextPane => "Go to the next pane",
    PreviousPane => "Go to the pane before",
    FocusDetail => "Go into the detail",
    Follow => "Follow the selected line",
    Zoom => "Zoom: history, roadmap, portfolio by level; or back",
    Palette => "All actions by name",
    Help => "Show this help",
    Back => "Step back",
    Quit => "Close what is open to read, else quit",
    Suspend => "Suspend to the shell",
    Up => "Move up",
    Down => "Move down",
    Top => "Go to the top",
    Bottom => "Go to the end",
    PageUp => "A page up",
    PageDown => "A page down",
    HalfUp => "Half a page up",
    HalfDown => "Half a page down",
    Interrupt => "Close what is on top, or quit",
    KeepFilter => "Keep what was found",
    ClearFilter => "Show all again",
    NextField => "To the next field",
    PreviousField => "To the field before",
    Enter => "Go on; on the last field, save",
    Save => "Save",
    OpenEditor => "Write in your own editor",
    Cancel => "Leave; asks first if something was typed",
    Accept => "Take the selected one",
    GoOn => "Go on",
    Close => "Close",
    Confirm => "Yes",
    Decline => "No",
    KeepGoing => "Keep going as a session",
    StopSession => "Stop the session and keep it",
    RateAgain => "Not any more: practise it again",
    RateHard => "With effort",
    RateGood => "As it should be",
    RateEasy => "Without a thought",
    StartEmpty => "Skip it and start with nothing",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_its_own_sentence() {
        let mut titles: Vec<_> = Action::ALL.iter().map(|action| action.title()).collect();
        titles.sort_unstable();
        titles.dedup();
        assert_eq!(titles.len(), Action::ALL.len());
    }
}
