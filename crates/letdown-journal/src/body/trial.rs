//! An experiment on herself: a technique, on some sessions and not on others.

use super::{
    BodyError, Extra, Source, Technique,
    rules::{NeedsOneOf, Number, OneOf, Whole, YesNo},
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
    /// How much longer, where it is more minutes (1 to 20).
    pub more_minutes: Option<f64>,
    /// What is looked at; her milk where nothing is said.
    pub outcome: Option<TrialOutcome>,
    /// The smallest effect that she would care about (%, 1 to 100).
    pub smallest_percent: Option<f64>,
    /// Whether whole days are drawn instead of sessions.
    pub by_day: Option<bool>,
    /// How many sessions, or days (1 to 1,000).
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
    more_minutes: Number(1.0, 20.0, " min"),
    outcome: OneOf,
    smallest_percent: Number(1.0, 100.0, " %"),
    by_day: YesNo,
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
            more_minutes: None,
            outcome: None,
            smallest_percent: None,
            by_day: None,
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

words! {
    /// What a trial looks at.
    TrialOutcome {
        /// The output of a session, over what was expected of it.
        Milk = "milk",
        /// Seconds to the first let-down.
        Latency = "latency",
    }
}
