//! How women differ: the distribution every trait is drawn from, and the prior of a fit.
//!
//! A trait is log-normal unless it is said to be logit-normal. Medians and spreads follow the published numbers restated
//! in `docs/model.md`; where none exists that is said there.

use crate::{
    activation::Activation,
    demand::Demand,
    ejection::Ejection,
    filling::Brake,
    learning::Learning,
    mother::{Breast, Mother, Wander},
    random::Random,
    removal::{BabyResponse, PumpResponse, logit},
    rhythm::Rhythm,
    session::{ducts::Ducts, reflex::Reflex, squeeze::Gland},
};
use alloc::vec::Vec;

/// A log-normal trait.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Its median, in the trait's unit.
    pub median: f64,
    /// Its standard deviation on the log scale.
    pub log_sd: f64,
}

/// A logit-normal trait.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogitSpread {
    /// Its median (0 to 1).
    pub median: f64,
    /// Its standard deviation on the logit scale.
    pub logit_sd: f64,
}

const fn spread(median: f64, log_sd: f64) -> Spread {
    Spread { median, log_sd }
}

/// `C0` per breast (mL/h): what women share, and ...
pub const CAPACITY: Spread = spread(17.0, 0.25);
/// ... how far one breast lies from the other; the right one makes a tenth more.
pub const CAPACITY_BREAST: Spread = spread(1.0, 0.30);
/// Right against left (1).
pub const RIGHT_BREAST: f64 = 1.1;
/// Correlation of ln S with ln C0 between women.
pub const CAPACITY_STORAGE_CORRELATION: f64 = 0.5;
/// `S` per breast, established (mL).
pub const STORAGE: Spread = spread(185.0, 0.40);
/// `S5` per breast, days 5 to 14 (mL).
pub const EARLY_STORAGE: Spread = spread(90.0, 0.45);
/// `f50` (1).
pub const HALF_FULLNESS: Spread = spread(1.0, 0.15);
/// `n` (1).
pub const STEEPNESS: Spread = spread(6.0, 0.40);
/// `F0` (1).
pub const SET_FULLNESS: Spread = spread(0.35, 0.15);
/// `tau_F` (h).
pub const MEMORY_H: Spread = spread(48.0, 0.50);
/// `k` (1/day).
pub const GAIN: Spread = spread(0.25, 0.50);
/// `lam` (1/day).
pub const RETURN: Spread = spread(0.06, 0.60);
/// `w` (1).
pub const EARLY_GAIN: Spread = spread(2.0, 0.50);
/// `Cmax/C0` (1).
pub const CEILING: Spread = spread(2.3, 0.25);
/// `k_ret` (1/day).
pub const RETENTION: Spread = spread(0.15, 0.70);
/// `T_act` after a term birth (h).
pub const ACTIVATION_TERM_H: Spread = spread(63.0, 0.30);
/// `T_act` when pumping for a preterm baby (h).
pub const ACTIVATION_PRETERM_H: Spread = spread(90.0, 0.45);
/// `e_p` (1).
pub const PUMP_SHARE: LogitSpread = LogitSpread { median: 0.85, logit_sd: 0.4 };
/// How much a session's share varies (logit sd): some women are steady, some are not. Published coefficients of variation
/// of whole sessions (0.28) hold the gaps too; a real log in which these are known leaves 0.2 (`docs/model.md`).
pub const SESSION_SD: Spread = spread(0.35, 0.6);
/// `t_e` (min).
pub const PACE_MIN: Spread = spread(4.0, 0.35);
/// `rho` (1).
pub const OUT_OF_REACH: Spread = spread(0.12, 0.35);
/// What massage multiplies a share by (1).
pub const MASSAGE: Spread = spread(1.2, 0.15);
/// `e_b` (1).
pub const BABY_SHARE: LogitSpread = LogitSpread { median: 0.82, logit_sd: 0.4 };
/// How much a feed's ceiling varies (logit sd).
pub const FEED_SD: f64 = 0.9;
/// The clock's rhythm as a blob around an amplitude (1) at an hour (clock h): its size and its hour are hardly known.
pub const RHYTHM_AMPLITUDE: f64 = 0.04;
/// The hour of its middle (clock h).
pub const RHYTHM_PEAK_H: f64 = 22.0;
/// The spread of the blob, in its cosine and its sine (1).
pub const RHYTHM_SD: f64 = 0.03;
/// Wandering of capacity (1/sqrt(day)).
pub const WANDER_DAY_SD: Spread = spread(0.03, 0.5);
/// Spread of what one gap brings (log sd).
pub const WANDER_GAP_SD: Spread = spread(0.06, 0.5);

/// `G` (1/s).
pub const REFLEX_GAIN: Spread = spread(0.027, 0.30);
/// `tau_X` (s).
pub const REFLEX_FORGETS_S: Spread = spread(200.0, 0.20);
/// `P` (s).
pub const PERIOD_S: Spread = spread(175.0, 0.36);
/// `J0` (1).
pub const PULSE: Spread = spread(1.0, 0.20);
/// `q` (1).
pub const FATIGUE: Spread = spread(0.03, 0.30);
/// `tau_R` (s).
pub const FATIGUE_RECOVERS_S: Spread = spread(700.0, 0.30);
/// `k_B` (1/s): a half-life of 38 s.
pub const CLEARS: Spread = spread(core::f64::consts::LN_2 / 38.0, 0.15);
/// `L` (s).
pub const LAG_S: Spread = spread(16.0, 0.20);
/// `kappa` (1/s).
pub const SQUEEZES: Spread = spread(0.011, 0.35);
/// `k_n` (1/s).
pub const DUCTS_TAKEN: Spread = spread(0.06, 0.30);
/// `x_m` (mL).
pub const CHOKED_ML: Spread = spread(12.0, 0.25);
/// `tau_b` (s).
pub const BACKFLOW_S: Spread = spread(35.0, 0.25);
/// `q0` (mL/s).
pub const DRIP: Spread = spread(0.0018, 0.50);
/// How well massage works, between women (1): judged; two trials disagree.
pub const MASSAGE_HELPS: Spread = spread(1.0, 0.3);
/// How strongly stress and pain reach the reflex, between women (1): judged.
pub const DISTRESS_REACHES: Spread = spread(1.0, 0.2);
/// `b_w`: mean and standard deviation between women (logit).
pub const FEELS: (f64, f64) = (-0.3, 1.5);
/// `alpha` (1). Never measured in women.
pub const LEARNING_RATE: Spread = spread(0.03, 0.7);
/// `mu` (1): the same in every woman, for want of anything known.
pub const COMPETITION: f64 = 0.5;

/// The circumstances that shift a whole population.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// A term birth.
    Term,
    /// Pumping for a preterm baby.
    Preterm,
}

impl Spread {
    /// The trait at a standard normal deviation.
    ///
    /// ```
    /// use letdown_model::population::STORAGE;
    /// assert_eq!(STORAGE.at(0.0), 185.0);
    /// assert!((STORAGE.at(1.0) - 276.0).abs() < 0.1);
    /// ```
    pub fn at(&self, z: f64) -> f64 {
        self.median * libm::exp(self.log_sd * z)
    }
}

impl LogitSpread {
    /// The logit of the trait at a standard normal deviation.
    pub fn logit_at(&self, z: f64) -> f64 {
        logit(self.median) + self.logit_sd * z
    }
}

/// The woman of all medians, after a term birth.
pub fn median() -> Mother {
    assemble(&mut || 0.0, Term::Term)
}

/// A woman drawn from the population.
///
/// ```
/// use letdown_model::{population::{Term, draw}, random::Random};
/// let her = draw(&mut Random::seeded(1), Term::Term);
/// assert_eq!(her, draw(&mut Random::seeded(1), Term::Term));
/// assert_eq!(her.breasts.len(), 2);
/// ```
pub fn draw(random: &mut Random, term: Term) -> Mother {
    assemble(&mut || random.normal(), term)
}

/// Builds a woman from standard normal deviations, taken in a fixed order.
fn assemble(z: &mut dyn FnMut() -> f64, term: Term) -> Mother {
    let breasts = breasts(z);
    let activation = match term {
        Term::Term => ACTIVATION_TERM_H,
        Term::Preterm => ACTIVATION_PRETERM_H,
    };
    Mother {
        breasts,
        brake: Brake { half_fullness: HALF_FULLNESS.at(z()), steepness: STEEPNESS.at(z()) },
        demand: Demand {
            set_fullness: SET_FULLNESS.at(z()),
            memory_h: MEMORY_H.at(z()),
            gain_per_day: GAIN.at(z()),
            return_per_day: RETURN.at(z()),
            early_gain: EARLY_GAIN.at(z()),
            retention_per_day: RETENTION.at(z()),
            past_flow_per_day: 0.0,
            ceiling: CEILING.at(z()),
        },
        rhythm: rhythm(z),
        activation: Activation { half_h: activation.at(z()) },
        pump: PumpResponse {
            share_logit: PUMP_SHARE.logit_at(z()),
            session_logit_sd: SESSION_SD.at(z()),
            pace_min: PACE_MIN.at(z()),
            out_of_reach: OUT_OF_REACH.at(z()),
            massage: MASSAGE.at(z()),
        },
        baby: BabyResponse { share_logit: BABY_SHARE.logit_at(z()), feed_logit_sd: FEED_SD },
        wander: Wander { day_sd: WANDER_DAY_SD.at(z()), gap_sd: WANDER_GAP_SD.at(z()) },
        ejection: ejection(z),
        learning: Learning { rate: LEARNING_RATE.at(z()), competition: COMPETITION },
    }
}

fn ejection(z: &mut dyn FnMut() -> f64) -> Ejection {
    Ejection {
        reflex: Reflex {
            gain_per_s: REFLEX_GAIN.at(z()),
            forgets_s: REFLEX_FORGETS_S.at(z()),
            period_s: PERIOD_S.at(z()),
            pulse: PULSE.at(z()),
            fatigue: FATIGUE.at(z()).min(0.5),
            recovers_s: FATIGUE_RECOVERS_S.at(z()),
        },
        gland: Gland { clears_per_s: CLEARS.at(z()), lag_s: LAG_S.at(z()) },
        ducts: Ducts {
            squeezes_per_s: SQUEEZES.at(z()),
            takes_per_s: DUCTS_TAKEN.at(z()),
            choked_ml: CHOKED_ML.at(z()),
            back_s: BACKFLOW_S.at(z()),
            drip_ml_per_s: DRIP.at(z()),
        },
        feels: FEELS.0 + FEELS.1 * z(),
        massage_helps: MASSAGE_HELPS.at(z()),
        distress_reaches: DISTRESS_REACHES.at(z()),
    }
}

fn rhythm(z: &mut dyn FnMut() -> f64) -> Rhythm {
    let middle = Rhythm::peaking(RHYTHM_AMPLITUDE, RHYTHM_PEAK_H);
    Rhythm { cosine: middle.cosine + RHYTHM_SD * z(), sine: middle.sine + RHYTHM_SD * z() }
}

fn breasts(z: &mut dyn FnMut() -> f64) -> Vec<Breast> {
    let (shared, own) = (z(), z());
    let r = CAPACITY_STORAGE_CORRELATION;
    let storage_ml = STORAGE.at(r * shared + libm::sqrt(1.0 - r * r) * own);
    let early_storage_ml = EARLY_STORAGE.at(z());
    let capacity = CAPACITY.at(shared);
    [1.0, RIGHT_BREAST]
        .map(|side| Breast {
            capacity_ml_per_h: side * capacity * CAPACITY_BREAST.at(z()),
            storage_ml,
            early_storage_ml,
        })
        .into()
}
