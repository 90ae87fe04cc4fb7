//! How far a reading may stray from what is expected of it: less far up than down.
//!
//! No session takes more than all that is within reach, and any may take far less. So what is left to chance has a
//! deviation of its own on either side, and a residual `r` (mL) stands so many of them away:
//!
//! ```text
//! z(r) = a r + b (sqrt(r^2 + e^2) - e)        a = (1/s+ + 1/s-)/2,   b = (1/s+ - 1/s-)/2,   e = 1/a
//! ```
//!
//! `s+`, `s-` the deviations up and down (mL). `z` rises everywhere, is 0 at 0, where it is as steep as the mean of the
//! two, and has no corner. Where both are alike it is `r/s`. The turn `e` is as wide as a deviation: a share bends all the way.
//!
//! A residual is the sum of what was thought wrongly of the milk, which is normal, and of what the session left to chance.
//! How much of it is the first follows from the density `p` of the sum alone (Tweedie's formula; Efron 2011, doi
//! 10.1198/jasa.2011.tm11181; as a filter Masreliez 1975, doi 10.1109/TAC.1975.1100882). Where z is normal:
//!
//! ```text
//! pull(r) = -d ln p/dr = z z' - z''/z'        the milk is moved by its covariance with the residual times this (1/mL)
//! tell(r) = z'^2                              and its variance falls by that covariance squared times this (1/mL^2)
//! ```
//!
//! `tell` stands for `-d^2 ln p/dr^2`, which far out may turn negative. Where both sides are alike they are `r/s^2` and
//! `1/s^2`, and the update is Kalman's.

use crate::rows::row;
use letdown_model::number::Number;

/// What is left to chance on either side of an expectation.
///
/// ```
/// use letdown_fit::spread::Spread;
/// let spread = Spread::of(9.0, 25.0);
/// let (above, below) = (spread.at(4.0).value, spread.at(-4.0).value);
/// assert!(-below < above && below < 0.0);
/// assert!((Spread::even(16.0).at(-4.0).value + 1.0).abs() < 1e-12);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread<T = f64> {
    /// `1/s+`, `1/s-` (1/mL).
    per: [T; 2],
    /// `a` and `b` (1/mL).
    steep: T,
    lean: T,
    /// `e` (mL).
    corner: T,
}

/// How `z` runs at a residual.
struct Course<T> {
    /// `sqrt(r^2 + e^2)`, and one over it.
    root: T,
    per_root: T,
    /// `z`, `z'` and `z''`.
    z: T,
    rise: T,
    bend: T,
    /// `e^2` over the square of the root.
    turn: T,
}

/// A number with its slopes by the residual (mL) and by the variances up and down (mL^2).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sloped<T = f64> {
    /// The number.
    pub value: T,
    /// By the residual.
    pub by_residual: T,
    /// By the variance up.
    pub by_up: T,
    /// By the variance down.
    pub by_down: T,
}

impl<T: Number> Spread<T> {
    /// Variances up and down (mL^2, > 0).
    #[inline]
    pub fn of(up_ml2: T, down_ml2: T) -> Self {
        let per = [up_ml2, down_ml2].map(|ml2| T::ONE / ml2.map(f64::sqrt));
        let (steep, lean) = ((per[0] + per[1]) * 0.5, (per[0] - per[1]) * 0.5);
        Self { per, steep, lean, corner: T::ONE / steep }
    }

    /// The same variance (mL^2, > 0) up and down.
    pub fn even(variance_ml2: T) -> Self {
        Self::of(variance_ml2, variance_ml2)
    }

    /// The deviations up and down (mL).
    pub fn deviations_ml(&self) -> [T; 2] {
        self.per.map(|per| T::ONE / per)
    }

    /// `z(r)` and how it rises with `r` (1/mL).
    #[inline]
    pub fn deviations(&self, residual_ml: T) -> (T, T) {
        let Course { z, rise, .. } = self.course(residual_ml);
        (z, rise)
    }

    /// `z(r)`, with its slopes.
    #[inline]
    pub fn at(&self, residual_ml: T) -> Sloped<T> {
        let course = self.course(residual_ml);
        self.sloped(course.z, course.rise, self.z_by(residual_ml, &course))
    }

    /// `pull(r)` (1/mL), of a residual (mL).
    ///
    /// ```
    /// use letdown_fit::spread::Spread;
    /// assert!((Spread::even(16.0).pull(4.0).value - 4.0 / 16.0).abs() < 1e-12);
    /// // What strays far down, but hardly up, pulls less for a session that brought little.
    /// let lopsided = Spread::of(9.0, 25.0);
    /// assert!(-lopsided.pull(-6.0).value < lopsided.pull(6.0).value);
    /// ```
    #[inline]
    pub fn pull(&self, residual_ml: T) -> Sloped<T> {
        let course = self.course(residual_ml);
        let Course { per_root, z, rise, bend, turn, .. } = course;
        let per_rise = T::ONE / rise;
        let bend_by_residual = bend * -3.0 * residual_ml * per_root * per_root;
        let bend_by = [bend * (turn * 3.0 - 2.0) * self.corner, turn * per_root];
        let (z_by, rise_by) = (self.z_by(residual_ml, &course), self.rise_by(residual_ml, &course));
        let by = |z_by: T, rise_by: T, bend_by: T| {
            z_by * rise + z * rise_by + (bend * rise_by * per_rise - bend_by) * per_rise
        };
        let by_shape = row(|i| by(z_by[i], rise_by[i], bend_by[i]));
        self.sloped(z * rise - bend * per_rise, by(rise, bend, bend_by_residual), by_shape)
    }

    /// `tell(r)` (1/mL^2), of a residual (mL): never below 0.
    ///
    /// ```
    /// use letdown_fit::spread::Spread;
    /// assert!((Spread::even(16.0).tell(4.0).value - 1.0 / 16.0).abs() < 1e-12);
    /// let lopsided = Spread::of(9.0, 25.0);
    /// assert!(lopsided.tell(-6.0).value < lopsided.tell(6.0).value);
    /// ```
    #[inline]
    pub fn tell(&self, residual_ml: T) -> Sloped<T> {
        let course = self.course(residual_ml);
        let Course { rise, bend, .. } = course;
        let by_shape = self.rise_by(residual_ml, &course).map(|by| rise * 2.0 * by);
        self.sloped(rise * rise, rise * 2.0 * bend, by_shape)
    }

    #[inline]
    fn course(&self, residual_ml: T) -> Course<T> {
        let root = (residual_ml * residual_ml + self.corner * self.corner).map(f64::sqrt);
        let per_root = T::ONE / root;
        let turn = self.corner * per_root;
        let turn = turn * turn;
        Course {
            root,
            per_root,
            z: self.steep * residual_ml + self.lean * (root - self.corner),
            rise: self.steep + self.lean * residual_ml * per_root,
            bend: self.lean * turn * per_root,
            turn,
        }
    }

    /// The slopes of `z` by `a` and `b`.
    #[inline]
    fn z_by(&self, residual_ml: T, course: &Course<T>) -> [T; 2] {
        let Course { root, per_root, .. } = course;
        let turning = (T::ONE - self.corner * *per_root) * self.corner * self.corner;
        [residual_ml + self.lean * turning, *root - self.corner]
    }

    /// The slopes of `z'` by `a` and `b`.
    #[inline]
    fn rise_by(&self, residual_ml: T, course: &Course<T>) -> [T; 2] {
        let along = residual_ml * course.per_root;
        [self.lean * along * course.turn * self.corner + 1.0, along]
    }

    /// A number with its slopes, from those by `a` and `b`.
    #[inline]
    fn sloped(&self, value: T, by_residual: T, [by_steep, by_lean]: [T; 2]) -> Sloped<T> {
        Sloped {
            value,
            by_residual,
            by_up: (by_steep + by_lean) * 0.5 * self.by_variance(0),
            by_down: (by_steep - by_lean) * 0.5 * self.by_variance(1),
        }
    }

    /// The slope of `1/s` of a side by its variance.
    #[inline]
    fn by_variance(&self, side: usize) -> T {
        let per = self.per[side];
        per * -0.5 * per * per
    }
}

impl<T: Number> Sloped<T> {
    /// A number that changes by `slope` with this one.
    pub(crate) fn through(&self, value: T, slope: T) -> Self {
        Self {
            value,
            by_residual: slope * self.by_residual,
            by_up: slope * self.by_up,
            by_down: slope * self.by_down,
        }
    }
}
