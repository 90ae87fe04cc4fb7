//! When a trial may claim something, so that false alarms stay at 5 % however often she looks.
//!
//! A claim is decided at four looks, when 40, 60, 80 and 100 % of the planned sessions have brought a number; in between
//! nothing can change it. At a look, the arms are drawn anew [`REDRAWS`] times, as the seed might have drawn them: that
//! gives what `T` would be if what is tried did nothing, whatever the law of her sessions. Each look may spend so much of
//! 4.5 % (O'Brien and Fleming's course in the form of Lan and DeMets 1983, doi 10.1093/biomet/70.3.659):
//! `2 - 2 Phi(2.005 / sqrt(share))`, half a percent being kept for the chance of the redraws; a draw that would have been claimed at an earlier look has spent its part. The draw
//! that came counts among the others, so the level is exact and not only about right.

use super::{
    score::{Scores, Unit, sign},
    seal::{Arm, Place, in_order, redraw},
};
use letdown_model::random::Random;
use serde::Serialize;

/// Shares of the planned sessions at which it is looked.
pub const LOOKS: [f64; 4] = [0.4, 0.6, 0.8, 1.0];
/// What of all false alarms may have been spent by then.
pub const SPENT: [f64; 4] = [0.001_526, 0.009_654, 0.025_008, 0.045];
/// How often arms are drawn anew.
pub const REDRAWS: usize = 4_000;
/// The seed of these draws: theirs alone, so that no trial's own arms follow from it.
const SEED: u64 = 0x7472_6961_6c73;

/// What a trial may claim by now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Claim {
    /// No look came yet.
    #[default]
    TooEarly,
    /// At the last look nothing could be told from chance.
    NotYet,
    /// All looks are behind, and nothing could be told from chance.
    NotTold,
    /// What is tried brings more.
    Helps,
    /// What is tried brings less.
    Takes,
}

impl Claim {
    /// Whether the trial has nothing more to find out.
    pub fn is_last(self) -> bool {
        matches!(self, Self::NotTold | Self::Helps | Self::Takes)
    }
}

/// The units of each look of a trial of so many units.
pub fn looks(planned: usize) -> [usize; 4] {
    LOOKS.map(|share| (share * planned as f64).ceil() as usize)
}

/// What may be claimed of the units that came, in order of time, of a trial of `planned` units; and how many units the
/// claim rests on.
pub fn claim(units: &[Unit], planned: usize) -> (Claim, usize) {
    claim_by(units, planned, REDRAWS)
}

/// The same with another number of redraws.
pub fn claim_by(units: &[Unit], planned: usize, redraws: usize) -> (Claim, usize) {
    let reached: Vec<usize> = looks(planned).into_iter().filter(|n| *n > 0 && *n <= units.len()).collect();
    let Some(last) = reached.last().copied() else { return (Claim::TooEarly, 0) };
    let mut drawn = Drawn::of(&units[..last], redraws);
    for (look, (count, spent)) in reached.iter().zip(SPENT).enumerate() {
        let units = &units[..*count];
        let places: Vec<Place> = units.iter().map(|u| u.place).collect();
        let values: Vec<f64> = units.iter().map(|u| u.ln_ratio).collect();
        let scores = Scores::of(&places, &values).centred;
        let came: f64 = units.iter().zip(&scores).map(|(u, c)| sign(u.arm) * c).sum();
        if drawn.is_beyond(&scores, came, spent) {
            return (if came > 0.0 { Claim::Helps } else { Claim::Takes }, *count);
        }
        if look + 1 == LOOKS.len() {
            return (Claim::NotTold, *count);
        }
    }
    (Claim::NotYet, last)
}

/// Arms drawn anew, and which of these draws would have been claimed before.
struct Drawn {
    /// Per redraw, the sign of every unit.
    signs: Vec<Vec<f32>>,
    claimed: Vec<bool>,
}

impl Drawn {
    fn of(units: &[Unit], redraws: usize) -> Self {
        // Blocks in the order in which they begin: a longer trial goes on where a shorter one stood.
        let mut blocks: Vec<(super::Part, u32)> = Vec::new();
        let block_of: Vec<usize> = units
            .iter()
            .map(|unit| {
                let block = unit.place.block();
                blocks.iter().position(|b| *b == block).unwrap_or_else(|| {
                    blocks.push(block);
                    blocks.len() - 1
                })
            })
            .collect();
        let mut orders = vec![0; blocks.len()];
        let one = |number: usize| {
            redraw(&mut Random::stream(SEED, number as u64), &mut orders);
            let arm = |(unit, block): (&Unit, &usize)| {
                in_order(unit.place, orders.get(*block).copied().unwrap_or(0))
            };
            units.iter().zip(&block_of).map(|both| if arm(both) == Arm::With { 0.5 } else { -0.5 }).collect()
        };
        Self { signs: (0..redraws).map(one).collect(), claimed: vec![false; redraws] }
    }

    /// Whether what came lies beyond what this look may claim; marks the redraws that do.
    fn is_beyond(&mut self, scores: &[f64], came: f64, spent: f64) -> bool {
        let may = (spent * (self.signs.len() + 1) as f64).floor() as usize;
        let before = self.claimed.iter().filter(|c| **c).count();
        let left = may.saturating_sub(before);
        let sizes: Vec<f64> = self
            .signs
            .iter()
            .map(|signs| signs.iter().zip(scores).map(|(s, c)| f64::from(*s) * c).sum::<f64>().abs())
            .collect();
        let alive = |(size, claimed): (&f64, &bool)| (!claimed).then_some(*size);
        let mut waiting: Vec<f64> = sizes.iter().zip(&self.claimed).filter_map(alive).collect();
        let at_least = waiting.iter().filter(|size| **size >= came.abs() - TIE).count();
        let beyond = left > 0 && at_least < left;
        // The redraws that this look claims: as many as it may, ties left out.
        waiting.sort_by(|a, b| b.total_cmp(a));
        if let Some(bound) = waiting.get(left).copied() {
            for (claimed, size) in self.claimed.iter_mut().zip(&sizes) {
                *claimed |= *size > bound + TIE;
            }
        }
        beyond
    }
}

/// Sums that differ by less are the same sum in another order.
const TIE: f64 = 1e-9;
