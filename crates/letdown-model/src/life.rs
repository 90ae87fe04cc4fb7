//! Weeks of a life: a schedule of removals, and what each of them took.

use crate::{
    mother::Mother,
    past_flow::PastFlow,
    random::Random,
    removal::{Appetite, Session, Sides},
    supply::{Chance, Gap, Supply, Taken},
    surrogate::Surrogate,
};
use alloc::vec::Vec;

/// One removal in a schedule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Planned {
    /// When (h from the start of the simulation), not before the one ahead of it.
    pub at_h: f64,
    /// What removes.
    pub by: By,
}

/// What removes milk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum By {
    /// A pump, by the shares that a fit knows.
    Pump(Session),
    /// A session by a table of her own let-downs.
    Milking {
        /// Which table of [`Start::tables`].
        table: usize,
        /// Which breasts.
        sides: Sides,
        /// How long (min).
        minutes: f64,
        /// Minutes of it past the end of flow.
        past_flow_min: f64,
    },
    /// A baby with an appetite (mL) at some breasts.
    Baby {
        /// Which breasts.
        sides: Sides,
        /// Appetite of this feed (mL).
        wanted_ml: f64,
    },
    /// Nothing: a moment that only ends a gap.
    Nothing,
}

/// Where and when a life is picked up.
#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    /// What the breasts hold at hour 0.
    pub supply: Supply,
    /// The clock at hour 0 (h).
    pub clock_h: f64,
    /// Days after the birth at hour 0, when that is known.
    pub days_after_birth: Option<f64>,
    /// What her let-downs come to, by technique; empty when only [`By::Pump`] and [`By::Baby`] occur.
    pub tables: Vec<Surrogate>,
    /// What hour 0 remembers of sessions past the end of flow, at hours before it.
    pub past_flow: PastFlow,
}

impl Start {
    /// In established lactation, at a clock hour (h), without tables and with nothing past the end of flow behind her.
    pub fn established(supply: Supply, clock_h: f64) -> Self {
        let past_flow = PastFlow::default();
        Self { supply, clock_h, days_after_birth: None, tables: Vec::new(), past_flow }
    }
}

/// Lives through a schedule and says what each removal took, with chance from `random` or without.
///
/// ```
/// use letdown_model::{life::{By, Planned, Start, live}, mother::Mother, removal::Session, supply::Supply};
/// let her = Mother::typical();
/// let start = Start::established(Supply::steady(&her), 0.0);
/// let every_three_hours: Vec<Planned> =
///     (1..=56).map(|i| Planned { at_h: 3.0 * f64::from(i), by: By::Pump(Session::both(15.0)) }).collect();
/// let week = live(&her, &start, &every_three_hours, None);
/// let day_seven_ml: f64 = week[48..].iter().map(|t| t.total_ml()).sum();
/// assert!((600.0..1000.0).contains(&day_seven_ml));
/// ```
pub fn live(
    mother: &Mother,
    start: &Start,
    schedule: &[Planned],
    mut random: Option<&mut Random>,
) -> Vec<Taken> {
    let mut life = Life {
        mother,
        start,
        supply: start.supply.clone(),
        now_h: 0.0,
        carried_ml: 0.0,
        past_flow: start.past_flow.clone(),
    };
    schedule.iter().map(|planned| life.step(planned, random.as_deref_mut())).collect()
}

struct Life<'a> {
    mother: &'a Mother,
    start: &'a Start,
    supply: Supply,
    now_h: f64,
    carried_ml: f64,
    past_flow: PastFlow,
}

/// Gaps shorter than this are one removal for the equations (h).
const SHORTEST_GAP_H: f64 = 1e-6;

impl Life<'_> {
    fn step(&mut self, planned: &Planned, random: Option<&mut Random>) -> Taken {
        let chance = random.map(|r| Chance::draw(r, self.mother.breasts.len()));
        let hours = planned.at_h - self.now_h;
        if hours > SHORTEST_GAP_H {
            let gap = Gap {
                hours,
                from_clock_h: self.start.clock_h + self.now_h,
                days_after_birth: self.day(),
                past_flow_min: self.past_flow.minutes(self.now_h),
            };
            self.supply.advance(self.mother, &gap, chance.as_ref());
            self.now_h = planned.at_h;
        }
        self.remove(planned, chance.as_ref().map(|c| c.takes.as_slice()))
    }

    fn remove(&mut self, planned: &Planned, z: Option<&[f64]>) -> Taken {
        match planned.by {
            By::Pump(session) => {
                self.past_flow.add(self.now_h, session.past_flow_min);
                let day = self.day();
                self.supply.pump(self.mother, &session, day, z)
            }
            By::Milking { table, sides, minutes, past_flow_min } => {
                self.past_flow.add(self.now_h, past_flow_min);
                let day = self.day();
                match self.start.tables.get(table) {
                    Some(table) => self.supply.milk(self.mother, (table, sides, minutes), day, z),
                    None => self.supply.leave(),
                }
            }
            By::Nothing => self.supply.leave(),
            By::Baby { sides, wanted_ml } => {
                let appetite = Appetite { wanted_ml, carried_ml: self.carried_ml };
                let (taken, left_ml) = self.supply.nurse(self.mother, sides, appetite, self.day(), z);
                self.carried_ml = left_ml;
                taken
            }
        }
    }

    fn day(&self) -> Option<f64> {
        self.start.days_after_birth.map(|d| d + self.now_h / 24.0)
    }
}
