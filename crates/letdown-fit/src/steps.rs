//! A log compiled for one pass of the filter of [`crate::belief`]: a step for each removal and reading.

use crate::{
    effects::With,
    log::{self, Drank, Event, Log, Removal},
    past_flow,
};
use letdown_model::{activation::Activation, mother::Wander, population, removal::Sides, rhythm};

/// One removal, or one side of it that was read.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// The gap before it; none for the second side of one session.
    pub gap: Option<Elapsed>,
    /// Whether it is the second side of the session before it.
    pub beside: bool,
    /// Which breasts are reached.
    pub reached: [bool; 2],
    /// What removes.
    pub by: Remover,
    /// What was read.
    pub reading: Option<Read>,
    /// Which of the log's [`Growth`](crate::log::Growth) holds it, when it is a feed of which nothing was read.
    pub growth: Option<usize>,
    /// Whether the gap before it may have held a session that was not written down.
    pub doubted: bool,
    /// How much of the storage is still that of the first days (1; 0 once established).
    pub early: f64,
    /// What a pump session is with; none where it is with nothing.
    pub with: Option<With>,
}

/// A volume that was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Read {
    /// Volume (mL).
    pub ml: f64,
    /// Step it was read to (mL).
    pub step_ml: f64,
    /// Variance of the reading itself (mL^2): 0 for a bottle that is looked at.
    pub error_ml2: f64,
}

/// A gap between two removals, with what only the clock decides about it.
#[derive(Clone, Copy, Debug)]
pub struct Elapsed {
    /// Length (h).
    pub hours: f64,
    /// Means of the rhythm's cosine and sine over it.
    pub rhythm: (f64, f64),
    /// What is left of the wandering, and the variance it gains for a `day_sd` of 1.
    pub wander: (f64, f64),
    /// How much of the storage is still that of the first days, at its beginning (1; 0 once established).
    pub early: f64,
    /// Hours after the birth at which it begins, in the first three weeks.
    pub young_h: Option<f64>,
    /// Minutes past the end of flow within the day before it begins.
    pub past_flow_min: f64,
}

impl Elapsed {
    /// The gap between two hours of a log; none when it has no length.
    pub fn between(log: &Log, from_h: f64, to_h: f64) -> Option<Self> {
        let hours = to_h - from_h;
        (hours > 0.0).then(|| Self {
            hours,
            rhythm: rhythm::basis(log.clock_h(from_h), hours),
            wander: Wander::over(hours),
            early: early(log, from_h),
            young_h: log.day(from_h).filter(|day| *day < YOUNG_DAYS).map(|day| 24.0 * day),
            past_flow_min: past_flow::minutes(log, from_h),
        })
    }
}

/// The days in which activation is not over, and those in which capacity is more plastic.
const YOUNG_DAYS: f64 = 21.0;
pub(crate) const PLASTIC_H: f64 = 14.0 * 24.0;
/// Drops that stay in a funnel matter where a session brings little more than drops (variance, mL^2).
const DROPS_ML2: f64 = 2.0;

/// How much of the storage at an hour is that of the first days: `exp(-(d - 10)/21)` after day 10, 1 before; 0 where no
/// birth is known.
fn early(log: &Log, at_h: f64) -> f64 {
    log.day(at_h).map_or(0.0, |day| libm::exp(-(day - 10.0).max(0.0) / 21.0))
}

/// Fullness expected where a log begins, and how little is known of it.
const FIRST_FULLNESS: f64 = 0.55;
const FIRST_SD: f64 = 0.25;
const LEAST_BEGUN: f64 = 0.15;

/// What is believed of a log's beginning before anything is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Begin {
    /// As in [`Elapsed`].
    pub early: f64,
    /// Expected fullness and its sd (1).
    pub fullness: f64,
    pub sd: f64,
}

impl Begin {
    pub(crate) fn of(log: &Log) -> Self {
        let first_h = log.events().first().map_or(0.0, |e| e.at_h);
        let half_h = population::ACTIVATION_TERM_H.median;
        // There is little to hold before milk has come in.
        let begun = log.day(first_h).map_or(1.0, |day| Activation { half_h }.at(24.0 * day));
        let sd = FIRST_SD * begun.max(LEAST_BEGUN);
        Self { early: early(log, first_h), fullness: FIRST_FULLNESS * begun, sd }
    }
}

/// What removes milk in one step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Remover {
    /// A pump, for some minutes when that is known.
    Pump(Option<f64>),
    /// A baby.
    Baby,
}

/// Compiles a log's events.
pub fn steps(log: &Log) -> Vec<Step> {
    let mut steps = Vec::with_capacity(log.events().len());
    let mut earlier_h = None;
    for (index, event) in log.events().iter().enumerate() {
        let from_h = earlier_h.replace(event.at_h).unwrap_or(event.at_h);
        let growth = log.growth().iter().position(|g| g.from_h <= event.at_h && event.at_h < g.to_h);
        for step in steps_of(log, event, from_h) {
            let untold = step.by == Remover::Baby && step.reading.is_none();
            let doubted = step.gap.is_some() && log.is_doubted(index);
            steps.push(Step { growth: growth.filter(|_| untold), doubted, ..step });
        }
    }
    steps
}

/// The steps of one event of a log, the one before it having been at an hour.
pub fn steps_of(log: &Log, event: &Event, from_h: f64) -> impl Iterator<Item = Step> + use<> {
    let gap = Elapsed::between(log, from_h, event.at_h);
    let early = early(log, event.at_h);
    let both = |sides: Sides| [sides.reach(0, 2), sides.reach(1, 2)];
    let first = |reached, by, reading| Step {
        gap,
        beside: false,
        reached,
        by,
        reading,
        growth: None,
        doubted: false,
        early,
        with: None,
    };
    let drops_ml2 = log.day(event.at_h).filter(|day| *day < YOUNG_DAYS).map_or(0.0, |_| DROPS_ML2);
    let exact = |ml, step_ml| Read { ml, step_ml, error_ml2: drops_ml2 };
    let (one, other) = match event.removal {
        Removal::Baby { sides, drank } => {
            let read = |d: Drank| Read { ml: d.ml, step_ml: d.step_ml, error_ml2: d.sd_ml * d.sd_ml };
            (first(both(sides), Remover::Baby, drank.map(read)), None)
        }
        Removal::Pump { sides, seen, minutes, with, .. } => {
            let by = Remover::Pump(minutes);
            let with = Some(with).filter(|w| !w.is_nothing());
            let first = |reached, by, reading| Step { with, ..first(reached, by, reading) };
            match seen {
                log::Seen::Nothing => (first(both(sides), by, None), None),
                log::Seen::Total { ml, step_ml } => (first(both(sides), by, Some(exact(ml, step_ml))), None),
                log::Seen::PerSide { ml, step_ml } => {
                    let side = |b: usize| ml[b].map(|v| exact(v, step_ml));
                    let [left, right] = both(sides);
                    let after = Step { gap: None, beside: true, ..first([false, right], by, side(1)) };
                    if left {
                        (first([true, false], by, side(0)), right.then_some(after))
                    } else {
                        (first([false, right], by, side(1)), None)
                    }
                }
            }
        }
    };
    std::iter::once(one).chain(other)
}
