//! What is believed of her reflex, session by session: a particle filter over women.
//!
//! Women are drawn from the population, each with the weeks before the log behind her. At each session of the log each of
//! them rests, meets the session, is weighed by how likely what was seen is for her ([`super::first_pulse`]), and learns from
//! what came: from the second that was noted, else from one drawn among those that fit. Where few women carry the weight,
//! they are drawn anew (systematically) and their traits are moved a little towards the middle and apart again (Liu, West
//! 2001), so that their spread stays.

use super::{
    evidence::{FirstLetDown, Seen},
    occasion::{At, Occasion},
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
/// Hundreds of sessions at the pump are not as many witnesses: days differ by more than the law of one session knows.
const AT_THE_PUMP: f64 = 0.25;
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
            let told = likelihood(her, drive, seen.what);
            *weight *= if seen.occasion.at == At::Pump { libm::pow(told, AT_THE_PUMP) } else { told };
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
        for moving in MOVING {
            let moved: Vec<f64> =
                self.women.iter_mut().map(|her| moving.scale.on(*(moving.of)(her))).collect();
            let n = moved.len().max(1) as f64;
            let mean = moved.iter().sum::<f64>() / n;
            let sd = libm::sqrt(moved.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n);
            for (her, x) in self.women.iter_mut().zip(moved) {
                let apart = libm::sqrt(1.0 - KEPT * KEPT) * sd * self.random.normal();
                *(moving.of)(her) = moving.scale.back(mean + KEPT * (x - mean) + apart).min(moving.most);
            }
        }
    }
}

/// A trait that moves when women are drawn anew.
struct Moving {
    of: fn(&mut Woman) -> &mut f64,
    scale: Scale,
    most: f64,
}

/// On which scale a trait moves; on either it stays 0 or above.
#[derive(Clone, Copy)]
enum Scale {
    Log,
    Plain,
}

impl Scale {
    fn on(self, x: f64) -> f64 {
        match self {
            Self::Log => libm::log(x.max(1e-6)),
            Self::Plain => x,
        }
    }

    fn back(self, x: f64) -> f64 {
        match self {
            Self::Log => libm::exp(x),
            Self::Plain => x.max(0.0),
        }
    }
}

const MOVING: [Moving; 9] = [
    Moving { of: |her| &mut her.learning.rate, scale: Scale::Log, most: 1.0 },
    Moving { of: |her| &mut her.learning.competition, scale: Scale::Plain, most: 1.0 },
    Moving { of: |her| &mut her.gain_per_s, scale: Scale::Log, most: f64::INFINITY },
    Moving { of: |her| &mut her.forgets_s, scale: Scale::Log, most: f64::INFINITY },
    Moving { of: |her| &mut her.lag_s, scale: Scale::Log, most: f64::INFINITY },
    Moving { of: |her| &mut her.reaches, scale: Scale::Log, most: f64::INFINITY },
    Moving { of: |her| &mut her.suck, scale: Scale::Log, most: 1.0 },
    Moving { of: |her| &mut her.usual_stress, scale: Scale::Plain, most: f64::INFINITY },
    Moving { of: |her| &mut her.stress, scale: Scale::Plain, most: f64::INFINITY },
];

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

#[cfg(test)]
mod tests {
    use super::*;
    use letdown_journal::moment::{self, Moment};

    const WITHIN_S: f64 = 300.0;

    fn at(day: u32, session: u32) -> Moment {
        let clock = jiff::civil::date(2026, 3, 1).at(0, 0, 0, 0);
        let after = jiff::SignedDuration::from_hours(i64::from(24 * day + 3 * session));
        moment::place(clock.saturating_add(after), &jiff::tz::TimeZone::UTC).at
    }

    /// A day of eight sessions: some tries, some with the pump beside nursing, the rest at the pump.
    fn day(tries: u32, beside: u32) -> Vec<At> {
        let mut day = vec![At::Baby; tries as usize];
        day.extend(vec![At::Beside; beside as usize]);
        day.resize(8, At::Pump);
        day
    }

    /// One woman of the very population, and what was believed of each of her tries before it was made.
    fn foretold(seed: u64) -> Vec<(f64, bool)> {
        let mut random = Random::stream(77, seed);
        let mut her = Woman::draw(&mut random);
        her.lived(30.0, 0.0, &mut random);
        let mut belief = Belief::before(Some(30.0), 0.0);
        let days = [
            day(0, 0),
            day(2, 0),
            day(1, 4),
            day(1, 4),
            day(1, 4),
            day(1, 4),
            day(1, 4),
            day(3, 2),
            day(5, 0),
        ];
        let mut told = Vec::new();
        for (number, sessions) in (0u32..).zip(days) {
            for (session, at_breast) in (0u32..).zip(sessions) {
                let occasion = Occasion::usual(at_breast);
                let came_s = her.comes_s(her.drive(&occasion), random.uniform());
                if at_breast == At::Baby {
                    let in_time = came_s.is_some_and(|s| s <= WITHIN_S);
                    told.push((belief.chance(&occasion, WITHIN_S).mean / 100.0, in_time));
                }
                // Who watches for ten minutes and sees nothing notes that.
                let what =
                    came_s.filter(|s| *s <= 600.0).map_or(FirstLetDown::NoneIn(600.0), FirstLetDown::After);
                belief.see(&Seen {
                    start: at(number, session),
                    occasion: occasion.clone(),
                    what,
                    is_hard: false,
                });
                her.learn(&occasion, came_s);
                her.wander(&mut random);
                her.rest(0.125);
            }
        }
        told
    }

    #[test]
    fn chances_come_true_as_often_as_they_say() {
        let told: Vec<(f64, bool)> = (0..60).flat_map(foretold).collect();
        let of = |low: f64, high: f64| -> (f64, f64, f64) {
            let within: Vec<&(f64, bool)> = told.iter().filter(|(p, _)| low <= *p && *p < high).collect();
            let n = within.len().max(1) as f64;
            let came = within.iter().filter(|(_, came)| *came).count() as f64 / n;
            (within.iter().map(|(p, _)| p).sum::<f64>() / n, came, n)
        };
        for (low, high) in [(0.0, 0.2), (0.2, 0.5), (0.5, 0.8), (0.8, 1.1)] {
            let (said, came, n) = of(low, high);
            eprintln!("{low} to {high}: said {said:.2}, came {came:.2} of {n}");
            assert!(
                (said - came).abs() < 0.06 + 1.3 / n.sqrt(),
                "{low} to {high}: said {said}, came {came} of {n}"
            );
        }
        let (_, came, _) = of(0.0, 1.1);
        let score = |of: &dyn Fn(f64) -> f64| {
            told.iter().map(|(p, c)| (of(*p) - f64::from(u8::from(*c))).powi(2)).sum::<f64>()
                / told.len() as f64
        };
        let skill = 1.0 - score(&|p| p) / score(&|_| came);
        eprintln!("skill {skill:.2} of {} tries, {came:.2} came", told.len());
        assert!(skill > 0.35, "{skill}");
    }
}
