//! Random numbers by a named generator, the same on every platform.
//!
//! Uniform numbers come from `ChaCha8`, normal ones from them by the polar method of Marsaglia and Bray (1964), computed
//! with `libm`.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng as _, SeedableRng as _},
};

/// A stream of random numbers.
///
/// ```
/// use letdown_trace::random::Random;
/// let (mut a, mut b) = (Random::stream(7, 1), Random::stream(7, 1));
/// assert_eq!(a.normal().to_bits(), b.normal().to_bits());
/// ```
#[derive(Clone, Debug)]
pub struct Random {
    source: ChaCha8Rng,
    spare: Option<f64>,
}

/// A number that lies evenly between two others, in the unit of whoever holds it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Between {
    /// From.
    pub low: f64,
    /// To.
    pub high: f64,
}

impl Between {
    /// From `low` to `high`.
    pub const fn new(low: f64, high: f64) -> Self {
        Self { low, high }
    }

    /// Always the same.
    pub const fn always(value: f64) -> Self {
        Self { low: value, high: value }
    }

    /// Drawn.
    pub fn draw(&self, random: &mut Random) -> f64 {
        self.low + (self.high - self.low) * random.uniform()
    }
}

impl Random {
    /// Stream `number` of a seed: streams of one seed do not overlap.
    pub fn stream(seed: u64, number: u64) -> Self {
        let mut source = ChaCha8Rng::seed_from_u64(seed);
        source.set_stream(number);
        Self { source, spare: None }
    }

    /// Uniform in [0, 1).
    pub fn uniform(&mut self) -> f64 {
        (self.source.next_u64() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// Whether something of this chance (0 to 1) happens.
    pub fn happens(&mut self, chance: f64) -> bool {
        self.uniform() < chance
    }

    /// Standard normal.
    pub fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        loop {
            let (u, v) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let s = u * u + v * v;
            if 0.0 < s && s < 1.0 {
                let scale = libm::sqrt(-2.0 * libm::log(s) / s);
                self.spare = Some(v * scale);
                return u * scale;
            }
        }
    }

    /// Log-normal.
    pub fn log_normal(&mut self, median: f64, log_sd: f64) -> f64 {
        median * libm::exp(log_sd * self.normal())
    }

    /// 1 or -1; 1 with this chance.
    pub fn sign(&mut self, chance: f64) -> f64 {
        if self.happens(chance) { 1.0 } else { -1.0 }
    }

    /// Moments between 0 and `until_s` at which something happens by chance, `per_s` times a second on average, in order.
    pub fn arrivals(&mut self, per_s: f64, until_s: f64) -> Vec<f64> {
        let mut moments = Vec::new();
        if per_s.is_nan() || per_s <= 0.0 {
            return moments;
        }
        let mut t_s = 0.0;
        loop {
            t_s -= libm::log(1.0 - self.uniform()) / per_s;
            if t_s >= until_s {
                return moments;
            }
            moments.push(t_s);
        }
    }
}
