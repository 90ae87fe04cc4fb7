//! A pump session: output per side or in total, how long, with what help.

use super::{BodyError, Extra, Source, wire};
use crate::{moment::Moment, volume::Output};
use serde::{Deserialize, Serialize};

/// A pump session.
///
/// Output may be known per side, in total, or not at all; a session without a volume still ends a gap. When both sides
/// and a total are given, the total stands as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Pump {
    /// When it began.
    pub start: Moment,
    /// How long it ran (min), both sides together.
    pub minutes: Option<f64>,
    /// How long the left side ran (min).
    pub left_minutes: Option<f64>,
    /// How long the right side ran (min).
    pub right_minutes: Option<f64>,
    /// Output of the left side.
    pub left: Option<Output>,
    /// Output of the right side.
    pub right: Option<Output>,
    /// Output of the session.
    pub total: Option<Output>,
    /// What was done beside pumping.
    pub techniques: Vec<Technique>,
    /// Her own words.
    pub note: Option<String>,
    /// Where it was imported from.
    pub source: Option<Source>,
    /// Fields of a newer version.
    pub extra: Extra,
}

impl Pump {
    /// The kind's name on the wire.
    pub const KIND: &'static str = "pump";

    /// A session of which only the start is known.
    pub fn at(start: Moment) -> Self {
        Self {
            start,
            minutes: None,
            left_minutes: None,
            right_minutes: None,
            left: None,
            right: None,
            total: None,
            techniques: Vec::new(),
            note: None,
            source: None,
            extra: Extra::new(),
        }
    }

    /// Output of the session (mL): the total, else the sum of the sides that are known.
    pub fn output_ml(&self) -> Option<f64> {
        let sides = || match (&self.left, &self.right) {
            (None, None) => None,
            (l, r) => Some([l, r].into_iter().flatten().map(Output::as_ml).sum()),
        };
        self.total.as_ref().map(Output::as_ml).or_else(sides)
    }

    /// How long it ran (min): as logged, else the longer side.
    pub fn length_min(&self) -> Option<f64> {
        let longer = || match (self.left_minutes, self.right_minutes) {
            (Some(l), Some(r)) => Some(l.max(r)),
            (l, r) => l.or(r),
        };
        self.minutes.or_else(longer)
    }
}

/// What was done beside pumping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Technique {
    /// Massage or compression.
    Massage,
    /// A picture of the baby.
    Photo,
    /// A sound of the baby.
    Sound,
    /// Warmth.
    Warmth,
    /// Something this version does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

#[derive(Serialize, Deserialize)]
pub(super) struct PumpWire {
    start: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    minutes: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    left_minutes: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    right_minutes: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    left_ml: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    left_typed: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    right_ml: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    right_typed: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    total_ml: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    total_typed: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    techniques: Vec<Technique>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
    #[serde(flatten)]
    extra: Extra,
}

impl From<Pump> for PumpWire {
    fn from(pump: Pump) -> Self {
        let wire = |output: Option<Output>| output.map_or((None, None), |o| o.0.to_wire());
        let (left_ml, left_typed) = wire(pump.left);
        let (right_ml, right_typed) = wire(pump.right);
        let (total_ml, total_typed) = wire(pump.total);
        Self {
            start: pump.start.to_string(),
            minutes: pump.minutes,
            left_minutes: pump.left_minutes,
            right_minutes: pump.right_minutes,
            left_ml,
            left_typed,
            right_ml,
            right_typed,
            total_ml,
            total_typed,
            techniques: pump.techniques,
            note: pump.note,
            source: pump.source,
            extra: pump.extra,
        }
    }
}

impl TryFrom<PumpWire> for Pump {
    type Error = BodyError;

    fn try_from(w: PumpWire) -> Result<Self, BodyError> {
        Ok(Self {
            start: wire::start(&w.start)?,
            minutes: wire::minutes("minutes", w.minutes)?,
            left_minutes: wire::minutes("left_minutes", w.left_minutes)?,
            right_minutes: wire::minutes("right_minutes", w.right_minutes)?,
            left: wire::volume("left_ml", w.left_ml, w.left_typed)?.map(Output),
            right: wire::volume("right_ml", w.right_ml, w.right_typed)?.map(Output),
            total: wire::volume("total_ml", w.total_ml, w.total_typed)?.map(Output),
            techniques: w.techniques,
            note: w.note,
            source: w.source,
            extra: w.extra,
        })
    }
}
