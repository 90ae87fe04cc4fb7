//! A number, or the numbers of some women side by side: what an equation that is written once is reckoned with.
//!
//! A step of a life waits for the one before it, and a processor waits with it. Where several women, or one woman's traits as
//! several chains would have them, go through the same log, their steps do not wait for each other: [`Lanes`] take them all at
//! once. What depends on a number itself (a corner, a ceiling) is decided lane by lane.

pub use crate::lanes::Lanes;
use core::{
    fmt::Debug,
    ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign},
};

/// `f64`, or [`Lanes`] of it.
///
/// ```
/// use letdown_model::number::{Lanes, Number};
/// fn square<T: Number>(x: T) -> T {
///     x * x + 1.0
/// }
/// assert_eq!(square(3.0), 10.0);
/// assert_eq!(square(Lanes([3.0, 4.0])), Lanes([10.0, 17.0]));
/// ```
pub trait Number:
    Copy
    + Debug
    + Default
    + PartialEq
    + Neg<Output = Self>
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Add<f64, Output = Self>
    + Sub<f64, Output = Self>
    + Mul<f64, Output = Self>
    + Div<f64, Output = Self>
    + AddAssign
    + SubAssign
    + MulAssign
    + AddAssign<f64>
    + SubAssign<f64>
    + MulAssign<f64>
    + Send
    + Sync
{
    /// Nothing.
    const ZERO: Self;
    /// One.
    const ONE: Self;

    /// The same in every lane.
    fn all(x: f64) -> Self;

    /// One for each lane.
    fn of(lane: impl FnMut(usize) -> f64) -> Self;

    /// That of one lane.
    fn lane(self, lane: usize) -> f64;

    /// The same but for one lane.
    #[must_use]
    #[inline]
    fn with(self, lane: usize, x: f64) -> Self {
        Self::of(|l| if l == lane { x } else { self.lane(l) })
    }

    /// Whether something holds in every lane.
    fn each(self, holds: impl Fn(f64) -> bool) -> bool;

    /// A function of each.
    #[must_use]
    #[inline]
    fn map(self, f: impl Fn(f64) -> f64) -> Self {
        Self::of(|l| f(self.lane(l)))
    }

    /// The larger of two; the other where this is not a number.
    #[must_use]
    #[inline]
    fn max(self, other: Self) -> Self {
        Self::of(|l| if self.lane(l) > other.lane(l) { self.lane(l) } else { other.lane(l) })
    }

    /// The smaller of two; the other where this is not a number.
    #[must_use]
    #[inline]
    fn min(self, other: Self) -> Self {
        Self::of(|l| if self.lane(l) < other.lane(l) { self.lane(l) } else { other.lane(l) })
    }
}

impl Number for f64 {
    const ZERO: Self = 0.0;
    const ONE: Self = 1.0;

    #[inline]
    fn all(x: f64) -> Self {
        x
    }

    #[inline]
    fn of(mut lane: impl FnMut(usize) -> f64) -> Self {
        lane(0)
    }

    #[inline]
    fn lane(self, _: usize) -> f64 {
        self
    }

    #[inline]
    fn each(self, holds: impl Fn(f64) -> bool) -> bool {
        holds(self)
    }
}
