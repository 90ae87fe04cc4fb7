//! Which of her days a day to come is like.
//!
//! Several views, each a weight for every one of her days before: by age, by the sort of day, by its name. What a view would
//! have said of a past day is held against that day:
//!
//! ```text
//! foreseen = sum w exp(-unlike) / sum w,     unlike: sessions of either day without one of the other at about its hour
//! a view   ~ prior product foreseen^a,       a halving in 10 days
//! ```
//!
//! A view that keeps to the last days wins soon after a change, one that knows the week where weeks have a pattern, one that
//! looks far back where days differ by chance only.

use crate::habit::clock;
use jiff::civil::{Date, Time, Weekday};
use letdown_fit::steps::Remover;
use letdown_model::random::Random;
use std::collections::BTreeMap;

/// One of her days.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub date: Date,
    /// That of the date: two of them are subtracted far quicker than two dates.
    number: i32,
    /// What was done, in order of time.
    pub sessions: Vec<(Time, Remover)>,
}

impl Known {
    /// A day without a session.
    pub(crate) fn empty(date: Date) -> Self {
        Self { date, number: number(date), sessions: Vec::new() }
    }
}

/// Days since the first of January 1970.
fn number(date: Date) -> i32 {
    (date - Date::constant(1970, 1, 1)).get_days()
}

/// A way to see which days are alike.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View {
    days: Days,
    half_life_days: f64,
    back_days: i32,
    prior: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Days {
    All,
    /// Working days, or those of the weekend.
    SameSort,
    SameName,
}

const fn view(days: Days, half_life_days: f64, back_days: i32, prior: f64) -> View {
    View { days, half_life_days, back_days, prior }
}

const VIEWS: [View; 6] = [
    view(Days::All, 5.0, 14, 0.4),
    view(Days::All, 1.5, 14, 0.25),
    view(Days::All, 14.0, 28, 0.1),
    view(Days::SameSort, 10.0, 28, 0.12),
    view(Days::SameSort, 2.0, 14, 0.05),
    view(Days::SameName, 14.0, 35, 0.08),
];

/// How far back days are held against what a view foresaw, and in how many days their weight halves.
const JUDGED_DAYS: i32 = 21;
const JUDGED_HALF_LIFE_DAYS: f64 = 10.0;
/// What nothing foresees still happens.
const NEVER: f64 = 1e-3;
/// Sessions so far apart are at about the same hour (h).
const ABOUT_H: f64 = 1.5;
/// A sort of day that was empty so often, and never was not, stays empty.
const EMPTY_TIMES: usize = 2;

/// Her days, and how much each view weighs.
#[derive(Clone, Debug)]
pub(crate) struct Likeness {
    days: Vec<Known>,
    weights: [f64; VIEWS.len()],
}

impl Likeness {
    /// From her days in order, today being the day behind them.
    pub(crate) fn of(days: Vec<Known>, today: Date) -> Self {
        let mut score = VIEWS.map(|view| view.prior.ln());
        let today = number(today);
        for (i, day) in days.iter().enumerate() {
            let age = today - day.number;
            if age > JUDGED_DAYS || i == 0 {
                continue;
            }
            let faded = half_lives(age, JUDGED_HALF_LIFE_DAYS);
            for (score, view) in score.iter_mut().zip(VIEWS) {
                *score += faded * view.foreseen(&days[..i], day).max(NEVER).ln();
            }
        }
        let most = score.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let weights = score.map(|s| (s - most).exp());
        let sum: f64 = weights.iter().sum();
        Self { days, weights: weights.map(|w| w / sum) }
    }

    pub(crate) fn days(&self) -> &[Known] {
        &self.days
    }

    /// A view, drawn by its weight.
    pub(crate) fn view(&self, random: &mut Random) -> View {
        drawn(VIEWS.into_iter().zip(self.weights), random).unwrap_or(VIEWS[0])
    }

    /// The day of hers that a day to come is like, drawn; `None` when it is to be a day without sessions.
    pub(crate) fn pick(&self, view: View, day: Date, random: &mut Random) -> Option<&Known> {
        drawn(view.weighted(&self.days, day).into_iter(), random)
    }

    /// By all views, of the days with the usual number of sessions the one whose hours lie closest to those of the others.
    pub(crate) fn most_typical(&self, day: Date) -> Option<&Known> {
        let mut weights: BTreeMap<Date, (&Known, f64)> = BTreeMap::new();
        let mut empty = 0.0;
        for (view, weight) in VIEWS.into_iter().zip(self.weights) {
            let each = view.weighted(&self.days, day);
            let sum: f64 = each.iter().map(|(_, w)| w).sum();
            if each.is_empty() {
                empty += weight;
            }
            for (known, w) in each {
                weights.entry(known.date).or_insert((known, 0.0)).1 += weight * w / sum;
            }
        }
        let each: Vec<(&Known, f64)> = weights.into_values().collect();
        let usual = usual_count(&each).filter(|_| empty < 0.5)?;
        let alike: Vec<&(&Known, f64)> = each.iter().filter(|(k, _)| k.sessions.len() == usual).collect();
        let far = |k: &Known| alike.iter().map(|(other, w)| w * hours_apart(k, other)).sum::<f64>();
        let closest = alike.iter().min_by(|a, b| far(a.0).total_cmp(&far(b.0)))?;
        Some(closest.0)
    }
}

impl View {
    /// The days that a day is like, with their weights; none where it is to have no session.
    fn weighted<'d>(&self, before: &'d [Known], day: Date) -> Vec<(&'d Known, f64)> {
        let of_day = number(day);
        let newest = before.last().map_or(of_day, |known| known.number);
        let within = |known: &&Known| newest - known.number < self.back_days;
        let alike = before.iter().filter(within).filter(|known| self.days.are_alike(known.date, day));
        let (full, empty): (Vec<&Known>, Vec<&Known>) = alike.partition(|known| !known.sessions.is_empty());
        if full.is_empty() && (self.days == Days::All || empty.len() < EMPTY_TIMES) {
            let all = View { days: Days::All, ..*self };
            return if self.days == Days::All { Vec::new() } else { all.weighted(before, day) };
        }
        let weight = |known: &Known| half_lives(of_day - known.number, self.half_life_days);
        full.into_iter().map(|known| (known, weight(known))).collect()
    }

    /// How well a day was foreseen (0 to 1).
    fn foreseen(&self, before: &[Known], day: &Known) -> f64 {
        let each = self.weighted(before, day.date);
        if each.is_empty() {
            return if day.sessions.is_empty() { 1.0 } else { 0.0 };
        }
        let whole: f64 = each.iter().map(|(_, w)| w).sum();
        each.iter().map(|(known, w)| w * (-(unlike(known, day) as f64)).exp()).sum::<f64>() / whole
    }
}

impl Days {
    fn are_alike(self, a: Date, b: Date) -> bool {
        match self {
            Self::All => true,
            Self::SameSort => is_weekend(a) == is_weekend(b),
            Self::SameName => a.weekday() == b.weekday(),
        }
    }
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

fn half_lives(days: i32, half_life_days: f64) -> f64 {
    (-f64::from(days) / half_life_days * std::f64::consts::LN_2).exp()
}

/// How many sessions of two days have none of the other day at about their hour.
fn unlike(a: &Known, b: &Known) -> usize {
    let (mut i, mut j, mut alone) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.sessions.get(i), b.sessions.get(j)) {
        let apart = clock(x.0) - clock(y.0);
        if apart.abs() <= ABOUT_H {
            alone += usize::from((x.1 == Remover::Baby) != (y.1 == Remover::Baby));
            (i, j) = (i + 1, j + 1);
        } else if apart < 0.0 {
            (i, alone) = (i + 1, alone + 1);
        } else {
            (j, alone) = (j + 1, alone + 1);
        }
    }
    alone + (a.sessions.len() - i) + (b.sessions.len() - j)
}

/// Of two days with as many sessions (h).
fn hours_apart(a: &Known, b: &Known) -> f64 {
    a.sessions.iter().zip(&b.sessions).map(|(x, y)| (clock(x.0) - clock(y.0)).abs()).sum()
}

/// The number of sessions a day with the greatest weight.
fn usual_count(each: &[(&Known, f64)]) -> Option<usize> {
    let mut weights: BTreeMap<usize, f64> = BTreeMap::new();
    for (known, weight) in each {
        *weights.entry(known.sessions.len()).or_default() += weight;
    }
    weights.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(count, _)| count)
}

fn drawn<T: Copy>(each: impl Iterator<Item = (T, f64)> + Clone, random: &mut Random) -> Option<T> {
    let mut left = random.uniform() * each.clone().map(|(_, w)| w).sum::<f64>();
    let found = each.clone().find(|(_, w)| {
        left -= w;
        left < 0.0
    });
    found.or_else(|| each.last()).map(|(of, _)| of)
}
