//! Milk a baby drank from a bottle: intake, whoever made it.

use super::{BodyError, Extra, Source, wire};
use crate::{moment::Moment, volume::Intake};
use serde::{Deserialize, Serialize};

/// Milk a baby drank from a bottle.
#[derive(Clone, Debug, PartialEq)]
pub struct Bottle {
    /// When it began.
    pub start: Moment,
    /// How long it took (min).
    pub minutes: Option<f64>,
    /// How much the baby drank.
    pub intake: Option<Intake>,
    /// Which milk.
    pub milk: Milk,
    /// Which baby.
    pub baby: Option<String>,
    /// Her own words.
    pub note: Option<String>,
    /// Where it was imported from.
    pub source: Option<Source>,
    /// Fields of a newer version.
    pub extra: Extra,
}

impl Bottle {
    /// The kind's name on the wire.
    pub const KIND: &'static str = "bottle";

    /// A bottle of which only the start and the milk are known.
    pub fn at(start: Moment, milk: Milk) -> Self {
        Self {
            start,
            minutes: None,
            intake: None,
            milk,
            baby: None,
            note: None,
            source: None,
            extra: Extra::new(),
        }
    }
}

/// Which milk a bottle held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Milk {
    /// Expressed human milk.
    Expressed,
    /// Expressed human milk with a fortifier.
    Fortified,
    /// Formula.
    Formula,
    /// Not said.
    Unknown,
    /// Something this version does not know, kept as it came.
    #[serde(untagged)]
    Other(String),
}

#[derive(Serialize, Deserialize)]
pub(super) struct BottleWire {
    start: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    minutes: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    intake_ml: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    intake_typed: Option<String>,
    milk: Milk,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    baby: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
    #[serde(flatten)]
    extra: Extra,
}

impl From<Bottle> for BottleWire {
    fn from(b: Bottle) -> Self {
        let (intake_ml, intake_typed) = b.intake.map_or((None, None), |i| i.0.to_wire());
        Self {
            start: b.start.to_string(),
            minutes: b.minutes,
            intake_ml,
            intake_typed,
            milk: b.milk,
            baby: b.baby,
            note: b.note,
            source: b.source,
            extra: b.extra,
        }
    }
}

impl TryFrom<BottleWire> for Bottle {
    type Error = BodyError;

    fn try_from(w: BottleWire) -> Result<Self, BodyError> {
        Ok(Self {
            start: wire::start(&w.start)?,
            minutes: wire::minutes("minutes", w.minutes)?,
            intake: wire::volume("intake_ml", w.intake_ml, w.intake_typed)?.map(Intake),
            milk: w.milk,
            baby: w.baby,
            note: w.note,
            source: w.source,
            extra: w.extra,
        })
    }
}
