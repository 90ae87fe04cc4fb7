//! Every clamp of a plan, and where it stops: the only file that holds them.
//!
//! | rule | what it says |
//! |---|---|
//! | `red_flag` | where the log holds a red flag there is no schedule, but whom to call |
//! | `no_more_pumping` | a hard, red or sore breast, or very much milk: no plan asks for more pumping, and one that would has no schedule |
//! | `most_sessions` | at most 12 pump sessions a day |
//! | `longest_session` | at most 30 minutes a session |
//! | `widest_gap` | in the first 14 days after a birth no gap above 5 hours, unless she weans |
//! | `slow_weaning` | at most one session fewer in 3 days when weaning |
//! | `old_data` | a log older than 48 hours says so |
//!
//! A search is told of them, so that it looks for plans that keep them; what it found is held to them once more
//! ([`kept`]), so that no mistake elsewhere can pass. A plan never names a drug: it has no words for one.

use super::{
    answer::{Limit, Planned},
    request::Goal,
};
pub use crate::limits::{LONGEST_MIN, MOST_SESSIONS, OLD_H};
use crate::{
    observed::{Observed, hours, midnight},
    red_flags::red_flags,
};
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use letdown_journal::{fold::Folded, moment::Moment};

/// Within so many days at most one session is given up when weaning.
pub const DAYS_A_SESSION: i64 = 3;
/// The widest gap between two removals in the first days (h), and how many days these are.
pub const WIDEST_EARLY_H: f64 = 5.0;
const EARLY_DAYS: i64 = 14;
/// The least distance between the beginnings of two pump sessions (quarter hours).
pub(super) const CLOSEST_SLOTS: u8 = 6;

/// What holds for a woman and her goal at an hour.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// Why there is no schedule, and whom to ask.
    pub stops: Vec<Limit>,
    /// Why no plan asks for more pumping: sentences.
    pub no_more: Vec<String>,
    /// Until when no gap may be wide.
    pub early_until: Option<Timestamp>,
}

impl Limits {
    /// Those of a journal at an hour.
    pub fn of(journal: &Folded, observed: &Observed, goal: Goal) -> Self {
        let flags = red_flags(journal, observed);
        let mut stops: Vec<Limit> = flags.always.into_iter().map(red_flag).collect();
        if goal != Goal::Wean {
            stops.extend(flags.unless_weaning.into_iter().map(red_flag));
        }
        // More milk is more pumping; and a breast that is sore is no breast to leave full for longer.
        if matches!(goal, Goal::Raise | Goal::Stash | Goal::Retrain | Goal::Wean) {
            let sore_only = flags.more_pumping.iter().filter(|_| goal != Goal::Wean || flags.sore);
            stops.extend(sore_only.cloned().map(no_more_pumping));
        }
        let early = observed.birth.and_then(|day| day.checked_add(EARLY_DAYS.days()).ok());
        let early_until = early.map(|day| midnight(day, &observed.zone()));
        let is_ahead = |until: &Timestamp| observed.now.timestamp() < *until && goal != Goal::Wean;
        Self { stops, no_more: flags.more_pumping, early_until: early_until.filter(is_ahead) }
    }
}

fn red_flag(text: String) -> Limit {
    Limit { rule: "red_flag", text }
}

pub(super) fn no_more_pumping(text: String) -> Limit {
    Limit { rule: "no_more_pumping", text }
}

/// Every how many days a session is given up, so that the last is gone after `days`, and after how many it is.
pub(super) fn weaning(sessions: usize, days: i64) -> (i64, i64) {
    let sessions = i64::try_from(sessions.max(1)).unwrap_or(1);
    let each = (days / sessions).max(DAYS_A_SESSION);
    (each, each * sessions)
}

/// A schedule that keeps every limit, and what had to be changed for it.
///
/// `before` is when milk was last removed, `ends` when the plan does, `nursings` when a baby is likely to drink, `usual` how many pump sessions and
/// minutes her days have now, in that order.
pub(super) fn kept(
    limits: &Limits,
    mut rows: Vec<Planned>,
    (now, before, ends): (&Moment, Option<Timestamp>, Timestamp),
    nursings: &[Timestamp],
    usual: (usize, f64),
) -> (Vec<Planned>, Vec<Limit>) {
    if !limits.stops.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let mut hit = Vec::new();
    rows.sort_by_key(|row| row.at.timestamp());
    for row in &mut rows {
        row.minutes = row.minutes.clamp(1.0, LONGEST_MIN);
    }
    space(&mut rows);
    if let Some(until) = limits.early_until {
        let from = before.unwrap_or(now.timestamp());
        if bridge(&mut rows, (now, from, until.min(ends)), nursings) {
            hit.push(widest_gap());
        }
    }
    if thin(&mut rows, MOST_SESSIONS) {
        hit.push(most_sessions());
    }
    if !limits.no_more.is_empty() {
        let (sessions, minutes) = usual;
        thin(&mut rows, sessions);
        shorten(&mut rows, minutes);
    }
    (rows, hit)
}

/// Moves sessions apart that a change of the clocks brought together.
fn space(rows: &mut [Planned]) {
    let least = SignedDuration::from_mins(30);
    for place in 1..rows.len() {
        let soonest = rows[place - 1].at.saturating_add(least);
        if rows[place].at < soonest {
            rows[place].at = soonest.with_time_zone(rows[place].at.time_zone().clone());
        }
    }
}

/// Adds sessions where a gap is too wide, until `until`. Whether there was any.
fn bridge(
    rows: &mut Vec<Planned>,
    (now, from, until): (&Moment, Timestamp, Timestamp),
    nursings: &[Timestamp],
) -> bool {
    let widest = SignedDuration::from_secs((WIDEST_EARLY_H * 3_600.0) as i64);
    let mut added = Vec::new();
    let mut last = from;
    let mut removals: Vec<Timestamp> = rows.iter().map(|row| row.at.timestamp()).collect();
    removals.extend(nursings.iter().filter(|at| **at > now.timestamp()));
    removals.sort();
    for at in removals.into_iter().chain([until]) {
        while last < until && at.duration_since(last) > widest {
            // In the middle, where that is soon enough and still ahead.
            let gap = at.duration_since(last);
            let half = SignedDuration::from_secs(gap.as_secs() / 2);
            let next = if half <= widest { last + half } else { last + widest };
            let soonest = now.timestamp() + SignedDuration::from_mins(1);
            let next = next.max(soonest);
            if next >= at || next >= until {
                break;
            }
            added.push(next);
            last = next;
        }
        last = last.max(at);
    }
    let any = !added.is_empty();
    let like = rows.first().map_or(15.0, |row| row.minutes);
    // On the clock that she has then: that of the session before.
    let zone = |at: Timestamp| {
        let before = rows.iter().rfind(|row| row.at.timestamp() <= at).or(rows.first());
        before.map_or(now, |row| &row.at).time_zone().clone()
    };
    let added: Vec<Planned> =
        added.into_iter().map(|at| Planned::new(Moment::new(at, zone(at)), like)).collect();
    rows.extend(added);
    rows.sort_by_key(|row| row.at.timestamp());
    any
}

/// Days on the clock of the first session: a day on which she changes zones may be half as long again on hers.
fn days_at_home(rows: &[Planned]) -> impl Fn(&Planned) -> Date + use<> {
    let zone = rows.first().map(|row| row.at.time_zone().clone());
    move |row| match &zone {
        Some(zone) => row.at.timestamp().to_zoned_datetime(zone.clone()).date(),
        None => row.at.date(),
    }
}

/// Takes sessions away from days that hold more than `most`, each time the one whose neighbours lie closest.
fn thin(rows: &mut Vec<Planned>, most: usize) -> bool {
    let day_of = days_at_home(rows);
    let mut any = false;
    let mut day = 0;
    while day < rows.len() {
        let date = day_of(&rows[day]);
        let end = rows[day..].iter().take_while(|row| day_of(row) == date).count() + day;
        if end - day <= most {
            day = end;
            continue;
        }
        let room = |i: usize| {
            let at = |i: usize| rows.get(i).map(|row| row.at.timestamp());
            let before = i.checked_sub(1).and_then(at).unwrap_or(Timestamp::MIN);
            at(i + 1).unwrap_or(Timestamp::MAX).duration_since(before)
        };
        let closest = (day..end).min_by_key(|i| room(*i)).unwrap_or(day);
        rows.remove(closest);
        any = true;
    }
    any
}

/// Shortens the sessions of days that ask for more minutes than `most_min`.
fn shorten(rows: &mut [Planned], most_min: f64) {
    let day_of = days_at_home(rows);
    let dates: std::collections::BTreeSet<_> = rows.iter().map(&day_of).collect();
    for date in dates {
        let of_day = |row: &&mut Planned| day_of(row) == date;
        let minutes: f64 = rows.iter().filter(|row| day_of(row) == date).map(|row| row.minutes).sum();
        if minutes > most_min {
            rows.iter_mut().filter(of_day).for_each(|row| row.minutes *= most_min / minutes);
        }
    }
}

pub(super) fn most_sessions() -> Limit {
    Limit { rule: "most_sessions", text: format!("No day holds more than {MOST_SESSIONS} pump sessions.") }
}

pub(super) fn longest_session() -> Limit {
    Limit { rule: "longest_session", text: format!("No session is longer than {LONGEST_MIN:.0} minutes.") }
}

pub(super) fn widest_gap() -> Limit {
    let text = "In the first 14 days after a birth no gap is wider than 5 hours, not at night either: supply is being made \
                then."
        .to_owned();
    Limit { rule: "widest_gap", text }
}

pub(super) fn slow_weaning(days: i64) -> Limit {
    let text = format!(
        "One session fewer in {DAYS_A_SESSION} days and no faster, so that breasts can follow: the last one goes after \
         {days} days."
    );
    Limit { rule: "slow_weaning", text }
}

/// Whether the log is old, as a limit.
pub(super) fn old_data(data_age_h: Option<f64>) -> Option<Limit> {
    let age_h = data_age_h.filter(|h| *h > OLD_H)?;
    let text = format!("Your newest session is {:.0} days old, and so is this plan.", age_h / 24.0);
    Some(Limit { rule: "old_data", text })
}

/// Hours from one instant to another.
pub(super) fn apart_h(from: Timestamp, to: Timestamp) -> f64 {
    hours(from, to)
}
