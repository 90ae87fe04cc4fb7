//! Where the truth stands among the draws, and whether that is as often here as there.

use crate::{
    calibration::Woman,
    gradient::log_likelihood,
    posterior::Posterior,
    predict::{Coming, Outlook},
    steps::Remover,
    traits::Trait,
};
use letdown_model::random::Random;
use std::collections::BTreeMap;

/// How many draws the truth is ranked among: few enough of a chain's that they hardly know of each other.
pub const DRAWS: usize = 67;
/// Bins of a histogram: four places each.
pub const BINS: usize = 17;

/// What is ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quantity {
    /// A trait.
    Trait(Trait),
    /// The likelihood of the log.
    Likelihood,
    /// What the day after the log brings.
    NextDay,
}

/// The places of one woman's truth, each 0 to [`DRAWS`].
pub fn ranks_of(woman: &Woman, posterior: &Posterior, seed: u64) -> Vec<(Quantity, usize)> {
    let few = posterior.thinned(DRAWS);
    let mut random = Random::stream(seed, 7);
    let mut place = |truth: f64, draws: Vec<f64>| {
        let below = draws.iter().filter(|d| **d < truth).count();
        let level = draws.iter().filter(|d| (**d - truth).abs() == 0.0).count();
        // Among equals every place is as good; fewer draws than places are spread over all.
        let among = below + random.below(level + 1);
        ((among as f64 + random.uniform()) / (draws.len() + 1) as f64 * (DRAWS + 1) as f64) as usize
    };
    let of_trait = |t: Trait| few.draws.iter().map(|d| d.get(t)).collect::<Vec<f64>>();
    let mut ranks: Vec<(Quantity, usize)> = posterior
        .fitted()
        .iter()
        .map(|t| (Quantity::Trait(*t), place(woman.truth.get(*t), of_trait(*t))))
        .collect();
    let likelihoods = few.draws.iter().map(|d| log_likelihood(d, &woman.log)).collect();
    ranks.push((Quantity::Likelihood, place(log_likelihood(&woman.truth, &woman.log), likelihoods)));
    ranks.push((Quantity::NextDay, place(woman.next_ml, next_days(woman, &few, seed))));
    ranks
}

/// What the day after may bring (mL), one future per draw.
fn next_days(woman: &Woman, posterior: &Posterior, seed: u64) -> Vec<f64> {
    let last_h = woman.log.events().last().map_or(0.0, |e| e.at_h) + 1e-6;
    let outlook = Outlook::at(posterior, &woman.log, last_h);
    let plan: Vec<Coming> =
        woman.next_h.iter().map(|at_h| Coming { at_h: *at_h, by: Remover::Pump(None) }).collect();
    let mut random = Random::stream(seed, 8);
    let futures = outlook.futures(posterior.draws.len(), &mut random, |_| plan.clone());
    futures.iter().map(|f| f.output_ml.iter().sum()).collect()
}

/// The places of many women's truths.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ranks {
    counts: BTreeMap<Quantity, [u32; BINS]>,
}

impl Ranks {
    /// Counts one woman.
    pub fn add(&mut self, of_one: &[(Quantity, usize)]) {
        for (quantity, rank) in of_one {
            let bin = (rank * BINS / (DRAWS + 1)).min(BINS - 1);
            let counts = self.counts.entry(*quantity).or_insert([0; BINS]);
            counts[bin] += 1;
        }
    }

    /// The histogram of every quantity.
    pub fn histograms(&self) -> impl Iterator<Item = (Quantity, &[u32; BINS])> {
        self.counts.iter().map(|(quantity, counts)| (*quantity, counts))
    }
}

/// Chi-square of a histogram against a uniform one, and the chance of one as large or larger.
///
/// With an even number `2 k` of degrees of freedom that chance has a closed form, `exp(-x/2) sum_{i<k} (x/2)^i / i!`.
///
/// ```
/// use letdown_fit::calibration::ranks::{BINS, chi_square};
/// let (x, p) = chi_square(&[20; BINS]);
/// assert_eq!((x, p), (0.0, 1.0));
/// let mut heaped = [20; BINS];
/// heaped[0] = 60;
/// assert!(chi_square(&heaped).1 < 1e-6);
/// ```
pub fn chi_square(counts: &[u32; BINS]) -> (f64, f64) {
    let expected = f64::from(counts.iter().sum::<u32>()) / BINS as f64;
    let x: f64 = counts.iter().map(|c| square(f64::from(*c) - expected) / expected).sum();
    let half = 0.5 * x;
    let (mut term, mut sum) = (1.0, 0.0);
    for i in 0..(BINS - 1) / 2 {
        sum += term;
        term *= half / (i + 1) as f64;
    }
    (x, libm::exp(-half) * sum)
}

/// How far the mean place lies from the middle, and how much wider the places spread than they should: both in standard
/// errors. Bias shows in the first; ranges that are too narrow make the second positive.
pub fn lean_and_spread(counts: &[u32; BINS]) -> (f64, f64) {
    let n = f64::from(counts.iter().sum::<u32>());
    let at = |i: usize| (i as f64 + 0.5) / BINS as f64 - 0.5;
    let moment =
        |f: fn(f64) -> f64| counts.iter().enumerate().map(|(i, c)| f64::from(*c) * f(at(i))).sum::<f64>() / n;
    let uniform = |f: fn(f64) -> f64| (0..BINS).map(|i| f(at(i))).sum::<f64>() / BINS as f64;
    let (second, fourth) = (uniform(square), uniform(|x| square(square(x))));
    let lean = moment(|x| x) / (second / n).sqrt();
    let spread = (moment(square) - second) / ((fourth - second * second) / n).sqrt();
    (lean, spread)
}

fn square(x: f64) -> f64 {
    x * x
}
