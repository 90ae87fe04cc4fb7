//! The log that a drawn woman keeps, and the day behind it.

use crate::{
    effects::With,
    log::{Breasts, Event, Log, Removal, Seen},
    traits::{Trait, Traits},
};
use letdown_model::{
    life::{By, Planned, Start, live},
    mother::Mother,
    random::Random,
    removal::{STANDARD_MIN, Session, Sides},
    supply::{Supply, Taken},
};

/// What kind of log is kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kind {
    /// Whether volumes stand per side.
    pub breasts: Breasts,
    /// For how many days.
    pub days: u32,
    /// Sessions a day, at hours that vary.
    pub per_day: u32,
    /// To which step bottles are read (mL).
    pub step_ml: f64,
    /// Whether lengths vary (8 to 22 min) and are written down.
    pub lengths: bool,
}

impl Kind {
    /// Thirty days of seven sessions with their totals, read to 5 mL.
    pub fn totals() -> Self {
        Self { breasts: Breasts::One, days: 30, per_day: 7, step_ml: 5.0, lengths: false }
    }
}

/// A woman, her log, and what she pumped on the day after it.
#[derive(Clone, Debug, PartialEq)]
pub struct Woman {
    /// The truth.
    pub truth: Traits,
    /// Her log.
    pub log: Log,
    /// When she pumped on the day after (h of the log).
    pub next_h: Vec<f64>,
    /// What that day brought (mL), unrounded.
    pub next_ml: f64,
}

/// Lets a woman live and write.
///
/// # Errors
/// When her traits lead to numbers that no log may hold.
pub fn lived(truth: Traits, kind: &Kind, random: &mut Random) -> Result<Woman, crate::FitError> {
    let mother = truth.mother();
    let plan = plan(kind, random);
    let start = Start::established(begun(&mother, &truth, random), 0.0);
    let taken = live(&mother, &start, &plan, Some(random));
    let known = (kind.days * kind.per_day) as usize;
    let events = plan.iter().zip(&taken).take(known).map(|(planned, taken)| written(planned, taken, kind));
    Ok(Woman {
        log: Log::new(kind.breasts, 0.0, events)?,
        next_h: plan.iter().skip(known).map(|p| p.at_h).collect(),
        next_ml: taken.iter().skip(known).map(Taken::total_ml).sum(),
        truth,
    })
}

/// Sessions at hours that vary by up to three tenths of a gap, one day more than the log holds. The day after is of
/// usual length: a forecast knows no other.
fn plan(kind: &Kind, random: &mut Random) -> Vec<Planned> {
    let apart_h = 24.0 / f64::from(kind.per_day);
    let known = kind.days * kind.per_day;
    (0..known + kind.per_day)
        .map(|i| {
            let at_h = apart_h * (f64::from(i) + 0.6 * (random.uniform() - 0.5));
            let varied = kind.lengths && i < known;
            let minutes = if varied { 8.0 + 14.0 * random.uniform() } else { STANDARD_MIN };
            // A log's zero is its first session.
            Planned { at_h: if i == 0 { 0.0 } else { at_h }, by: By::Pump(Session::both(minutes)) }
        })
        .collect()
}

/// Where a log begins, as [`crate::belief`] takes it: 55 % full give or take 25, capacity wandered by 2 %.
fn begun(mother: &Mother, truth: &Traits, random: &mut Random) -> Supply {
    let mut supply = Supply::steady(mother);
    supply.wandered = 0.02 * random.normal();
    for (held, breast) in supply.breasts.iter_mut().zip(&mother.breasts) {
        held.milk_ml = ((0.55 + 0.25 * random.normal()) * breast.storage_ml).max(0.0);
        held.memory.fullness = truth.get(Trait::SetFullness);
        held.memory.ln_capacity = truth.get(Trait::Start);
    }
    supply
}

fn written(planned: &Planned, taken: &Taken, kind: &Kind) -> Event {
    let step_ml = kind.step_ml;
    let read = |ml: f64| (ml / step_ml).round() * step_ml;
    let seen = match kind.breasts {
        Breasts::One => Seen::Total { ml: read(taken.total_ml()), step_ml },
        Breasts::Two => {
            Seen::PerSide { ml: [0, 1].map(|b: usize| taken.ml.get(b).map(|ml| read(*ml))), step_ml }
        }
    };
    let minutes = match planned.by {
        By::Pump(session) => kind.lengths.then_some(session.minutes),
        _ => None,
    };
    Event {
        at_h: planned.at_h,
        removal: Removal::Pump {
            sides: Sides::Both,
            seen,
            minutes,
            past_flow_min: None,
            with: With::NOTHING,
        },
    }
}
