//! The same day in another zone: how sessions move there, some of the way each day, and what is done on the way.
//!
//! A plan's day is told by the clock. It is lived by the clock at home until the day before she leaves; from then on every
//! session moves toward the same hour of the clock there, by the shorter way around, at most [`A_DAY_H`] in a day. Going
//! east days become shorter, and the longest gaps give most; going west they become longer, and gaps take as much as lies
//! between them and the longest of her usual day. Once there, the clock there is followed, its changes too.
//!
//! On the way as few sessions as can be: one is left out while the gap around it stays within what is safe ([`safe_gap_h`]),
//! and where a gap is longer than that one is put in. Two hours a day is judged: no study of it was found.

use super::{
    answer::Planned,
    calendar::{Calendar, time},
    day::{Day, Room, SLOTS_PER_H, Sitting, around},
    limits::apart_h,
    travel::Travel,
    women::{Course, Does, Event, Women},
};
use crate::{EngineError, error::said, observed::Observed};
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date, tz::TimeZone};
use letdown_journal::moment::{self, Moment};

/// The most that sessions move in a day (h).
pub(super) const A_DAY_H: f64 = 2.0;
/// Going east no gap becomes shorter than this (h).
const CLOSE_H: f64 = 1.75;
/// A quarter of an hour (s).
const QUARTER_S: i64 = 900;

/// A journey on her calendar.
#[derive(Clone, Debug)]
pub(super) struct Journey {
    pub home: TimeZone,
    pub there: TimeZone,
    pub zone: String,
    pub departs: Timestamp,
    pub arrives: Timestamp,
    /// The day at home from which on sessions move.
    pub from: Date,
    /// Days by which the calendar there goes ahead, by the shorter way around.
    days_ahead: i64,
}

/// A removal of a day that moves.
#[derive(Clone, Debug)]
struct Removal {
    date: Date,
    slot: u8,
    /// `None` where a baby drinks.
    sitting: Option<Sitting>,
    at: Timestamp,
    shift_h: f64,
}

/// Days that moved.
#[derive(Clone, Debug, Default)]
pub(super) struct Moved {
    pub rows: Vec<Planned>,
    /// When the baby is likely to drink.
    pub nursed: Vec<Timestamp>,
    /// How far each pump session moved (h): earlier below 0.
    pub shifts: Vec<(Timestamp, f64)>,
    /// The first removal that follows the clock there.
    pub there: Option<Timestamp>,
}

impl Journey {
    /// A journey that is still ahead.
    ///
    /// # Errors
    /// When it is not, or its zone is none.
    pub(super) fn of(travel: &Travel, observed: &Observed) -> Result<Self, EngineError> {
        let (home, there) = (observed.zone(), moment::zone(&travel.zone)?);
        let departs = moment::place(travel.departs, &home).at.timestamp();
        if departs <= observed.now.timestamp() {
            return Err(said(format!(
                "the journey of {} has begun already; a plan is made before one",
                travel.departs.strftime("%-d %b %H:%M")
            )));
        }
        let way = SignedDuration::try_from_secs_f64(travel.hours * 3_600.0).unwrap_or_default();
        let arrives = departs.checked_add(way).unwrap_or(Timestamp::MAX);
        let tomorrow =
            observed.now.timestamp().to_zoned_datetime(home.clone()).date().saturating_add(1.days());
        let from = travel.departs.date().saturating_sub(1.days()).max(tomorrow);
        let zone = travel.zone.clone();
        let journey = Self { home, there, zone, departs, arrives, from, days_ahead: 0 };
        let noon = journey.last_day_on_the_way();
        let nearest = [0, -1, 1].into_iter().min_by(|a, b| {
            let far = |days: &i64| Self { days_ahead: *days, ..journey.clone() }.apart_h(noon, 48).abs();
            far(a).total_cmp(&far(b))
        });
        Ok(Self { days_ahead: nearest.unwrap_or(0), ..journey })
    }

    /// The day at home on which she arrives.
    fn last_day_on_the_way(&self) -> Date {
        self.arrives.to_zoned_datetime(self.home.clone()).date()
    }

    /// How far the clock there is from that at home when she arrives (h): what sessions move by, earlier below 0.
    pub(super) fn shift_h(&self) -> f64 {
        self.apart_h(self.last_day_on_the_way(), 48)
    }

    /// The last day, at home, of a plan that holds the whole of it and two days more.
    pub(super) fn last_day(&self) -> Date {
        let moving = (self.shift_h().abs() / A_DAY_H).ceil() as i64;
        let aligned = self.from.saturating_add(moving.days());
        aligned.max(self.last_day_on_the_way()).saturating_add(2.days())
    }

    pub(super) fn is_on_the_way(&self, at: Timestamp) -> bool {
        self.departs <= at && at < self.arrives
    }

    /// On the clock that she has then: that at home until she arrives.
    pub(super) fn moment(&self, at: Timestamp) -> Moment {
        let zone = if at < self.arrives { &self.home } else { &self.there };
        Moment::new(at, zone.clone())
    }

    /// From a place of a day at home to the same on the clock there (h).
    fn apart_h(&self, date: Date, slot: u8) -> f64 {
        apart_h(self.at_home(date, slot), self.over_there(date, slot))
    }

    fn at_home(&self, date: Date, slot: u8) -> Timestamp {
        moment::place(date.to_datetime(time(slot)), &self.home).at.timestamp()
    }

    fn over_there(&self, date: Date, slot: u8) -> Timestamp {
        let date = date.saturating_add(self.days_ahead.days());
        moment::place(date.to_datetime(time(slot)), &self.there).at.timestamp()
    }

    /// The days of a calendar, moved.
    pub(super) fn moved(
        &self,
        calendar: &Calendar,
        (day, room): (&Day, &Room),
        last: Option<Timestamp>,
        safe_h: f64,
    ) -> Moved {
        let mut removals = self.removals(calendar, day, room);
        let there = self.shift(&mut removals, widest_h(day, room));
        // What was taken last begins the first gap.
        let before = last.map(|at| Removal { date: self.from, slot: 0, sitting: None, at, shift_h: 0.0 });
        let ahead = removals.into_iter().filter(|r| calendar.is_ahead_at(r.at, r.sitting.is_some()));
        let all: Vec<Removal> = before.into_iter().chain(ahead).collect();
        let all = self.bridged(self.thinned(&all, safe_h), safe_h, day);
        let ends = calendar.ends();
        let mut moved = Moved { there, ..Moved::default() };
        for r in all.into_iter().filter(|r| calendar.is_ahead_at(r.at, false) && r.at < ends) {
            match r.sitting {
                None => moved.nursed.push(r.at),
                Some(s) => {
                    moved.shifts.push((r.at, r.shift_h));
                    let row = Planned::new(self.moment(r.at), f64::from(s.minutes));
                    moved.rows.push(Planned { massage: s.massage, ..row });
                }
            }
        }
        moved
    }

    /// Every removal by the clock at home, one day beyond the end, since days there may end earlier.
    fn removals(&self, calendar: &Calendar, day: &Day, room: &Room) -> Vec<Removal> {
        let beyond = calendar.dates.last().and_then(|last| last.checked_add(1.days()).ok());
        let dates = calendar.dates.iter().copied().chain(beyond);
        let mut all: Vec<Removal> = dates
            .flat_map(|date| {
                let pumps = day.0.iter().map(move |s| (s.slot, Some(*s)));
                pumps.chain(room.nursings.iter().map(|slot| (*slot, None))).map(move |(slot, sitting)| {
                    Removal { date, slot, sitting, at: self.at_home(date, slot), shift_h: 0.0 }
                })
            })
            .collect();
        all.sort_by_key(|r| (r.at, r.slot));
        all
    }

    /// Moves removals day by day; the first that follows the clock there.
    fn shift(&self, removals: &mut [Removal], widest_h: f64) -> Option<Timestamp> {
        let (mut shift_h, mut before) = (0.0_f64, None::<Timestamp>);
        let mut there = None;
        for of_day in removals.chunk_by_mut(|a, b| a.date == b.date) {
            let Some(last) = of_day.last() else { continue };
            let (date, last_home) = (last.date, last.at);
            let goal_h = self.apart_h(date, last.slot);
            let today_h = if date < self.from { 0.0 } else { (goal_h - shift_h).abs().min(A_DAY_H) };
            let begins = before.replace(last_home);
            let gaps: Vec<f64> = gaps_h(begins, of_day);
            let parts = parts_h(&gaps, today_h, goal_h < 0.0, widest_h);
            for (r, part_h) in of_day.iter_mut().zip(parts) {
                shift_h += part_h.copysign(goal_h - shift_h);
                // A quarter of an hour is the finest that a plan says; rounded toward home, so that none goes too far.
                r.shift_h = (shift_h * SLOTS_PER_H).trunc() / SLOTS_PER_H;
                let is_there = there.is_some() || (self.from <= date && (goal_h - shift_h).abs() < 1e-6);
                if is_there {
                    r.shift_h = self.apart_h(date, r.slot);
                    shift_h = r.shift_h;
                }
                r.at = later(r.at, r.shift_h);
                if is_there {
                    there = there.or(Some(r.at));
                }
            }
        }
        there
    }

    /// Without those on the way that the gap around them does not need.
    fn thinned(&self, all: &[Removal], safe_h: f64) -> Vec<Removal> {
        let mut left: Vec<Removal> = Vec::new();
        for (i, r) in all.iter().enumerate() {
            let around = left.last().zip(all.get(i + 1));
            let is_safe = around.is_some_and(|(a, b)| apart_h(a.at, b.at) <= safe_h);
            if r.sitting.is_none() || !self.is_on_the_way(r.at) || !is_safe {
                left.push(r.clone());
            }
        }
        left
    }

    /// With more of them where a gap that touches the way is longer than is safe.
    fn bridged(&self, all: Vec<Removal>, safe_h: f64, day: &Day) -> Vec<Removal> {
        let minutes = day.0.first().map_or(15, |s| s.minutes);
        let massage = day.0.first().is_some_and(|s| s.massage);
        let mut bridged: Vec<Removal> = Vec::new();
        for r in all {
            if let Some(before) = bridged.last().cloned() {
                let gap_h = apart_h(before.at, r.at);
                if before.at < self.arrives && self.departs < r.at && safe_h < gap_h {
                    let pieces = (gap_h / (safe_h - 1.0 / SLOTS_PER_H).max(0.5)).ceil();
                    for i in 1..pieces as i64 {
                        let at = quarter(later(before.at, gap_h * i as f64 / pieces));
                        let sitting = Some(Sitting { slot: 0, minutes, massage });
                        bridged.push(Removal { sitting, at, ..before.clone() });
                    }
                }
            }
            bridged.push(r);
        }
        bridged
    }
}

/// Hours before each removal of a day.
fn gaps_h(before: Option<Timestamp>, of_day: &[Removal]) -> Vec<f64> {
    let mut last = before;
    of_day.iter().map(|r| last.replace(r.at).map_or(0.0, |last| apart_h(last, r.at))).collect()
}

/// How a day's shift falls on its gaps (h): as much as each can give or take, and the rest as long as they are.
fn parts_h(gaps: &[f64], today_h: f64, east: bool, widest_h: f64) -> Vec<f64> {
    let slack = |gap: &f64| if east { gap - CLOSE_H } else { widest_h - gap };
    let slack: Vec<f64> = gaps.iter().map(|gap| if *gap > 0.0 { slack(gap).max(0.0) } else { 0.0 }).collect();
    let (room, whole) = (slack.iter().sum::<f64>(), gaps.iter().sum::<f64>().max(1e-9));
    let by_room = today_h.min(room);
    let rest = if east { 0.0 } else { today_h - by_room };
    let part = |(slack, gap): (&f64, &f64)| by_room * slack / room.max(1e-9) + rest * gap / whole;
    slack.iter().zip(gaps).map(part).collect()
}

/// The widest gap of a day (h).
pub(super) fn widest_h(day: &Day, room: &Room) -> f64 {
    let mut slots: Vec<u8> = day.0.iter().map(|s| s.slot).chain(room.nursings.iter().copied()).collect();
    slots.sort_unstable();
    slots.dedup();
    let next = slots.iter().cycle().skip(1);
    let gaps = slots.iter().zip(next).map(|(a, b)| f64::from(around(*a, *b)) / SLOTS_PER_H);
    Some(gaps.fold(0.0, f64::max)).filter(|h| *h > 0.0).unwrap_or(24.0)
}

fn later(at: Timestamp, hours: f64) -> Timestamp {
    let by = SignedDuration::from_secs((hours * 3_600.0).round() as i64);
    at.checked_add(by).unwrap_or(at)
}

fn quarter(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second().div_euclid(QUARTER_S) * QUARTER_S).unwrap_or(at)
}

/// The least that a gap is taken to be safe for, where it is one of hers (h), and how far is looked.
const SURELY_H: f64 = 3.0;
const LOOKED_H: f64 = 14.0;
/// In so many of her draws a breast may be over nine tenths full at the end of a safe gap (1).
const FULL_SHARE: f64 = 0.25;

/// The longest gap that is safe on the way (h): no longer than the widest of her day, and no breast over nine tenths full.
pub(super) fn safe_gap_h(women: &Women, minutes: f64, widest_h: f64) -> f64 {
    let ready = women.ready();
    let is_full = |hours: &f64| {
        let pump = Event { at_h: 0.01, does: Does::Pump { minutes, massage: false } };
        let span = (0.0, 0.01 + hours);
        let before = Course { events: Vec::new(), days_h: (0.0, 0.01), end_h: (0.0, 0.01) };
        let course = Course { events: vec![pump], days_h: span, end_h: span };
        let (now, then) = (ready.live(&before).full_h, ready.live(&course).full_h);
        // Both are hours a day of their own span.
        let full = now.iter().zip(&then).filter(|(now, then)| *now * 0.01 + 1e-6 < **then * span.1).count();
        then.len() as f64 * FULL_SHARE < full as f64
    };
    let tried = (0..).map(|i| SURELY_H + 0.5 * f64::from(i)).take_while(|h| *h <= LOOKED_H);
    let full_h = tried.into_iter().find(is_full).map_or(LOOKED_H, |h| (h - 0.5).max(SURELY_H));
    full_h.min(widest_h)
}
