//! Phases of a session, from milk second by second and the let-downs in it.

use crate::{
    found::{Found, LetDown, Phase, PhaseKind},
    series::{MilkSeries, Second},
};

/// Mean flow below which it has slowed (mL/s), the same as in a simulated session.
const SLOW_ML_PER_S: f64 = 0.05;
/// Over so long (s): longer than the lull between two let-downs of most women.
const SLOW_OVER_S: usize = 120;
/// Hardly a drop: less than this (mL) in [`HARDLY_OVER_S`].
const HARDLY_ML: f64 = 0.5;
const HARDLY_OVER_S: usize = 60;

/// Adds phases, and when flow had slowed, to what was found.
pub(crate) fn phases(series: &MilkSeries, found: &mut Found) {
    found.slowed_s = slowed(series, found.first_s).map(|second| series.t_s(second));
    let kinds = (0..series.seconds.len()).map(|second| kind(series, found, second));
    let mut phases: Vec<Phase> = Vec::new();
    for (second, kind) in kinds.enumerate() {
        let t_s = series.t_s(second) - 0.5;
        match phases.last_mut() {
            Some(last) if last.kind == kind => last.end_s = t_s + 1.0,
            _ => phases.push(Phase { kind, start_s: t_s, end_s: t_s + 1.0 }),
        }
    }
    if let Some(last) = phases.last_mut().filter(|last| last.kind == PhaseKind::Pause) {
        last.kind = PhaseKind::Ended;
    }
    found.phases = phases;
}

fn milk_ml(series: &MilkSeries, second: usize) -> f64 {
    series.seconds.get(second).copied().unwrap_or_default().milk_ml()
}

/// The first second at which flow had slowed after milk came.
fn slowed(series: &MilkSeries, first_s: Option<f64>) -> Option<usize> {
    let came = (first_s? - series.start_s).max(0.0) as usize;
    (came + SLOW_OVER_S..series.seconds.len()).find(|second| {
        let brought_ml = milk_ml(series, *second) - milk_ml(series, second - SLOW_OVER_S);
        brought_ml < SLOW_ML_PER_S * SLOW_OVER_S as f64
    })
}

fn kind(series: &MilkSeries, found: &Found, second: usize) -> PhaseKind {
    let t_s = series.t_s(second);
    let within = |let_down: &LetDown| let_down.onset_s <= t_s && t_s < let_down.end_s;
    if series.seconds[second].flags & Second::AWAY != 0 {
        PhaseKind::Pause
    } else if found.let_downs.iter().any(within) {
        PhaseKind::LetDown
    } else if found.first_s.is_none_or(|first_s| t_s < first_s) {
        PhaseKind::BeforeFirst
    } else if found.slowed_s.is_none_or(|slowed_s| t_s < slowed_s) {
        PhaseKind::Between
    } else if hardly(series, second) {
        PhaseKind::PastFlow
    } else {
        PhaseKind::Slowed
    }
}

fn hardly(series: &MilkSeries, second: usize) -> bool {
    let before = second.saturating_sub(HARDLY_OVER_S);
    second >= HARDLY_OVER_S && milk_ml(series, second) - milk_ml(series, before) < HARDLY_ML
}
