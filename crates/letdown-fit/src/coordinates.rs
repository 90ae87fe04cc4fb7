//! The coordinates a fit moves in: which traits a log can speak about, and how coordinates become deviations.
//!
//! What a log cannot speak about is no coordinate of its fit: the balance of the sides when no side is named, the pace of
//! sessions without lengths, the baby's share without nursing. In draws such traits follow the prior.
//!
//! A coordinate is the trait's deviation, with two exceptions. A log says precisely how much milk was made while it was
//! kept and how much that rose or fell, and little about what lies behind: the baseline capacity `C0`, where capacity
//! stood against it at the start, how it answers to demand, how hard the brake was on. So the coordinates of `C0` and
//! `Start` are, as deviations, what the log does speak about over its `T` days:
//!
//! ```text
//! the mean log-rate   K = ln C0 + D - g/u - ln(1 + (f/f50)^n)         D = (k/lam) (F0 - F),   u = lam T
//! its rise            g = (D - Start) (1 - exp(-u))
//! ```
//!
//! with `F`, `f` a usual fullness from the usual volume `v`: `f_full = rho + v/(S e_p)`, `F = f_full - v/(2 S)`,
//! `f = f_full - v/(4 S)`. Rough is enough: the map is exact whatever these are, with `1/(1 - exp(-u))` as its Jacobian,
//! and turns a thin banana into something close to an ellipse.

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
        let map = Map::at(self, &all);
        all[Trait::Start as usize] = map.start;
        all[Trait::Capacity as usize] -= map.shift;
        all
    }

    /// Her traits at deviations.
    pub(crate) fn traits(&self, all: &[f64; COUNT]) -> Traits {
        Traits::new(self.breasts, ALL.map(|t| t.prior().at(own_and_shared(t, all))))
    }

    /// The log-density of the prior in coordinates, up to a constant: only fitted traits take part.
    pub(crate) fn prior(&self, at: &[f64], all: &[f64; COUNT]) -> f64 {
        let normal = -0.5 * self.active.iter().map(|t| all[*t as usize] * all[*t as usize]).sum::<f64>();
        normal + self.map(at).log_jacobian
    }

    /// The slope of prior and likelihood by the coordinates, into `out`, from that of the likelihood by traits.
    pub(crate) fn slope(
        &self,
        at: &[f64],
        all: &[f64; COUNT],
        traits: &Traits,
        by_trait: &[f64; COUNT],
        out: &mut [f64],
    ) {
        let by_own = |t: Trait| by_trait[t as usize] * t.prior().stretch(traits.get(t));
        let by_deviation = |t: Trait| {
            let likelihood = match t {
                Trait::Storage => by_own(t) + FOLLOWS_STORAGE * by_own(Trait::Capacity),
                Trait::Capacity => OWN * by_own(t),
                _ => by_own(t),
            };
            likelihood - all[t as usize]
        };
        let map = self.map(at);
        let (by_capacity, by_start) = (by_deviation(Trait::Capacity), by_deviation(Trait::Start));
        for (slope, t) in out.iter_mut().zip(&self.active) {
            let own = if *t == Trait::Start { 0.0 } else { by_deviation(*t) };
            let i = *t as usize;
            *slope = own - by_capacity * map.shift_by[i] + by_start * map.start_by[i] + map.log_jacobian_by[i];
        }
    }

    fn map(&self, at: &[f64]) -> Map {
        let mut all = [0.0; COUNT];
        for (t, z) in self.active.iter().zip(at) {
            all[*t as usize] = *z;
        }
        Map::at(self, &all)
    }
}

/// From coordinates to the deviations of `C0` and `Start`.
struct Map {
    /// How far `C0` lies below its coordinate.
    shift: f64,
    shift_by: [f64; COUNT],
    /// The deviation of `Start`.
    start: f64,
    start_by: [f64; COUNT],
    log_jacobian: f64,
    log_jacobian_by: [f64; COUNT],
}

impl Map {
    fn at(layout: &Layout, all: &[f64; COUNT]) -> Self {
        let value = |t: Trait| t.prior().at(all[t as usize]);
        let stretched = |slopes: &[(Trait, f64)], scale: f64| {
            let mut by = [0.0; COUNT];
            for (t, slope) in slopes {
                by[*t as usize] = slope * t.prior().stretch(value(*t)) / scale;
            }
            by
        };
        let (k, lam, f50, n) =
            (value(Trait::Gain), value(Trait::Return), value(Trait::HalfFullness), value(Trait::Steepness));
        let (share, storage_ml) = (logistic(value(Trait::PumpShare)), value(Trait::Storage));
        let usual = layout.usual_ml / storage_ml;
        let full = value(Trait::OutOfReach) + usual / share;
        let braking = full - 0.25 * usual;
        let power = libm::exp(n * libm::log(braking / f50));
        let braked = power / (1.0 + power);

        let below_set = value(Trait::SetFullness) - (full - 0.5 * usual);
        let drive = k / lam * below_set;
        let rise = value(Trait::Start);
        let turns = lam * layout.days;
        let left = libm::exp(-turns);
        let whole = -1.0 / libm::expm1(-turns);

        // By the usual fullness and the usual volume, of the drive and of the whole shift.
        let drive_by = (-k / lam, 0.5 * k / lam);
        let shift_by = (drive_by.0 - braked * n / braking, drive_by.1 + 0.25 * braked * n / braking);
        let by_state = |(by_full, by_usual): (f64, f64)| {
            [
                (Trait::OutOfReach, by_full),
                (Trait::Storage, -(by_usual + by_full / share) * usual / storage_ml),
                (Trait::PumpShare, -by_full * usual * (1.0 - share) / share),
                (Trait::SetFullness, k / lam),
                (Trait::Gain, below_set / lam),
            ]
        };
        let mut shift_slopes = by_state(shift_by).to_vec();
        shift_slopes.extend([
            (Trait::Start, -1.0 / turns),
            (Trait::Return, -drive / lam + rise / (turns * lam)),
            (Trait::HalfFullness, braked * n / f50),
            (Trait::Steepness, -braked * libm::log(braking / f50)),
        ]);
        let mut start_slopes = by_state(drive_by).to_vec();
        start_slopes.extend([
            (Trait::Start, -whole),
            (Trait::Return, -drive / lam + rise * left * whole * whole * layout.days),
        ]);
        let (capacity_sd, start_sd) = (Trait::Capacity.prior().sd * OWN, Trait::Start.prior().sd);
        Self {
            shift: (drive - rise / turns - libm::log1p(power)) / capacity_sd,
            shift_by: stretched(&shift_slopes, capacity_sd),
            start: (drive - rise * whole) / start_sd,
            start_by: stretched(&start_slopes, start_sd),
            log_jacobian: libm::log(whole),
            log_jacobian_by: stretched(&[(Trait::Return, -left * whole * layout.days)], 1.0),
        }
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
