//! What a plan begins from: her own days, the room in them, and the days it spans.

use super::{
    calendar::Calendar,
    day::{Day, Room, SLOTS, SLOTS_PER_H, Sitting},
    limits::{self, Limits},
    request::{Goal, Request, hours},
};
use crate::{
    habit::{Habit, clock_of},
    observed::{Observed, hours as hours_between},
    whatif::Lengths,
};
use jiff::ToSpan;
use letdown_fit::steps::Remover;

/// Her day as it is: pump sessions and nursings.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Hers {
    pub day: Day,
    pub nursings: Vec<u8>,
    /// Whether the log told it.
    pub known: bool,
}

/// A day that is taken where the log tells none: seven sessions of fifteen minutes.
const ASSUMED: [u8; 7] = [8, 24, 36, 48, 60, 72, 86];
const ASSUMED_MIN: u8 = 15;

impl Hers {
    /// The most typical of her last days.
    pub(super) fn of(observed: &Observed) -> Self {
        let habit = Habit::of(observed);
        let now = &observed.now;
        let today = now.timestamp().to_zoned_datetime(observed.zone()).date();
        let Ok(tomorrow) = today.checked_add(1.days()) else { return Self::assumed() };
        let usual = habit.typical(now, 1);
        let usual: Vec<_> = usual.iter().filter(|l| l.at.date() == tomorrow).collect();
        if usual.is_empty() {
            return Self::assumed();
        }
        let lengths = Lengths::of(observed, true);
        let minutes = lengths.logged_min.round().clamp(3.0, 60.0) as u8;
        let slot = |l: &&crate::habit::Likely| {
            ((clock_of(l) * SLOTS_PER_H).round() as i64).rem_euclid(i64::from(SLOTS)) as u8
        };
        let (babies, pumps): (Vec<_>, Vec<_>) = usual.into_iter().partition(|l| l.by == Remover::Baby);
        let sitting = |l| Sitting { slot: slot(&l), minutes, massage: false };
        let mut day = Day::of(pumps.into_iter().map(sitting).collect());
        day.0.dedup_by_key(|s| s.slot);
        Self { day, nursings: babies.iter().map(slot).collect(), known: true }
    }

    /// How long her sessions are (min).
    pub(super) fn length(&self) -> Option<u8> {
        self.day.0.first().map(|s| s.minutes)
    }

    fn assumed() -> Self {
        let sitting = |slot: &u8| Sitting { slot: *slot, minutes: ASSUMED_MIN, massage: false };
        Self { day: Day(ASSUMED.iter().map(sitting).collect()), nursings: Vec::new(), known: false }
    }
}

/// The days of a plan.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub calendar: Calendar,
    /// Her own of each kind of day, and their room as it is now.
    pub hers: Vec<Day>,
    pub now: Vec<Room>,
    /// The room there is to be, and where a search begins.
    pub rooms: Vec<Room>,
    pub first: Vec<Day>,
    /// Which kinds may change.
    pub free: Vec<bool>,
    /// Whether sleep had to give way.
    pub woken: bool,
    /// Days until the last session is gone, when weaning.
    pub weaned_after: Option<i64>,
}

/// Days at the end of a plan over which output is counted; a week where days of it differ.
const END_DAYS: usize = 3;
const WEEK_DAYS: usize = 7;
/// Days that a plan looks on when all sessions are gone.
const AFTERWARDS_DAYS: i64 = 4;

impl Frame {
    /// The frame of a request.
    pub(super) fn of(
        request: &Request,
        observed: &Observed,
        (limits, hers): (&Limits, &Hers),
        days: i64,
    ) -> Self {
        let now = (&observed.now, observed.zone());
        let last = observed.sessions.last().map(|s| s.at.timestamp());
        let last_h = last.map(|at| -hours_between(at, observed.now.timestamp()));
        let (room, woken) = room(request, limits, hers);
        let is = Room { nursings: hers.nursings.clone(), ..Room::whole() };
        let mut frame = Self {
            calendar: Calendar::new(now.clone(), last_h, (days, END_DAYS), |_, _| 0),
            hers: vec![hers.day.clone()],
            now: vec![is.clone()],
            first: vec![room.fitted(&hers.day)],
            rooms: vec![room.clone()],
            free: vec![true],
            woken,
            weaned_after: None,
        };
        match request.goal {
            Goal::Work => {
                let (at_work, as_well) = at_work(request, &room, hers);
                let is_away = |date: jiff::civil::Date| request.away_on.contains(&date.weekday());
                let kind = |_: i64, date| usize::from(!is_away(date));
                frame.calendar = Calendar::new(now, last_h, (days, WEEK_DAYS.min(days as usize)), kind);
                frame.hers = vec![hers.day.clone(); 2];
                frame.now = vec![is.clone(); 2];
                frame.first = vec![as_well, frame.first[0].clone()];
                frame.rooms = vec![at_work, room];
                frame.free = vec![true, false];
            }
            Goal::Wean => {
                let sessions = frame.first[0].0.len();
                let (each, all) = limits::weaning(sessions, days);
                let kind = |ahead: i64, _| ((ahead / each) as usize).min(sessions);
                frame.calendar = Calendar::new(now, last_h, (all + AFTERWARDS_DAYS, END_DAYS), kind);
                frame.weaned_after = Some(all);
                frame.hers = vec![hers.day.clone(); sessions + 1];
                frame.now = vec![is; sessions + 1];
                frame.rooms = vec![frame.rooms[0].clone(); sessions + 1];
            }
            _ => {}
        }
        frame
    }
}

/// The room of a day; and whether sleep had to give way to a limit.
fn room(request: &Request, limits: &Limits, hers: &Hers) -> (Room, bool) {
    let mut room = Room::whole();
    room.nursings.clone_from(&hers.nursings);
    let said = [request.most_sessions, request.most_for_now].into_iter().flatten();
    room.most = said.fold(limits::MOST_SESSIONS, usize::min);
    if limits.early_until.is_some() {
        room.widest_h = Some(limits::WIDEST_EARLY_H);
    }
    if !limits.no_more.is_empty() {
        room.most = room.most.min(hers.day.0.len());
        room.no_more_than = Some(hers.day.minutes());
    }
    let mut woken = false;
    if let Some(sleep) = request.sleep {
        woken = room.widest_h.is_some_and(|widest_h| widest_h < sleep.hours());
        if !woken {
            close(&mut room, |clock_h| sleep.holds(clock_h));
        }
    }
    (room, woken)
}

/// A day at work: the room of it, and her own day with a session for each feed that falls away.
fn at_work(request: &Request, room: &Room, hers: &Hers) -> (Room, Day) {
    let mut at_work = room.clone();
    let Some(away) = request.away else { return (at_work, room.fitted(&hers.day)) };
    let gone = away.widened(request.commute_min);
    close(&mut at_work, |clock_h| gone.holds(clock_h) && !away.holds(clock_h));
    if !request.breaks.is_empty() {
        for slot in 0..SLOTS {
            let clock_h = f64::from(slot) / SLOTS_PER_H;
            if away.holds(clock_h) {
                let left = request
                    .breaks
                    .iter()
                    .map(|b| b.minutes - 60.0 * (clock_h - hours(b.at)).rem_euclid(24.0));
                let longest = left.fold(0.0, f64::max).min(limits::LONGEST_MIN);
                at_work.longest_min[usize::from(slot)] = if longest < 5.0 { 0 } else { longest as u8 };
            }
        }
    }
    let is_gone = |slot: &u8| gone.holds(f64::from(*slot) / SLOTS_PER_H);
    (0..SLOTS).filter(is_gone).for_each(|slot| at_work.away[usize::from(slot)] = true);
    at_work.nursings.retain(|slot| !is_gone(slot));
    let minutes = hers.length().unwrap_or(ASSUMED_MIN);
    let instead = hers.nursings.iter().filter(|slot| is_gone(slot));
    let instead = instead.map(|slot| Sitting { slot: *slot, minutes, massage: false });
    let day = Day::of(hers.day.0.iter().copied().chain(instead).collect());
    let first = at_work.fitted(&day);
    (at_work, first)
}

fn close(room: &mut Room, is_closed: impl Fn(f64) -> bool) {
    for (slot, longest) in room.longest_min.iter_mut().enumerate() {
        if is_closed(slot as f64 / SLOTS_PER_H) {
            *longest = 0;
        }
    }
}
