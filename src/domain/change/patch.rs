//! What an edit alters: only what was touched, so that two who edit at once don't undo each other.
//!
//! Owns the patches. Must not know limits.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};

use crate::domain::{
    annotation::{Annotation, OwnLink, Want},
    ids::TopicId,
    project::{Level, ProjectDraft, Source, Status, choice::Choice},
};

/// A field that is there is altered, also to nothing: JSON has one null for both.
fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

/// What an edit alters of a project; what is `None` stays as it is, whoever wrote it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectPatch {
    /// Another title.
    pub title: Option<String>,
    /// Another level.
    pub level: Option<Level>,
    /// Another status.
    pub status: Option<Status>,
    /// Another pitch.
    pub pitch: Option<String>,
    /// All links anew.
    pub links: Option<Vec<String>>,
    /// All topics anew.
    pub topics: Option<Vec<TopicId>>,
    /// Another result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
    /// Another role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Another simple explanation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explained: Option<String>,
    /// Another source, or none.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    pub source: Option<Option<Source>>,
    /// Another answer to the question about the employer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employer: Option<String>,
    /// Another day to look for drift, or none.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    pub drift_check_on: Option<Option<NaiveDate>>,
    /// Weighed anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<Choice>,
}

impl ProjectPatch {
    /// The draft with what is altered of it.
    #[must_use]
    pub fn over(self, draft: &ProjectDraft) -> ProjectDraft {
        ProjectDraft {
            title: self.title.unwrap_or_else(|| draft.title.clone()),
            level: self.level.unwrap_or(draft.level),
            status: self.status.unwrap_or(draft.status),
            pitch: self.pitch.unwrap_or_else(|| draft.pitch.clone()),
            links: self.links.unwrap_or_else(|| draft.links.clone()),
            topics: self.topics.unwrap_or_else(|| draft.topics.clone()),
            result: self.result.unwrap_or_else(|| draft.result.clone()),
            role: self.role.unwrap_or_else(|| draft.role.clone()),
            explained: self.explained.unwrap_or_else(|| draft.explained.clone()),
            source: self.source.unwrap_or(draft.source),
            employer: self.employer.unwrap_or_else(|| draft.employer.clone()),
            drift_check_on: self.drift_check_on.unwrap_or(draft.drift_check_on),
            choice: self.choice.unwrap_or_else(|| draft.choice.clone()),
        }
    }
}

/// What is altered of what stands beside a topic; what is `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnnotationPatch {
    /// Another mark, or none.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    pub want: Option<Option<Want>>,
    /// Other notes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// All links anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<Vec<OwnLink>>,
}

impl AnnotationPatch {
    /// Alters these parts.
    pub fn alter(self, annotation: &mut Annotation) {
        if let Some(want) = self.want {
            annotation.want = want;
        }
        if let Some(notes) = self.notes {
            annotation.notes = notes;
        }
        if let Some(links) = self.links {
            annotation.links = links;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taking_something_out_is_not_leaving_it_alone() {
        let out = AnnotationPatch { want: Some(None), ..AnnotationPatch::default() };
        let json = serde_json::to_string(&out).unwrap();
        assert_eq!(serde_json::from_str::<AnnotationPatch>(&json).unwrap(), out);
        let alone = AnnotationPatch::default();
        let json = serde_json::to_string(&alone).unwrap();
        assert_eq!(serde_json::from_str::<AnnotationPatch>(&json).unwrap(), alone);
        let mut annotation =
            Annotation { want: Some(Want::Needed), ..Annotation::new("vectors".into()) };
        alone.alter(&mut annotation);
        assert_eq!(annotation.want, Some(Want::Needed));
        out.alter(&mut annotation);
        assert_eq!(annotation.want, None);
    }
}
