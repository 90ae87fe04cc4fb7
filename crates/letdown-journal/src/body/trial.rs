//! An experiment on herself: a technique, on some sessions and not on others.

use super::{
    BodyError, Extra, Source, Technique,
    rules::{NeedsOneOf, Whole},
    wire,
    word::words,
};
use crate::moment::Moment;

/// An experiment on herself.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// When it began.
    pub start: Moment,
    /// What is tried.
    pub technique: Technique,
    /// How many sessions (1 to 1,000).
    pub sessions: Option<u32>,
    /// The seed by which sessions are drawn.
    pub seed: Option<u32>,
    /// How far it is.
    pub state: TrialState,
    /// Her own words.
    pub note: Option<String>,
    /// Where it was imported from.
    pub source: Option<Source>,
    /// Fields of a newer version.
    pub extra: Extra,
}

wire::kind!(Trial "trial" {
    technique: NeedsOneOf,
    sessions: Whole(1, 1_000),
    seed: Whole(0, u32::MAX),
    state: NeedsOneOf,
});

impl Trial {
    /// A trial of a technique.
    pub fn at(start: Moment, technique: Technique, state: TrialState) -> Self {
        Self {
            start,
            technique,
            sessions: None,
            seed: None,
            state,
            note: None,
            source: None,
            extra: Extra::new(),
        }
    }
}

words! {
    /// How far a trial is.
    TrialState {
        /// It runs.
        Running = "running",
        /// All its sessions are there.
        Done = "done",
        /// She ended it before.
        Stopped = "stopped",
    }
}
