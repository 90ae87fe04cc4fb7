//! The plan that stands in the journal: what she means to do, as it was written down. Who makes a plan writes it there.

use super::given::Given;
use crate::numbers::tenth;
use letdown_journal::{
    body::{Body, Plan},
    volume::Output,
};
use serde::Serialize;

/// A plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Planned {
    /// `raise`, `hold`, `wean`, `work`, `stash`, `retrain`.
    pub goal: String,
    /// The day it was made.
    pub made: String,
    /// Its last day.
    pub until: Option<String>,
    /// The daily output aimed at, or the stash (mL).
    pub target_ml: Option<f64>,
    /// Its sessions of a day.
    pub sessions: Vec<PlannedSession>,
}

/// One session of a plan's day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlannedSession {
    /// At which hour, `05:00`.
    pub clock: String,
    /// How long (min).
    pub minutes: Option<f64>,
}

/// The newest plan that is not over.
pub(super) fn plan(given: &Given<'_>) -> Option<Planned> {
    let newest =
        given.bodies.iter().rev().find_map(|(_, b)| if let Body::Plan(p) = b { Some(p) } else { None })?;
    let over = newest.until.is_some_and(|until| given.age_days(until) > 0);
    (!over).then(|| planned(newest))
}

fn planned(plan: &Plan) -> Planned {
    let sessions = plan.steps.iter().map(|step| PlannedSession {
        clock: step.clock.strftime("%H:%M").to_string(),
        minutes: step.minutes,
    });
    Planned {
        goal: plan.goal.as_str().to_owned(),
        made: plan.start.date().to_string(),
        until: plan.until.map(|day| day.to_string()),
        target_ml: plan.target.as_ref().map(Output::as_ml).map(tenth),
        sessions: sessions.collect(),
    }
}
