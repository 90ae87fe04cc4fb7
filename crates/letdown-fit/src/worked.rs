//! What of her traits every step of a log needs, worked out once.

use crate::{
    effects::{EFFECTS, With},
    reach::Share,
    rows::{row, sum},
    steps::Remover,
    traits::{Trait, Traits},
};
use letdown_model::{
    activation::Activation,
    demand::Demand,
    filling::{Brake, GuessedBrake},
    maths::{Maths as _, Quick},
    mother::Breast,
    number::Number,
    population::FEED_SD,
};

/// Her traits, or those of several women side by side.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Worked<const B: usize, T = f64> {
    pub capacity: [T; B],
    pub storage: [T; B],
    pub early_storage: [T; B],
    activation_h: T,
    pub brake: GuessedBrake<T>,
    pub demand: Demand<T>,
    pub share: Share<T>,
    pub baby: Share<T>,
    pub day_sd: T,
    pub gap_sd: T,
    pub gap_variance_share: f64,
    pub cosine: T,
    pub sine: T,
    pub out_of_reach: T,
    pub pace_min: T,
    pub start: T,
    /// ln multipliers of the share, by effect.
    pub effects: [T; EFFECTS],
}

impl<const B: usize> Worked<B> {
    pub(crate) fn of(traits: &Traits) -> Self {
        Self::side_by_side(std::slice::from_ref(traits))
    }
}

impl<const B: usize, T: Number> Worked<B, T> {
    /// One woman's for each lane.
    pub(crate) fn side_by_side(women: &[Traits]) -> Self {
        let each = |of: &dyn Fn(&Traits) -> f64| T::of(|l| of(&women[l]));
        let fitted = |t: Trait| each(&|woman| woman.get(t));
        let breast = |of: &dyn Fn(&Breast) -> f64| row(|b| each(&|woman| of(&woman.breast(b))));
        let demand = |of: &dyn Fn(&Demand) -> f64| each(&|woman| of(&woman.demand()));
        Self {
            capacity: breast(&|b| b.capacity_ml_per_h),
            storage: breast(&|b| b.storage_ml),
            early_storage: breast(&|b| b.early_storage_ml),
            activation_h: each(&|woman| woman.activation().half_h),
            brake: GuessedBrake::of(Brake {
                half_fullness: each(&|woman| woman.brake().half_fullness),
                steepness: each(&|woman| woman.brake().steepness),
            }),
            demand: Demand {
                set_fullness: demand(&|d| d.set_fullness),
                memory_h: demand(&|d| d.memory_h),
                gain_per_day: demand(&|d| d.gain_per_day),
                return_per_day: demand(&|d| d.return_per_day),
                early_gain: demand(&|d| d.early_gain),
                retention_per_day: demand(&|d| d.retention_per_day),
                past_flow_per_day: demand(&|d| d.past_flow_per_day),
                ceiling: demand(&|d| d.ceiling),
            },
            share: Share::of(fitted(Trait::PumpShare), fitted(Trait::SessionSd), chances(B)),
            baby: Share::of(fitted(Trait::BabyShare), T::all(FEED_SD), chances(B)),
            day_sd: fitted(Trait::DaySd),
            gap_sd: fitted(Trait::GapSd),
            gap_variance_share: 1.0 / chances(B),
            cosine: fitted(Trait::Cosine),
            sine: fitted(Trait::Sine),
            out_of_reach: fitted(Trait::OutOfReach),
            pace_min: fitted(Trait::Pace),
            start: fitted(Trait::Start),
            effects: row(|e| each(&|woman| woman.effects()[e])),
        }
    }

    /// The activation of each.
    pub(crate) fn activation(&self, of: impl Fn(&Activation) -> f64) -> T {
        self.activation_h.map(|half_h| of(&Activation { half_h }))
    }

    /// `S - (S - S5) early`.
    #[inline]
    pub(crate) fn storage_at(&self, b: usize, early: f64) -> T {
        self.storage[b] - (self.storage[b] - self.early_storage[b]) * early
    }

    /// What a session with something multiplies the share by.
    pub(crate) fn multiplier(&self, with: &With) -> T {
        Quick::exp(sum(self.effects.iter().zip(with.amounts()).map(|(ln, amount)| *ln * amount)))
    }

    #[inline]
    pub(crate) fn share_of(&self, by: Remover) -> &Share<T> {
        match by {
            Remover::Pump(_) => &self.share,
            Remover::Baby => &self.baby,
        }
    }
}

/// How many breasts' independent chances average out in each that is told apart: one virtual breast stands for two.
fn chances(told_apart: usize) -> f64 {
    if told_apart == 1 { 2.0 } else { 1.0 }
}
