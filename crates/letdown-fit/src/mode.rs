//! The most likely coordinates, and coordinates in which the posterior is nearly round.
//!
//! The mode is climbed by BFGS with a backtracking line search; the curvature there comes from central differences of
//! the gradient. With `L L'` the Cholesky factor of the curvature, `z = mode + L'^-1 x` makes the posterior of `x` close
//! to a standard normal, which is what lets the sampler take long steps. Once there are draws, their mean and covariance
//! say better where the posterior lies and how wide it is than its top does ([`Mode::settled`]).

use crate::{FitError, error::Problem, gradient::Density};

/// A center, the mode or the mean, and the whitening there.
#[derive(Clone, Debug, PartialEq)]
pub struct Mode {
    /// The coordinates of the center.
    pub z: Vec<f64>,
    /// How far `z` moves by `x`, by rows.
    spread: Vec<Vec<f64>>,
    /// Its inverse.
    whitening: Vec<Vec<f64>>,
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

/// The lower Cholesky factor; a matrix that is not quite positive is lifted along its diagonal. Where a climb ended beside
/// a cliff it is far from positive, and its diagonal alone has to do: chains learn the rest while they settle.
fn factor(matrix: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let lifted =
        [0.0, 0.1, 1.0, 10.0, 100.0].into_iter().find_map(|lift| cholesky(matrix, lift, LEAST_CURVED));
    lifted.or_else(|| cholesky(&diagonal(matrix), 0.0, LEAST_CURVED))
}

fn diagonal(matrix: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let at = |i: usize, j: usize| if i == j { matrix[i][i].max(1.0) } else { 0.0 };
    (0..matrix.len()).map(|i| (0..matrix.len()).map(|j| at(i, j)).collect()).collect()
}

/// The prior alone gives every direction a curvature of 1; much less is a saddle or noise.
const LEAST_CURVED: f64 = 0.2;

fn cholesky(matrix: &[Vec<f64>], lift: f64, least: f64) -> Option<Vec<Vec<f64>>> {
    let dim = matrix.len();
    let mut l = vec![vec![0.0; dim]; dim];
    for i in 0..dim {
        for j in 0..=i {
            let rest = matrix[i][j] - (0..j).map(|k| l[i][k] * l[j][k]).sum::<f64>();
            l[i][j] = if i == j {
                let pivot = rest + lift;
                if pivot.is_nan() || pivot <= least {
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

    /// The whitening at the mean of some draws, by their covariance; the fewer they are, the more is left of this one.
    /// `None` when they have no covariance.
    #[must_use]
    pub fn settled<'d>(&self, draws: impl Iterator<Item = &'d Vec<f64>>) -> Option<Self> {
        let dim = self.z.len();
        let white = |z: &Vec<f64>| {
            let mut x = vec![0.0; dim];
            self.whiten(z, &mut x);
            x
        };
        let all: Vec<Vec<f64>> = draws.map(white).collect();
        let count = all.len() as f64;
        let mean: Vec<f64> = (0..dim).map(|i| all.iter().map(|x| x[i]).sum::<f64>() / count).collect();
        let share = count / (count + STAYS * dim as f64);
        let covariance = |i: usize, j: usize| {
            let own = f64::from(u8::from(i == j));
            let seen = all.iter().map(|x| (x[i] - mean[i]) * (x[j] - mean[j])).sum::<f64>() / (count - 1.0);
            share * seen + (1.0 - share) * own
        };
        let covariance: Vec<Vec<f64>> =
            (0..dim).map(|i| (0..dim).map(|j| covariance(i, j)).collect()).collect();
        let lower = cholesky(&covariance, 0.0, 0.0)?;
        let mut z = vec![0.0; dim];
        self.color(&mean, &mut z);
        let spread = product(&self.spread, &lower);
        Some(Self { z, spread, whitening: product(&inverse_of_lower(&lower), &self.whitening) })
    }
}

/// How many draws for each coordinate the whitening they begin with counts for.
const STAYS: f64 = 1.0;

fn inverse_of_lower(l: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let dim = l.len();
    let mut inverse = vec![vec![0.0; dim]; dim];
    for j in 0..dim {
        for i in j..dim {
            let rest: f64 = (j..i).map(|k| l[i][k] * inverse[k][j]).sum();
            inverse[i][j] = (f64::from(u8::from(i == j)) - rest) / l[i][i];
        }
    }
    inverse
}

fn transposed(matrix: &[Vec<f64>]) -> Vec<Vec<f64>> {
    (0..matrix.len()).map(|i| matrix.iter().map(|row| row[i]).collect()).collect()
}

fn product(a: &[Vec<f64>], b: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let columns = transposed(b);
    a.iter().map(|row| columns.iter().map(|column| dot(row, column)).collect()).collect()
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
