//! Whole days 1, 7 and 14 days ahead, scored.
//!
//! From the midnight of every day with scored sessions; the midnight's own day is 1 day ahead. Nothing is known of when
//! she will pump: her habit says. A day is scored when it holds a session, every pump session of it has a volume, and it
//! is neither the first nor the last day of the log.

use super::{
    Held,
    scores::{mean, reliability},
};
use crate::{
    day_totals::{Guess, NAMES},
    numbers::thousandth,
};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// How many days ahead are scored.
pub const LEADS: [usize; 3] = [1, 7, 14];

/// The scores of whole days.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Daily {
    /// By how many days ahead.
    pub leads: Vec<Lead>,
    /// Days that were forecast and could not be scored, each counted once.
    pub not_scored: LeftOut,
}

/// Why days were not scored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Days without any session.
    pub without_session: usize,
    /// Days with a pump session whose volume was not recorded.
    pub in_part: usize,
    /// Days on which the log had ended, its last day among them.
    pub cut: usize,
}

/// The score of days so far ahead.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lead {
    /// How many days ahead; 1 is the day of the midnight itself.
    pub days_ahead: usize,
    /// Scored days.
    pub n: usize,
    /// Mean absolute error of the median (mL).
    pub mae_ml: f64,
    /// Continuous ranked probability score (mL).
    pub crps_ml: f64,
    /// Share within the 50 % range.
    pub coverage50: f64,
    /// Share within the 80 % range.
    pub coverage80: f64,
    /// Share within the 95 % range.
    pub coverage95: f64,
    /// The plain guesses.
    pub baselines: BTreeMap<&'static str, PlainScore>,
    /// The one of them with the best score.
    pub best_baseline: &'static str,
    /// How often ranges hold that should hold so often.
    pub reliability: Vec<Held>,
}

/// The score of a plain guess.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PlainScore {
    /// Mean absolute error (mL).
    pub mae_ml: f64,
    /// Continuous ranked probability score (mL).
    pub crps_ml: f64,
}

/// One scored day, seen from one midnight.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoredDay {
    /// The day of the midnight.
    pub origin: Date,
    /// How many days ahead.
    pub lead: usize,
    /// The day.
    pub day: Date,
    /// What came (mL).
    pub ml: f64,
    /// Median (mL).
    pub median_ml: f64,
    /// Its score (mL).
    pub crps_ml: f64,
    /// The narrowest of the ranges [`super::NOMINAL`] that holds what came; 1 when none does.
    pub held_from: f64,
    /// The plain guesses.
    pub guesses: [Guess; 3],
}

/// Why a day that was forecast could not be scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It holds no session.
    WithoutSession,
    /// Not all is known of it, or of the days before it.
    InPart,
    /// The log had ended, or ended with it.
    Cut,
}

impl LeftOut {
    /// Days counted by their reason.
    pub(super) fn of(days: &BTreeMap<Date, Why>) -> Self {
        let count = |why: Why| days.values().filter(|w| **w == why).count();
        Self {
            without_session: count(Why::WithoutSession),
            in_part: count(Why::InPart),
            cut: count(Why::Cut),
        }
    }
}

impl Daily {
    /// From scored days.
    pub fn of(days: &[ScoredDay], not_scored: LeftOut) -> Self {
        let lead = |lead: usize| {
            let rows: Vec<&ScoredDay> = days.iter().filter(|d| d.lead == lead).collect();
            (!rows.is_empty()).then(|| Lead::of(lead, &rows))
        };
        Self { leads: LEADS.into_iter().filter_map(lead).collect(), not_scored }
    }
}

impl Lead {
    fn of(days_ahead: usize, rows: &[&ScoredDay]) -> Self {
        let held = |level: f64| mean(rows.iter().map(|r| f64::from(u8::from(r.held_from <= level))));
        let plain = |i: usize| PlainScore {
            mae_ml: thousandth(mean(rows.iter().map(|r| (r.ml - r.guesses[i].ml).abs()))),
            crps_ml: thousandth(mean(rows.iter().map(|r| r.guesses[i].crps(r.ml)))),
        };
        let scores = [0, 1, 2].map(plain);
        let best =
            (0..NAMES.len()).min_by(|a, b| scores[*a].crps_ml.total_cmp(&scores[*b].crps_ml)).unwrap_or(0);
        Self {
            days_ahead,
            n: rows.len(),
            mae_ml: thousandth(mean(rows.iter().map(|r| (r.ml - r.median_ml).abs()))),
            crps_ml: thousandth(mean(rows.iter().map(|r| r.crps_ml))),
            coverage50: thousandth(held(0.5)),
            coverage80: thousandth(held(0.8)),
            coverage95: thousandth(held(0.95)),
            baselines: NAMES.into_iter().zip(scores).collect(),
            best_baseline: NAMES[best],
            reliability: reliability(&rows.iter().map(|r| r.held_from).collect::<Vec<_>>()),
        }
    }
}
