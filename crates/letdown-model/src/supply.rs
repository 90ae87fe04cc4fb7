//! What her breasts hold and remember at a moment, and how that changes: a gap, a pump, a baby.

use crate::{
    demand::{Lived, Memory},
    filling::fill,
    mother::{Mother, Wander},
    random::Random,
    removal::{Appetite, Session, Sides, logistic, stomach_cap_ml},
    surrogate::Surrogate,
};
use alloc::vec::Vec;

/// What her breasts hold and remember.
#[derive(Clone, Debug, PartialEq)]
pub struct Supply {
    /// Each breast, in the order of [`Mother::breasts`].
    pub breasts: Vec<Held>,
    /// How far capacity has wandered from what demand explains (`l`, log).
    pub wandered: f64,
}

/// One breast at a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Held {
    /// Milk stored (`M`, mL).
    pub milk_ml: f64,
    /// Remembered fullness and capacity.
    pub memory: Memory,
}

/// A gap between two removals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    /// Length (h), > 0.
    pub hours: f64,
    /// Clock hour at which it begins (h).
    pub from_clock_h: f64,
    /// Days after the birth at which it begins, when that is known; without it lactation is taken as established.
    pub days_after_birth: Option<f64>,
    /// Minutes of pumping past the end of flow in the last 24 h.
    pub past_flow_min: f64,
}

impl Gap {
    /// A gap of some hours from midnight, in established lactation.
    pub fn of(hours: f64) -> Self {
        Self { hours, from_clock_h: 0.0, days_after_birth: None, past_flow_min: 0.0 }
    }

    /// The same gap, ending at a clock hour.
    #[must_use]
    pub fn ending_at_clock(self, clock_h: f64) -> Self {
        Self { from_clock_h: clock_h - self.hours, ..self }
    }
}

/// The chance in one gap and the removal that ends it, as deviations.
///
/// Sessions have heavy tails: now and then one is odd in every respect (an interruption, milk spilled, a volume misread).
/// So what the gap brings and what the removal takes share one Student t oddness of 4 degrees of freedom: standard normal
/// deviations times `1/sqrt(gamma)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Chance {
    /// Of the wandering of capacity.
    pub wander: f64,
    /// Of what the gap brings, per breast.
    pub brings: Vec<f64>,
    /// Of the share a removal takes, per breast.
    pub takes: Vec<f64>,
}

impl Chance {
    /// Draws the chance of one gap and removal.
    pub fn draw(random: &mut Random, breasts: usize) -> Self {
        let wander = random.normal();
        let odd = 1.0 / libm::sqrt(random.gamma_two());
        let mut each = || (0..breasts).map(|_| odd * random.normal()).collect();
        Self { wander, brings: each(), takes: each() }
    }
}

/// What a removal took, per breast (mL).
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// Volume per breast (mL); 0 where it was not reached.
    pub ml: Vec<f64>,
    /// Milk that each breast held before (mL).
    pub held_ml: Vec<f64>,
}

impl Taken {
    /// Volume of both (mL).
    pub fn total_ml(&self) -> f64 {
        self.ml.iter().sum()
    }
}

impl Supply {
    /// A breast at birth: empty, with the memory of the set point.
    pub fn at_birth(mother: &Mother) -> Self {
        Self::holding(mother, 0.0)
    }

    /// Somewhere in the middle of a steady day: 45 % full, with the memory of the set point.
    pub fn steady(mother: &Mother) -> Self {
        Self::holding(mother, 0.45)
    }

    fn holding(mother: &Mother, fullness: f64) -> Self {
        let memory = Memory { fullness: mother.demand.set_fullness, ln_capacity: 0.0 };
        let held = mother.breasts.iter().map(|b| Held { milk_ml: fullness * b.storage_ml, memory });
        Self { breasts: held.collect(), wandered: 0.0 }
    }

    /// Milk stored in both (mL).
    pub fn milk_ml(&self) -> f64 {
        self.breasts.iter().map(|b| b.milk_ml).sum()
    }

    /// A removal that takes nothing.
    pub fn leave(&self) -> Taken {
        Taken { ml: alloc::vec![0.0; self.breasts.len()], held_ml: self.held_ml() }
    }

    fn held_ml(&self) -> Vec<f64> {
        self.breasts.iter().map(|b| b.milk_ml).collect()
    }

    /// Lets a gap pass. Returns the milk that was made and stayed (mL).
    pub fn advance(&mut self, mother: &Mother, gap: &Gap, chance: Option<&Chance>) -> f64 {
        self.wander(mother, gap, chance);
        let rhythm = mother.rhythm.mean(gap.from_clock_h, gap.hours);
        let (activation, early) = stage(mother, gap);
        let wandered = libm::exp(self.wandered);
        let mut made_ml = 0.0;
        for (i, (held, breast)) in self.breasts.iter_mut().zip(&mother.breasts).enumerate() {
            let storage_ml = breast.storage_at_ml(gap.days_after_birth);
            let brings = chance.map_or(1.0, |c| lognormal(mother.wander.gap_sd, c.brings[i]));
            let rate = breast.capacity_ml_per_h * libm::exp(held.memory.ln_capacity) * wandered * activation;
            let charge = rate * rhythm * gap.hours * brings / storage_ml;
            let filled = fill(&mother.brake, held.milk_ml / storage_ml, charge, gap.hours);
            made_ml += filled.fullness * storage_ml - held.milk_ml;
            held.milk_ml = filled.fullness * storage_ml;
            let lived = Lived {
                mean_fullness: filled.mean_fullness,
                hours: gap.hours,
                activation,
                early,
                past_flow_min: gap.past_flow_min,
            };
            held.memory = mother.demand.after(&held.memory, &lived).memory;
        }
        made_ml
    }

    fn wander(&mut self, mother: &Mother, gap: &Gap, chance: Option<&Chance>) {
        let (kept, gained) = Wander::over(gap.hours);
        let sd = mother.wander.day_sd * libm::sqrt(gained);
        self.wandered = self.wandered * kept + sd * chance.map_or(0.0, |c| c.wander);
    }

    /// A pump session; `z` the standard normal deviation of its share, per breast.
    pub fn pump(
        &mut self,
        mother: &Mother,
        session: &Session,
        days_after_birth: Option<f64>,
        z: Option<&[f64]>,
    ) -> Taken {
        let breasts = mother.breasts.len();
        let held_ml = self.held_ml();
        let take = |(i, (held, breast)): (usize, (&mut Held, &crate::mother::Breast))| {
            if !session.sides.reach(i, breasts) {
                return 0.0;
            }
            let storage_ml = breast.storage_at_ml(days_after_birth);
            let fullness = held.milk_ml / storage_ml;
            let z = z.map_or(0.0, |z| z[i]);
            let share = mother.pump.share(session.minutes, fullness, session.massaged, z);
            let taken = share * (held.milk_ml - mother.pump.out_of_reach * storage_ml).max(0.0);
            held.milk_ml -= taken;
            taken
        };
        Taken { ml: self.breasts.iter_mut().zip(&mother.breasts).enumerate().map(take).collect(), held_ml }
    }

    /// A session as her own let-downs make it on average ([`crate::surrogate`]); `z` the standard normal deviation of its
    /// share, per breast.
    pub fn milk(
        &mut self,
        mother: &Mother,
        (table, sides, minutes): (&Surrogate, Sides, f64),
        days_after_birth: Option<f64>,
        z: Option<&[f64]>,
    ) -> Taken {
        let breasts = mother.breasts.len();
        let held_ml = self.held_ml();
        let take = |(i, (held, breast)): (usize, (&mut Held, &crate::mother::Breast))| {
            if !sides.reach(i, breasts) {
                return 0.0;
            }
            let storage_ml = breast.storage_at_ml(days_after_birth);
            let sd = mother.pump.session_logit_sd;
            let share =
                table.taken_by_chance(minutes, held.milk_ml / storage_ml, sd, z.map_or(0.0, |z| z[i]));
            let taken = (share * storage_ml).min(held.milk_ml);
            held.milk_ml -= taken;
            taken
        };
        Taken { ml: self.breasts.iter_mut().zip(&mother.breasts).enumerate().map(take).collect(), held_ml }
    }

    /// A feed at the breast; `z` the standard normal deviation of the baby's ceiling, per breast. Returns what was taken
    /// and what appetite is left over.
    pub fn nurse(
        &mut self,
        mother: &Mother,
        sides: Sides,
        appetite: Appetite,
        days_after_birth: Option<f64>,
        z: Option<&[f64]>,
    ) -> (Taken, f64) {
        let hungry_ml = appetite.wanted_ml + appetite.carried_ml;
        let cap_ml = days_after_birth.map_or(f64::INFINITY, stomach_cap_ml);
        let mut room_ml = hungry_ml.min(cap_ml);
        let breasts = mother.breasts.len();
        let held_ml = self.held_ml();
        let mut ml = alloc::vec![0.0; breasts];
        for (i, held) in self.breasts.iter_mut().enumerate().filter(|(i, _)| sides.reach(*i, breasts)) {
            let ceiling =
                logistic(mother.baby.share_logit + mother.baby.feed_logit_sd * z.map_or(0.0, |z| z[i]));
            ml[i] = room_ml.min(ceiling * held.milk_ml);
            held.milk_ml -= ml[i];
            room_ml -= ml[i];
        }
        let taken = Taken { ml, held_ml };
        let left_ml = (hungry_ml - taken.total_ml()).min(2.0 * appetite.wanted_ml);
        (taken, left_ml)
    }
}

impl Supply {
    /// A feed of which nothing is known but that it happened: the baby takes its usual share of what is there.
    pub fn suckle(&mut self, mother: &Mother, z: Option<&[f64]>) -> Taken {
        let held_ml = self.held_ml();
        let take = |(i, held): (usize, &mut Held)| {
            let z = z.map_or(0.0, |z| z[i]);
            let taken = held.milk_ml * logistic(mother.baby.share_logit + mother.baby.feed_logit_sd * z);
            held.milk_ml -= taken;
            taken
        };
        Taken { ml: self.breasts.iter_mut().enumerate().map(take).collect(), held_ml }
    }
}

fn stage(mother: &Mother, gap: &Gap) -> (f64, bool) {
    let Some(day) = gap.days_after_birth else { return (1.0, false) };
    (mother.activation.mean(24.0 * day, 24.0 * day + gap.hours), day < 14.0)
}

/// `exp(sd z - sd^2 / 2)`: of mean 1 when `z` is standard normal.
fn lognormal(sd: f64, z: f64) -> f64 {
    libm::exp(sd * z - 0.5 * sd * sd)
}
