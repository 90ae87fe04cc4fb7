//! Fewer and fewer sessions a day: weaning goes on.
//!
//! ```text
//! slope = what 6 in 10 pairs of her days of the last three weeks fall by at least (sessions a day)
//! gone  = slope (days since the pattern) , later days counting for less and less: 0.95 each
//! ```
//!
//! One step down is no trend: at most every second pair of days lies across it. Two steps are. More and more sessions are
//! not foreseen.

use crate::{habit::clock, likeness::Known};
use jiff::civil::{Date, Time};
use letdown_fit::steps::Remover;

const DAYS_BACK: i32 = 21;
/// The share of pairs that must fall by the slope.
const PAIRS: f64 = 0.6;
/// The fewest days that show a slope.
const FEWEST_DAYS: usize = 7;
/// What is left of the slope after each further day.
const FADES: f64 = 0.95;

/// How many sessions a day fall away.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fewer {
    today: Date,
    per_day: f64,
}

impl Fewer {
    /// From her days before today.
    pub(crate) fn of(days: &[Known], today: Date) -> Self {
        let recent: Vec<(f64, f64)> = days
            .iter()
            .filter(|d| (today - d.date).get_days() <= DAYS_BACK && !d.sessions.is_empty())
            .map(|d| (f64::from((today - d.date).get_days()), d.sessions.len() as f64))
            .collect();
        let pairs = recent.iter().enumerate().flat_map(|(i, a)| recent[..i].iter().map(move |b| (a, b)));
        let mut falls: Vec<f64> =
            pairs.map(|(later, before)| (before.1 - later.1) / (before.0 - later.0)).collect();
        falls.sort_by(f64::total_cmp);
        let fall = letdown_fit::predict::quantile_of_sorted(&falls, 1.0 - PAIRS);
        Self { today, per_day: if recent.len() >= FEWEST_DAYS { fall.max(0.0) } else { 0.0 } }
    }

    /// What is left of a pattern's sessions on a day to come, at least one; `chance` (0 to 1) decides where it lies between
    /// two numbers.
    pub(crate) fn kept(&self, pattern: &Known, day: Date, chance: f64) -> Vec<(Time, Remover)> {
        let mut sessions = pattern.sessions.clone();
        let since = f64::from((self.today - pattern.date).get_days());
        let ahead = f64::from((day - self.today).get_days().max(0));
        let fading = (1.0 - FADES.powf(ahead)) / (1.0 - FADES);
        let gone = (self.per_day * (since + fading) + chance).floor() as usize;
        for _ in 0..gone.min(sessions.len().saturating_sub(1)) {
            if let Some(least) = least_missed(&sessions) {
                sessions.remove(least);
            }
        }
        sessions
    }
}

/// The session with the shortest way from the one before to the one behind it, around the clock.
fn least_missed(sessions: &[(Time, Remover)]) -> Option<usize> {
    let n = sessions.len();
    let hour = |i: usize| sessions.get(i % n).map_or(0.0, |s| clock(s.0));
    let around = |i: usize| (hour(i + 1) - hour(i + n - 1)).rem_euclid(24.0);
    (0..n).min_by(|a, b| around(*a).total_cmp(&around(*b)))
}
