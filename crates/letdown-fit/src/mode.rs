//! The most likely coordinates, and coordinates in which the posterior is nearly round.
//!
//! The mode is climbed by BFGS with a backtracking line search; the curvature there comes from central differences of
//! the gradient. With `L L'` the Cholesky factor of the curvature, `z = mode + L'^-1 x` makes the posterior of `x` close
//! to a standard normal, which is what lets the sampler take long steps. Once there are draws, they and the slopes where
//! they stand say better than its top where the posterior lies and how wide it is ([`Mode::settled`]).

use crate::{
    FitError,
    error::Problem,
    gradient::Density,
    matrices::{
        Matrix, between, cholesky, dot, evened, identity, inverse_of_lower, moments, product, times,
        transposed,
    },
    turns::Stood,
};

/// A center, the mode or the mean, and the whitening there.
#[derive(Clone, Debug, PartialEq)]
pub struct Mode {
    /// The coordinates of the center.
    pub z: Vec<f64>,
    /// How far `z` moves by `x`, by rows.
    spread: Matrix,
    /// Its inverse.
    whitening: Matrix,
}

/// Climbing stops when a step promises less than this (log-density).
const PROMISE: f64 = 1e-6;
const MOST_STEPS: usize = 400;
/// The variance guessed for every direction before anything is known.
const FIRST_GUESS: f64 = 0.05;
/// The longest step (standard deviations of the prior): likelihoods are not quadratic far from the mode.
const LONGEST_STEP: f64 = 0.7;

/// Climbs from every start and keeps the highest top.
///
/// # Errors
/// When the density is not finite at any start, or has no curvature at the top.
pub fn climb(density: &mut Density, starts: &[Vec<f64>]) -> Result<Mode, FitError> {
    let dim = density.layout().dim();
    let tops = starts.iter().filter(|s| s.len() == dim).filter_map(|start| ascend(density, start.clone()));
    let highest = tops.max_by(|a, b| a.1.total_cmp(&b.1));
    let (z, _) = highest.ok_or(Problem::NoMode)?;
    let factor = factor(&curvature(density, &z)).ok_or(Problem::NoMode)?;
    let spread = transposed(&inverse_of_lower(&factor));
    Ok(Mode { z, spread, whitening: transposed(&factor) })
}

/// The top that is reached from `z`, and its height.
fn ascend(density: &mut Density, mut z: Vec<f64>) -> Option<(Vec<f64>, f64)> {
    let dim = z.len();
    let mut slope = vec![0.0; dim];
    let mut height = density.at(&z, &mut slope);
    if !height.is_finite() {
        return None;
    }
    let mut inverse = identity(dim, FIRST_GUESS);
    let mut is_fresh = true;
    for _ in 0..MOST_STEPS {
        let mut way = times(&inverse, &slope);
        let length = dot(&way, &way).sqrt();
        if length > LONGEST_STEP {
            for w in &mut way {
                *w *= LONGEST_STEP / length;
            }
        }
        let promise = dot(&way, &slope);
        let found = (promise >= PROMISE).then(|| line_search(density, &z, height, &way, promise)).flatten();
        let Some((moved, new_height, new_slope)) = found else {
            // What was learned of the curvature may belong to a place left long ago: forget it once before giving up.
            if is_fresh {
                break;
            }
            (inverse, is_fresh) = (identity(dim, FIRST_GUESS), true);
            continue;
        };
        is_fresh = false;
        let step: Vec<f64> = moved.iter().zip(&z).map(|(a, b)| a - b).collect();
        let bend: Vec<f64> = slope.iter().zip(&new_slope).map(|(old, new)| old - new).collect();
        update_inverse(&mut inverse, &step, &bend);
        (z, height, slope) = (moved, new_height, new_slope);
    }
    Some((z, height))
}

/// Halves the step until the density rises as its slope promises.
fn line_search(
    density: &mut Density,
    z: &[f64],
    height: f64,
    way: &[f64],
    promise: f64,
) -> Option<(Vec<f64>, f64, Vec<f64>)> {
    let mut slope = vec![0.0; z.len()];
    let mut share = 1.0;
    for _ in 0..30 {
        let moved: Vec<f64> = z.iter().zip(way).map(|(z, w)| z + share * w).collect();
        let new_height = density.at(&moved, &mut slope);
        if new_height.is_finite() && new_height >= height + 1e-4 * share * promise {
            return Some((moved, new_height, slope));
        }
        share *= 0.5;
    }
    None
}

/// The BFGS update of the inverse curvature.
fn update_inverse(inverse: &mut [Vec<f64>], step: &[f64], bend: &[f64]) {
    let along = dot(step, bend);
    if along < 1e-10 {
        return;
    }
    let turned = times(inverse, bend);
    let scale = (along + dot(bend, &turned)) / (along * along);
    for i in 0..step.len() {
        for j in 0..step.len() {
            inverse[i][j] += scale * step[i] * step[j] - (turned[i] * step[j] + step[i] * turned[j]) / along;
        }
    }
}

/// Minus the matrix of second derivatives, by central differences of the gradient.
fn curvature(density: &mut Density, z: &[f64]) -> Matrix {
    const H: f64 = 1e-4;
    let dim = z.len();
    let mut column = |i: usize| {
        let mut slope_at = |by: f64| {
            let mut moved = z.to_vec();
            moved[i] += by;
            let mut slope = vec![0.0; dim];
            density.at(&moved, &mut slope);
            slope
        };
        let (ahead, behind) = (slope_at(H), slope_at(-H));
        ahead.iter().zip(behind).map(|(a, b)| -(a - b) / (2.0 * H)).collect::<Vec<f64>>()
    };
    evened(&(0..dim).map(&mut column).collect::<Matrix>())
}

/// The lower Cholesky factor; a matrix that is not quite positive is lifted along its diagonal. Where a climb ended beside
/// a cliff it is far from positive, and its diagonal alone has to do: chains learn the rest while they settle.
fn factor(matrix: &[Vec<f64>]) -> Option<Matrix> {
    let lifted =
        [0.0, 0.1, 1.0, 10.0, 100.0].into_iter().find_map(|lift| cholesky(matrix, lift, LEAST_CURVED));
    lifted.or_else(|| cholesky(&diagonal(matrix), 0.0, LEAST_CURVED))
}

fn diagonal(matrix: &[Vec<f64>]) -> Matrix {
    let at = |i: usize, j: usize| if i == j { matrix[i][i].max(1.0) } else { 0.0 };
    (0..matrix.len()).map(|i| (0..matrix.len()).map(|j| at(i, j)).collect()).collect()
}

/// The prior alone gives every direction a curvature of 1; much less is a saddle or noise.
const LEAST_CURVED: f64 = 0.2;

impl Mode {
    /// `z` at whitened coordinates `x`, into `z`.
    pub fn color(&self, x: &[f64], z: &mut [f64]) {
        for ((z, center), row) in z.iter_mut().zip(&self.z).zip(&self.spread) {
            *z = center + dot(row, x);
        }
    }

    /// Whitened coordinates at `z`, into `x`.
    pub fn whiten(&self, z: &[f64], x: &mut [f64]) {
        let away: Vec<f64> = z.iter().zip(&self.z).map(|(z, center)| z - center).collect();
        for (x, row) in x.iter_mut().zip(&self.whitening) {
            *x = dot(row, &away);
        }
    }

    /// The slope by `x` from the slope by `z`, into `by_x`.
    pub fn slope(&self, by_z: &[f64], by_x: &mut [f64]) {
        by_x.fill(0.0);
        for (row, by) in self.spread.iter().zip(by_z) {
            by_x.iter_mut().zip(row).for_each(|(sum, s)| *sum += s * by);
        }
    }

    /// The whitening that places and the slopes there agree on: that in which their moments come nearest to those of a
    /// standard normal. With the covariances `C` of places and `G` of slopes by `x` it is the `X` with `X G X = C`, which
    /// has the least Fisher divergence from them (Seyboldt, Carlson, Carpenter 2026); of a normal it is the covariance,
    /// wherever the places lie. The fewer they are, the more is left of this whitening. `None` when they have no covariance.
    #[must_use]
    pub(crate) fn settled(&self, stood: &[Stood]) -> Option<Self> {
        let dim = self.z.len();
        let by_x = |of: fn(&Self, &[f64], &mut [f64]), v: &[f64]| {
            let mut x = vec![0.0; dim];
            of(self, v, &mut x);
            x
        };
        let places: Matrix = stood.iter().map(|s| by_x(Self::whiten, &s.z)).collect();
        let slopes: Matrix = stood.iter().map(|s| by_x(Self::slope, &s.by_z)).collect();
        let share = stood.len() as f64 / (stood.len() as f64 + STAYS * dim as f64);
        let known = |all: &[Vec<f64>]| {
            let (mean, mut covariance) = moments(all, dim);
            for (i, row) in covariance.iter_mut().enumerate() {
                for c in row.iter_mut() {
                    *c *= share;
                }
                row[i] += 1.0 - share;
            }
            (mean, covariance)
        };
        let ((center, places), (_, slopes)) = (known(&places), known(&slopes));
        let lower = cholesky(&between(&places, &slopes)?, 0.0, 0.0)?;
        let mut z = vec![0.0; dim];
        self.color(&center, &mut z);
        let spread = product(&self.spread, &lower);
        Some(Self { z, spread, whitening: product(&inverse_of_lower(&lower), &self.whitening) })
    }
}

/// How many places for each coordinate the whitening they begin with counts for.
const STAYS: f64 = 1.0;

#[cfg(test)]
mod tests {
    use super::{Mode, Stood, identity};
    use crate::matrices::{moments, product, transposed};
    use letdown_model::random::Random;

    /// Of two coordinates, at places as wide as `widths`, of a normal with these deviations and correlation.
    fn stood(widths: [f64; 2], deviations: [f64; 2], correlation: f64) -> Vec<Stood> {
        let mut random = Random::seeded(3);
        let one = |_| {
            let z = widths.map(|w| w * random.normal());
            let [a, b] = [0, 1].map(|i| z[i] / deviations[i]);
            let by = [b.mul_add(-correlation, a), a.mul_add(-correlation, b)];
            let rest = 1.0 - correlation * correlation;
            Stood { z: z.to_vec(), by_z: vec![-by[0] / deviations[0] / rest, -by[1] / deviations[1] / rest] }
        };
        (0..4000).map(one).collect()
    }

    #[test]
    fn a_normal_is_known_from_its_slopes_wherever_chains_stood() {
        let start = Mode { z: vec![0.0; 2], spread: identity(2, 1.0), whitening: identity(2, 1.0) };
        let stood = stood([4.0, 0.3], [0.5, 1.5], 0.6);
        let settled = start.settled(&stood).expect("they have a covariance");
        let known = product(&settled.spread, &transposed(&settled.spread));
        let true_covariance = [[0.25, 0.45], [0.45, 2.25]];
        let places: Vec<Vec<f64>> = stood.iter().map(|s| s.z.clone()).collect();
        let (_, of_places) = moments(&places, 2);
        for i in 0..2 {
            for j in 0..2 {
                let truth = true_covariance[i][j];
                assert!((known[i][j] - truth).abs() < 0.05 * truth, "{known:?}");
            }
        }
        // Their places alone say something else.
        assert!(of_places[0][0] > 10.0 && of_places[1][1] < 0.2, "{of_places:?}");
    }
}
