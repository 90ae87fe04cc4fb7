//! Whole days ahead: what her twin and her habit say from one midnight, and what past midnights got wrong.
//!
//! Her habit is taken as it was known at the midnight, her state as it was believed then; futures drawn from it give the day
//! `lead` days ahead, its own day being 1 day ahead. Every second midnight of the last 60 days is lived through again:
//!
//! ```text
//! shift    = sum w e / (sum w + 4),      e came minus the median,  w closeness of its lead, age fading in 14 days
//! center   = the median, the same + shift, `mean7` and `ets`, blended           ([`crate::blend`], [`crate::day_totals`])
//! stretch  = at 50, 80 and 95 %, from how far off past centers were             ([`crate::ranges`])
//! weight of a past error = closeness of its lead / the fourth root of its lead,  age halving in 30 days
//! ```
//!
//! Errors of one day seen from many midnights are not many errors; hence the division. A past center is that of its own
//! midnight: shifted by what days before it had taught. `theta` is measured against and not used: it drifts along the
//! straight line through all days, and was far off where that line bent.

use crate::{
    blend::{Prior, blended},
    correction::days_with_sessions,
    day_totals::{Day, Guess, Plain, days, whole_ml},
    habit::{Habit, coming},
    observed::{Observed, Reading, Session},
    ranges::{Offsets, Stretch},
};
use jiff::{ToSpan, civil::Date};
use letdown_fit::{
    log::Log,
    posterior::Posterior,
    predict::{Outlook, quantile_of_sorted},
    steps::Remover,
};
use letdown_model::random::Random;
use std::collections::BTreeMap;

/// Leads at which past midnights are asked (days).
pub const LEADS: [usize; 4] = [1, 3, 7, 14];
/// How many futures are lived through from a past midnight.
pub const FUTURES: usize = 100;
/// How many draws learn from past midnights.
pub const DRAWS: usize = 25;
const DAYS_BACK: i64 = 60;
/// Every second midnight teaches.
const EVERY_DAYS: i32 = 2;
const FADES_DAYS: f64 = 30.0 / std::f64::consts::LN_2;
/// Leads that teach one another: the spread of their ratio (log).
const LEADS_ALIKE: f64 = 0.8;
const SHIFT_FADES_DAYS: f64 = 14.0;
const SHIFT_CAUTION: f64 = 4.0;
/// The futures, the same shifted, then `mean7` and `ets`.
const PRIOR: Prior<4> =
    Prior { weights: [0.3, 0.25, 0.1, 0.35], twins: 2, pull: 1.0, evidence: 1.0, kept: 0.4 };
const SEED: u64 = 20_261_126;

/// One day seen from one midnight.
#[derive(Clone, Debug, PartialEq)]
pub struct DayAhead {
    /// The day of the midnight.
    pub origin: Date,
    /// How many days ahead; the day of the midnight itself is 1 ahead.
    pub lead: usize,
    /// The day.
    pub day: Date,
    /// What the futures brought (mL), in ascending order.
    pub samples_ml: Vec<f64>,
    /// The plain guesses.
    pub guesses: Option<[Guess; 3]>,
}

impl DayAhead {
    /// The volume (mL) below which a share `p` (0 to 1) of the futures lies.
    pub fn quantile(&self, p: f64) -> f64 {
        quantile_of_sorted(&self.samples_ml, p)
    }
}

/// The median of the futures, the same shifted, and the plain guesses (mL); where there are none, the median in all places.
fn each_ml(median_ml: f64, shift_ml: f64, guesses: Option<[Guess; 3]>) -> [f64; 4] {
    guesses.map_or([median_ml; 4], |[mean7, ets, _]| {
        [median_ml, (median_ml + shift_ml).max(0.0), mean7.ml, ets.ml]
    })
}

/// The plain guesses of every midnight, worked out once.
#[derive(Clone, Debug)]
pub struct PlainDays {
    /// The days of the log.
    pub days: BTreeMap<Date, Day>,
    at: BTreeMap<Date, Option<Plain>>,
}

impl PlainDays {
    /// Of a log.
    pub fn of(observed: &Observed) -> Self {
        Self { days: days(observed), at: BTreeMap::new() }
    }

    /// The plain guesses at a midnight; only days before it are looked at.
    pub fn guesses(&mut self, origin: Date, lead: usize) -> Option<[Guess; 3]> {
        let days = &self.days;
        let plain = self.at.entry(origin).or_insert_with(|| Plain::at(days, origin));
        plain.as_ref().map(|plain| plain.guesses(lead))
    }
}

/// The midnights to learn from that lie before `origin`, every second day back from it.
pub fn earlier_midnights(observed: &Observed, origin: Date) -> Vec<Date> {
    let Some(first) = observed.sessions.first().map(Session::day) else { return Vec::new() };
    // A habit needs a whole day, and the first one is not.
    let from = origin.saturating_sub(DAYS_BACK.days()).max(first.saturating_add(3.days()));
    let all = days_with_sessions(observed, from, origin.saturating_sub(1.days()));
    all.into_iter().filter(|day| (origin - *day).get_days() % EVERY_DAYS == 0).collect()
}

/// Some days ahead, from the midnights of some days; each midnight knows what began before it.
pub fn days_ahead(
    observed: &Observed,
    reading: &Reading,
    posterior: &Posterior,
    midnights: &[Date],
    asked: Asked<'_>,
    plain: &mut PlainDays,
) -> Vec<DayAhead> {
    let Some(log) = observed.fit_log(reading) else { return Vec::new() };
    let from = |origin: &Date| from_midnight(observed, &log, posterior, *origin, asked, plain);
    midnights.iter().flat_map(from).collect()
}

/// What is asked at a midnight.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// How many days ahead.
    pub leads: &'a [usize],
    /// How many futures are lived through.
    pub futures: usize,
}

impl Asked<'static> {
    /// What a past midnight is asked to learn from it.
    pub const TO_LEARN: Self = Self { leads: &LEADS, futures: FUTURES };
}

fn from_midnight(
    observed: &Observed,
    log: &Log,
    posterior: &Posterior,
    origin: Date,
    Asked { leads, futures: count }: Asked<'_>,
    plain: &mut PlainDays,
) -> Vec<DayAhead> {
    let midnight = observed.day_start(origin);
    let known = observed.before(midnight);
    let known = Observed { now: midnight.to_zoned_datetime(known.zone()), ..known };
    let habit = Habit::of(&known);
    let furthest = leads.iter().copied().max().unwrap_or(0);
    if !habit.is_known() || furthest == 0 {
        return Vec::new();
    }
    let outlook = Outlook::at(posterior, log, observed.hour_of(midnight));
    let mut random = Random::seeded(SEED);
    let mut totals: BTreeMap<Date, Vec<f64>> = leads
        .iter()
        .map(|lead| {
            let days = i64::try_from(*lead).unwrap_or(i64::MAX).saturating_sub(1);
            (origin.saturating_add(days.days()), vec![0.0; count])
        })
        .collect();
    let mut courses = Vec::with_capacity(count);
    let mut drawn = habit.courses();
    let futures = outlook.futures(count, &mut random, |random| {
        let course = drawn.draw(&known.now, furthest as u32 - 1, random);
        let plan = coming(observed, &course);
        courses.push(course);
        plan
    });
    for (i, (course, future)) in courses.iter().zip(&futures).enumerate() {
        let pumped = course.iter().filter(|likely| likely.by != Remover::Baby);
        for (likely, ml) in pumped.zip(&future.output_ml) {
            if let Some(total) = totals.get_mut(&likely.at.date()).and_then(|t| t.get_mut(i)) {
                *total += ml;
            }
        }
    }
    let ahead = |(day, mut samples_ml): (Date, Vec<f64>)| {
        samples_ml.sort_by(f64::total_cmp);
        let lead = (day - origin).get_days() as usize + 1;
        DayAhead { origin, lead, day, samples_ml, guesses: plain.guesses(origin, lead) }
    };
    totals.into_iter().map(ahead).collect()
}

/// What one day taught, seen from one midnight.
#[derive(Clone, Copy, Debug)]
struct Lesson {
    origin: Date,
    day: Date,
    lead: usize,
    came_ml: f64,
    median_ml: f64,
    guesses: Option<[Guess; 3]>,
    offsets: Offsets,
}

/// What was learned from past midnights.
#[derive(Clone, Debug)]
pub struct DayCorrection {
    lessons: Vec<Lesson>,
    origin: Date,
}

impl DayCorrection {
    /// What is to be learned from days before `origin`.
    pub fn learned<'a>(
        ahead: impl IntoIterator<Item = &'a DayAhead>,
        days: &BTreeMap<Date, Day>,
        origin: Date,
    ) -> Self {
        let lesson = |a: &DayAhead| {
            let (came_ml, median_ml) = (whole_ml(days, a.day)?, a.quantile(0.5));
            let offsets = Offsets::of(|p| a.quantile(p));
            let (guesses, lead) = (a.guesses, a.lead);
            Some(Lesson { origin: a.origin, day: a.day, lead, came_ml, median_ml, guesses, offsets })
        };
        let lessons = ahead.into_iter().filter(|a| a.day < origin).filter_map(lesson).collect();
        Self { lessons, origin }
    }

    /// What is known of days so far ahead.
    pub fn at(&self, lead: usize) -> AtLead {
        let alike: Vec<f64> = self.lessons.iter().map(|l| alike(l.lead, lead)).collect();
        let judged = |(lesson, share): (&Lesson, &f64)| {
            let shift_ml = self.shift_ml(&alike, lesson.origin);
            let each_ml = each_ml(lesson.median_ml, shift_ml, lesson.guesses);
            (share * faded(lesson.day, self.origin, FADES_DAYS), each_ml)
        };
        let judged: Vec<(f64, [f64; 4])> = self.lessons.iter().zip(&alike).map(judged).collect();
        let each = || self.lessons.iter().zip(&judged);
        let weights = PRIOR.after(each().map(|(l, (w, guesses))| (*w, guesses.map(|ml| l.came_ml - ml))));
        let miss = |(l, (w, guesses)): (&Lesson, &(f64, [f64; 4]))| {
            (l.offsets.misses(l.came_ml - blended(&weights, guesses), 0.0), *w)
        };
        let stretch = Stretch::of_few(&each().map(miss).collect::<Vec<_>>());
        AtLead { weights, shift_ml: self.shift_ml(&alike, self.origin), stretch }
    }

    /// How far the median is moved at a midnight, by the days that were over (mL); `alike` says what each lesson counts for.
    fn shift_ml(&self, alike: &[f64], origin: Date) -> f64 {
        let (mut sum, mut whole) = (0.0, SHIFT_CAUTION);
        for (lesson, alike) in self.lessons.iter().zip(alike).filter(|(l, _)| l.day < origin) {
            let weight = alike * faded(lesson.day, origin, SHIFT_FADES_DAYS);
            sum += weight * (lesson.came_ml - lesson.median_ml);
            whole += weight;
        }
        sum / whole
    }
}

/// What an error so far ahead counts for a day so far ahead.
fn alike(lead: usize, other: usize) -> f64 {
    let apart = (lead as f64 / other.max(1) as f64).ln() / LEADS_ALIKE;
    (-0.5 * apart * apart).exp() / (lead as f64).sqrt().sqrt()
}

fn faded(day: Date, origin: Date, fades_days: f64) -> f64 {
    (-f64::from((origin - day).get_days()) / fades_days).exp()
}

/// What was learned of days so far ahead.
#[derive(Clone, Copy, Debug)]
pub struct AtLead {
    weights: [f64; 4],
    shift_ml: f64,
    stretch: Stretch,
}

impl AtLead {
    /// No correction.
    pub const NONE: Self = Self { weights: [1.0, 0.0, 0.0, 0.0], shift_ml: 0.0, stretch: Stretch::NONE };

    /// What ranges are multiplied by.
    pub fn stretch(&self) -> &Stretch {
        &self.stretch
    }

    /// A corrected quantile `p` (mL) of a day that is given by its quantiles (mL).
    pub fn put_right(&self, quantile_ml: impl Fn(f64) -> f64, guesses: Option<[Guess; 3]>, p: f64) -> f64 {
        let center_ml = blended(&self.weights, &each_ml(quantile_ml(0.5), self.shift_ml, guesses));
        self.stretch.quantile(center_ml, quantile_ml, p)
    }
}
