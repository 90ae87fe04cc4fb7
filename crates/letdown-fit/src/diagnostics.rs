//! Can the draws be trusted? Rank-normalised split R-hat and effective sample size.
//!
//! Vehtari, Gelman, Simpson, Carpenter, Burkner 2021, Bayesian Analysis 16:667-718, doi 10.1214/20-BA1221. Draws of all
//! chains are replaced by the normal scores of their ranks; every chain is split in half; R-hat compares the variance
//! between the halves with that within. The larger of R-hat for the draws and for their distance from the median is
//! taken, so that chains which differ in spread are seen too. The effective sample size sums autocorrelations in pairs
//! until they stop falling (Geyer 1992).

/// R-hat of one quantity: `chains` of equal length, at least 4 draws each. 1 is perfect; infinite when a chain stands
/// still while others do not.
///
/// ```
/// use letdown_fit::diagnostics::r_hat;
/// let apart: Vec<Vec<f64>> = (0..2).map(|c| (0..100).map(|i| f64::from(c * 10 + i % 7)).collect()).collect();
/// assert!(r_hat(&apart) > 1.5);
/// ```
pub fn r_hat(chains: &[Vec<f64>]) -> f64 {
    r_hat_by(chains, &Scores::of(chains))
}

pub(crate) fn r_hat_by(chains: &[Vec<f64>], scores: &Scores) -> f64 {
    let mut all: Vec<f64> = chains.concat();
    all.sort_by(f64::total_cmp);
    let median = all.get(all.len() / 2).copied().unwrap_or_default();
    let folded: Vec<Vec<f64>> =
        chains.iter().map(|c| c.iter().map(|v| (v - median).abs()).collect()).collect();
    split_r_hat(&scores.replace(chains)).max(split_r_hat(&scores.replace(&folded)))
}

/// Effective sample size of the bulk of one quantity.
///
/// ```
/// use letdown_fit::diagnostics::bulk_ess;
/// let sticky: Vec<Vec<f64>> = (0..2).map(|c| (0..400).map(|i| f64::from((i / 40 + c) % 5)).collect()).collect();
/// assert!(bulk_ess(&sticky) < 100.0);
/// ```
pub fn bulk_ess(chains: &[Vec<f64>]) -> f64 {
    bulk_ess_by(chains, &Scores::of(chains))
}

pub(crate) fn bulk_ess_by(chains: &[Vec<f64>], scores: &Scores) -> f64 {
    effective_size(&split(&scores.replace(chains)))
}

fn split(chains: &[Vec<f64>]) -> Vec<&[f64]> {
    let halves = |c: &'_ Vec<f64>| c.len() / 2;
    chains.iter().flat_map(|c| [&c[..halves(c)], &c[c.len() - halves(c)..]]).collect()
}

fn split_r_hat(chains: &[Vec<f64>]) -> f64 {
    let halves = split(chains);
    let (within, total) = variances(&halves);
    if total == 0.0 { 1.0 } else { (total / within).sqrt() }
}

/// Variance within chains, and the pooled estimate of the whole.
fn variances(chains: &[&[f64]]) -> (f64, f64) {
    let n = chains[0].len() as f64;
    let means: Vec<f64> = chains.iter().map(|c| mean(c)).collect();
    let within = mean(&chains.iter().zip(&means).map(|(c, m)| variance(c, *m)).collect::<Vec<f64>>());
    let between = variance(&means, mean(&means));
    (within, within * (n - 1.0) / n + between)
}

fn effective_size(chains: &[&[f64]]) -> f64 {
    let (n, m) = (chains[0].len(), chains.len());
    let (within, total) = variances(chains);
    if total == 0.0 {
        return (n * m) as f64;
    }
    let means: Vec<f64> = chains.iter().map(|c| mean(c)).collect();
    let correlation = |lag: usize| {
        let covariance = |(c, mu): (&&[f64], &f64)| {
            (0..n - lag).map(|i| (c[i] - mu) * (c[i + lag] - mu)).sum::<f64>() / n as f64
        };
        let average = chains.iter().zip(&means).map(covariance).sum::<f64>() / m as f64;
        1.0 - (within * (n as f64 - 1.0) / n as f64 - average) / total
    };
    let (mut sum, mut smallest, mut lag) = (0.0, f64::INFINITY, 0);
    while lag + 1 < n {
        let pair = correlation(lag) + correlation(lag + 1);
        if pair <= 0.0 {
            break;
        }
        smallest = pair.min(smallest);
        sum += smallest;
        lag += 2;
    }
    let time = (2.0 * sum - 1.0).max(1.0 / ((n * m) as f64).log10());
    (n * m) as f64 / time
}

/// The normal scores of so many ranks, worked out once for all quantities.
pub(crate) struct Scores {
    /// By half ranks: ties share their mean rank.
    of_halves: Vec<f64>,
}

impl Scores {
    /// Of as many ranks as the chains have draws.
    pub(crate) fn of(chains: &[Vec<f64>]) -> Self {
        let count = chains.iter().map(Vec::len).sum::<usize>();
        let score =
            |half_ranks: usize| normal_quantile((0.5 * half_ranks as f64 - 0.375) / (count as f64 + 0.25));
        Self { of_halves: (2..=2 * count).map(score).collect() }
    }

    /// Draws replaced by the scores of their ranks over all chains.
    fn replace(&self, chains: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let mut all: Vec<(f64, usize)> = chains.concat().into_iter().zip(0..).collect();
        all.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let mut scores = vec![0.0; all.len()];
        let mut before = 0;
        for alike in all.chunk_by(|a, b| a.0 == b.0) {
            let score = self.of_halves[2 * before + alike.len() - 1];
            for (_, at) in alike {
                scores[*at] = score;
            }
            before += alike.len();
        }
        let mut scores = scores.into_iter();
        chains.iter().map(|c| scores.by_ref().take(c.len()).collect()).collect()
    }
}

fn mean(v: &[f64]) -> f64 {
    v.iter().sum::<f64>() / v.len() as f64
}

fn variance(v: &[f64], mean: f64) -> f64 {
    v.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (v.len() as f64 - 1.0)
}

/// The standard normal quantile, `0 < p < 1`: a rational start (Abramowitz and Stegun 26.2.23), sharpened by Newton steps
/// on `erfc` to full precision.
///
/// ```
/// assert!((letdown_fit::diagnostics::normal_quantile(0.975) - 1.959963984540054).abs() < 1e-12);
/// ```
pub fn normal_quantile(p: f64) -> f64 {
    let tail = p.min(1.0 - p);
    let t = (-2.0 * libm::log(tail)).sqrt();
    let start = t
        - (2.515_517 + t * (0.802_853 + t * 0.010_328))
            / (1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308)));
    let mut x = start;
    for _ in 0..3 {
        let upper = 0.5 * libm::erfc(x / core::f64::consts::SQRT_2);
        let density = libm::exp(-0.5 * x * x) / (2.0 * core::f64::consts::PI).sqrt();
        x += (upper - tail) / density;
    }
    if p < 0.5 { -x } else { x }
}
