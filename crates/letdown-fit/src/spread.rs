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
pub struct Spread {
    /// `1/s+`, `1/s-` (1/mL).
    per: [f64; 2],
    /// `a` and `b` (1/mL).
    steep: f64,
    lean: f64,
    /// `e` (mL).
    corner: f64,
}

/// How `z` runs at a residual.
struct Course {
    /// `sqrt(r^2 + e^2)`, and `e^2` over its square.
    root: f64,
    turn: f64,
    /// `z'` and `z''`.
    rise: f64,
    bend: f64,
}

/// A number with its slopes by the residual (mL) and by the variances up and down (mL^2).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sloped {
    /// The number.
    pub value: f64,
    /// By the residual.
    pub by_residual: f64,
    /// By the variance up.
    pub by_up: f64,
    /// By the variance down.
    pub by_down: f64,
}

/// How wide the turn from one side to the other is, against the mean of both.
const CORNER: f64 = 1.0;

impl Spread {
    /// Variances up and down (mL^2, > 0).
    pub fn of(up_ml2: f64, down_ml2: f64) -> Self {
        let per = [1.0 / up_ml2.sqrt(), 1.0 / down_ml2.sqrt()];
        let (steep, lean) = (0.5 * (per[0] + per[1]), 0.5 * (per[0] - per[1]));
        Self { per, steep, lean, corner: CORNER / steep }
    }

    /// The same variance (mL^2, > 0) up and down.
    pub fn even(variance_ml2: f64) -> Self {
        Self::of(variance_ml2, variance_ml2)
    }

    /// The deviations up and down (mL).
    pub fn deviations_ml(&self) -> [f64; 2] {
        self.per.map(|per| 1.0 / per)
    }

    /// `z(r)` and how it rises with `r` (1/mL).
    #[inline]
    pub fn deviations(&self, residual_ml: f64) -> (f64, f64) {
        let root = self.root(residual_ml);
        let z = self.steep * residual_ml + self.lean * (root - self.corner);
        (z, self.steep + self.lean * residual_ml / root)
    }

    /// `z(r)`, with its slopes.
    #[inline]
    pub fn at(&self, residual_ml: f64) -> Sloped {
        let (z, rise) = self.deviations(residual_ml);
        self.sloped(z, rise, self.by_steep_and_lean(residual_ml, self.root(residual_ml)))
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
    pub fn pull(&self, residual_ml: f64) -> Sloped {
        let z = self.at(residual_ml);
        let Course { root, turn, rise, bend } = self.course(residual_ml);
        let (per_root, per_rise) = (1.0 / root, 1.0 / rise);
        let bend_by_residual = -3.0 * bend * residual_ml * per_root * per_root;
        let bend_by = [bend * (3.0 * turn - 2.0) / self.steep, turn * per_root];
        let (z_by, rise_by) = (self.by_steep_and_lean(residual_ml, root), self.rise_by(residual_ml, root));
        let by = |z_by: f64, rise_by: f64, bend_by: f64| {
            z_by * rise + z.value * rise_by - bend_by * per_rise + bend * rise_by * per_rise * per_rise
        };
        let by_shape = std::array::from_fn(|i| by(z_by[i], rise_by[i], bend_by[i]));
        self.sloped(z.value * rise - bend * per_rise, by(rise, bend, bend_by_residual), by_shape)
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
    pub fn tell(&self, residual_ml: f64) -> Sloped {
        let Course { root, rise, bend, .. } = self.course(residual_ml);
        let by_shape = self.rise_by(residual_ml, root).map(|by| 2.0 * rise * by);
        self.sloped(rise * rise, 2.0 * rise * bend, by_shape)
    }

    /// `z'` and `z''`.
    #[inline]
    fn course(&self, residual_ml: f64) -> Course {
        let root = self.root(residual_ml);
        let turn = self.corner * self.corner / (root * root);
        let rise = self.steep + self.lean * residual_ml / root;
        Course { root, turn, rise, bend: self.lean * turn / root }
    }

    /// The slopes of `z'` by `a` and `b`.
    fn rise_by(&self, residual_ml: f64, root: f64) -> [f64; 2] {
        let turn = self.corner * self.corner / (root * root);
        [1.0 + self.lean * residual_ml * turn / (root * self.steep), residual_ml / root]
    }

    /// The slopes of `z` by `a` and `b`.
    fn by_steep_and_lean(&self, residual_ml: f64, root: f64) -> [f64; 2] {
        let by_steep = residual_ml - self.lean * (self.corner / root - 1.0) * self.corner / self.steep;
        [by_steep, root - self.corner]
    }

    /// A number with its slopes, from those by `a` and `b`.
    fn sloped(&self, value: f64, by_residual: f64, [by_steep, by_lean]: [f64; 2]) -> Sloped {
        Sloped {
            value,
            by_residual,
            by_up: 0.5 * (by_steep + by_lean) * self.by_variance(0),
            by_down: 0.5 * (by_steep - by_lean) * self.by_variance(1),
        }
    }

    fn root(&self, residual_ml: f64) -> f64 {
        (residual_ml * residual_ml + self.corner * self.corner).sqrt()
    }

    /// The slope of `1/s` of a side by its variance.
    fn by_variance(&self, side: usize) -> f64 {
        let per = self.per[side];
        -0.5 * per * per * per
    }
}

impl Sloped {
    /// A number that changes by `slope` with this one.
    pub(crate) fn through(&self, value: f64, slope: f64) -> Self {
        Self {
            value,
            by_residual: slope * self.by_residual,
            by_up: slope * self.by_up,
            by_down: slope * self.by_down,
        }
    }
}
