//! Which days a plan spans, and when its places are: clock times on her calendar as hours from now.

use super::{
    answer::Planned,
    day::{Day, Room, SLOTS, SLOTS_PER_H},
    limits::{CLOSEST_SLOTS, apart_h},
    women::{Course, Does, Event},
};
use jiff::{
    SignedDuration, Timestamp, ToSpan,
    civil::{Date, Time},
    tz::TimeZone,
};
use letdown_journal::moment::{self, Moment};

/// The days of a plan: what is left of today, then whole days.
#[derive(Clone, Debug)]
pub(super) struct Calendar {
    now: Moment,
    zone: TimeZone,
    /// When milk was last removed (hours from now, not above 0).
    last_h: Option<f64>,
    /// Each day.
    pub dates: Vec<Date>,
    /// Of each day the kind: its place among the days that are planned.
    pub kinds: Vec<usize>,
    /// When each place is (hours from now).
    at_h: Vec<Vec<f64>>,
    end_h: f64,
    /// The days at the end over which output is counted.
    end_days: usize,
}

impl Calendar {
    /// The days from now on, each of a kind.
    pub(super) fn new(
        (now, zone): (&Moment, TimeZone),
        last_h: Option<f64>,
        (days, end_days): (i64, usize),
        kind: impl Fn(i64, Date) -> usize,
    ) -> Self {
        let today = now.timestamp().to_zoned_datetime(zone.clone()).date();
        let dates: Vec<Date> = (0..=days).filter_map(|ahead| today.checked_add(ahead.days()).ok()).collect();
        let hour = |at: &Moment| apart_h(now.timestamp(), at.timestamp());
        let of_day = |date: &Date| -> Vec<f64> {
            let place = |slot| hour(&moment::place(date.to_datetime(time(slot)), &zone).at);
            let begins_h = place(0);
            let ends =
                date.checked_add(1.days()).map(|next| hour(&moment::place(next.at(0, 0, 0, 0), &zone).at));
            // Only where clocks change is a place not so many quarters behind midnight.
            if ends.is_ok_and(|ends_h| (ends_h - begins_h - 24.0).abs() < 1e-9) {
                return (0..SLOTS).map(|slot| begins_h + f64::from(slot) / SLOTS_PER_H).collect();
            }
            (0..SLOTS).map(place).collect()
        };
        let kinds = (0..).zip(&dates).map(|(ahead, date)| kind(ahead, *date)).collect();
        let at_h: Vec<Vec<f64>> = dates.iter().map(of_day).collect();
        let behind = dates.last().and_then(|last| last.checked_add(1.days()).ok());
        let end_h = behind.map_or(0.0, |day| hour(&moment::place(day.at(0, 0, 0, 0), &zone).at));
        Self { now: now.clone(), zone, last_h, dates, kinds, at_h, end_h, end_days }
    }

    /// When it ends.
    pub(super) fn ends(&self) -> Timestamp {
        let length = SignedDuration::try_from_secs_f64(self.end_h * 3_600.0).unwrap_or_default();
        self.now.timestamp().checked_add(length).unwrap_or(Timestamp::MAX)
    }

    /// How many days are of each kind, what is left of today left out.
    pub(super) fn count(&self, kind: usize) -> f64 {
        self.kinds.iter().skip(1).filter(|k| **k == kind).count() as f64
    }

    /// Whole days.
    pub(super) fn whole_days(&self) -> f64 {
        (self.dates.len().max(2) - 1) as f64
    }

    /// The course of these days, by kind.
    pub(super) fn course(&self, days: &[Day], rooms: &[Room]) -> Course {
        let mut events = self.nursings(rooms);
        for (ahead, kind) in self.kinds.iter().enumerate() {
            let (Some(at_h), Some(day)) = (self.at_h.get(ahead), days.get(*kind)) else { continue };
            let hour = |slot: u8| at_h.get(usize::from(slot)).copied().unwrap_or(0.0);
            events.extend(day.0.iter().map(|s| s.event(hour(s.slot))));
        }
        events.retain(|e| e.does == Does::Nurse || self.is_ahead(e.at_h));
        self.of(events)
    }

    /// The course of sessions and nursings at their hours.
    pub(super) fn course_of(&self, rows: &[Planned], nursed: &[Timestamp]) -> Course {
        let nursing = |at: &Timestamp| Event { at_h: apart_h(self.now.timestamp(), *at), does: Does::Nurse };
        let mut events: Vec<Event> = nursed.iter().map(nursing).collect();
        let pump = |row: &Planned| Event {
            at_h: apart_h(self.now.timestamp(), row.at.timestamp()),
            does: Does::Pump { minutes: row.minutes, massage: row.massage },
        };
        events.extend(rows.iter().map(pump));
        self.of(events)
    }

    fn nursings(&self, rooms: &[Room]) -> Vec<Event> {
        let mut events = Vec::new();
        for (kind, at_h) in self.kinds.iter().zip(&self.at_h) {
            let slots = rooms.get(*kind).map_or(&[][..], |room| &room.nursings);
            let hours = slots.iter().filter_map(|slot| at_h.get(usize::from(*slot)));
            events.extend(hours.filter(|h| 0.0 < **h).map(|h| Event { at_h: *h, does: Does::Nurse }));
        }
        events
    }

    /// When the baby is likely to drink.
    pub(super) fn nursed(&self, rooms: &[Room]) -> Vec<Timestamp> {
        let at = |e: &Event| {
            let length = SignedDuration::try_from_secs_f64(e.at_h * 3_600.0).ok()?;
            self.now.timestamp().checked_add(length).ok()
        };
        self.nursings(rooms).iter().filter_map(at).collect()
    }

    fn of(&self, mut events: Vec<Event>) -> Course {
        events.sort_by(|a, b| a.at_h.total_cmp(&b.at_h));
        let first_h = self.at_h.get(1).and_then(|day| day.first()).copied().unwrap_or(0.0);
        let from_end = self.at_h.len().saturating_sub(self.end_days).max(1);
        let end_h = self.at_h.get(from_end).and_then(|day| day.first()).copied().unwrap_or(first_h);
        Course { events, days_h: (first_h, self.end_h), end_h: (end_h, self.end_h) }
    }

    /// The pump sessions ahead.
    pub(super) fn sessions(&self, days: &[Day]) -> Vec<Planned> {
        let of_day = |(date, kind): (&Date, &usize)| {
            let day = days.get(*kind).cloned().unwrap_or_default();
            let date = *date;
            day.0.into_iter().map(move |s| (date.to_datetime(time(s.slot)), s))
        };
        let all = self.dates.iter().zip(&self.kinds).flat_map(of_day);
        let placed = all.map(|(at, s)| Planned {
            at: moment::place(at, &self.zone).at,
            minutes: f64::from(s.minutes),
            massage: s.massage,
        });
        placed.filter(|row| self.is_ahead(apart_h(self.now.timestamp(), row.at.timestamp()))).collect()
    }

    /// Whether an instant lies ahead; of a pump session, not close behind the last one either.
    pub(super) fn is_ahead_at(&self, at: Timestamp, is_pump: bool) -> bool {
        let at_h = apart_h(self.now.timestamp(), at);
        if is_pump { self.is_ahead(at_h) } else { 0.0 < at_h }
    }

    /// Nothing is planned that has passed, nor close behind the last session.
    fn is_ahead(&self, at_h: f64) -> bool {
        let closest_h = f64::from(CLOSEST_SLOTS) / SLOTS_PER_H;
        0.0 < at_h && self.last_h.is_none_or(|last_h| closest_h <= at_h - last_h)
    }
}

/// The clock time of a place.
pub(super) fn time(slot: u8) -> Time {
    let small = |n: u8| i8::try_from(n).unwrap_or(0);
    Time::new(small(slot / 4), small(slot % 4 * 15), 0, 0).unwrap_or(Time::midnight())
}
