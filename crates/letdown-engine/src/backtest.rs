//! Forecasts scored on her own past.
//!
//! The origin of a scored session is 00:00 of its day. Known: every session that started before the origin, and when the
//! sessions of that day up to the scored one began. Unknown: their volumes, lengths, sides and techniques. Scored are the
//! pump sessions with a recorded total whose day lies 14 calendar days or more after the day of the first pump session.
//! The point forecast is the predictive median.
//!
//! The twin is fitted anew every [`REFIT_DAYS`] days, always to what was known at that origin, and serves until the next
//! fit; what later sessions say about milk and capacity is taken in every day. A day's forecasts depend on nothing behind
//! its midnight but the start times of that day: a log cut at any day gets the same rows, bit for bit.

use crate::{
    EngineError,
    baselines::{self, Row as Plain, guesses},
    correction::{Correction, DAYS_BACK, Outcome, days_with_sessions, outcomes},
    error::Problem,
    numbers::thousandth,
    observed::{Observed, Reading, Session, hours},
    rounding::Rounding,
};
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use letdown_fit::{
    posterior::{Effort, Posterior, fit},
    predict::crps_of_sorted,
};
use letdown_model::random::Random;
use serde::Serialize;
use std::collections::BTreeMap;

/// In how many days the twin is fitted anew.
pub const REFIT_DAYS: i64 = 7;
/// How many calendar days after the first pump session scoring begins.
const FIRST_SCORED_DAY: i32 = 14;
/// How many draws forecast.
const DRAWS: usize = 120;

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
    /// Share of sessions within the 80 % range, rounded as the log is.
    pub coverage80: f64,
    /// The model alone, without what was learned from earlier errors.
    pub mechanistic: Score,
    /// Mean absolute error of each baseline (mL).
    pub baselines: BTreeMap<&'static str, f64>,
    /// The best of the baselines.
    pub best_baseline: &'static str,
    /// By how much the error is smaller than that of the best baseline (1).
    pub skill: f64,
    /// Error minus that of the best baseline (mL): the 95 % range over whole days drawn anew.
    pub difference_ci95: [f64; 2],
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
    /// Share of sessions within the 80 % range, rounded as the log is.
    pub coverage80: f64,
}

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
    let (rows, fits) = rows(observed, window, seed, progress);
    if rows.is_empty() {
        let hint = if window == Window::default() { "" } else { " within these dates" };
        return Err(Problem::NothingToScore(hint).into());
    }
    Ok(summary(&rows, fits, seed))
}

/// Every scored session, and the account of the fits.
pub fn rows(
    observed: &Observed,
    window: Window,
    seed: u64,
    progress: &mut dyn FnMut(usize, usize),
) -> (Vec<Scored>, Fits) {
    let days = scored_days(observed, window);
    let mut walk = Walk { observed, seed, fits: Fits { r_hat: 1.0, ..Fits::default() }, serving: None };
    let mut rows = Vec::new();
    let (mut done, all) = (0, days.values().map(Vec::len).sum());
    for (origin, days) in days {
        progress(done, all);
        rows.extend(walk.block(origin, &days));
        done += days.len();
    }
    progress(done, all);
    (rows, walk.fits)
}

/// The scored days, by the day whose midnight their twin is fitted at.
fn scored_days(observed: &Observed, window: Window) -> BTreeMap<Date, Vec<Date>> {
    let mut blocks: BTreeMap<Date, Vec<Date>> = BTreeMap::new();
    let pumped = |s: &&Session| s.is_pump();
    let Some(first) = observed.sessions.iter().filter(pumped).map(Session::day).min() else { return blocks };
    let mut days: Vec<Date> =
        observed.sessions.iter().filter(|s| s.output_ml().is_some()).map(Session::day).collect();
    days.sort_unstable();
    days.dedup();
    for day in days {
        let since = (day - first).get_days();
        let wanted = window.from.is_none_or(|f| f <= day) && window.to.is_none_or(|t| day <= t);
        if since < FIRST_SCORED_DAY || !wanted {
            continue;
        }
        let back = i64::from(since - FIRST_SCORED_DAY) % REFIT_DAYS;
        blocks.entry(day.saturating_sub(back.days())).or_default().push(day);
    }
    blocks
}

struct Walk<'a> {
    observed: &'a Observed,
    seed: u64,
    fits: Fits,
    /// The posterior that serves, and how its log was read.
    serving: Option<(Posterior, Reading)>,
}

impl Walk<'_> {
    /// Scores the days of one fit.
    fn block(&mut self, origin: Date, days: &[Date]) -> Vec<Scored> {
        let (Some(first), Some(last)) = (days.first(), days.last()) else { return Vec::new() };
        // The fit's own midnight, in the zone of the first day it serves.
        let away = (*first - origin).get_days();
        let fitted_at = self.observed.day_start(*first) - SignedDuration::from_hours(24 * i64::from(away));
        self.refit(fitted_at);
        let seen = self.outcomes(origin, *last);
        days.iter().flat_map(|day| self.day(*day, &seen)).collect()
    }

    fn refit(&mut self, at: Timestamp) {
        let known = self.observed.before(at);
        let reading = known.reading();
        let Some(log) = known.fit_log(&reading) else { return };
        let effort = match &self.serving {
            Some((earlier, _)) => Effort::usual().from(earlier),
            None => Effort::usual(),
        };
        let Ok(posterior) = fit(&log, &effort, self.seed) else { return };
        self.fits.made += 1;
        if posterior.report.is_sound() {
            self.fits.r_hat = self.fits.r_hat.max(thousandth(posterior.report.r_hat));
            self.fits.divergences += posterior.report.divergences;
            self.serving = Some((posterior, reading));
        } else {
            self.fits.unsound += 1;
        }
    }

    /// Forecasts of the model alone for the days errors are learned from, and for the block's own.
    fn outcomes(&self, origin: Date, last: Date) -> Vec<Outcome> {
        let Some((posterior, reading)) = &self.serving else { return Vec::new() };
        let behind = self.observed.sessions.iter().position(|s| s.day() > last);
        let known = Observed {
            sessions: self.observed.sessions[..behind.unwrap_or(self.observed.sessions.len())].to_vec(),
            ..self.observed.clone()
        };
        let first = known.sessions.first().map_or(origin, Session::day).saturating_add(2.days());
        let from = origin.saturating_sub(i64::from(DAYS_BACK).days()).max(first);
        outcomes(&known, reading, &posterior.thinned(DRAWS), &days_with_sessions(&known, from, last))
    }

    fn day(&self, day: Date, seen: &[Outcome]) -> Vec<Scored> {
        let origin = self.observed.day_start(day);
        let rounding = self.observed.before(origin).reading().rounding;
        let correction = Correction::learned(seen, origin);
        let plain = plain_rows(self.observed);
        let earlier: Vec<Plain> =
            plain.iter().filter(|(s, _)| s.at.timestamp() < origin).filter_map(|(_, row)| *row).collect();
        let of_day = plain.iter().filter(|(s, row)| s.day() == day && row.is_some());
        of_day.filter_map(|(s, _)| self.score(s, origin, &earlier, seen, &correction, &rounding)).collect()
    }

    fn score(
        &self,
        session: &Session,
        origin: Timestamp,
        earlier: &[Plain],
        seen: &[Outcome],
        correction: &Correction,
        rounding: &Rounding,
    ) -> Option<Scored> {
        let ml = session.output_ml()?;
        let gap_h = gap_h(self.observed, session);
        let baselines = guesses(earlier, self.observed.hour_of(origin), gap_h, session.clock_h())?;
        let outcome = seen.iter().find(|o| o.root == session.root);
        let (full, mechanistic) = if let Some(o) = outcome {
            let alone = Correction::none();
            let by = |c: &Correction| forecast(ml, rounding, |p| c.quantile(&o.forecast, o.clock_h, p));
            (by(correction), by(&alone))
        } else {
            // Without a fit all earlier sessions serve: their median, as wide as they were.
            let mut volumes: Vec<f64> = earlier.iter().map(|r| r.ml).collect();
            volumes.sort_by(f64::total_cmp);
            let plain = forecast(ml, rounding, |p| letdown_fit::predict::quantile_of_sorted(&volumes, p));
            (plain, plain)
        };
        Some(Scored { day: session.day(), at: session.at.timestamp(), ml, full, mechanistic, baselines })
    }
}

fn forecast(ml: f64, rounding: &Rounding, quantile: impl Fn(f64) -> f64) -> Forecast {
    const LEVELS: u32 = 40;
    let at: Vec<f64> = (0..LEVELS).map(|i| quantile((f64::from(i) + 0.5) / f64::from(LEVELS))).collect();
    Forecast {
        median_ml: quantile(0.5),
        range_ml: (rounding.round_ml(quantile(0.1)), rounding.round_ml(quantile(0.9))),
        crps_ml: crps_of_sorted(&at, ml),
    }
}

/// Pump sessions, with what baselines see of those that have a volume.
fn plain_rows(observed: &Observed) -> Vec<(&Session, Option<Plain>)> {
    let mut earlier: Option<f64> = None;
    let pumped = observed.sessions.iter().filter(|s| s.is_pump());
    pumped
        .map(|s| {
            let at_h = observed.hour_of(s.at.timestamp());
            let gap_h = earlier.replace(at_h).map(|e| at_h - e);
            (s, s.output_ml().map(|ml| Plain { at_h, gap_h, clock_h: s.clock_h(), ml }))
        })
        .collect()
}

fn gap_h(observed: &Observed, session: &Session) -> Option<f64> {
    let earlier = observed
        .sessions
        .iter()
        .rev()
        .filter(|s| s.is_pump())
        .find(|s| s.at.timestamp() < session.at.timestamp());
    earlier.map(|e| hours(e.at.timestamp(), session.at.timestamp()))
}

fn summary(rows: &[Scored], fits: Fits, seed: u64) -> Backtest {
    let full = score(rows, |r| &r.full);
    let baseline = |i: usize| mean(rows.iter().map(|r| (r.ml - r.baselines[i]).abs()));
    let errors: Vec<f64> = (0..baselines::NAMES.len()).map(baseline).collect();
    let best = (0..errors.len()).min_by(|a, b| errors[*a].total_cmp(&errors[*b])).unwrap_or(0);
    let day = |row: Option<&Scored>| row.map(|r| r.day.to_string()).unwrap_or_default();
    Backtest {
        n: rows.len(),
        mae_ml: full.mae_ml,
        crps_ml: full.crps_ml,
        coverage80: full.coverage80,
        mechanistic: score(rows, |r| &r.mechanistic),
        baselines: baselines::NAMES.into_iter().zip(errors.iter().map(|e| thousandth(*e))).collect(),
        best_baseline: baselines::NAMES[best],
        skill: thousandth(1.0 - full.mae_ml / errors[best]),
        difference_ci95: difference(rows, best, seed),
        days: [day(rows.first()), day(rows.last())],
        fits,
    }
}

fn score(rows: &[Scored], of: impl Fn(&Scored) -> &Forecast) -> Score {
    let within = |r: &Scored| {
        let (low, high) = of(r).range_ml;
        f64::from(u8::from(low <= r.ml && r.ml <= high))
    };
    Score {
        mae_ml: thousandth(mean(rows.iter().map(|r| (r.ml - of(r).median_ml).abs()))),
        crps_ml: thousandth(mean(rows.iter().map(|r| of(r).crps_ml))),
        coverage80: thousandth(mean(rows.iter().map(within))),
    }
}

/// Sessions of one day share their errors, so whole days are drawn anew.
fn difference(rows: &[Scored], best: usize, seed: u64) -> [f64; 2] {
    const TIMES: usize = 2000;
    let mut days: BTreeMap<Date, (f64, f64)> = BTreeMap::new();
    for row in rows {
        let day = days.entry(row.day).or_default();
        day.0 += (row.ml - row.full.median_ml).abs() - (row.ml - row.baselines[best]).abs();
        day.1 += 1.0;
    }
    let days: Vec<(f64, f64)> = days.into_values().collect();
    let mut random = Random::seeded(seed);
    let mut once = || {
        let drawn = (0..days.len()).map(|_| days[random.below(days.len())]);
        let (sum, count) = drawn.fold((0.0, 0.0), |(s, c), d| (s + d.0, c + d.1));
        sum / count
    };
    let mut drawn: Vec<f64> = (0..TIMES).map(|_| once()).collect();
    drawn.sort_by(f64::total_cmp);
    [0.025, 0.975].map(|p| thousandth(letdown_fit::predict::quantile_of_sorted(&drawn, p)))
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0), |(s, c), v| (s + v, c + 1.0));
    sum / count
}
