//! Something about her breasts or her body that hurts or worries.

use super::{
    BodyError, Extra, Sides, Source,
    rules::{NeedsOneOf, Number, OneOf, TENTHS},
    wire,
    word::words,
};
use crate::moment::Moment;

/// Something that hurts or worries.
#[derive(Clone, Debug, PartialEq)]
pub struct Symptom {
    /// When.
    pub start: Moment,
    /// What.
    pub what: SymptomKind,
    /// Where.
    pub side: Option<Sides>,
    /// Her temperature (°C, 30 to 45).
    pub temperature_c: Option<f64>,
    /// How strong, from 0 to 10.
    pub strength: Option<f64>,
    /// Her own words.
    pub note: Option<String>,
    /// Where it was imported from.
    pub source: Option<Source>,
    /// Fields of a newer version.
    pub extra: Extra,
}

wire::kind!(Symptom "symptom" {
    what: NeedsOneOf,
    side: OneOf,
    temperature_c: Number(30.0, 45.0, " °C"),
    strength: TENTHS,
});

impl Symptom {
    /// A symptom of which no more is known.
    pub fn at(start: Moment, what: SymptomKind) -> Self {
        Self {
            start,
            what,
            side: None,
            temperature_c: None,
            strength: None,
            note: None,
            source: None,
            extra: Extra::new(),
        }
    }
}

words! {
    /// What hurts or worries.
    SymptomKind {
        /// Breasts full and hard.
        Engorgement = "engorgement",
        /// A lump that stays.
        BlockedDuct = "blocked_duct",
        /// Red skin.
        Redness = "redness",
        /// Fever.
        Fever = "fever",
        /// Sore nipples.
        NipplePain = "nipple_pain",
    }
}
