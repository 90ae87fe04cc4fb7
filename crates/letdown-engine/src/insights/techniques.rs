//! Does it help *her*? What the fit found of each technique that she logs: what it multiplies the share of a session by.
//!
//! Not an experiment: she chooses when she does it. A trial with random days would tell more.

use super::{
    given::Given,
    known::{Belief, Effect, Percent, mean_sd, not_yet},
};
use crate::beside::effect as effect_of;
use letdown_fit::{
    effects::{self, Found, with_and_without},
    traits::Trait,
};
use letdown_journal::body::Technique;
use letdown_model::removal::logistic;
use serde::Serialize;

/// One technique.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TechniqueEffect {
    /// Its word.
    pub technique: String,
    /// Sessions with it and with a volume.
    pub n_with: usize,
    /// Sessions without it and with a volume.
    pub n_without: usize,
    /// The change of what a session takes of the milk within reach (%).
    pub effect: Effect,
    /// In plain words.
    pub says: String,
}

/// A change of a session worth knowing (log).
const WORTH: f64 = 0.05;
/// The spread of a session where nothing was fitted (log).
const USUAL_SD: f64 = 0.12;

/// Every technique that she logs.
pub(super) fn techniques(given: &Given<'_>) -> Vec<TechniqueEffect> {
    let mut used: Vec<Technique> = Vec::new();
    for technique in given.pumps().flat_map(|(_, pump)| &pump.techniques) {
        if *technique != Technique::Nursing && effect_of(technique).is_some() && !used.contains(technique) {
            used.push(technique.clone());
        }
    }
    let found = given.fitted.map(|f| effects::found(&f.posterior, &f.log)).unwrap_or_default();
    used.iter().filter_map(|technique| one(given, technique, &found)).collect()
}

fn one(given: &Given<'_>, technique: &Technique, found: &[Found]) -> Option<TechniqueEffect> {
    let which = effect_of(technique)?;
    let (n_with, n_without) = given.fitted.map_or((0, 0), |f| with_and_without(&f.log, which));
    let (mean, sd) = which.believed();
    let prior = Belief { mean, sd };
    let neutral = Belief { mean: 0.0, sd };
    let mut effect = match found.iter().find(|f| f.effect == which) {
        None => Effect::of(neutral, 0.0, session_sd(given) * std::f64::consts::SQRT_2, 0, WORTH),
        Some(found) => hers(found, prior, neutral),
    };
    if !found.iter().any(|f| f.effect == which) {
        effect.percent = Percent::of(&prior);
        effect.above_zero = crate::numbers::thousandth(prior.above_zero());
    }
    effect.n = n_with;
    let says = says(technique.as_str(), &effect, n_without);
    Some(TechniqueEffect { technique: technique.as_str().to_owned(), n_with, n_without, effect, says })
}

/// What the fit found. What others saw moves the range; a claim rests on her own sessions alone, so the prior's middle is
/// taken out again before it is made.
fn hers(found: &Found, prior: Belief, neutral: Belief) -> Effect {
    let mut ln: Vec<f64> = found.multiplier.iter().map(|m| m.max(1e-9).ln()).collect();
    let (mean, sd) = mean_sd(&ln);
    // Draws that know no more than the prior did: her sessions said next to nothing.
    let said = (sd.max(1e-6).powi(-2) - prior.sd.powi(-2)).max(1e-3 * prior.sd.powi(-2));
    let estimate = (mean * sd.max(1e-6).powi(-2) - prior.mean * prior.sd.powi(-2)) / said;
    let n = found.with.max(1);
    let effect = Effect::of(neutral, estimate, (n as f64 / said).sqrt(), n, WORTH);
    let above = ln.iter().filter(|l| **l > 0.0).count() as f64 / ln.len().max(1) as f64;
    Effect {
        known: effect.known && (above > 0.5) == (effect.above_zero > 0.5),
        percent: Percent::of_samples(&mut ln),
        above_zero: crate::numbers::thousandth(above),
        ..effect
    }
}

/// How far her sessions scatter around what is expected of them (log sd): her own share and gaps, by the fit.
fn session_sd(given: &Given<'_>) -> f64 {
    let Some(fitted) = given.fitted else { return USUAL_SD };
    let middle = |t: Trait| fitted.posterior.quantile(t, 0.5);
    let share = (1.0 - logistic(middle(Trait::PumpShare))) * middle(Trait::SessionSd);
    let each = share.hypot(middle(Trait::GapSd));
    (each * std::f64::consts::FRAC_1_SQRT_2).max(0.03)
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
