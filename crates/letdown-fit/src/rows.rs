//! Rows of numbers, and a corner that is rounded off.

use letdown_model::number::Number;

/// `(x + sqrt(x^2 + e^2)) / 2`: the larger of `x` and 0 with its corner rounded off; with two derivatives.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Rounded<T = f64> {
    pub value: T,
    pub slope: T,
    pub bend: T,
}

impl<T: Number> Rounded<T> {
    #[inline]
    pub(crate) fn of(x: T, corner: f64) -> Self {
        let root = (x * x + corner * corner).map(f64::sqrt);
        let share = T::ONE / root;
        Self {
            value: (x + root) * 0.5,
            slope: (x * share + 1.0) * 0.5,
            bend: share * share * share * (0.5 * corner * corner),
        }
    }
}

/// The sum of products.
#[inline]
pub(crate) fn dot<T: Number, const N: usize>(a: &[T; N], b: &[T; N]) -> T {
    sum(a.iter().zip(b).map(|(x, y)| *x * *y))
}

/// The sum.
#[inline]
pub(crate) fn sum<T: Number>(of: impl Iterator<Item = T>) -> T {
    of.fold(T::ZERO, |sum, x| sum + x)
}

/// As [`std::array::from_fn`], which the compiler is slow to look into.
#[inline]
pub(crate) fn row<U: Copy, const K: usize>(mut of: impl FnMut(usize) -> U) -> [U; K] {
    let mut all = [of(0); K];
    for (k, place) in all.iter_mut().enumerate().skip(1) {
        *place = of(k);
    }
    all
}
