//! Changes of level: binary segmentation of the flow with a quadratic cost (Scott and Knott 1974), then levels that rise.

use crate::{
    conditioned::Milk,
    rival::{Finding, Shifted},
    score::Told,
};

/// Tuned.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    /// A new level must save this much of the sum of squares, against the noise of a second (1).
    penalty: f64,
    /// A let-down begins where the level rises by this much (mL/s).
    rise: f64,
    /// A level lasts at least so long (s).
    least_s: usize,
    shift_s: f64,
}

/// Rises that come so soon after one are the same let-down (s).
const SAME_S: usize = 30;

pub(crate) fn grid() -> Vec<Settings> {
    let mut grid = Vec::new();
    for penalty in [4.0, 8.0, 16.0, 32.0] {
        for rise in [0.01, 0.02, 0.035, 0.06] {
            for least_s in [6, 12] {
                grid.push(Settings { penalty, rise, least_s, shift_s: 0.0 });
            }
        }
    }
    grid
}

impl Shifted for Settings {
    fn shifted(self, by_s: f64) -> Self {
        Self { shift_s: by_s, ..self }
    }

    fn find(&self, milk: &Milk) -> Finding {
        find(milk, self)
    }
}

pub(crate) fn find(milk: &Milk, settings: &Settings) -> Finding {
    let sums = Sums::of(&milk.flow);
    let mut cuts = vec![0, milk.flow.len()];
    split(&sums, 0, milk.flow.len(), settings, sums.noise(), &mut cuts);
    cuts.sort_unstable();
    cuts.dedup();
    let levels: Vec<(usize, usize, f64)> =
        cuts.windows(2).map(|w| (w[0], w[1], sums.mean(w[0], w[1]))).collect();
    let mut onsets: Vec<usize> = Vec::new();
    for pair in levels.windows(2) {
        let rises = pair[1].2 - pair[0].2 >= settings.rise;
        if rises && onsets.last().is_none_or(|last| last + SAME_S <= pair[1].0) {
            onsets.push(pair[1].0);
        }
    }
    let mut let_downs = Vec::new();
    for (n, onset) in onsets.iter().enumerate() {
        let until = onsets.get(n + 1).copied().unwrap_or(milk.flow.len());
        let own = levels.iter().filter(|l| *onset <= l.0 && l.0 < until);
        let peak = own.clone().map(|l| l.2).fold(0.0, f64::max);
        let end = own.skip_while(|l| l.2 < peak).find(|l| l.2 < 0.2 * peak).map_or(until, |l| l.0);
        let volume_ml = milk.flow[*onset..end].iter().sum();
        let_downs.push(Told { onset_s: milk.start_s + *onset as f64 + settings.shift_s, volume_ml });
    }
    let_downs.retain(|l| l.volume_ml >= 2.0);
    Finding { let_downs, total_ml: milk.flow.iter().sum() }
}

struct Sums {
    sum: Vec<f64>,
    squares: Vec<f64>,
    /// Half the mean square of second differences is the noise of one second.
    differences: f64,
}

impl Sums {
    fn of(flow: &[f64]) -> Self {
        let (mut sum, mut squares) = (vec![0.0], vec![0.0]);
        let (mut so_far, mut so_far_squares) = (0.0, 0.0);
        for q in flow {
            so_far += q;
            so_far_squares += q * q;
            sum.push(so_far);
            squares.push(so_far_squares);
        }
        let steps: Vec<f64> = flow.windows(2).map(|w| w[1] - w[0]).collect();
        let mean_square = steps.iter().map(|d| d * d).sum::<f64>() / steps.len().max(1) as f64;
        Self { sum, squares, differences: 0.5 * mean_square }
    }

    fn noise(&self) -> f64 {
        self.differences.max(1e-6)
    }

    fn mean(&self, from: usize, to: usize) -> f64 {
        (self.sum[to] - self.sum[from]) / (to - from).max(1) as f64
    }

    fn cost(&self, from: usize, to: usize) -> f64 {
        let sum = self.sum[to] - self.sum[from];
        self.squares[to] - self.squares[from] - sum * sum / (to - from).max(1) as f64
    }
}

fn split(sums: &Sums, from: usize, to: usize, settings: &Settings, noise: f64, cuts: &mut Vec<usize>) {
    if to - from < 2 * settings.least_s {
        return;
    }
    let whole = sums.cost(from, to);
    let gain = |at: &usize| whole - sums.cost(from, *at) - sums.cost(*at, to);
    let Some(at) =
        (from + settings.least_s..=to - settings.least_s).max_by(|a, b| gain(a).total_cmp(&gain(b)))
    else {
        return;
    };
    if gain(&at) > settings.penalty * noise {
        cuts.push(at);
        split(sums, from, at, settings, noise, cuts);
        split(sums, at, to, settings, noise, cuts);
    }
}
