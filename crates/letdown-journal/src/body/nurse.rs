//! A baby at the breast: which sides, in which order, how long. What it drank is not known from this.

use super::{BodyError, Extra, Source, wire};
use crate::moment::Moment;
use serde::{Deserialize, Serialize};

/// A baby at the breast.
#[derive(Clone, Debug, PartialEq)]
pub struct Nurse {
    /// When it began.
    pub start: Moment,
    /// How long it took (min), pauses included, when that was logged beside the stints.
    pub minutes: Option<f64>,
    /// The stints in the order nursed.
    pub stints: Vec<Stint>,
    /// Which baby.
    pub baby: Option<String>,
    /// Her own words.
    pub note: Option<String>,
    /// Where it was imported from.
    pub source: Option<Source>,
    /// Fields of a newer version.
    pub extra: Extra,
}

impl Nurse {
    /// The kind's name on the wire.
    pub const KIND: &'static str = "nurse";

    /// A nursing of which only the start is known.
    pub fn at(start: Moment) -> Self {
        Self {
            start,
            minutes: None,
            stints: Vec::new(),
            baby: None,
            note: None,
            source: None,
            extra: Extra::new(),
        }
    }

    /// How long it took (min): as logged, else the sum of the stints.
    pub fn length_min(&self) -> Option<f64> {
        let known: Vec<f64> = self.stints.iter().filter_map(|s| s.minutes).collect();
        self.minutes.or_else(|| (!known.is_empty()).then(|| known.iter().sum()))
    }
}

/// One side of one nursing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stint {
    /// Which breast.
    pub side: Side,
    /// How long (min), when that was logged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<f64>,
}

/// Left or right, hers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Her left breast.
    Left,
    /// Her right breast.
    Right,
}

#[derive(Serialize, Deserialize)]
pub(super) struct NurseWire {
    start: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    minutes: Option<f64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    stints: Vec<Stint>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    baby: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
    #[serde(flatten)]
    extra: Extra,
}

impl From<Nurse> for NurseWire {
    fn from(n: Nurse) -> Self {
        Self {
            start: n.start.to_string(),
            minutes: n.minutes,
            stints: n.stints,
            baby: n.baby,
            note: n.note,
            source: n.source,
            extra: n.extra,
        }
    }
}

impl TryFrom<NurseWire> for Nurse {
    type Error = BodyError;

    fn try_from(w: NurseWire) -> Result<Self, BodyError> {
        for stint in &w.stints {
            wire::minutes("stints", stint.minutes)?;
        }
        Ok(Self {
            start: wire::start(&w.start)?,
            minutes: wire::minutes("minutes", w.minutes)?,
            stints: w.stints,
            baby: w.baby,
            note: w.note,
            source: w.source,
            extra: w.extra,
        })
    }
}
