//! How far a reading may stray from what is expected of it: less far up than down.
//!
//! No session takes more than all that is within reach, and any may take far less. So what is left to chance has a
//! deviation of its own on either side, and a residual `r` (mL) stands so many of them away:
//!
//! ```text
//! z(r) = a r + b (sqrt(r^2 + e^2) - e)        a = (1/s+ + 1/s-)/2,   b = (1/s+ - 1/s-)/2,   e = 2/a
//! up(r) = (1 + r/sqrt(r^2 + e^2))/2           how much of `r` stands on the upper side (0 to 1)
//! ```
//!
//! `s+`, `s-` the deviations up and down (mL). `z` rises everywhere, is 0 at 0, where it is as steep as the mean of the
//! two, and has no corner. Where both are alike it is `r/s`.

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
const CORNER: f64 = 2.0;

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

    /// `z(r)`.
    #[inline]
    pub fn at(&self, residual_ml: f64) -> Sloped {
        let root = self.root(residual_ml);
        let by_steep = residual_ml - self.lean * (self.corner / root - 1.0) * self.corner / self.steep;
        let by_lean = root - self.corner;
        Sloped {
            value: self.steep * residual_ml + self.lean * by_lean,
            by_residual: self.steep + self.lean * residual_ml / root,
            by_up: 0.5 * (by_steep + by_lean) * self.by_variance(0),
            by_down: 0.5 * (by_steep - by_lean) * self.by_variance(1),
        }
    }

    /// `up(r)`.
    #[inline]
    pub fn up(&self, residual_ml: f64) -> Sloped {
        let per_root = 1.0 / self.root(residual_ml);
        let bend = 0.5 * self.corner * self.corner * per_root * per_root * per_root;
        let by_steep = 0.5 * bend * residual_ml / self.steep;
        Sloped {
            value: 0.5 * (1.0 + residual_ml * per_root),
            by_residual: bend,
            by_up: by_steep * self.by_variance(0),
            by_down: by_steep * self.by_variance(1),
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
