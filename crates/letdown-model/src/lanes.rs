//! Some women side by side: the same sum for each of them at once, so that a processor need not wait for one to end.
//!
//! A cohort's exponential, sine and cosine are straight polynomials; tested against `libm`. Only `+ - * /` and bits, so the
//! same on every platform. A fit takes its own from [`crate::maths`].

use crate::number::Number;
use core::{
    f64::consts::{FRAC_PI_2, LOG2_E},
    ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign},
};

/// One number for each of `W` women.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lanes<const W: usize>(pub [f64; W]);

impl<const W: usize> Default for Lanes<W> {
    fn default() -> Self {
        Self([0.0; W])
    }
}

impl<const W: usize> Number for Lanes<W> {
    const ZERO: Self = Self([0.0; W]);
    const ONE: Self = Self([1.0; W]);

    #[inline]
    fn all(x: f64) -> Self {
        Self([x; W])
    }

    #[inline]
    fn of(mut lane: impl FnMut(usize) -> f64) -> Self {
        let mut all = [0.0; W];
        for (l, x) in all.iter_mut().enumerate() {
            *x = lane(l);
        }
        Self(all)
    }

    #[inline]
    fn lane(self, lane: usize) -> f64 {
        self.0[lane]
    }

    #[inline]
    fn each(self, holds: impl Fn(f64) -> bool) -> bool {
        self.0.into_iter().fold(true, |all, x| all & holds(x))
    }
}

impl<const W: usize> Lanes<W> {
    /// `e^x` for `|x| < 700`, to 3e-10 of itself and near 0 much better; beyond that its value at the border.
    #[inline]
    pub(crate) fn exp(self) -> Self {
        let x = self.max(Self::all(-700.0)).min(Self::all(700.0));
        let shifted = x * LOG2_E + ROUNDS;
        let doublings = shifted - ROUNDS;
        let r = (x - doublings * LN_2_HIGH) - doublings * LN_2_LOW;
        let power_of_two = shifted.map(|s| f64::from_bits(s.to_bits().wrapping_add(1023) << 52));
        r.exp_near_0() * power_of_two
    }

    /// The series of `e^x` to the eighth power, for `|x|` up to `ln 2 / 2`; in threes, to wait less.
    #[inline]
    fn exp_near_0(self) -> Self {
        let (x, x2) = (self, self * self);
        let x3 = x2 * x;
        let three = |k: usize| x2 * EXP[k + 2] + x * EXP[k + 1] + EXP[k];
        three(0) + x3 * (three(3) + x3 * three(6))
    }
}

macro_rules! lane_by_lane {
    ($($trait:ident $name:ident $op:tt),*) => {$(
        impl<const W: usize> $trait for Lanes<W> {
            type Output = Self;

            #[inline]
            fn $name(self, other: Self) -> Self {
                Self::of(|l| self.0[l] $op other.0[l])
            }
        }

        impl<const W: usize> $trait<f64> for Lanes<W> {
            type Output = Self;

            #[inline]
            fn $name(self, other: f64) -> Self {
                Self::of(|l| self.0[l] $op other)
            }
        }
    )*};
}

lane_by_lane!(Add add +, Sub sub -, Mul mul *, Div div /);

impl<const W: usize> Neg for Lanes<W> {
    type Output = Self;

    #[inline]
    fn neg(self) -> Self {
        Self::of(|l| -self.0[l])
    }
}

macro_rules! in_place {
    ($($trait:ident $name:ident $op:tt $other:ty),*) => {$(
        impl<const W: usize> $trait<$other> for Lanes<W> {
            #[inline]
            fn $name(&mut self, other: $other) {
                *self = *self $op other;
            }
        }
    )*};
}

in_place!(
    AddAssign add_assign + Self, SubAssign sub_assign - Self, MulAssign mul_assign * Self,
    AddAssign add_assign + f64, SubAssign sub_assign - f64, MulAssign mul_assign * f64
);

/// Sine and cosine of an angle in quarter turns.
pub(crate) fn sin_cos_of_quarters(quarters: f64) -> (f64, f64) {
    let shifted = quarters + ROUNDS;
    let r = (quarters - (shifted - ROUNDS)) * FRAC_PI_2;
    let (sin, cos) = (r * series(r * r, &SIN), series(r * r, &COS));
    match shifted.to_bits() & 3 {
        0 => (sin, cos),
        1 => (cos, -sin),
        2 => (-sin, -cos),
        _ => (-cos, sin),
    }
}

/// The sum of `c[k] x^k`.
fn series<const N: usize>(x: f64, c: &[f64; N]) -> f64 {
    c.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

/// Added to and taken from a number, this rounds it to a whole one; in between, its last bits are that whole number.
const ROUNDS: f64 = 1.5 / f64::EPSILON;
/// `ln 2` in two parts, the first with enough zeros behind it that whole multiples are exact.
const LN_2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// `1/k!`
const EXP: [f64; 9] = {
    let mut c = [1.0; 9];
    let mut k = 1;
    while k < c.len() {
        c[k] = c[k - 1] / k as f64;
        k += 1;
    }
    c
};

/// `(-1)^k / (2k+1)!` and `(-1)^k / (2k)!`
const SIN: [f64; 8] = alternating(1);
const COS: [f64; 8] = alternating(0);

const fn alternating(from: usize) -> [f64; 8] {
    let mut c = [1.0; 8];
    let mut k = 1;
    while k < c.len() {
        let m = 2 * k + from;
        c[k] = -c[k - 1] / ((m - 1) * m) as f64;
        k += 1;
    }
    c
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_agrees_with_libm() {
        for i in -60_000..60_000 {
            let x = f64::from(i) * 0.011_7;
            if x.abs() < 699.0 {
                let (ours, exact) = (Lanes([x]).exp().0[0], libm::exp(x));
                assert!((ours / exact - 1.0).abs() < 3e-10, "{x}: {ours} and {exact}");
                let near = 1e-3 * x / 700.0;
                assert!((Lanes([near]).exp().0[0] / libm::exp(near) - 1.0).abs() < 1e-15);
            }
        }
        assert!(Lanes([-1e9]).exp().0[0] > 0.0 && Lanes([1e9]).exp().0[0].is_finite());
    }

    #[test]
    fn sine_and_cosine_agree_with_libm() {
        for i in -40_000..40_000 {
            let quarters = f64::from(i) * 0.003_7;
            let (sin, cos) = sin_cos_of_quarters(quarters);
            let angle = quarters * FRAC_PI_2;
            let error = (sin - libm::sin(angle)).abs().max((cos - libm::cos(angle)).abs());
            assert!(error < 1e-13, "{quarters}: {error:e}");
        }
    }
}
