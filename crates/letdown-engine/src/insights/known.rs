//! What is known and what is not yet: beliefs, their ranges, and how much more would tell.

use crate::numbers::{TENTH_Z, tenth};
use letdown_fit::predict::quantile_of_sorted;
use serde::Serialize;

/// Nothing is claimed below this probability.
pub(super) const CLAIM: f64 = 0.9;
/// The deviation at which a claim is just made, and that by which it is made in eight of ten logs.
const CLAIM_Z: f64 = TENTH_Z;
const POWER_Z: f64 = 0.841_621_2;

/// A normal belief.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Belief {
    pub mean: f64,
    pub sd: f64,
}

impl Belief {
    /// What is believed once an estimate with its standard error is known.
    pub(crate) fn given(self, estimate: f64, se: f64) -> Self {
        let (prior, seen) = (1.0 / (self.sd * self.sd), 1.0 / (se * se));
        let mean = (self.mean * prior + estimate * seen) / (prior + seen);
        Self { mean, sd: (prior + seen).sqrt().recip() }
    }

    /// The probability that it lies above nothing.
    pub(crate) fn above_zero(&self) -> f64 {
        normal_cdf(self.mean / self.sd)
    }

    /// A quantile, 0.1 to 0.9.
    pub(super) fn quantile(&self, p: f64) -> f64 {
        let z = if p < 0.5 {
            -CLAIM_Z
        } else if p > 0.5 {
            CLAIM_Z
        } else {
            0.0
        };
        self.mean + z * self.sd
    }
}

/// The change of something, in percent: the middle and the 80 % range.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Percent {
    /// One in ten lies below.
    pub p10: f64,
    /// Half lie below.
    pub p50: f64,
    /// Nine in ten lie below.
    pub p90: f64,
}

impl Percent {
    /// From a belief on the log scale.
    pub(crate) fn of(belief: &Belief) -> Self {
        let at = |p| tenth(100.0 * belief.quantile(p).exp_m1());
        Self { p10: at(0.1), p50: at(0.5), p90: at(0.9) }
    }

    /// From equally likely values on the log scale.
    pub(super) fn of_samples(samples: &mut [f64]) -> Self {
        samples.sort_by(f64::total_cmp);
        let at = |p| tenth(100.0 * quantile_of_sorted(samples, p).exp_m1());
        Self { p10: at(0.1), p50: at(0.5), p90: at(0.9) }
    }

    /// "+9 % (-4 to +24)".
    pub(crate) fn words(&self) -> String {
        format!("{} % ({} to {})", signed(self.p50), signed(self.p10), signed(self.p90))
    }
}

/// An effect, and whether it is known.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Effect {
    /// Whether there is a claim: its sign is right with 90 % or more.
    pub known: bool,
    /// The change (%), whether it is known or not.
    pub percent: Percent,
    /// The probability that it is above nothing.
    pub above_zero: f64,
    /// How many weeks, days or sessions were looked at.
    pub n: usize,
    /// About how many more would tell an effect worth knowing; `null` when it is known, or would take too long.
    pub more: Option<u32>,
}

impl Effect {
    /// An effect on the log scale. `unit_sd` is the error of the estimate that one week, day or session gives; an effect
    /// worth knowing has size `worth`.
    pub(super) fn of(prior: Belief, estimate: f64, unit_sd: f64, n: usize, worth: f64) -> Self {
        let belief = if n == 0 { prior } else { prior.given(estimate, unit_sd / (n as f64).sqrt()) };
        let above_zero = belief.above_zero();
        let known = n > 0 && above_zero.max(1.0 - above_zero) >= CLAIM;
        let more = units_to_tell(unit_sd, prior.sd, worth).map(|all| (all - n as f64).ceil().max(1.0));
        Self {
            known,
            percent: Percent::of(&belief),
            above_zero: crate::numbers::thousandth(above_zero),
            n,
            more: more.filter(|more| !known && *more <= TOO_MANY).map(|more| more as u32),
        }
    }
}

/// Beyond so many more nobody waits.
const TOO_MANY: f64 = 400.0;

/// How many units of error `unit_sd` let an effect of a size be claimed in eight of ten logs, where the prior is centered
/// on nothing.
///
/// An estimate `x` of error `e` is claimed when `x w/e >= 1.28`, `w = s/sqrt(s^2 + e^2)`, `s` the prior's sd; in eight of
/// ten logs `x >= size - 0.84 e`.
pub(super) fn units_to_tell(unit_sd: f64, prior_sd: f64, size: f64) -> Option<f64> {
    let n = (unit_sd / error_to_tell(CLAIM_Z, prior_sd, size)).powi(2);
    n.is_finite().then_some(n)
}

/// The error `e` of an estimate that lets an effect of a size be claimed in eight of ten logs, where a claim asks for so
/// many deviations.
pub(super) fn error_to_tell(claim_z: f64, prior_sd: f64, size: f64) -> f64 {
    let told = |e: f64| (size / e - POWER_Z) * prior_sd / prior_sd.hypot(e) >= claim_z;
    let (mut small, mut large) = (1e-6 * size, size);
    for _ in 0..60 {
        let e = 0.5 * (small + large);
        if told(e) { small = e } else { large = e }
    }
    small
}

/// A share of counts with its 80 % range, from a flat prior.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Share {
    /// How many of them.
    pub of: usize,
    /// Of how many.
    pub n: usize,
    /// One in ten lies below (0 to 1).
    pub p10: f64,
    /// Half lie below (0 to 1).
    pub p50: f64,
    /// Nine in ten lie below (0 to 1).
    pub p90: f64,
}

/// Into how many steps a share is cut.
const STEPS: usize = 2000;

impl Share {
    /// `of` of `n`. `None` of none.
    pub(super) fn of(of: usize, n: usize) -> Option<Self> {
        if n == 0 {
            return None;
        }
        let (a, b) = (of as f64, n.saturating_sub(of) as f64);
        let at = |i: usize| (i as f64 + 0.5) / STEPS as f64;
        let ln = |p: f64| a * p.ln() + b * (1.0 - p).ln();
        let top = ln(((a + 1e-9) / (a + b + 2e-9)).clamp(1e-6, 1.0 - 1e-6));
        let weights: Vec<f64> = (0..STEPS).map(|i| (ln(at(i)) - top).exp()).collect();
        let whole: f64 = weights.iter().sum();
        let quantile = |p: f64| {
            let mut sum = 0.0;
            let found = weights.iter().position(|w| {
                sum += w;
                sum >= p * whole
            });
            crate::numbers::thousandth(at(found.unwrap_or(STEPS - 1)))
        };
        Some(Self { of, n, p10: quantile(0.1), p50: quantile(0.5), p90: quantile(0.9) })
    }

    /// "8 of 20".
    pub(super) fn words(&self) -> String {
        format!("{} of {}", self.of, self.n)
    }
}

/// The chance that a standard normal lies below `z` (Abramowitz and Stegun 26.2.17, error below 1e-7).
pub(super) fn normal_cdf(z: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * z.abs());
    let series = t
        * (0.319_381_530
            + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
    let tail = (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt() * series;
    if z < 0.0 { tail } else { 1.0 - tail }
}

/// The density of a normal distribution.
pub(super) fn normal_density(x: f64, mean: f64, sd: f64) -> f64 {
    let z = (x - mean) / sd;
    (-0.5 * z * z).exp() / (sd * (2.0 * std::f64::consts::PI).sqrt())
}

/// Mean and standard deviation; no deviation of fewer than two.
pub(crate) fn mean_sd(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n.max(1.0);
    let sum: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
    (mean, if values.len() < 2 { 0.0 } else { (sum / (n - 1.0)).sqrt() })
}

/// "+9", "−4", "0".
pub(crate) fn signed(percent: f64) -> String {
    match percent.round() as i64 {
        0 => "0".to_owned(),
        p if p > 0 => format!("+{p}"),
        p => format!("\u{2212}{}", -p),
    }
}

/// "1 week", "12 weeks".
pub(crate) fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// "not known yet: about 12 more weeks would tell".
pub(super) fn not_yet(more: Option<u32>, what: &str) -> String {
    match more {
        Some(more) => {
            format!("not known yet: about {} would tell", counted(more as usize, &format!("more {what}")))
        }
        None => "not known, and too small to be told from chance in a year".to_owned(),
    }
}

/// A round number of many: 7, 15, 40, 250.
pub(super) fn counted(n: usize, what: &str) -> String {
    let step = match n {
        0..=9 => 1,
        10..=49 => 5,
        50..=199 => 10,
        _ => 50,
    };
    count(n.div_ceil(step) * step, what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use letdown_model::random::Random;

    #[test]
    fn the_normal_law_is_that_of_the_tables() {
        for (z, p) in [(0.0, 0.5), (1.0, 0.841_344_746), (-1.959_963_985, 0.025), (3.0, 0.998_650_102)] {
            assert!((normal_cdf(z) - p).abs() < 1e-6, "{z}: {} against {p}", normal_cdf(z));
        }
    }

    #[test]
    fn a_share_has_the_quantiles_of_its_beta_law() {
        // Beta(1, 4) has the distribution function 1 - (1 - p)^4; Beta(4, 1) has p^4.
        let none = Share::of(0, 3).unwrap();
        let all = Share::of(3, 3).unwrap();
        for (q, none, all) in [(0.1, none.p10, all.p10), (0.5, none.p50, all.p50), (0.9, none.p90, all.p90)] {
            assert!((none - (1.0 - (1.0_f64 - q).powf(0.25))).abs() < 2e-3, "{q}: {none}");
            assert!((all - q.powf(0.25)).abs() < 2e-3, "{q}: {all}");
        }
        assert_eq!(Share::of(0, 0), None);
    }

    #[test]
    fn so_many_weeks_as_are_said_tell_eight_times_in_ten() {
        let (unit_sd, prior_sd, size) = (0.12, 0.03, 0.05);
        let n = units_to_tell(unit_sd, prior_sd, size).unwrap().ceil();
        let mut random = Random::seeded(2);
        let prior = Belief { mean: 0.0, sd: prior_sd };
        let claims = (0..4000).filter(|_| {
            let se = unit_sd / n.sqrt();
            prior.given(size + se * random.normal(), se).above_zero() >= CLAIM
        });
        let share = claims.count() as f64 / 4000.0;
        assert!((share - 0.8).abs() < 0.03, "{share} with {n}");
    }

    #[test]
    fn an_effect_is_the_weighted_mean_of_what_was_believed_and_seen() {
        let belief = Belief { mean: 0.1, sd: 0.2 }.given(0.4, 0.1);
        assert!((belief.mean - 0.34).abs() < 1e-12 && (belief.sd - (1.0_f64 / 125.0).sqrt()).abs() < 1e-12);
        let nothing = Effect::of(Belief { mean: 0.0, sd: 0.1 }, 9.0, 0.1, 0, 0.05);
        assert!(!nothing.known && nothing.percent.p50 == 0.0 && nothing.more.is_some());
    }

    #[test]
    fn where_nothing_is_known_the_claims_that_are_made_are_nine_times_in_ten_right() {
        // Truths drawn from the prior: of claims at 90 %, at least nine in ten have the right sign.
        let mut random = Random::seeded(7);
        let (mut right, mut made) = (0, 0);
        for _ in 0..4000 {
            let truth = 0.02 * random.normal();
            let se = 0.02;
            let effect =
                Effect::of(Belief { mean: 0.0, sd: 0.02 }, truth + se * random.normal(), se, 1, 0.05);
            if effect.known {
                made += 1;
                right += usize::from((truth > 0.0) == (effect.above_zero > 0.5));
            }
        }
        assert!(made > 500 && f64::from(right as u32) / f64::from(made) > 0.93, "{right} of {made}");
    }

    #[test]
    fn words_are_set_as_people_read_them() {
        assert_eq!([9.4, -3.6, 0.2].map(signed), ["+9", "\u{2212}4", "0"]);
        assert_eq!(not_yet(Some(13), "session"), "not known yet: about 15 more sessions would tell");
    }
}
