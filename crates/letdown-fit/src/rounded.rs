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
use letdown_model::{
    maths::{Maths as _, Quick},
    number::Number,
};

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
#[inline]
pub fn likelihood<T: Number>(residual_ml: T, spread: &Spread<T>, step_ml: f64, is_zero: bool) -> Sloped<T> {
    let half_ml = 0.5 * step_ml;
    let upper = spread.at(residual_ml + half_ml);
    if is_zero {
        let tail = Tail::at(upper.value);
        let mass = tail.cdf.max(T::all(f64::MIN_POSITIVE));
        return upper.through(Quick::log(mass), tail.density / mass);
    }
    let lower = spread.at(residual_ml - half_ml);
    // Seen from the nearer tail, where the difference of the two does not cancel.
    let above =
        |l: usize, one: T, other: T| if residual_ml.lane(l) > 0.0 { one.lane(l) } else { other.lane(l) };
    let near = T::of(|l| above(l, -lower.value, upper.value));
    let far = T::of(|l| above(l, -upper.value, lower.value));
    let seen = of_interval(&lower, &upper, near, far, above);
    if near.each(|near| near >= FAR_OUT) {
        return seen;
    }
    // Far out, where the interval is thin against its distance, the density at its middle is exact enough.
    let thin = thin(&lower, &upper);
    let is_thin = |l: usize| near.lane(l) < FAR_OUT && (near - far).lane(l) < -1e-4 * near.lane(l);
    let either = |one: T, other: T| T::of(|l| if is_thin(l) { one.lane(l) } else { other.lane(l) });
    Sloped {
        value: either(thin.value, seen.value),
        by_residual: either(thin.by_residual, seen.by_residual),
        by_up: either(thin.by_up, seen.by_up),
        by_down: either(thin.by_down, seen.by_down),
    }
}

/// Deviations beyond which an interval may be thin.
const FAR_OUT: f64 = -1e3;

#[inline]
fn of_interval<T: Number>(
    lower: &Sloped<T>,
    upper: &Sloped<T>,
    near: T,
    far: T,
    above: impl Fn(usize, T, T) -> f64,
) -> Sloped<T> {
    let (to_near, to_far) = (Tail::at(near), Tail::at(far));
    let mass = to_near.cdf - to_far.cdf;
    let per_mass = T::ONE / mass;
    let at_upper = T::of(|l| above(l, to_far.density, to_near.density));
    let at_lower = T::of(|l| above(l, to_near.density, to_far.density));
    both(Quick::log(mass), (upper, at_upper * per_mass), (lower, -at_lower * per_mass))
}

fn thin<T: Number>(lower: &Sloped<T>, upper: &Sloped<T>) -> Sloped<T> {
    let (x, wide) = ((upper.value + lower.value) * 0.5, upper.value - lower.value);
    let by_x = x * (-(TAILS + 1.0) / TAILS) / (x * x / TAILS + 1.0);
    let (half, per_wide) = (by_x * 0.5, T::ONE / wide);
    both(Quick::log(wide * Tail::at(x).density), (upper, half + per_wide), (lower, half - per_wide))
}

/// A number that changes with two others.
#[inline]
fn both<T: Number>(
    value: T,
    (one, on_one): (&Sloped<T>, T),
    (other, on_other): (&Sloped<T>, T),
) -> Sloped<T> {
    Sloped {
        value,
        by_residual: on_one * one.by_residual + on_other * other.by_residual,
        by_up: on_one * one.by_up + on_other * other.by_up,
        by_down: on_one * one.by_down + on_other * other.by_down,
    }
}

/// Distribution function and density at one place, which share a root.
pub(crate) struct Tail<T = f64> {
    pub cdf: T,
    pub density: T,
}

impl<T: Number> Tail<T> {
    #[inline]
    pub(crate) fn at(x: T) -> Self {
        let root = (x * x + TAILS).map(f64::sqrt);
        let share = T::ONE / root;
        // 1 + y without cancellation in the lower tail.
        let (below, above) = (share * TAILS / (root - x), x * share + 1.0);
        let one_plus = T::of(|l| if x.lane(l) < 0.0 { below.lane(l) } else { above.lane(l) });
        let squared = share * share;
        Self {
            cdf: one_plus * one_plus * (T::all(3.0) - one_plus) * 0.25,
            density: squared * 12.0 * squared * share,
        }
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
