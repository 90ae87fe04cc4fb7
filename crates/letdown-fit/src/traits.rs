//! Her traits: what is fitted, on which scale, with which prior.
//!
//! A trait is `exp(mean + sd z)` or `mean + sd z`, where `z` is its deviation from the population, standard normal in the
//! prior; mean and sd are those of [`letdown_model::population`].

use crate::{
    effects::{ALL_EFFECTS, EFFECTS, Effect, With},
    log::Breasts,
};
use letdown_model::{
    activation::Activation,
    demand::Demand,
    filling::Brake,
    mother::{Breast, Mother, Wander},
    population as pop,
    removal::{BabyResponse, PumpResponse, logit},
    rhythm::Rhythm,
};

/// One trait. The order is that of the coordinates of a fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(usize)]
pub enum Trait {
    /// `C0`, geometric mean of the breasts (mL/h).
    Capacity,
    /// ln of right over left of `C0`.
    CapacityBalance,
    /// `S`, geometric mean of the breasts (mL).
    Storage,
    /// ln of right over left of `S`.
    StorageBalance,
    /// `f50` (1).
    HalfFullness,
    /// `n` (1).
    Steepness,
    /// logit of `e_p`.
    PumpShare,
    /// Spread of a session's share (logit sd).
    SessionSd,
    /// Wandering of capacity (1/sqrt(day)).
    DaySd,
    /// Spread of what a gap brings (log sd).
    GapSd,
    /// Cosine weight of the clock's rhythm (1).
    Cosine,
    /// Sine weight of the clock's rhythm (1).
    Sine,
    /// `F0` (1).
    SetFullness,
    /// `tau_F` (h).
    MemoryH,
    /// `k` (1/day).
    Gain,
    /// `lam` (1/day).
    Return,
    /// `Cmax/C0` (1).
    Ceiling,
    /// ln of capacity over its baseline where the log begins.
    Start,
    /// `rho` (1).
    OutOfReach,
    /// `t_e` (min).
    Pace,
    /// logit of what a baby takes of what is there.
    BabyShare,
    /// `S5`, geometric mean of the breasts (mL); fitted in the first weeks, as the next two.
    EarlyStorage,
    /// `w` (1).
    EarlyGain,
    /// `T_act` (h).
    ActivationH,
    /// `m_s` (1/day per ten minutes past the end of flow within a day).
    PastFlow,
    /// ln of what massage multiplies the share by; those below likewise ([`crate::effects`]).
    Massage,
    /// A pause with massage.
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
    /// A baby at the other breast.
    NursingBeside,
    /// Another pump.
    OtherPump,
    /// A vacuum e times as strong.
    Vacuum,
    /// One point of stress, of 10.
    Stress,
    /// One point of pain, of 10.
    Pain,
    /// Another place.
    OtherPlace,
    /// A flange wider by a millimetre.
    Flange,
}

/// How many traits there are.
pub const COUNT: usize = 39;

/// All traits, in order.
pub const ALL: [Trait; COUNT] = [
    Trait::Capacity,
    Trait::CapacityBalance,
    Trait::Storage,
    Trait::StorageBalance,
    Trait::HalfFullness,
    Trait::Steepness,
    Trait::PumpShare,
    Trait::SessionSd,
    Trait::DaySd,
    Trait::GapSd,
    Trait::Cosine,
    Trait::Sine,
    Trait::SetFullness,
    Trait::MemoryH,
    Trait::Gain,
    Trait::Return,
    Trait::Ceiling,
    Trait::Start,
    Trait::OutOfReach,
    Trait::Pace,
    Trait::BabyShare,
    Trait::EarlyStorage,
    Trait::EarlyGain,
    Trait::ActivationH,
    Trait::PastFlow,
    Trait::Massage,
    Trait::PauseMassage,
    Trait::Photo,
    Trait::Sound,
    Trait::Warmth,
    Trait::Smell,
    Trait::Thought,
    Trait::NursingBeside,
    Trait::OtherPump,
    Trait::Vacuum,
    Trait::Stress,
    Trait::Pain,
    Trait::OtherPlace,
    Trait::Flange,
];

/// The scale on which a trait is normal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Scale {
    /// `ln` of the trait is.
    Log,
    /// The trait is.
    Plain,
}

/// The prior of a trait: normal on its scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Prior {
    pub mean: f64,
    pub sd: f64,
    pub scale: Scale,
}

impl Prior {
    /// The trait at a deviation, in its unit.
    pub(crate) fn at(&self, z: f64) -> f64 {
        let on_scale = self.mean + self.sd * z;
        if self.scale == Scale::Log { libm::exp(on_scale) } else { on_scale }
    }

    /// The slope of the trait, in its unit, by its deviation.
    pub(crate) fn stretch(&self, value: f64) -> f64 {
        if self.scale == Scale::Log { self.sd * value } else { self.sd }
    }
}

impl Trait {
    /// Whether a log that does not speak of it leaves it out, instead of leaving it to the prior.
    pub(crate) fn may_be_silent(self) -> bool {
        matches!(self, Self::EarlyStorage | Self::EarlyGain | Self::ActivationH | Self::PastFlow)
            || Effect::of(self).is_some()
    }

    pub(crate) fn prior(self) -> Prior {
        static PRIORS: std::sync::LazyLock<[Prior; COUNT]> =
            std::sync::LazyLock::new(|| ALL.map(Trait::of_population));
        PRIORS[self as usize]
    }

    fn of_population(self) -> Prior {
        let log = |s: pop::Spread| Prior { mean: libm::log(s.median), sd: s.log_sd, scale: Scale::Log };
        let plain = |mean: f64, sd: f64| Prior { mean, sd, scale: Scale::Plain };
        let of_breast = pop::CAPACITY_BREAST.log_sd;
        let rhythm = Rhythm::peaking(pop::RHYTHM_AMPLITUDE, pop::RHYTHM_PEAK_H);
        match self {
            // Two breasts average out half of the variance between breasts.
            Self::Capacity => Prior {
                mean: libm::log(pop::CAPACITY.median) + 0.5 * libm::log(pop::RIGHT_BREAST),
                sd: libm::hypot(pop::CAPACITY.log_sd, of_breast / core::f64::consts::SQRT_2),
                scale: Scale::Log,
            },
            Self::CapacityBalance => {
                plain(libm::log(pop::RIGHT_BREAST), of_breast * core::f64::consts::SQRT_2)
            }
            Self::Storage => log(pop::STORAGE),
            Self::StorageBalance => plain(0.0, STORAGE_BALANCE_SD),
            Self::HalfFullness => log(pop::HALF_FULLNESS),
            Self::Steepness => log(pop::STEEPNESS),
            Self::PumpShare => plain(pop::PUMP_SHARE.logit_at(0.0), pop::PUMP_SHARE.logit_sd),
            Self::SessionSd => log(pop::SESSION_SD),
            Self::DaySd => log(pop::WANDER_DAY_SD),
            Self::GapSd => log(pop::WANDER_GAP_SD),
            Self::Cosine => plain(rhythm.cosine, pop::RHYTHM_SD),
            Self::Sine => plain(rhythm.sine, pop::RHYTHM_SD),
            Self::SetFullness => log(pop::SET_FULLNESS),
            Self::MemoryH => log(pop::MEMORY_H),
            Self::Gain => log(pop::GAIN),
            Self::Return => log(pop::RETURN),
            Self::Ceiling => log(pop::CEILING),
            Self::Start => plain(0.0, START_SD),
            Self::OutOfReach => log(pop::OUT_OF_REACH),
            Self::Pace => log(pop::PACE_MIN),
            Self::BabyShare => plain(logit(BABY_MEDIAN), BABY_SD),
            Self::EarlyStorage => log(pop::EARLY_STORAGE),
            Self::EarlyGain => log(pop::EARLY_GAIN),
            Self::ActivationH => log(pop::ACTIVATION_TERM_H),
            Self::PastFlow => plain(0.0, PAST_FLOW_SD),
            Self::Massage => plain(libm::log(pop::MASSAGE.median), pop::MASSAGE.log_sd),
            Self::PauseMassage | Self::NursingBeside => plain(0.0, 0.1),
            Self::Photo | Self::Sound | Self::Warmth | Self::Smell | Self::Thought => plain(0.0, CUE_SD),
            Self::OtherPump => plain(0.0, OTHER_PUMP_SD),
            Self::Vacuum => plain(VACUUM.0, VACUUM.1),
            Self::Stress => plain(STRESS.0, STRESS.1),
            Self::Pain => plain(PAIN.0, PAIN.1),
            Self::OtherPlace => plain(0.0, OTHER_PLACE_SD),
            Self::Flange => plain(FLANGE.0, FLANGE.1),
        }
    }
}

/// How far one breast's storage lies from the other's (log sd of the ratio); none is published.
const STORAGE_BALANCE_SD: f64 = 0.25;
/// Where a log begins capacity may stand far from its baseline: a log may begin in the first weeks, or after a break.
const START_SD: f64 = 0.7;
/// What a baby takes of what is there: 67 % on average (Kent 2006), its appetite not being known here.
const BABY_MEDIAN: f64 = 0.67;
const BABY_SD: f64 = 0.5;
/// Minutes past the end of flow (1/day): no trial measured them, so the prior leans to neither side.
const PAST_FLOW_SD: f64 = 0.004;
/// Cues: what trials found goes both ways, so the prior leans to neither side (ln of the multiplier).
const CUE_SD: f64 = 0.08;
/// Another pump (ln of the multiplier): none is published as better in general.
const OTHER_PUMP_SD: f64 = 0.2;
/// A stronger vacuum takes more until it hurts (mean and sd by ln of the vacuum).
const VACUUM: (f64, f64) = (0.15, 0.15);
/// Stress and pain, by point: what ten points do in a simulated session, and as much again for what is not known.
const STRESS: (f64, f64) = (-0.006, 0.01);
const PAIN: (f64, f64) = (-0.02, 0.02);
/// Another place (ln of the multiplier): a strange room and a quiet one may both be it.
const OTHER_PLACE_SD: f64 = 0.1;
/// A flange, by mm of its width: one trial had more milk with smaller ones (`flange_fits`); too small is possible too.
const FLANGE: (f64, f64) = (-0.005, 0.03);

/// The traits of one woman, as the fit sees them.
#[derive(Clone, Debug, PartialEq)]
pub struct Traits {
    breasts: Breasts,
    values: [f64; COUNT],
}

impl Traits {
    pub(crate) fn new(breasts: Breasts, value: impl FnMut(Trait) -> f64) -> Self {
        Self { breasts, values: ALL.map(value) }
    }

    /// One trait, in its unit.
    pub fn get(&self, t: Trait) -> f64 {
        self.values[t as usize]
    }

    /// How many breasts are told apart.
    pub fn breasts(&self) -> Breasts {
        self.breasts
    }

    /// The same woman as the model knows her: two breasts, or one that stands for both.
    pub fn mother(&self) -> Mother {
        let typical = Mother::typical();
        // One virtual breast stands for two whose chances are independent.
        let shared = if self.breasts == Breasts::One { core::f64::consts::FRAC_1_SQRT_2 } else { 1.0 };
        Mother {
            breasts: (0..self.len()).map(|b| self.breast(b)).collect(),
            brake: self.brake(),
            demand: self.demand(),
            rhythm: Rhythm { cosine: self.get(Trait::Cosine), sine: self.get(Trait::Sine) },
            pump: PumpResponse {
                share_logit: self.get(Trait::PumpShare),
                session_logit_sd: shared * self.get(Trait::SessionSd),
                pace_min: self.get(Trait::Pace),
                out_of_reach: self.get(Trait::OutOfReach),
                massage: self.told(Trait::Massage).map_or(typical.pump.massage, libm::exp),
            },
            baby: BabyResponse {
                share_logit: self.get(Trait::BabyShare),
                feed_logit_sd: shared * typical.baby.feed_logit_sd,
            },
            activation: self.activation(),
            wander: Wander { day_sd: self.get(Trait::DaySd), gap_sd: shared * self.get(Trait::GapSd) },
            ..typical
        }
    }

    /// The traits of a woman known to the model, as a fit of her log would name them.
    ///
    /// A log that names no side knows one breast: twice the mean capacity and storage of the two.
    pub fn of(mother: &Mother, breasts: Breasts) -> Self {
        let (left, right) = (mother.breasts[0], mother.breasts[mother.breasts.len() - 1]);
        let mean = |l: f64, r: f64| if breasts == Breasts::One { 0.5 * (l + r) } else { libm::sqrt(l * r) };
        let values = ALL.map(|t| match t {
            Trait::Capacity => mean(left.capacity_ml_per_h, right.capacity_ml_per_h),
            Trait::CapacityBalance => libm::log(right.capacity_ml_per_h / left.capacity_ml_per_h),
            Trait::Storage => mean(left.storage_ml, right.storage_ml),
            Trait::StorageBalance => libm::log(right.storage_ml / left.storage_ml),
            Trait::HalfFullness => mother.brake.half_fullness,
            Trait::Steepness => mother.brake.steepness,
            Trait::PumpShare => mother.pump.share_logit,
            Trait::SessionSd => mother.pump.session_logit_sd,
            Trait::DaySd => mother.wander.day_sd,
            Trait::GapSd => mother.wander.gap_sd,
            Trait::Cosine => mother.rhythm.cosine,
            Trait::Sine => mother.rhythm.sine,
            Trait::SetFullness => mother.demand.set_fullness,
            Trait::MemoryH => mother.demand.memory_h,
            Trait::Gain => mother.demand.gain_per_day,
            Trait::Return => mother.demand.return_per_day,
            Trait::Ceiling => mother.demand.ceiling,
            Trait::OutOfReach => mother.pump.out_of_reach,
            Trait::Pace => mother.pump.pace_min,
            Trait::BabyShare => mother.baby.share_logit,
            Trait::EarlyStorage => mean(left.early_storage_ml, right.early_storage_ml),
            Trait::EarlyGain => mother.demand.early_gain,
            Trait::ActivationH => mother.activation.half_h,
            Trait::PastFlow => mother.demand.past_flow_per_day,
            Trait::Massage => libm::log(mother.pump.massage),
            _ => 0.0,
        });
        Self { breasts, values }
    }

    /// A trait that may be silent, where the log spoke of it.
    fn told(&self, t: Trait) -> Option<f64> {
        Some(self.get(t)).filter(|value| *value != 0.0)
    }

    pub(crate) fn activation(&self) -> Activation {
        Activation { half_h: self.told(Trait::ActivationH).unwrap_or(pop::ACTIVATION_TERM_H.median) }
    }

    /// What a session with something multiplies her share by (1), on average.
    pub fn multiplier(&self, with: &With) -> f64 {
        libm::exp(self.effects().iter().zip(with.amounts()).map(|(ln, amount)| ln * amount).sum())
    }

    /// The strength of every effect (ln), in the order of [`ALL_EFFECTS`].
    pub(crate) fn effects(&self) -> [f64; EFFECTS] {
        ALL_EFFECTS.map(|e| self.get(e.strength()))
    }

    pub(crate) fn len(&self) -> usize {
        if self.breasts == Breasts::One { 1 } else { 2 }
    }

    pub(crate) fn brake(&self) -> Brake {
        Brake { half_fullness: self.get(Trait::HalfFullness), steepness: self.get(Trait::Steepness) }
    }

    pub(crate) fn demand(&self) -> Demand {
        Demand {
            set_fullness: self.get(Trait::SetFullness),
            memory_h: self.get(Trait::MemoryH),
            gain_per_day: self.get(Trait::Gain),
            return_per_day: self.get(Trait::Return),
            early_gain: self.told(Trait::EarlyGain).unwrap_or(1.0),
            retention_per_day: pop::RETENTION.median,
            past_flow_per_day: self.get(Trait::PastFlow),
            ceiling: self.get(Trait::Ceiling),
        }
    }

    pub(crate) fn breast(&self, b: usize) -> Breast {
        let storage_ml = self.get(Trait::Storage) * self.side(b, Trait::StorageBalance);
        Breast {
            capacity_ml_per_h: self.get(Trait::Capacity) * self.side(b, Trait::CapacityBalance),
            storage_ml,
            early_storage_ml: self
                .told(Trait::EarlyStorage)
                .map_or(storage_ml, |early_ml| early_ml * self.side(b, Trait::StorageBalance)),
        }
    }

    /// What a geometric mean is multiplied by to give breast `b`.
    fn side(&self, b: usize, balance: Trait) -> f64 {
        match self.breasts {
            Breasts::One => 2.0,
            Breasts::Two => libm::exp(side_sign(b) * 0.5 * self.get(balance)),
        }
    }
}

/// -1 for the left, 1 for the right breast.
pub(crate) fn side_sign(b: usize) -> f64 {
    if b == 0 { -1.0 } else { 1.0 }
}
