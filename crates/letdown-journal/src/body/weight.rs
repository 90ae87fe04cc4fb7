//! A baby on the scale.

use super::{
    BodyError, Extra, Source,
    rules::{GRAMS, Text},
    wire,
};
use crate::{moment::Moment, volume::number_and_word};

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

    /// Grams of a weight as people write it: `4.12 kg`, `4120 g`, `9.1 lb`, `9 lb 2 oz`. `None` where it is none.
    ///
    /// ```
    /// use letdown_journal::body::Weight;
    /// assert_eq!(Weight::grams_of("4,12 kg"), Some(4_120.0));
    /// assert_eq!(Weight::grams_of("9 lb 2 oz").map(f64::round), Some(4_139.0));
    /// assert_eq!((Weight::grams_of("4.12"), Weight::grams_of("9 stone")), (None, None));
    /// ```
    pub fn grams_of(text: &str) -> Option<f64> {
        let (number, word) = number_and_word(text)?;
        let length = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
        let (unit, more) = word.split_at_checked(length)?;
        let in_grams = match unit.to_lowercase().as_str() {
            "kg" => 1_000.0,
            "g" => 1.0,
            "lb" | "lbs" => 453.592_37,
            "oz" => 453.592_37 / 16.0,
            _ => return None,
        };
        let more = more.trim_matches(|c: char| c == '.' || c.is_whitespace());
        let rest_g = if more.is_empty() { 0.0 } else { Self::grams_of(more)? };
        Some(number * in_grams + rest_g)
    }
}
