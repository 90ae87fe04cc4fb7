//! What babies drank at the breast over some days, as far as their growth tells.
//!
//! Between two weights a baby spent energy and laid tissue down; what it did not drink from bottles, it drank at the breast:
//!
//! ```text
//! needs (kcal)  = sum over babies of  (92.8 w - 152)+ days  +  tissue(age) (w2 - w1)      w mean weight (kg), weights in g
//! breast (mL)   = needs/(0.67 kcal/g 1.03 g/mL) - bottles        log sd = 0.2 needs/breast
//! ```
//!
//! Expenditure of breastfed infants and the energy of their gain: FAO/WHO/UNU 2004 (Human energy requirements, after Butte
//! 2000). In the first days a baby loses water, and from half a year on it eats: neither is read. Twins are summed; where one
//! of them was not weighed, nothing is said.

use crate::observed::{Session, What, hours, midnight};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use letdown_journal::{
    body::{Body, Milk},
    doubt::{Doubt, doubts},
};
use letdown_model::energy::{DENSITY_G_PER_ML, KCAL_PER_G};
use std::collections::{BTreeMap, BTreeSet};

/// What was drunk at the breast between two times at which every baby was weighed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grown {
    /// From.
    pub from: Timestamp,
    /// To.
    pub to: Timestamp,
    /// At the breast, all babies together (mL).
    pub ml: f64,
    /// How little is known of it (log sd).
    pub log_sd: f64,
}

/// What a journal says of babies.
#[derive(Debug, Default)]
pub(crate) struct Nursery {
    /// Weights (g) by baby.
    weights: BTreeMap<Option<String>, BTreeMap<Timestamp, f64>>,
    /// Bottles (mL of human milk), `None` where no volume is known.
    bottles: Vec<(Timestamp, Option<f64>)>,
    /// Days of birth by baby.
    born: BTreeMap<Option<String>, Date>,
    /// The day on which she gave birth.
    gave_birth: Option<Date>,
    /// Babies that were nursed, by name.
    nursed: BTreeSet<String>,
}

/// The shortest and the longest time between two weights that is read (days).
const SHORTEST_DAYS: f64 = 5.0;
const LONGEST_DAYS: f64 = 35.0;
/// The ages between which growth is read (days): behind the loss of the first days, before other food.
const FROM_AGE_DAYS: f64 = 5.0;
const TO_AGE_DAYS: f64 = 180.0;
/// How far needs lie off (log sd).
const NEEDS_SD: f64 = 0.2;
/// The share of its needs that a baby must get at the breast, and the nursings a day, for its growth to speak of them.
const LEAST_SHARE: f64 = 0.2;
const LEAST_A_DAY: f64 = 1.0;
/// What a fortifier adds to the energy of milk (1).
const FORTIFIED: f64 = 1.2;

impl Nursery {
    pub(crate) fn see(&mut self, body: &Body) {
        let name = |baby: &Option<String>| baby.as_deref().and_then(named);
        match body {
            Body::Weight(weight) if !doubtful(body) => {
                let of_baby = self.weights.entry(name(&weight.baby)).or_default();
                of_baby.insert(weight.start.timestamp(), weight.weight_g);
            }
            Body::Bottle(bottle) => {
                let stronger = if bottle.milk == Milk::Fortified { FORTIFIED } else { 1.0 };
                let intake = bottle.intake.as_ref().filter(|_| !doubtful(body));
                self.bottles.push((bottle.start.timestamp(), intake.map(|v| stronger * v.as_ml())));
            }
            Body::Nurse(nurse) => self.nursed.extend(name(&nurse.baby)),
            Body::Baby(baby) => {
                self.born.extend(baby.born.map(|day| (name(&baby.name), day)));
            }
            Body::Mother(mother) => self.gave_birth = self.gave_birth.max(mother.gave_birth),
            _ => {}
        }
    }

    /// The day of the newest birth that is known.
    pub(crate) fn newest_birth(&self) -> Option<Date> {
        self.gave_birth.max(self.born.values().copied().max())
    }

    /// What growth tells of the feeds among some sessions, in order of time.
    pub(crate) fn grown(&self, sessions: &[Session]) -> Vec<Grown> {
        let Some(babies) = self.at_the_breast() else { return Vec::new() };
        let weighings = together(&babies.iter().map(|baby| baby.weights).collect::<Vec<_>>());
        let mut told = Vec::new();
        let mut from: Option<&Weighing> = None;
        for to in &weighings {
            let Some(start) = from else {
                from = Some(to);
                continue;
            };
            let days = hours(start.at, to.at) / 24.0;
            if days < SHORTEST_DAYS {
                continue;
            }
            from = Some(to);
            if days <= LONGEST_DAYS {
                told.extend(self.between(&babies, start, to, sessions));
            }
        }
        told
    }

    /// The babies that drink at the breast; `None` where one of them was never weighed or its age is not known.
    fn at_the_breast(&self) -> Option<Vec<Baby<'_>>> {
        let newest = self.newest_birth()?;
        let together =
            self.born.iter().filter(|(_, day)| newest.since(**day).is_ok_and(|s| s.get_days() < 7));
        let mut names: BTreeSet<Option<&str>> = together.map(|(name, _)| name.as_deref()).collect();
        names.extend(self.nursed.iter().map(|name| Some(name.as_str())));
        if names.iter().all(Option::is_none) {
            names.extend(self.weights.keys().flatten().map(|name| Some(name.as_str())));
        }
        if names.len() > 1 {
            names.remove(&None);
        }
        let single = names.len() <= 1;
        let weights = |name: Option<&str>| {
            let own = self.weights.get(&name.map(str::to_owned));
            if single { own.or_else(|| self.weights.get(&None)) } else { own }
        };
        if names.is_empty() {
            names.insert(None);
        }
        names
            .into_iter()
            .map(|name| Some(Baby { born: self.born_on(name, single)?, weights: weights(name)? }))
            .collect()
    }

    fn born_on(&self, name: Option<&str>, single: bool) -> Option<Date> {
        let own = self.born.get(&name.map(str::to_owned)).copied();
        own.or_else(|| self.newest_birth().filter(|_| single))
    }

    fn between(
        &self,
        babies: &[Baby<'_>],
        from: &Weighing,
        to: &Weighing,
        sessions: &[Session],
    ) -> Option<Grown> {
        let within = |at: Timestamp| from.at <= at && at < to.at;
        let days = hours(from.at, to.at) / 24.0;
        let nursings = sessions
            .iter()
            .filter(|s| matches!(s.what, What::Nurse { .. }) && within(s.at.timestamp()))
            .count();
        if (nursings as f64) < LEAST_A_DAY * days {
            return None;
        }
        let bottles = self.bottles.iter().filter(|(at, _)| within(*at));
        let bottles_ml: f64 = bottles.map(|(_, ml)| *ml).sum::<Option<f64>>()?;
        let mut kcal = 0.0;
        for (baby, (w1, w2)) in babies.iter().zip(from.weights_g.iter().zip(&to.weights_g)) {
            kcal += baby.needs_kcal((from.at, *w1), (to.at, *w2))?;
        }
        let needs_ml = kcal / (KCAL_PER_G * DENSITY_G_PER_ML);
        let ml = needs_ml - bottles_ml;
        (ml >= LEAST_SHARE * needs_ml && ml > 0.0).then(|| Grown {
            from: from.at,
            to: to.at,
            ml,
            log_sd: NEEDS_SD * needs_ml / ml,
        })
    }
}

struct Baby<'a> {
    born: Date,
    weights: &'a BTreeMap<Timestamp, f64>,
}

impl Baby<'_> {
    /// What it spent and laid down between two weights (g); `None` outside of the ages that are read.
    fn needs_kcal(&self, (from, w1): (Timestamp, f64), (to, w2): (Timestamp, f64)) -> Option<f64> {
        let born = midnight(self.born, &TimeZone::UTC);
        let (age, age_then) = (hours(born, from) / 24.0, hours(born, to) / 24.0);
        if age < FROM_AGE_DAYS || age_then > TO_AGE_DAYS {
            return None;
        }
        let mean_kg = 0.5 * (w1 + w2) / 1000.0;
        let spent = (92.8 * mean_kg - 152.0).max(0.0) * (age_then - age);
        let kcal = spent + tissue_kcal_per_g(0.5 * (age + age_then)) * (w2 - w1);
        (kcal > 0.0).then_some(kcal)
    }
}

/// Energy of a gram gained at an age (days): mostly fat at first; the means of boys and girls.
fn tissue_kcal_per_g(age_days: f64) -> f64 {
    if age_days < 91.0 { 6.15 } else { 3.25 }
}

/// A time at which every baby was weighed.
struct Weighing {
    at: Timestamp,
    weights_g: Vec<f64>,
}

/// Weighings of all babies within half a day of each other.
fn together(of: &[&BTreeMap<Timestamp, f64>]) -> Vec<Weighing> {
    const NEAR_H: f64 = 12.0;
    let Some((first, others)) = of.split_first() else { return Vec::new() };
    let near = |at: Timestamp, weights: &BTreeMap<Timestamp, f64>| {
        let away = |t: &Timestamp| hours(at, *t).abs();
        let nearest = weights.iter().min_by(|a, b| away(a.0).total_cmp(&away(b.0)))?;
        (away(nearest.0) <= NEAR_H).then_some(*nearest.1)
    };
    let all = |(at, grams): (&Timestamp, &f64)| {
        let rest: Option<Vec<f64>> = others.iter().map(|weights| near(*at, weights)).collect();
        let mut weights_g = vec![*grams];
        weights_g.extend(rest?);
        Some(Weighing { at: *at, weights_g })
    };
    first.iter().filter_map(all).collect()
}

fn doubtful(body: &Body) -> bool {
    doubts(body, body.end().timestamp()).iter().any(Doubt::bars_from_fit)
}

fn named(name: &str) -> Option<String> {
    Some(name.trim().to_lowercase()).filter(|name| !name.is_empty())
}
