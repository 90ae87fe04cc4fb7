//! Plans that go by what babies may drink: the way home from hospital, and more milk for two or more.
//!
//! The amount is what all of them may drink ([`super::needs`]), to have ready; an amount that she says goes before. Where
//! pump and baby take as much already, it is held.

use super::{
    Base,
    answer::Reason,
    request::{Goal, Request},
    score::Aim,
    women::Lived,
};
use crate::numbers::mean;

/// A request for which it matters what babies drink.
pub(super) fn asked(request: &Request) -> bool {
    request.goal == Goal::Home || request.babies.is_some()
}

/// What is aimed at: to have as much ready, or to hold what there is.
pub(super) fn aim(base: &Base<'_>, as_now: &Lived) -> Option<Aim> {
    let ml = target_ml(base)?;
    let enough = ml <= mean(&as_now.removed_ml);
    Some(if enough { Aim::Kept(super::HELD) } else { Aim::Taken(ml) })
}

/// The amount (mL a day), to the next ten; `None` where it does not go by babies.
pub(super) fn target_ml(base: &Base<'_>) -> Option<f64> {
    let needs = base.needs.as_ref()?;
    Some(base.request.to_ml.unwrap_or_else(|| (needs.ml_per_day.p50 / 10.0).round() * 10.0))
}

/// How the day is told: what they may drink, and whether that is there.
pub(super) fn says(base: &Base<'_>, aim: Aim) -> Option<String> {
    let needs = base.needs.as_ref()?;
    let held = match aim {
        Aim::Kept(_) => " You have about as much already, so this plan holds it.",
        _ => "",
    };
    Some(format!("{}{held}", needs.says))
}

/// Where the rest may come from, when the plan does not reach what they may drink.
pub(super) fn elsewhere(base: &Base<'_>, reaches: Option<bool>) -> Option<Reason> {
    (base.needs.is_some() && reaches == Some(false)).then(|| Reason {
        text: "What is not there by then can come from elsewhere, such as donor milk or formula. Every drop of yours counts. \
               Ask your clinic how."
            .into(),
        source: "docs/plan.md",
        grade: "care",
    })
}

/// Why the amount is so, and what changes on the day.
pub(super) fn reasons(base: &Base<'_>) -> Vec<Reason> {
    let Some(needs) = &base.needs else { return Vec::new() };
    let mut reasons = Vec::new();
    let mut say = |text: &str, source, grade| reasons.push(Reason { text: text.into(), source, grade });
    if base.request.to_ml.is_none() {
        say(
            "The amount is what babies of that age drank in 167 studies, by weight. What your baby drinks, only feeds and \
             weights can tell.",
            "Rios-Leyvraz, Yao 2023, doi 10.1089/bfm.2022.0281 (intake.rios23)",
            "measured",
        );
    }
    if needs.born_early {
        say(
            "A baby born early drinks by a number of its clinic. It is often 150 to 180 mL a day for each kilogram. That \
             number goes before this one.",
            "ESPGHAN 2022, doi 10.1097/MPG.0000000000003642 (intake.espghan22)",
            "care",
        );
    }
    if !base.hers.nursings.is_empty() {
        say("What the model lets your baby take at the breast counts toward it.", "docs/plan.md", "model");
    }
    if base.request.goal == Goal::Home {
        say(
            "From that day on feeds do part of what the pump does now. Go on with the pump after feeds until weights show \
             that your baby drinks what it needs. Then let one pump session go at a time.",
            "docs/plan.md",
            "care",
        );
        say(
            "If milk comes for the pump and not yet at the breast, go on with the goal retrain.",
            "docs/retraining.md",
            "care",
        );
    }
    reasons
}
