//! What is believed about milk and capacity at a moment: a mean, and a covariance, carried from removal to removal.
//!
//! The state is `s = (M_1 .. M_B, l)`: milk in each breast (mL) and how far capacity has wandered (log), with mean `s` and
//! covariance `P`. Remembered fullness and `c = ln(C/C0)` follow from the mean path. This is an extended Kalman filter
//! whose moving part is the physiology of `letdown-model`:
//!
//! ```text
//! a gap        l <- psi l,  psi = exp(-back h/24);   M_b <- S_b fill(M_b/S_b, y_b),   y_b = C_b h r / S_b,  C_b = C0_b exp(c_b + l)
//!              P <- A P A' + Q,   A_bb = dM/dM = g2/g1,   A_bl = dM/dl = g2 C_b h r
//!              Q_bb = (sd_gap A_bl)^2,   Q_ll = sd_day^2 (1 - psi^2) / (2 back)
//! a removal    expected from b:  y_b = E_b R_b,   R_b = milk within reach,   E_b median share,   h_b = E_b dR_b/dM_b
//!              n+, n-: what the share strays up and down, squared;   D = 1 - h
//!              not read:  M_b <- M_b - y'_b,   P <- D P D + diag(n'),   y' and n' of `reach`
//!              of one breast, volume v:  see `alone`
//!              of both:  n = ((sqrt n+ + sqrt n-)/2)^2,   V = h'Ph + sum n_b  (+ scale),  r = v - sum y_b,  z = r/sqrt V
//!              oddness  o = (t + z^2)/(t + 1),  z^2 at most 900,  t = 4;   P_bb <- P_bb + (o - 1) Q_bb,   n <- o n
//!              M_b <- M_b - y_b,   P <- D P D + diag(n)
//!              s <- s + r k/W,   P <- P - k k'/W,   k = D P h - n,   W = h'Ph + sum n + step^2/12  (+ scale)
//! ```
//!
//! The oddness carries the heavy tails of [`crate::rounded`]: what is expected of the mixing weight of a Student t, given
//! its residual. An odd session was odd in its own gap and its own share, so it teaches little about capacity, while the
//! milk it took is gone all the same. Sharp corners (nothing within reach, an empty breast) are rounded off on the scale of a percent or two of S,
//! so that gradients exist. One virtual breast stands for two whose chances are independent: its variance of the
//! gap is halved, and what a session strays is less by the root of two.

use crate::{
    effects::{EFFECTS, With},
    log::{self, Drank, Event, Log, Removal},
    past_flow,
    reach::{Reached, Share},
    removed::{Met, Removed},
    rounded::{TAILS, likelihood},
    spread::{Sloped, Spread},
    traits::{Trait, Traits},
};
use letdown_model::{
    activation::Activation,
    demand::{Demand, Lived, Memory, Remembered},
    filling::{Filled, GuessedBrake},
    maths::{Maths as _, Quick},
    mother::Wander,
    population::{self, FEED_SD},
    removal::Sides,
    rhythm,
};

/// What is believed at a moment, about `B` breasts; `N = B + 1`.
#[derive(Clone, Copy, Debug)]
pub struct Belief<const B: usize, const N: usize> {
    /// Milk per breast (mL), and last how far capacity has wandered (log).
    pub mean: [f64; N],
    /// Covariance of the mean.
    pub cov: [[f64; N]; N],
    /// Remembered fullness and capacity per breast.
    pub memory: [Memory; B],
    /// Of the variance of the milk, what the gap behind it left to chance (`Q_bb`, mL^2); 0 once a removal was seen.
    pub fresh: [f64; B],
    /// What the session that is under way has shown of its oddness.
    pub odd: Odd,
}

/// How odd a session is, as far as its readings tell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Odd {
    /// What chance is multiplied by (variance; 1 when nothing was read yet).
    pub by: f64,
    /// Degrees of freedom of what is still to be read.
    pub tails: f64,
}

impl Odd {
    /// Nothing was read yet.
    pub const UNTOLD: Self = Self { by: 1.0, tails: TAILS };
}

/// Fullness expected where a log begins, and how little is known of it.
const FIRST_FULLNESS: f64 = 0.55;
const FIRST_SD: f64 = 0.25;
const FIRST_WANDER_SD: f64 = 0.02;
const LEAST_BEGUN: f64 = 0.15;

/// On which part of S the corner of an empty breast is rounded off.
const EMPTY_CORNER: f64 = 0.02;

/// A log compiled for one pass of the filter: one step per removal and reading.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// The gap before it; none for the second side of one session.
    pub gap: Option<Elapsed>,
    /// Whether it is the second side of the session before it.
    pub beside: bool,
    /// Which breasts are reached.
    pub reached: [bool; 2],
    /// What removes.
    pub by: Remover,
    /// What was read.
    pub reading: Option<Read>,
    /// Which of the log's [`Growth`](crate::log::Growth) holds it, when it is a feed of which nothing was read.
    pub growth: Option<usize>,
    /// Whether the gap before it may have held a session that was not written down.
    pub doubted: bool,
    /// How much of the storage is still that of the first days (1; 0 once established).
    pub early: f64,
    /// What a pump session is with; none where it is with nothing.
    pub with: Option<With>,
}

/// A volume that was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Read {
    /// Volume (mL).
    pub ml: f64,
    /// Step it was read to (mL).
    pub step_ml: f64,
    /// Variance of the reading itself (mL^2): 0 for a bottle that is looked at.
    pub error_ml2: f64,
}

/// A gap between two removals, with what only the clock decides about it.
#[derive(Clone, Copy, Debug)]
pub struct Elapsed {
    /// Length (h).
    pub hours: f64,
    /// Means of the rhythm's cosine and sine over it.
    pub rhythm: (f64, f64),
    /// What is left of the wandering, and the variance it gains for a `day_sd` of 1.
    pub wander: (f64, f64),
    /// How much of the storage is still that of the first days, at its beginning (1; 0 once established).
    pub early: f64,
    /// Hours after the birth at which it begins, in the first three weeks.
    pub young_h: Option<f64>,
    /// Minutes past the end of flow within the day before it begins.
    pub past_flow_min: f64,
}

impl Elapsed {
    /// The gap between two hours of a log; none when it has no length.
    pub fn between(log: &Log, from_h: f64, to_h: f64) -> Option<Self> {
        let hours = to_h - from_h;
        (hours > 0.0).then(|| Self {
            hours,
            rhythm: rhythm::basis(log.clock_h(from_h), hours),
            wander: Wander::over(hours),
            early: early(log, from_h),
            young_h: log.day(from_h).filter(|day| *day < YOUNG_DAYS).map(|day| 24.0 * day),
            past_flow_min: past_flow::minutes(log, from_h),
        })
    }
}

/// The days in which activation is not over, and those in which capacity is more plastic.
const YOUNG_DAYS: f64 = 21.0;
pub(crate) const PLASTIC_H: f64 = 14.0 * 24.0;
/// Drops that stay in a funnel matter where a session brings little more than drops (variance, mL^2).
const DROPS_ML2: f64 = 2.0;

/// How much of the storage at an hour is that of the first days: `exp(-(d - 10)/21)` after day 10, 1 before; 0 where no
/// birth is known.
fn early(log: &Log, at_h: f64) -> f64 {
    log.day(at_h).map_or(0.0, |day| libm::exp(-(day - 10.0).max(0.0) / 21.0))
}

/// What is believed of a log's beginning before anything is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Begin {
    /// As in [`Elapsed`].
    pub early: f64,
    /// Expected fullness and its sd (1).
    pub fullness: f64,
    pub sd: f64,
}

impl Begin {
    pub(crate) fn of(log: &Log) -> Self {
        let first_h = log.events().first().map_or(0.0, |e| e.at_h);
        let half_h = population::ACTIVATION_TERM_H.median;
        // There is little to hold before milk has come in.
        let begun = log.day(first_h).map_or(1.0, |day| Activation { half_h }.at(24.0 * day));
        let sd = FIRST_SD * begun.max(LEAST_BEGUN);
        Self { early: early(log, first_h), fullness: FIRST_FULLNESS * begun, sd }
    }
}

/// What removes milk in one step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Remover {
    /// A pump, for some minutes when that is known.
    Pump(Option<f64>),
    /// A baby.
    Baby,
}

/// Compiles a log's events.
pub fn steps(log: &Log) -> Vec<Step> {
    let mut steps = Vec::with_capacity(log.events().len());
    let mut earlier_h = None;
    for (index, event) in log.events().iter().enumerate() {
        let from_h = earlier_h.replace(event.at_h).unwrap_or(event.at_h);
        let growth = log.growth().iter().position(|g| g.from_h <= event.at_h && event.at_h < g.to_h);
        for step in steps_of(log, event, from_h) {
            let untold = step.by == Remover::Baby && step.reading.is_none();
            let doubted = step.gap.is_some() && log.is_doubted(index);
            steps.push(Step { growth: growth.filter(|_| untold), doubted, ..step });
        }
    }
    steps
}

/// The steps of one event of a log, the one before it having been at an hour.
pub fn steps_of(log: &Log, event: &Event, from_h: f64) -> impl Iterator<Item = Step> + use<> {
    let gap = Elapsed::between(log, from_h, event.at_h);
    let early = early(log, event.at_h);
    let both = |sides: Sides| [sides.reach(0, 2), sides.reach(1, 2)];
    let first = |reached, by, reading| Step {
        gap,
        beside: false,
        reached,
        by,
        reading,
        growth: None,
        doubted: false,
        early,
        with: None,
    };
    let drops_ml2 = log.day(event.at_h).filter(|day| *day < YOUNG_DAYS).map_or(0.0, |_| DROPS_ML2);
    let exact = |ml, step_ml| Read { ml, step_ml, error_ml2: drops_ml2 };
    let (one, other) = match event.removal {
        Removal::Baby { sides, drank } => {
            let read = |d: Drank| Read { ml: d.ml, step_ml: d.step_ml, error_ml2: d.sd_ml * d.sd_ml };
            (first(both(sides), Remover::Baby, drank.map(read)), None)
        }
        Removal::Pump { sides, seen, minutes, with, .. } => {
            let by = Remover::Pump(minutes);
            let with = Some(with).filter(|w| !w.is_nothing());
            let first = |reached, by, reading| Step { with, ..first(reached, by, reading) };
            match seen {
                log::Seen::Nothing => (first(both(sides), by, None), None),
                log::Seen::Total { ml, step_ml } => (first(both(sides), by, Some(exact(ml, step_ml))), None),
                log::Seen::PerSide { ml, step_ml } => {
                    let side = |b: usize| ml[b].map(|v| exact(v, step_ml));
                    let [left, right] = both(sides);
                    let after = Step { gap: None, beside: true, ..first([false, right], by, side(1)) };
                    if left {
                        (first([true, false], by, side(0)), right.then_some(after))
                    } else {
                        (first([false, right], by, side(1)), None)
                    }
                }
            }
        }
    };
    std::iter::once(one).chain(other)
}

/// What of her traits every step needs, worked out once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Worked<const B: usize> {
    pub capacity: [f64; B],
    pub storage: [f64; B],
    pub early_storage: [f64; B],
    pub activation: Activation,
    pub brake: GuessedBrake,
    pub demand: Demand,
    pub share: Share,
    pub baby: Share,
    pub day_sd: f64,
    pub gap_sd: f64,
    pub gap_variance_share: f64,
    pub cosine: f64,
    pub sine: f64,
    pub out_of_reach: f64,
    pub pace_min: f64,
    pub start: f64,
    /// ln multipliers of the share, by effect.
    pub effects: [f64; EFFECTS],
}

impl<const B: usize> Worked<B> {
    pub(crate) fn of(traits: &Traits) -> Self {
        let breasts: [_; B] = std::array::from_fn(|b| traits.breast(b));
        Self {
            capacity: breasts.map(|b| b.capacity_ml_per_h),
            storage: breasts.map(|b| b.storage_ml),
            early_storage: breasts.map(|b| b.early_storage_ml),
            activation: traits.activation(),
            brake: GuessedBrake::of(traits.brake()),
            demand: traits.demand(),
            share: Share::of(traits.get(Trait::PumpShare), traits.get(Trait::SessionSd), chances(B)),
            baby: Share::of(traits.get(Trait::BabyShare), FEED_SD, chances(B)),
            day_sd: traits.get(Trait::DaySd),
            gap_sd: traits.get(Trait::GapSd),
            gap_variance_share: 1.0 / chances(B),
            cosine: traits.get(Trait::Cosine),
            sine: traits.get(Trait::Sine),
            out_of_reach: traits.get(Trait::OutOfReach),
            pace_min: traits.get(Trait::Pace),
            start: traits.get(Trait::Start),
            effects: traits.effects(),
        }
    }
}

/// How many breasts' independent chances average out in each that is told apart: one virtual breast stands for two.
fn chances(told_apart: usize) -> f64 {
    if told_apart == 1 { 2.0 } else { 1.0 }
}

/// `(x + sqrt(x^2 + e^2)) / 2`: the larger of `x` and 0 with its corner rounded off; with two derivatives.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Rounded {
    pub value: f64,
    pub slope: f64,
    pub bend: f64,
}

impl Rounded {
    pub(crate) fn of(x: f64, corner: f64) -> Self {
        let root = (x * x + corner * corner).sqrt();
        let share = 1.0 / root;
        Self {
            value: 0.5 * (x + root),
            slope: 0.5 * (1.0 + x * share),
            bend: 0.5 * corner * corner * (share * share * share),
        }
    }
}

/// What one gap went through, kept for the way back.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GapTape<const B: usize, const N: usize> {
    pub gap: Elapsed,
    /// Milk at its beginning (mL).
    pub milk: [f64; B],
    /// `h A r`, hours weighted by activation and rhythm.
    pub weighted_h: f64,
    /// `A`
    pub activation: f64,
    /// S at its beginning (mL).
    pub storage: [f64; B],
    pub rate: [f64; B],
    pub charge: [f64; B],
    pub start: [Rounded; B],
    pub filled: [Filled; B],
    pub remembered: [Remembered; B],
    pub to_milk: [f64; B],
    pub to_wander: [f64; B],
    /// Covariance after the wandering, before the filling.
    pub wandered: [[f64; N]; N],
    /// Covariance of milk and wandering at its end, last the variance of the wandering.
    pub last: [f64; N],
}

/// What the removal from both breasts went through, kept for the way back.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RemovalTape<const B: usize, const N: usize> {
    pub before: Belief<B, N>,
    pub met: Met,
    pub each: [Reached; B],
    /// `h`, with 0 for the wandering.
    pub slope: [f64; N],
    /// `n`, with 0 for the wandering.
    pub noise: [f64; N],
    /// `P h`.
    pub towards: [f64; N],
    pub update: Option<Update<N>>,
}

/// A reading against what was expected.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    pub residual: f64,
    pub likelihood: Sloped,
    /// What it multiplies the oddness by that was known before.
    pub odder: Sloped,
    /// Variance of the rounding and of the reading itself.
    pub rounding: f64,
}

/// How a reading moved the belief.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Update<const N: usize> {
    pub seen: Seen,
    /// `P h` once the oddness is in `P`.
    pub odd_towards: [f64; N],
    /// `k`
    pub gain: [f64; N],
    /// `1/W`
    pub weight: f64,
}

impl<const B: usize, const N: usize> Belief<B, N> {
    /// What is believed where a log begins.
    pub(crate) fn first(w: &Worked<B>, begin: &Begin) -> Self {
        let mut belief = Self {
            mean: [0.0; N],
            cov: [[0.0; N]; N],
            memory: [Memory { fullness: w.demand.set_fullness, ln_capacity: w.start }; B],
            fresh: [0.0; B],
            odd: Odd::UNTOLD,
        };
        for b in 0..B {
            let storage = w.storage_at(b, begin.early);
            belief.mean[b] = begin.fullness * storage;
            belief.cov[b][b] = (begin.sd * storage) * (begin.sd * storage);
        }
        belief.cov[B][B] = FIRST_WANDER_SD * FIRST_WANDER_SD;
        belief
    }

    /// Lets a gap pass.
    pub(crate) fn pass(&mut self, w: &Worked<B>, gap: &Elapsed) -> GapTape<B, N> {
        let milk: [f64; B] = std::array::from_fn(|b| self.mean[b]);
        let Elapsed { hours, rhythm, wander: (kept, gained), early, young_h, past_flow_min } = *gap;
        let activation = young_h.map_or(1.0, |from_h| w.activation.mean(from_h, from_h + hours));
        let plastic = young_h.is_some_and(|from_h| from_h < PLASTIC_H);
        let storages: [f64; B] = std::array::from_fn(|b| w.storage_at(b, early));
        let weighted_h = activation * hours * (1.0 + w.cosine * rhythm.0 + w.sine * rhythm.1);
        self.mean[B] *= kept;
        let wandered = self.wander(kept, w.day_sd * w.day_sd * gained);

        let mut rate = [0.0; B];
        let mut charge = [0.0; B];
        let mut start = [Rounded::default(); B];
        let (mut to_milk, mut to_wander) = ([0.0; B], [0.0; B]);
        let filled = std::array::from_fn(|b| {
            let storage = storages[b];
            rate[b] = w.capacity[b] * Quick::exp(self.memory[b].ln_capacity + self.mean[B]);
            charge[b] = rate[b] * weighted_h / storage;
            start[b] = Rounded::of(self.mean[b] / storage, EMPTY_CORNER);
            let filled = w.brake.fill(start[b].value, charge[b], hours);
            to_milk[b] = start[b].slope * filled.rate_end / filled.rate_start;
            to_wander[b] = filled.rate_end * rate[b] * weighted_h;
            self.mean[b] = storage * filled.fullness;
            filled
        });
        let lapse = w.demand.lapse(hours, activation);
        let remembered: [Remembered; B] = std::array::from_fn(|b| {
            let lived = Lived::established(filled[b].mean_fullness, hours);
            let lived = Lived { activation, early: plastic, past_flow_min, ..lived };
            w.demand.after_lapse(&self.memory[b], &lived, &lapse)
        });
        self.memory = remembered.map(|r| r.memory);

        let last: [f64; N] = std::array::from_fn(|i| {
            if i < B { to_milk[i] * wandered[i][B] + to_wander[i] * wandered[B][B] } else { wandered[B][B] }
        });
        for i in 0..B {
            for j in 0..=i {
                let through = to_milk[i] * wandered[i][j] + to_wander[i] * wandered[B][j];
                let both = through * to_milk[j] + last[i] * to_wander[j];
                (self.cov[i][j], self.cov[j][i]) = (both, both);
            }
            (self.cov[i][B], self.cov[B][i]) = (last[i], last[i]);
            let surprise = w.gap_sd * to_wander[i];
            self.fresh[i] = w.gap_variance_share * surprise * surprise;
            self.cov[i][i] += self.fresh[i];
        }
        self.cov[B][B] = wandered[B][B];
        GapTape {
            gap: *gap,
            milk,
            weighted_h,
            activation,
            storage: storages,
            rate,
            charge,
            start,
            filled,
            remembered,
            to_milk,
            to_wander,
            wandered,
            last,
        }
    }

    fn wander(&self, kept: f64, variance: f64) -> [[f64; N]; N] {
        let mut cov = self.cov;
        for i in 0..B {
            cov[i][B] *= kept;
            cov[B][i] *= kept;
        }
        cov[B][B] = cov[B][B] * kept * kept + variance;
        cov
    }

    /// Takes milk away, and learns from a reading when there is one.
    #[inline]
    pub(crate) fn remove(&mut self, w: &Worked<B>, step: &Step) -> Removed<B, N> {
        if !step.beside {
            self.odd = Odd::UNTOLD;
        }
        match step.alone::<B>() {
            Some(b) => Removed::Alone(self.remove_alone(w, step, b)),
            None => Removed::Both(self.remove_both(w, step)),
        }
    }

    fn remove_both(&mut self, w: &Worked<B>, step: &Step) -> RemovalTape<B, N> {
        let before = *self;
        let multiplier = step.with.as_ref().map_or(1.0, |with| w.multiplier(with));
        let each: [Reached; B] = std::array::from_fn(|b| {
            if B > 1 && !step.reached[b] {
                Reached::default()
            } else {
                self.reached(w, step, (multiplier, w.storage_at(b, step.early)), b)
            }
        });
        let (mut slope, mut noise) = ([0.0; N], [0.0; N]);
        for b in 0..B {
            slope[b] = each[b].share * each[b].reach.slope;
            noise[b] = match step.reading {
                Some(_) => each[b].even_ml2(),
                None => each[b].unread_ml2(),
            };
        }
        let towards: [f64; N] = std::array::from_fn(|i| dot(&self.cov[i], &slope));
        let expected_ml: f64 = each.iter().map(|e| e.expected_ml).sum();
        let error = step.reading.map_or(0.0, |read| read.error_ml2);
        let variance = dot(&slope, &towards) + noise.iter().sum::<f64>() + error;
        let seen = step.reading.map(|read| Seen::of(&read, expected_ml, &Spread::even(variance), TAILS));
        let oddness = seen.map_or(1.0, |s| s.odder.value);

        let odd_noise = noise.map(|n| oddness * n);
        for b in (0..B).filter(|b| each[*b].is) {
            self.cov[b][b] += (oddness - 1.0) * self.fresh[b];
            self.fresh[b] = 0.0;
        }
        let odd_towards: [f64; N] = std::array::from_fn(|i| dot(&self.cov[i], &slope));
        for i in 0..N {
            for j in 0..N {
                self.cov[i][j] *= (1.0 - slope[i]) * (1.0 - slope[j]);
            }
            self.cov[i][i] += odd_noise[i];
        }
        for b in 0..B {
            self.mean[b] -= if seen.is_some() { each[b].expected_ml } else { each[b].on_average_ml() };
        }
        let update = seen.map(|seen| {
            let gain: [f64; N] = std::array::from_fn(|i| (1.0 - slope[i]) * odd_towards[i] - odd_noise[i]);
            let spread = dot(&slope, &odd_towards) + odd_noise.iter().sum::<f64>();
            let update = Update { seen, odd_towards, gain, weight: 1.0 / (spread + seen.rounding) };
            self.learn(&update);
            update
        });
        RemovalTape { before, met: Met::of(step), each, slope, noise, towards, update }
    }

    fn learn(&mut self, update: &Update<N>) {
        for i in 0..N {
            self.mean[i] += update.weight * update.seen.residual * update.gain[i];
            for j in 0..N {
                self.cov[i][j] -= update.weight * update.gain[i] * update.gain[j];
            }
        }
    }
}

impl<const B: usize, const N: usize> RemovalTape<B, N> {
    /// The log-likelihood of its reading; 0 without one.
    pub(crate) fn likelihood(&self) -> f64 {
        self.update.map_or(0.0, |u| u.seen.likelihood.value)
    }

    /// How far what it takes strays, where nothing is read.
    pub(crate) fn spread(&self) -> Spread {
        let known = dot(&self.slope, &self.towards);
        let strays = |of: fn(&Reached) -> f64| known + self.each.iter().map(|e| of(e) * of(e)).sum::<f64>();
        Spread::of(strays(Reached::up_ml), strays(Reached::down_ml))
    }
}

impl Seen {
    #[inline]
    pub(crate) fn of(read: &Read, expected_ml: f64, spread: &Spread, tails: f64) -> Self {
        let Read { ml, step_ml, error_ml2 } = *read;
        let residual = ml - expected_ml;
        let z = spread.at(residual);
        let (odd, odd_slope) = bounded(z.value * z.value);
        let per_tails = 1.0 / (tails + 1.0);
        Self {
            residual,
            likelihood: likelihood(residual, spread, step_ml, ml == 0.0),
            odder: z.through((tails + odd) * per_tails, 2.0 * z.value * odd_slope * per_tails),
            rounding: step_ml * step_ml / 12.0 + error_ml2,
        }
    }
}

impl<const B: usize> Worked<B> {
    /// `S - (S - S5) early`.
    pub(crate) fn storage_at(&self, b: usize, early: f64) -> f64 {
        self.storage[b] - (self.storage[b] - self.early_storage[b]) * early
    }

    /// What a session with something multiplies the share by.
    pub(crate) fn multiplier(&self, with: &With) -> f64 {
        Quick::exp(self.effects.iter().zip(with.amounts()).map(|(ln, amount)| ln * amount).sum())
    }

    pub(crate) fn share_of(&self, by: Remover) -> &Share {
        match by {
            Remover::Pump(_) => &self.share,
            Remover::Baby => &self.baby,
        }
    }
}

/// `x / (1 + x/900)` and its slope: far from any log's truth a covariance would burst.
fn bounded(x: f64) -> (f64, f64) {
    const MOST: f64 = 900.0;
    let shrink = 1.0 / (1.0 + x / MOST);
    (x * shrink, shrink * shrink)
}

pub(crate) fn dot<const N: usize>(a: &[f64; N], b: &[f64; N]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}
