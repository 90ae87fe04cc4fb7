//! Draws of one distribution made to stand for another: weights, their Pareto-smoothed tail, and whether they can be
//! trusted.
//!
//! Vehtari, Simpson, Gelman, Yao, Gabry 2024, JMLR 25:72: the largest weights are replaced by what a generalized Pareto
//! distribution expects of them; its shape `k` tells how many moments the weights have. Above 0.7 no number of draws in
//! practice is enough. The shape is fitted as in Zhang and Stephens 2009, Technometrics 51:316-325, and drawn towards 1/2
//! as if by ten more weights.

/// The shape of the tail above which weights are not trusted.
pub const MOST_SHAPE: f64 = 0.7;

/// Smoothed weights, which sum to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// One for each draw.
    pub each: Vec<f64>,
    /// The shape `k` of their tail.
    pub shape: f64,
}

impl Weights {
    /// Weights from their logarithms, up to a constant. A logarithm that is not a number weighs nothing.
    ///
    /// ```
    /// use letdown_fit::weights::Weights;
    /// let even = Weights::of(&[-3.0; 100]);
    /// assert!((even.each[7] - 0.01).abs() < 1e-15 && (even.size() - 100.0).abs() < 1e-9);
    /// ```
    pub fn of(logs: &[f64]) -> Self {
        let top = logs.iter().copied().filter(|l| l.is_finite()).fold(f64::NEG_INFINITY, f64::max);
        let raw = |l: &f64| if l.is_finite() { libm::exp(l - top) } else { 0.0 };
        let mut each: Vec<f64> = logs.iter().map(raw).collect();
        let shape = smooth(&mut each);
        let sum: f64 = each.iter().sum();
        for weight in &mut each {
            *weight /= sum;
        }
        Self { each, shape }
    }

    /// Whether they can be trusted.
    pub fn are_sound(&self) -> bool {
        self.shape <= MOST_SHAPE && self.each.iter().all(|w| w.is_finite())
    }

    /// How many independent draws they are worth.
    pub fn size(&self) -> f64 {
        1.0 / self.each.iter().map(|w| w * w).sum::<f64>()
    }

    /// The draws of equal weight that stand for them, by their place: as many as there are, each taken as often as its
    /// weight says, give or take one.
    pub fn chosen(&self) -> Vec<usize> {
        let count = self.each.len();
        let mut reached = 0.0;
        let mut chosen = Vec::with_capacity(count);
        for (place, weight) in self.each.iter().enumerate() {
            reached += weight * count as f64;
            while chosen.len() < count && (chosen.len() as f64 + 0.5) < reached {
                chosen.push(place);
            }
        }
        chosen
    }
}

/// Replaces the tail of some weights; returns its shape. Weights that are all alike have no tail.
fn smooth(weights: &mut [f64]) -> f64 {
    let count = weights.len();
    let tail = (0.2 * count as f64).min(3.0 * (count as f64).sqrt()) as usize;
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|a, b| weights[*a].total_cmp(&weights[*b]));
    let places = &order[count - tail..];
    let Some(below) = count.checked_sub(tail + 1).map(|i| weights[order[i]]) else { return f64::INFINITY };
    let beyond: Vec<f64> = places.iter().map(|p| weights[*p] - below).collect();
    let most = beyond.last().copied().unwrap_or_default();
    if tail < 5 {
        return f64::INFINITY;
    }
    if most <= 1e-12 * below {
        return f64::NEG_INFINITY;
    }
    let (shape, scale) = pareto(&beyond);
    if shape.is_finite() && scale.is_finite() {
        for (i, place) in places.iter().enumerate() {
            let p = (i as f64 + 0.5) / tail as f64;
            weights[*place] = below + quantile(p, shape, scale).min(most);
        }
        return shape;
    }
    f64::INFINITY
}

fn quantile(p: f64, shape: f64, scale: f64) -> f64 {
    let log = -libm::log1p(-p);
    if shape.abs() < 1e-9 { scale * log } else { scale * libm::expm1(shape * log) / shape }
}

/// Shape and scale of a generalized Pareto distribution, from sorted values: the profile likelihood, averaged.
fn pareto(sorted: &[f64]) -> (f64, f64) {
    let count = sorted.len() as f64;
    let grid = 30 + count.sqrt() as usize;
    let (most, quarter) = (sorted[sorted.len() - 1], sorted[(0.25 * count + 0.5) as usize - 1]);
    let shape_at = |b: f64| sorted.iter().map(|x| libm::log1p(-b * x)).sum::<f64>() / count;
    let points: Vec<f64> = (0..grid)
        .map(|j| {
            1.0 / most + (1.0 - (grid as f64 / (j as f64 + 0.5)).sqrt()) / (3.0 * quarter.max(1e-9 * most))
        })
        .collect();
    let height = |b: &f64| {
        let k = shape_at(*b);
        count * (libm::log(-b / k) - k - 1.0)
    };
    let heights: Vec<f64> = points.iter().map(height).collect();
    let top = heights.iter().copied().filter(|h| h.is_finite()).fold(f64::NEG_INFINITY, f64::max);
    let share = |h: &f64| if h.is_finite() { libm::exp(h - top) } else { 0.0 };
    let whole: f64 = heights.iter().map(share).sum();
    let b = points.iter().zip(&heights).map(|(b, h)| b * share(h)).sum::<f64>() / whole;
    let k = shape_at(b);
    ((count * k + 5.0) / (count + 10.0), -k / b)
}
