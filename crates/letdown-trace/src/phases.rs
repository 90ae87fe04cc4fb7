//! Phases of a session, from milk second by second and the let-downs in it.

use crate::{
    found::{Found, LetDown, Phase, PhaseKind},
    massage::massaged,
    series::{MilkSeries, Second},
    standing::stood,
    total::total_sd_ml,
};

/// Mean flow below which it has slowed (mL/s), the same as in a simulated session.
const SLOW_ML_PER_S: f64 = 0.05;
/// Over so long (s): longer than the lull between two let-downs of most women.
const SLOW_OVER_S: usize = 120;
/// Hardly a drop: less than this (mL) in [`HARDLY_OVER_S`].
const HARDLY_ML: f64 = 0.5;
const HARDLY_OVER_S: usize = 60;

/// Adds phases, when flow had slowed, and how sure the total is, to what was found.
pub(crate) fn phases(series: &MilkSeries, found: &mut Found) {
    found.total_sd_ml = total_sd_ml(series);
    found.slowed_s = slowed(series, found.first_s).map(|second| series.t_s(second));
    let (start_s, end_s) = (series.start_s - 0.5, series.end_s() + 0.5);
    let mut phases: Vec<Phase> = Vec::new();
    let (massaged, stood) = (massaged(series), stood(series));
    let mut hardly = false;
    for second in 0..series.seconds.len() {
        hardly = hardly_flows(series, second, hardly);
        let at = |told: &[bool]| told.get(second).copied().unwrap_or_default();
        let kind = match (is_away(series, second) || at(&stood), at(&massaged)) {
            (true, _) => PhaseKind::Pause,
            (false, true) => PhaseKind::Massage,
            (false, false) => kind(series, found, second, hardly),
        };
        let from_s = if second == 0 { start_s } else { change_s(found, series.t_s(second)) };
        match phases.last_mut() {
            Some(last) if last.kind == kind => {}
            last => {
                if let Some(last) = last {
                    last.end_s = from_s;
                }
                phases.push(Phase { kind, start_s: from_s, end_s });
            }
        }
    }
    if let Some(last) = phases.last_mut().filter(|last| last.kind == PhaseKind::Pause) {
        last.kind = PhaseKind::Ended;
    }
    found.phases = phases;
}

/// When a phase changes about a second: with the let-down that begins or ends there, else half a second before.
fn change_s(found: &Found, t_s: f64) -> f64 {
    let bounds = found.let_downs.iter().flat_map(|let_down| [let_down.onset_s, let_down.end_s]);
    bounds.into_iter().find(|bound_s| t_s - 1.0 < *bound_s && *bound_s <= t_s).unwrap_or(t_s - 0.5)
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

fn is_away(series: &MilkSeries, second: usize) -> bool {
    series.seconds.get(second).is_some_and(|second| second.flags & Second::AWAY != 0)
}

fn kind(series: &MilkSeries, found: &Found, second: usize, hardly: bool) -> PhaseKind {
    let t_s = series.t_s(second);
    let within = |let_down: &LetDown| let_down.onset_s <= t_s && t_s < let_down.end_s;
    if found.let_downs.iter().any(within) {
        PhaseKind::LetDown
    } else if found.first_s.is_none_or(|first_s| t_s < first_s) {
        PhaseKind::BeforeFirst
    } else if found.slowed_s.is_none_or(|slowed_s| t_s < slowed_s) {
        PhaseKind::Between
    } else if hardly {
        PhaseKind::PastFlow
    } else {
        PhaseKind::Slowed
    }
}

/// Whether hardly a drop comes; once so, more must come before it is not so any more.
fn hardly_flows(series: &MilkSeries, second: usize, so_far: bool) -> bool {
    let before = second.saturating_sub(HARDLY_OVER_S);
    let came_ml = milk_ml(series, second) - milk_ml(series, before);
    second >= HARDLY_OVER_S && came_ml < if so_far { 2.0 * HARDLY_ML } else { HARDLY_ML }
}
