//! A diaper: wet, soiled, or both.

use super::{BodyError, Extra, Source, wire};
use crate::moment::Moment;
use serde::{Deserialize, Serialize};

/// A diaper.
#[derive(Clone, Debug, PartialEq)]
pub struct Diaper {
    /// When.
    pub start: Moment,
    /// Urine in it.
    pub wet: bool,
    /// Stool in it.
    pub soiled: bool,
    /// Which baby.
    pub baby: Option<String>,
    /// Her own words.
    pub note: Option<String>,
    /// Where it was imported from.
    pub source: Option<Source>,
    /// Fields of a newer version.
    pub extra: Extra,
}

impl Diaper {
    /// The kind's name on the wire.
    pub const KIND: &'static str = "diaper";

    /// A diaper with what it held.
    pub fn at(start: Moment, wet: bool, soiled: bool) -> Self {
        Self { start, wet, soiled, baby: None, note: None, source: None, extra: Extra::new() }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct DiaperWire {
    start: String,
    wet: bool,
    soiled: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    baby: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
    #[serde(flatten)]
    extra: Extra,
}

impl From<Diaper> for DiaperWire {
    fn from(d: Diaper) -> Self {
        Self {
            start: d.start.to_string(),
            wet: d.wet,
            soiled: d.soiled,
            baby: d.baby,
            note: d.note,
            source: d.source,
            extra: d.extra,
        }
    }
}

impl TryFrom<DiaperWire> for Diaper {
    type Error = BodyError;

    fn try_from(w: DiaperWire) -> Result<Self, BodyError> {
        Ok(Self {
            start: wire::start(&w.start)?,
            wet: w.wet,
            soiled: w.soiled,
            baby: w.baby,
            note: w.note,
            source: w.source,
            extra: w.extra,
        })
    }
}
