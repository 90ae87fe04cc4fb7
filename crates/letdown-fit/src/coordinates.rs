//! The coordinates a fit moves in: which traits a log can speak about, and how coordinates become deviations.
//!
//! What a log cannot speak about is no coordinate of its fit: the balance of the sides when no side is named, the pace of
//! sessions without lengths, the baby's share without nursing. In draws such traits follow the prior. What belongs to
//! the first weeks after a birth and effects ([`crate::effects`]) do nothing where a log does not speak of them.
//!
//! A coordinate is the trait's deviation, with six exceptions. A log says precisely how much milk was made while it was
//! kept and how much that rose or fell, and little about what lies behind: the baseline capacity `C0`, where capacity
//! stood against it at the start, how it answers to demand, how hard the brake was on. So the coordinates of `C0` and
//! `Start` are what the log does speak about over its `T` days:
//!
//! ```text
//! the mean log-rate   K = ln C0 + D - g/u - ln(1 + (f/f50)^n)         D = (k/lam) (F0 - F),   u = lam T
//! its rise            g = (D - Start) (1 - exp(-u))
//! ```
//!
//! where `D` stops short of the ceiling, and with `F`, `f` a usual fullness from the usual volume `v`:
//! `f_full = rho + v/(S e_p)`, `F = f_full - v/(2 S)`, `f = f_full - v/(4 S)`. Likewise volumes tell how much is left to
//! chance, and less well to whose: so the coordinates of `SessionSd` and `GapSd` are
//!
//! ```text
//! their sum           ln sqrt(s^2 + d^2)         s = (1 - e_p) SessionSd,   d = GapSd
//! their ratio         ln (d/s)
//! ```
//!
//! and where sides are told apart, the coordinate of `CapacityBalance` is the balance of what they made, which storage
//! helps to decide through demand:
//!
//! ```text
//! B = CapacityBalance - (k/lam) 0.676 (v_R/S_R - v_L/S_L) u/(u + 2)
//! ```
//!
//! That balance drifts while demand still pulls the sides apart, by `kappa (StorageBalance - ln v_R/v_L)`, and a log sees a
//! drift to about `s`. So the coordinate of `StorageBalance` is what is left of it once that is known:
//!
//! ```text
//! kappa = 0.676 (v/S) (k/lam) u/sqrt(12 + 2 u^3)
//! W     = (StorageBalance - h ln v_R/v_L) sqrt(1/sd^2 + (kappa/s)^2),    h = (kappa/s)^2/(1/sd^2 + (kappa/s)^2)
//! ```
//!
//! Rough is enough: the map is exact whatever these are, its Jacobian is known, and it turns thin bananas into
//! something close to an ellipse.

use crate::{
    effects::{Effect, speaks as effect_speaks},
    log::{Breasts, Event, Log, Removal, Seen},
    past_flow,
    rows::Rounded,
    traits::{ALL, COUNT, Trait, Traits},
};
use letdown_model::{population, removal::logistic};

/// The coordinates of one log's fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    breasts: Breasts,
    active: Vec<Trait>,
    days: f64,
    /// The usual volume of a session per breast (mL), left first.
    usual_ml: [f64; 2],
}

impl Layout {
    /// The layout of a log's fit.
    pub fn of(log: &Log) -> Self {
        let two = log.breasts() == Breasts::Two;
        let lengths = log.any(|r| matches!(r, Removal::Pump { minutes: Some(_), .. }));
        let nursing = log.any(|r| matches!(r, Removal::Baby { .. }));
        let first_day = log.events().first().and_then(|e| log.day(e.at_h)).unwrap_or(f64::INFINITY);
        let speaks = |t: &Trait| match t {
            Trait::CapacityBalance | Trait::StorageBalance => two,
            Trait::Pace => lengths,
            Trait::BabyShare => nursing,
            Trait::EarlyStorage => first_day < EARLY_STORAGE_DAYS,
            Trait::EarlyGain => first_day < EARLY_GAIN_DAYS,
            Trait::ActivationH => first_day < ACTIVATION_DAYS,
            Trait::PastFlow => past_flow::speaks(log),
            t => Effect::of(*t).is_none_or(|effect| effect_speaks(log, effect)),
        };
        Self {
            breasts: log.breasts(),
            active: ALL.into_iter().filter(speaks).collect(),
            days: log.days().max(1.0),
            usual_ml: usual_ml(log),
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
        let mut all = self.spread_out(at);
        for t in ALL.into_iter().filter(|t| !self.active.contains(t) && !t.may_be_silent()) {
            all[t as usize] = rest();
        }
        self.moved(all, &Map::at(self, &all))
    }

    /// Where coordinates lie; what is not fitted stands at its median.
    pub(crate) fn placed(&self, at: &[f64]) -> Placed {
        let all = self.spread_out(at);
        let map = Map::at(self, &all);
        Placed { deviations: self.moved(all, &map), map }
    }

    fn moved(&self, mut all: [f64; COUNT], map: &Map) -> [f64; COUNT] {
        for moved in map.moved.iter().filter(|m| self.active.contains(&m.which)) {
            all[moved.which as usize] = moved.deviation;
        }
        all
    }

    /// Her traits at deviations.
    pub(crate) fn traits(&self, all: &[f64; COUNT]) -> Traits {
        traits_at(self.breasts, all, |t| self.active.contains(&t))
    }

    /// The log-density of the prior in coordinates, up to a constant: only fitted traits take part.
    pub(crate) fn prior(&self, placed: &Placed) -> f64 {
        let squared = |t: &Trait| placed.deviations[*t as usize] * placed.deviations[*t as usize];
        placed.map.log_jacobian - 0.5 * self.active.iter().map(squared).sum::<f64>()
    }

    /// The slope of prior and likelihood by the coordinates, into `out`, from that of the likelihood by traits.
    pub(crate) fn slope(&self, placed: &Placed, traits: &Traits, by_trait: &[f64; COUNT], out: &mut [f64]) {
        let by_deviation = |t: Trait| by_deviation(t, &placed.deviations, traits, by_trait);
        let map = &placed.map;
        let on_moved = map.moved.each_ref().map(|m| by_deviation(m.which));
        for (slope, t) in out.iter_mut().zip(&self.active) {
            let is_moved = map.moved.iter().any(|m| m.which == *t);
            let own = if is_moved { 0.0 } else { by_deviation(*t) };
            let through: f64 = map.moved.iter().zip(on_moved).map(|(m, on)| on * m.by[*t as usize]).sum();
            *slope = own + through + map.log_jacobian_by[*t as usize];
        }
    }

    /// Prior (up to a constant) where the coordinates are the deviations themselves.
    pub(crate) fn plain_prior(z: &[f64]) -> f64 {
        -0.5 * z.iter().map(|z| z * z).sum::<f64>()
    }

    /// As [`Layout::slope`], by the deviations themselves.
    pub(crate) fn plain_slope(
        &self,
        all: &[f64; COUNT],
        traits: &Traits,
        by_trait: &[f64; COUNT],
        out: &mut [f64],
    ) {
        for (slope, t) in out.iter_mut().zip(&self.active) {
            *slope = by_deviation(*t, all, traits, by_trait);
        }
    }

    /// Coordinates by trait, 0 where a trait has none.
    pub(crate) fn spread_out(&self, at: &[f64]) -> [f64; COUNT] {
        let mut all = [0.0; COUNT];
        for (t, z) in self.active.iter().zip(at) {
            all[*t as usize] = *z;
        }
        all
    }
}

/// The slope of prior and likelihood by one deviation.
fn by_deviation(t: Trait, deviations: &[f64; COUNT], traits: &Traits, by_trait: &[f64; COUNT]) -> f64 {
    let by_own = |t: Trait| by_trait[t as usize] * t.prior().stretch(traits.get(t));
    let likelihood = match t {
        Trait::Storage => by_own(t) + FOLLOWS_STORAGE * by_own(Trait::Capacity),
        Trait::Capacity => OWN * by_own(t),
        _ => by_own(t),
    };
    likelihood - deviations[t as usize]
}

/// Coordinates with what follows from them.
pub(crate) struct Placed {
    /// Deviations of all traits.
    pub deviations: [f64; COUNT],
    map: Map,
}

/// From coordinates to the deviations that are not their own coordinate.
struct Map {
    moved: [Moved; 6],
    log_jacobian: f64,
    log_jacobian_by: [f64; COUNT],
}

/// One deviation, with its slopes by every coordinate.
struct Moved {
    which: Trait,
    deviation: f64,
    by: [f64; COUNT],
}

impl Map {
    fn at(layout: &Layout, z: &[f64; COUNT]) -> Self {
        let level = Level::at(layout, z);
        let [session, gap] = chance(z);
        let mut log_jacobian = libm::log(level.whole);
        let mut log_jacobian_by = slopes(z, &[(Trait::Return, -level.left * level.whole * layout.days)], 1.0);
        let drift = Drift::at(layout, z);
        if layout.breasts == Breasts::Two {
            log_jacobian += drift.log_jacobian();
            let by = drift.by_ln_kappa(z, -drift.seen, 1.0);
            log_jacobian_by.iter_mut().zip(by).for_each(|(sum, by)| *sum += by);
        }
        let storage = drift.storage_balance(z);
        let capacity = balance(layout, z, &storage);
        Self {
            log_jacobian,
            log_jacobian_by,
            moved: [level.capacity(z), level.start(z, layout.days), storage, capacity, session, gap],
        }
    }
}

fn value(z: &[f64; COUNT], t: Trait) -> f64 {
    t.prior().at(z[t as usize])
}

/// Slopes by coordinates from slopes by the traits' values, over a scale.
fn slopes(z: &[f64; COUNT], by_value: &[(Trait, f64)], scale: f64) -> [f64; COUNT] {
    let mut by = [0.0; COUNT];
    for (t, slope) in by_value {
        by[*t as usize] += slope * t.prior().stretch(value(z, *t)) / scale;
    }
    by
}

/// The level of milk making over a log, and its rise.
struct Level {
    /// `D`, and its slopes by the state it depends on.
    drive: f64,
    drive_by: [(Trait, f64); 7],
    /// `g`
    rise: f64,
    /// `u`
    turns: f64,
    /// `exp(-u)`
    left: f64,
    /// `1 / (1 - exp(-u))`
    whole: f64,
    /// `ln(1 + (f/f50)^n)`, and its slopes.
    braked: f64,
    braked_by: [(Trait, f64); 5],
}

impl Level {
    fn at(layout: &Layout, z: &[f64; COUNT]) -> Self {
        let v = |t| value(z, t);
        let (k, lam, f50, n) =
            (v(Trait::Gain), v(Trait::Return), v(Trait::HalfFullness), v(Trait::Steepness));
        let (share, storage_ml) = (logistic(v(Trait::PumpShare)), v(Trait::Storage));
        let usual = 0.5 * (layout.usual_ml[0] + layout.usual_ml[1]) / storage_ml;
        let full = v(Trait::OutOfReach) + usual / share;
        // What the usual fullness and the usual volume do, carried on to what these depend on.
        let by_state = |by_full: f64, by_usual: f64| {
            [
                (Trait::OutOfReach, by_full),
                (Trait::Storage, -(by_usual + by_full / share) * usual / storage_ml),
                (Trait::PumpShare, -by_full * usual * (1.0 - share) / share),
            ]
        };

        let below_set = v(Trait::SetFullness) - (full - 0.5 * usual);
        let (free, ln_ceiling) = (k / lam * below_set, libm::log(v(Trait::Ceiling)));
        let spare = Rounded::of(ln_ceiling - free, CEILING_CORNER);
        let follows = spare.slope;
        let [reach, storage, pump] = by_state(-follows * k / lam, 0.5 * follows * k / lam);
        let drive_by = [
            reach,
            storage,
            pump,
            (Trait::SetFullness, follows * k / lam),
            (Trait::Gain, follows * below_set / lam),
            (Trait::Return, -follows * free / lam),
            (Trait::Ceiling, (1.0 - follows) / v(Trait::Ceiling)),
        ];

        let braking = full - 0.25 * usual;
        let power = libm::exp(n * libm::log(braking / f50));
        let held = power / (1.0 + power);
        let [reach, storage, pump] = by_state(held * n / braking, -0.25 * held * n / braking);
        let braked_by = [
            reach,
            storage,
            pump,
            (Trait::HalfFullness, -held * n / f50),
            (Trait::Steepness, held * libm::log(braking / f50)),
        ];

        let turns = lam * layout.days;
        Self {
            drive: ln_ceiling - spare.value,
            drive_by,
            rise: v(Trait::Start),
            turns,
            left: libm::exp(-turns),
            whole: -1.0 / libm::expm1(-turns),
            braked: libm::log1p(power),
            braked_by,
        }
    }

    /// `ln C0` from `K`.
    fn capacity(&self, z: &[f64; COUNT]) -> Moved {
        let sd = Trait::Capacity.prior().sd * OWN;
        let lam = value(z, Trait::Return);
        let mut by_value: Vec<(Trait, f64)> = self.drive_by.iter().map(|(t, s)| (*t, -s)).collect();
        by_value.extend(self.braked_by);
        by_value.extend([(Trait::Start, 1.0 / self.turns), (Trait::Return, -self.rise / (self.turns * lam))]);
        let mut by = slopes(z, &by_value, sd);
        by[Trait::Capacity as usize] = 1.0;
        let shift = (self.braked + self.rise / self.turns - self.drive) / sd;
        Moved { which: Trait::Capacity, deviation: z[Trait::Capacity as usize] + shift, by }
    }

    /// `Start` from `g`.
    fn start(&self, z: &[f64; COUNT], days: f64) -> Moved {
        let sd = Trait::Start.prior().sd;
        let mut by_value = self.drive_by.to_vec();
        by_value.push((Trait::Start, -self.whole));
        by_value.push((Trait::Return, self.rise * self.left * self.whole * self.whole * days));
        let deviation = (self.drive - self.rise * self.whole) / sd;
        Moved { which: Trait::Start, deviation, by: slopes(z, &by_value, sd) }
    }
}

/// How closely a log sees the balance of the sides drift (log).
const DRIFT_SEEN: f64 = 0.017;
/// `1/e_p - 1/2` of the median woman: what a usual volume over S is of the mean fullness.
const FULLNESS_OF_VOLUME: f64 = 0.676;

/// How far the sides drift apart over a log, by the balance of their storage.
struct Drift {
    /// `h`: the share of what is known of `StorageBalance` that comes from the drift.
    seen: f64,
    /// The spread of `StorageBalance` once the drift is known.
    sd: f64,
    /// `ln v_R/v_L`
    alike: f64,
    /// `d ln kappa / d ln lam`
    by_return: f64,
}

impl Drift {
    fn at(layout: &Layout, z: &[f64; COUNT]) -> Self {
        let (k, lam, storage_ml) = (value(z, Trait::Gain), value(z, Trait::Return), value(z, Trait::Storage));
        let [left, right] = layout.usual_ml;
        let turns = lam * layout.days;
        let cubed = 2.0 * turns * turns * turns;
        let usual = 0.5 * (left + right) / storage_ml;
        let kappa = FULLNESS_OF_VOLUME * usual * k * layout.days / libm::sqrt(12.0 + cubed);
        let (drift, prior) = (kappa / DRIFT_SEEN, 1.0 / Trait::StorageBalance.prior().sd);
        let whole = prior * prior + drift * drift;
        Self {
            seen: drift * drift / whole,
            sd: 1.0 / libm::sqrt(whole),
            alike: libm::log(right / left),
            by_return: -1.5 * cubed / (12.0 + cubed),
        }
    }

    fn log_jacobian(&self) -> f64 {
        libm::log(self.sd / Trait::StorageBalance.prior().sd)
    }

    /// Slopes by coordinates from a slope by `ln kappa`, over a scale.
    fn by_ln_kappa(&self, z: &[f64; COUNT], slope: f64, scale: f64) -> [f64; COUNT] {
        let by = |t, share: f64| (t, slope * share / value(z, t));
        slopes(z, &[by(Trait::Gain, 1.0), by(Trait::Return, self.by_return), by(Trait::Storage, -1.0)], scale)
    }

    /// `StorageBalance` from `W`.
    fn storage_balance(&self, z: &[f64; COUNT]) -> Moved {
        let prior_sd = Trait::StorageBalance.prior().sd;
        let own = self.sd * z[Trait::StorageBalance as usize];
        let slope = self.seen * (2.0 * (1.0 - self.seen) * self.alike - own);
        let mut by = self.by_ln_kappa(z, slope, prior_sd);
        by[Trait::StorageBalance as usize] = self.sd / prior_sd;
        Moved { which: Trait::StorageBalance, deviation: (self.seen * self.alike + own) / prior_sd, by }
    }
}

/// `CapacityBalance` from the balance of what the sides made.
fn balance(layout: &Layout, z: &[f64; COUNT], storage: &Moved) -> Moved {
    let (k, lam, storage_ml) = (value(z, Trait::Gain), value(z, Trait::Return), value(z, Trait::Storage));
    let tilt = libm::exp(0.5 * Trait::StorageBalance.prior().at(storage.deviation));
    let (left, right) = (layout.usual_ml[0] / storage_ml * tilt, layout.usual_ml[1] / storage_ml / tilt);
    let turns = lam * layout.days;
    let weight = FULLNESS_OF_VOLUME * k / lam * turns / (turns + 2.0);
    let shift = weight * (right - left);
    let sd = Trait::CapacityBalance.prior().sd;
    let by_value = [
        (Trait::Gain, shift / k),
        (Trait::Return, shift * (2.0 / (lam * (turns + 2.0)) - 1.0 / lam)),
        (Trait::Storage, -shift / storage_ml),
    ];
    let by_storage = -0.5 * weight * (right + left) * Trait::StorageBalance.prior().sd / sd;
    let mut by = slopes(z, &by_value, sd);
    by.iter_mut().zip(storage.by).for_each(|(sum, through)| *sum += by_storage * through);
    by[Trait::CapacityBalance as usize] = 1.0;
    Moved { which: Trait::CapacityBalance, deviation: z[Trait::CapacityBalance as usize] + shift / sd, by }
}

/// Mean volumes per breast (mL); where sides are not told apart, half of the whole for each.
fn usual_ml(log: &Log) -> [f64; 2] {
    let mean = |volumes: Vec<f64>| volumes.iter().sum::<f64>() / volumes.len().max(1) as f64;
    let whole = mean(log.events().iter().filter_map(Event::total_ml).collect());
    let side = |b: usize| {
        let of_side = |e: &Event| match e.removal {
            Removal::Pump { seen: Seen::PerSide { ml, .. }, .. } => ml[b],
            _ => None,
        };
        mean(log.events().iter().filter_map(of_side).collect())
    };
    match log.breasts() {
        Breasts::Two if side(0) > 0.0 && side(1) > 0.0 => [side(0), side(1)],
        _ => [0.5 * whole; 2],
    }
}

/// `SessionSd` and `GapSd` from their sum and ratio.
fn chance(z: &[f64; COUNT]) -> [Moved; 2] {
    let (session, gap) = (Trait::SessionSd.prior(), Trait::GapSd.prior());
    let rest = |share: f64| libm::log1p(-share);
    let share = logistic(value(z, Trait::PumpShare));
    let usual_rest = rest(logistic(Trait::PumpShare.prior().mean));
    let usual_ratio = gap.mean - (usual_rest + session.mean);
    let half_log = |ratio: f64| 0.5 * libm::log1p(libm::exp(2.0 * ratio));

    let sum = usual_rest + session.mean + half_log(usual_ratio) + session.sd * z[Trait::SessionSd as usize];
    let ratio = usual_ratio + gap.sd * z[Trait::GapSd as usize];
    let ln_session = sum - half_log(ratio);
    // Of the variance, the share that is the gap's.
    let of_gap = logistic(2.0 * ratio);
    let by = |by_sum: f64, by_ratio: f64, by_share: f64, sd: f64| {
        let mut by = slopes(z, &[(Trait::PumpShare, by_share)], sd);
        by[Trait::SessionSd as usize] = by_sum * session.sd / sd;
        by[Trait::GapSd as usize] = by_ratio * gap.sd / sd;
        by
    };
    [
        Moved {
            which: Trait::SessionSd,
            deviation: (ln_session - rest(share) - session.mean) / session.sd,
            by: by(1.0, -of_gap, share, session.sd),
        },
        Moved {
            which: Trait::GapSd,
            deviation: (ln_session + ratio - gap.mean) / gap.sd,
            by: by(1.0, 1.0 - of_gap, 0.0, gap.sd),
        },
    ]
}

/// Days after a birth by which a log must begin to speak of early storage, early plasticity and activation.
const EARLY_STORAGE_DAYS: f64 = 45.0;
const EARLY_GAIN_DAYS: f64 = 14.0;
const ACTIVATION_DAYS: f64 = 6.0;

/// How gradually the map turns at the ceiling (log).
const CEILING_CORNER: f64 = 0.1;

/// How much of the deviation of ln C0 is that of ln S: women who store more make more. The correlation is between women;
/// what sets one breast apart from the other does not take part, so it is a little smaller than theirs.
const FOLLOWS_STORAGE: f64 = population::CAPACITY_STORAGE_CORRELATION * 0.7625;
/// `sqrt(1 - FOLLOWS_STORAGE^2)`, to five digits.
const OWN: f64 = 0.924_48;

/// Traits at deviations from the population. Effects that a log does not speak of do nothing.
pub(crate) fn traits_at(breasts: Breasts, all: &[f64; COUNT], speaks: impl Fn(Trait) -> bool) -> Traits {
    let at = |t: Trait| {
        let silent = t.may_be_silent() && !speaks(t);
        if silent { 0.0 } else { t.prior().at(own_and_shared(t, all)) }
    };
    Traits::new(breasts, at)
}

fn own_and_shared(t: Trait, all: &[f64; COUNT]) -> f64 {
    let own = all[t as usize];
    match t {
        Trait::Capacity => FOLLOWS_STORAGE * all[Trait::Storage as usize] + OWN * own,
        _ => own,
    }
}
