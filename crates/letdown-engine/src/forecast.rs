//! The days to come: output per day and the next sessions, with their ranges.
//!
//! Each of [`FUTURES`] futures takes a draw, a state the past allows, a course of days after her own habit, and chance.
//! What earlier forecasts got wrong is put right: single sessions by [`crate::correction`], days by [`crate::days_ahead`],
//! the rest of today by the shift of its sessions and the stretch of a day. Output only: what a baby drinks at the breast is not in these numbers.

use crate::{
    EngineError, Range, Spread, baselines,
    correction::{Correction, DAYS_BACK, days_with_sessions, outcomes},
    days_ahead::{self, Asked, DayCorrection, PlainDays, days_ahead, earlier_midnights},
    error::Problem,
    habit::{Habit, Likely, clock_of, coming},
    numbers::{about_ml, tenth},
    observed::Observed,
    twin::{Fitted, Twin, TwinState},
};
use jiff::{ToSpan, civil::Date};
use letdown_fit::{
    predict::{Future, Outlook, quantile_of_sorted},
    steps::Remover,
};
use letdown_model::random::Random;
use serde::Serialize;
use std::collections::BTreeMap;

/// How many futures are lived through.
pub const FUTURES: usize = 1000;
/// How far ahead single sessions are named (h).
const SESSIONS_AHEAD_H: f64 = 36.0;
/// How many draws learn from earlier errors.
const CORRECTING_DRAWS: usize = 80;

/// The days to come.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Forecast {
    /// When it was asked for.
    pub now: String,
    /// What is left of today.
    pub rest_of_today: RestOfToday,
    /// Whole days after today.
    pub days: Vec<Day>,
    /// The next sessions, at her usual hours.
    pub sessions: Vec<Next>,
    /// The twin behind it.
    pub twin: TwinState,
    /// Hours since the newest session ended.
    pub data_age_h: Option<f64>,
    /// The whole in a sentence.
    pub summary: String,
}

/// What is left of today.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RestOfToday {
    /// Output logged today (mL).
    pub logged_ml: f64,
    /// What is still to come (mL), as wide as her past days were.
    pub ml: Option<Spread>,
}

/// One whole day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Day {
    /// The day, on her calendar.
    pub date: String,
    /// Output (mL), put right by what past days got wrong, as in a backtest.
    pub ml: Spread,
}

/// One session to come.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Next {
    /// When, by habit.
    pub at: String,
    /// Output (mL), put right by what past sessions got wrong, as in a backtest.
    pub ml: Range,
}

/// Forecasts `days` whole days after today.
///
/// # Errors
/// When the twin is not ready, or no day has been logged that could be a pattern for others; a sentence says so.
pub fn forecast(observed: &Observed, twin: &Twin, days: u32, seed: u64) -> Result<Forecast, EngineError> {
    let fitted = twin.fitted()?;
    let habit = Habit::of(observed);
    if !habit.is_known() {
        return Err(no_habit().into());
    }
    let ahead = Ahead::new(observed, fitted);
    let mut random = Random::seeded(seed);
    let (left, by_day) = ahead.days(&habit, days, DaysLearned::of(observed, fitted, days), &mut random);
    let sessions = ahead.sessions(&habit, &mut random);
    let mut forecast = Forecast {
        now: observed.now.to_string(),
        rest_of_today: RestOfToday { logged_ml: tenth(logged_ml(observed, ahead.today())), ml: left },
        days: by_day.into_iter().map(|(date, ml)| Day { date: date.to_string(), ml }).collect(),
        sessions,
        twin: twin.state(),
        data_age_h: observed.data_age_h().map(tenth),
        summary: String::new(),
    };
    forecast.summary = summary(&forecast);
    Ok(forecast)
}

fn no_habit() -> Problem {
    Problem::NoTwin(
        "The last 14 days hold no whole day of sessions, so there is no habit to go by. Log a day, and there will be a \
         forecast here."
            .into(),
    )
}

/// Output logged on a day (mL).
pub(crate) fn logged_ml(observed: &Observed, day: Date) -> f64 {
    observed.sessions.iter().filter(|s| s.day() == day).filter_map(crate::observed::Session::output_ml).sum()
}

/// Looking ahead from `now`.
pub(crate) struct Ahead<'a> {
    observed: &'a Observed,
    outlook: Outlook,
    correction: Correction,
}

impl<'a> Ahead<'a> {
    pub(crate) fn new(observed: &'a Observed, fitted: &Fitted) -> Self {
        // The log of now, read as it was when it was fitted: entries since then are known too.
        let log = observed.fit_log(&fitted.reading).unwrap_or_else(|| fitted.log.clone());
        let outlook = Outlook::at(&fitted.posterior, &log, observed.hour_of(observed.now.timestamp()));
        Self { observed, outlook, correction: learned(observed, fitted) }
    }

    pub(crate) fn outlook(&self) -> &Outlook {
        &self.outlook
    }

    fn today(&self) -> Date {
        self.observed.now.timestamp().to_zoned_datetime(self.observed.zone()).date()
    }

    /// What is still to come of today, and the whole days behind it.
    fn days(
        &self,
        habit: &Habit,
        days: u32,
        mut learned: DaysLearned,
        random: &mut Random,
    ) -> (Option<Spread>, Vec<(Date, Spread)>) {
        let mut courses = Vec::with_capacity(FUTURES);
        let mut drawn = habit.courses();
        let futures = self.outlook.futures(FUTURES, random, |random| {
            let course = drawn.draw(&self.observed.now, days, random);
            let plan = coming(self.observed, &course);
            courses.push(course);
            plan
        });
        let today = self.today();
        let mut totals: BTreeMap<Date, Vec<f64>> = BTreeMap::new();
        for ahead in 0..=days {
            totals.insert(today.saturating_add(i64::from(ahead).days()), vec![0.0; FUTURES]);
        }
        for (i, (course, future)) in courses.iter().zip(&futures).enumerate() {
            for (likely, ml) in self.moved(course, future, today) {
                if let Some(day) = totals.get_mut(&likely.at.date()) {
                    day[i] += ml;
                }
            }
        }
        let mut spreads = totals.into_iter().map(|(day, samples)| (day, learned.spread(day, samples)));
        let left = spreads.next().map(|(_, left)| left);
        (left, spreads.collect())
    }

    /// The next sessions at her usual hours.
    pub(crate) fn sessions(&self, habit: &Habit, random: &mut Random) -> Vec<Next> {
        let soon = |l: &Likely| {
            crate::observed::hours(self.observed.now.timestamp(), l.at.timestamp()) <= SESSIONS_AHEAD_H
        };
        let course: Vec<Likely> = habit.typical(&self.observed.now, 2).into_iter().filter(soon).collect();
        let plan = coming(self.observed, &course);
        let futures = self.outlook.futures(FUTURES / 2, random, |_| plan.clone());
        let pumped: Vec<&Likely> = course.iter().filter(|l| l.by != Remover::Baby).collect();
        let mut samples: Vec<Vec<f64>> = vec![Vec::new(); pumped.len()];
        for future in &futures {
            samples.iter_mut().zip(&future.output_ml).for_each(|(of_session, ml)| of_session.push(*ml));
        }
        let before = std::iter::once(None).chain(pumped.iter().copied().map(Some));
        let next = |((likely, before), samples): ((&Likely, Option<&Likely>), Vec<f64>)| Next {
            at: likely.at.to_string(),
            ml: self.put_right(likely, self.guesses(likely, before), samples),
        };
        pumped.iter().copied().zip(before).zip(samples).map(next).collect()
    }

    /// The plain guesses for a session to come, behind another one or behind the last of the log.
    fn guesses(&self, likely: &Likely, before: Option<&Likely>) -> Option<[f64; 4]> {
        let rows: Vec<baselines::Row> =
            baselines::rows(self.observed).into_iter().filter_map(|(_, row)| row).collect();
        let at = likely.at.timestamp();
        let gap_h = match before {
            Some(before) => Some(crate::observed::hours(before.at.timestamp(), at)),
            None => baselines::gap_h(self.observed, at),
        };
        let now_h = self.observed.hour_of(self.observed.now.timestamp());
        baselines::guesses(&rows, now_h, gap_h, clock_of(likely))
    }

    /// The range of one session, put right.
    fn put_right(&self, likely: &Likely, guesses: Option<[f64; 4]>, mut samples_ml: Vec<f64>) -> Range {
        samples_ml.sort_by(f64::total_cmp);
        let quantile_ml = |p| quantile_of_sorted(&samples_ml, p);
        Range::of(|p| self.correction.put_right(quantile_ml, clock_of(likely), guesses, p))
    }

    /// The pump sessions of a course with what they brought in a future (mL); those of today are moved by their hour.
    fn moved<'c>(&self, course: &'c [Likely], future: &Future, today: Date) -> Vec<(&'c Likely, f64)> {
        let pumped = course.iter().filter(|l| l.by != Remover::Baby);
        let moved = |(l, ml): (&'c Likely, &f64)| {
            let by_ml = if l.at.date() == today { self.correction.proved_shift_ml(clock_of(l)) } else { 0.0 };
            (l, (ml + by_ml).max(0.0))
        };
        pumped.zip(&future.output_ml).map(moved).collect()
    }
}

/// What past days have to teach of days to come.
struct DaysLearned {
    today: Date,
    correction: DayCorrection,
    plain: PlainDays,
}

impl DaysLearned {
    fn of(observed: &Observed, fitted: &Fitted, days: u32) -> Self {
        let today = observed.now.timestamp().to_zoned_datetime(observed.zone()).date();
        let mut plain = PlainDays::of(observed);
        let furthest = days as usize + 1;
        let leads: Vec<usize> =
            days_ahead::LEADS.into_iter().filter(|lead| *lead <= furthest.max(1)).collect();
        let asked = Asked { leads: &leads, ..Asked::TO_LEARN };
        let few = fitted.posterior.thinned(days_ahead::DRAWS);
        let midnights = earlier_midnights(observed, today);
        let past = days_ahead(observed, &fitted.reading, &few, &midnights, asked, &mut plain);
        Self { today, correction: DayCorrection::learned(&past, &plain.days, today), plain }
    }

    /// The range of a day's samples (mL). Of today only what is left of it is in them: that is no whole day, and no plain
    /// guess knows it.
    fn spread(&mut self, day: Date, mut samples_ml: Vec<f64>) -> Spread {
        samples_ml.sort_by(f64::total_cmp);
        let lead = (day - self.today).get_days().max(0) as usize + 1;
        let guesses = if lead > 1 { self.plain.guesses(self.today, lead) } else { None };
        let learned = self.correction.at(lead);
        Spread::of(|p| learned.put_right(|p| quantile_of_sorted(&samples_ml, p), guesses, p))
    }
}

/// What the recent days have to teach.
fn learned(observed: &Observed, fitted: &Fitted) -> Correction {
    let now = observed.now.timestamp();
    let Some(last) = observed.sessions.last().map(crate::observed::Session::day) else {
        return Correction::none();
    };
    let first =
        observed.sessions.first().map_or(last, crate::observed::Session::day).saturating_add(2.days());
    let from = last.saturating_sub(i64::from(DAYS_BACK).days()).max(first);
    let days = days_with_sessions(observed, from, last);
    let posterior = fitted.posterior.thinned(CORRECTING_DRAWS);
    let step_ml = fitted.reading.rounding.step_ml();
    Correction::learned(&outcomes(observed, &fitted.reading, &posterior, &days), now, step_ml)
}

fn summary(forecast: &Forecast) -> String {
    let (Some(first), Some(last)) = (forecast.days.first(), forecast.days.last()) else {
        return "Nothing beyond today was asked for.".into();
    };
    let range = |day: &Day| format!("{} to {}", about_ml(day.ml.p10), about_ml(day.ml.p90));
    let start = format!("Tomorrow about {}, likely {}", about_ml(first.ml.p50), range(first));
    if forecast.days.len() == 1 {
        return format!("{start}.");
    }
    let change = last.ml.p50 - first.ml.p50;
    let width = last.ml.p75 - last.ml.p25;
    let course = match () {
        () if change.abs() < 0.25 * width => "about the same",
        () if change > 0.0 => "a little more",
        () => "a little less",
    };
    format!(
        "{start}; in {} days {course}, about {}, likely {}.",
        forecast.days.len(),
        about_ml(last.ml.p50),
        range(last)
    )
}
