//! What one session, or one day, of a trial was drawn to be; written down when she begins it.

use super::{
    BodyError, Extra, Source,
    rules::{NeedsOneOf, Text, Whole, YesNo},
    wire,
    word::words,
};
use crate::moment::Moment;

/// What one session, or one day, of a trial was drawn to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// When she asked.
    pub start: Moment,
    /// The root of the trial's entry.
    pub trial: String,
    /// The part of the day within which it was drawn.
    pub part: TrialPart,
    /// Which of the sessions of that part, from 0.
    pub number: Option<u32>,
    /// With what is tried, or without.
    pub with: bool,
    /// Her own words.
    pub note: Option<String>,
    /// Where it was imported from.
    pub source: Option<Source>,
    /// Fields of a newer version.
    pub extra: Extra,
}

wire::kind!(Assignment "assignment" {
    trial: Text,
    part: NeedsOneOf,
    number: Whole(0, 100_000),
    with: YesNo,
});

words! {
    /// The part of a day within which sessions are drawn.
    TrialPart {
        /// 0:00 to 6:00.
        Night = "night",
        /// 6:00 to 12:00.
        Morning = "morning",
        /// 12:00 to 18:00.
        Afternoon = "afternoon",
        /// 18:00 to 24:00.
        Evening = "evening",
        /// The whole of it.
        Day = "day",
    }
}
