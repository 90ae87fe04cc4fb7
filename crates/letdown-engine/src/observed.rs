//! A log as it was known at an hour: sessions in order of time, on her own calendar.
//!
//! An entry is visible at `now` when its end is at or before `now`. A session belongs to the day of its start, in the
//! entry's own zone.

pub use crate::beside::First;

use crate::{
    beside::{Beside, techniques},
    nursery::{Grown, Nursery},
    rounding::Rounding,
    standing::Standing,
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use letdown_fit::{
    effects::With,
    log::{Breasts, Drank, Event, Growth, Log, Removal, Seen},
};
use letdown_journal::{
    body::{Body, BodyError, Nurse, Pump, Side, Stint},
    doubt::{Doubt, doubts},
    entry::EntryId,
    fold::Folded,
    moment::Moment,
    volume::Output,
};
use letdown_model::removal::Sides;

/// A log as it was known at `now`.
#[derive(Clone, Debug)]
pub struct Observed {
    /// The hour of the question.
    pub now: Moment,
    /// Pump sessions, nursings and milk expressed by hand, in order of time.
    pub sessions: Vec<Session>,
    /// When the newest visible session ended. Other kinds say nothing about supply.
    pub newest_end: Option<Timestamp>,
    /// The day of the newest birth that is known.
    pub birth: Option<Date>,
    /// What babies drank at the breast while they were seen to grow, in order of time.
    pub grown: Vec<Grown>,
    /// What pumps, places, vacuums and flanges are held against.
    pub first: First,
    /// Sentences about odd values of the last two weeks.
    pub doubts: Vec<String>,
    /// Entries of this kind that could not be read.
    pub unreadable: usize,
}

/// A pump session, a nursing, or milk expressed by hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// The fact it comes from.
    pub root: EntryId,
    /// When it began.
    pub at: Moment,
    /// When it ended.
    pub end: Timestamp,
    /// What it was.
    pub what: What,
    /// Whether its volume is doubtful, and hence not fitted.
    pub doubtful: bool,
    /// Whether its length is doubtful, and hence not fitted.
    pub length_doubtful: bool,
}

/// What a session was.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A pump session.
    Pump {
        /// Output of all sides (mL), when a volume was recorded.
        output_ml: Option<f64>,
        /// Output per side (mL), left first, as far as it agrees with that of all sides.
        sides_ml: [Option<f64>; 2],
        /// Which breasts.
        sides: Sides,
        /// How long (min).
        minutes: Option<f64>,
        /// How long it went on past the end of flow (min), where that was seen.
        past_flow_min: Option<f64>,
        /// What it was with: techniques, the pump, its vacuum, and how she was.
        with: With,
    },
    /// A baby at the breast.
    Nurse {
        /// Which breasts.
        sides: Sides,
        /// What the baby drank, as a scale or somebody says.
        drank: Option<Drank>,
    },
    /// A hand. Which share of the milk it takes is not known, whatever came: it ends a gap, as a nursing does.
    Hand {
        /// Which breasts.
        sides: Sides,
    },
}

impl Session {
    /// The day it belongs to.
    pub fn day(&self) -> Date {
        self.at.date()
    }

    /// What her clock showed (h).
    pub fn clock_h(&self) -> f64 {
        clock_h(&self.at)
    }

    /// Recorded output of all sides (mL).
    pub fn output_ml(&self) -> Option<f64> {
        match self.what {
            What::Pump { output_ml, .. } => output_ml,
            What::Nurse { .. } | What::Hand { .. } => None,
        }
    }

    /// How long the pump ran (min), when that was recorded and is taken at its word.
    pub(crate) fn trusted_minutes(&self) -> Option<f64> {
        match self.what {
            What::Pump { minutes, .. } => minutes.filter(|m| *m > 0.0 && !self.length_doubtful),
            What::Nurse { .. } | What::Hand { .. } => None,
        }
    }

    /// Whether it was a pump session.
    pub fn is_pump(&self) -> bool {
        matches!(self.what, What::Pump { .. })
    }
}

/// Days of which odd values are mentioned.
const RECENT_DAYS: i64 = 14;

impl Observed {
    /// The log of a journal as it was known at `now`.
    pub fn at(journal: &Folded, now: &Moment) -> Self {
        let mut observed = Self::nothing(now);
        let (mut beside, mut nursery) = (Beside::default(), Nursery::default());
        for entry in journal.alive() {
            observed.see(entry.root, entry.body().as_ref().map(Option::as_ref), &mut beside, &mut nursery);
        }
        observed.in_order(&beside, &nursery)
    }

    /// The same of what was read before.
    pub(crate) fn of(standing: &Standing, now: &Moment) -> Self {
        let mut observed = Self::nothing(now);
        let (mut beside, mut nursery) = (Beside::default(), Nursery::default());
        for reading in standing.all() {
            observed.see(reading.entry().root, reading.body(), &mut beside, &mut nursery);
        }
        observed.in_order(&beside, &nursery)
    }

    fn nothing(now: &Moment) -> Self {
        let (sessions, doubts) = (Vec::new(), Vec::new());
        Self {
            now: now.clone(),
            sessions,
            newest_end: None,
            birth: None,
            grown: Vec::new(),
            first: First::default(),
            doubts,
            unreadable: 0,
        }
    }

    fn see(
        &mut self,
        root: EntryId,
        body: Result<Option<&Body>, &BodyError>,
        beside: &mut Beside,
        nursery: &mut Nursery,
    ) {
        match body {
            Ok(Some(body)) => {
                if body.end().timestamp() <= self.now.timestamp() {
                    beside.see(root, body);
                    nursery.see(body);
                }
                self.take(root, body);
            }
            Ok(None) => {}
            Err(_) => self.unreadable += 1,
        }
    }

    fn in_order(mut self, beside: &Beside, nursery: &Nursery) -> Self {
        self.sessions.sort_by_key(|s| (s.at.timestamp(), s.root));
        self.first = beside.tell(&mut self.sessions);
        self.birth = nursery.newest_birth();
        self.grown = nursery.grown(&self.sessions);
        self
    }

    fn take(&mut self, root: EntryId, body: &Body) {
        let end = body.end().timestamp();
        if end > self.now.timestamp() {
            return;
        }
        let what = match body {
            Body::Pump(pump) => pumped(pump),
            Body::Nurse(nurse) => What::Nurse { sides: sides(&nurse.stints), drank: drank(nurse) },
            Body::Hand(hand) => What::Hand { sides: used([hand.left.is_some(), hand.right.is_some()]) },
            _ => return,
        };
        self.newest_end = self.newest_end.max(Some(end));
        let doubts = doubts(body, self.now.timestamp());
        let age_days = hours(body.start().timestamp(), self.now.timestamp()) / 24.0;
        if age_days < RECENT_DAYS as f64 {
            let at = body.start();
            let when = format!("{} {:02}:{:02}", at.date(), at.hour(), at.minute());
            self.doubts.extend(doubts.iter().map(|d| format!("{when}: {d}")));
        }
        let doubtful = doubts.iter().any(Doubt::bars_from_fit);
        let length_doubtful = doubts.iter().any(|d| matches!(d, Doubt::Length { .. }));
        self.sessions.push(Session { root, at: body.start().clone(), end, what, doubtful, length_doubtful });
    }

    /// The same log as it was known when a day began: every session that started before.
    #[must_use]
    pub fn before(&self, midnight: Timestamp) -> Self {
        let known = self.sessions.partition_point(|s| s.at.timestamp() < midnight);
        let grown = self.grown.iter().filter(|told| told.to < midnight).copied().collect();
        Self { sessions: self.sessions[..known].to_vec(), grown, ..self.clone() }
    }

    /// Hours since the newest visible session ended.
    pub fn data_age_h(&self) -> Option<f64> {
        self.newest_end.map(|end| hours(end, self.now.timestamp()))
    }

    /// Her zone: that of the newest session, else that of `now`.
    pub fn zone(&self) -> TimeZone {
        self.sessions.last().map_or_else(|| self.now.time_zone().clone(), |s| s.at.time_zone().clone())
    }

    /// Recorded outputs (mL) that are taken at their word.
    pub fn trusted_outputs_ml(&self) -> Vec<f64> {
        self.sessions.iter().filter(|s| !s.doubtful).filter_map(Session::output_ml).collect()
    }

    /// Hours from the first session to an instant: the clock of [`Observed::fit_log`].
    pub fn hour_of(&self, at: Timestamp) -> f64 {
        self.sessions.first().map_or(0.0, |first| hours(first.at.timestamp(), at))
    }

    /// How the log is to be read by a fit.
    pub fn reading(&self) -> Reading {
        Reading {
            rounding: Rounding::of(&self.trusted_outputs_ml()),
            breasts: self.breasts(),
            lengths: self.lengths_vary(),
        }
    }

    /// Whether session lengths say anything: where all are alike, they only rename the share that a session takes.
    pub(crate) fn lengths_vary(&self) -> bool {
        let measured = self.sessions.iter().filter(|s| s.output_ml().is_some());
        let lengths: Vec<f64> = measured.filter_map(Session::trusted_minutes).collect();
        let count = lengths.len() as f64;
        let mean = lengths.iter().sum::<f64>() / count;
        let spread = (lengths.iter().map(|m| (m - mean) * (m - mean)).sum::<f64>() / count).sqrt();
        lengths.len() >= ENOUGH_LENGTHS && spread > LENGTHS_ALIKE * mean
    }

    /// The log as a fit sees it, hour 0 at the first session. `None` when there is no session.
    pub fn fit_log(&self, reading: &Reading) -> Option<Log> {
        let events = self.sessions.iter().map(|s| self.event(s, reading));
        let clock_at_zero_h = self.sessions.first()?.clock_h();
        let log = Log::new(reading.breasts, clock_at_zero_h, events).ok()?;
        let log = log.with_growth(self.grown.iter().map(|told| self.growth(told)));
        Some(match self.birth {
            Some(day) => log.with_birth(self.hour_of(midnight(day, &self.zone())) + NOON_H),
            None => log,
        })
    }

    fn growth(&self, told: &Grown) -> Growth {
        let Grown { from, to, ml, log_sd } = *told;
        Growth { from_h: self.hour_of(from), to_h: self.hour_of(to), ml, log_sd }
    }

    /// Two breasts are told apart when enough sessions name them; a few would say more about how she logs than about her.
    fn breasts(&self) -> Breasts {
        let named = |s: &&Session| matches!(s.what, What::Pump { sides_ml: [Some(_), Some(_)], .. });
        if self.sessions.iter().filter(named).count() >= ENOUGH_NAMED { Breasts::Two } else { Breasts::One }
    }

    /// The instant at which a day began, where its sessions were.
    pub fn day_start(&self, day: Date) -> Timestamp {
        let there = self.sessions.iter().find(|s| s.day() == day).map(|s| s.at.time_zone().clone());
        midnight(day, &there.unwrap_or_else(|| self.zone()))
    }

    fn event(&self, session: &Session, reading: &Reading) -> Event {
        let at_h = self.hour_of(session.at.timestamp());
        let removal = match session.what {
            What::Nurse { sides, drank } => {
                Removal::Baby { sides, drank: drank.filter(|_| !session.doubtful) }
            }
            What::Hand { sides } => Removal::Baby { sides, drank: None },
            What::Pump { output_ml, sides_ml, sides, past_flow_min, with, .. } => {
                let step = |ml: f64| reading.rounding.of_volume(ml);
                let per_side = reading.breasts == Breasts::Two && sides_ml.iter().any(Option::is_some);
                let seen = match output_ml.filter(|_| !session.doubtful) {
                    None => Seen::Nothing,
                    Some(_) if per_side => {
                        let step_ml =
                            sides_ml.iter().flatten().map(|ml| step(*ml)).fold(f64::INFINITY, f64::min);
                        Seen::PerSide { ml: sides_ml, step_ml }
                    }
                    Some(ml) => Seen::Total { ml, step_ml: step(ml) },
                };
                let minutes = session.trusted_minutes().filter(|_| reading.lengths);
                let past_flow_min = past_flow_min.filter(|_| !session.length_doubtful);
                Removal::Pump { sides, seen, minutes, past_flow_min, with }
            }
        };
        Event { at_h, removal }
    }
}

/// How a log is to be read by a fit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// To which step its volumes were read.
    pub rounding: Rounding,
    /// Whether its sides are told apart.
    pub breasts: Breasts,
    /// Whether session lengths are taken in.
    pub lengths: bool,
}

/// Sessions with both sides named from which two breasts are told apart.
const ENOUGH_NAMED: usize = 10;
/// Sessions with a length from which lengths are taken in, and the spread, as a share of their mean, below which not.
const ENOUGH_LENGTHS: usize = 20;
const LENGTHS_ALIKE: f64 = 0.1;
/// Of a birth the day is known, not the hour.
const NOON_H: f64 = 12.0;
/// A baby on the scale lies 5 g off each time (sd), and weighings are read to 2 g or so.
const SCALE_SD_ML: f64 = 5.0 * core::f64::consts::SQRT_2 / letdown_model::energy::DENSITY_G_PER_ML;
const SCALE_STEP_ML: f64 = 2.0;
/// What somebody says without a scale.
const GUESS_SD_ML: f64 = 20.0;
const GUESS_STEP_ML: f64 = 10.0;
/// How far two sides may lie from their total by rounding alone (mL).
const SIDES_OFF_ML: f64 = 2.0;

fn pumped(pump: &Pump) -> What {
    let sides_ml = sides_ml(pump);
    let named = [pump.left.is_some(), pump.right.is_some()];
    let ran = [pump.left_minutes, pump.right_minutes].map(ran);
    let sides = used([0, 1].map(|b: usize| named[b] || ran[b] || sides_ml[b].is_some()));
    let (output_ml, minutes, past_flow_min) = (pump.output_ml(), pump.length_min(), pump.past_flow_min());
    What::Pump { output_ml, sides_ml, sides, minutes, past_flow_min, with: techniques(pump) }
}

/// Output per side (mL). A total counts as it was typed: it says what the side that was not typed brought, and where the
/// sides contradict it, they are not read.
fn sides_ml(pump: &Pump) -> [Option<f64>; 2] {
    let ml = |output: &Option<Output>| output.as_ref().map(Output::as_ml);
    let typed = [ml(&pump.left), ml(&pump.right)];
    let Some(total) = ml(&pump.total) else { return typed };
    match typed {
        [Some(left), Some(right)] if (total - left - right).abs() > SIDES_OFF_ML => [None; 2],
        [Some(side), None] | [None, Some(side)] if total < side => [None; 2],
        [Some(left), None] => [Some(left), rest_ml(total - left, ran(pump.right_minutes))],
        [None, Some(right)] => [rest_ml(total - right, ran(pump.left_minutes)), Some(right)],
        _ => typed,
    }
}

/// What the other side brought (mL). Where nothing is left for it and it did not run, it was not pumped.
fn rest_ml(rest_ml: f64, ran: bool) -> Option<f64> {
    (ran || rest_ml > 0.0).then_some(rest_ml)
}

/// What the baby drank, and how far that may lie off: two weighings, or a guess.
fn drank(nurse: &Nurse) -> Option<Drank> {
    let (step_ml, sd_ml) =
        if nurse.weighed.is_some() { (SCALE_STEP_ML, SCALE_SD_ML) } else { (GUESS_STEP_ML, GUESS_SD_ML) };
    nurse.intake_ml().map(|ml| Drank { ml, step_ml, sd_ml })
}

fn ran(minutes: Option<f64>) -> bool {
    minutes.is_some_and(|m| m > 0.0)
}

fn sides(stints: &[Stint]) -> Sides {
    used([Side::Left, Side::Right].map(|side| stints.iter().any(|stint| stint.side == side)))
}

/// The breasts of which something is said; both where nothing is.
fn used(said: [bool; 2]) -> Sides {
    match said {
        [true, false] => Sides::Left,
        [false, true] => Sides::Right,
        _ => Sides::Both,
    }
}

/// Hours from one instant to another.
pub(crate) fn hours(from: Timestamp, to: Timestamp) -> f64 {
    from.duration_until(to).as_secs_f64() / 3600.0
}

/// What a clock shows at a moment (h).
pub(crate) fn clock_h(at: &Moment) -> f64 {
    f64::from(at.hour()) + f64::from(at.minute()) / 60.0 + f64::from(at.second()) / 3600.0
}

/// The instant at which a day begins.
pub(crate) fn midnight(day: Date, zone: &TimeZone) -> Timestamp {
    letdown_journal::moment::place(day.at(0, 0, 0, 0), zone).at.timestamp()
}
