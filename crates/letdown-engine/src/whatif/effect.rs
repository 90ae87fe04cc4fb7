//! What a technique multiplies the share of a session by: what the fit found of her, else what is believed of women.

use crate::{beside::effect, observed::Observed, twin::Fitted};
use letdown_fit::effects::{With, found, usual};
use letdown_journal::body::Technique;
use letdown_model::random::Random;
use std::collections::BTreeMap;

/// Techniques, for one woman.
#[derive(Clone, Debug)]
pub(crate) struct Effects {
    /// Draws of the multiplier of each that her log speaks of.
    hers: BTreeMap<usize, Vec<f64>>,
    /// What her sessions are usually with.
    usual: With,
}

impl Effects {
    /// The effects for a woman.
    pub(crate) fn of(observed: &Observed, fitted: &Fitted) -> Self {
        let found = found(&fitted.posterior, &fitted.log);
        Self {
            hers: found.into_iter().map(|f| (f.effect as usize, f.multiplier)).collect(),
            usual: usual(&fitted.log, observed.hour_of(observed.now.timestamp())),
        }
    }

    /// How often she does it anyway (0 to 1).
    pub(super) fn done(&self, technique: &Technique) -> f64 {
        effect(technique).map_or(0.0, |effect| self.usual.amount(effect)).clamp(0.0, 1.0)
    }

    /// Whether her own sessions say what it brings her.
    pub(super) fn is_hers(&self, technique: &Technique) -> bool {
        effect(technique).is_some_and(|effect| self.hers.contains_key(&(effect as usize)))
    }

    /// What doing it in every session multiplies the share by, in a future of one draw: what she does anyway is in her
    /// numbers already.
    pub(crate) fn multiplier(&self, draw: usize, technique: &Technique, random: &mut Random) -> f64 {
        let Some(effect) = effect(technique) else { return 1.0 };
        let hers = self.hers.get(&(effect as usize)).and_then(|draws| draws.get(draw));
        let ln = if let Some(multiplier) = hers {
            multiplier.ln()
        } else {
            let (mean, sd) = effect.believed();
            mean + sd * random.normal()
        };
        (ln * (1.0 - self.done(technique))).exp()
    }
}
