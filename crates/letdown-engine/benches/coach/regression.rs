//! Least squares and logistic regression, for a handful of columns.

/// Coefficients, and the standard deviation of what is left over.
pub(super) fn least_squares(rows: &[Vec<f64>], y: &[f64]) -> (Vec<f64>, f64) {
    let w = weighted(rows, y, &vec![1.0; y.len()]);
    let squares: f64 = rows.iter().zip(y).map(|(row, y)| (y - dot(row, &w)).powi(2)).sum();
    let sd = (squares / (y.len() - w.len()) as f64).sqrt();
    (w, sd)
}

/// Coefficients of the logarithm of the odds, by Newton's steps as weighted least squares.
pub(super) fn logistic(rows: &[Vec<f64>], y: &[f64]) -> Vec<f64> {
    let mut w = vec![0.0; rows[0].len()];
    for _ in 0..25 {
        let p: Vec<f64> = rows.iter().map(|row| 1.0 / (1.0 + (-dot(row, &w)).exp())).collect();
        let weights: Vec<f64> = p.iter().map(|p| (p * (1.0 - p)).max(1e-9)).collect();
        let working = |i: usize| dot(&rows[i], &w) + (y[i] - p[i]) / weights[i];
        let z: Vec<f64> = (0..y.len()).map(working).collect();
        w = weighted(rows, &z, &weights);
    }
    w
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The normal equations, by Gauss with pivots.
fn weighted(rows: &[Vec<f64>], y: &[f64], weights: &[f64]) -> Vec<f64> {
    let n = rows[0].len();
    let mut m = vec![vec![0.0; n + 1]; n];
    for ((row, y), weight) in rows.iter().zip(y).zip(weights) {
        for i in 0..n {
            for j in 0..n {
                m[i][j] += weight * row[i] * row[j];
            }
            m[i][n] += weight * row[i] * y;
        }
    }
    for i in 0..n {
        let pivot = (i..n).max_by(|a, b| m[*a][i].abs().total_cmp(&m[*b][i].abs())).unwrap_or(i);
        m.swap(i, pivot);
        for k in (0..n).filter(|k| *k != i) {
            let by = m[k][i] / m[i][i];
            let pivot = m[i].clone();
            m[k].iter_mut().zip(pivot).skip(i).for_each(|(to, from)| *to -= by * from);
        }
    }
    (0..n).map(|i| m[i][n] / m[i][i]).collect()
}
