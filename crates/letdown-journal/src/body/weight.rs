//! A baby on the scale.

use super::{BodyError, Extra, Source, wire};
use crate::moment::Moment;
use serde::{Deserialize, Serialize};

/// A baby on the scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Weight {
    /// When.
    pub start: Moment,
    /// How heavy (g).
    pub weight_g: f64,
    /// The text it was typed as, when that was not grams.
    pub typed: Option<String>,
    /// Which baby.
    pub baby: Option<String>,
    /// Her own words.
    pub note: Option<String>,
    /// Where it was imported from.
    pub source: Option<Source>,
    /// Fields of a newer version.
    pub extra: Extra,
}

impl Weight {
    /// The kind's name on the wire.
    pub const KIND: &'static str = "weight";

    /// A weight in grams.
    pub fn at(start: Moment, weight_g: f64) -> Self {
        Self { start, weight_g, typed: None, baby: None, note: None, source: None, extra: Extra::new() }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct WeightWire {
    start: String,
    weight_g: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    weight_typed: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    baby: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
    #[serde(flatten)]
    extra: Extra,
}

impl From<Weight> for WeightWire {
    fn from(w: Weight) -> Self {
        Self {
            start: w.start.to_string(),
            weight_g: w.weight_g,
            weight_typed: w.typed,
            baby: w.baby,
            note: w.note,
            source: w.source,
            extra: w.extra,
        }
    }
}

impl TryFrom<WeightWire> for Weight {
    type Error = BodyError;

    fn try_from(w: WeightWire) -> Result<Self, BodyError> {
        Ok(Self {
            start: wire::start(&w.start)?,
            weight_g: wire::grams("weight_g", w.weight_g)?,
            typed: w.weight_typed,
            baby: w.baby,
            note: w.note,
            source: w.source,
            extra: w.extra,
        })
    }
}
