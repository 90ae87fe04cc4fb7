//! Exponential smoothing of daily totals, to measure the model against.
//!
//! A level alone, ETS(A,N,N), or a level with a damped trend, ETS(A,Ad,N), in innovations form (Hyndman, Koehler, Ord and
//! Snyder 2008, *Forecasting with Exponential Smoothing*, doi 10.1007/978-3-540-71918-2):
//!
//! ```text
//! y = l + phi b + e       l <- l + phi b + alpha e       b <- phi b + beta e
//! ```
//!
//! Starts and weights are those of the greatest likelihood; of the two models the one with the smaller corrected
//! information criterion (`AICc`) is taken. A day that is not known moves the state by its trend alone.

/// Where a series goes by exponential smoothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Smoothed {
    /// Weights, and how fast a trend fades.
    pub weights: Weights,
    /// Level and trend behind the last day.
    state: (f64, f64),
    /// Log-likelihood.
    pub log_likelihood: f64,
    /// Corrected information criterion.
    pub aicc: f64,
    /// Standard deviation of one day's surprise.
    pub sigma: f64,
}

/// Weights of a model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// Of a surprise for the level, 0 to 1.
    pub alpha: f64,
    /// Of a surprise for the trend, 0 to `alpha`; 0 without a trend.
    pub beta: f64,
    /// What is left of the trend after a day; 0 without a trend.
    pub phi: f64,
}

/// The fewest known days.
const FEWEST: usize = 4;

/// The better of the two models for a series of days in order, `None` for a day that is not known. `None` with fewer than
/// four known days.
pub fn smoothed(days: &[Option<f64>]) -> Option<Smoothed> {
    let level = level_alone(days)?;
    let damped = damped_trend(days).filter(|d| d.aicc < level.aicc);
    Some(damped.unwrap_or(level))
}

/// ETS(A,N,N).
pub fn level_alone(days: &[Option<f64>]) -> Option<Smoothed> {
    let (first, spread) = first_and_spread(days)?;
    let read = |x: &[f64]| {
        let weights = Weights { alpha: between(x[0], 1e-4, 0.9999), beta: 0.0, phi: 0.0 };
        (weights, (first + spread * x[1], 0.0))
    };
    best(days, &read, &[vec![-1.0, 0.0], vec![1.0, 0.0]], 3)
}

/// ETS(A,Ad,N), the trend fading by 0.8 to 0.98 a day.
pub fn damped_trend(days: &[Option<f64>]) -> Option<Smoothed> {
    let (first, spread) = first_and_spread(days)?;
    let read = |x: &[f64]| {
        let alpha = between(x[0], 1e-4, 0.9999);
        let weights =
            Weights { alpha, beta: alpha * between(x[1], 1e-4, 0.9999), phi: between(x[2], 0.8, 0.98) };
        (weights, (first + spread * x[3], spread * x[4]))
    };
    let starts =
        [vec![0.0, -2.0, 1.0, 0.0, 0.0], vec![-2.0, -1.0, 1.0, 0.0, 0.2], vec![1.0, -3.0, 0.0, 0.0, 0.2]];
    best(days, &read, &starts, 6)
}

impl Smoothed {
    /// Mean and standard deviation of the day `lead` days ahead; `lead` is at least 1.
    pub fn ahead(&self, lead: usize) -> (f64, f64) {
        let Weights { alpha, beta, phi } = self.weights;
        let (level, trend) = self.state;
        let (mut along, mut fading, mut variance) = (0.0, 1.0, 1.0);
        for day in 1..=lead {
            if day > 1 {
                // What a surprise of so many days earlier adds.
                let c = alpha + beta * along;
                variance += c * c;
            }
            fading *= phi;
            along += fading;
        }
        (level + along * trend, self.sigma * variance.sqrt())
    }
}

/// The first known day, and how far days lie from one another.
fn first_and_spread(days: &[Option<f64>]) -> Option<(f64, f64)> {
    let known: Vec<f64> = days.iter().flatten().copied().collect();
    if known.len() < FEWEST {
        return None;
    }
    let count = known.len() as f64;
    let mean = known.iter().sum::<f64>() / count;
    let spread = (known.iter().map(|y| (y - mean) * (y - mean)).sum::<f64>() / count).sqrt();
    Some((*known.first()?, spread.max(1e-6)))
}

fn between(x: f64, low: f64, high: f64) -> f64 {
    low + (high - low) / (1.0 + (-x).exp())
}

type Read<'a> = &'a dyn Fn(&[f64]) -> (Weights, (f64, f64));

/// The model of the greatest likelihood, found from several starts.
fn best(days: &[Option<f64>], read: Read<'_>, starts: &[Vec<f64>], free: usize) -> Option<Smoothed> {
    let surprise = |x: &[f64]| {
        let (weights, start) = read(x);
        run(days, weights, start).1
    };
    let found = starts.iter().map(|start| lowest(&surprise, start));
    let (x, squares) = found.min_by(|a, b| a.1.total_cmp(&b.1))?;
    let (weights, start) = read(&x);
    let (state, _) = run(days, weights, start);
    let n = days.iter().flatten().count() as f64;
    let variance = (squares / n).max(1e-12);
    let log_likelihood = -0.5 * n * ((std::f64::consts::TAU * variance).ln() + 1.0);
    let k = free as f64;
    let few = if n - k - 1.0 > 0.0 { 2.0 * k * (k + 1.0) / (n - k - 1.0) } else { f64::INFINITY };
    let aicc = 2.0 * k - 2.0 * log_likelihood + few;
    // As many free numbers as were fitted are taken off, but for the spread itself.
    let sigma = (squares / (n - k + 1.0).max(1.0)).sqrt();
    Some(Smoothed { weights, state, log_likelihood, aicc, sigma })
}

/// Behind a series: its state, and the sum of squared surprises.
fn run(days: &[Option<f64>], weights: Weights, start: (f64, f64)) -> ((f64, f64), f64) {
    let Weights { alpha, beta, phi } = weights;
    let ((mut level, mut trend), mut squares) = (start, 0.0);
    for day in days {
        let expected = level + phi * trend;
        let surprise = day.map_or(0.0, |y| y - expected);
        level = expected + alpha * surprise;
        trend = phi * trend + beta * surprise;
        squares += surprise * surprise;
    }
    ((level, trend), squares)
}

/// Where a function is lowest, by the simplex of Nelder and Mead (1965, doi 10.1093/comjnl/7.4.308), begun anew once.
fn lowest(of: &dyn Fn(&[f64]) -> f64, start: &[f64]) -> (Vec<f64>, f64) {
    let once = descend(of, start, 1.0);
    descend(of, &once.0, 0.3)
}

fn descend(of: &dyn Fn(&[f64]) -> f64, start: &[f64], size: f64) -> (Vec<f64>, f64) {
    const TURNS: usize = 200;
    let corner = |i: usize| {
        let mut at = start.to_vec();
        if let Some(x) = i.checked_sub(1).and_then(|i| at.get_mut(i)) {
            *x += size;
        }
        let value = of(&at);
        (at, value)
    };
    let mut simplex: Vec<(Vec<f64>, f64)> = (0..=start.len()).map(corner).collect();
    let (last, next) = (start.len(), start.len() - 1);
    for _ in 0..TURNS * start.len() {
        simplex.sort_by(|a, b| a.1.total_cmp(&b.1));
        if simplex[last].1 - simplex[0].1 <= 1e-10 * (1.0 + simplex[0].1.abs()) {
            break;
        }
        let center = center(&simplex[..last]);
        let at = |reach: f64| {
            let x: Vec<f64> = center.iter().zip(&simplex[last].0).map(|(c, w)| c + reach * (c - w)).collect();
            let value = of(&x);
            (x, value)
        };
        let reflected = at(1.0);
        let better = if reflected.1 < simplex[0].1 {
            let far = at(2.0);
            if far.1 < reflected.1 { far } else { reflected }
        } else if reflected.1 < simplex[next].1 {
            reflected
        } else if reflected.1 < simplex[last].1 {
            at(0.5)
        } else {
            at(-0.5)
        };
        if better.1 < simplex[last].1 {
            simplex[last] = better;
        } else {
            shrink(&mut simplex, of);
        }
    }
    simplex.sort_by(|a, b| a.1.total_cmp(&b.1));
    simplex.swap_remove(0)
}

fn center(corners: &[(Vec<f64>, f64)]) -> Vec<f64> {
    let count = corners.len() as f64;
    let along = |i: usize| corners.iter().filter_map(|c| c.0.get(i)).sum::<f64>() / count;
    (0..corners.len()).map(along).collect()
}

fn shrink(simplex: &mut [(Vec<f64>, f64)], of: &dyn Fn(&[f64]) -> f64) {
    let Some(((best, _), rest)) = simplex.split_first_mut() else { return };
    for (x, value) in rest {
        x.iter_mut().zip(best.iter()).for_each(|(x, b)| *x = 0.5 * (*x + b));
        *value = of(x);
    }
}
