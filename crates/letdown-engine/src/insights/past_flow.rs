//! Minutes past the end of flow: whether they made more milk in *her* log. No trial has measured it, so whatever is found
//! is called unproven.
//!
//! The fit gives `m_s`; each draw lives through four weeks of her usual days, as she does it and with five more minutes past
//! the end of flow at every pump session, and what is made a day after them is compared. How many more sessions would tell
//! is not said: sessions alike tell nothing however many they are; weeks that differ do.

use super::{
    given::Given,
    known::{CLAIM, Effect, Percent},
};
use crate::{
    habit::{Habit, coming},
    numbers::{tenth, thousandth},
};
use letdown_fit::{
    past_flow::past_and_not,
    predict::{Coming, Outlook},
    traits::Trait,
};
use serde::Serialize;

/// What minutes past the end of flow do to her milk.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PastFlowEffect {
    /// Measured sessions that went on past the end of flow, a minute or longer.
    pub n_past: usize,
    /// Measured sessions that did not.
    pub n_not: usize,
    /// How long her sessions of the last 14 days went on past it, on average; one that was not measured counts as none (min).
    pub usual_min: f64,
    /// The change of the milk made a day, after four weeks of five more minutes at every session (%); `null` where the log
    /// does not tell.
    pub effect: Option<Effect>,
    /// No trial has measured it.
    pub unproven: bool,
    /// In plain words.
    pub says: String,
}

/// Minutes more at every session.
const MORE_MIN: f64 = 5.0;
/// For so long, and the days behind over which milk is counted.
const FOR_DAYS: u32 = 28;
const COUNTED_DAYS: u32 = 3;
/// Draws that live through it.
const DRAWS: usize = 100;

pub(super) fn past_flow(given: &Given<'_>) -> PastFlowEffect {
    let reading = given.fitted.map_or_else(|| given.observed.reading(), |fitted| fitted.reading);
    let log = given.observed.fit_log(&reading);
    let (n_past, n_not) = log.as_ref().map_or((0, 0), past_and_not);
    let now_h = given.observed.hour_of(given.now());
    let usual_min = log.as_ref().map_or(0.0, |log| letdown_fit::past_flow::usual_min(log, now_h));
    let effect = effect(given, n_past);
    let is_told = log.as_ref().is_some_and(letdown_fit::past_flow::speaks);
    let says = says(effect.as_ref(), is_told, n_past, n_not);
    PastFlowEffect { n_past, n_not, usual_min: tenth(usual_min), effect, unproven: true, says }
}

fn effect(given: &Given<'_>, n_past: usize) -> Option<Effect> {
    let fitted = given.fitted.filter(|f| f.posterior.fitted().contains(&Trait::PastFlow))?;
    let draws = &fitted.posterior.draws;
    let above = draws.iter().filter(|d| d.get(Trait::PastFlow) > 0.0).count() as f64 / draws.len() as f64;
    Some(Effect {
        known: above.max(1.0 - above) >= CLAIM,
        percent: Percent::of_samples(&mut more_made(given)?),
        above_zero: thousandth(above),
        n: n_past,
        more: None,
    })
}

/// By how much more is made (log), draw by draw; `None` where her usual days hold no pump session.
fn more_made(given: &Given<'_>) -> Option<Vec<f64>> {
    let fitted = given.fitted?;
    let observed = given.observed;
    let log = observed.fit_log(&fitted.reading)?;
    let at_h = observed.hour_of(given.now());
    let as_it_is = Outlook::at(&fitted.posterior.thinned(DRAWS), &log, at_h);
    let longer = as_it_is.clone().longer_past_flow(MORE_MIN);
    let days = Habit::of(observed).typical(&observed.now, FOR_DAYS + COUNTED_DAYS);
    let plan = coming(observed, &days);
    let until_h = at_h + 24.0 * f64::from(FOR_DAYS);
    let weeks: Vec<Coming> = plan.iter().filter(|c| c.at_h <= until_h).copied().collect();
    let is_pumped = days.iter().any(|likely| likely.by != letdown_fit::steps::Remover::Baby);
    if !is_pumped || weeks.len() == plan.len() {
        return None;
    }
    let made_ml = |outlook: &Outlook| -> Vec<f64> {
        let (all, before) = (outlook.expected(&plan), outlook.expected(&weeks));
        all.iter().zip(&before).map(|(all, before)| all.made_ml - before.made_ml).collect()
    };
    let both = made_ml(&longer).into_iter().zip(made_ml(&as_it_is));
    Some(both.map(|(more, usual)| (more / usual.max(1e-9)).max(1e-9).ln()).collect())
}

fn says(effect: Option<&Effect>, is_told: bool, n_past: usize, n_not: usize) -> String {
    match effect {
        Some(effect) if effect.known => format!(
            "minutes past flow: for you {} milk a day after four weeks of {MORE_MIN:.0} more minutes at every session (from \
             {n_past} sessions that went on and {n_not} that did not; no trial has measured it, so take it as unproven)",
            effect.percent.words()
        ),
        _ if is_told => "minutes past flow: not known yet, and unproven. Sessions that are all alike cannot tell; weeks with and \
                    weeks without such minutes could. No trial has measured it"
            .to_owned(),
        _ if n_past + n_not == 0 => "minutes past flow: not known, and unproven. No trial has measured it, and no session \
                                        here tells when flow ended"
            .to_owned(),
        _ => format!(
            "minutes past flow: not known yet, and unproven. No trial has measured it; of your watched sessions {n_past} went \
             on past the end of flow and {n_not} did not, too few to compare"
        ),
    }
}
