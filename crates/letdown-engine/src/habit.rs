//! When she usually pumps and nurses: her own days, taken as patterns for days to come.
//!
//! A day to come is one of her days of the last weeks: how many sessions, at which hours, how long. Which of her days it is
//! like is seen in several ways ([`crate::likeness`]): the last days, the last week or two, days of the same sort (working day
//! or weekend), days of the same name. Each way weighs as it has foreseen her past days, so that a session that was dropped
//! stays dropped, and a week that has a pattern keeps it.
//!
//! Where days hold fewer and fewer sessions, as in weaning, that goes on ([`crate::fewer`]). A future session that would
//! follow another more closely than she ever does is left out.

use crate::{
    fewer::Fewer,
    likeness::{Known, Likeness},
    observed::{Observed, Session, What, clock_h, hours},
};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Time},
    tz::TimeZone,
};
use letdown_fit::{predict::Coming, steps::Remover};
use letdown_journal::moment::{self, Moment};
use letdown_model::random::Random;
use std::collections::BTreeMap;

/// A habit is known when one of so many days back holds a session.
const DAYS_BACK: i32 = 14;
/// How many days back ways of seeing are tried.
const DAYS_LOOKED_AT: i32 = 63;

/// Her recent days as patterns.
#[derive(Clone, Debug)]
pub struct Habit {
    zone: TimeZone,
    likeness: Likeness,
    fewer: Fewer,
    /// The shortest gap that is usual for her (h).
    shortest_gap_h: f64,
    last: Option<Timestamp>,
    known: bool,
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
        let days = whole_days(observed, today);
        let known = days.iter().any(|d| !d.sessions.is_empty() && (today - d.date).get_days() <= DAYS_BACK);
        let likeness = Likeness::of(if known { days } else { Vec::new() }, today);
        let fewer = Fewer::of(likeness.days(), today);
        let last = observed.sessions.last().map(|s| s.at.timestamp());
        Self { zone, likeness, fewer, shortest_gap_h: shortest_gap_h(observed), last, known }
    }

    /// Whether there is any day to take as a pattern.
    pub fn is_known(&self) -> bool {
        self.known
    }

    /// One course of days to come: what is left of today, then `days` whole days.
    pub fn draw(&self, now: &Moment, days: u32, random: &mut Random) -> Vec<Likely> {
        self.courses().draw(now, days, random)
    }

    /// Many of them.
    pub fn courses(&self) -> Courses<'_> {
        Courses { habit: self, placed: BTreeMap::new() }
    }

    /// Her most typical days, as the days to come.
    pub fn typical(&self, now: &Moment, days: u32) -> Vec<Likely> {
        let today = now.timestamp().to_zoned_datetime(self.zone.clone()).date();
        let day = |ahead: u32| today.checked_add(i64::from(ahead).days()).ok();
        let on = |day: Date| {
            let pattern = self.likeness.most_typical(day);
            pattern.into_iter().flat_map(move |p| p.sessions.iter().map(move |(time, by)| (day, *time, *by)))
        };
        let course = (0..=days).filter_map(day).flat_map(on);
        self.spaced(now, course.map(|(day, time, by)| self.on(day, time, by)).collect())
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
}

/// Draws courses of days to come; where a day and an hour lie in time is looked up once.
#[derive(Debug)]
pub struct Courses<'h> {
    habit: &'h Habit,
    placed: BTreeMap<(Date, Time), Moment>,
}

impl Courses<'_> {
    /// As [`Habit::draw`].
    pub fn draw(&mut self, now: &Moment, days: u32, random: &mut Random) -> Vec<Likely> {
        let Habit { zone, likeness, fewer, .. } = self.habit;
        let today = now.timestamp().to_zoned_datetime(zone.clone()).date();
        let (view, chance) = (likeness.view(random), random.uniform());
        let mut course = Vec::new();
        for ahead in 0..=days {
            let Ok(day) = today.checked_add(i64::from(ahead).days()) else { break };
            let Some(pattern) = likeness.pick(view, day, random) else { continue };
            for (time, by) in fewer.kept(pattern, day, chance) {
                let at = self.placed.entry((day, time)).or_insert_with(|| self.habit.on(day, time, by).at);
                course.push(Likely { at: at.clone(), by });
            }
        }
        self.habit.spaced(now, course)
    }
}

/// Her days before today, the first of the log left out, since it rarely began at its midnight. Days without a session lie
/// between those that have some.
fn whole_days(observed: &Observed, today: Date) -> Vec<Known> {
    let lengths = observed.lengths_vary();
    let mut days: BTreeMap<Date, Known> = BTreeMap::new();
    let first = observed.sessions.first().map(Session::day);
    for session in &observed.sessions {
        let day = session.day();
        let back = (today - day).get_days();
        if (1..=DAYS_LOOKED_AT).contains(&back) && Some(day) != first {
            let known = days.entry(day).or_insert_with(|| Known::empty(day));
            known.sessions.push((session.at.time(), remover(session, lengths)));
        }
    }
    let (Some(from), Some(to)) = (days.keys().next().copied(), days.keys().next_back().copied()) else {
        return Vec::new();
    };
    let all = from.series(1.day()).take_while(|day| *day <= to);
    all.map(|date| days.remove(&date).unwrap_or_else(|| Known::empty(date))).collect()
}

/// A course of sessions as a fit's futures take them.
pub(crate) fn coming(observed: &Observed, course: &[Likely]) -> Vec<Coming> {
    course
        .iter()
        .map(|likely| Coming { at_h: observed.hour_of(likely.at.timestamp()), by: likely.by })
        .collect()
}

/// Where lengths are fitted, a session to come is as long as the one it is like.
fn remover(session: &Session, lengths: bool) -> Remover {
    match session.what {
        What::Pump { .. } => Remover::Pump(session.trusted_minutes().filter(|_| lengths)),
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

/// The hour that a clock shows (h).
pub(crate) fn clock(time: Time) -> f64 {
    f64::from(time.hour()) + f64::from(time.minute()) / 60.0
}

/// The clock hour of a likely session (h).
pub(crate) fn clock_of(likely: &Likely) -> f64 {
    clock_h(&likely.at)
}
