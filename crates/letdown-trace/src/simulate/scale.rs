//! The scale itself.
//!
//! ```text
//! s' = (force - s) / filter                       its own filter (s)
//! display = round((s + noise + drift - zero) / step) step
//! ```
//!
//! A kitchen scale holds its zero: near zero it takes slow changes for drift and follows them, so the first drops never
//! show. Displays go in steps of 0.1, 0.2 or 1 g.

use super::GRID_S;
use crate::random::{Between, Random};

/// Scales, for a regime.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scales {
    /// The step of the display (g).
    pub step_g: f64,
    /// White noise (g, standard deviation).
    pub noise_g: Between,
    /// Drift (g/min), up or down, and as much again to and fro.
    pub drift_g_per_min: Between,
    /// Time constant of its own filter (s).
    pub filter_s: Between,
    /// How fast it follows a slow change near zero (g/s); 0 when it does not.
    pub follows_g_per_s: Between,
}

/// It follows while the display is within so many steps of zero.
const NEAR_ZERO_STEPS: f64 = 0.75;
/// Drift to and fro comes and goes so fast (s).
const WANDERS_S: f64 = 120.0;

/// What the display shows (g, on the grid).
pub(super) fn show(scales: &Scales, force_g: &[f64], tares_s: &[f64], random: &mut Random) -> Vec<f64> {
    let mut scale = Scale::drawn(scales, force_g, random);
    let mut tares = tares_s.iter().map(|s| super::steps_in(*s)).peekable();
    let step = |(i, force): (usize, &f64)| {
        let held_g = scale.feel(*force, i, random);
        while tares.next_if(|tare| *tare <= i).is_some() {
            scale.zero_g = held_g;
        }
        scale.follow(held_g);
        scale.display(held_g + scale.noise_g * random.normal())
    };
    force_g.iter().enumerate().map(step).collect()
}

struct Scale {
    step_g: f64,
    noise_g: f64,
    drift_g_per_s: f64,
    keeps: f64,
    follows_g: f64,
    felt_g: f64,
    wandered_g: f64,
    zero_g: f64,
}

impl Scale {
    fn drawn(scales: &Scales, force_g: &[f64], random: &mut Random) -> Self {
        let filter_s = scales.filter_s.draw(random);
        Self {
            step_g: scales.step_g,
            noise_g: scales.noise_g.draw(random),
            drift_g_per_s: scales.drift_g_per_min.draw(random) * random.sign(0.5) / 60.0,
            keeps: if filter_s > 0.0 { libm::exp(-GRID_S / filter_s) } else { 0.0 },
            follows_g: scales.follows_g_per_s.draw(random) * GRID_S,
            felt_g: force_g.first().copied().unwrap_or(0.0),
            wandered_g: 0.0,
            zero_g: 0.0,
        }
    }

    fn feel(&mut self, force_g: f64, step: usize, random: &mut Random) -> f64 {
        self.felt_g = self.keeps * self.felt_g + (1.0 - self.keeps) * force_g;
        if step.is_multiple_of(super::steps_in(1.0)) {
            let spread_g = self.drift_g_per_s * 60.0;
            self.wandered_g +=
                -self.wandered_g / WANDERS_S + spread_g * libm::sqrt(2.0 / WANDERS_S) * random.normal();
        }
        self.felt_g + self.wandered_g + self.drift_g_per_s * step as f64 * GRID_S
    }

    fn follow(&mut self, held_g: f64) {
        let shown_g = held_g - self.zero_g;
        if shown_g.abs() < NEAR_ZERO_STEPS * self.step_g {
            self.zero_g += shown_g.clamp(-self.follows_g, self.follows_g);
        }
    }

    fn display(&self, held_g: f64) -> f64 {
        let steps = ((held_g - self.zero_g) / self.step_g).round();
        // Dividing by 10 gives 0.3 where multiplying by 0.1 gives 0.30000000000000004; adding 0 makes -0 a 0.
        steps / (1.0 / self.step_g) + 0.0
    }
}
