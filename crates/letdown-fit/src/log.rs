//! What the fit sees of a journal: removals in order of time, with what was seen of each.

use crate::{FitError, effects::With, error::Problem, unlogged::doubted};
use letdown_model::removal::Sides;

/// How many breasts are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breasts {
    /// Nothing is known per side: one virtual breast stands for both, and nothing is said per side.
    One,
    /// Volumes are known per side.
    Two,
}

/// A log, ready to be fitted. Times are hours from the log's own zero.
#[derive(Clone, Debug, PartialEq)]
pub struct Log {
    breasts: Breasts,
    clock_at_zero_h: f64,
    events: Vec<Event>,
    growth: Vec<Growth>,
    born_at_h: Option<f64>,
    /// Which events end a gap that may have held a session.
    doubted: Vec<bool>,
}

/// One removal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event {
    /// When it began (h from the log's zero).
    pub at_h: f64,
    /// What removed milk, and what was seen of it.
    pub removal: Removal,
}

/// What removed milk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Removal {
    /// A pump.
    Pump {
        /// Which breasts.
        sides: Sides,
        /// What was seen of its output.
        seen: Seen,
        /// How long (min), when that was logged.
        minutes: Option<f64>,
        /// How long it went on past the end of flow (min, >= 0), where that was measured ([`crate::past_flow`]).
        past_flow_min: Option<f64>,
        /// What it was with.
        with: With,
    },
    /// A baby.
    Baby {
        /// Which breasts.
        sides: Sides,
        /// What it drank, where that is known.
        drank: Option<Drank>,
    },
}

/// What a baby drank of one feed, as a scale or somebody says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drank {
    /// Volume (mL).
    pub ml: f64,
    /// Step it was read to (mL, > 0).
    pub step_ml: f64,
    /// How far it may lie off (sd, mL).
    pub sd_ml: f64,
}

/// What a baby, or all of them, drank at the breast over some days, as far as their growth tells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Growth {
    /// From this hour of the log ...
    pub from_h: f64,
    /// ... to this one (h).
    pub to_h: f64,
    /// Volume (mL, > 0).
    pub ml: f64,
    /// How little is known of it (log sd, > 0).
    pub log_sd: f64,
}

/// What was seen of a session's output. `step_ml` is the step its volume was read to (mL, > 0).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Seen {
    /// Nothing; the session only ends a gap.
    Nothing,
    /// The volume of all breasts together.
    Total {
        /// Volume (mL).
        ml: f64,
        /// Reading step (mL).
        step_ml: f64,
    },
    /// The volume of each breast on its own, left first.
    PerSide {
        /// Volumes (mL), where known.
        ml: [Option<f64>; 2],
        /// Reading step (mL).
        step_ml: f64,
    },
}

impl Event {
    /// A pump session of both breasts.
    pub fn pump(at_h: f64, seen: Seen, minutes: Option<f64>) -> Self {
        let (sides, past_flow_min, with) = (Sides::Both, None, With::NOTHING);
        Self { at_h, removal: Removal::Pump { sides, seen, minutes, past_flow_min, with } }
    }

    /// The volume seen, all sides together (mL).
    pub fn total_ml(&self) -> Option<f64> {
        match self.removal {
            Removal::Pump { seen: Seen::Total { ml, .. }, .. } => Some(ml),
            Removal::Pump { seen: Seen::PerSide { ml, .. }, .. } => {
                ml.iter().any(Option::is_some).then(|| ml.iter().flatten().sum())
            }
            _ => None,
        }
    }
}

impl Log {
    /// A log of events in order of time. `clock_at_zero_h` is what her clock shows at the log's zero.
    ///
    /// # Errors
    /// When events are out of order or hold numbers that are negative or not finite; the error names the event.
    pub fn new(
        breasts: Breasts,
        clock_at_zero_h: f64,
        events: impl IntoIterator<Item = Event>,
    ) -> Result<Self, FitError> {
        let events: Vec<Event> = events.into_iter().collect();
        let mut earlier_h = f64::NEG_INFINITY;
        for (index, event) in events.iter().enumerate() {
            check(index, event)?;
            if event.at_h < earlier_h {
                return Err(Problem::OutOfOrder { index, at_h: event.at_h }.into());
            }
            earlier_h = event.at_h;
        }
        let doubted = doubted(&events);
        Ok(Self { breasts, clock_at_zero_h, events, growth: Vec::new(), born_at_h: None, doubted })
    }

    /// The same log, and what growth tells of the feeds in it. Times that overlap an earlier one or reach beyond the log,
    /// and what is no number, are left out.
    #[must_use]
    pub fn with_growth(mut self, growth: impl IntoIterator<Item = Growth>) -> Self {
        let (first, last) = match (self.events.first(), self.events.last()) {
            (Some(first), Some(last)) => (first.at_h, last.at_h),
            _ => return self,
        };
        let mut known_to_h = first;
        for g in growth {
            let within = known_to_h <= g.from_h && g.from_h < g.to_h && g.to_h <= last;
            if within && g.ml > 0.0 && g.ml.is_finite() && g.log_sd > 0.0 && g.log_sd.is_finite() {
                known_to_h = g.to_h;
                self.growth.push(g);
            }
        }
        self
    }

    /// The same log of a woman who gave birth at an hour of it: a negative one, or one within its first day. A birth long
    /// before or somewhere in the middle says nothing.
    #[must_use]
    pub fn with_birth(mut self, at_h: f64) -> Self {
        let first_h = self.events.first().map_or(0.0, |e| e.at_h);
        let acts = at_h <= first_h + 24.0 && first_h - at_h < 24.0 * ESTABLISHED_DAYS;
        self.born_at_h = acts.then_some(at_h.min(first_h));
        self
    }

    /// The same log taken at its word: no session is thought to be missing.
    #[must_use]
    pub fn complete(self) -> Self {
        Self { doubted: vec![false; self.events.len()], ..self }
    }

    /// Whether the gap ahead of an event may have held a session that was not written down.
    pub fn is_doubted(&self, index: usize) -> bool {
        self.doubted.get(index).copied().unwrap_or(false)
    }

    /// Days after the birth at an hour, where that is known and still says something.
    pub fn day(&self, at_h: f64) -> Option<f64> {
        self.born_at_h.map(|born_h| (at_h - born_h) / 24.0)
    }

    /// What growth tells, in order of time.
    pub fn growth(&self) -> &[Growth] {
        &self.growth
    }

    /// How many breasts are told apart.
    pub fn breasts(&self) -> Breasts {
        self.breasts
    }

    /// The events, in order of time.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// What her clock shows (h) at an hour of the log. Clock changes are not followed: an hour moves no milk.
    pub fn clock_h(&self, at_h: f64) -> f64 {
        (self.clock_at_zero_h + at_h).rem_euclid(24.0)
    }

    /// The same log as it was known before an hour: later events are gone.
    #[must_use]
    pub fn before(&self, at_h: f64) -> Self {
        let known = self.events.partition_point(|e| e.at_h < at_h);
        let growth = self.growth.iter().copied().filter(|g| g.to_h < at_h).collect();
        let (events, doubted) = (self.events[..known].to_vec(), self.doubted[..known].to_vec());
        Self { events, growth, doubted, ..*self }
    }

    /// The events of the last 14 days before an hour, the latest first: they say what is usual of her.
    pub(crate) fn lately(&self, before_h: f64) -> impl Iterator<Item = &Event> {
        let known = self.events.partition_point(|e| e.at_h < before_h);
        self.events[..known].iter().rev().take_while(move |e| e.at_h >= before_h - USUAL_H)
    }

    /// Sessions with a volume.
    pub fn measured(&self) -> usize {
        self.events.iter().filter(|e| e.total_ml().is_some()).count()
    }

    /// How long the log is (days).
    pub fn days(&self) -> f64 {
        match (self.events.first(), self.events.last()) {
            (Some(first), Some(last)) => (last.at_h - first.at_h) / 24.0,
            _ => 0.0,
        }
    }

    /// Whether any event fits a test.
    pub(crate) fn any(&self, test: impl Fn(&Removal) -> bool) -> bool {
        self.events.iter().any(|e| test(&e.removal))
    }
}

/// Days after a birth from which a log is one of established lactation.
const ESTABLISHED_DAYS: f64 = 100.0;

/// How many hours back say what is usual of her.
const USUAL_H: f64 = 14.0 * 24.0;

fn check(index: usize, event: &Event) -> Result<(), FitError> {
    let unusable = |what, value| FitError::from(Problem::Unusable { index, what, value });
    let volume = |ml: f64| if ml.is_finite() && ml >= 0.0 { Ok(()) } else { Err(unusable("a volume", ml)) };
    let step =
        |ml: f64| if ml.is_finite() && ml > 0.0 { Ok(()) } else { Err(unusable("a reading step", ml)) };
    if !event.at_h.is_finite() {
        return Err(unusable("a time", event.at_h));
    }
    let (seen, minutes, past_flow_min, with) = match event.removal {
        Removal::Pump { seen, minutes, past_flow_min, with, .. } => (seen, minutes, past_flow_min, with),
        Removal::Baby { drank: None, .. } => return Ok(()),
        Removal::Baby { drank: Some(Drank { ml, step_ml, sd_ml }), .. } => {
            return volume(ml).and_then(|()| volume(sd_ml)).and_then(|()| step(step_ml));
        }
    };
    if !with.is_finite() {
        return Err(unusable("what a session was with", f64::NAN));
    }
    if let Some(min) = minutes.filter(|m| !(m.is_finite() && *m > 0.0)) {
        return Err(unusable("a length", min));
    }
    if let Some(min) = past_flow_min.filter(|m| !(m.is_finite() && *m >= 0.0)) {
        return Err(unusable("minutes past the end of flow", min));
    }
    match seen {
        Seen::Nothing => Ok(()),
        Seen::Total { ml, step_ml } => volume(ml).and_then(|()| step(step_ml)),
        Seen::PerSide { ml, step_ml } => {
            ml.into_iter().flatten().try_for_each(volume).and_then(|()| step(step_ml))
        }
    }
}
