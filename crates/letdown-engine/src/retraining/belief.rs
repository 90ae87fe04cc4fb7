//! What is believed of her reflex, session by session: a particle filter over women.
//!
//! Women are drawn from the population, each with the weeks before the log behind her. At each session of the log each of
//! them rests, meets the session, is weighed by how likely what was seen is for her ([`super::first_pulse`]), and learns from
//! what came: from the second that was noted, else from one drawn among those that fit. Where few women carry the weight,
//! they are drawn anew (systematically) and their traits are moved a little towards the middle and apart again (Liu, West
//! 2001), so that their spread stays.

use super::{
    evidence::{FirstLetDown, Seen},
    occasion::Occasion,
    woman::Woman,
};
use crate::observed::hours;
use jiff::Timestamp;
use letdown_model::random::Random;

/// Women who may be her, with their weights.
#[derive(Clone, Debug)]
pub(super) struct Belief {
    pub women: Vec<Woman>,
    weights: Vec<f64>,
    random: Random,
    now: Option<Timestamp>,
}

/// A chance with its 80 % range (%).
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Chance {
    /// One in ten lies below (%).
    pub p10: f64,
    /// Half lie below (%).
    pub p50: f64,
    /// Nine in ten lie below (%).
    pub p90: f64,
    /// On average (%).
    pub mean: f64,
}

pub(super) const WOMEN: usize = 400;
const SEED: u64 = 20_261_126;
/// A noted second is right to within this factor.
const NOTED_WITHIN: f64 = 1.3;
/// So many notes are something else: a slip, a let-down that nobody noticed, one that was imagined.
const SLIPS: f64 = 0.05;
const SMALLEST_SHARE: f64 = 0.5;
/// How much of itself a trait keeps when women are drawn anew.
const KEPT: f64 = 0.98;
const LONGEST_BEFORE_DAYS: f64 = 42.0;
/// Nothing is surer than this (%): a session may always be another.
const SUREST: f64 = 98.0;

impl Belief {
    /// What is believed before a log that begins so many days after the birth, where that is known; `nursed` is the share of
    /// nursings in its first days.
    pub(super) fn before(days_after_birth: Option<f64>, nursed: f64) -> Self {
        let mut random = Random::seeded(SEED);
        let women = (0..WOMEN)
            .map(|_| {
                let mut her = Woman::draw(&mut random);
                let any = LONGEST_BEFORE_DAYS * random.uniform();
                her.lived(
                    days_after_birth.unwrap_or(any).clamp(0.0, LONGEST_BEFORE_DAYS),
                    nursed,
                    &mut random,
                );
                her
            })
            .collect();
        Self { women, weights: vec![1.0 / WOMEN as f64; WOMEN], random, now: None }
    }

    /// Takes in one session.
    pub(super) fn see(&mut self, seen: &Seen) {
        self.rest_until(seen.start.timestamp());
        for (her, weight) in self.women.iter_mut().zip(&mut self.weights) {
            her.wander(&mut self.random);
            let drive = her.drive(&seen.occasion);
            *weight *= likelihood(her, drive, seen.what);
            let came_s = came(her, drive, seen.what, self.random.uniform());
            her.learn(&seen.occasion, came_s);
        }
        self.settle();
    }

    /// Time passes for all of them.
    pub(super) fn rest_until(&mut self, at: Timestamp) {
        let days = self.now.map_or(0.0, |now| hours(now, at).max(0.0) / 24.0);
        self.now = Some(self.now.map_or(at, |now| now.max(at)));
        self.women.iter_mut().for_each(|her| her.rest(days));
    }

    /// The chance of a let-down in time, over all of them.
    pub(super) fn chance(&self, occasion: &Occasion, within_s: f64) -> Chance {
        self.over(|her| her.chance(occasion, within_s))
    }

    /// A chance (0 to 1) over all of them, in percent.
    pub(super) fn over(&self, of: impl Fn(&Woman) -> f64) -> Chance {
        let mut all: Vec<(f64, f64)> = self.women.iter().map(of).zip(self.weights.iter().copied()).collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        let quantile = |p: f64| {
            let mut sum = 0.0;
            let found = all.iter().find(|(_, weight)| {
                sum += weight;
                sum >= p
            });
            percent(found.or(all.last()).map_or(0.0, |(value, _)| *value))
        };
        let mean: f64 = all.iter().map(|(value, weight)| value * weight).sum();
        Chance { p10: quantile(0.1), p50: quantile(0.5), p90: quantile(0.9), mean: percent(mean) }
    }

    /// So many equally likely women.
    pub(super) fn drawn(&self, n: usize) -> Vec<Woman> {
        let chosen = systematic(&self.weights, n, 0.5);
        chosen.into_iter().filter_map(|i| self.women.get(i).cloned()).collect()
    }

    fn settle(&mut self) {
        let whole: f64 = self.weights.iter().sum();
        if whole <= 0.0 || !whole.is_finite() {
            self.weights.fill(1.0 / WOMEN as f64);
            return;
        }
        self.weights.iter_mut().for_each(|w| *w /= whole);
        let carrying = 1.0 / self.weights.iter().map(|w| w * w).sum::<f64>();
        if carrying < SMALLEST_SHARE * WOMEN as f64 {
            let start = self.random.uniform();
            let chosen = systematic(&self.weights, WOMEN, start);
            let women: Vec<Woman> = chosen.into_iter().filter_map(|i| self.women.get(i).cloned()).collect();
            self.women = women;
            self.weights = vec![1.0 / WOMEN as f64; self.women.len()];
            self.spread();
        }
    }

    /// Traits move towards their middle and apart again: mean and spread stay.
    fn spread(&mut self) {
        let (keep, apart) = (KEPT, libm::sqrt(1.0 - KEPT * KEPT));
        let traits: [fn(&mut Woman) -> &mut f64; 5] = [
            |her| &mut her.learning.rate,
            |her| &mut her.gain_per_s,
            |her| &mut her.suck,
            |her| &mut her.reaches,
            |her| &mut her.lag_s,
        ];
        for of in traits {
            let logs: Vec<f64> = self.women.iter_mut().map(|her| libm::log(of(her).max(1e-6))).collect();
            let n = logs.len().max(1) as f64;
            let mean = logs.iter().sum::<f64>() / n;
            let sd = libm::sqrt(logs.iter().map(|l| (l - mean) * (l - mean)).sum::<f64>() / n);
            for (her, log) in self.women.iter_mut().zip(logs) {
                *of(her) = libm::exp(mean + keep * (log - mean) + apart * sd * self.random.normal());
            }
        }
        for her in &mut self.women {
            her.suck = her.suck.min(1.0);
        }
    }
}

/// How likely what was seen is for her (up to a constant).
fn likelihood(her: &Woman, drive: f64, what: FirstLetDown) -> f64 {
    let waits = |s: f64| her.waits(drive, s);
    let slip = |told: f64, by_chance: f64| (1.0 - SLIPS) * told + SLIPS * by_chance;
    match what {
        FirstLetDown::After(s) => slip(waits(s / NOTED_WITHIN) - waits(s * NOTED_WITHIN), 0.1),
        FirstLetDown::Within(s) => slip(1.0 - waits(s), 0.5),
        FirstLetDown::NoneIn(s) => slip(waits(s), 0.5),
        FirstLetDown::NotFelt(s) => 1.0 - (1.0 - waits(s)) * her.feels_it(),
        FirstLetDown::Unknown(_) => 1.0,
    }
}

/// When it came (s), by what was seen, else by chance.
fn came(her: &Woman, drive: f64, what: FirstLetDown, chance: f64) -> Option<f64> {
    match what {
        FirstLetDown::After(s) => Some(s),
        FirstLetDown::NoneIn(_) => None,
        FirstLetDown::Within(s) => {
            let still = her.waits(drive, s);
            her.comes_s(drive, still + (1.0 - still) * chance).or(Some(s))
        }
        FirstLetDown::NotFelt(s) => {
            let came = 1.0 - her.waits(drive, s);
            let unfelt = came * (1.0 - her.feels_it());
            let none = 1.0 - came;
            // Among sessions without a feeling: either it came and was not felt, or it did not come.
            let at = chance * (unfelt + none);
            if at < none {
                None
            } else {
                her.comes_s(drive, none + came * ((at - none) / unfelt.max(1e-9)).min(1.0))
            }
        }
        FirstLetDown::Unknown(s) => her.comes_s(drive, chance).filter(|came_s| *came_s <= s),
    }
}

fn systematic(weights: &[f64], n: usize, start: f64) -> Vec<usize> {
    let whole: f64 = weights.iter().sum();
    let mut chosen = Vec::with_capacity(n);
    let (mut i, mut sum) = (0, weights.first().copied().unwrap_or(0.0) / whole);
    for k in 0..n {
        let at = (k as f64 + start) / n as f64;
        while sum < at && i + 1 < weights.len() {
            i += 1;
            sum += weights[i] / whole;
        }
        chosen.push(i);
    }
    chosen
}

pub(super) fn percent(share: f64) -> f64 {
    (100.0 * share).round().clamp(100.0 - SUREST, SUREST)
}
