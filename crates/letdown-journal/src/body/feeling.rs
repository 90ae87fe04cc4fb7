//! How she is: stress, pain, mood. Private to her own devices.

use super::{
    BodyError, Extra, Sides, Source,
    rules::{OneOf, TENTHS},
    wire,
};
use crate::moment::Moment;

/// How she is. Private: whoever shares a journal leaves it out.
#[derive(Clone, Debug, PartialEq)]
pub struct Feeling {
    /// When.
    pub start: Moment,
    /// Stress, from 0 (none) to 10.
    pub stress: Option<f64>,
    /// Pain, from 0 (none) to 10.
    pub pain: Option<f64>,
    /// Mood, from 0 (low) to 10.
    pub mood: Option<f64>,
    /// Where the pain is.
    pub side: Option<Sides>,
    /// Her own words.
    pub note: Option<String>,
    /// Where it was imported from.
    pub source: Option<Source>,
    /// Fields of a newer version.
    pub extra: Extra,
}

wire::kind!(Feeling "feeling" begins {
    stress: TENTHS,
    pain: TENTHS,
    mood: TENTHS,
    side: OneOf,
});

impl Feeling {
    /// A feeling says at least one thing.
    pub(super) fn check(&self) -> Result<(), BodyError> {
        let says = [self.stress, self.pain, self.mood].iter().any(Option::is_some);
        if says { Ok(()) } else { Err(wire::field("stress", "one of stress, pain or mood is needed")) }
    }
}
