//! Does the hour change how fast her milk is made? The clock's rhythm that the fit found, beyond what gaps explain.
//!
//! ```text
//! r(h) = 1 + c cos(w h) + s sin(w h)      change (%) = 100 (r(h1)/r(h1 + 12) - 1),  h1 the hour of the mean of (c, s)
//! ```
//!
//! It is claimed where nine in ten draws are fastest within four hours of `h1`, both as they are and with the prior's
//! middle taken out: `(c, s) - S m/v`, `S` their covariance, `m` and `v` mean and variance of the prior. In a woman whose
//! rhythm is flat the direction of the draws is chance, and such a claim is rare; a test counts it.

use super::{
    known::{CLAIM, Effect, Percent, error_to_tell, not_yet},
    techniques::{TechniqueEffect, WORTH},
};
use crate::numbers::thousandth;
use letdown_fit::{
    log::{Log, Removal},
    posterior::Posterior,
    predict::quantile_of_sorted,
    traits::Trait,
};
use letdown_model::{
    population::{RHYTHM_AMPLITUDE, RHYTHM_PEAK_H, RHYTHM_SD},
    rhythm::{OMEGA, Rhythm},
};

/// So near to the hour that is said it must be fastest (h).
const NEAR_H: f64 = 4.0;
/// The deviations at which nine in ten draws of a round blob lie within four hours of its middle: 1.645/sin(60 degrees).
const NEAR_Z: f64 = 1.9;
/// Half of the day that is nearer to the fastest hour (h).
const HALF_H: f64 = 6.0;

/// What the fit found of the hour.
pub(super) fn hour(posterior: &Posterior, log: &Log) -> TechniqueEffect {
    let weights = posterior.draws.iter().map(|d| [d.get(Trait::Cosine), d.get(Trait::Sine)]);
    let fastest = Fastest::of(&weights.collect::<Vec<_>>());
    let begun = log.events().iter().filter(|e| e.total_ml().is_some()).filter_map(|e| match e.removal {
        Removal::Pump { .. } => Some(apart_h(log.clock_h(e.at_h), fastest.at_h).abs() <= HALF_H),
        Removal::Baby { .. } => None,
    });
    let near: Vec<bool> = begun.collect();
    let n_with = near.iter().filter(|near| **near).count();
    let effect = fastest.effect(near.len());
    let [from, at, to, slowest] =
        [fastest.range_h[0], fastest.at_h, fastest.range_h[1], fastest.at_h + 12.0].map(clock);
    let contrast = if effect.known {
        format!("milk made near {at} rather than {slowest}")
    } else {
        "the hour of the day".to_owned()
    };
    let answer = if effect.known {
        format!("for you {}, fastest likely between {from} and {to}", effect.percent.words())
    } else {
        not_yet(effect.more, "session")
    };
    TechniqueEffect {
        technique: "hour".to_owned(),
        says: format!("{contrast}: {answer}"),
        contrast,
        n_with,
        n_without: near.len() - n_with,
        effect,
        answer,
    }
}

/// When milk is made fastest, by draws of the two weights.
struct Fastest {
    /// The hour of their mean (clock h).
    at_h: f64,
    /// The hours between which eight in ten are fastest (clock h).
    range_h: [f64; 2],
    /// Each draw's weight in that direction (1), in order of size.
    along: Vec<f64>,
    is_claimed: bool,
}

impl Fastest {
    fn of(weights: &[[f64; 2]]) -> Self {
        let mean = mean(weights);
        let at_h = peak_h(mean);
        let out = prior_middle_by(weights, mean);
        let own: Vec<[f64; 2]> = weights.iter().map(|w| [w[0] - out[0], w[1] - out[1]]).collect();
        let mut apart: Vec<f64> = weights.iter().map(|w| apart_h(peak_h(*w), at_h)).collect();
        apart.sort_by(f64::total_cmp);
        let range_h = [0.1, 0.9].map(|p| at_h + quantile_of_sorted(&apart, p));
        let [cos, sin] = [(OMEGA * at_h).cos(), (OMEGA * at_h).sin()];
        let mut along: Vec<f64> = weights.iter().map(|w| cos * w[0] + sin * w[1]).collect();
        along.sort_by(f64::total_cmp);
        let is_claimed = [weights, &own[..]].into_iter().all(|draws| near(draws, at_h) >= CLAIM);
        Self { at_h, range_h, along, is_claimed }
    }

    fn effect(&self, n: usize) -> Effect {
        let mut ln: Vec<f64> =
            self.along.iter().map(|w| w.clamp(-0.9, 0.9)).map(|w| 2.0 * w.atanh()).collect();
        let above = ln.iter().filter(|ln| **ln > 0.0).count() as f64 / ln.len().max(1) as f64;
        Effect {
            known: self.is_claimed && n > 0,
            percent: Percent::of_samples(&mut ln),
            above_zero: thousandth(above),
            n,
            more: if self.is_claimed { None } else { self.more(n) },
        }
    }

    /// How many more sessions would tell a change worth knowing from its opposite hour: half of it lies on either side.
    fn more(&self, n: usize) -> Option<u32> {
        let (_, sd) = super::known::mean_sd(&self.along);
        let said = sd.max(1e-6).powi(-2) - RHYTHM_SD.powi(-2);
        let error = error_to_tell(NEAR_Z, RHYTHM_SD, 0.5 * WORTH);
        let all = n as f64 / (error * error * said.max(1e-3 * RHYTHM_SD.powi(-2)));
        let more = (all - n as f64).ceil();
        (1.0..=TOO_MANY).contains(&more).then_some(more as u32)
    }
}

/// Beyond so many more nobody waits.
const TOO_MANY: f64 = 400.0;

fn mean(of: &[[f64; 2]]) -> [f64; 2] {
    [0, 1].map(|i| of.iter().map(|w| w[i]).sum::<f64>() / of.len().max(1) as f64)
}

/// By how much the prior's middle moved the draws.
fn prior_middle_by(weights: &[[f64; 2]], mean: [f64; 2]) -> [f64; 2] {
    let middle = Rhythm::peaking(RHYTHM_AMPLITUDE, RHYTHM_PEAK_H);
    let covariance = |i: usize, j: usize| {
        weights.iter().map(|w| (w[i] - mean[i]) * (w[j] - mean[j])).sum::<f64>() / weights.len().max(1) as f64
    };
    [0, 1].map(|i| {
        (covariance(i, 0) * middle.cosine + covariance(i, 1) * middle.sine) / (RHYTHM_SD * RHYTHM_SD)
    })
}

/// Which share of draws is fastest near an hour.
fn near(weights: &[[f64; 2]], at_h: f64) -> f64 {
    let near = weights.iter().filter(|w| apart_h(peak_h(**w), at_h).abs() <= NEAR_H).count();
    near as f64 / weights.len().max(1) as f64
}

/// The clock hour at which weights are fastest, 0 to 24.
fn peak_h([cosine, sine]: [f64; 2]) -> f64 {
    (sine.atan2(cosine) / OMEGA).rem_euclid(24.0)
}

/// From one clock hour to another, -12 to 12.
fn apart_h(hour: f64, from: f64) -> f64 {
    (hour - from + 12.0).rem_euclid(24.0) - 12.0
}

/// "03:00": the nearest whole hour.
fn clock(hour: f64) -> String {
    format!("{:02}:00", hour.round().rem_euclid(24.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use letdown_model::random::Random;

    /// What a normal fit would draw, were the weights seen with an error.
    fn fitted(truth: [f64; 2], error: f64, random: &mut Random) -> Fastest {
        let middle = Rhythm::peaking(RHYTHM_AMPLITUDE, RHYTHM_PEAK_H);
        let (prior, seen) = (RHYTHM_SD.powi(-2), error.powi(-2));
        let mut draw_around = |prior_mean: f64, truth: f64| {
            let estimate = truth + error * random.normal();
            (prior_mean * prior + estimate * seen) / (prior + seen)
        };
        let mean = [draw_around(middle.cosine, truth[0]), draw_around(middle.sine, truth[1])];
        let sd = (prior + seen).sqrt().recip();
        let draws: Vec<[f64; 2]> = (0..400).map(|_| mean.map(|mean| mean + sd * random.normal())).collect();
        Fastest::of(&draws)
    }

    #[test]
    fn a_claim_of_an_hour_is_right_nine_times_in_ten() {
        let mut random = Random::seeded(11);
        let (mut made, mut right) = (0, 0);
        for _ in 0..1500 {
            let truth = [0, 1].map(|_| RHYTHM_SD * random.normal());
            let told = fitted(truth, 0.02, &mut random);
            if told.is_claimed {
                made += 1;
                right += u32::from(apart_h(peak_h(truth), told.at_h).abs() <= NEAR_H);
            }
        }
        assert!(made > 200 && f64::from(right) > 0.9 * f64::from(made), "{right} of {made}");
    }

    #[test]
    fn a_flat_rhythm_is_seldom_claimed_and_a_large_one_nearly_always() {
        let mut random = Random::seeded(12);
        let mut claimed =
            |truth: [f64; 2]| (0..500).filter(|_| fitted(truth, 0.01, &mut random).is_claimed).count();
        let flat = claimed([0.0, 0.0]);
        assert!(flat < 80, "{flat} of 500");
        let large = claimed([0.05, 0.05]);
        assert!(large > 480, "{large} of 500");
    }

    #[test]
    fn hours_go_round_the_clock() {
        let at_three = Rhythm::peaking(0.05, 3.0);
        assert!((peak_h([at_three.cosine, at_three.sine]) - 3.0).abs() < 1e-9);
        assert!((apart_h(1.0, 23.0) - 2.0).abs() < 1e-9 && (apart_h(23.0, 1.0) + 2.0).abs() < 1e-9);
        assert_eq!([23.6, -1.2, 15.0].map(clock), ["00:00", "23:00", "15:00"]);
    }
}
