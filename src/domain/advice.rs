//! Kind advice on a recipe: an anchor that is no action, a behaviour that is not tiny.
//!
//! Owns the words it looks for. Must not refuse anything: it reads English as far as the tables go,
//! and says nothing of what it does not understand.

/// Something that the person may want to put another way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// The anchor is a time of the day or the week.
    Time,
    /// The anchor waits for a better moment.
    Someday,
    /// The behaviour names more than 30 seconds.
    Long,
    /// The behaviour names something that takes longer than 30 seconds.
    Large,
}

impl Advice {
    /// What is said, with a way out.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Time => {
                "A time slips by unseen; an action is hard to miss. What do you do then anyway, such as: pour my coffee?"
            }
            Self::Someday => {
                "That moment may not come by itself. After what you do every day anyway, such as: sit down at my desk?"
            }
            Self::Long => {
                "That may take longer than 30 seconds. Its first ten seconds are enough; more is a bonus on any day."
            }
            Self::Large => {
                "That may be more than fits in 30 seconds. One sentence or one line of it is enough; more is a bonus."
            }
        }
    }
}

/// What is longer than this is not tiny.
const LONGEST_SECONDS: f32 = 30.0;

/// An anchor that has only such words names a time, not an action. Numbers count as well.
const TIME_WORDS: &str = "\
    a about after afternoon afternoons always am an and around at bedtime before breakfast by \
    class clock daily dawn day days dinner during dusk each early evening evenings every \
    everyday first friday fridays half hour hours i in is it late lunch lunchtime midday \
    midnight minutes mon monday mondays month morning mornings my night nights noon o o'clock \
    of often on once past per pm quarter regularly saturday saturdays school sunday sundays \
    the thing thursday thursdays time times to today tomorrow tonight tuesday tuesdays twice \
    uni university wednesday wednesdays week weekday weekdays weekend weekends weekly weeks \
    when work year";

/// An anchor that has one of these waits for a moment that no clock and no action announces.
const SOMEDAY: &str = "\
    later, someday, sometime, sometimes, somewhen, soon, whenever, some day, some time, \
    some point, have time, have some time, have a moment, have a minute, have the time, \
    have nothing to do, find time, find the time, get time, get the time, got time, \
    free time, spare time, spare moment, am free, i'm free, am bored, i'm bored, feel like, \
    am in the mood, feel ready, feel motivated, get around to, remember, think of it, \
    if possible, when possible, as possible";

/// Numbers in words; an article is one of it.
const NUMBERS: &[(&str, f32)] = &[
    ("a", 1.0),
    ("an", 1.0),
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("twelve", 12.0),
    ("fifteen", 15.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("hundred", 100.0),
    ("half", 0.5),
    ("couple", 2.0),
    ("few", 3.0),
    ("some", 3.0),
    ("several", 3.0),
    ("many", 5.0),
    ("all", 9.0),
];

/// Units of time in seconds.
const UNITS: &[(&str, f32)] = &[
    ("s sec secs second seconds", 1.0),
    ("m min mins minute minutes", 60.0),
    ("h hr hrs hour hours", 3600.0),
];

/// Parts of larger things, and how many of them fit in 30 seconds. A few of them are a bound: who
/// reads one sentence of a chapter does not read a chapter.
const PARTS: &[(&str, f32)] = &[
    ("page pages slide slides abstract abstracts table tables", 1.0),
    ("problem problems exercise exercises test tests function functions", 1.0),
    ("commit commits plot plots example examples cell cells", 2.0),
    ("figure figures paragraph paragraphs question questions", 2.0),
    ("sentence sentences line lines title titles headline headlines", 4.0),
    ("card cards flashcard flashcards formula formulas term terms", 4.0),
    ("word words pushup pushups squat squats breath breaths", 20.0),
];

/// Things that take longer than 30 seconds when they are taken whole.
const WHOLES: &str = "\
    article articles assignment assignments blog blogs book books chapter chapters course \
    courses episode episodes homework lecture lectures lesson lessons module modules notebook \
    notebooks paper papers podcast podcasts post posts project projects section sections talk \
    talks tutorial tutorials unit units video videos";

/// What takes a thing whole, where it stands right before it. To open a book is tiny.
const TAKING: &str = "\
    attend build code complete do finish hear implement learn practice practise read reread \
    review skim solve study summarise summarize take through to watch write";

/// What may stand between the two.
const BETWEEN: &str = "\
    the my this that another next new whole entire full short long research";

/// What there is to say about "After I …".
pub fn on_anchor(text: &str) -> Option<Advice> {
    let words = words(text);
    let is_time = |word: &String| {
        is_among(TIME_WORDS, word) || word.starts_with(|first: char| first.is_ascii_digit())
    };
    if SOMEDAY.split(", ").any(|phrase| has_phrase(&words, phrase)) {
        return Some(Advice::Someday);
    }
    (!words.is_empty() && words.iter().all(is_time)).then_some(Advice::Time)
}

/// What there is to say about "I will …".
pub fn on_behaviour(text: &str) -> Option<Advice> {
    let words = words(text);
    let seconds = measures(&words, UNITS, |count, seconds| count.map(|count| count * seconds));
    if let Some(shortest) = seconds {
        return (shortest > LONGEST_SECONDS).then_some(Advice::Long);
    }
    // Without a number, a plural is a few.
    let share = |count: Option<f32>, most: f32| Some(count.unwrap_or(1.0) / most);
    if let Some(smallest) = measures(&words, PARTS, share) {
        return (smallest > 1.0).then_some(Advice::Large);
    }
    takes_whole(&words).then_some(Advice::Large)
}

/// What there is to say about a recipe that was just written: its anchor comes first.
pub fn on_recipe(anchor: Option<&str>, behaviour: Option<&str>) -> Option<Advice> {
    anchor.and_then(on_anchor).or_else(|| behaviour.and_then(on_behaviour))
}

/// The smallest of what the text measures in such units: the smallest bounds the rest.
fn measures(
    words: &[String],
    units: &[(&str, f32)],
    measure: impl Fn(Option<f32>, f32) -> Option<f32>,
) -> Option<f32> {
    let found = words.iter().enumerate().filter_map(|(at, word)| {
        let size = |unit: &str| {
            let names = units.iter().find(|(names, _)| is_among(names, unit));
            names.map(|(_, size)| *size)
        };
        // "30min" is one word.
        let unit = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        if unit.len() < word.len() && !unit.is_empty() {
            return measure(word[..word.len() - unit.len()].parse().ok(), size(unit)?);
        }
        measure(count_before(words, at), size(word)?)
    });
    found.reduce(f32::min)
}

/// The number that stands before a unit: "an hour", "half an hour", "the next two pages", "pages".
fn count_before(words: &[String], unit: usize) -> Option<f32> {
    let mut count = None;
    for word in words[..unit].iter().rev() {
        let number = NUMBERS.iter().find(|(name, _)| name == word).map(|(_, number)| *number);
        match number.or_else(|| word.parse().ok()) {
            Some(number) => count = Some(count.unwrap_or(1.0) * number),
            None if count.is_none() && is_among(BETWEEN, word) => {}
            // "a couple of pages"
            None if word == "of" && count.is_none() => {}
            None => break,
        }
    }
    let is_plural = words[unit].len() > 2 && words[unit].ends_with('s');
    count.or(is_plural.then_some(3.0))
}

/// Whether something large is read, watched or done as a whole.
fn takes_whole(words: &[String]) -> bool {
    let is_number =
        |word: &String| word.parse::<f32>().is_ok() || NUMBERS.iter().any(|(name, _)| name == word);
    words.iter().enumerate().any(|(at, word)| {
        let before = words[..at].iter().rev();
        let mut before = before.skip_while(|word| is_number(word) || is_among(BETWEEN, word));
        is_among(WHOLES, word) && before.next().is_none_or(|verb| is_among(TAKING, verb))
    })
}

/// The words in lower case, without punctuation; an "I will" or "after I" in front says nothing.
fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace('’', "'");
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '.');
    let words = text.split(|c: char| !is_part(c)).map(|word| word.trim_matches(['.', '\'']));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn is_among(list: &str, word: &str) -> bool {
    list.split(' ').any(|other| other == word)
}

fn has_phrase(words: &[String], phrase: &str) -> bool {
    let phrase: Vec<_> = phrase.split(' ').collect();
    words.windows(phrase.len()).any(|some| some == phrase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_is_an_action() {
        for vague in [
            "in the morning",
            "In the Morning.",
            "daily",
            "every day",
            "after work",
            "work",
            "lunch",
            "at 8",
            "at 8:30 am",
            "8am",
            "on Mondays",
            "first thing in the morning",
            "once a day",
            "before bedtime",
            "at 7 o’clock",
        ] {
            assert_eq!(on_anchor(vague), Some(Advice::Time), "{vague}");
        }
        for vague in [
            "when I have time",
            "have time",
            "later",
            "whenever possible",
            "sometime in the evening",
            "when I feel like it",
            "remember",
            "at some point",
        ] {
            assert_eq!(on_anchor(vague), Some(Advice::Someday), "{vague}");
        }
        for clear in [
            "",
            "pour my coffee",
            "sit down at my desk",
            "come back from lunch",
            "finish work",
            "wake up in the morning",
            "have breakfast",
            "brush my teeth at night",
            "lock the door",
            "朝ごはんを食べる",
            "open my laptop at 9",
            "get home from school",
        ] {
            assert_eq!(on_anchor(clear), None, "{clear}");
        }
    }

    #[test]
    fn a_behaviour_names_no_more_than_30_seconds() {
        for long in [
            "study for 30 minutes",
            "30min of code",
            "1 h of math",
            "1h",
            "for an hour",
            "half an hour of reading",
            "code for hours",
            "2.5 hours",
            "45 seconds",
            "a few minutes",
            "one minute of a video",
            "a 20-minute walk",
            "a couple of minutes",
            "read 10 min",
        ] {
            assert_eq!(on_behaviour(long), Some(Advice::Long), "{long}");
        }
        for tiny in [
            "watch 10 seconds of a lesson",
            "30 s",
            "ten seconds of a 20 minute lecture",
            "10s",
            "read for 30 seconds",
            "open the second tab",
            "",
            "half a minute",
        ] {
            assert_eq!(on_behaviour(tiny), None, "{tiny}");
        }
    }

    #[test]
    fn a_behaviour_is_a_small_part_of_what_is_large() {
        for large in [
            "read 10 pages",
            "read ten pages",
            "a chapter",
            "read the book",
            "read a whole paper",
            "watch the next video",
            "do the homework",
            "finish one lesson",
            "2 papers",
            "read pages",
            "a couple of pages",
            "solve five problems",
            "read chapter 3",
            "write 50 words",
            "write a blog post",
            "go through a tutorial",
        ] {
            assert_eq!(on_behaviour(large), Some(Advice::Large), "{large}");
        }
        for tiny in [
            "read one figure of a paper",
            "read one page",
            "open the book",
            "open my project",
            "write one line of code in my project",
            "read a sentence of the next chapter",
            "look at one flash card",
            "do one push-up",
            "read the title of a paper",
            "press play on the lesson",
            "answer one flash card",
            "写一行代码",
            "write two lines",
        ] {
            assert_eq!(on_behaviour(tiny), None, "{tiny}");
        }
    }
}
