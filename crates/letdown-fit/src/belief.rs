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
    reach::Reached,
    removed::{Met, Removed},
    rounded::{TAILS, likelihood},
    rows::{Rounded, dot, row, sum},
    spread::{Sloped, Spread},
    steps::{Begin, Elapsed, PLASTIC_H, Read, Step},
    worked::Worked,
};
use letdown_model::{
    demand::{Lived, Memory, Remembered},
    filling::Filled,
    maths::{Maths as _, Quick},
    number::Number,
};

/// What is believed at a moment, about `B` breasts; `N = B + 1`.
#[derive(Clone, Copy, Debug)]
pub struct Belief<const B: usize, const N: usize, T = f64> {
    /// Milk per breast (mL), and last how far capacity has wandered (log).
    pub mean: [T; N],
    /// Covariance of the mean.
    pub cov: [[T; N]; N],
    /// Remembered fullness and capacity per breast.
    pub memory: [Memory<T>; B],
    /// Of the variance of the milk, what the gap behind it left to chance (`Q_bb`, mL^2); 0 once a removal was seen.
    pub fresh: [T; B],
    /// What the session that is under way has shown of its oddness.
    pub odd: Odd<T>,
}

/// How odd a session is, as far as its readings tell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Odd<T = f64> {
    /// What chance is multiplied by (variance; 1 when nothing was read yet).
    pub by: T,
    /// Degrees of freedom of what is still to be read.
    pub tails: f64,
}

impl<T: Number> Odd<T> {
    /// Nothing was read yet.
    pub const UNTOLD: Self = Self { by: T::ONE, tails: TAILS };
}

/// How little is known of how capacity has wandered where a log begins (log sd).
const FIRST_WANDER_SD: f64 = 0.02;
/// On which part of S the corner of an empty breast is rounded off.
const EMPTY_CORNER: f64 = 0.02;

/// What one gap went through, kept for the way back.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GapTape<const B: usize, const N: usize, T> {
    pub gap: Elapsed,
    /// Milk at its beginning (mL).
    pub milk: [T; B],
    /// `h A r`, hours weighted by activation and rhythm.
    pub weighted_h: T,
    /// `A`
    pub activation: T,
    /// S at its beginning (mL).
    pub storage: [T; B],
    pub rate: [T; B],
    pub charge: [T; B],
    pub start: [Rounded<T>; B],
    pub filled: [Filled<T>; B],
    pub remembered: [Remembered<T>; B],
    pub to_milk: [T; B],
    pub to_wander: [T; B],
    /// Covariance after the wandering, before the filling.
    pub wandered: [[T; N]; N],
    /// Covariance of milk and wandering at its end, last the variance of the wandering.
    pub last: [T; N],
}

/// What the removal from both breasts went through, kept for the way back.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RemovalTape<const B: usize, const N: usize, T = f64> {
    pub before: Belief<B, N, T>,
    pub met: Met,
    pub each: [Reached<T>; B],
    /// `h`, with 0 for the wandering.
    pub slope: [T; N],
    /// `n`, with 0 for the wandering.
    pub noise: [T; N],
    /// `P h`.
    pub towards: [T; N],
    pub update: Option<Update<N, T>>,
}

/// A reading against what was expected.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen<T = f64> {
    pub residual: T,
    pub likelihood: Sloped<T>,
    /// What it multiplies the oddness by that was known before.
    pub odder: Sloped<T>,
    /// Variance of the rounding and of the reading itself.
    pub rounding: f64,
}

/// How a reading moved the belief.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Update<const N: usize, T> {
    pub seen: Seen<T>,
    /// `P h` once the oddness is in `P`.
    pub odd_towards: [T; N],
    /// `k`
    pub gain: [T; N],
    /// `1/W`
    pub weight: T,
}

impl<T: Number, const B: usize, const N: usize> Belief<B, N, T> {
    /// What is believed where a log begins.
    pub(crate) fn first(w: &Worked<B, T>, begin: &Begin) -> Self {
        let mut belief = Self {
            mean: [T::ZERO; N],
            cov: [[T::ZERO; N]; N],
            memory: [Memory { fullness: w.demand.set_fullness, ln_capacity: w.start }; B],
            fresh: [T::ZERO; B],
            odd: Odd::UNTOLD,
        };
        for b in 0..B {
            let storage = w.storage_at(b, begin.early);
            belief.mean[b] = storage * begin.fullness;
            belief.cov[b][b] = (storage * begin.sd) * (storage * begin.sd);
        }
        belief.cov[B][B] = T::all(FIRST_WANDER_SD * FIRST_WANDER_SD);
        belief
    }

    /// Lets a gap pass.
    pub(crate) fn pass(&mut self, w: &Worked<B, T>, gap: &Elapsed) -> GapTape<B, N, T> {
        let milk: [T; B] = row(|b| self.mean[b]);
        let Elapsed { hours, rhythm, wander: (kept, gained), early, young_h, past_flow_min } = *gap;
        let activation = young_h.map_or(T::ONE, |from_h| w.activation(|a| a.mean(from_h, from_h + hours)));
        let plastic = young_h.is_some_and(|from_h| from_h < PLASTIC_H);
        let storages: [T; B] = row(|b| w.storage_at(b, early));
        let weighted_h = activation * hours * (w.cosine * rhythm.0 + T::ONE + w.sine * rhythm.1);
        self.mean[B] *= kept;
        let wandered = self.wander(kept, w.day_sd * w.day_sd * gained);

        let mut rate = [T::ZERO; B];
        let mut charge = [T::ZERO; B];
        let mut start = [Rounded::default(); B];
        let (mut to_milk, mut to_wander) = ([T::ZERO; B], [T::ZERO; B]);
        let filled = row(|b| {
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
        let remembered: [Remembered<T>; B] = row(|b| {
            let lived = Lived::established(filled[b].mean_fullness, hours);
            let lived = Lived { activation, early: plastic, past_flow_min, ..lived };
            w.demand.after_lapse(&self.memory[b], &lived, &lapse)
        });
        self.memory = remembered.map(|r| r.memory);

        let last: [T; N] = row(|i| {
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
            self.fresh[i] = surprise * w.gap_variance_share * surprise;
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

    fn wander(&self, kept: f64, variance: T) -> [[T; N]; N] {
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
    pub(crate) fn remove(&mut self, w: &Worked<B, T>, step: &Step) -> Removed<B, N, T> {
        if !step.beside {
            self.odd = Odd::UNTOLD;
        }
        match step.alone::<B>() {
            Some(b) => Removed::Alone(self.remove_alone(w, step, b)),
            None => Removed::Both(self.remove_both(w, step)),
        }
    }

    fn remove_both(&mut self, w: &Worked<B, T>, step: &Step) -> RemovalTape<B, N, T> {
        let before = *self;
        let multiplier = step.with.as_ref().map_or(T::ONE, |with| w.multiplier(with));
        let each: [Reached<T>; B] = row(|b| {
            if B > 1 && !step.reached[b] {
                Reached::default()
            } else {
                self.reached(w, step, (multiplier, w.storage_at(b, step.early)), b)
            }
        });
        let (mut slope, mut noise) = ([T::ZERO; N], [T::ZERO; N]);
        for b in 0..B {
            slope[b] = each[b].share * each[b].reach.slope;
            noise[b] = match step.reading {
                Some(_) => each[b].even_ml2(),
                None => each[b].unread_ml2(),
            };
        }
        let towards: [T; N] = row(|i| dot(&self.cov[i], &slope));
        let expected_ml = sum(each.iter().map(|e| e.expected_ml));
        let error = step.reading.map_or(0.0, |read| read.error_ml2);
        let variance = dot(&slope, &towards) + sum(noise.into_iter()) + error;
        let seen = step.reading.map(|read| Seen::of(&read, expected_ml, &Spread::even(variance), TAILS));
        let oddness = seen.map_or(T::ONE, |s| s.odder.value);

        let odd_noise = noise.map(|n| oddness * n);
        for b in (0..B).filter(|b| each[*b].is) {
            self.cov[b][b] += (oddness - 1.0) * self.fresh[b];
            self.fresh[b] = T::ZERO;
        }
        let odd_towards: [T; N] = row(|i| dot(&self.cov[i], &slope));
        for i in 0..N {
            for j in 0..N {
                self.cov[i][j] *= (T::ONE - slope[i]) * (T::ONE - slope[j]);
            }
            self.cov[i][i] += odd_noise[i];
        }
        for b in 0..B {
            self.mean[b] -= if seen.is_some() { each[b].expected_ml } else { each[b].on_average_ml() };
        }
        let update = seen.map(|seen| {
            let gain: [T; N] = row(|i| (T::ONE - slope[i]) * odd_towards[i] - odd_noise[i]);
            let spread = dot(&slope, &odd_towards) + sum(odd_noise.into_iter());
            let update = Update { seen, odd_towards, gain, weight: T::ONE / (spread + seen.rounding) };
            self.learn(&update);
            update
        });
        RemovalTape { before, met: Met::of(step), each, slope, noise, towards, update }
    }

    fn learn(&mut self, update: &Update<N, T>) {
        for i in 0..N {
            self.mean[i] += update.weight * update.seen.residual * update.gain[i];
            for j in 0..N {
                self.cov[i][j] -= update.weight * update.gain[i] * update.gain[j];
            }
        }
    }
}

impl<T: Number, const B: usize, const N: usize> RemovalTape<B, N, T> {
    /// The log-likelihood of its reading; 0 without one.
    pub(crate) fn likelihood(&self) -> T {
        self.update.map_or(T::ZERO, |u| u.seen.likelihood.value)
    }

    /// How far what it takes strays, where nothing is read.
    pub(crate) fn spread(&self) -> Spread<T> {
        let known = dot(&self.slope, &self.towards);
        let strays = |of: fn(&Reached<T>) -> T| known + sum(self.each.iter().map(|e| of(e) * of(e)));
        Spread::of(strays(Reached::up_ml), strays(Reached::down_ml))
    }
}

impl<T: Number> Seen<T> {
    #[inline]
    pub(crate) fn of(read: &Read, expected_ml: T, spread: &Spread<T>, tails: f64) -> Self {
        let Read { ml, step_ml, error_ml2 } = *read;
        let residual = T::all(ml) - expected_ml;
        let z = spread.at(residual);
        let (odd, odd_slope) = bounded(z.value * z.value);
        let per_tails = 1.0 / (tails + 1.0);
        Self {
            residual,
            likelihood: likelihood(residual, spread, step_ml, ml == 0.0),
            odder: z.through((odd + tails) * per_tails, z.value * 2.0 * odd_slope * per_tails),
            rounding: step_ml * step_ml / 12.0 + error_ml2,
        }
    }
}

/// `x / (1 + x/900)` and its slope: far from any log's truth a covariance would burst.
#[inline]
fn bounded<T: Number>(x: T) -> (T, T) {
    const MOST: f64 = 900.0;
    let shrink = T::ONE / (x * (1.0 / MOST) + 1.0);
    (x * shrink, shrink * shrink)
}
