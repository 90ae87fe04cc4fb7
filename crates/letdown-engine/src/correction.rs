//! What earlier forecasts got wrong is learned: a shift by the hour of the day, how much plain guesses weigh, and how wide
//! ranges must be.
//!
//! The model alone forecasts each of her last 60 days: milk and capacity as they were known at its midnight, traits as the
//! fit in use has them. Beside it stand the four plain guesses ([`crate::baselines`]). Her past is then gone through day by
//! day, each day put right by what the days before it taught:
//!
//! ```text
//! shift(h)  = sum w e / (sum w + 8),      w = exp(-d^2/2) exp(-age/14),  d clock hours apart, age in days
//! center    = the twin's median, the same + shift, and the plain guesses, blended    ([`crate::blend`])
//! stretch   = at 50, 80 and 95 %, from how far off the centers were        ([`crate::ranges`]), age halving in 30 days
//! ```
//!
//! The shift says what no equation here does (a hurried morning, a long evening). Single sessions are put right so, in the
//! backtest as in `forecast` and `today`; whole days by [`crate::days_ahead`]. What-if and plan rest on the model alone.

use crate::{
    baselines::{self, guesses},
    blend::{Prior, blended},
    observed::{Observed, Reading, Session, hours},
    ranges::{Offsets, Stretch},
};
use jiff::{Timestamp, civil::Date};
use letdown_fit::{
    posterior::Posterior,
    predict::{Mixture, ahead, quantile_of_sorted},
};
use letdown_journal::entry::EntryId;
use std::collections::BTreeSet;

/// How many days back errors are learned from.
pub const DAYS_BACK: i32 = 60;

const HOURS_ALIKE: f64 = 1.0;
const SHIFT_FADES_DAYS: f64 = 14.0;
const SHIFT_CAUTION: f64 = 8.0;
/// The twin, the twin shifted, then [`baselines::NAMES`].
const PRIOR: Prior<GUESSES> =
    Prior { weights: [0.1, 0.15, 0.1, 0.15, 0.25, 0.25], twins: 2, pull: 0.3, evidence: 1.0, kept: 0.0 };
const GUESSES: usize = 6;
const FADES_DAYS: f64 = 30.0 / std::f64::consts::LN_2;

/// What was expected of a session before it was put right.
#[derive(Clone, Debug)]
pub enum Expected {
    /// By the twin.
    Twin(Mixture),
    /// Without a twin: as one of all earlier sessions (mL, in ascending order).
    Earlier(Vec<f64>),
}

impl Expected {
    /// The volume (mL) below which a share `p` (0 to 1) lies.
    pub fn quantile(&self, p: f64) -> f64 {
        match self {
            Self::Twin(mixture) => mixture.quantile(p),
            Self::Earlier(volumes_ml) => quantile_of_sorted(volumes_ml, p),
        }
    }
}

/// What was expected of a session, and what came.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The session.
    pub root: EntryId,
    /// When it began.
    pub at: Timestamp,
    /// The midnight from which it was forecast.
    pub origin: Timestamp,
    /// What her clock showed (h).
    pub clock_h: f64,
    /// The forecast.
    pub forecast: Expected,
    /// The plain guesses at that midnight (mL).
    pub guesses: Option<[f64; 4]>,
    /// What came (mL), when a volume was recorded.
    pub output_ml: Option<f64>,
    /// Median of the forecast (mL).
    median_ml: f64,
    /// The ends of its ranges.
    offsets: Offsets,
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
    let seen = Seen::of(observed);
    let outcome = |(session, forecast): (&Session, Option<Mixture>)| {
        Some(seen.outcome(session, Expected::Twin(forecast?)))
    };
    observed.sessions[first..].iter().zip(forecasts).filter_map(outcome).collect()
}

/// The same without a twin: each session is expected to be as one of all before its midnight.
pub fn outcomes_without_twin(observed: &Observed, days: &[Date]) -> Vec<Outcome> {
    let seen = Seen::of(observed);
    let pumped = observed.sessions.iter().filter(|s| s.is_pump() && days.contains(&s.day()));
    let outcome = |session: &Session| {
        let mut volumes: Vec<f64> =
            seen.earlier(observed.day_start(session.day())).map(|row| row.ml).collect();
        volumes.sort_by(f64::total_cmp);
        (!volumes.is_empty()).then(|| seen.outcome(session, Expected::Earlier(volumes)))
    };
    pumped.filter_map(outcome).collect()
}

/// A log as the plain guesses see it.
struct Seen<'a> {
    observed: &'a Observed,
    rows: Vec<(Timestamp, baselines::Row)>,
}

impl<'a> Seen<'a> {
    fn of(observed: &'a Observed) -> Self {
        let rows = baselines::rows(observed).into_iter();
        Self { observed, rows: rows.filter_map(|(s, row)| Some((s.at.timestamp(), row?))).collect() }
    }

    fn earlier(&self, origin: Timestamp) -> impl Iterator<Item = baselines::Row> {
        self.rows.iter().filter(move |(at, _)| *at < origin).map(|(_, row)| *row)
    }

    fn outcome(&self, session: &Session, forecast: Expected) -> Outcome {
        let origin = self.observed.day_start(session.day());
        let earlier: Vec<baselines::Row> = self.earlier(origin).collect();
        let gap_h = baselines::gap_h(self.observed, session.at.timestamp());
        Outcome {
            root: session.root,
            at: session.at.timestamp(),
            origin,
            clock_h: session.clock_h(),
            guesses: guesses(&earlier, self.observed.hour_of(origin), gap_h, session.clock_h()),
            median_ml: forecast.quantile(0.5),
            offsets: Offsets::of(|p| forecast.quantile(p)),
            output_ml: session.output_ml().filter(|_| !session.doubtful),
            forecast,
        }
    }
}

/// The days behind `from` up to and with `last` that hold sessions.
pub fn days_with_sessions(observed: &Observed, from: Date, last: Date) -> Vec<Date> {
    let within = |day: &Date| from <= *day && *day <= last;
    let days: BTreeSet<Date> = observed.sessions.iter().map(Session::day).filter(within).collect();
    days.into_iter().collect()
}

/// What one past session taught.
#[derive(Clone, Copy, Debug)]
struct Lesson {
    at: Timestamp,
    clock_h: f64,
    /// What came minus the twin's median (mL).
    error_ml: f64,
    /// What each guess of the blend got wrong (mL), the twin's two first.
    errors_ml: [f64; GUESSES],
    /// What the blend got wrong, in widths of the ranges.
    misses: [f64; 3],
}

/// What was learned from outcomes.
#[derive(Clone, Debug)]
pub struct Correction {
    lessons: Vec<Lesson>,
    before: Timestamp,
    weights: [f64; GUESSES],
    stretch: Stretch,
}

impl Correction {
    /// No correction: the model alone.
    pub fn none() -> Self {
        Self {
            lessons: Vec::new(),
            before: Timestamp::UNIX_EPOCH,
            weights: [1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
            stretch: Stretch::NONE,
        }
    }

    /// What is to be learned from outcomes before an instant, of a log that is read to a step (mL).
    pub fn learned(outcomes: &[Outcome], before: Timestamp, step_ml: f64) -> Self {
        let known = |o: &&Outcome| o.at < before && age_days(o.at, before) < f64::from(DAYS_BACK);
        let known: Vec<(&Outcome, f64)> =
            outcomes.iter().filter(known).filter_map(|o| Some((o, o.output_ml?))).collect();
        let mut learned = Self { before, ..Self::none() };
        for day in known.chunk_by(|a, b| a.0.origin == b.0.origin) {
            learned.look_ahead_from(day[0].0.origin);
            let lessons: Vec<Lesson> =
                day.iter().map(|(o, ml)| learned.lesson(o, *ml, 0.5 * step_ml)).collect();
            learned.lessons.extend(lessons);
        }
        learned.look_ahead_from(before);
        let miss = |l: &Lesson| (l.misses, learned.weight(l));
        learned.stretch = Stretch::learned(&learned.lessons.iter().map(miss).collect::<Vec<_>>());
        learned
    }

    fn look_ahead_from(&mut self, origin: Timestamp) {
        self.before = origin;
        self.weights = PRIOR.after(self.lessons.iter().map(|l| (self.weight(l), l.errors_ml)));
    }

    fn weight(&self, lesson: &Lesson) -> f64 {
        (-age_days(lesson.at, self.before) / FADES_DAYS).exp()
    }

    fn lesson(&self, outcome: &Outcome, ml: f64, slack_ml: f64) -> Lesson {
        let each = self.each_ml(outcome.median_ml, outcome.clock_h, outcome.guesses);
        Lesson {
            at: outcome.at,
            clock_h: outcome.clock_h,
            error_ml: ml - outcome.median_ml,
            errors_ml: each.map(|guess| ml - guess),
            misses: outcome.offsets.misses(ml - blended(&self.weights, &each), slack_ml),
        }
    }

    /// The twin's median, the same shifted, and the plain guesses (mL); where there are none, the twin's in their place.
    fn each_ml(&self, median_ml: f64, clock_h: f64, guesses: Option<[f64; 4]>) -> [f64; GUESSES] {
        let shifted_ml = (median_ml + self.shift_ml(clock_h)).max(0.0);
        let [a, b, c, d] = guesses.unwrap_or([shifted_ml; 4]);
        [median_ml, shifted_ml, a, b, c, d]
    }

    /// How far a twin's forecast at a clock hour (h) is moved (mL).
    pub fn shift_ml(&self, clock_h: f64) -> f64 {
        let (mut sum, mut whole) = (0.0, SHIFT_CAUTION);
        for lesson in &self.lessons {
            let apart = around_the_clock(lesson.clock_h - clock_h) / HOURS_ALIKE;
            let age = age_days(lesson.at, self.before);
            let weight = (-0.5 * apart * apart - age / SHIFT_FADES_DAYS).exp();
            sum += weight * lesson.error_ml;
            whole += weight;
        }
        sum / whole
    }

    /// How far the days ahead move their sessions at a clock hour (h): as much of the shift as has proved itself (mL).
    pub fn proved_shift_ml(&self, clock_h: f64) -> f64 {
        let [plain, shifted, ..] = self.weights;
        let share = if plain + shifted > 0.0 { shifted / (plain + shifted) } else { 0.0 };
        share * self.shift_ml(clock_h)
    }

    /// What ranges are multiplied by.
    pub fn stretch(&self) -> &Stretch {
        &self.stretch
    }

    /// What the guesses weigh: the twin's, the same shifted, then those of [`crate::baselines::NAMES`].
    pub fn weights(&self) -> [f64; GUESSES] {
        self.weights
    }

    /// The middle of a corrected forecast (mL).
    pub fn center_ml(&self, median_ml: f64, clock_h: f64, guesses: Option<[f64; 4]>) -> f64 {
        blended(&self.weights, &self.each_ml(median_ml, clock_h, guesses))
    }

    /// A quantile (mL) of the corrected forecast of an outcome.
    pub fn quantile(&self, outcome: &Outcome, p: f64) -> f64 {
        self.put_right(|p| outcome.forecast.quantile(p), outcome.clock_h, outcome.guesses, p)
    }

    /// A corrected quantile `p` (mL) of a forecast that is given by its quantiles (mL), at a clock hour (h).
    pub fn put_right(
        &self,
        quantile_ml: impl Fn(f64) -> f64,
        clock_h: f64,
        guesses: Option<[f64; 4]>,
        p: f64,
    ) -> f64 {
        self.stretch.quantile(self.center_ml(quantile_ml(0.5), clock_h, guesses), quantile_ml, p)
    }
}

fn age_days(at: Timestamp, before: Timestamp) -> f64 {
    hours(at, before) / 24.0
}

/// Hours apart on a clock, 0 to 12.
pub(crate) fn around_the_clock(hours: f64) -> f64 {
    let apart = hours.rem_euclid(24.0);
    apart.min(24.0 - apart)
}
