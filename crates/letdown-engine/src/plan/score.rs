//! What a course is worth: what it falls short of, and what it asks of her, both in minutes of a day.
//!
//! ```text
//! cost = 5 min for each mL a day short of the target
//!      + minutes at the pump + 8 a session (fetch, wash, put away) + 20 at night + 6 away from home
//!      + 1.5 with massage + 12 an hour with a breast over nine tenths full, beyond what there is now
//!      + 1 for another hour or another length than hers, up to 4 for an hour far from any of hers
//!      + 15 within half an hour before a feed (the milk that the baby came for)
//!      + 60 an hour that a gap is wider than it may be
//! ```
//!
//! *Short* is half of what women fall short on average and half of the average of what each falls short, so that a plan
//! that may bring much or nothing is worth less than one that surely brings the same. The prices are judged, not measured:
//! what a session costs her beyond its minutes only she knows. Output beyond the target is worth nothing, so a plan asks for
//! no more than it needs; and a breast that is full now is no reason to pump more.

use super::{
    calendar::Calendar,
    day::{Day, Room, Sitting, around},
    women::{Lived, Ready},
};
use crate::numbers::mean;

/// What is aimed at, for each woman.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Aim {
    /// So much output a day at the end (mL).
    PerDay(f64),
    /// So much taken a day at the end, by pump or baby (mL).
    Taken(f64),
    /// So much output a day at the end, as a share of that as she does it now (1).
    More(f64),
    /// So much more output over all whole days than as she does it now (mL).
    InAll(f64),
    /// So much taken a day at the end, by pump or baby, as a share of that now (1).
    Kept(f64),
    /// Nothing is counted.
    Nothing,
}

const SHORT_MIN_PER_ML: f64 = 5.0;
const A_SESSION_MIN: f64 = 8.0;
const NIGHT_MIN: f64 = 20.0;
const AWAY_MIN: f64 = 6.0;
const MASSAGE_MIN: f64 = 1.5;
const FULL_MIN_PER_H: f64 = 12.0;
const OTHERWISE_MIN: f64 = 1.0;
const MOVED_MIN: f64 = 3.0;
const BEFORE_A_FEED_MIN: f64 = 15.0;
const TOO_WIDE_MIN_PER_H: f64 = 60.0;
/// Night is from 23:00 to 05:30 (places).
const NIGHT: (u8, u8) = (92, 22);

impl Aim {
    /// Whether more milk is wanted.
    pub(super) fn wants_more(self) -> bool {
        matches!(self, Self::PerDay(_) | Self::Taken(_) | Self::More(_) | Self::InAll(_))
    }

    /// What a course lacks to it, woman by woman (mL a day); below 0 where it brings more.
    pub(super) fn lacks_ml(self, lived: &Lived, as_now: &Lived, days: f64) -> Vec<f64> {
        let pairs = |a: &[f64], b: &[f64], gap: &dyn Fn(f64, f64) -> f64| -> Vec<f64> {
            a.iter().zip(b).map(|(a, b)| gap(*a, *b)).collect()
        };
        match self {
            Self::PerDay(ml) => lived.end_ml.iter().map(|is| ml - is).collect(),
            Self::Taken(ml) => lived.removed_ml.iter().map(|is| ml - is).collect(),
            Self::More(share) => pairs(&lived.end_ml, &as_now.end_ml, &|is, now| share * now - is),
            Self::InAll(ml) => pairs(&lived.total_ml, &as_now.total_ml, &|is, now| (now + ml - is) / days),
            Self::Kept(share) => pairs(&lived.removed_ml, &as_now.removed_ml, &|is, now| share * now - is),
            Self::Nothing => Vec::new(),
        }
    }
}

/// What courses are judged by.
#[derive(Clone, Debug)]
pub(super) struct Judge<'a> {
    pub calendar: &'a Calendar,
    /// Of each kind of day.
    pub rooms: &'a [Room],
    /// Her own of each kind.
    pub hers: &'a [Day],
    pub aim: Aim,
    /// What comes of her days as they are.
    pub as_now: Lived,
    pub women: Ready<'a>,
}

impl Judge<'_> {
    /// What days cost (min a day): lower is better.
    pub(super) fn cost(&self, days: &[Day]) -> f64 {
        let lived = self.women.live(&self.calendar.course(days, self.rooms));
        let fuller = lived.full_h.iter().zip(&self.as_now.full_h).map(|(is, now)| (is - now).max(0.0));
        let fuller_h = mean(&fuller.collect::<Vec<f64>>());
        self.short_ml(&lived) * SHORT_MIN_PER_ML + fuller_h * FULL_MIN_PER_H + self.burden(days)
    }

    /// How far a course is from its target (mL a day).
    fn short_ml(&self, lived: &Lived) -> f64 {
        let lacks = self.aim.lacks_ml(lived, &self.as_now, self.calendar.whole_days());
        let each: Vec<f64> = lacks.iter().map(|ml| ml.max(0.0)).collect();
        0.5 * mean(&lacks).max(0.0) + 0.5 * mean(&each)
    }

    /// What days ask of her, whatever they bring (min a day).
    fn burden(&self, days: &[Day]) -> f64 {
        let of_kind = |(kind, day): (usize, &Day)| {
            let (Some(room), Some(hers)) = (self.rooms.get(kind), self.hers.get(kind)) else { return 0.0 };
            self.calendar.count(kind) * asked(day, room, hers)
        };
        days.iter().enumerate().map(of_kind).sum::<f64>() / self.calendar.whole_days()
    }
}

/// What one day asks of her (min).
fn asked(day: &Day, room: &Room, hers: &Day) -> f64 {
    let of = |s: &Sitting| {
        let mut min = f64::from(s.minutes) + A_SESSION_MIN + moved(*s, hers);
        min += if is_night(s.slot) { NIGHT_MIN } else { 0.0 };
        min += if room.is_away(s.slot) { AWAY_MIN } else { 0.0 };
        min += if s.massage { MASSAGE_MIN } else { 0.0 };
        let before = |nursing: &u8| (1..=2).contains(&around(s.slot, *nursing));
        min + if room.nursings.iter().any(before) { BEFORE_A_FEED_MIN } else { 0.0 }
    };
    day.0.iter().map(of).sum::<f64>() + TOO_WIDE_MIN_PER_H * room.too_wide_h(day)
}

/// Another hour than any of hers, or another length (min).
fn moved(sitting: Sitting, hers: &Day) -> f64 {
    let far = |own: &&Sitting| around(own.slot, sitting.slot).min(around(sitting.slot, own.slot));
    let Some(nearest) = hers.0.iter().min_by_key(far) else { return MOVED_MIN };
    let length = if nearest.minutes == sitting.minutes { 0.0 } else { OTHERWISE_MIN };
    match far(&nearest) {
        0 => length,
        far => length + OTHERWISE_MIN + MOVED_MIN * (f64::from(far) / 8.0).min(1.0),
    }
}

pub(super) fn is_night(slot: u8) -> bool {
    NIGHT.0 <= slot || slot < NIGHT.1
}
