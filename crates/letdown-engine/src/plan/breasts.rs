//! Which breast first, and how long each: where the log knows the sides, and her draws agree that one is the fuller one.
//!
//! ```text
//! fuller      left, where the mean of F_left - F_right at her sessions is above 0 in 9 of 10 draws or more
//! other (min) = minutes (1 + F_other)/(1 + F_first)          as far as the first has come, `pace` being the same for both
//! ```
//!
//! One answer holds for all sessions of a plan. Where draws do not agree it is both, as long as each other.

use super::{
    answer::{Planned, Reason, Session},
    women::{Course, Does, Event, Ready, Women},
};
use crate::{
    numbers::{hundredth, mean, median},
    twin::Fitted,
};
use letdown_fit::log::Breasts;
use letdown_model::life::{By, Planned as Step};
use serde::Serialize;

/// The breast to begin with.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FirstSide {
    /// `left` or `right`.
    pub first: &'static str,
    /// The share of her draws in which it is the fuller one (1).
    pub probability: f64,
    /// How long the other one takes against it (1).
    pub other_takes: f64,
    /// In plain words.
    pub says: String,
}

/// In so many of her draws one breast is the fuller one before it is said (1).
const SURE: f64 = 0.9;
/// No side is pumped for less (min).
const LEAST_MIN: f64 = 5.0;

/// Which breast is the fuller one at the sessions of a course; `None` where that is not known.
pub(super) fn first_side(fitted: Option<&Fitted>, women: &Women, course: &Course) -> Option<FirstSide> {
    fitted.filter(|fitted| fitted.log.breasts() == Breasts::Two)?;
    let fullness = at_sessions(&women.ready(), course);
    let gap = |each: &Vec<[f64; 2]>| mean(&each.iter().map(|[left, right]| left - right).collect::<Vec<_>>());
    let gaps: Vec<f64> = fullness.iter().filter(|each| !each.is_empty()).map(gap).collect();
    let left = gaps.iter().filter(|gap| **gap > 0.0).count() as f64 / gaps.len().max(1) as f64;
    let (first, probability, place) = if left < 0.5 { ("right", 1.0 - left, 1) } else { ("left", left, 0) };
    if gaps.is_empty() || probability < SURE {
        return None;
    }
    let ratio = |each: &Vec<[f64; 2]>| {
        mean(&each.iter().map(|both| (1.0 + both[1 - place]) / (1.0 + both[place])).collect::<Vec<_>>())
    };
    let mut ratios: Vec<f64> = fullness.iter().filter(|each| !each.is_empty()).map(ratio).collect();
    let other_takes = hundredth(median(&mut ratios)?.min(1.0));
    let other = if first == "left" { "right" } else { "left" };
    let says = format!(
        "Your {first} breast is likely the fuller one when a session begins: start there if you pump one at a time. The \
         {other} one is done a little sooner."
    );
    Some(FirstSide { first, probability: hundredth(probability), other_takes, says })
}

/// Why one is first.
pub(super) fn reason(first: &FirstSide) -> Reason {
    Reason { text: first.says.clone(), source: "docs/plan.md", grade: "model" }
}

impl FirstSide {
    /// A session with the sides said.
    pub(super) fn said(&self, row: &Planned, session: Session) -> Session {
        let other = (row.minutes * self.other_takes).round().max(LEAST_MIN).min(row.minutes);
        let (side, left, right) = match self.first {
            "left" => ("left_first", row.minutes, other),
            _ => ("right_first", other, row.minutes),
        };
        Session { side, left_minutes: Some(left), right_minutes: Some(right), ..session }
    }
}

/// How full the left and the right breast of each woman are when her pump sessions begin (1).
fn at_sessions(ready: &Ready<'_>, course: &Course) -> Vec<Vec<[f64; 2]>> {
    let mut all = Vec::new();
    for cohort in &ready.cohorts {
        let mut cohort = cohort.clone();
        let mut each: Vec<Vec<[f64; 2]>> = vec![Vec::new(); letdown_model::eight::EIGHT];
        for event in &course.events {
            cohort.step(&Step { at_h: event.at_h, by: By::Nothing });
            let full: Vec<_> = cohort.fullness().collect();
            if let (Event { does: Does::Pump { .. }, .. }, [left, right]) = (event, full.as_slice()) {
                for (her, (left, right)) in each.iter_mut().zip(left.iter().zip(right)) {
                    her.push([*left, *right]);
                }
            }
            cohort.step(&event.planned(ready.past_flow_min));
        }
        all.extend(each);
    }
    all.truncate(ready.count);
    all
}
