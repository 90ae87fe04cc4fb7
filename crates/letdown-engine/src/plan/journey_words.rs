//! A journey in plain words: its days, one by one while sessions move, and what is said of it.

use super::{
    Base,
    answer::{Alike, Line, Planned, Reason},
    day::Day,
    journey::{A_DAY_H, Journey, Moved},
    limits::apart_h,
    words::{self, short},
};
use crate::numbers::tenth;
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use serde::Serialize;

/// A journey within a plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Journeyed {
    /// When she leaves, on the clock at home.
    pub departs: String,
    /// When she arrives, on the clock there.
    pub arrives: String,
    /// The zone at home, and that there.
    pub home_zone: String,
    /// The zone in which she arrives.
    pub zone: String,
    /// How far sessions move in all (h): earlier below 0.
    pub shift_h: f64,
    /// From this day on they are at the same hours of the clock there.
    pub aligned_from: String,
    /// The longest gap that is taken to be safe on the way (h).
    pub safe_gap_h: f64,
    /// The longest gap that touches the way (h).
    pub longest_gap_h: f64,
    /// In plain words.
    pub says: String,
}

/// What is said of a journey.
pub(super) fn journeyed(journey: &Journey, moved: &Moved, rows: &[Planned], safe_h: f64) -> Journeyed {
    let mut told = Journeyed {
        departs: journey.departs.to_zoned_datetime(journey.home.clone()).to_string(),
        arrives: journey.moment(journey.arrives).to_string(),
        home_zone: name(&journey.home),
        zone: journey.zone.clone(),
        shift_h: journey.shift_h(),
        aligned_from: aligned_from(journey, moved).to_string(),
        safe_gap_h: tenth(safe_h),
        longest_gap_h: tenth(longest_h(journey, moved, rows)),
        says: String::new(),
    };
    told.says = says(journey, &told, aligned_from(journey, moved));
    told
}

fn name(zone: &TimeZone) -> String {
    zone.iana_name().unwrap_or("home").to_owned()
}

/// The longest gap between two removals of which a part lies on the way (h).
fn longest_h(journey: &Journey, moved: &Moved, rows: &[Planned]) -> f64 {
    let mut all: Vec<Timestamp> = rows.iter().map(|row| row.at.timestamp()).collect();
    all.extend(&moved.nursed);
    all.sort();
    let pairs = all.windows(2).filter(|pair| pair[0] < journey.arrives && journey.departs < pair[1]);
    pairs.map(|pair| apart_h(pair[0], pair[1])).fold(0.0, f64::max)
}

/// The first whole day on the clock there.
fn aligned_from(journey: &Journey, moved: &Moved) -> Date {
    let first = moved.there.unwrap_or(journey.arrives).max(journey.arrives);
    let day = |at: Timestamp| at.to_zoned_datetime(journey.there.clone()).date();
    day(first).saturating_add(1.days())
}

/// The days of a plan with a journey: as at home, then one by one, then as at home on the clock there.
pub(super) fn days(
    base: &Base<'_>,
    journey: &Journey,
    moved: &Moved,
    rows: &[Planned],
    day: &Day,
) -> Vec<Alike> {
    let hers = base.frame.hers.first().cloned().unwrap_or_default();
    let usual = words::lines(day, &hers, base.request.goal);
    let tomorrow = base.frame.calendar.dates.get(1).copied().unwrap_or(journey.from);
    let mut days = Vec::new();
    if tomorrow < journey.from {
        let when = format!("until {}", short(journey.from.saturating_sub(1.days())));
        days.push(Alike { when, sessions: usual.clone() });
    }
    let aligned = aligned_from(journey, moved);
    let dates = rows.chunk_by(|a, b| a.at.date() == b.at.date());
    for of_day in dates.filter(|of_day| {
        of_day.first().is_some_and(|row| journey.from <= row.at.date() && row.at.date() < aligned)
    }) {
        let when = of_day.first().map_or_else(String::new, |row| short(row.at.date()));
        let sessions = of_day.iter().map(|row| line(journey, moved, row)).collect();
        days.push(Alike { when, sessions });
    }
    let at_home = |line: &Line| {
        let at = line.clock.parse().ok().map(|clock| {
            let there = letdown_journal::moment::place(aligned.to_datetime(clock), &journey.there).at;
            clock_of(there.timestamp(), &journey.home)
        });
        Line { home: at, ..line.clone() }
    };
    let sessions = usual.iter().map(at_home).collect();
    days.push(Alike { when: format!("from {}", short(aligned)), sessions });
    days
}

fn line(journey: &Journey, moved: &Moved, row: &Planned) -> Line {
    let at = row.at.timestamp();
    let shift_h = moved.shifts.iter().find(|(moved, _)| *moved == at).map(|(_, shift_h)| *shift_h);
    let mut said = Vec::new();
    if journey.is_on_the_way(at) {
        said.push("on the way".to_owned());
    }
    match shift_h {
        None => said.push("so that no gap is too long".into()),
        Some(0.0) => said.push("as at home".into()),
        Some(h) if h < 0.0 => said.push(format!("{} earlier", length(-h))),
        Some(h) => said.push(format!("{} later", length(h))),
    }
    Line {
        clock: row.at.strftime("%H:%M").to_string(),
        minutes: row.minutes,
        technique: row.massage.then_some("massage"),
        why: said.join(", "),
        home: (journey.arrives <= at).then(|| clock_of(at, &journey.home)),
    }
}

fn clock_of(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned_datetime(zone.clone()).strftime("%H:%M").to_string()
}

/// "2 h", "1 h 15 min", "45 min".
fn length(hours: f64) -> String {
    let minutes = (hours * 60.0).round() as i64;
    match (minutes / 60, minutes % 60) {
        (0, m) => format!("{m} min"),
        (h, 0) => format!("{h} h"),
        (h, m) => format!("{h} h {m} min"),
    }
}

fn says(journey: &Journey, told: &Journeyed, aligned: Date) -> String {
    let there = journey.zone.rsplit('/').next().unwrap_or_default().replace('_', " ");
    let moved = match told.shift_h {
        0.0 => format!("The clock in {there} shows the same hours as at home, so yours stay."),
        h => format!(
            "In {there} it is {} {} than at home, counted the shorter way around. From {} on your sessions move {}, at most \
             {A_DAY_H:.0} h a day. From {} on they are at the same hours as at home, on the clock there.",
            length(h.abs()),
            if h < 0.0 { "later" } else { "earlier" },
            short(journey.from),
            if h < 0.0 { "to earlier hours" } else { "to later hours" },
            short(aligned)
        ),
    };
    format!(
        "{moved} On the way the longest gap is {}; up to {} is taken to be safe for you.",
        length(told.longest_gap_h),
        length(told.safe_gap_h)
    )
}

/// Why a journey is planned so.
pub(super) fn reasons() -> Vec<Reason> {
    let reason = |text: &str, source, grade| Reason { text: text.into(), source, grade };
    vec![
        reason(
            "Two hours a day is a judged number: no study moved pump sessions from zone to zone.",
            "docs/plan.md",
            "model",
        ),
        reason(
            "A gap on the way is no longer than the longest of your usual day. It ends before a breast is over nine tenths \
             full, by the model.",
            "docs/plan.md",
            "model",
        ),
    ]
}
