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
    let scale = libm::sqrt(variance_ml2);
    let half = 0.5 * step_ml / scale;
    let x = residual_ml / scale;
    if is_zero {
        return below(x + half, scale, variance_ml2);
    }
    // Seen from the nearer tail, where the difference of the two does not cancel.
    let (sign, x) = if x > 0.0 { (-1.0, -x) } else { (1.0, x) };
    let (lo, hi) = (x - half, x + half);
    let mass = cdf(hi) - cdf(lo);
    // Far out, where the interval is thin against its distance, the density at its middle is exact enough.
    if lo < -1e3 && half < -1e-4 * x {
        return thin(sign, x, half, scale, variance_ml2);
    }
    let (p_lo, p_hi) = (density(lo), density(hi));
    let by_x = (p_hi - p_lo) / mass;
    let by_ln_scale = -(hi * p_hi - lo * p_lo) / mass;
    Likelihood {
        value: libm::log(mass),
        by_residual: sign * by_x / scale,
        by_variance: 0.5 * by_ln_scale / variance_ml2,
    }
}

fn below(upper: f64, scale: f64, variance_ml2: f64) -> Likelihood {
    let mass = cdf(upper).max(f64::MIN_POSITIVE);
    let slope = density(upper) / mass;
    Likelihood {
        value: libm::log(mass),
        by_residual: slope / scale,
        by_variance: -0.5 * upper * slope / variance_ml2,
    }
}

fn thin(sign: f64, x: f64, half: f64, scale: f64, variance_ml2: f64) -> Likelihood {
    let u = 1.0 + x * x / TAILS;
    let by_x = -(TAILS + 1.0) / TAILS * x / u;
    Likelihood {
        value: libm::log(2.0 * half * density(x)),
        by_residual: sign * by_x / scale,
        by_variance: -0.5 * (1.0 + x * by_x) / variance_ml2,
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
    let root = libm::sqrt(TAILS + x * x);
    // 1 + y without cancellation in the lower tail.
    let one_plus = if x < 0.0 { TAILS / (root * (root - x)) } else { 1.0 + x / root };
    one_plus * one_plus * (3.0 - one_plus) / 4.0
}

/// Density of Student's t with 4 degrees of freedom: `(3/8) (1 + x^2/4)^(-5/2)`.
pub fn density(x: f64) -> f64 {
    let u = 1.0 + x * x / TAILS;
    0.375 / (u * u * libm::sqrt(u))
}
