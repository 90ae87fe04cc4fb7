//! A baby on the scale.

use super::{
    BodyError, Extra, Source,
    rules::{GRAMS, Text},
    wire,
};
use crate::moment::Moment;

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

wire::kind!(Weight "weight" {
    weight_g: GRAMS,
    typed "weight_typed": Text,
    baby: Text,
});

impl Weight {
    /// A weight in grams.
    pub fn at(start: Moment, weight_g: f64) -> Self {
        Self { start, weight_g, typed: None, baby: None, note: None, source: None, extra: Extra::new() }
    }
}
