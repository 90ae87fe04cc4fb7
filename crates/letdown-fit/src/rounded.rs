//! The chance of a volume that was read to the nearest step.
//!
//! A volume of 150 mL read to 10 mL means "between 145 and 155". Its log-likelihood is that of the interval under a
//! Student t of 4 degrees of freedom, whose heavy tails keep one odd session from bending a whole fit:
//!
//! ```text
//! ll = ln( T((r + h/2)/s) - T((r - h/2)/s) )       r residual, s scale, h step (all mL)
//! T the distribution function, in closed form: `cdf`
//! ```
//!
//! A reading of 0 means "less than half a step".

use letdown_model::maths::{Maths as _, Quick};

/// Degrees of freedom of the tails.
pub const TAILS: f64 = 4.0;

/// A log-likelihood with its slopes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Likelihood {
    /// `ll`.
    pub value: f64,
    /// By the residual (1/mL).
    pub by_residual: f64,
    /// By the squared scale (1/mL^2).
    pub by_variance: f64,
}

/// The log-likelihood of a reading `residual_ml` above what was expected, with variance `variance_ml2` before rounding.
///
/// ```
/// use letdown_fit::rounded::likelihood;
/// let (near, far) = (likelihood(3.0, 100.0, 5.0, false), likelihood(60.0, 100.0, 5.0, false));
/// assert!(far.value < near.value);
/// ```
pub fn likelihood(residual_ml: f64, variance_ml2: f64, step_ml: f64, is_zero: bool) -> Likelihood {
    let per_scale = 1.0 / variance_ml2.sqrt();
    let half = 0.5 * step_ml * per_scale;
    let x = residual_ml * per_scale;
    if is_zero {
        return below(x + half, per_scale);
    }
    // Seen from the nearer tail, where the difference of the two does not cancel.
    let (sign, x) = if x > 0.0 { (-1.0, -x) } else { (1.0, x) };
    let (lo, hi) = (x - half, x + half);
    // Far out, where the interval is thin against its distance, the density at its middle is exact enough.
    if lo < -1e3 && half < -1e-4 * x {
        return thin(sign, x, half, per_scale);
    }
    let (to_lo, to_hi) = (Tail::at(lo), Tail::at(hi));
    let mass = to_hi.cdf - to_lo.cdf;
    let per_mass = 1.0 / mass;
    let by_x = (to_hi.density - to_lo.density) * per_mass;
    let by_ln_scale = -(hi * to_hi.density - lo * to_lo.density) * per_mass;
    Likelihood {
        value: Quick::log(mass),
        by_residual: sign * by_x * per_scale,
        by_variance: 0.5 * by_ln_scale * per_scale * per_scale,
    }
}

fn below(upper: f64, per_scale: f64) -> Likelihood {
    let tail = Tail::at(upper);
    let mass = tail.cdf.max(f64::MIN_POSITIVE);
    let slope = tail.density / mass;
    Likelihood {
        value: Quick::log(mass),
        by_residual: slope * per_scale,
        by_variance: -0.5 * upper * slope * per_scale * per_scale,
    }
}

fn thin(sign: f64, x: f64, half: f64, per_scale: f64) -> Likelihood {
    let u = 1.0 + x * x / TAILS;
    let by_x = -(TAILS + 1.0) / TAILS * x / u;
    Likelihood {
        value: Quick::log(2.0 * half * density(x)),
        by_residual: sign * by_x * per_scale,
        by_variance: -0.5 * (1.0 + x * by_x) * per_scale * per_scale,
    }
}

/// Distribution function and density at one place, which share a root.
pub(crate) struct Tail {
    pub cdf: f64,
    pub density: f64,
}

impl Tail {
    pub(crate) fn at(x: f64) -> Self {
        let root = (TAILS + x * x).sqrt();
        let share = 1.0 / root;
        // 1 + y without cancellation in the lower tail.
        let one_plus = if x < 0.0 { TAILS * share / (root - x) } else { 1.0 + x * share };
        let squared = share * share;
        Self { cdf: one_plus * one_plus * (3.0 - one_plus) * 0.25, density: 12.0 * squared * squared * share }
    }
}

/// Distribution function of Student's t with 4 degrees of freedom, exact in its lower tail.
///
/// With `y = x / sqrt(4 + x^2)`: `T(x) = 1/2 + y (3 - y^2) / 4 = (1 + y)^2 (2 - y) / 4`.
///
/// ```
/// assert!((letdown_fit::rounded::cdf(1.533206) - 0.9).abs() < 1e-6);
/// ```
pub fn cdf(x: f64) -> f64 {
    Tail::at(x).cdf
}

/// Density of Student's t with 4 degrees of freedom: `(3/8) (1 + x^2/4)^(-5/2)`.
pub fn density(x: f64) -> f64 {
    Tail::at(x).density
}
