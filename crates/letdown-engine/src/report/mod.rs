//! One page for a consultant: what a log holds, what follows from it with its range, and what it cannot say.
//!
//! Plain data; whoever lays it out (a PDF, a page of a browser) adds no number of its own. What was *logged* is a
//! [`Seen`]: a middle, the least and the most. What is *reckoned* is a [`Range`](crate::Range) in which 8 of 10 lie.

mod fed;
pub(crate) mod given;
mod growth;
mod heading;
mod known;
mod let_downs;
mod plan;
mod removed;
mod seen;
mod supply;

pub mod who;

pub use fed::{BabyFed, Fed, MilkFed};
pub use growth::{BabyGrown, Centiles, Curve, Gain, Newest, Weighed, Z};
pub use heading::Heading;
pub use known::{Finding, Findings};
pub use let_downs::LetDowns;
pub use plan::{Planned, PlannedSession};
pub use removed::{Day, Removed};
pub use seen::Seen;
pub use supply::Supply;

use crate::{
    insights::insights,
    lately::{Lately, USUAL_DAYS, lately},
    limits::OLD_H,
    observed::Observed,
    red_flags::{RedFlags, red_flags},
    today::today,
    twin::Twin,
};
use given::Given;
use letdown_journal::fold::Folded;
use serde::Serialize;

/// One page for a consultant.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// Whose log, of which time, made when.
    pub heading: Heading,
    /// What asks for a call, and what is odd.
    pub flags: Flags,
    /// Milk taken: how often, how long, how much.
    pub removed: Removed,
    /// Milk made, by the model.
    pub supply: Supply,
    /// Let-downs.
    pub let_downs: LetDowns,
    /// What babies drank, and how they were fed.
    pub fed: Fed,
    /// How babies grew.
    pub growth: Vec<BabyGrown>,
    /// What is known of how her body works, and what is not.
    pub findings: Findings,
    /// The plan that stands in the journal.
    pub plan: Option<Planned>,
    /// How right the forecasts of the last days were; `null` without a twin.
    pub forecasts: Option<Lately>,
    /// What these numbers are, and what they are not.
    pub limits: Vec<&'static str>,
}

/// What asks for a look. Each is a sentence that says whom to ask, and speaks to her.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Flags {
    /// These ask for a call today, before anything about supply.
    pub call: Vec<String>,
    /// These come before any change to more pumping.
    pub before_more_pumping: Vec<String>,
    /// What is odd in the log itself.
    pub about_the_log: Vec<String>,
}

/// What these numbers are, and what they are not.
const LIMITS: [&str; 5] = [
    "Output is what a pump or a hand brought. It is not what a baby drank, and not what the breasts make.",
    "\"Likely\" is a range that holds 8 of 10 times, by a model fitted to this log. Other ranges run from the least to the \
     most that was logged.",
    "What was not written down is not here. That nothing is flagged says nothing about health.",
    "Growth is held against the WHO Child Growth Standards (2006), weight for age, which describe babies born at term; the \
     age of a baby born before 37 weeks is corrected. One weight is no trend.",
    "Letdown is not a medical device. It counts and reckons; judging and advising is yours.",
];

/// The page of a journal at the `now` of its observed log.
pub fn report(journal: &Folded, observed: &Observed, twin: &Twin) -> Report {
    let given = Given::of(journal, observed);
    let told = insights(journal, observed, twin);
    let red = red_flags(journal, observed);
    let today = today(observed, twin, &red);
    Report {
        heading: heading::heading(&given),
        flags: flags(red, observed),
        removed: removed::removed(&given),
        supply: supply::supply(&today),
        let_downs: let_downs::let_downs(&given, &told),
        fed: fed::fed(&given, &told),
        growth: growth::growth(&given),
        findings: known::findings(&told),
        plan: plan::plan(&given),
        forecasts: lately(observed, twin, USUAL_DAYS).ok().filter(|was| !was.sessions.is_empty()),
        limits: LIMITS.to_vec(),
    }
}

fn flags(red: RedFlags, observed: &Observed) -> Flags {
    let mut about_the_log = Vec::new();
    if let Some(days) = observed.data_age_h().map(|h| h / 24.0).filter(|days| *days > OLD_H / 24.0) {
        about_the_log.push(format!(
            "The newest session is {days:.0} days old; the numbers on this page are as old as it is."
        ));
    }
    about_the_log.extend(observed.doubts.iter().cloned());
    if observed.unreadable > 0 {
        about_the_log.push(format!("{} entries could not be read and are not in it.", observed.unreadable));
    }
    Flags { call: red.for_a_change(false), before_more_pumping: red.more_pumping, about_the_log }
}
