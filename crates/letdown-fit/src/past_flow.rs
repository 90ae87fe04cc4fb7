//! How long sessions go on past the end of flow: what a log tells of it, and what is taken of sessions to come.
//!
//! `Z` of [`letdown_model::demand`] over a gap is what [`letdown_model::past_flow`] remembers where the gap begins: the
//! minutes of all pump sessions that began within the 24 h before it, the one that it follows among them. A session that was
//! not measured counts as none. A log speaks of `m_s` when enough of its measured sessions went on and enough did not.

use crate::log::{Event, Log, Removal};
use letdown_model::past_flow::{PastFlow, REMEMBERED_H};

/// Sessions that must lie on either side for a log to speak.
pub const FEWEST_EITHER_SIDE: usize = 5;
/// From so many minutes on a session went past the end of flow (min).
pub const LEAST_MIN: f64 = 1.0;

/// How many measured sessions went past the end of flow, and how many stopped where it ended.
pub fn past_and_not(log: &Log) -> (usize, usize) {
    let measured = || log.events().iter().filter_map(measured_min);
    let past = measured().filter(|min| *min >= LEAST_MIN).count();
    (past, measured().count() - past)
}

/// Whether a log speaks of what minutes past the end of flow do.
pub fn speaks(log: &Log) -> bool {
    let (past, not) = past_and_not(log);
    past.min(not) >= FEWEST_EITHER_SIDE
}

/// Minutes past the end of flow within the day before an hour of the log.
pub(crate) fn minutes(log: &Log, at_h: f64) -> f64 {
    recent(log, at_h).filter_map(measured_min).sum()
}

/// The same of a log of which only the times are known from an hour on: pump sessions since then are as hers usually are.
pub(crate) fn minutes_foreseen(log: &Log, at_h: f64, known_before_h: f64, usual_min: f64) -> f64 {
    let of = |e: &Event| match e.removal {
        Removal::Pump { .. } if e.at_h >= known_before_h => Some(usual_min),
        _ => measured_min(e),
    };
    recent(log, at_h).filter_map(of).sum()
}

/// Events of the day before an hour, one at that hour among them, the latest first.
fn recent(log: &Log, at_h: f64) -> impl Iterator<Item = &Event> {
    let until = log.events().partition_point(|e| e.at_h <= at_h);
    log.events()[..until].iter().rev().take_while(move |e| e.at_h > at_h - REMEMBERED_H)
}

fn measured_min(event: &Event) -> Option<f64> {
    match event.removal {
        Removal::Pump { past_flow_min, .. } => past_flow_min,
        Removal::Baby { .. } => None,
    }
}

/// How long each pump session of the last 14 days before an hour went past the end of flow (min), the latest first.
fn last_days(log: &Log, before_h: f64) -> impl Iterator<Item = f64> {
    let pumped = log.lately(before_h).filter(|e| matches!(e.removal, Removal::Pump { .. }));
    pumped.map(|e| measured_min(e).unwrap_or(0.0))
}

/// How long her sessions of the last 14 days before an hour went past the end of flow, on average (min); 0 of none.
pub fn usual_min(log: &Log, before_h: f64) -> f64 {
    mean(last_days(log, before_h))
}

fn mean(of: impl Iterator<Item = f64>) -> f64 {
    let (count, sum) = of.fold((0_u32, 0.0), |(count, sum), min| (count + 1, sum + min));
    sum / f64::from(count.max(1))
}

/// Minutes past the end of flow along a course of sessions to come. Hours count from the hour that it looks ahead from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PastFlowAhead {
    /// What that hour remembers, at hours before 0.
    pub remembered: PastFlow,
    /// How long a session to come goes on (min).
    pub usual_min: f64,
    /// How long those of the last 14 days went on (min), the latest first.
    recent_min: Vec<f64>,
}

impl PastFlowAhead {
    /// Looks ahead from an hour of a log, knowing the events before it.
    ///
    /// ```
    /// use letdown_fit::{log::{Breasts, Event, Log, Removal, Seen}, past_flow::PastFlowAhead};
    /// let five_min_past = |i: u32| match Event::pump(4.0 * f64::from(i), Seen::Nothing, None) {
    ///     Event { at_h, removal: Removal::Pump { sides, seen, minutes, with, .. } } => {
    ///         Event { at_h, removal: Removal::Pump { sides, seen, minutes, past_flow_min: Some(5.0), with } }
    ///     }
    ///     other => other,
    /// };
    /// let log = Log::new(Breasts::One, 0.0, (0..20).map(five_min_past))?;
    /// let mut ahead = PastFlowAhead::at(&log, 78.0);
    /// assert_eq!((ahead.usual_min, ahead.minutes(2.0)), (5.0, 25.0));
    /// ahead.pumped(2.0);
    /// assert_eq!(ahead.minutes(2.0), 30.0);
    /// # Ok::<(), letdown_fit::FitError>(())
    /// ```
    pub fn at(log: &Log, hour: f64) -> Self {
        let mut remembered = PastFlow::default();
        let before = log.events().iter().filter(|e| e.at_h < hour && e.at_h > hour - REMEMBERED_H);
        for event in before {
            remembered.add(event.at_h - hour, measured_min(event).unwrap_or(0.0));
        }
        let recent_min: Vec<f64> = last_days(log, hour).collect();
        Self { remembered, usual_min: mean(recent_min.iter().copied()), recent_min }
    }

    /// How long a session would go on whose length is another by so much (min). Those of hers that stopped where flow
    /// ended, or before, might have stopped before by as much: they count as they were.
    pub fn changed_min(&self, by_min: f64) -> f64 {
        let of = |min: &f64| if *min >= LEAST_MIN { (min + by_min).max(0.0) } else { *min };
        mean(self.recent_min.iter().map(of))
    }

    /// The same, every session to come so much longer past the end of flow (min), and none shorter than nothing.
    #[must_use]
    pub fn longer(self, by_min: f64) -> Self {
        Self { usual_min: (self.usual_min + by_min).max(0.0), ..self }
    }

    /// Minutes within the day before an hour.
    pub fn minutes(&mut self, at_h: f64) -> f64 {
        self.remembered.minutes(at_h)
    }

    /// A pump session that goes on as hers usually do.
    pub fn pumped(&mut self, at_h: f64) {
        self.remembered.add(at_h, self.usual_min);
    }
}
