//! The signs of milk that is made and not released, with their likelihoods. Order of states: released, held back, little.
//!
//! | sign | released | held back | little | from |
//! |---|---|---|---|---|
//! | milk pumped per hour since the last removal, ln (mL/h) | 28, sd 0.40 | 28, sd 0.40 | 10, sd 0.45 | `CAPACITY` of two breasts and its spread; little: a third, judged |
//! | share a weighed feed takes of the milk believed there | 0.62, sd 0.15 | 0.10, sd 0.10 | 0.55, sd 0.20 | `kent06.fraction`; held back: drips without let-down, `no_letdown_little`; else judged |
//! | pumped soon after a nursing, over what would have come without it, ln | 0.38, sd 0.35 | 0.95, sd 0.25 | 0.40, sd 0.40 | what a feed of 67 % leaves; judged |
//! | share of nursings with a let-down she felt | `f` | 0.15 `f` | `f` | `f` her own, from pump sessions; a third of women hardly feel any `sensation_pct` |
//! | share of nursings with a bottle within 45 min | 0.20 (as 4) | 0.77 (as 5) | 0.67 (as 4) | judged |
//! | gain of a baby that only nurses, g/day | 25, sd 8 | 8, sd 9 | 8, sd 9 | usual growth of infants, rounded; judged |
//! | pump sessions with a let-down within 5 min | 0.93 (as 15) | 0.93 (as 15) | 0.85 (as 10) | `n_me_pump15_sim`; judged |
//!
//! Pumped soon after a nursing, where no usual amount is known: 10.6, 26.6 and 4.0 mL for each hour, the products of the
//! first and the third row. "as n": a beta distribution that counts as n sessions, because a woman is alike from session to session.

use super::{given::Given, known::normal_density};
use crate::{
    numbers::median,
    observed::{Session, What, hours},
};
use letdown_fit::predict::Outlook;
use letdown_journal::body::{Body, Nurse, Technique};
use letdown_model::removal::Sides;

/// One kind of sign.
pub(super) struct Sign {
    pub kind: &'static str,
    pub says: String,
    /// What to do so that there is one more.
    pub ask: &'static str,
    seen: Seen,
}

/// What was seen, with its law in each state.
enum Seen {
    /// Values around a woman's own middle: states' centers, spread between women, spread within one.
    Normal { center: [f64; 3], between: [f64; 3], within: [f64; 3], values: Vec<f64> },
    /// So many of so many; a beta law per state.
    Counts { alpha: [f64; 3], beta: [f64; 3], of: usize, n: usize },
    /// Felt at nursings, against felt at the pump.
    Felt { nursing: (usize, usize), pump: (usize, usize) },
}

/// No kind of count is worth more than this many sessions.
const MOST_SESSIONS: f64 = 12.0;
/// How far back it is looked (h).
const BACK_H: f64 = 14.0 * 24.0;
/// And for what the pump usually brings (h).
const USUAL_BACK_H: f64 = 42.0 * 24.0;
/// What is left of her feeling when nothing lets down.
const FELT_HELD_BACK: f64 = 0.15;

impl Sign {
    pub(super) fn n(&self) -> usize {
        match &self.seen {
            Seen::Normal { values, .. } => values.len(),
            Seen::Counts { n, .. } => *n,
            Seen::Felt { nursing, .. } => nursing.1,
        }
    }

    /// Log likelihood of what was seen in each state, up to one constant.
    pub(super) fn log_likelihood(&self) -> [f64; 3] {
        match &self.seen {
            Seen::Normal { center, between, within, values } => {
                let n = values.len() as f64;
                let mean = values.iter().sum::<f64>() / n;
                states(|s| {
                    normal_density(mean, center[s], (between[s].powi(2) + within[s].powi(2) / n).sqrt())
                        .max(1e-300)
                        .ln()
                })
            }
            Seen::Counts { alpha, beta, of, n } => {
                let (a, b) = shrunk(*of, *n);
                states(|s| ln_beta(alpha[s] + a, beta[s] + b) - ln_beta(alpha[s], beta[s]))
            }
            Seen::Felt { nursing, pump } => {
                let (k, rest) = shrunk(nursing.0, nursing.1);
                states(|s| {
                    felt_weights(*pump)
                        .iter()
                        .map(|(f, w)| w * power(felt_in(*f, s), k, rest))
                        .sum::<f64>()
                        .ln()
                })
            }
        }
    }

    /// What one more observation of this kind is expected to tell about the state (bits).
    pub(super) fn expected_bits(&self, p: [f64; 3]) -> f64 {
        match &self.seen {
            Seen::Normal { center, between, within, values } => {
                let n = values.len() as f64;
                let mean = if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / n };
                // Of her own middle, in each state, once her values are known.
                let laws: [(f64, f64); 3] = states_of(|s| {
                    let (prior, seen) = (between[s].powi(-2), n / within[s].powi(2));
                    let middle = (center[s] * prior + mean * seen) / (prior + seen);
                    (middle, (1.0 / (prior + seen) + within[s].powi(2)).sqrt())
                });
                bits_of_normals(p, laws)
            }
            Seen::Counts { alpha, beta, of, n } => {
                let (a, b) = shrunk(*of, *n);
                bits_of_chances(p, states(|s| (alpha[s] + a) / (alpha[s] + beta[s] + a + b)))
            }
            Seen::Felt { nursing, pump } => {
                let (k, rest) = shrunk(nursing.0, nursing.1);
                let chance = |s: usize| {
                    let weights = felt_weights(*pump);
                    let seen =
                        weights.iter().map(|(f, w)| (felt_in(*f, s), w * power(felt_in(*f, s), k, rest)));
                    let (sum, whole) = seen.fold((0.0, 0.0), |(sum, whole), (f, w)| (sum + f * w, whole + w));
                    if whole > 0.0 { sum / whole } else { 0.0 }
                };
                bits_of_chances(p, states(chance))
            }
        }
    }
}

fn states(of: impl Fn(usize) -> f64) -> [f64; 3] {
    [of(0), of(1), of(2)]
}

fn states_of<T>(of: impl Fn(usize) -> T) -> [T; 3] {
    [of(0), of(1), of(2)]
}

/// Counts as they count: of many sessions, as of [`MOST_SESSIONS`].
fn shrunk(of: usize, n: usize) -> (f64, f64) {
    let scale = (MOST_SESSIONS / n.max(1) as f64).min(1.0);
    (scale * of as f64, scale * n.saturating_sub(of) as f64)
}

/// How readily she feels let-downs, from her pump sessions: a grid with its weights.
fn felt_weights(pump: (usize, usize)) -> Vec<(f64, f64)> {
    let (a, b) = shrunk(pump.0, pump.1);
    let grid = (0..40).map(|i| (f64::from(i) + 0.5) / 40.0);
    let hardly = |f: f64| if f < 0.05 { 1.0 / 3.0 / 2.0 } else { 2.0 / 3.0 / 38.0 };
    grid.map(|f| (f, hardly(f) * power(f, a, b))).collect()
}

fn felt_in(f: f64, state: usize) -> f64 {
    if state == 1 { FELT_HELD_BACK * f } else { f }
}

fn power(f: f64, a: f64, b: f64) -> f64 {
    f.powf(a) * (1.0 - f).powf(b)
}

fn bits_of_chances(p: [f64; 3], chance: [f64; 3]) -> f64 {
    [true, false]
        .into_iter()
        .map(|seen| {
            let law = chance.map(|c| if seen { c } else { 1.0 - c });
            bits(p, law)
        })
        .sum()
}

fn bits_of_normals(p: [f64; 3], laws: [(f64, f64); 3]) -> f64 {
    const STEPS: usize = 400;
    let low = laws.iter().map(|(m, s)| m - 6.0 * s).fold(f64::INFINITY, f64::min);
    let high = laws.iter().map(|(m, s)| m + 6.0 * s).fold(f64::NEG_INFINITY, f64::max);
    let step = (high - low) / STEPS as f64;
    let at = |i: usize| low + (i as f64 + 0.5) * step;
    (0..STEPS).map(|i| step * bits(p, laws.map(|(m, s)| normal_density(at(i), m, s)))).sum()
}

/// One outcome's part of the mutual information, its law per state given (bits).
fn bits(p: [f64; 3], law: [f64; 3]) -> f64 {
    let whole: f64 = p.iter().zip(law).map(|(p, l)| p * l).sum();
    let part = |(p, l): (&f64, f64)| if l > 0.0 && whole > 0.0 { p * l * (l / whole).log2() } else { 0.0 };
    p.iter().zip(law).map(part).sum()
}

/// ln of the beta function, by Stirling's series of ln gamma.
fn ln_beta(a: f64, b: f64) -> f64 {
    ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)
}

fn ln_gamma(x: f64) -> f64 {
    // Shifted up until the series holds.
    let (mut x, mut shift) = (x, 0.0);
    while x < 10.0 {
        shift -= x.ln();
        x += 1.0;
    }
    let r = 1.0 / (x * x);
    shift + (x - 0.5) * x.ln() - x
        + 0.918_938_533_204_672_7
        + (1.0 / 12.0 - r * (1.0 / 360.0 - r / 1260.0)) / x
}

/// All signs, also those of which nothing was seen yet.
pub(super) fn all(given: &Given<'_>) -> Vec<Sign> {
    let rates_back = |back_h: f64| rates(given, back_h);
    let usual_ml_per_h = median(&mut rates_back(USUAL_BACK_H));
    let recent = |n: &&Nurse| given.age_h(n.start.timestamp()) <= BACK_H;
    let nursings: Vec<&Nurse> = given.nursings().filter(recent).collect();
    vec![
        rate(rates_back(BACK_H)),
        weighed(given, &nursings, usual_ml_per_h),
        after_nursing(given, usual_ml_per_h),
        felt(given, &nursings),
        bottles(given, &nursings),
        gain(given),
        let_downs(given),
    ]
}

/// Milk pumped per hour since the last removal, where that lies 1.5 to 8 hours back (mL/h).
fn rates(given: &Given<'_>, back_h: f64) -> Vec<f64> {
    let sessions = &given.observed.sessions;
    let pairs = sessions.windows(2).filter(|w| given.age_h(w[1].at.timestamp()) <= back_h);
    let rate = |w: &[Session]| {
        let gap_h = hours(w[0].at.timestamp(), w[1].at.timestamp());
        let both = matches!(w[1].what, What::Pump { sides: Sides::Both, .. });
        let ml = w[1].output_ml().filter(|_| both && !w[1].doubtful)?;
        // What a nursing left behind is not told from what was made since.
        (w[0].is_pump() && (1.5..=8.0).contains(&gap_h)).then(|| ml / gap_h)
    };
    pairs.filter_map(rate).collect()
}

fn rate(rates: Vec<f64>) -> Sign {
    let middle = median(&mut rates.clone()).unwrap_or(0.0);
    Sign {
        kind: "pumped_per_hour",
        says: format!("your pump brings about {middle:.0} mL for each hour since the last session"),
        ask: "two pump sessions in a row, both sides, about 3 hours apart, with the amount of the second",
        seen: Seen::Normal {
            center: [28.0, 28.0, 10.0].map(f64::ln),
            between: [0.40, 0.40, 0.45],
            within: [0.5; 3],
            values: rates.into_iter().map(|r| r.max(0.5).ln()).collect(),
        },
    }
}

/// The most weighed feeds that are looked at: each asks the model what was there.
const MOST_WEIGHED: usize = 12;
/// Less milk than this in the breasts says nothing about a feed (mL).
const LEAST_ML: f64 = 30.0;

fn weighed(given: &Given<'_>, nursings: &[&Nurse], usual_ml_per_h: Option<f64>) -> Sign {
    let feeds = nursings.iter().rev().filter_map(|n| Some((n, n.intake_ml()?))).take(MOST_WEIGHED);
    let share = |(nurse, ml): (&&Nurse, f64)| {
        let there_ml = believed_ml(given, nurse).or_else(|| {
            let since_h = hours_since_removal(given, nurse)?;
            // Where nothing is fitted: made at her usual rate, or at that of women, upon the quarter that removals leave.
            Some(usual_ml_per_h.unwrap_or(28.0) * since_h.min(8.0) * 4.0 / 3.0)
        })?;
        (there_ml >= LEAST_ML).then(|| (ml / there_ml).min(1.2))
    };
    let values: Vec<f64> = feeds.filter_map(share).collect();
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    Sign {
        kind: "weighed_feed",
        says: format!("weighed feeds took about {:.0} % of the milk that was there", 100.0 * mean),
        ask: "a nursing with the baby on a scale before and after, when the breasts feel full",
        seen: Seen::Normal {
            center: [0.62, 0.10, 0.55],
            between: [0.15, 0.10, 0.20],
            within: [0.25, 0.12, 0.28],
            values,
        },
    }
}

/// Milk in both breasts when a nursing began, by the twin (mL).
fn believed_ml(given: &Given<'_>, nurse: &Nurse) -> Option<f64> {
    let fitted = given.fitted?;
    let log = given.observed.fit_log(&fitted.reading)?;
    let hour = given.observed.hour_of(nurse.start.timestamp());
    let outlook = Outlook::at(&fitted.posterior.thinned(12), &log, hour);
    let mut ml: Vec<f64> =
        (0..outlook.draws()).filter_map(|d| outlook.expect(d)).map(|(_, s)| s.milk_ml()).collect();
    median(&mut ml)
}

fn hours_since_removal(given: &Given<'_>, nurse: &Nurse) -> Option<f64> {
    let at = nurse.start.timestamp();
    let before = given.observed.sessions.iter().rev().find(|s| s.at.timestamp() < at)?;
    Some(hours(before.at.timestamp(), at))
}

/// How soon after a nursing a pump takes what it left (h).
const SOON_H: f64 = 1.0;

/// What the pump found soon after a nursing, over what would have come without it; where nothing tells what would have come,
/// for each hour since the removal before.
fn after_nursing(given: &Given<'_>, usual_ml_per_h: Option<f64>) -> Sign {
    let sessions = &given.observed.sessions;
    let found = |w: &[Session]| {
        let What::Nurse { sides, .. } = w[1].what else { return None };
        let soon = hours(w[1].end, w[2].at.timestamp()) <= SOON_H;
        let recent = given.age_h(w[2].at.timestamp()) <= BACK_H;
        let since_h = hours(w[0].at.timestamp(), w[2].at.timestamp());
        let ml = w[2].output_ml().filter(|_| soon && recent && !w[2].doubtful)?;
        if !(1.5..=8.0).contains(&since_h) {
            return None;
        }
        let Some(usual) = usual_ml_per_h else { return Some((ml.max(1.0) / since_h).ln()) };
        let ratio = (ml + 2.0) / (usual * since_h + 2.0);
        // Of one breast nursed and both pumped, half of the milk was never in question.
        let nursed = if sides == Sides::Both { ratio } else { 2.0 * ratio - 1.0 };
        Some(nursed.max(0.1).ln())
    };
    let values: Vec<f64> = sessions.windows(3).filter_map(found).collect();
    let middle = median(&mut values.clone()).map_or(0.0, f64::exp);
    let ask = "pump once within an hour after a nursing, and note the amount";
    if usual_ml_per_h.is_none() {
        return Sign {
            kind: "pumped_after_nursing",
            says: format!(
                "soon after nursing the pump brings {middle:.0} mL for each hour since the last session"
            ),
            ask,
            seen: Seen::Normal {
                center: [10.6, 26.6, 4.0].map(f64::ln),
                between: [0.53, 0.47, 0.6],
                within: [0.5, 0.4, 0.5],
                values,
            },
        };
    }
    Sign {
        kind: "pumped_after_nursing",
        says: format!(
            "soon after nursing the pump still brings {:.0} % of what it brings without",
            100.0 * middle
        ),
        ask,
        seen: Seen::Normal {
            center: [0.38, 0.95, 0.40].map(f64::ln),
            between: [0.35, 0.25, 0.40],
            within: [0.5, 0.4, 0.5],
            values,
        },
    }
}

fn felt(given: &Given<'_>, nursings: &[&Nurse]) -> Sign {
    // An import rarely carries what was felt: nothing is no answer there.
    let own: Vec<&&Nurse> = nursings.iter().filter(|n| n.source.is_none()).collect();
    let at_breast = (own.iter().filter(|n| !n.felt.is_empty()).count(), own.len());
    let pumps: Vec<bool> = given
        .pumps()
        .filter(|(_, p)| p.source.is_none() && given.age_h(p.start.timestamp()) <= BACK_H)
        .map(|(_, p)| !p.felt.is_empty())
        .collect();
    let at_pump = (pumps.iter().filter(|felt| **felt).count(), pumps.len());
    // Where she never noted a feeling, not noting one says nothing.
    let notes = at_breast.0 + at_pump.0 > 0;
    let nursing = if notes { at_breast } else { (0, 0) };
    Sign {
        kind: "felt",
        says: format!(
            "you felt a let-down in {} of {} nursings and in {} of {} pump sessions",
            at_breast.0, at_breast.1, at_pump.0, at_pump.1
        ),
        ask: "note, at the next nursing, whether you feel the let-down",
        seen: Seen::Felt { nursing, pump: at_pump },
    }
}

/// A bottle so soon after a nursing says that the baby was still hungry (h).
const STILL_HUNGRY_H: f64 = 0.75;

fn bottles(given: &Given<'_>, nursings: &[&Nurse]) -> Sign {
    let at: Vec<jiff::Timestamp> = given.bottles().map(|b| b.start.timestamp()).collect();
    let hungry = |n: &&&Nurse| {
        let end = Body::Nurse((**n).clone()).end().timestamp();
        at.iter().any(|at| *at >= n.start.timestamp() && hours(end, *at) <= STILL_HUNGRY_H)
    };
    // Without a single bottle in the log they may be given and not written down.
    let n = if at.is_empty() { 0 } else { nursings.len() };
    let of = nursings.iter().filter(hungry).count();
    Sign {
        kind: "bottle_after_nursing",
        says: format!("a bottle followed {of} of {n} nursings"),
        ask: "log the bottles, also those right after a nursing",
        seen: Seen::Counts { alpha: [0.8, 3.85, 2.7], beta: [3.2, 1.15, 1.3], of, n },
    }
}

fn gain(given: &Given<'_>) -> Sign {
    let needed = super::nursing::nursing(given).0.needed;
    let recent = needed.filter(|n| {
        let to = n.to.parse::<jiff::civil::Date>();
        to.is_ok_and(|to| (given.observed.now.date() - to).get_days() <= 21)
    });
    let values: Vec<f64> = recent.map(|n| n.gain_g_per_day).into_iter().collect();
    let gained = values.first().copied().unwrap_or(0.0);
    Sign {
        kind: "gain_on_nursing_alone",
        says: format!("your baby gained {gained:.0} g a day on nursing alone"),
        ask: "weigh the baby twice, ten days apart",
        seen: Seen::Normal { center: [25.0, 8.0, 8.0], between: [8.0, 9.0, 9.0], within: [4.0; 3], values },
    }
}

/// Within so long a let-down is usual (s).
const IN_TIME_S: f64 = 300.0;

fn let_downs(given: &Given<'_>) -> Sign {
    let watched = given.pumps().filter(|(_, p)| {
        let looked = p.trace.is_some() || p.detector.is_some() || !p.let_downs.is_empty();
        let alone = !p.techniques.contains(&Technique::Nursing);
        looked && alone && given.age_h(p.start.timestamp()) <= BACK_H
    });
    let in_time: Vec<bool> =
        watched.map(|(_, p)| p.let_downs.first().is_some_and(|first| first.onset_s <= IN_TIME_S)).collect();
    let of = in_time.iter().filter(|in_time| **in_time).count();
    Sign {
        kind: "let_down_at_the_pump",
        says: format!("a let-down came within 5 minutes in {of} of {} watched pump sessions", in_time.len()),
        ask: "watch a pump session with a scale or taps",
        seen: Seen::Counts { alpha: [14.0, 14.0, 8.5], beta: [1.0, 1.0, 1.5], of, n: in_time.len() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beta_is_that_of_factorials() {
        // B(a, b) = (a-1)! (b-1)! / (a+b-1)!
        assert!((ln_beta(3.0, 4.0) - (2.0 * 6.0 / 720.0_f64).ln()).abs() < 1e-9);
        assert!((ln_beta(0.5, 0.5) - std::f64::consts::PI.ln()).abs() < 1e-9);
    }

    #[test]
    fn an_answer_that_tells_all_is_worth_what_is_not_known() {
        let p = [0.5, 0.25, 0.25];
        let sure = bits_of_chances(p, [1.0, 0.0, 0.0]);
        assert!((sure - 1.0).abs() < 1e-9, "one bit: {sure}");
        assert!(bits_of_chances(p, [0.3; 3]).abs() < 1e-12);
        let apart = bits_of_normals(p, [(0.0, 0.1), (10.0, 0.1), (20.0, 0.1)]);
        assert!((apart - 1.5).abs() < 0.02, "the whole entropy of the state: {apart}");
    }

    #[test]
    fn many_sessions_of_one_woman_are_not_as_many_witnesses() {
        let sign = |n: usize| Sign {
            kind: "x",
            says: String::new(),
            ask: "",
            seen: Seen::Counts { alpha: [1.0, 5.0, 1.0], beta: [5.0, 1.0, 5.0], of: n, n },
        };
        let odds = |n: usize| {
            let log = sign(n).log_likelihood();
            log[1] - log[0]
        };
        assert!(odds(3) > 0.5 && (odds(500) - odds(12)).abs() < 1e-9, "{} {}", odds(12), odds(500));
    }
}
