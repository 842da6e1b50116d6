//! The document's form, field by field, as the README tells it.
//!
//! Owns the names in it, whatever the domain calls things; `there` makes it and `back` reads it. Must
//! not know what is here already, or any limit.

mod back;
mod check_ins;
mod there;

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat};
use serde::{Deserialize, Serialize, Serializer};

use self::check_ins::CheckInForm;
pub(super) use self::check_ins::CheckIns;
use crate::domain::{
    annotation::Want,
    habit::SECONDS,
    ids::{HabitId, ProjectId, SessionId, TopicId},
    project::{Level, Source, Status, choice::Approach, scope::Prompt},
    review::Rating,
    schedule::Schedule,
    topic::TopicState,
};

/// Everything.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    format: String,
    version: u32,
    #[serde(default)]
    pub(super) goal: String,
    #[serde(default)]
    pub(super) habits: Vec<HabitForm>,
    #[serde(default)]
    pub(super) own_topics: Vec<OwnTopicForm>,
    #[serde(default)]
    pub(super) topics: Vec<TopicForm>,
    #[serde(default)]
    pub(super) projects: Vec<ProjectForm>,
    #[serde(default)]
    pub(super) sessions: Vec<SessionForm>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HabitForm {
    pub(super) id: HabitId,
    pub(super) name: String,
    #[serde(default)]
    topic: Option<TopicId>,
    #[serde(default)]
    position: i64,
    #[serde(default = "seconds")]
    seconds: i64,
    #[serde(default)]
    is_review: bool,
    schedules: Vec<ScheduleForm>,
    #[serde(default)]
    recipes: Vec<RecipeForm>,
    #[serde(default)]
    pub(super) check_ins: CheckIns,
}

fn seconds() -> i64 {
    SECONDS.into()
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ScheduleForm {
    #[serde(with = "iso")]
    from: NaiveDate,
    schedule: Schedule,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RecipeForm {
    #[serde(with = "iso")]
    from: NaiveDate,
    #[serde(default)]
    anchor: String,
    #[serde(default)]
    behaviour: String,
    #[serde(default)]
    celebration: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OwnTopicForm {
    pub(super) id: TopicId,
    module: String,
    pub(super) title: String,
    #[serde(default)]
    check: String,
    #[serde(default)]
    link: Option<String>,
}

/// All that was said of a topic, of the curriculum or one's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TopicForm {
    pub(super) id: TopicId,
    state: TopicState,
    #[serde(default)]
    history: Vec<StateForm>,
    #[serde(default)]
    evidence: String,
    #[serde(default)]
    evidence_link: Option<String>,
    #[serde(default)]
    want: Option<Want>,
    #[serde(default)]
    notes: String,
    #[serde(default)]
    links: Vec<LinkForm>,
    #[serde(default)]
    used: Vec<String>,
    #[serde(default)]
    review: Option<ReviewForm>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StateForm {
    #[serde(with = "iso")]
    on: NaiveDate,
    state: TopicState,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LinkForm {
    #[serde(default)]
    title: String,
    url: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReviewForm {
    #[serde(with = "iso")]
    due_on: NaiveDate,
    history: Vec<LookForm>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LookForm {
    #[serde(with = "iso")]
    on: NaiveDate,
    rating: Rating,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProjectForm {
    pub(super) id: ProjectId,
    pub(super) title: String,
    level: Level,
    status: Status,
    #[serde(default)]
    position: i64,
    #[serde(default)]
    pitch: String,
    #[serde(default)]
    result: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    explained: String,
    #[serde(default)]
    links: Vec<String>,
    #[serde(default)]
    topics: Vec<TopicId>,
    #[serde(default)]
    source: Option<Source>,
    #[serde(default)]
    employer: String,
    #[serde(default, with = "iso_or_null")]
    drift_check_on: Option<NaiveDate>,
    #[serde(default)]
    choice: ChoiceForm,
    #[serde(default)]
    scope: BTreeMap<Prompt, Vec<AnswerForm>>,
    history: Vec<StatusForm>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ChoiceForm {
    growth: Option<u8>,
    people: Option<u8>,
    stepping_stone: Option<u8>,
    good: Option<bool>,
    estimate_days: Option<u16>,
    answers: [Option<bool>; 4],
    approach: Option<Approach>,
    reason: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerForm {
    #[serde(with = "iso")]
    on: NaiveDate,
    text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StatusForm {
    #[serde(with = "iso")]
    on: NaiveDate,
    status: Status,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SessionForm {
    pub(super) id: SessionId,
    #[serde(default)]
    habit: Option<HabitId>,
    #[serde(default)]
    topic: Option<TopicId>,
    #[serde(default)]
    project: Option<ProjectId>,
    #[serde(with = "iso")]
    day: NaiveDate,
    #[serde(serialize_with = "moment")]
    started_at: DateTime<FixedOffset>,
    seconds: u32,
}

/// As the file has it: milliseconds, and always an offset.
fn moment<S: Serializer>(at: &DateTime<FixedOffset>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&at.to_rfc3339_opts(SecondsFormat::Millis, false))
}

/// Exactly `YYYY-MM-DD`, and what inch keeps; an archived habit's last version may be a day later.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
mod iso {
    use chrono::NaiveDate;
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    use crate::{
        domain::day::{self, LAST, plus},
        exchange::reading::quoted,
    };

    pub(super) fn serialize<S: Serializer>(day: &NaiveDate, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(day)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
        read(&String::deserialize(from)?).map_err(D::Error::custom)
    }

    pub(super) fn read(text: &str) -> Result<NaiveDate, String> {
        let last = plus(LAST, 1);
        if text == last.to_string() {
            return Ok(last);
        }
        day::parse_iso(text).map_err(|error| match error {
            day::DayError::Form(_) => {
                format!("'{}' is not a date. Accepted: YYYY-MM-DD", quoted(text))
            }
            range @ day::DayError::Range(_) => range.to_string(),
        })
    }
}

#[allow(
    clippy::ref_option,
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over references"
)]
mod iso_or_null {
    use chrono::NaiveDate;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::iso;

    #[derive(Serialize, Deserialize)]
    struct Day(#[serde(with = "iso")] NaiveDate);

    pub(super) fn serialize<S: Serializer>(
        day: &Option<NaiveDate>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        day.map(Day).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<NaiveDate>, D::Error> {
        Ok(Option::<Day>::deserialize(from)?.map(|day| day.0))
    }
}
