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
/// use letdown_model::random::Random;
/// let (mut a, mut b) = (Random::seeded(7), Random::seeded(7));
/// assert_eq!(a.normal().to_bits(), b.normal().to_bits());
/// ```
#[derive(Clone, Debug)]
pub struct Random {
    source: ChaCha8Rng,
    spare: Option<f64>,
    mirrored: bool,
}

impl Random {
    /// The stream of a seed.
    pub fn seeded(seed: u64) -> Self {
        Self { source: ChaCha8Rng::seed_from_u64(seed), spare: None, mirrored: false }
    }

    /// Stream `number` of a seed: streams of one seed do not overlap.
    pub fn stream(seed: u64, number: u64) -> Self {
        let mut source = ChaCha8Rng::seed_from_u64(seed);
        source.set_stream(number);
        Self { source, spare: None, mirrored: false }
    }

    /// The same chances turned round: normal numbers with the other sign. A mean over both halves of such a pair varies less.
    #[must_use]
    pub fn mirrored(self) -> Self {
        Self { mirrored: !self.mirrored, ..self }
    }

    /// A stream of its own, begun from this one.
    #[must_use]
    pub fn branch(&mut self) -> Self {
        Self {
            source: ChaCha8Rng::seed_from_u64(self.source.next_u64()),
            spare: None,
            mirrored: self.mirrored,
        }
    }

    /// Uniform in [0, 1).
    pub fn uniform(&mut self) -> f64 {
        (self.source.next_u64() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// A whole number in 0..`below`; 0 when `below` is 0.
    pub fn below(&mut self, below: usize) -> usize {
        ((self.uniform() * below as f64) as usize).min(below.saturating_sub(1))
    }

    /// Standard normal.
    pub fn normal(&mut self) -> f64 {
        let z = self.drawn();
        if self.mirrored { -z } else { z }
    }

    fn drawn(&mut self) -> f64 {
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

    /// Gamma of shape 2 and mean 1: the mixing weight that turns a normal into a Student t of 4 degrees of freedom.
    pub fn gamma_two(&mut self) -> f64 {
        -0.5 * (libm::log(1.0 - self.uniform()) + libm::log(1.0 - self.uniform()))
    }
}
