//! When the first let-down of a session comes, as a law instead of a simulation.
//!
//! ```text
//! dX = (m - X) ds + 0.008 sqrt(tau) dW,   X(0) uniform in 0..0.12, never below 0, fires at X = 1
//! s = t/tau_X,   m = G E tau_X
//! ```
//!
//! is the integrator of [`letdown_model::session::reflex`] on a clock of its own. The share that still waits after `s` is the
//! mass left of its Fokker-Planck equation: exponentially fitted differences in X (Scharfetter, Gummel 1969), the
//! trapezoidal rule in `s`. The noise is that of the median `tau_X`; its spread between women changes it by a tenth.

use std::sync::LazyLock;

const CELLS: usize = 200;
const STEP: f64 = 0.01;
/// How far the table reaches (`tau_X`): ten minutes in the median woman.
const STEPS: usize = 300;
const USUAL_FORGETS_S: f64 = 200.0;
const NOISE_PER_SQRT_S: f64 = 0.008;
const HEAD_START: f64 = 0.12;
const FINE: usize = 40;
const FINE_STEP: f64 = 0.05;
const COARSE: usize = 24;
const COARSE_STEP: f64 = 0.25;

static TABLE: LazyLock<Vec<Vec<f64>>> =
    LazyLock::new(|| (0..=FINE + COARSE).map(|i| row(drive(i))).collect());

/// The share of sessions that still wait for a first pulse (0 to 1), under a drive `m` (1; below 1 only noise fires) after
/// `waited` (`t/tau_X`).
pub(super) fn still_waiting(m: f64, waited: f64) -> f64 {
    let (low, weight) = place(m);
    let at = |row: usize| TABLE.get(row).map_or(0.0, |row| along(row, waited / STEP));
    (1.0 - weight) * at(low) + weight * at(low + 1)
}

/// When the pulse comes (`t/tau_X`) of which a share `waiting` of sessions still waits; `None` beyond the table.
pub(super) fn comes_at(m: f64, waiting: f64) -> Option<f64> {
    let (mut early, mut late) = (0.0, STEP * STEPS as f64);
    if still_waiting(m, late) >= waiting {
        return None;
    }
    for _ in 0..12 {
        let middle = 0.5 * (early + late);
        if still_waiting(m, middle) >= waiting { early = middle } else { late = middle }
    }
    Some(late)
}

fn drive(i: usize) -> f64 {
    let fine = i.min(FINE) as f64 * FINE_STEP;
    fine + i.saturating_sub(FINE) as f64 * COARSE_STEP
}

/// The row below a drive, and how far the drive lies towards the next one.
fn place(m: f64) -> (usize, f64) {
    let bend = FINE as f64 * FINE_STEP;
    let at = if m < bend { m.max(0.0) / FINE_STEP } else { FINE as f64 + (m - bend) / COARSE_STEP };
    let last = (FINE + COARSE) as f64;
    let low = at.min(last - 1.0).floor();
    (low as usize, (at - low).clamp(0.0, 1.0))
}

fn along(row: &[f64], at: f64) -> f64 {
    let low = (at.max(0.0).floor() as usize).min(STEPS);
    let value = |i: usize| row.get(i.min(STEPS)).copied().unwrap_or(0.0);
    value(low) + (at - low as f64).clamp(0.0, 1.0) * (value(low + 1) - value(low))
}

/// The share that still waits, step by step.
fn row(m: f64) -> Vec<f64> {
    let h = 1.0 / CELLS as f64;
    let rates = Rates::of(m, h);
    let mut mass: Vec<f64> =
        (0..CELLS).map(|i| ((HEAD_START - i as f64 * h) / h).clamp(0.0, 1.0) * h / HEAD_START).collect();
    let mut waiting: Vec<f64> = vec![1.0];
    for _ in 0..STEPS {
        mass = rates.step(&mass);
        // Nobody who has fired waits again: rounding of the steps must not say so.
        let before = waiting.last().copied().unwrap_or(1.0);
        waiting.push(mass.iter().sum::<f64>().clamp(0.0, before));
    }
    waiting
}

/// How fast mass moves from a cell to the one above and below (`1/tau_X`).
struct Rates {
    up: Vec<f64>,
    down: Vec<f64>,
}

impl Rates {
    fn of(m: f64, h: f64) -> Self {
        let d = 0.5 * NOISE_PER_SQRT_S * NOISE_PER_SQRT_S * USUAL_FORGETS_S;
        // Across the border above cell i; the uppermost one takes what fires.
        let fitted = |i: usize, length: f64| {
            let drift = (m - (i as f64 + 1.0) * h) * length / d;
            (d / (length * h) * bernoulli(-drift), d / (length * h) * bernoulli(drift))
        };
        let (mut up, mut down) = (Vec::with_capacity(CELLS), vec![0.0]);
        for i in 0..CELLS {
            let (rises, falls) = fitted(i, if i + 1 == CELLS { 0.5 * h } else { h });
            up.push(rises);
            if i + 1 < CELLS {
                down.push(falls);
            }
        }
        Self { up, down }
    }

    /// One step: half of it by what was, half by what will be.
    fn step(&self, mass: &[f64]) -> Vec<f64> {
        let half = 0.5 * STEP;
        let at = |v: &[f64], i: usize| v.get(i).copied().unwrap_or(0.0);
        let leaves = |i: usize| at(&self.up, i) + at(&self.down, i);
        let was = |i: usize| {
            let below = if i == 0 { 0.0 } else { at(&self.up, i - 1) * at(mass, i - 1) };
            let above = at(&self.down, i + 1) * at(mass, i + 1);
            at(mass, i) + half * (below + above - leaves(i) * at(mass, i))
        };
        // Thomas: the matrix of what will be has three diagonals.
        let (mut kept, mut right) = (vec![0.0; CELLS], vec![0.0; CELLS]);
        for i in 0..CELLS {
            let below = if i == 0 { 0.0 } else { -half * at(&self.up, i - 1) };
            let before = if i == 0 { (0.0, 0.0) } else { (kept[i - 1], right[i - 1]) };
            let pivot = 1.0 + half * leaves(i) - below * before.0;
            kept[i] = -half * at(&self.down, i + 1) / pivot;
            right[i] = (was(i) - below * before.1) / pivot;
        }
        for i in (0..CELLS - 1).rev() {
            right[i] -= kept[i] * right[i + 1];
        }
        right
    }
}

/// `z/(exp(z) - 1)`.
fn bernoulli(z: f64) -> f64 {
    if z.abs() < 1e-6 { 1.0 - 0.5 * z } else { z / libm::expm1(z) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use letdown_model::{
        mother::Mother,
        random::Random,
        session::reflex::{Drive, pulses},
    };

    /// The share of simulated sessions that still wait, by the reflex itself.
    fn simulated(touch: f64, seconds: f64) -> f64 {
        let reflex = Mother::typical().ejection.reflex;
        let drive = Drive { touch, cues: 0.0, stress: 0.0 };
        let mut random = Random::seeded(11);
        let none = (0..3000).filter(|_| pulses(&reflex, &drive, seconds, &mut random).is_empty());
        none.count() as f64 / 3000.0
    }

    #[test]
    fn the_law_is_that_of_the_reflex() {
        let reflex = Mother::typical().ejection.reflex;
        for touch in [0.12, 0.17, 0.19, 0.22, 0.3, 0.55, 0.95] {
            let m = reflex.gain_per_s * reflex.forgets_s * touch;
            for seconds in [40.0, 90.0, 150.0, 300.0, 590.0] {
                let law = still_waiting(m, seconds / reflex.forgets_s);
                let came = simulated(touch, seconds);
                assert!((law - came).abs() < 0.04, "{touch} at {seconds} s: {law} against {came}");
            }
        }
    }

    #[test]
    fn more_drive_comes_sooner_and_waiting_only_falls() {
        for i in 0..30 {
            let m = 0.25 * f64::from(i);
            for step in 0..60 {
                let s = 0.05 * f64::from(step);
                assert!(still_waiting(m, s + 0.05) <= still_waiting(m, s) + 1e-9, "{m} at {s}");
                assert!(still_waiting(m + 0.25, s) <= still_waiting(m, s) + 5e-3, "{m} at {s}");
            }
        }
    }

    #[test]
    fn a_quantile_is_where_that_share_still_waits() {
        for (m, waiting) in [(1.0, 0.9), (1.3, 0.6), (2.0, 0.6), (5.0, 0.6)] {
            let at = comes_at(m, waiting).unwrap();
            assert!((still_waiting(m, at) - waiting).abs() < 0.02, "{m}: {at}");
        }
        assert_eq!(comes_at(0.2, 0.5), None);
    }
}
