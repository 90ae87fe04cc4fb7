//! Does it help *her*? Each technique that she logs: what sessions with it brought over what the model forecast, against
//! sessions without it.
//!
//! Not an experiment: she chooses when she does it. A trial with random days would tell more.

use super::{
    given::{Given, Residual},
    known::{Belief, Effect, mean_sd, not_yet},
};
use jiff::{ToSpan, civil::Date};
use letdown_journal::{body::Technique, entry::EntryId};
use letdown_model::population;
use serde::Serialize;
use std::collections::BTreeMap;

/// One technique.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TechniqueEffect {
    /// Its word.
    pub technique: String,
    /// Sessions with it whose volume was compared.
    pub n_with: usize,
    /// Sessions without it.
    pub n_without: usize,
    /// The change of a session's output (%).
    pub effect: Effect,
    /// In plain words.
    pub says: String,
}

/// A technique of which nothing is published is believed to change little (log sd).
const UNKNOWN_SD: f64 = 0.10;
/// A change of a session worth knowing (log).
const WORTH: f64 = 0.10;
/// The spread of a session where it is not known (log).
const USUAL_SD: f64 = 0.2;
/// An odd session counts as no odder than this many spreads.
const ODDEST: f64 = 3.0;

/// Every technique that she logs.
pub(super) fn techniques(given: &Given<'_>) -> Vec<TechniqueEffect> {
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    let mut done: BTreeMap<EntryId, Vec<String>> = BTreeMap::new();
    for (root, pump) in given.pumps() {
        for technique in pump.techniques.iter().filter(|t| **t != Technique::Nursing) {
            *used.entry(technique.as_str().to_owned()).or_default() += 1;
            done.entry(root).or_default().push(technique.as_str().to_owned());
        }
    }
    if used.is_empty() {
        return Vec::new();
    }
    let residuals = all(given);
    used.keys().map(|technique| one(technique, &done, &residuals)).collect()
}

fn all(given: &Given<'_>) -> Vec<Residual> {
    let Some((posterior, (first, last))) = given.posterior().zip(given.days()) else { return Vec::new() };
    let from = first.saturating_add(2.days());
    let days = (0..).map(|ahead: i32| from.saturating_add(ahead.days()));
    let cuts: Vec<Date> = days.take_while(|day| *day <= last).collect();
    given.residuals(&posterior, &cuts)
}

fn one(technique: &str, done: &BTreeMap<EntryId, Vec<String>>, residuals: &[Residual]) -> TechniqueEffect {
    let is_done = |r: &&Residual| done.get(&r.root).is_some_and(|all| all.iter().any(|t| t == technique));
    let log = |r: &Residual| ((r.output_ml + 2.0) / (r.forecast_ml + 2.0)).ln();
    let with: Vec<f64> = residuals.iter().filter(is_done).map(log).collect();
    let without: Vec<f64> = residuals.iter().filter(|r| !is_done(r)).map(log).collect();
    let (with, without) = (tamed(&with), tamed(&without));
    let ((a, _), (b, _)) = (mean_sd(&with), mean_sd(&without));
    let spread = pooled(&with, a, &without, b);
    let prior = prior(technique);
    let (n, m) = (with.len() as f64, without.len() as f64);
    let pairs = n * m / (n + m).max(1.0);
    let mut effect = if with.is_empty() || without.is_empty() {
        Effect::of(prior, 0.0, USUAL_SD * std::f64::consts::SQRT_2, 0, WORTH)
    } else {
        // One more session with it is worth `spread` of error, once those without it are many.
        let unit_sd = spread * (n / pairs).sqrt();
        let hers = Effect::of(Belief { mean: 0.0, ..prior }, a - b, unit_sd, with.len(), WORTH);
        // What others saw moves the range; a claim rests on her own sessions alone.
        let effect = Effect::of(prior, a - b, unit_sd, with.len(), WORTH);
        Effect {
            known: hers.known && (effect.above_zero > 0.5) == (hers.above_zero > 0.5),
            more: hers.more,
            ..effect
        }
    };
    effect.n = with.len();
    let says = says(technique, &effect, without.len());
    TechniqueEffect {
        technique: technique.to_owned(),
        n_with: with.len(),
        n_without: without.len(),
        effect,
        says,
    }
}

fn says(technique: &str, effect: &Effect, without: usize) -> String {
    let name = technique.replace('_', " ");
    if effect.known {
        return format!(
            "{name}: for you {} (from {} sessions with it and {without} without)",
            effect.percent.words(),
            effect.n
        );
    }
    if effect.n > 0 && without == 0 {
        return format!("{name}: you do it in every session, so there is nothing to compare it with");
    }
    format!("{name}: {}", not_yet(effect.more, "session"))
}

/// What is believed before she tried it.
fn prior(technique: &str) -> Belief {
    match technique {
        "massage" | "pause_massage" => {
            Belief { mean: population::MASSAGE.median.ln(), sd: population::MASSAGE.log_sd }
        }
        _ => Belief { mean: 0.0, sd: UNKNOWN_SD },
    }
}

/// Odd sessions brought in to three spreads from the middle.
fn tamed(values: &[f64]) -> Vec<f64> {
    let Some(middle) = super::known::median(values.to_vec()) else { return Vec::new() };
    let off = super::known::median(values.iter().map(|v| (v - middle).abs()).collect()).unwrap_or(0.0);
    let most = ODDEST * (1.5 * off).max(0.02);
    values.iter().map(|v| v.clamp(middle - most, middle + most)).collect()
}

fn pooled(a: &[f64], mean_a: f64, b: &[f64], mean_b: f64) -> f64 {
    let sum = |values: &[f64], mean: f64| values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>();
    let free = (a.len() + b.len()) as f64 - 2.0;
    // A spread known from few sessions is drawn towards the usual one, as if by four more.
    ((sum(a, mean_a) + sum(b, mean_b) + 4.0 * USUAL_SD * USUAL_SD) / (free.max(0.0) + 4.0)).sqrt()
}
