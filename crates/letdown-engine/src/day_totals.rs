//! What whole days brought, and three plain ways to guess days to come, to measure the model against.
//!
//! | name | guess of a day `h` days ahead, from the days before the origin | range |
//! |---|---|---|
//! | `mean7` | the mean of the last 7 days that are known | a normal as wide as its own past errors at `h` |
//! | `ets` | exponential smoothing, with a damped trend or without ([`crate::ets`]) | that of its equations |
//! | `theta` | the level of simple exponential smoothing, drifting with half the slope of the straight line through all days (Assimakopoulos and Nikolopoulos 2000; Hyndman and Billah 2003, doi 10.1016/S0169-2070(01)00143-1) | as wide as the smoothing says |
//!
//! A day is known when it is over, it is not the first of the log, it holds a session, and every pump session of it has a
//! volume.

use crate::{
    ets::{Smoothed, level_alone, smoothed},
    observed::{Observed, Session},
};
use jiff::{ToSpan, civil::Date};
use std::collections::BTreeMap;

/// What a day brought.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Day {
    /// Output of all its pump sessions (mL).
    Whole(f64),
    /// The first day of the log, or one with a pump session whose volume was not recorded.
    InPart,
}

/// The days of a log that hold sessions.
pub fn days(observed: &Observed) -> BTreeMap<Date, Day> {
    let mut days: BTreeMap<Date, Day> = BTreeMap::new();
    let first = observed.sessions.first().map(Session::day);
    for session in &observed.sessions {
        let day = days.entry(session.day()).or_insert(Day::Whole(0.0));
        let ml = if session.is_pump() { session.output_ml() } else { Some(0.0) };
        *day = match (*day, ml) {
            (Day::Whole(sum), Some(ml)) if Some(session.day()) != first => Day::Whole(sum + ml),
            _ => Day::InPart,
        };
    }
    days
}

/// What a day brought (mL), when it is known whole.
pub fn whole_ml(days: &BTreeMap<Date, Day>, day: Date) -> Option<f64> {
    match days.get(&day) {
        Some(Day::Whole(ml)) => Some(*ml),
        _ => None,
    }
}

/// A guess: a normal distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guess {
    /// Its mean (mL).
    pub ml: f64,
    /// Its standard deviation (mL).
    pub sd_ml: f64,
}

/// The names, in the order of [`Plain::guesses`].
pub const NAMES: [&str; 3] = ["mean7", "ets", "theta"];
/// How many known days the mean takes.
const WEEK: usize = 7;

/// The plain guesses at one midnight.
#[derive(Clone, Debug, PartialEq)]
pub struct Plain {
    /// The days before the origin, from the first whole one on; `None` for a day that is not known.
    series: Vec<Option<f64>>,
    ets: Smoothed,
    level: Smoothed,
    drift: f64,
}

impl Plain {
    /// What the days before `origin` say. `None` with fewer than four known days.
    pub fn at(days: &BTreeMap<Date, Day>, origin: Date) -> Option<Self> {
        let first = days.keys().find(|day| whole_ml(days, **day).is_some())?;
        let until = (origin - *first).get_days();
        let on = |back: i32| whole_ml(days, first.saturating_add(i64::from(back).days()));
        let series: Vec<Option<f64>> = (0..until).map(on).collect();
        let (ets, level) = (smoothed(&series)?, level_alone(&series)?);
        Some(Self { drift: 0.5 * slope(&series), series, ets, level })
    }

    /// The guesses for a day, `lead` days ahead; the day of the origin itself is 1 day ahead.
    pub fn guesses(&self, lead: usize) -> [Guess; 3] {
        let normal = |(ml, sd_ml): (f64, f64)| Guess { ml: ml.max(0.0), sd_ml };
        let (level, sd) = self.level.ahead(lead);
        [
            normal((mean7(&self.series).unwrap_or(level), self.mean7_sd(lead).unwrap_or(sd))),
            normal(self.ets.ahead(lead)),
            normal((level + self.drift * self.drifted_days(lead), sd)),
        ]
    }

    /// For how many days the drift has run: simple smoothing lags behind a straight line.
    fn drifted_days(&self, lead: usize) -> f64 {
        let alpha = self.level.weights.alpha;
        let lag = (1.0 - (1.0 - alpha).powf(self.series.len() as f64)) / alpha;
        lead as f64 - 1.0 + lag
    }

    /// How far off the mean of 7 days was at this lead, at all earlier origins (mL).
    fn mean7_sd(&self, lead: usize) -> Option<f64> {
        const ENOUGH: usize = 4;
        let errors = (1..self.series.len()).filter_map(|origin| {
            let came = (*self.series.get(origin + lead - 1)?)?;
            Some(came - mean7(&self.series[..origin])?)
        });
        let squares: Vec<f64> = errors.map(|e| e * e).collect();
        let mean = squares.iter().sum::<f64>() / squares.len() as f64;
        (squares.len() >= ENOUGH && mean > 0.0).then(|| mean.sqrt())
    }
}

fn mean7(series: &[Option<f64>]) -> Option<f64> {
    let last: Vec<f64> = series.iter().rev().flatten().take(WEEK).copied().collect();
    (!last.is_empty()).then(|| last.iter().sum::<f64>() / last.len() as f64)
}

/// The slope of the straight line through the known days (mL/day).
fn slope(series: &[Option<f64>]) -> f64 {
    let known: Vec<(f64, f64)> =
        series.iter().enumerate().filter_map(|(i, y)| Some((i as f64, (*y)?))).collect();
    let n = known.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| known.iter().map(of).sum::<f64>() / n;
    let (x, y) = (mean(|k| k.0), mean(|k| k.1));
    let together: f64 = known.iter().map(|k| (k.0 - x) * (k.1 - y)).sum();
    let apart: f64 = known.iter().map(|k| (k.0 - x) * (k.0 - x)).sum();
    if apart > 0.0 { together / apart } else { 0.0 }
}

impl Guess {
    /// Its continuous ranked probability score for what came (mL), in closed form (Gneiting and Raftery 2007).
    pub fn crps(&self, came_ml: f64) -> f64 {
        let sd = self.sd_ml.max(1e-9);
        let z = (came_ml - self.ml) / sd;
        let density = (-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt();
        // 2 Phi(z) - 1.
        let sure = libm::erf(z / std::f64::consts::SQRT_2);
        sd * (z * sure + 2.0 * density - 1.0 / std::f64::consts::PI.sqrt())
    }
}
