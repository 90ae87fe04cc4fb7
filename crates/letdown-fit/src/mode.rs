//! The most likely coordinates, and coordinates in which the posterior is nearly round.
//!
//! The mode is climbed by BFGS with a backtracking line search; the curvature there comes from central differences of
//! the gradient. With `L L'` the Cholesky factor of the curvature, `z = mode + L'^-1 x` makes the posterior of `x` close
//! to a standard normal, which is what lets the sampler take long steps.

use crate::{FitError, error::Problem, gradient::Density};

/// A mode and the whitening there.
#[derive(Clone, Debug, PartialEq)]
pub struct Mode {
    /// The most likely coordinates.
    pub z: Vec<f64>,
    /// Lower Cholesky factor of the curvature, by rows.
    factor: Vec<Vec<f64>>,
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
    Ok(Mode { z, factor })
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
fn curvature(density: &mut Density, z: &[f64]) -> Vec<Vec<f64>> {
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
    let raw: Vec<Vec<f64>> = (0..dim).map(&mut column).collect();
    (0..dim).map(|i| (0..dim).map(|j| 0.5 * (raw[i][j] + raw[j][i])).collect()).collect()
}

/// The lower Cholesky factor; a matrix that is not quite positive is lifted along its diagonal.
fn factor(matrix: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    [0.0, 0.1, 1.0, 10.0, 100.0].into_iter().find_map(|lift| cholesky(matrix, lift))
}

fn cholesky(matrix: &[Vec<f64>], lift: f64) -> Option<Vec<Vec<f64>>> {
    let dim = matrix.len();
    let mut l = vec![vec![0.0; dim]; dim];
    for i in 0..dim {
        for j in 0..=i {
            let rest = matrix[i][j] - (0..j).map(|k| l[i][k] * l[j][k]).sum::<f64>();
            l[i][j] = if i == j {
                // The prior alone gives every direction a curvature of 1; much less is a saddle or noise.
                let pivot = rest + lift;
                if pivot.is_nan() || pivot <= 0.2 {
                    return None;
                }
                pivot.sqrt()
            } else {
                rest / l[j][j]
            };
        }
    }
    Some(l)
}

impl Mode {
    /// `z` at whitened coordinates `x`, into `z`.
    pub fn color(&self, x: &[f64], z: &mut [f64]) {
        for i in (0..x.len()).rev() {
            let rest: f64 = (i + 1..x.len()).map(|k| self.factor[k][i] * z[k]).sum();
            z[i] = (x[i] - rest) / self.factor[i][i];
        }
        z.iter_mut().zip(&self.z).for_each(|(z, m)| *z += m);
    }

    /// The slope by `x` from the slope by `z`, into `by_x`.
    pub fn slope(&self, by_z: &[f64], by_x: &mut [f64]) {
        for i in 0..by_z.len() {
            let rest: f64 = (0..i).map(|k| self.factor[i][k] * by_x[k]).sum();
            by_x[i] = (by_z[i] - rest) / self.factor[i][i];
        }
    }
}

fn identity(dim: usize, scale: f64) -> Vec<Vec<f64>> {
    (0..dim).map(|i| (0..dim).map(|j| if i == j { scale } else { 0.0 }).collect()).collect()
}

fn times(matrix: &[Vec<f64>], v: &[f64]) -> Vec<f64> {
    matrix.iter().map(|row| dot(row, v)).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}
