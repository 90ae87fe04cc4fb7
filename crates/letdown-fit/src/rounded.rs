//! The chance of a volume that was read to the nearest step.
//!
//! A volume of 150 mL read to 10 mL means "between 145 and 155". Its log-likelihood is that of the interval under a
//! Student t of 4 degrees of freedom, whose heavy tails keep one odd session from bending a whole fit:
//!
//! ```text
//! ll = ln( T(z(r + h/2)) - T(z(r - h/2)) )        r residual, h step (mL), z deviations of [`crate::spread`]
//! T the distribution function, in closed form: `cdf`
//! ```
//!
//! A reading of 0 means "less than half a step".

use crate::spread::{Sloped, Spread};
use letdown_model::maths::{Maths as _, Quick};

/// Degrees of freedom of the tails.
pub const TAILS: f64 = 4.0;

/// The log-likelihood of a reading `residual_ml` above what was expected, with the spread it has before rounding.
///
/// ```
/// use letdown_fit::{rounded::likelihood, spread::Spread};
/// let spread = Spread::even(100.0);
/// let (near, far) = (likelihood(3.0, &spread, 5.0, false), likelihood(60.0, &spread, 5.0, false));
/// assert!(far.value < near.value);
/// ```
pub fn likelihood(residual_ml: f64, spread: &Spread, step_ml: f64, is_zero: bool) -> Sloped {
    let half_ml = 0.5 * step_ml;
    let upper = spread.at(residual_ml + half_ml);
    if is_zero {
        let tail = Tail::at(upper.value);
        let mass = tail.cdf.max(f64::MIN_POSITIVE);
        return upper.through(Quick::log(mass), tail.density / mass);
    }
    let lower = spread.at(residual_ml - half_ml);
    // Seen from the nearer tail, where the difference of the two does not cancel.
    let (near, far) =
        if residual_ml > 0.0 { (-lower.value, -upper.value) } else { (upper.value, lower.value) };
    // Far out, where the interval is thin against its distance, the density at its middle is exact enough.
    if near < -1e3 && near - far < -1e-4 * near {
        return thin(&lower, &upper);
    }
    let (to_near, to_far) = (Tail::at(near), Tail::at(far));
    let mass = to_near.cdf - to_far.cdf;
    let per_mass = 1.0 / mass;
    let (at_upper, at_lower) = if residual_ml > 0.0 { (to_far, to_near) } else { (to_near, to_far) };
    let (on_upper, on_lower) = (at_upper.density * per_mass, -at_lower.density * per_mass);
    both(Quick::log(mass), (&upper, on_upper), (&lower, on_lower))
}

fn thin(lower: &Sloped, upper: &Sloped) -> Sloped {
    let (x, wide) = (0.5 * (upper.value + lower.value), upper.value - lower.value);
    let by_x = -(TAILS + 1.0) / TAILS * x / (1.0 + x * x / TAILS);
    both(Quick::log(wide * density(x)), (upper, 0.5 * by_x + 1.0 / wide), (lower, 0.5 * by_x - 1.0 / wide))
}

/// A number that changes with two others.
#[inline]
fn both(value: f64, (one, on_one): (&Sloped, f64), (other, on_other): (&Sloped, f64)) -> Sloped {
    Sloped {
        value,
        by_residual: on_one * one.by_residual + on_other * other.by_residual,
        by_up: on_one * one.by_up + on_other * other.by_up,
        by_down: on_one * one.by_down + on_other * other.by_down,
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
