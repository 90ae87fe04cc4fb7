//! Shapes of a let-down: how its flow rises and falls.
//!
//! ```text
//! f(u) = (1 - (1 + u/a) e^(-u/a)) min(1, e^(-(u - T)/b))        u seconds after the onset
//! ```
//!
//! Rise `a`, plateau `T`, fall `b`. The rise begins without a corner, as milk does that is squeezed into ducts and leaves
//! them as they fill. No shape is believed in: the likeliest of a grid explains a let-down, and two are told apart by
//! where flow rises again, not by how it falls.

use super::hypothesis::Explained;

/// A shape: rise, plateau and fall (s).
#[derive(Clone, Copy, Debug, PartialEq)]
struct Shape {
    /// Rise (s).
    rise: f64,
    /// Plateau (s).
    plateau: f64,
    /// Fall (s).
    fall: f64,
}

/// How many shapes the grid has.
pub(crate) const SHAPES: usize = 18;

/// After so long without another one, a let-down is over (s).
pub(crate) const LONGEST_S: usize = 900;

const RISES_S: [f64; 3] = [2.0, 5.0, 14.0];
const FALLS_S: [(f64, f64); 6] =
    [(0.0, 10.0), (0.0, 22.0), (0.0, 45.0), (0.0, 100.0), (30.0, 12.0), (60.0, 20.0)];

/// A shape narrower than this (volume against peak, s) is more likely a disturbance; judged, and its price (minus the
/// logarithm of its chance) chosen on simulated traces.
const NARROW_S: f64 = 22.0;
const NARROW: f64 = 9.0;

/// Flow left over from what came before dies away so fast (s).
const TAIL_S: f64 = 30.0;

/// Steps a second of the sums below.
const FINE: usize = 10;

/// What each shape has brought by each whole second after its onset, for a flow that would peak near 1.
#[derive(Clone, Debug)]
pub(crate) struct Shapes {
    brought: Vec<[f64; SHAPES]>,
    tail: Vec<f64>,
    /// The second in which each shape flows most.
    peaks: [usize; SHAPES],
    /// How unlikely each shape is, as minus the logarithm of its chance.
    odd: [f64; SHAPES],
}

impl Shapes {
    pub(crate) fn new() -> Self {
        let grid = grid();
        let mut brought = Vec::with_capacity(LONGEST_S + 1);
        let mut so_far = [0.0; SHAPES];
        brought.push(so_far);
        for second in 0..LONGEST_S {
            for (sum, shape) in so_far.iter_mut().zip(&grid) {
                *sum += shape.between(second as f64);
            }
            brought.push(so_far);
        }
        let tail = (0..=LONGEST_S).map(|u| TAIL_S * (1.0 - libm::exp(-(u as f64) / TAIL_S))).collect();
        let peaks = grid.map(|shape| shape.peak());
        let odd = core::array::from_fn(|j| {
            let peak = brought[peaks[j] + 1][j] - brought[peaks[j]][j];
            if so_far[j] < NARROW_S * peak { NARROW } else { 0.0 }
        });
        Self { brought, tail, peaks, odd }
    }

    /// What every shape has brought after so many seconds.
    pub(crate) fn brought(&self, seconds: usize) -> &[f64; SHAPES] {
        &self.brought[seconds.min(LONGEST_S)]
    }

    /// How unlikely a shape is, as minus the logarithm of the chance.
    pub(crate) fn odd(&self, shape: usize) -> f64 {
        self.odd[shape]
    }

    /// The strongest flow of a stretch in the seconds after its onset, where its shape peaks (g/s).
    pub(crate) fn highest(&self, explained: &Explained, age: usize) -> f64 {
        let at = self.peaks[explained.shape].min(age);
        let own = self.brought(at + 1)[explained.shape] - self.brought(at)[explained.shape];
        let left = libm::exp(-(at as f64) / TAIL_S);
        explained.drip + explained.tail * left + explained.pulse * own
    }

    /// What a dying flow has brought after so many seconds, when it was 1 at first.
    pub(crate) fn tail(&self, seconds: usize) -> f64 {
        self.tail[seconds.min(LONGEST_S)]
    }
}

impl Shape {
    /// Its flow after `u_s` seconds, at most 1.
    fn flow(&self, u_s: f64) -> f64 {
        let risen = u_s / self.rise;
        let rise = 1.0 - (1.0 + risen) * libm::exp(-risen);
        rise * libm::exp(-(u_s - self.plateau).max(0.0) / self.fall)
    }

    /// The second in which it flows most.
    fn peak(&self) -> usize {
        let flow = |second: &usize| self.flow(*second as f64 + 0.5);
        (0..200).max_by(|a, b| flow(a).total_cmp(&flow(b))).unwrap_or(0)
    }

    /// What it brings in the second from `from_s` on.
    fn between(&self, from_s: f64) -> f64 {
        let fine = FINE as f64;
        (0..FINE).map(|i| self.flow(from_s + (i as f64 + 0.5) / fine) / fine).sum()
    }
}

fn grid() -> [Shape; SHAPES] {
    core::array::from_fn(|i| {
        let (plateau, fall) = FALLS_S[i % FALLS_S.len()];
        Shape { rise: RISES_S[i / FALLS_S.len()], plateau, fall }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_brings_what_its_flow_sums_to() {
        // Without a plateau the sum has a closed form: b - (b c) (1 + b c / ...) with 1/c = 1/a + 1/b.
        let shape = Shape { rise: 3.0, plateau: 0.0, fall: 22.0 };
        let (a, b) = (3.0, 22.0);
        let k = 1.0 / (1.0 / a + 1.0 / b);
        let closed = b - k - k * k / a;
        let summed: f64 = (0..LONGEST_S).map(|s| shape.between(s as f64)).sum();
        assert!((summed - closed).abs() < 0.01 * closed, "{summed} against {closed}");
    }

    #[test]
    fn a_shape_begins_without_flow_and_never_exceeds_one() {
        for shape in grid() {
            assert!(shape.flow(0.0).abs() < 1e-12);
            assert!((0..3000).all(|i| shape.flow(f64::from(i) * 0.1) <= 1.0));
        }
    }

    #[test]
    fn what_has_been_brought_never_shrinks() {
        let shapes = Shapes::new();
        for second in 0..LONGEST_S {
            assert!((0..SHAPES).all(|i| shapes.brought(second)[i] <= shapes.brought(second + 1)[i]));
            assert!(shapes.tail(second) <= shapes.tail(second + 1));
        }
    }
}
