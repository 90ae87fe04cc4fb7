//! The coordinates a fit moves in: which traits a log can speak about, and how coordinates become deviations.
//!
//! What a log cannot speak about is no coordinate of its fit: the balance of the sides when no side is named, the pace of
//! sessions without lengths, the baby's share without nursing. In draws such traits follow the prior.
//!
//! A coordinate is the trait's deviation, with one exception. A log says precisely how much milk was made while it was
//! kept, and little about the baseline capacity `C0` behind that, which hangs on where capacity began, how it answered to
//! demand and how hard the brake was on. So the coordinate of `C0` is the deviation of
//!
//! ```text
//! ln C0 + Start w + (k/lam) (F0 - F) (1 - w) - ln(1 + (f/f50)^n),      w = (1 - exp(-lam T)) / (lam T)
//! ```
//!
//! the log-rate of making milk over the `T` days of the log, roughly, with `F`, `f` a usual fullness from the usual volume
//! `v`: `f_full = rho + v / (S e_p)`, `F = f_full - v/(2 S)`, `f = f_full - v/(4 S)`. Rough is enough: this only moves `C0`
//! along by a function of the *other* coordinates, a shear, which leaves the density as it is but turns a thin banana into
//! something close to an ellipse.

use crate::{
    log::{Breasts, Log, Removal},
    traits::{ALL, COUNT, Trait, Traits},
};
use letdown_model::{population, removal::logistic};

/// The coordinates of one log's fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    breasts: Breasts,
    active: Vec<Trait>,
    days: f64,
    usual_ml: f64,
}

impl Layout {
    /// The layout of a log's fit.
    pub fn of(log: &Log) -> Self {
        let two = log.breasts() == Breasts::Two;
        let lengths = log.any(|r| matches!(r, Removal::Pump { minutes: Some(_), .. }));
        let nursing = log.any(|r| matches!(r, Removal::Baby { .. }));
        let speaks = |t: &Trait| match t {
            Trait::CapacityBalance | Trait::StorageBalance => two,
            Trait::Pace => lengths,
            Trait::BabyShare => nursing,
            _ => true,
        };
        let volumes: Vec<f64> = log.events().iter().filter_map(crate::log::Event::total_ml).collect();
        Self {
            breasts: log.breasts(),
            active: ALL.into_iter().filter(speaks).collect(),
            days: log.days().max(1.0),
            // Per breast of a pair, whether the fit tells them apart or not.
            usual_ml: volumes.iter().sum::<f64>() / (2 * volumes.len().max(1)) as f64,
        }
    }

    /// How many coordinates the fit has.
    pub fn dim(&self) -> usize {
        self.active.len()
    }

    /// The fitted traits, in the order of the coordinates.
    pub fn active(&self) -> &[Trait] {
        &self.active
    }

    /// The deviations of all traits: the fitted ones from coordinates, the others from `rest`.
    pub(crate) fn deviations(&self, at: &[f64], mut rest: impl FnMut() -> f64) -> [f64; COUNT] {
        let mut all = [0.0; COUNT];
        for t in ALL {
            all[t as usize] = self.active.iter().position(|a| *a == t).map_or_else(&mut rest, |i| at[i]);
        }
        all[Trait::Capacity as usize] -= self.shear(&all).0;
        all
    }

    /// Her traits at deviations.
    pub(crate) fn traits(&self, all: &[f64; COUNT]) -> Traits {
        Traits::new(self.breasts, ALL.map(|t| t.prior().at(own_and_shared(t, all))))
    }

    /// The log-density of the prior at deviations, up to a constant: only fitted traits take part.
    pub(crate) fn prior(&self, all: &[f64; COUNT]) -> f64 {
        -0.5 * self.active.iter().map(|t| all[*t as usize] * all[*t as usize]).sum::<f64>()
    }

    /// The slope of prior and likelihood by the coordinates, into `out`, from that of the likelihood by traits.
    pub(crate) fn slope(&self, all: &[f64; COUNT], traits: &Traits, by_trait: &[f64; COUNT], out: &mut [f64]) {
        let by_own = |t: Trait| by_trait[t as usize] * t.prior().stretch(traits.get(t));
        let by_deviation = |t: Trait| {
            let likelihood = match t {
                Trait::Storage => by_own(t) + FOLLOWS_STORAGE * by_own(Trait::Capacity),
                Trait::Capacity => OWN * by_own(t),
                _ => by_own(t),
            };
            likelihood - all[t as usize]
        };
        let by_capacity = by_deviation(Trait::Capacity);
        let (_, shear) = self.shear(all);
        for (slope, t) in out.iter_mut().zip(&self.active) {
            *slope = by_deviation(*t) - by_capacity * shear[*t as usize];
        }
    }

    /// How far `C0` is moved along, as a deviation, and the slope of that by every deviation.
    fn shear(&self, all: &[f64; COUNT]) -> (f64, [f64; COUNT]) {
        let value = |t: Trait| t.prior().at(all[t as usize]);
        let (k, lam, f50, n) =
            (value(Trait::Gain), value(Trait::Return), value(Trait::HalfFullness), value(Trait::Steepness));
        let share = logistic(value(Trait::PumpShare));
        let usual = self.usual_ml / value(Trait::Storage);
        let full = value(Trait::OutOfReach) + usual / share;

        let turns = lam * self.days;
        let early = -libm::expm1(-turns) / turns;
        let below_set = value(Trait::SetFullness) - (full - 0.5 * usual);
        let drive = k / lam * below_set;
        let power = libm::exp(n * libm::log((full - 0.25 * usual) / f50));
        let braked = power / (1.0 + power);
        let amount = value(Trait::Start) * early + drive * (1.0 - early) - libm::log1p(power);

        let by_early = value(Trait::Start) - drive;
        let by_full = -k / lam * (1.0 - early) - braked * n / (full - 0.25 * usual);
        let by_usual = 0.5 * k / lam * (1.0 - early) + 0.25 * braked * n / (full - 0.25 * usual) + by_full / share;
        let mut slope = [0.0; COUNT];
        let mut by = |t: Trait, s: f64| slope[t as usize] = s * t.prior().stretch(value(t));
        by(Trait::Start, early);
        by(Trait::SetFullness, k / lam * (1.0 - early));
        by(Trait::Gain, below_set * (1.0 - early) / lam);
        by(Trait::Return, by_early * (libm::exp(-turns) - early) / lam - drive * (1.0 - early) / lam);
        by(Trait::HalfFullness, braked * n / f50);
        by(Trait::Steepness, -braked * libm::log((full - 0.25 * usual) / f50));
        by(Trait::OutOfReach, by_full);
        by(Trait::Storage, -by_usual * usual / value(Trait::Storage));
        by(Trait::PumpShare, -by_full * usual * (1.0 - share) / share);

        let sd = Trait::Capacity.prior().sd * OWN;
        (amount / sd, slope.map(|s| s / sd))
    }
}

/// How much of the deviation of ln C0 is that of ln S: women who store more make more. The correlation is between women;
/// what sets one breast apart from the other does not take part, so it is a little smaller than theirs.
const FOLLOWS_STORAGE: f64 = population::CAPACITY_STORAGE_CORRELATION * 0.7625;
/// `sqrt(1 - FOLLOWS_STORAGE^2)`.
const OWN: f64 = 0.924_48;

fn own_and_shared(t: Trait, all: &[f64; COUNT]) -> f64 {
    let own = all[t as usize];
    match t {
        Trait::Capacity => FOLLOWS_STORAGE * all[Trait::Storage as usize] + OWN * own,
        _ => own,
    }
}
