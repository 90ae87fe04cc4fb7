//! How far the sessions with lie above those without: a robust comparison within blocks.
//!
//! ```text
//! z = (r - middle of its part of the day) / s       r ln of output over what was expected, s scale of a Student t (4)
//! psi(z) = 5 z / (4 + z^2)                          score of that law: an odd session pulls little
//! T = sum of a (psi - mean of its block)            a +1/2 with, -1/2 without
//! ```
//!
//! Middle and scale look at no arm, so under "it does nothing" `T` of another draw of arms is as likely as the one that
//! came. The effect is the value that, taken out of the sessions with, leaves `T` at 0.

use super::seal::{Arm, Place};
use crate::numbers::median;
use std::collections::BTreeMap;

/// What one session (or one day) of a trial brought.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    /// Where it stands in the order of draws.
    pub place: Place,
    /// What it was drawn to be, whatever she did then.
    pub arm: Arm,
    /// What came over what was expected (ln); more is better.
    pub ln_ratio: f64,
}

/// An effect, on the log scale, and its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// ln of what the sessions with bring over those without.
    pub ln: f64,
    /// Its standard error, widened where it comes from few.
    pub se: f64,
}

/// Scores of units, centred within their blocks, in the order of the units.
#[derive(Clone, Debug)]
pub(super) struct Scores {
    /// Centred scores.
    pub centred: Vec<f64>,
    /// Scale of the values (log).
    scale: f64,
    /// Mean slope of the score.
    slope: f64,
}

/// A quarter of a Student t of 4 degrees of freedom lies beyond this.
const T4_QUARTILE: f64 = 0.740_697;
const FREEDOM: f64 = 4.0;
/// A part of the day with fewer units has no middle of its own.
const OWN_MIDDLE: usize = 6;
/// Where a log is read in coarse steps, nothing is surer than this (log).
const LEAST_SCALE: f64 = 0.01;

impl Scores {
    /// Of values at places. Empty for none.
    pub(super) fn of(places: &[Place], values: &[f64]) -> Self {
        let deviations = around_middles(places, values);
        let mut sizes: Vec<f64> = deviations.iter().map(|d| d.abs()).collect();
        let scale = (median(&mut sizes).unwrap_or(0.0) / T4_QUARTILE).max(LEAST_SCALE);
        let z = || deviations.iter().map(|d| d / scale);
        let slope = z().map(slope_at).sum::<f64>() / (values.len().max(1) as f64);
        let raw: Vec<f64> = z().map(|z| (FREEDOM + 1.0) * z / (FREEDOM + z * z)).collect();
        Self { centred: within_blocks(places, &raw), scale, slope: slope.max(LEAST_SLOPE) }
    }

    /// The error of one unit (log): that of an effect is twice this over the root of their number.
    pub(super) fn unit_sd(&self, places: &[Place]) -> Option<f64> {
        let freedom = places.len().checked_sub(blocks(places).len()).filter(|free| *free > 0)?;
        let squares: f64 = self.centred.iter().map(|c| c * c).sum();
        Some(self.scale * (squares / freedom as f64).sqrt() / self.slope)
    }
}

const LEAST_SLOPE: f64 = 0.1;

fn slope_at(z: f64) -> f64 {
    let below = FREEDOM + z * z;
    (FREEDOM + 1.0) * (FREEDOM - z * z) / (below * below)
}

/// +1/2 or -1/2.
pub(super) fn sign(arm: Arm) -> f64 {
    if arm == Arm::With { 0.5 } else { -0.5 }
}

/// The effect of what was tried. `None` where no block holds both arms.
pub fn estimate(units: &[Unit]) -> Option<Estimate> {
    let places: Vec<Place> = units.iter().map(|u| u.place).collect();
    let signs = within_blocks(&places, &units.iter().map(|u| sign(u.arm)).collect::<Vec<_>>());
    let information: f64 = signs.iter().map(|s| s * s).sum();
    if information < 0.5 {
        return None;
    }
    let without =
        |ln: f64| -> Vec<f64> { units.iter().map(|u| u.ln_ratio - ln * (sign(u.arm) + 0.5)).collect() };
    let mut ln = 0.0;
    let mut scores = Scores::of(&places, &without(ln));
    for _ in 0..STEPS {
        let pull: f64 = signs.iter().zip(&scores.centred).map(|(s, c)| s * c).sum();
        let step = pull * scores.scale / (scores.slope * information);
        ln += step.clamp(-MOST_STEP, MOST_STEP);
        scores = Scores::of(&places, &without(ln));
        if step.abs() < 1e-9 {
            break;
        }
    }
    let unit_sd = scores.unit_sd(&places)?;
    let freedom = (units.len() - blocks(&places).len()) as f64 - 1.0;
    (freedom >= 2.0).then(|| Estimate { ln, se: unit_sd / information.sqrt() * of_few(freedom) })
}

/// How much wider than a normal law one of few units is: its 95 % range over 1.96 errors (Fisher and Cornish 1960, and the
/// effect itself takes one unit).
fn of_few(freedom: f64) -> f64 {
    let z: f64 = 1.96;
    let t = z
        + (z.powi(3) + z) / (4.0 * freedom)
        + (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / (96.0 * freedom * freedom);
    t / z * ((freedom + 1.0) / freedom).sqrt()
}

const STEPS: usize = 60;
const MOST_STEP: f64 = 0.5;

fn blocks(places: &[Place]) -> BTreeMap<(super::Part, u32), (f64, f64)> {
    places.iter().map(|p| (p.block(), (0.0, 0.0))).collect()
}

/// Values less the mean of their block.
fn within_blocks(places: &[Place], values: &[f64]) -> Vec<f64> {
    let mut sums = blocks(places);
    for (place, value) in places.iter().zip(values) {
        if let Some(sum) = sums.get_mut(&place.block()) {
            *sum = (sum.0 + value, sum.1 + 1.0);
        }
    }
    let mean = |place: &Place| sums.get(&place.block()).map_or(0.0, |(sum, count)| sum / count);
    places.iter().zip(values).map(|(place, value)| value - mean(place)).collect()
}

/// Values less the middle of their part of the day, or of all where a part has few.
fn around_middles(places: &[Place], values: &[f64]) -> Vec<f64> {
    let whole = median(&mut values.to_vec()).unwrap_or(0.0);
    let mut parts: BTreeMap<_, Vec<f64>> = BTreeMap::new();
    for (place, value) in places.iter().zip(values) {
        parts.entry(place.part).or_default().push(*value);
    }
    let middles: BTreeMap<_, f64> = parts
        .into_iter()
        .map(|(part, mut own)| {
            (part, if own.len() < OWN_MIDDLE { whole } else { median(&mut own).unwrap_or(whole) })
        })
        .collect();
    let middle = |place: &Place| middles.get(&place.part).copied().unwrap_or(whole);
    places.iter().zip(values).map(|(place, value)| value - middle(place)).collect()
}
