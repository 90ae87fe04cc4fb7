//! What she means to do, and when.

use super::{
    BodyError, Extra, Sides, Source, Technique,
    rules::{Amount, Clock, Day, MINUTES, Many, NeedsOneOf, OneOf},
    wire,
    word::words,
};
use crate::{moment::Moment, volume::Output};
use jiff::civil::{Date, Time};

/// A plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// When it was made.
    pub start: Moment,
    /// What for.
    pub goal: Goal,
    /// Until which day.
    pub until: Option<Date>,
    /// The daily output aimed at, or the stash.
    pub target: Option<Output>,
    /// The sessions of a day.
    pub steps: Vec<Step>,
    /// Her own words.
    pub note: Option<String>,
    /// Where it was imported from.
    pub source: Option<Source>,
    /// Fields of a newer version.
    pub extra: Extra,
}

wire::kind!(Plan "plan" {
    goal: NeedsOneOf,
    until: Day,
    target "target_ml": Amount("target_typed"),
    steps: Many,
});

impl Plan {
    /// A plan without steps.
    pub fn at(start: Moment, goal: Goal) -> Self {
        Self {
            start,
            goal,
            until: None,
            target: None,
            steps: Vec::new(),
            note: None,
            source: None,
            extra: Extra::new(),
        }
    }
}

words! {
    /// What a plan is for.
    Goal {
        /// More milk.
        Raise = "raise",
        /// As much as now.
        Hold = "hold",
        /// Less, and then none.
        Wean = "wean",
        /// Back at work.
        Work = "work",
        /// Milk put by.
        Stash = "stash",
        /// Babies come home from hospital.
        Home = "home",
        /// Fewer or other cues.
        Retrain = "retrain",
    }
}

/// One session of a plan's day.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// At which hour, to the minute.
    pub clock: Time,
    /// How long (min).
    pub minutes: Option<f64>,
    /// Which breasts.
    pub side: Option<Sides>,
    /// With what help.
    pub technique: Option<Technique>,
    /// Fields of a newer version.
    pub extra: Extra,
}

wire::part!(Step { clock: Clock, minutes: MINUTES, side: OneOf, technique: OneOf });
