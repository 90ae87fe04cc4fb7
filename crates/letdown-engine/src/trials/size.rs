//! How many sessions a trial needs, from her own noise.
//!
//! ```text
//! sessions = 4 (2.005 + 0.842)^2 (noise / ln(1 + smallest))^2 * 1.08 + 4, up to a multiple of 4
//! ```
//!
//! `noise` (log) is how far one of her sessions scatters around what is expected of it, as the score of the trial sees it,
//! within blocks laid over her past. 8 % pay for four looks instead of one and for a noise
//! that is only known about, 4 sessions for a scale that is estimated and for blocks that are not full at the end.

use super::{
    score::Scores,
    seal::{BLOCK, Part, Place},
};
use std::collections::BTreeMap;

/// What the looks spend in all, both sides together, and 80 % power.
const LEVEL_Z: f64 = 2.004_654;
const POWER_Z: f64 = 0.841_621;
/// What four looks and an uncertain noise cost.
const LOOKING: f64 = 1.08;
/// What an estimated scale and unfinished blocks cost (sessions).
const ESTIMATED: f64 = 4.0;
/// The fewest of a trial: redraws of fewer cannot reach the level.
pub const FEWEST: usize = 24;

/// Sessions (or days) that tell an effect of `smallest_percent` in eight of ten trials where it is there.
pub fn size(noise_sd: f64, smallest_percent: f64) -> usize {
    let errors = noise_sd / (smallest_percent / 100.0).ln_1p();
    let needed = 4.0 * (LEVEL_Z + POWER_Z).powi(2) * errors * errors * LOOKING + ESTIMATED;
    // An unknown noise asks for more than anybody can do.
    let whole = if needed.is_finite() { needed.ceil().min(1e6) as usize } else { 1_000_000 };
    whole.next_multiple_of(BLOCK as usize).max(FEWEST)
}

/// The smallest effect (%) that so many sessions would tell.
pub fn tells(noise_sd: f64, sessions: usize) -> f64 {
    let each = (sessions as f64 - ESTIMATED).max(1.0) / (4.0 * LOOKING);
    100.0 * ((LEVEL_Z + POWER_Z) * noise_sd / each.sqrt()).exp_m1()
}

/// The noise of one session (log) in what lies behind her: parts of the day and ln of what came over what was expected, in
/// order of time. `None` where it is too little.
pub fn noise(past: &[(Part, f64)]) -> Option<f64> {
    if past.len() < ENOUGH {
        return None;
    }
    let mut numbers: BTreeMap<Part, u32> = BTreeMap::new();
    let place = |(part, _): &(Part, f64)| {
        let number = numbers.entry(*part).or_default();
        let place = Place { part: *part, number: *number };
        *number += 1;
        place
    };
    let places: Vec<Place> = past.iter().map(place).collect();
    let values: Vec<f64> = past.iter().map(|(_, value)| *value).collect();
    Scores::of(&places, &values).unit_sd(&places).filter(|sd| sd.is_finite())
}

/// With fewer past sessions her own noise is not known.
pub const ENOUGH: usize = 20;
