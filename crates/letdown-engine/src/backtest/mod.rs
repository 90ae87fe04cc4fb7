//! Forecasts scored on her own past.
//!
//! The origin of a scored session is 00:00 of its day. Known: every session that started before the origin, and when the
//! sessions of that day up to the scored one began. Unknown: their volumes, lengths, sides and techniques. Scored are the
//! pump sessions with a recorded total whose day lies 14 calendar days or more after the day of the first pump session.
//! The point forecast is the predictive median. From the same midnights whole days are forecast ([`daily`]), of which not
//! even the hours of their sessions are known.
//!
//! The twin is fitted anew every [`REFIT_DAYS`] days, always to what was known at that origin, and serves until the next
//! fit; what later sessions say about milk and capacity is taken in every day. A day's forecasts depend on nothing behind
//! its midnight but the start times of that day: a log cut at any day gets the same rows, bit for bit.

pub mod daily;
mod scores;
mod walk;

use crate::{EngineError, error::Problem, observed::Observed};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use std::collections::BTreeMap;

pub use walk::{REFIT_DAYS, rows, scored};

/// Which days to score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// The first day, inclusive.
    pub from: Option<Date>,
    /// The last day, inclusive.
    pub to: Option<Date>,
}

/// The score of the forecasts, beside that of the baselines.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Backtest {
    /// Scored sessions.
    pub n: usize,
    /// Mean absolute error of the median (mL).
    pub mae_ml: f64,
    /// Continuous ranked probability score (mL).
    pub crps_ml: f64,
    /// Share of sessions within the 50 % range, rounded as the log is.
    pub coverage50: f64,
    /// Share of sessions within the 80 % range, rounded as the log is.
    pub coverage80: f64,
    /// Share of sessions within the 95 % range, rounded as the log is.
    pub coverage95: f64,
    /// The model alone, without what was learned from earlier errors.
    pub mechanistic: Score,
    /// Mean absolute error of each baseline (mL).
    pub baselines: BTreeMap<&'static str, f64>,
    /// Continuous ranked probability score of each baseline (mL).
    pub baselines_crps_ml: BTreeMap<&'static str, f64>,
    /// The best of the baselines.
    pub best_baseline: &'static str,
    /// By how much the error is smaller than that of the best baseline (1).
    pub skill: f64,
    /// Error minus that of the best baseline (mL): the 95 % range over whole days drawn anew.
    pub difference_ci95: [f64; 2],
    /// How often ranges hold that should hold so often.
    pub reliability: Vec<Held>,
    /// Whole days ahead.
    pub daily: daily::Daily,
    /// The first and last scored day.
    pub days: [String; 2],
    /// Fits made, and of them those whose chains did not agree.
    pub fits: Fits,
}

/// A score.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Score {
    /// Mean absolute error of the median (mL).
    pub mae_ml: f64,
    /// Continuous ranked probability score (mL).
    pub crps_ml: f64,
    /// Share within the 50 % range, rounded as the log is.
    pub coverage50: f64,
    /// Share within the 80 % range, rounded as the log is.
    pub coverage80: f64,
    /// Share within the 95 % range, rounded as the log is.
    pub coverage95: f64,
}

/// How often a central range held.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Held {
    /// How often it should (1).
    pub nominal: f64,
    /// How often it did (1).
    pub observed: f64,
}

/// The central ranges of a reliability diagram.
pub const NOMINAL: [f64; 10] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

/// An account of the fits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Fits {
    /// Fits made.
    pub made: usize,
    /// Of them, those whose chains did not agree; an earlier one served on.
    pub unsound: usize,
    /// The largest R-hat of any that served.
    pub r_hat: f64,
    /// Divergences of those that served.
    pub divergences: usize,
}

/// One scored session.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// Its day.
    pub day: Date,
    /// When it began.
    pub at: Timestamp,
    /// What came (mL).
    pub ml: f64,
    /// The forecast.
    pub full: Forecast,
    /// The forecast of the model alone.
    pub mechanistic: Forecast,
    /// The guesses of the baselines (mL).
    pub baselines: [f64; 4],
    /// Their scores (mL).
    pub baselines_crps: [f64; 4],
}

/// A forecast with its score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// Median (mL).
    pub median_ml: f64,
    /// 80 % range (mL), rounded as the log is.
    pub range_ml: (f64, f64),
    /// Its score (mL).
    pub crps_ml: f64,
    /// The narrowest of the ranges [`NOMINAL`] that holds what came, once rounded; 1 when none does.
    pub held_from: f64,
}

/// Scores the forecasts of a log. `progress` is told how many of how many days are done.
///
/// # Errors
/// When there is nothing to score.
pub fn backtest(
    observed: &Observed,
    window: Window,
    seed: u64,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Backtest, EngineError> {
    let walked = scored(observed, window, seed, progress);
    if walked.sessions.is_empty() {
        let hint = if window == Window::default() { "" } else { " within these dates" };
        return Err(Problem::NothingToScore(hint).into());
    }
    Ok(scores::summary(&walked, seed))
}
