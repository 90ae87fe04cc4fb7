//! Exponential and logarithm, twice: to the last bit, and quickly.
//!
//! Lives are lived by `libm`, whose bits are pinned. A fit asks for millions of exponentials and is right within the chance of its
//! draws, so it takes the quick ones:
//!
//! ```text
//! e^x  = 2^k T_i e^r       x = (64 k + i) ln2/64 + r,   T_i = 2^(i/64),   |r| <= ln2/128: five powers of r
//! ln x = k ln2 - ln q_i + ln(1 + r)      x = 2^k z,   q_i = 1/(the middle of z's cell),   r = z q_i - 1,   |r| < 1/250: six powers
//! ```
//!
//! within 4e-16 of the exponential and 4e-16 absolute of the logarithm (tested). Only `+ - * /` and bits, so the same on
//! every platform. What is rare (beyond e^700, no positive number) is handed to `libm`.

use crate::number::Number;

/// Whose exponential and logarithm.
pub trait Maths {
    /// `e^x`.
    fn exp<T: Number>(x: T) -> T;
    /// The natural logarithm.
    fn log<T: Number>(x: T) -> T;
}

/// Those of `libm`.
#[derive(Clone, Copy, Debug)]
pub struct Exact;

/// Those of tables.
#[derive(Clone, Copy, Debug)]
pub struct Quick;

impl Maths for Exact {
    #[inline]
    fn exp<T: Number>(x: T) -> T {
        x.map(libm::exp)
    }

    #[inline]
    fn log<T: Number>(x: T) -> T {
        x.map(libm::log)
    }
}

impl Maths for Quick {
    #[inline]
    fn exp<T: Number>(x: T) -> T {
        if !x.each(|x| (-700.0..700.0).contains(&x)) {
            return rare(x, libm::exp);
        }
        let shifted = x * (POWERS.len() as f64 / core::f64::consts::LN_2) + ROUNDS;
        let place = |l: usize| shifted.lane(l).to_bits().wrapping_sub(ROUNDS.to_bits()).cast_signed();
        let whole = shifted - ROUNDS;
        let r = (x - whole * (LN_2_HIGH / POWERS.len() as f64)) - whole * (LN_2_LOW / POWERS.len() as f64);
        let r2 = r * r;
        let series = r + r2 * ((r * (1.0 / 6.0) + 0.5) + r2 * (r * (1.0 / 120.0) + 1.0 / 24.0));
        let power = T::of(|l| POWERS[place(l) as usize % POWERS.len()]);
        let doubled =
            T::of(|l| f64::from_bits(((place(l) >> POWER_BITS) + 1023).cast_unsigned() << MANTISSA_BITS));
        doubled * (power + power * series)
    }

    #[inline]
    fn log<T: Number>(x: T) -> T {
        if !x.each(|x| (f64::MIN_POSITIVE..f64::INFINITY).contains(&x)) {
            return rare(x, libm::log);
        }
        let above = |l: usize| x.lane(l).to_bits().wrapping_sub(LEAST.to_bits());
        let doublings = |l: usize| above(l).cast_signed() >> MANTISSA_BITS;
        let z = T::of(|l| {
            f64::from_bits(x.lane(l).to_bits().wrapping_sub(doublings(l).cast_unsigned() << MANTISSA_BITS))
        });
        let cell = |l: usize| CELLS[(above(l) >> (MANTISSA_BITS - CELL_BITS)) as usize % CELLS.len()];
        let r = z * T::of(|l| cell(l).0) - 1.0;
        let r2 = r * r;
        let curved = (r * (1.0 / 3.0) - 0.5) + r2 * ((r * (1.0 / 5.0) - 0.25) - r2 * (1.0 / 6.0));
        let doublings = T::of(|l| doublings(l) as f64);
        doublings * LN_2_HIGH + (T::of(|l| cell(l).1) + (r + (r2 * curved + doublings * LN_2_LOW)))
    }
}

/// A lane that is far out must not carry the others with it.
#[cold]
fn rare<T: Number>(x: T, of: fn(f64) -> f64) -> T {
    x.map(of)
}

const MANTISSA_BITS: u32 = f64::MANTISSA_DIGITS - 1;
/// A number so large that what is added to it is rounded to a whole one, which then stands in its last bits.
const ROUNDS: f64 = 6_755_399_441_055_744.0;
/// `ln 2` in two parts: the first has few enough bits for its multiples to be exact.
const LN_2_HIGH: f64 = f64::from_bits(0x3FE6_2E42_FEE0_0000);
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;

const POWER_BITS: u32 = 6;
const POWERS: [f64; 1 << POWER_BITS] = powers();

/// `z` lies between this and twice this.
const LEAST: f64 = 0.6875;
const CELL_BITS: u32 = 7;
/// `q` and `-ln q`.
const CELLS: [(f64, f64); 1 << CELL_BITS] = cells();

const fn powers() -> [f64; 1 << POWER_BITS] {
    let mut powers = [1.0; 1 << POWER_BITS];
    let mut i = 0;
    while i < powers.len() {
        let x = i as f64 * core::f64::consts::LN_2 / powers.len() as f64;
        // Horner's way through the series.
        let mut k = 22;
        while k > 0 {
            powers[i] = 1.0 + powers[i] * x / k as f64;
            k -= 1;
        }
        i += 1;
    }
    powers
}

const fn cells() -> [(f64, f64); 1 << CELL_BITS] {
    let mut cells = [(0.0, 0.0); 1 << CELL_BITS];
    let mut i = 0;
    while i < cells.len() {
        let from = LEAST.to_bits() + ((i as u64) << (MANTISSA_BITS - CELL_BITS));
        let middle = f64::from_bits(from + (1 << (MANTISSA_BITS - CELL_BITS - 1)));
        let q = 1.0 / middle;
        cells[i] = (q, -ln_near_1(q));
        i += 1;
    }
    cells
}

/// `2 artanh((x - 1)/(x + 1))`.
const fn ln_near_1(x: f64) -> f64 {
    let t = (x - 1.0) / (x + 1.0);
    let mut sum = 0.0;
    let mut k = 31;
    while k > 0 {
        sum = sum * t * t + 1.0 / k as f64;
        k -= 2;
    }
    2.0 * t * sum
}

#[cfg(test)]
mod tests {
    use super::{Exact, Maths as _, Quick};
    use crate::random::Random;

    #[test]
    fn quick_ones_are_those_of_libm() {
        let mut random = Random::seeded(5);
        for _ in 0..200_000 {
            let x = 40.0 * (random.uniform() - 0.5);
            let (quick, exact) = (Quick::exp(x), Exact::exp(x));
            assert!((quick / exact - 1.0).abs() < 4.5e-16, "e^{x}: {quick} and {exact}");
            let y = exact;
            let (quick, exact) = (Quick::log(y), Exact::log(y));
            let most = 4.5e-16 * exact.abs().max(1.0);
            assert!((quick - exact).abs() < most, "ln {y}: {quick} and {exact}");
        }
    }

    #[test]
    fn far_out_they_are_those_of_libm_too() {
        for x in [-1e9, -745.0, -699.9, -1e-300, 0.0, 1e-17, 699.9, 710.0, f64::INFINITY, f64::NEG_INFINITY] {
            let (quick, exact) = (Quick::exp(x), Exact::exp(x));
            assert!(
                quick.to_bits() == exact.to_bits() || (quick / exact - 1.0).abs() < 1e-15,
                "e^{x}: {quick} and {exact}"
            );
        }
        for x in [0.0, 5e-324, f64::MIN_POSITIVE, 1e-200, 1.0, 0.999, 1.001, 1e300, f64::INFINITY] {
            let (quick, exact) = (Quick::log(x), Exact::log(x));
            assert!(
                quick.to_bits() == exact.to_bits() || (quick - exact).abs() <= 4.5e-16 * exact.abs().max(1.0),
                "ln {x}: {quick} and {exact}"
            );
        }
        assert!(Quick::exp(f64::NAN).is_nan() && Quick::log(f64::NAN).is_nan() && Quick::log(-1.0).is_nan());
    }

    #[test]
    fn they_do_not_jump_between_cells() {
        for i in 0..2000 {
            let x = 0.5 + f64::from(i) / 1000.0;
            let (below, above) = (x * (1.0 - 1e-12), x * (1.0 + 1e-12));
            assert!((Quick::log(above) - Quick::log(below) - 2e-12).abs() < 1.2e-15, "{x}");
            assert!((Quick::exp(above) / Quick::exp(below) - 1.0 - 2e-12 * x).abs() < 1.2e-15, "{x}");
        }
    }
}
