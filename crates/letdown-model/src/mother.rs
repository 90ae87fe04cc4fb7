//! One woman: the traits of her breasts and of her body's answers.

use crate::{
    activation::Activation,
    demand::Demand,
    ejection::Ejection,
    filling::Brake,
    learning::Learning,
    population,
    removal::{BabyResponse, PumpResponse},
    rhythm::Rhythm,
};
use alloc::vec::Vec;

/// One woman. Two breasts, left first; or one virtual breast that stands for both when nothing is known per side.
#[derive(Clone, Debug, PartialEq)]
pub struct Mother {
    /// Her breasts.
    pub breasts: Vec<Breast>,
    /// How synthesis slows in a filling breast.
    pub brake: Brake,
    /// How capacity answers to demand.
    pub demand: Demand,
    /// The clock's own rhythm.
    pub rhythm: Rhythm,
    /// Milk coming in after the birth.
    pub activation: Activation,
    /// How her breasts answer to a pump.
    pub pump: PumpResponse,
    /// How her baby drinks.
    pub baby: BabyResponse,
    /// What no equation foresees.
    pub wander: Wander,
    /// How she lets milk down.
    pub ejection: Ejection,
    /// How fast her reflex learns cues.
    pub learning: Learning,
}

/// The traits of one breast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Breast {
    /// Baseline synthesis capacity (`C0`, mL/h).
    pub capacity_ml_per_h: f64,
    /// Storage capacity once established (`S`, mL).
    pub storage_ml: f64,
    /// Storage capacity on days 5 to 14 after the birth (`S5`, mL).
    pub early_storage_ml: f64,
}

impl Breast {
    /// Storage capacity so many days after birth (mL): `S(d) = S - (S - S5) exp(-(d - 10) / 21)` after day 10. Lactation is
    /// taken as established where the day is not known.
    pub fn storage_at_ml(&self, days_after_birth: Option<f64>) -> f64 {
        let Some(day) = days_after_birth else { return self.storage_ml };
        let grown = libm::exp(-(day - 10.0).max(0.0) / 21.0);
        self.storage_ml - (self.storage_ml - self.early_storage_ml) * grown
    }
}

/// What no equation foresees: capacity wanders from day to day, and one gap brings more than another.
///
/// ```text
/// ln C = c + l,   dl = -back l dt + sd_day dW,   charge of a gap x exp(sd_gap z - sd_gap^2 / 2)
/// ```
///
/// `back` 0.01/day: what demand does not explain (illness, hormones, a new pump) lasts for months.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wander {
    /// Day-to-day wandering of ln C (1/sqrt(day)).
    pub day_sd: f64,
    /// Spread of what one gap brings (log sd).
    pub gap_sd: f64,
}

impl Wander {
    /// How fast wandering fades (`back`, 1/day).
    pub const BACK_PER_DAY: f64 = 0.01;

    /// What is left of the wandering after some hours (1), and the variance it has gained meanwhile for a `day_sd` of 1.
    pub fn over(hours: f64) -> (f64, f64) {
        let kept = libm::exp(-Self::BACK_PER_DAY * hours / 24.0);
        (kept, (1.0 - kept * kept) / (2.0 * Self::BACK_PER_DAY))
    }
}

impl Mother {
    /// The woman of all medians: established lactation, two breasts.
    pub fn typical() -> Self {
        population::median()
    }
}
