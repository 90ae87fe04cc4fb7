//! No input makes a plan break its limits: whatever the log, whatever is asked, whatever a search might find.
//!
//! The rules are written here once more, from the text of `docs/safety.md` and on their own: dates and hours only.

#![allow(clippy::cast_possible_wrap, reason = "small numbers of chance become small numbers of days")]

use super::{
    answer::Planned,
    day::{Day, SLOTS, Sitting},
    frame::{Frame, Hers},
    journey::Journey,
    limits::{Limits, kept},
    request::{Break, Goal, Request, Stretch},
    search::{Candidate as _, Farewell, Free},
    travel::Travel,
};
use crate::observed::Observed;
use jiff::{SignedDuration, ToSpan, civil::Time};
use letdown_journal::{
    author::Author,
    body::{Baby, Body, Nurse, Pump, Symptom, SymptomKind},
    fold::Folded,
    moment::{self, Moment},
    volume::Output,
};
use letdown_model::random::Random;
use std::collections::BTreeMap;

const CASES: u64 = 100_000;
const ZONES: [&str; 4] = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo"];

/// Hours around changes of the clocks, and any.
fn now(random: &mut Random) -> Moment {
    let zone = moment::zone(ZONES[random.below(ZONES.len())]).unwrap();
    let day = ["2026-03-20", "2026-10-20", "2026-04-02", "2026-11-24"][random.below(4)];
    let day: jiff::civil::Date = day.parse().unwrap();
    let day = day.checked_add((random.below(14) as i64).days()).unwrap();
    moment::place(day.to_datetime(time(random)), &zone).at
}

fn time(random: &mut Random) -> Time {
    Time::new(random.below(24) as i8, random.below(60) as i8, 0, 0).unwrap()
}

/// Some days of sessions, a birth, a symptom: cheap, and as odd as a log may be.
fn journal(random: &mut Random, now: &Moment) -> Folded {
    let mut bodies = Vec::new();
    let (a_day, days) = (random.below(16), random.below(5));
    let nursed = random.below(3);
    for i in 0..a_day * days {
        let back = 24.0 * 60.0 * (i / a_day.max(1)) as f64 + 1440.0 / a_day as f64 * (i % a_day) as f64;
        let at = now.saturating_sub(SignedDuration::from_mins(30 + back as i64 + random.below(40) as i64));
        if i % 3 < nursed {
            bodies.push(Body::Nurse(Nurse::at(at)));
        } else {
            let total = Output::ml([0.0, 60.0, 120.0, 400.0][random.below(4)]).unwrap();
            let minutes = [10.0, 20.0, 45.0][random.below(3)];
            bodies.push(Body::Pump(Pump { total: Some(total), minutes: Some(minutes), ..Pump::at(at) }));
        }
    }
    if random.below(2) == 0 {
        let born = now.date().checked_sub((random.below(20) as i64).days()).unwrap();
        let at = now.saturating_sub(SignedDuration::from_hours(1));
        bodies.push(Body::Baby(Baby { born: Some(born), ..Baby::at(at) }));
    }
    if random.below(5) == 0 {
        let at = now.saturating_sub(SignedDuration::from_hours(3));
        let fever = [None, Some(39.0)][random.below(2)];
        bodies.push(Body::Symptom(Symptom {
            temperature_c: fever,
            ..Symptom::at(at, SymptomKind::Engorgement)
        }));
    }
    let mut author = Author::new("phone").unwrap();
    let entries = bodies.iter().enumerate().map(|(i, body)| author.put(body, 1_000, [i as u8; 10]));
    Folded::of(entries)
}

/// A journey that begins within the next days.
fn travel(random: &mut Random, now: &Moment) -> Travel {
    let zones = ["Asia/Tokyo", "Pacific/Auckland", "America/Los_Angeles", "Asia/Kathmandu", "Europe/London"];
    let departs = now.saturating_add(SignedDuration::from_mins(200 + random.below(12_000) as i64));
    Travel {
        departs: departs.datetime(),
        hours: 0.5 + random.below(40) as f64 / 2.0,
        zone: zones[random.below(zones.len())].into(),
    }
}

fn request(random: &mut Random, now: &Moment) -> Request {
    let goal = Goal::ALL[random.below(6)].1;
    let mut request = Request::of(goal);
    let stretch = |random: &mut Random| Stretch { from: time(random), until: time(random) };
    request.sleep = (random.below(2) == 0).then(|| stretch(random)).filter(|s| s.from != s.until);
    if goal == Goal::Work {
        request.away = Some(stretch(random)).filter(|s| s.from != s.until);
        request.commute_min = random.below(200) as f64;
        let some = random.below(3);
        request.breaks =
            (0..some).map(|_| Break { at: time(random), minutes: 5.0 + random.below(60) as f64 }).collect();
    }
    request.most_sessions = (random.below(4) == 0).then(|| 1 + random.below(30));
    let travels = matches!(goal, Goal::Raise | Goal::Hold | Goal::Stash) && random.below(3) == 0;
    request.travel = travels.then(|| travel(random, now));
    request
}

/// Whatever a search might find, and what it never could.
fn found(random: &mut Random, (frame, hers): (&Frame, &Hers), goal: Goal) -> Vec<Day> {
    if goal == Goal::Wean {
        let day = frame.first[0].clone();
        let first = Farewell { order: (0..day.0.len()).collect(), day, shorter: true };
        return first.moved(&frame.rooms, random).days();
    }
    if random.below(3) == 0 {
        let any = |random: &mut Random| Sitting {
            slot: random.below(usize::from(SLOTS)) as u8,
            minutes: random.below(200) as u8,
            massage: random.below(2) == 0,
        };
        let count = random.below(30);
        return frame.first.iter().map(|_| Day::of((0..count).map(|_| any(random)).collect())).collect();
    }
    let mut free =
        Free { days: frame.first.clone(), open: frame.free.clone(), massage: true, usual: hers.length() };
    for _ in 0..random.below(8) {
        free = free.moved(&frame.rooms, random);
    }
    free.days
}

#[test]
fn hold_for_a_hundred_thousand_logs_and_wishes() {
    let (mut planned, mut travelled) = (0, 0);
    for case in 0..CASES {
        let random = &mut Random::stream(7, case);
        let now = now(random);
        let journal = journal(random, &now);
        let observed = Observed::at(&journal, &now);
        let request = request(random, &now);
        let limits = Limits::of(&journal, &observed, request.goal);
        let hers = Hers::of(&observed);
        let days = 1 + random.below(12) as i64;
        let frame = Frame::of(&request, &observed, (&limits, &hers), days);
        let chosen = found(random, (&frame, &hers), request.goal);
        let last = observed.sessions.last().map(|s| s.at.timestamp());
        let journey = request.travel.as_ref().map(|travel| Journey::of(travel, &observed).unwrap());
        let usual = (hers.day.0.len(), hers.day.minutes());
        let (rows, nursed) = if let Some(journey) = &journey {
            let moved = journey.moved(&frame.calendar, (&chosen[0], &frame.rooms[0]), last, 3.0);
            (moved.rows, moved.nursed)
        } else {
            (frame.calendar.sessions(&chosen), frame.calendar.nursed(&frame.rooms))
        };
        let (rows, _) = kept(&limits, rows, (&now, last, frame.calendar.ends()), &nursed, usual);
        planned += usize::from(!rows.is_empty());
        travelled += usize::from(journey.is_some() && !rows.is_empty());
        let what = || format!("case {case}: {request:?} at {now}");
        assert!(limits.stops.is_empty() || rows.is_empty(), "{}", what());
        let is_sore = journal.alive().any(|entry| entry.kind == "symptom");
        if is_sore && matches!(request.goal, Goal::Raise | Goal::Stash | Goal::Wean) {
            assert!(rows.is_empty(), "{}", what());
        }
        assert!(rows.iter().all(|row| row.minutes <= 30.0 && row.at > now), "{}", what());
        let a_day = by_day(&rows, &now);
        assert!(a_day.values().all(|(sessions, _)| *sessions <= 12), "{}: {a_day:?}", what());
        if is_sore {
            let most =
                |(sessions, minutes): &(usize, f64)| *sessions <= usual.0 && *minutes <= usual.1 + 1e-6;
            assert!(a_day.values().all(most), "{}: {a_day:?} beyond {usual:?}", what());
        }
        if request.goal == Goal::Wean && !rows.is_empty() {
            slow(&frame, &a_day, &what());
        }
        let born =
            journal.alive().find_map(|e| if let Ok(Some(Body::Baby(b))) = e.body() { b.born } else { None });
        // On the way home a sore breast keeps its sessions, and they are no more than they were.
        let wants_more = request.goal.wants_more() && !(is_sore && request.goal == Goal::Home);
        if let Some(born) = born.filter(|_| wants_more && limits.stops.is_empty()) {
            close(&rows, &nursed, (&now, last, frame.calendar.ends()), born, &what());
        }
    }
    assert!(travelled > CASES as usize / 10, "{travelled} of {CASES} cases held a journey");
    assert!(planned > CASES as usize / 2, "{planned} of {CASES} cases held a schedule");
}

/// By days on the clock at home, also while she travels.
fn by_day(rows: &[Planned], now: &Moment) -> BTreeMap<jiff::civil::Date, (usize, f64)> {
    let mut days = BTreeMap::new();
    for row in rows {
        let date = row.at.with_time_zone(now.time_zone().clone()).date();
        let day: &mut (usize, f64) = days.entry(date).or_default();
        day.0 += 1;
        day.1 += row.minutes;
    }
    days
}

/// Of three days in a row no two bring a session fewer.
fn slow(frame: &Frame, a_day: &BTreeMap<jiff::civil::Date, (usize, f64)>, what: &str) {
    let count = |date| a_day.get(date).map_or(0, |day| day.0);
    let whole: Vec<usize> = frame.calendar.dates.iter().skip(1).map(count).collect();
    for days in whole.windows(4) {
        assert!(days[0] <= days[3] + 1, "{what}: {whole:?}");
    }
}

/// No gap above five hours in the first fourteen days.
fn close(
    rows: &[Planned],
    nursed: &[jiff::Timestamp],
    (now, last, ends): (&Moment, Option<jiff::Timestamp>, jiff::Timestamp),
    born: jiff::civil::Date,
    what: &str,
) {
    let zone = now.time_zone();
    let until = moment::place(born.checked_add(14.days()).unwrap().at(0, 0, 0, 0), zone).at.timestamp();
    let mut removals: Vec<jiff::Timestamp> = rows.iter().map(|row| row.at.timestamp()).collect();
    removals.extend(nursed.iter().filter(|at| now.timestamp() < **at));
    removals.sort();
    let mut before = last.unwrap_or(now.timestamp());
    for at in removals.into_iter().chain([ends]) {
        let gap_h = at.duration_since(before).as_secs_f64() / 3_600.0;
        // What has passed already cannot be made good; then the next session is due at once.
        let overdue = before < now.timestamp() && at.duration_since(now.timestamp()).as_secs() <= 120;
        assert!(
            until <= before || until <= at || gap_h <= 5.0 + 1e-6 || overdue,
            "{what}: {gap_h} h before {at}"
        );
        before = at;
    }
}
