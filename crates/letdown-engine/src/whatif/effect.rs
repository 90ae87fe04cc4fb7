//! What a technique multiplies the share of a session by: what is known of her, else what is known of women.

use crate::{observed::Observed, twin::Fitted};
use letdown_journal::{
    body::{Body, Technique},
    fold::Folded,
};
use letdown_model::{population, random::Random};
use std::collections::BTreeMap;

/// A technique of which nothing is published is believed to change little (log sd).
const UNKNOWN_SD: f64 = 0.10;
/// Sessions that say how often she does a technique anyway.
const RECENT: usize = 60;

/// Techniques, for one woman.
#[derive(Clone, Debug)]
pub(super) struct Effects {
    /// How often she does each anyway (0 to 1).
    done: BTreeMap<String, f64>,
}

impl Effects {
    /// The effects for a woman.
    pub(super) fn of(journal: &Folded, observed: &Observed, _fitted: &Fitted) -> Self {
        let recent: Vec<_> = observed.sessions.iter().rev().filter(|s| s.is_pump()).take(RECENT).collect();
        let mut done: BTreeMap<String, f64> = BTreeMap::new();
        for session in &recent {
            let Some(Ok(Some(Body::Pump(pump)))) = journal.fact(session.root).map(|f| f.newest().body())
            else {
                continue;
            };
            for technique in &pump.techniques {
                *done.entry(technique.as_str().to_owned()).or_default() += 1.0 / recent.len() as f64;
            }
        }
        Self { done }
    }

    /// How often she does it anyway (0 to 1).
    pub(super) fn done(&self, technique: &Technique) -> f64 {
        self.done.get(technique.as_str()).copied().unwrap_or(0.0).min(1.0)
    }

    /// What doing it in every session multiplies the share by, in one future: what she does anyway is in her share already.
    pub(super) fn multiplier(&self, _draw: usize, technique: &Technique, random: &mut Random) -> f64 {
        let z = random.normal();
        let (center, sd) = believed(technique);
        ((center + sd * z) * (1.0 - self.done(technique))).exp()
    }
}

/// What is believed before her own sessions say anything: ln of the multiplier, and how little that is known.
fn believed(technique: &Technique) -> (f64, f64) {
    match technique {
        Technique::Massage | Technique::PauseMassage => {
            (population::MASSAGE.median.ln(), population::MASSAGE.log_sd)
        }
        _ => (0.0, UNKNOWN_SD),
    }
}
