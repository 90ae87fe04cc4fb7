//! Whatever the journey: no gap on the way is too long, no day moves by more than two hours, and there the clock is followed.

#![allow(clippy::cast_possible_wrap, reason = "small numbers of chance become small numbers of minutes")]

use super::{
    day::{Day, Room, Sitting},
    frame::{Frame, Hers},
    journey::{A_DAY_H, Journey, Moved, widest_h},
    limits::Limits,
    request::{Goal, Request},
    travel::Travel,
};
use crate::observed::Observed;
use jiff::{SignedDuration, Timestamp};
use letdown_journal::{
    fold::Folded,
    moment::{self, Moment},
};
use letdown_model::random::Random;

/// From any of these to any other.
const ZONES: [&str; 8] = [
    "Europe/Berlin",
    "Asia/Tokyo",
    "America/Los_Angeles",
    "Pacific/Auckland",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Honolulu",
    "Africa/Johannesburg",
];

fn day(random: &mut Random) -> Day {
    let count = 4 + random.below(6);
    let step = 96 / count;
    let at = |i: usize| (i * step + random.below(step - 7)) as u8;
    let slots: Vec<u8> = (0..count).map(at).collect();
    Day::of(slots.into_iter().map(|slot| Sitting { slot, minutes: 15, massage: false }).collect())
}

struct Case {
    now: Moment,
    travel: Travel,
    journey: Journey,
    day: Day,
    moved: Moved,
    safe_h: f64,
}

fn case(number: u64) -> Case {
    let random = &mut Random::stream(11, number);
    let zone = moment::zone(ZONES[random.below(ZONES.len())]).unwrap();
    let day_of = ["2026-03-20", "2026-10-20", "2026-03-30", "2026-12-20"][random.below(4)];
    let now: jiff::civil::DateTime = format!("{day_of}T10:07").parse().unwrap();
    let now = moment::place(now, &zone).at;
    let observed = Observed::at(&Folded::default(), &now);
    let departs = now.saturating_add(SignedDuration::from_mins(200 + random.below(9_000) as i64));
    let travel = Travel {
        departs: departs.datetime(),
        hours: 0.5 + random.below(50) as f64 / 2.0,
        zone: ZONES[random.below(ZONES.len())].into(),
    };
    let journey = Journey::of(&travel, &observed).unwrap();
    let request = Request { travel: Some(travel.clone()), ..Request::of(Goal::Hold) };
    let (limits, hers) = (Limits::default(), Hers::of(&observed));
    let days = request.days(now.date(), Some(journey.last_day())).unwrap();
    let frame = Frame::of(&request, &observed, (&limits, &hers), days);
    let (day, safe_h) = (day(random), 3.0 + random.below(9) as f64 / 2.0);
    let moved = journey.moved(&frame.calendar, (&day, &Room::whole()), None, safe_h);
    Case { now, travel, journey, day, moved, safe_h }
}

fn hours(from: Timestamp, to: Timestamp) -> f64 {
    to.duration_since(from).as_secs_f64() / 3_600.0
}

#[test]
fn on_the_way_no_gap_is_longer_than_is_safe() {
    let mut thinned = 0;
    for number in 0..20_000 {
        let case = case(number);
        let what = || format!("case {number}: {:?} from {}, {:?}", case.travel, case.now, case.day);
        let arrives = moment::place(case.travel.departs, case.now.time_zone()).at.timestamp()
            + SignedDuration::try_from_secs_f64(case.travel.hours * 3_600.0).unwrap();
        let departs = arrives - SignedDuration::try_from_secs_f64(case.travel.hours * 3_600.0).unwrap();
        let rows = &case.moved.rows;
        for pair in rows.windows(2) {
            let (a, b) = (pair[0].at.timestamp(), pair[1].at.timestamp());
            let gap_h = hours(a, b);
            assert!(0.75 <= gap_h, "{}: {gap_h} h before {b}", what());
            if a < arrives && departs < b {
                assert!(gap_h <= case.safe_h + 1e-9, "{}: {gap_h} h before {b}", what());
                thinned += usize::from(gap_h > case.safe_h - 1.0);
            }
        }
        // The clock at home until she arrives, then the clock there.
        for row in rows {
            let zone = if row.at.timestamp() < arrives {
                case.now.time_zone().clone()
            } else {
                moment::zone(&case.travel.zone).unwrap()
            };
            assert_eq!(row.at.time_zone(), &zone, "{}", what());
        }
    }
    assert!(thinned > 1_000, "{thinned} gaps are about as long as they may be");
}

#[test]
fn a_day_moves_by_two_hours_at_most_and_then_the_clock_there_is_followed() {
    for number in 0..20_000 {
        let case = case(number);
        let what = || format!("case {number}: {:?} from {}, {:?}", case.travel, case.now, case.day);
        let there = case.moved.there.unwrap_or_else(|| panic!("{}: never there", what()));
        let clocks: Vec<u8> = case.day.0.iter().map(|s| s.slot).collect();
        let zone = moment::zone(&case.travel.zone).unwrap();
        let behind = case.moved.rows.iter().filter(|row| there <= row.at.timestamp());
        let mut followed = 0;
        for row in
            behind.filter(|row| case.journey.arrives + SignedDuration::from_hours(12) < row.at.timestamp())
        {
            let at = row.at.timestamp().to_zoned_datetime(zone.clone());
            let slot = at.hour() as u8 * 4 + at.minute() as u8 / 15;
            let midnights = [at.start_of_day().unwrap(), at.tomorrow().unwrap().start_of_day().unwrap()];
            let changed = midnights[0].offset() != midnights[1].offset();
            assert!(clocks.contains(&slot) || changed, "{}: {at}", what());
            followed += 1;
        }
        assert!(followed > 0, "{}: nothing follows the clock there", what());
        let shifts: Vec<(Timestamp, f64)> =
            case.moved.shifts.iter().copied().filter(|(at, _)| *at < there).collect();
        for (i, (at, shift_h)) in shifts.iter().enumerate() {
            let before = shifts[..i].iter().rev().find(|(before, _)| 24.0 <= hours(*before, *at) + 2.1);
            if let Some((_, before_h)) = before {
                let moved_h = (shift_h - before_h).abs();
                assert!(moved_h <= 2.0 * A_DAY_H + 0.25, "{}: {moved_h} h at {at}", what());
            }
        }
        // In all it takes as many days as two hours a day make.
        let begins = moment::place(case.journey.from.at(0, 0, 0, 0), case.now.time_zone()).at.timestamp();
        let days = hours(begins, there) / 24.0;
        let shift_h = case.journey.shift_h();
        let most = (shift_h.abs() / A_DAY_H).ceil() + shift_h / 24.0 + 1.0;
        // A change of the clocks on the way may make it an hour more or less.
        assert!(most - 2.7 <= days && days <= most + 1.1, "{}: {days} days, not {most}", what());
        assert!(widest_h(&case.day, &Room::whole()) > 0.0);
    }
}
