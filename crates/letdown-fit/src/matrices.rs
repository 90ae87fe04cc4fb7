//! Small dense matrices, by rows: what whitening needs of them.

/// Rows of one matrix.
pub(crate) type Matrix = Vec<Vec<f64>>;

/// The lower Cholesky factor of a matrix that is lifted along its diagonal; `None` where a pivot is not above `least`.
pub(crate) fn cholesky(matrix: &[Vec<f64>], lift: f64, least: f64) -> Option<Matrix> {
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

/// The inverse of a lower triangle.
pub(crate) fn inverse_of_lower(l: &[Vec<f64>]) -> Matrix {
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

/// The symmetric `X` with `X G X = C`, both positive: `X = L'^-1 (L' C L)^(1/2) L^-1` with `G = L L'`.
pub(crate) fn between(c: &[Vec<f64>], g: &[Vec<f64>]) -> Option<Matrix> {
    let lower = cholesky(g, 0.0, 0.0)?;
    let (upper, inverse) = (transposed(&lower), inverse_of_lower(&lower));
    let root = root(&product(&upper, &product(c, &lower)))?;
    Some(evened(&product(&transposed(&inverse), &product(&root, &inverse))))
}

/// Steps of [`root`]: it is quadratic, and these are enough for eigenvalues from 1e-5 to 1e5 (tested).
const ROOT_STEPS: usize = 20;

/// The square root of a symmetric positive matrix, by the iteration of Denman and Beavers 1976:
/// `Y <- (Y + Z^-1)/2, Z <- (Z + Y^-1)/2` from the matrix and 1.
fn root(matrix: &[Vec<f64>]) -> Option<Matrix> {
    let inverse = |m: &Matrix| {
        let inverse = inverse_of_lower(&cholesky(&evened(m), 0.0, 0.0)?);
        Some(product(&transposed(&inverse), &inverse))
    };
    let (mut y, mut z) = (matrix.to_vec(), identity(matrix.len(), 1.0));
    for _ in 0..ROOT_STEPS {
        (y, z) = (middle(&y, &inverse(&z)?), middle(&z, &inverse(&y)?));
    }
    Some(y)
}

/// Half of the sum of two.
fn middle(a: &[Vec<f64>], b: &[Vec<f64>]) -> Matrix {
    a.iter().zip(b).map(|(a, b)| a.iter().zip(b).map(|(a, b)| 0.5 * (a + b)).collect()).collect()
}

/// Without what rounding has left beside its symmetry.
pub(crate) fn evened(matrix: &[Vec<f64>]) -> Matrix {
    middle(matrix, &transposed(matrix))
}

/// Mean and covariance of some vectors of a length.
pub(crate) fn moments(all: &[Vec<f64>], dim: usize) -> (Vec<f64>, Matrix) {
    let count = all.len() as f64;
    let mean: Vec<f64> = (0..dim).map(|i| all.iter().map(|x| x[i]).sum::<f64>() / count).collect();
    let covariance = |i: usize, j: usize| {
        all.iter().map(|x| (x[i] - mean[i]) * (x[j] - mean[j])).sum::<f64>() / (count - 1.0)
    };
    let covariance = (0..dim).map(|i| (0..dim).map(|j| covariance(i, j)).collect()).collect();
    (mean, covariance)
}

pub(crate) fn transposed(matrix: &[Vec<f64>]) -> Matrix {
    (0..matrix.len()).map(|i| matrix.iter().map(|row| row[i]).collect()).collect()
}

pub(crate) fn product(a: &[Vec<f64>], b: &[Vec<f64>]) -> Matrix {
    let columns = transposed(b);
    a.iter().map(|row| columns.iter().map(|column| dot(row, column)).collect()).collect()
}

pub(crate) fn identity(dim: usize, scale: f64) -> Matrix {
    (0..dim).map(|i| (0..dim).map(|j| if i == j { scale } else { 0.0 }).collect()).collect()
}

pub(crate) fn times(matrix: &[Vec<f64>], v: &[f64]) -> Vec<f64> {
    matrix.iter().map(|row| dot(row, v)).collect()
}

pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

#[cfg(test)]
mod tests {
    use super::{Matrix, between, cholesky, identity, product};

    /// A covariance with eigenvalues from about `least` to about 1/`least`.
    fn wide(least: f64, tilt: f64) -> Matrix {
        let scale = [least, 0.3, 2.0, 1.0 / least];
        let mut lower = identity(4, 1.0);
        for i in 0..4 {
            for j in 0..i {
                lower[i][j] = tilt * scale[i].min(scale[j]).sqrt();
            }
            lower[i][i] = scale[i].sqrt();
        }
        product(&lower, &super::transposed(&lower))
    }

    #[test]
    fn what_lies_between_two_covariances_leads_from_one_to_the_other() {
        for (least, close) in [(1e-1, 1e-12), (1e-3, 1e-9), (1e-5, 1e-6)] {
            let (c, g) = (wide(least, 0.4), wide(least.sqrt(), -0.2));
            let x = between(&c, &g).expect("both are positive");
            let back = product(&x, &product(&g, &x));
            for i in 0..4 {
                for j in 0..4 {
                    let size = (c[i][i] * c[j][j]).sqrt();
                    assert!((back[i][j] - c[i][j]).abs() < close * size, "{least}: {back:?} and {c:?}");
                }
            }
        }
        // Of something that is no covariance there is none.
        let no_covariance = vec![vec![1.0, 2.0], vec![2.0, 1.0]];
        assert!(cholesky(&no_covariance, 0.0, 0.0).is_none());
        assert!(between(&identity(2, 1.0), &no_covariance).is_none());
    }
}
