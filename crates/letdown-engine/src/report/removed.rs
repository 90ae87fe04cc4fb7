//! Milk taken: how often, how long, how much. Days on which nothing was logged count for nothing.

use super::{
    given::{Given, Window},
    seen::Seen,
};
use crate::{
    Range,
    numbers::tenth,
    observed::{Session, What, hours},
};
use jiff::civil::Date;
use serde::Serialize;

/// Milk taken, over the days that the page looks at.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Removed {
    /// The days, the oldest first.
    pub days: Vec<Day>,
    /// Pump sessions a day.
    pub pumpings_per_day: Option<Seen>,
    /// Minutes at the pump a day, of days on which every session has its minutes.
    pub pump_minutes_per_day: Option<Seen>,
    /// Minutes of a pump session.
    pub session_minutes: Option<Seen>,
    /// Output of a day (mL), of days on which every pump session has a volume.
    pub output_ml_per_day: Option<Seen>,
    /// The same of her usual days: of eight weeks, where ten days or more of them are whole; 8 of 10 lie within.
    pub usual_output_ml: Option<Range>,
    /// Output of a pump session (mL).
    pub session_ml: Option<Seen>,
    /// Nursings a day.
    pub nursings_per_day: Option<Seen>,
    /// The longest time of a day between two removals of any kind (h).
    pub longest_gap_h: Option<Seen>,
    /// Days on which a pump session lacks a volume, or has one that cannot be taken at its word.
    pub days_in_part: usize,
}

/// One day as it was logged.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Day {
    /// The day, on her calendar.
    pub date: String,
    /// Whether milk was logged at all.
    pub logged: bool,
    /// Output (mL) of the sessions whose volume is known; `null` where none is.
    pub output_ml: Option<f64>,
    /// Whether every pump session has a volume.
    pub whole: bool,
    /// Pump sessions.
    pub pumpings: usize,
    /// Nursings.
    pub nursings: usize,
    /// Milk expressed by hand.
    pub by_hand: usize,
}

pub(super) fn removed(given: &Given<'_>) -> Removed {
    let days: Vec<Day> = given.days.days().map(|date| day(given, date)).collect();
    let sessions: Vec<&Session> = within(given, given.days);
    let logged = || days.iter().filter(|day| day.logged);
    let any = |count: &dyn Fn(&Day) -> usize| logged().any(|day| count(day) > 0);
    let counts = |count: &dyn Fn(&Day) -> usize| {
        any(count).then(|| Seen::of(logged().map(|day| count(day) as f64).collect())).flatten()
    };
    let whole = logged().filter(|day| day.whole && day.pumpings > 0).filter_map(|day| day.output_ml);
    Removed {
        pumpings_per_day: counts(&|day| day.pumpings),
        pump_minutes_per_day: Seen::of(pump_minutes(given)),
        session_minutes: Seen::of(sessions.iter().filter_map(|s| minutes(s)).collect()),
        output_ml_per_day: Seen::of(whole.collect()),
        usual_output_ml: usual_output_ml(given),
        session_ml: Seen::of(sessions.iter().filter_map(|s| volume(s)).collect()),
        nursings_per_day: counts(&|day| day.nursings),
        longest_gap_h: Seen::of(longest_gaps(given)),
        days_in_part: logged().filter(|day| day.pumpings > 0 && !day.whole).count(),
        days,
    }
}

fn within<'a>(given: &'a Given<'_>, days: Window) -> Vec<&'a Session> {
    given.observed.sessions.iter().filter(|s| days.holds(s.day())).collect()
}

fn day(given: &Given<'_>, date: Date) -> Day {
    let sessions = within(given, Window { from: date, to: date });
    let volumes: Vec<f64> = sessions.iter().filter_map(|s| volume(s)).collect();
    let pumpings = sessions.iter().filter(|s| s.is_pump()).count();
    let is = |of: fn(&What) -> bool| sessions.iter().filter(|s| of(&s.what)).count();
    Day {
        date: date.to_string(),
        logged: given.logged.contains(&date),
        output_ml: (!volumes.is_empty()).then(|| tenth(volumes.iter().sum())),
        whole: volumes.len() == pumpings,
        pumpings,
        nursings: is(|what| matches!(what, What::Nurse { .. })),
        by_hand: is(|what| matches!(what, What::Hand { .. })),
    }
}

/// Days that say what is usual, and the fewest whole ones of them.
const USUAL_DAYS: i32 = 56;
const FEWEST_USUAL: usize = 10;

fn usual_output_ml(given: &Given<'_>) -> Option<Range> {
    let whole = given.days.back(USUAL_DAYS).days().map(|date| day(given, date));
    let mut ml: Vec<f64> = whole.filter(|d| d.whole && d.pumpings > 0).filter_map(|d| d.output_ml).collect();
    (ml.len() >= FEWEST_USUAL).then(|| Range::of_samples(&mut ml))
}

/// Output of a pump session (mL), where it is taken at its word.
fn volume(session: &Session) -> Option<f64> {
    session.output_ml().filter(|_| !session.doubtful)
}

fn minutes(session: &Session) -> Option<f64> {
    match session.what {
        What::Pump { minutes, .. } => minutes.filter(|m| *m > 0.0 && !session.length_doubtful),
        What::Nurse { .. } | What::Hand { .. } => None,
    }
}

/// Minutes at the pump of each day on which every session has them.
fn pump_minutes(given: &Given<'_>) -> Vec<f64> {
    let of_day = |date| {
        let sessions = within(given, Window { from: date, to: date });
        let pumps: Vec<Option<f64>> = sessions.iter().filter(|s| s.is_pump()).map(|s| minutes(s)).collect();
        if pumps.is_empty() { None } else { pumps.into_iter().sum::<Option<f64>>() }
    };
    given.days.days().filter_map(of_day).collect()
}

/// Of each logged day, the longest time from one removal to the next that ends on it (h).
fn longest_gaps(given: &Given<'_>) -> Vec<f64> {
    let sessions = &given.observed.sessions;
    let of_day = |date: &Date| {
        let ends = sessions.iter().zip(sessions.iter().skip(1)).filter(|(_, next)| next.day() == *date);
        let gaps = ends.map(|(one, next)| hours(one.at.timestamp(), next.at.timestamp()));
        gaps.max_by(f64::total_cmp).filter(|h| *h < 24.0)
    };
    given.logged.iter().filter_map(of_day).collect()
}
