//! What was going on when, from taps.

use super::{Tap, What};
use crate::found::{LetDown, Phase, PhaseKind};

/// Phases from 0 s to `until_s`, which is no earlier than the last tap.
pub(super) fn phases(taps: &[Tap], let_downs: &[LetDown], until_s: f64) -> Vec<Phase> {
    let ends = let_downs.iter().flat_map(|let_down| [let_down.onset_s, let_down.end_s]);
    let mut cuts: Vec<f64> = taps.iter().map(|tap| tap.t_s).chain(ends).chain([0.0, until_s]).collect();
    cuts.retain(|t_s| *t_s <= until_s);
    cuts.sort_by(f64::total_cmp);
    cuts.dedup();
    let mut phases: Vec<Phase> = Vec::new();
    for (start_s, end_s) in cuts.iter().copied().zip(cuts.iter().copied().skip(1)) {
        let kind = kind_at(0.5 * (start_s + end_s), taps, let_downs);
        match phases.last_mut() {
            Some(before) if before.kind == kind => before.end_s = end_s,
            _ => phases.push(Phase { kind, start_s, end_s }),
        }
    }
    phases
}

/// What is said last counts; a pause is a pause whatever else is going on, and so on down.
fn kind_at(t_s: f64, taps: &[Tap], let_downs: &[LetDown]) -> PhaseKind {
    let last =
        |of: fn(&What) -> bool| taps.iter().rfind(|tap| tap.t_s < t_s && of(&tap.what)).map(|tap| tap.what);
    let came = let_downs.iter().rfind(|let_down| let_down.onset_s < t_s);
    let slowed_again = || {
        let slowed = taps.iter().rfind(|tap| tap.t_s < t_s && tap.what == What::Slowed);
        slowed.is_some_and(|slowed| came.is_none_or(|let_down| let_down.onset_s < slowed.t_s))
    };
    let has_milk = taps.iter().any(|tap| tap.t_s < t_s && matches!(tap.what, What::Mark { ml } if ml > 0.0));
    if last(|what| *what == What::Ended).is_some() {
        PhaseKind::Ended
    } else if last(|what| matches!(what, What::PauseBegins | What::PauseEnds)) == Some(What::PauseBegins) {
        PhaseKind::Pause
    } else if last(|what| matches!(what, What::MassageBegins | What::MassageEnds))
        == Some(What::MassageBegins)
    {
        PhaseKind::Massage
    } else if came.is_some_and(|let_down| t_s < let_down.end_s) {
        PhaseKind::LetDown
    } else if slowed_again() {
        PhaseKind::Slowed
    } else if came.is_some() || has_milk {
        PhaseKind::Between
    } else {
        PhaseKind::BeforeFirst
    }
}
