//! When she usually pumps and nurses: her recent days, taken as patterns for days to come.
//!
//! A day to come is one of her last 14 days with any session, drawn with a weight that halves every 5 days back, so that
//! both the number of sessions and their hours carry her own variety. Nothing is assumed about days of the week. A future
//! session that would follow another more closely than she ever does is left out.

use crate::observed::{Observed, Session, What, clock_h, hours};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Time},
    tz::TimeZone,
};
use letdown_fit::{belief::Remover, predict::Coming};
use letdown_journal::moment::{self, Moment};
use letdown_model::random::Random;
use std::collections::BTreeMap;

/// How many days back patterns are taken from, and in how many days a pattern's weight halves.
const DAYS_BACK: i32 = 14;
const HALF_LIFE_DAYS: f64 = 5.0;

/// Her recent days as patterns.
#[derive(Clone, Debug)]
pub struct Habit {
    zone: TimeZone,
    patterns: Vec<Pattern>,
    /// The shortest gap that is usual for her (h).
    shortest_gap_h: f64,
    last: Option<Timestamp>,
}

/// One of her days: clock times and what was done.
#[derive(Clone, Debug)]
struct Pattern {
    weight: f64,
    sessions: Vec<(Time, Remover)>,
}

/// A session that may come.
#[derive(Clone, Debug)]
pub struct Likely {
    /// When.
    pub at: Moment,
    /// By what.
    pub by: Remover,
}

impl Habit {
    /// The habit in a log.
    pub fn of(observed: &Observed) -> Self {
        let zone = observed.zone();
        let today = observed.now.timestamp().to_zoned_datetime(zone.clone()).date();
        let mut days: BTreeMap<Date, Vec<(Time, Remover)>> = BTreeMap::new();
        let first = observed.sessions.first().map(Session::day);
        for session in &observed.sessions {
            let day = session.day();
            let back = (today - day).get_days();
            // Today is not over, and the first day of a log rarely began at its midnight.
            if (1..=DAYS_BACK).contains(&back) && Some(day) != first {
                days.entry(day).or_default().push((session.at.time(), remover(session)));
            }
        }
        let pattern = |(day, sessions): (Date, Vec<(Time, Remover)>)| {
            let back = f64::from((today - day).get_days());
            Pattern { weight: (-back / HALF_LIFE_DAYS * std::f64::consts::LN_2).exp(), sessions }
        };
        Self {
            zone,
            patterns: days.into_iter().map(pattern).collect(),
            shortest_gap_h: shortest_gap_h(observed),
            last: observed.sessions.last().map(|s| s.at.timestamp()),
        }
    }

    /// Whether there is any day to take as a pattern.
    pub fn is_known(&self) -> bool {
        !self.patterns.is_empty()
    }

    /// One course of days to come: what is left of today, then `days` whole days.
    pub fn draw(&self, now: &Moment, days: u32, random: &mut Random) -> Vec<Likely> {
        let today = now.timestamp().to_zoned_datetime(self.zone.clone()).date();
        let mut course = Vec::new();
        for ahead in 0..=days {
            let Ok(day) = today.checked_add(i64::from(ahead).days()) else { break };
            let Some(pattern) = self.pick(random) else { break };
            course.extend(pattern.sessions.iter().map(|(time, by)| self.on(day, *time, *by)));
        }
        self.spaced(now, course)
    }

    /// Her most typical day, as the days to come.
    pub fn typical(&self, now: &Moment, days: u32) -> Vec<Likely> {
        let today = now.timestamp().to_zoned_datetime(self.zone.clone()).date();
        let Some(pattern) = self.most_typical() else { return Vec::new() };
        let day = |ahead: u32| today.checked_add(i64::from(ahead).days()).ok();
        let on = |day: Date| pattern.sessions.iter().map(move |(time, by)| self.on(day, *time, *by));
        self.spaced(now, (0..=days).filter_map(day).flat_map(on).collect())
    }

    fn on(&self, day: Date, time: Time, by: Remover) -> Likely {
        Likely { at: moment::place(day.to_datetime(time), &self.zone).at, by }
    }

    /// Only what lies ahead, and not too close behind another.
    fn spaced(&self, now: &Moment, course: Vec<Likely>) -> Vec<Likely> {
        let mut last = self.last;
        course
            .into_iter()
            .filter(|likely| {
                let at = likely.at.timestamp();
                let room = last.is_none_or(|l| hours(l, at) >= self.shortest_gap_h);
                let fits = at > now.timestamp() && room;
                if fits {
                    last = Some(at);
                }
                fits
            })
            .collect()
    }

    fn pick(&self, random: &mut Random) -> Option<&Pattern> {
        let whole: f64 = self.patterns.iter().map(|p| p.weight).sum();
        let mut left = random.uniform() * whole;
        self.patterns.iter().find(|p| {
            left -= p.weight;
            left < 0.0
        })
    }

    /// Of the days with the usual number of sessions, the one whose hours lie closest to those of the others.
    fn most_typical(&self) -> Option<&Pattern> {
        let usual = self.usual_count()?;
        let alike: Vec<&Pattern> = self.patterns.iter().filter(|p| p.sessions.len() == usual).collect();
        let distance = |a: &Pattern, b: &Pattern| -> f64 {
            a.sessions.iter().zip(&b.sessions).map(|(x, y)| (clock(x.0) - clock(y.0)).abs()).sum()
        };
        let far = |p: &Pattern| alike.iter().map(|other| other.weight * distance(p, other)).sum::<f64>();
        alike.iter().min_by(|a, b| far(a).total_cmp(&far(b))).copied()
    }

    /// The number of sessions a day with the greatest weight.
    fn usual_count(&self) -> Option<usize> {
        let mut weights: BTreeMap<usize, f64> = BTreeMap::new();
        for pattern in &self.patterns {
            *weights.entry(pattern.sessions.len()).or_default() += pattern.weight;
        }
        weights.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(count, _)| count)
    }
}

/// A course of sessions as a fit's futures take them.
pub(crate) fn coming(observed: &Observed, course: &[Likely]) -> Vec<Coming> {
    course
        .iter()
        .map(|likely| Coming { at_h: observed.hour_of(likely.at.timestamp()), by: likely.by })
        .collect()
}

fn remover(session: &Session) -> Remover {
    match session.what {
        // Lengths are not planned: a session to come is as long as hers usually are.
        What::Pump { .. } => Remover::Pump(None),
        What::Nurse { .. } | What::Hand { .. } => Remover::Baby,
    }
}

/// Half of the gap that one in ten of hers fall short of, within the last two weeks (h).
fn shortest_gap_h(observed: &Observed) -> f64 {
    let from = observed.now.timestamp();
    let recent =
        observed.sessions.iter().filter(|s| hours(s.at.timestamp(), from) < 24.0 * f64::from(DAYS_BACK));
    let starts: Vec<Timestamp> = recent.map(|s| s.at.timestamp()).collect();
    let mut gaps: Vec<f64> = starts.windows(2).map(|pair| hours(pair[0], pair[1])).collect();
    gaps.sort_by(f64::total_cmp);
    let tenth = letdown_fit::predict::quantile_of_sorted(&gaps, 0.1);
    if tenth.is_finite() { 0.5 * tenth } else { 0.5 }
}

fn clock(time: Time) -> f64 {
    f64::from(time.hour()) + f64::from(time.minute()) / 60.0
}

/// The clock hour of a likely session (h).
pub(crate) fn clock_of(likely: &Likely) -> f64 {
    clock_h(&likely.at)
}
