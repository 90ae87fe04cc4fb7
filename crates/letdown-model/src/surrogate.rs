//! A session in one look-up: what the second-by-second engine comes to on average, as weeks of a life need it.
//!
//! ```text
//! take = S T(min, M/S)        T the mean milk taken as a share of S, over her own sessions, in a table
//! ```
//!
//! The engine's parts are run for pairs of mirrored chances at a few fullnesses at once, because pulses do not depend on
//! milk; `T` is kept at every whole minute and is linear in time between entries. So her pump response follows from her let-downs
//! and is never drawn beside them. A test holds it to the engine's mean within 3 % from 6 to 20 minutes, over fullness,
//! techniques and women.

use crate::{
    mother::Mother,
    random::Random,
    removal::{logistic, logit},
    session::{
        Distress,
        ducts::{Forces, Milk},
        reflex::{Drive, Pace, Running},
        squeeze::{Decay, Squeeze},
        touch::{Contact, Pump, Side, Stage, together},
    },
};
use alloc::vec::Vec;

/// How a session is done, as far as one look-up knows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Technique {
    /// What is at a breast that is reached.
    pub side: Side,
    /// Both breasts at once, else one alone.
    pub both: bool,
    /// Strength of the learned cues that are there (`sum V c`, 1).
    pub cues: f64,
    /// Stress and pain.
    pub distress: Distress,
}

impl Technique {
    /// A pump at the strongest vacuum that is comfortable, at both breasts, without learned cues.
    pub fn usual() -> Self {
        Self { side: Side::pumped(Pump::comfortable()), both: true, cues: 0.0, distress: Distress::default() }
    }

    fn contacts(&self, mother: &Mother) -> [Contact; 2] {
        let contact = Contact::of(&self.side.on(mother.ejection.massage_helps), Stage::default());
        [contact, if self.both { contact } else { Contact::default() }]
    }
}

/// Pairs of sessions behind the means of one woman.
pub const PAIRS: u32 = 64;
/// Pairs that are enough where many women are averaged.
pub const PAIRS_IN_A_CROWD: u32 = 8;
const FULLNESS: [f64; 6] = [0.0, 0.15, 0.35, 0.55, 0.8, 1.2];
const STEP_S: f64 = 2.0;

/// The mean of one technique in one woman.
#[derive(Clone, Debug, PartialEq)]
pub struct Surrogate {
    /// Milk taken as a share of the storage capacity, by whole minutes from 0.
    taken: Vec<[f64; FULLNESS.len()]>,
    /// The share of the storage capacity out of reach (1).
    out_of_reach: f64,
}

impl Surrogate {
    /// Runs [`PAIRS`] pairs of her sessions of up to `longest_min` minutes and keeps their means. The same woman gives the
    /// same table.
    ///
    /// ```
    /// use letdown_model::{mother::Mother, surrogate::{Surrogate, Technique}};
    /// let table = Surrogate::of(&Mother::typical(), &Technique::usual(), 20.0);
    /// assert!(table.taken(8.0, 0.5) < table.taken(15.0, 0.5));
    /// assert!((0.28..0.42).contains(&table.taken(15.0, 0.5)));
    /// ```
    pub fn of(mother: &Mother, technique: &Technique, longest_min: f64) -> Self {
        Self::of_pairs(PAIRS, mother, technique, longest_min)
    }

    /// The same, from a number of pairs.
    pub fn of_pairs(pairs: u32, mother: &Mother, technique: &Technique, longest_min: f64) -> Self {
        let pairs = pairs.max(1);
        let minutes = libm::ceil(longest_min.clamp(1.0, 90.0)) as usize;
        let mut sum = alloc::vec![[0.0; FULLNESS.len()]; minutes + 1];
        for pair in 0..pairs {
            let random = Random::stream(SEED, u64::from(pair));
            add_session(mother, technique, random.clone(), &mut sum);
            add_session(mother, technique, random.mirrored(), &mut sum);
        }
        let scale = 1.0 / f64::from(2 * pairs);
        let taken = sum.into_iter().map(|row| row.map(|share| share * scale)).collect();
        Self { taken, out_of_reach: mother.pump.out_of_reach }
    }

    /// Mean milk taken, as a share of the storage capacity (1).
    pub fn taken(&self, minutes: f64, fullness: f64) -> f64 {
        let last = self.taken.len() - 1;
        let below = (minutes.max(0.0) as usize).min(last - 1);
        let into = (minutes - below as f64).clamp(0.0, 1.0);
        let by_fullness = |row: &[f64; FULLNESS.len()]| across(row, fullness);
        let (low, high) = (by_fullness(&self.taken[below]), by_fullness(&self.taken[below + 1]));
        low + into * (high - low)
    }

    /// Milk that one session takes, as a share of the storage capacity: the mean, moved by a standard normal deviation `z`
    /// of a logit spread.
    pub fn taken_by_chance(&self, minutes: f64, fullness: f64, logit_sd: f64, z: f64) -> f64 {
        let mean = self.taken(minutes, fullness).min(fullness.max(0.0));
        let in_reach = (fullness - self.out_of_reach).max(mean);
        let share = if in_reach > 0.0 { (mean / in_reach).clamp(1e-9, MOST) } else { return 0.0 };
        if z == 0.0 { mean } else { in_reach * logistic(logit(share) + logit_sd * z) }
    }
}

/// The most of what is within reach that chance lets a session take (1).
const MOST: f64 = 0.99;

/// Between entries: a parabola through the two around a fullness and the one above or below, because a fuller breast gives
/// less than in proportion; straight lines near an empty one, where milk out of reach makes a corner.
fn across(row: &[f64; FULLNESS.len()], fullness: f64) -> f64 {
    let f = fullness.max(0.0);
    let low = FULLNESS[1..FULLNESS.len() - 1].iter().filter(|node| **node <= f).count();
    if low < 2 {
        return row[low] + (f - FULLNESS[low]) * slope(row, low, low + 1);
    }
    let first = low.min(FULLNESS.len() - 3);
    let (from, to) = (slope(row, first, first + 1), slope(row, first + 1, first + 2));
    let bend = (to - from) / (FULLNESS[first + 2] - FULLNESS[first]);
    row[first] + (f - FULLNESS[first]) * (from + (f - FULLNESS[first + 1]) * bend)
}

fn slope(row: &[f64; FULLNESS.len()], i: usize, j: usize) -> f64 {
    (row[j] - row[i]) / (FULLNESS[j] - FULLNESS[i])
}

/// One session at every fullness; adds what it had taken by each whole minute.
fn add_session(
    mother: &Mother,
    technique: &Technique,
    mut random: Random,
    sum: &mut [[f64; FULLNESS.len()]],
) {
    let ejection = &mother.ejection;
    let contacts = technique.contacts(mother);
    let touch = together(&contacts[..mother.breasts.len()]);
    let distress = technique.distress.on(ejection.distress_reaches);
    let drive = Drive { touch, cues: technique.cues, stress: distress.central() };
    let pace = Pace::of(&ejection.reflex, &drive, STEP_S);
    let decay = Decay::over(&ejection.gland, STEP_S);
    let mut running = Running::begin(&ejection.reflex, &mut random);
    let mut squeeze = Squeeze::default();
    let storage_ml = mother.breasts.iter().map(|b| b.storage_ml).sum::<f64>() / mother.breasts.len() as f64;
    let mut milk = FULLNESS.map(|f| Milk { alveoli_ml: f * storage_ml, ..Milk::default() });
    for (minute, row) in sum.iter_mut().enumerate().skip(1) {
        for step in 1..=(60.0 / STEP_S) as usize {
            let t_s = 60.0 * (minute - 1) as f64 + STEP_S * step as f64;
            if let Some(size) = running.step(&ejection.reflex, &pace, STEP_S, &mut random) {
                squeeze.pulse(&ejection.gland, t_s, size);
            }
            squeeze.step(&decay, t_s, distress.at_the_gland());
            let forces = Forces {
                contraction: squeeze.contraction,
                contact: contacts[0],
                storage_ml,
                out_of_reach_ml: mother.pump.out_of_reach * storage_ml,
                makes_ml_per_s: 0.0,
            };
            for at in milk.iter_mut().skip(1) {
                *at = ejection.ducts.step(at, &forces, STEP_S);
            }
        }
        for (share, at) in row.iter_mut().zip(&milk) {
            *share += at.taken_ml / storage_ml;
        }
    }
}

/// Every table is made from the same chances.
const SEED: u64 = 0x1e7d_0e11;
