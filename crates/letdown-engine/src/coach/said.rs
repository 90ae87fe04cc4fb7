//! What was said in a session so far, by the coach and by her: all that must be kept to go on with it.

use super::Id;
use serde::{Deserialize, Serialize};

/// Something that was said.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// When (s since the session began).
    pub at_s: f64,
    /// What.
    pub what: What,
    /// About which prompt.
    #[serde(default)]
    pub id: Option<Id>,
}

/// What can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The coach showed a prompt.
    Shown,
    /// She does it.
    Do,
    /// Not now.
    NotNow,
    /// She stops.
    Stop,
    /// It hurts.
    Pain,
    /// She is tense.
    Tense,
}

impl What {
    /// Whether it answers a prompt.
    pub(super) fn is_answer(self) -> bool {
        matches!(self, Self::Do | Self::NotNow | Self::Stop)
    }
}

/// The prompt that was shown last and not answered by then, and since when.
pub(super) fn standing(said: &[Said], now_s: f64) -> Option<(Id, f64)> {
    let so_far = || said.iter().filter(|s| s.at_s <= now_s);
    let shown = so_far().rfind(|s| s.what == What::Shown)?;
    let id = shown.id?;
    let answered = so_far().any(|s| shown.at_s <= s.at_s && s.what.is_answer() && s.id == Some(id));
    (!answered).then_some((id, shown.at_s))
}
