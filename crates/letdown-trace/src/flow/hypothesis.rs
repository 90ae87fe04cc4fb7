//! One hypothesis: a let-down began at this second, and nothing new has begun since.
//!
//! Milk since then is a drip, what is left of the flow before, and a let-down of one of the [`Shapes`], each times a
//! number that is not negative, plus a random walk (flow strays from any shape) plus the noise of the scale:
//!
//! ```text
//! y_k = d u_k + r T(u_k) + p F_j(u_k) + sum of w_i + e_k         w ~ N(0, W_k),  e ~ N(0, R_k)
//! ```
//!
//! Now and then more than milk moves the level, and nothing has noticed: a tube that pulls otherwise, a touch. A hypothesis
//! that is surprised by a gain may take it for such a leap, for a price, and then learns nothing from it; so a let-down is not
//! made of one.
//!
//! The random walk makes residuals hang together. A Kalman filter of one state takes that out of `y` and of each regressor
//! alike (Durbin and Koopman 2012, *Time Series Analysis by State Space Methods*, 6.2: regression by augmented filtering),
//! so what is left are ordinary least squares, kept as sums and never gone over again: a second costs the same at any age.

use super::{
    noise::Noise,
    shape::{SHAPES, Shapes},
};

/// A let-down that began at a second, and how well it explains the milk since.
#[derive(Clone, Debug)]
pub(crate) struct Hypothesis {
    /// The second at which it began.
    pub(crate) start: usize,
    /// What explaining everything before has cost.
    pub(crate) before: f64,
    /// Whether there is a let-down at all: the first stretch has none.
    pub(crate) pulse: bool,
    level_g: f64,
    /// No more flow than this was left over at the onset (g/s).
    tail_at_most: f64,
    /// Variance of the filtered level (g²).
    spread: f64,
    filtered: Regressors,
    sums: Sums,
    /// What its leaps have cost.
    leapt: f64,
}

/// What a leap costs: some come in a quarter of an hour.
const LEAP: f64 = 4.0;
/// How far it may go (g²).
const LEAP_VARIANCE: f64 = 4.0;

/// The milk and its regressors, filtered.
#[derive(Clone, Debug, Default)]
struct Regressors {
    milk: f64,
    drip: f64,
    tail: f64,
    pulse: [f64; SHAPES],
}

/// Sums of products of what is left after filtering.
#[derive(Clone, Debug, Default)]
struct Sums {
    milk_milk: f64,
    log_variance: f64,
    drip_drip: f64,
    drip_tail: f64,
    tail_tail: f64,
    drip_milk: f64,
    tail_milk: f64,
    pulse_pulse: [f64; SHAPES],
    pulse_drip: [f64; SHAPES],
    pulse_tail: [f64; SHAPES],
    pulse_milk: [f64; SHAPES],
}

/// How things stand where a stretch begins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Beginning {
    pub(crate) second: usize,
    /// Milk so far (g).
    pub(crate) level_g: f64,
    /// Its variance (g²).
    pub(crate) variance: f64,
    /// No more flow than this can be left over from before (g/s).
    pub(crate) flow_g_per_s: f64,
}

/// How a hypothesis explains best.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Explained {
    /// Minus the logarithm of the likelihood, up to a constant.
    pub(crate) cost: f64,
    /// What it would cost without the let-down.
    pub(crate) cost_without: f64,
    /// Flow of the drip (g/s).
    pub(crate) drip: f64,
    /// Flow left over at the onset (g/s).
    pub(crate) tail: f64,
    /// Size of the let-down (g/s).
    pub(crate) pulse: f64,
    /// Which shape.
    pub(crate) shape: usize,
}

impl Hypothesis {
    /// A let-down that begins at a second, after everything before has cost so much.
    pub(crate) fn begin(at: Beginning, before: f64, pulse: bool) -> Self {
        Self {
            start: at.second,
            before,
            pulse,
            level_g: at.level_g,
            tail_at_most: at.flow_g_per_s,
            spread: at.variance,
            filtered: Regressors::default(),
            sums: Sums::default(),
            leapt: 0.0,
        }
    }

    /// A second of which nothing is known has gone by.
    pub(crate) fn miss(&mut self, noise: &Noise, extra: f64) {
        self.spread += noise.wander + extra;
    }

    /// At second `second` milk stands at `level_g`.
    pub(crate) fn see(&mut self, second: usize, level_g: f64, noise: &Noise, shapes: &Shapes) {
        self.spread += noise.wander;
        if noise.leaps {
            self.leap(self.surprise_g(second, level_g, shapes), noise);
        }
        let variance = self.spread + noise.level;
        let gain = self.spread / variance;
        self.spread *= 1.0 - gain;
        let weight = 1.0 / variance;

        let age = second - self.start;
        let milk = innovation(level_g - self.level_g, &mut self.filtered.milk, gain);
        let drip = innovation(age as f64, &mut self.filtered.drip, gain);
        let tail = innovation(shapes.tail(age), &mut self.filtered.tail, gain);

        let sums = &mut self.sums;
        sums.log_variance += libm::log(variance);
        sums.milk_milk += weight * milk * milk;
        sums.drip_drip += weight * drip * drip;
        sums.drip_tail += weight * drip * tail;
        sums.tail_tail += weight * tail * tail;
        sums.drip_milk += weight * drip * milk;
        sums.tail_milk += weight * tail * milk;
        if !self.pulse {
            return;
        }
        for (j, brought) in shapes.brought(age).iter().enumerate() {
            let pulse = innovation(*brought, &mut self.filtered.pulse[j], gain);
            let weighted = weight * pulse;
            sums.pulse_pulse[j] += weighted * pulse;
            sums.pulse_drip[j] += weighted * drip;
            sums.pulse_tail[j] += weighted * tail;
            sums.pulse_milk[j] += weighted * milk;
        }
    }

    /// By how much the level is off what it expects (g).
    fn surprise_g(&self, second: usize, level_g: f64, shapes: &Shapes) -> f64 {
        let Explained { drip, tail, pulse, shape, .. } = self.explained(shapes);
        let (age, filtered) = (second - self.start, &self.filtered);
        let milk = level_g - self.level_g - filtered.milk;
        let base = drip * (age as f64 - filtered.drip) + tail * (shapes.tail(age) - filtered.tail);
        milk - base - pulse * (shapes.brought(age)[shape] - filtered.pulse[shape])
    }

    /// Takes a gain for a leap when that explains it better.
    fn leap(&mut self, surprise_g: f64, noise: &Noise) {
        let cost = |variance: f64| 0.5 * (surprise_g * surprise_g / variance + libm::log(variance));
        let variance = self.spread + noise.level;
        if LEAP + cost(variance + LEAP_VARIANCE) < cost(variance) {
            self.spread += LEAP_VARIANCE;
            self.leapt += LEAP;
        }
    }

    /// How it explains best what it has seen.
    pub(crate) fn explained(&self, shapes: &Shapes) -> Explained {
        let none = self.leapt + 0.5 * (self.sums.milk_milk + self.sums.log_variance);
        let mut best = Explained { cost: none, cost_without: none, ..Explained::default() };
        for base in Base::all(&self.sums, self.tail_at_most) {
            let without = none - 0.5 * base.explains;
            if base.holds(base.drip, base.tail, self.tail_at_most) {
                best.cost_without = best.cost_without.min(without);
                if without < best.cost {
                    best = Explained { cost: without, drip: base.drip, tail: base.tail, ..best };
                    best.pulse = 0.0;
                }
            }
            if self.pulse {
                self.with_pulse(&base, without, shapes, &mut best);
            }
        }
        best
    }

    fn with_pulse(&self, base: &Base, without: f64, shapes: &Shapes, best: &mut Explained) {
        let sums = &self.sums;
        for j in 0..SHAPES {
            // The let-down beside the base: least squares in one more column, by its Schur complement.
            let on_drip = base.inverse[0] * sums.pulse_drip[j] + base.inverse[1] * sums.pulse_tail[j];
            let on_tail = base.inverse[1] * sums.pulse_drip[j] + base.inverse[2] * sums.pulse_tail[j];
            let own = sums.pulse_pulse[j] - sums.pulse_drip[j] * on_drip - sums.pulse_tail[j] * on_tail;
            let over = sums.pulse_milk[j] - sums.pulse_drip[j] * base.drip - sums.pulse_tail[j] * base.tail;
            if over <= 0.0 || own <= 1e-9 * sums.pulse_pulse[j] {
                continue;
            }
            let cost = without - 0.5 * over * over / own + shapes.odd(j);
            if cost >= best.cost {
                continue;
            }
            let pulse = over / own;
            let (drip, tail) = (base.drip - pulse * on_drip, base.tail - pulse * on_tail);
            if base.holds(drip, tail, self.tail_at_most) {
                *best = Explained { cost, drip, tail, pulse, shape: j, ..*best };
            }
        }
    }
}

/// What is new in a regressor, and its filtered value moved on.
fn innovation(value: f64, filtered: &mut f64, gain: f64) -> f64 {
    let new = value - *filtered;
    *filtered += gain * new;
    new
}

/// Least squares on the drip and the tail alone: neither, one of them, both, or the tail at its most.
struct Base {
    drip: f64,
    tail: f64,
    explains: f64,
    /// Of the normal matrix: drip-drip, drip-tail, tail-tail.
    inverse: [f64; 3],
    tail_is_fixed: bool,
}

impl Base {
    fn all(sums: &Sums, tail_at_most: f64) -> impl Iterator<Item = Base> {
        let one = |own: f64| if own > 0.0 { 1.0 / own } else { 0.0 };
        let determinant = sums.drip_drip * sums.tail_tail - sums.drip_tail * sums.drip_tail;
        let both = (determinant > 1e-9 * sums.drip_drip * sums.tail_tail).then(|| {
            [sums.tail_tail / determinant, -sums.drip_tail / determinant, sums.drip_drip / determinant]
        });
        let drip = [one(sums.drip_drip), 0.0, 0.0];
        let free = [Some([0.0; 3]), Some(drip), Some([0.0, 0.0, one(sums.tail_tail)]), both];
        let fixed = [[0.0; 3], drip].map(|inverse| Base::with_tail(tail_at_most, inverse, sums));
        free.into_iter().flatten().map(|inverse| Base::of(inverse, sums)).chain(fixed)
    }

    fn of(inverse: [f64; 3], sums: &Sums) -> Self {
        let drip = inverse[0] * sums.drip_milk + inverse[1] * sums.tail_milk;
        let tail = inverse[1] * sums.drip_milk + inverse[2] * sums.tail_milk;
        let explains = drip * sums.drip_milk + tail * sums.tail_milk;
        Self { drip, tail, explains, inverse, tail_is_fixed: false }
    }

    /// With a tail that is given, beside which only the drip is free.
    fn with_tail(tail: f64, inverse: [f64; 3], sums: &Sums) -> Self {
        let left = sums.drip_milk - tail * sums.drip_tail;
        let drip = inverse[0] * left;
        let explains = tail * (2.0 * sums.tail_milk - tail * sums.tail_tail) + drip * left;
        Self { drip, tail, explains, inverse, tail_is_fixed: true }
    }

    /// Whether these flows can be: none runs back, none comes from nowhere.
    fn holds(&self, drip: f64, tail: f64, tail_at_most: f64) -> bool {
        drip >= 0.0 && tail >= 0.0 && (self.tail_is_fixed || tail <= tail_at_most)
    }
}
