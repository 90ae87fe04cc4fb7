//! Something she used so that milk may let down.

use super::{
    BodyError, Extra, Source,
    rules::{MINUTES, NeedsOneOf, Number},
    wire,
    word::words,
};
use crate::moment::Moment;

/// Something she used so that milk may let down.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    /// When it began.
    pub start: Moment,
    /// What.
    pub what: CueKind,
    /// How long (min).
    pub minutes: Option<f64>,
    /// How long until milk came (s, 0 to 3,600).
    pub latency_s: Option<f64>,
    /// Her own words.
    pub note: Option<String>,
    /// Where it was imported from.
    pub source: Option<Source>,
    /// Fields of a newer version.
    pub extra: Extra,
}

wire::kind!(Cue "cue" {
    what: NeedsOneOf,
    minutes: MINUTES,
    latency_s: Number(0.0, 3_600.0, " s"),
});

impl Cue {
    /// A cue of which only the start is known.
    pub fn at(start: Moment, what: CueKind) -> Self {
        Self { start, what, minutes: None, latency_s: None, note: None, source: None, extra: Extra::new() }
    }
}

words! {
    /// What milk may let down at.
    CueKind {
        /// A picture.
        Picture = "picture",
        /// A sound.
        Sound = "sound",
        /// A smell.
        Smell = "smell",
        /// A thought.
        Thought = "thought",
        /// Warmth.
        Warmth = "warmth",
        /// Music.
        Music = "music",
    }
}
