//! What was done, felt or used beside pumping, and what it does to the share a session takes.
//!
//! Every effect multiplies the share by `exp(amount * trait)`: the amount is 1 where a technique was used, else the points
//! of a feeling or the log of a ratio; the trait is its ln multiplier. Where nothing is known of a session its amount is 0.
//! A log speaks of an effect when enough of its sessions lie on either side of it; of others it says nothing, and they do
//! nothing.

use crate::{
    log::{Log, Removal},
    posterior::Posterior,
    traits::Trait,
};

/// One thing beside pumping.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(usize)]
pub enum Effect {
    /// Massage or compression.
    Massage,
    /// A pause with massage, then on.
    PauseMassage,
    /// A picture of the baby.
    Photo,
    /// A sound of the baby.
    Sound,
    /// Warmth.
    Warmth,
    /// The smell of the baby.
    Smell,
    /// A thought of the baby.
    Thought,
    /// A baby nursed at the other breast.
    Nursing,
    /// Another pump than the first that she named.
    OtherPump,
    /// ln of the vacuum over the first that she named.
    Vacuum,
    /// Stress in the hours before, in points of 10.
    Stress,
    /// Pain in the hours before, in points of 10.
    Pain,
    /// Another place than the first that she named.
    OtherPlace,
    /// The flange, in mm over the first that was known.
    Flange,
}

/// How many effects there are.
pub const EFFECTS: usize = 14;

/// All effects, in order.
pub const ALL_EFFECTS: [Effect; EFFECTS] = [
    Effect::Massage,
    Effect::PauseMassage,
    Effect::Photo,
    Effect::Sound,
    Effect::Warmth,
    Effect::Smell,
    Effect::Thought,
    Effect::Nursing,
    Effect::OtherPump,
    Effect::Vacuum,
    Effect::Stress,
    Effect::Pain,
    Effect::OtherPlace,
    Effect::Flange,
];

impl Effect {
    /// The trait that says how strong it is: the ln multiplier of the share by one unit of its amount.
    pub fn strength(self) -> Trait {
        match self {
            Self::Massage => Trait::Massage,
            Self::PauseMassage => Trait::PauseMassage,
            Self::Photo => Trait::Photo,
            Self::Sound => Trait::Sound,
            Self::Warmth => Trait::Warmth,
            Self::Smell => Trait::Smell,
            Self::Thought => Trait::Thought,
            Self::Nursing => Trait::NursingBeside,
            Self::OtherPump => Trait::OtherPump,
            Self::Vacuum => Trait::Vacuum,
            Self::Stress => Trait::Stress,
            Self::Pain => Trait::Pain,
            Self::OtherPlace => Trait::OtherPlace,
            Self::Flange => Trait::Flange,
        }
    }

    /// What is believed before a log says anything: mean and sd of the ln multiplier.
    pub fn believed(self) -> (f64, f64) {
        let prior = self.strength().prior();
        (prior.mean, prior.sd)
    }

    /// The effect whose strength a trait is.
    pub fn of(strength: Trait) -> Option<Self> {
        ALL_EFFECTS.into_iter().find(|e| e.strength() == strength)
    }
}

/// What a session was with: the amount of every effect, 0 where it was without or nothing is known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct With([f32; EFFECTS]);

impl With {
    /// Nothing, as far as is known.
    pub const NOTHING: Self = Self([0.0; EFFECTS]);

    /// The same with an amount of one effect: 1 for a technique, points, or the log of a ratio.
    #[must_use]
    pub fn and(mut self, effect: Effect, amount: f64) -> Self {
        self.0[effect as usize] = amount as f32;
        self
    }

    /// The amount of an effect.
    pub fn amount(&self, effect: Effect) -> f64 {
        f64::from(self.0[effect as usize])
    }

    /// Whether there is any.
    pub fn is_nothing(&self) -> bool {
        self.0.iter().all(|amount| *amount == 0.0)
    }

    pub(crate) fn is_finite(&self) -> bool {
        self.0.iter().all(|amount| amount.is_finite())
    }

    /// Amounts, in the order of [`ALL_EFFECTS`].
    pub(crate) fn amounts(&self) -> impl Iterator<Item = f64> {
        self.0.into_iter().map(f64::from)
    }

    /// The mean of several; nothing of none.
    pub(crate) fn mean(several: &[Self]) -> Self {
        let count = several.len().max(1) as f64;
        let mean = |i: usize| several.iter().map(|w| f64::from(w.0[i])).sum::<f64>() / count;
        Self(std::array::from_fn(|i| mean(i) as f32))
    }
}

/// Sessions with a volume that must lie on either side of an effect.
pub const FEWEST_EITHER_SIDE: usize = 5;

/// The sessions with a volume on either side of an effect: with and without it, or, where it comes in amounts, above and
/// below the middle of its range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sides {
    /// How many are with it.
    pub with: usize,
    /// How many are without.
    pub without: usize,
    /// The middle amount of those with it, one that she logged; of an even number the lower. 0 of none.
    pub high: f64,
    /// That of those without.
    pub low: f64,
}

/// What lies on either side of an effect.
pub fn sides(log: &Log, effect: Effect) -> Sides {
    let mut amounts = amounts(log, effect);
    amounts.sort_by(f64::total_cmp);
    let (least, most) =
        (amounts.first().copied().unwrap_or_default(), amounts.last().copied().unwrap_or_default());
    // Where all are alike, they are all with it or all without.
    let middle = if least < most { 0.5 * (least + most) } else { 0.0 };
    let (low, high) = amounts.split_at(amounts.partition_point(|amount| *amount <= middle));
    let median = |side: &[f64]| side.get(side.len().saturating_sub(1) / 2).copied().unwrap_or_default();
    Sides { with: high.len(), without: low.len(), high: median(high), low: median(low) }
}

/// The amount of an effect in every session with a volume, in order of time.
pub fn amounts(log: &Log, effect: Effect) -> Vec<f64> {
    measured(log).map(|with| with.amount(effect)).collect()
}

/// How many sessions with a volume are with an effect and without.
pub fn with_and_without(log: &Log, effect: Effect) -> (usize, usize) {
    let sides = sides(log, effect);
    (sides.with, sides.without)
}

/// Whether a log speaks of an effect.
pub(crate) fn speaks(log: &Log, effect: Effect) -> bool {
    let (with, without) = with_and_without(log, effect);
    with.min(without) >= FEWEST_EITHER_SIDE
}

fn measured(log: &Log) -> impl Iterator<Item = With> {
    log.events().iter().filter(|e| e.total_ml().is_some()).filter_map(|e| match e.removal {
        Removal::Pump { with, .. } => Some(with),
        Removal::Baby { .. } => None,
    })
}

/// What her sessions of the last 14 days before an hour were with, on average.
pub fn usual(log: &Log, before_h: f64) -> With {
    let with = |e: &crate::log::Event| match e.removal {
        Removal::Pump { with, .. } => Some(with),
        Removal::Baby { .. } => None,
    };
    With::mean(&log.lately(before_h).filter_map(with).collect::<Vec<With>>())
}

/// What a log says of one effect.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Which.
    pub effect: Effect,
    /// Draws of what one unit of it multiplies the share by (1), in the order of the posterior's draws.
    pub multiplier: Vec<f64>,
    /// Sessions with a volume that were with it.
    pub with: usize,
    /// And without.
    pub without: usize,
}

/// Every effect of which the log of a fit speaks, with what the fit found.
pub fn found(posterior: &Posterior, log: &Log) -> Vec<Found> {
    let fitted = posterior.fitted();
    let active = ALL_EFFECTS.into_iter().filter(|e| fitted.contains(&e.strength()));
    active
        .map(|effect| {
            let (with, without) = with_and_without(log, effect);
            let multiplier = posterior.draws.iter().map(|d| libm::exp(d.get(effect.strength())));
            Found { effect, multiplier: multiplier.collect(), with, without }
        })
        .collect()
}
