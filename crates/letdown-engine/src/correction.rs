//! What earlier forecasts got wrong is learned: a shift by the hour of the day, and a stretch of the ranges.
//!
//! The model alone forecasts each of her last 60 days: milk and capacity as they were known at its midnight, traits as the
//! fit in use has them. From those errors:
//!
//! ```text
//! shift(h)  = sum w e / (sum w + 8),      w = exp(-d^2/2) exp(-age/14),  d clock hours apart, age in days
//! stretch   = the weighted 0.8 quantile of |e - shift| / (half width of the 80 % range), age halving in 30 days,
//!             drawn towards 1 as if by 25 errors that fit exactly
//! ```
//!
//! The shift says what no equation here does (a hurried morning, a long evening); the stretch makes ranges as wide as her
//! own past was (after conformal prediction, Vovk 2005). It promises no coverage: the fit has seen most of the days it is
//! judged by, an error counts in its own shift, and the stretch is drawn towards 1 and kept between 0.6 and 1.8. How often
//! ranges hold is measured by the backtest.
//!
//! Single sessions are put right so, in the backtest as in `forecast` and `today`. Whole days take the shift of each
//! session and no stretch: how wide a day is was not learned here. What-if and plan rest on the model alone.

use crate::observed::{Observed, Reading, Session};
use jiff::{Timestamp, civil::Date};
use letdown_fit::{
    posterior::Posterior,
    predict::{Mixture, ahead},
};
use letdown_journal::entry::EntryId;
use std::collections::BTreeSet;

/// How many days back errors are learned from.
pub const DAYS_BACK: i32 = 60;

const HOURS_ALIKE: f64 = 1.0;
const SHIFT_FADES_DAYS: f64 = 14.0;
const SHIFT_CAUTION: f64 = 8.0;
const STRETCH_FADES_DAYS: f64 = 30.0 / std::f64::consts::LN_2;
const STRETCH_CAUTION: f64 = 25.0;
const STRETCH_BOUNDS: (f64, f64) = (0.6, 1.8);
const LEVEL: f64 = 0.8;

/// A forecast of the model alone, and what came.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The session.
    pub root: EntryId,
    /// When it began.
    pub at: Timestamp,
    /// What her clock showed (h).
    pub clock_h: f64,
    /// The model's forecast.
    pub forecast: Mixture,
    /// What came (mL), when a volume was recorded.
    pub output_ml: Option<f64>,
    /// Median of the forecast (mL).
    median_ml: f64,
    /// Half the width of its 80 % range (mL).
    half_width_ml: f64,
}

/// The forecasts of the model alone for every pump session of some days, each from its own midnight.
///
/// `observed` holds the log up to the end of the last day. `reading` and the traits of `posterior` serve for all of them:
/// for days before its fit, the posterior knows more than that midnight did. Days without sessions have no outcomes.
pub fn outcomes(
    observed: &Observed,
    reading: &Reading,
    posterior: &Posterior,
    days: &[Date],
) -> Vec<Outcome> {
    let Some(log) = observed.fit_log(reading) else { return Vec::new() };
    let cuts: Vec<f64> = days.iter().map(|day| observed.hour_of(observed.day_start(*day))).collect();
    if !cuts.is_sorted() {
        // Across the date line a day can begin before the one ahead of it.
        return Vec::new();
    }
    let forecasts = ahead(posterior, &log, &cuts);
    let first = observed.sessions.len() - forecasts.len();
    let outcome = |(session, forecast): (&Session, Option<Mixture>)| {
        let forecast = forecast?;
        Some(Outcome {
            root: session.root,
            at: session.at.timestamp(),
            clock_h: session.clock_h(),
            median_ml: forecast.quantile(0.5),
            half_width_ml: 0.5 * (forecast.quantile(0.9) - forecast.quantile(0.1)),
            output_ml: session.output_ml().filter(|_| !session.doubtful),
            forecast,
        })
    };
    observed.sessions[first..].iter().zip(forecasts).filter_map(outcome).collect()
}

/// The days behind `from` up to and with `last` that hold sessions.
pub fn days_with_sessions(observed: &Observed, from: Date, last: Date) -> Vec<Date> {
    let within = |day: &Date| from <= *day && *day <= last;
    let days: BTreeSet<Date> = observed.sessions.iter().map(Session::day).filter(within).collect();
    days.into_iter().collect()
}

/// What was learned from outcomes.
#[derive(Clone, Debug)]
pub struct Correction {
    /// Clock hour, age in days, error (mL).
    errors: Vec<(f64, f64, f64)>,
    stretch: f64,
}

impl Correction {
    /// No correction: the model alone.
    pub fn none() -> Self {
        Self { errors: Vec::new(), stretch: 1.0 }
    }

    /// What is to be learned from outcomes before an instant.
    pub fn learned(outcomes: &[Outcome], before: Timestamp) -> Self {
        let known = |o: &&Outcome| o.at < before && age_days(o, before) < f64::from(DAYS_BACK);
        let known: Vec<(&Outcome, f64)> =
            outcomes.iter().filter(known).filter_map(|o| Some((o, o.output_ml?))).collect();
        let errors = known.iter().map(|(o, ml)| (o.clock_h, age_days(o, before), ml - o.median_ml)).collect();
        let mut learned = Self { errors, stretch: 1.0 };
        let misses = known.iter().map(|(o, ml)| {
            let error = ml - o.median_ml - learned.shift_ml(o.clock_h);
            let weight = (-age_days(o, before) / STRETCH_FADES_DAYS).exp();
            (error.abs() / o.half_width_ml.max(f64::MIN_POSITIVE), weight)
        });
        learned.stretch = stretch(misses.collect());
        learned
    }

    /// How far a forecast at a clock hour (h) is moved (mL).
    pub fn shift_ml(&self, clock_h: f64) -> f64 {
        let (mut sum, mut whole) = (0.0, SHIFT_CAUTION);
        for (hour, age, error) in &self.errors {
            let apart = around_the_clock(hour - clock_h) / HOURS_ALIKE;
            let weight = (-0.5 * apart * apart - age / SHIFT_FADES_DAYS).exp();
            sum += weight * error;
            whole += weight;
        }
        sum / whole
    }

    /// What ranges are multiplied by (1).
    pub fn stretch(&self) -> f64 {
        self.stretch
    }

    /// A quantile (mL) of a corrected forecast at a clock hour (h).
    pub fn quantile(&self, forecast: &Mixture, clock_h: f64, p: f64) -> f64 {
        self.put_right(|p| forecast.quantile(p), clock_h, p)
    }

    /// As [`Correction::quantile`], of a forecast that is given by its quantiles (mL).
    pub fn put_right(&self, quantile_ml: impl Fn(f64) -> f64, clock_h: f64, p: f64) -> f64 {
        let median_ml = quantile_ml(0.5);
        (median_ml + self.shift_ml(clock_h) + self.stretch * (quantile_ml(p) - median_ml)).max(0.0)
    }
}

/// The weighted quantile of misses at [`LEVEL`], drawn towards 1.
fn stretch(mut misses: Vec<(f64, f64)>) -> f64 {
    misses.sort_by(|a, b| a.0.total_cmp(&b.0));
    let whole: f64 = misses.iter().map(|(_, w)| w).sum();
    let mut sum = 0.0;
    let reached = misses.iter().find(|(_, weight)| {
        sum += weight;
        sum >= LEVEL * whole
    });
    let raw = reached.map_or(1.0, |(miss, _)| *miss);
    let drawn = (whole * raw + STRETCH_CAUTION) / (whole + STRETCH_CAUTION);
    drawn.clamp(STRETCH_BOUNDS.0, STRETCH_BOUNDS.1)
}

fn age_days(outcome: &Outcome, before: Timestamp) -> f64 {
    crate::observed::hours(outcome.at, before) / 24.0
}

/// Hours apart on a clock, 0 to 12.
pub(crate) fn around_the_clock(hours: f64) -> f64 {
    let apart = hours.rem_euclid(24.0);
    apart.min(24.0 - apart)
}
