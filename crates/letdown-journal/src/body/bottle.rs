//! Milk a baby drank from a bottle: intake, whoever made it.

use super::{
    BodyError, Extra, Source,
    rules::{Amount, MINUTES, NeedsOneOf, Text},
    wire,
    word::words,
};
use crate::{moment::Moment, volume::Intake};

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

wire::kind!(Bottle "bottle" {
    minutes: MINUTES,
    intake "intake_ml": Amount("intake_typed"),
    milk: NeedsOneOf,
    baby: Text,
});

impl Bottle {
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

words! {
    /// Which milk a bottle or a bag holds.
    Milk {
        /// Expressed human milk.
        Expressed = "expressed",
        /// Expressed human milk with a fortifier.
        Fortified = "fortified",
        /// Formula.
        Formula = "formula",
        /// Not said.
        Unknown = "unknown",
    }
}
