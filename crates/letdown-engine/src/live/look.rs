//! What a screen shows of a session that goes on.

use crate::{EngineError, error::Problem, numbers::tenth};
use letdown_trace::{
    found::{Found, LetDown, PhaseKind, off_ml},
    series::MilkSeries,
    taps::{self, Tap, What},
    watch::Watch,
};
use serde::Serialize;

/// Half of the time over which a flow is looked at (s): a drop is no flow.
const AROUND: usize = 4;

/// A session as it stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Look {
    /// How long it has gone on (s).
    pub elapsed_s: f64,
    /// Milk so far (mL), where anything tells it.
    pub milk_ml: Option<f64>,
    /// It is no farther off than this (mL), 19 times in 20.
    pub milk_off_ml: Option<f64>,
    /// What is going on: `before_first`, `let_down`, `between`, `slowed`, `past_flow`, `massage`, `pause`, `ended`.
    pub phase: &'static str,
    /// Its let-downs so far, in order.
    pub let_downs: Vec<SeenNow>,
    /// When milk first came (s).
    pub first_s: Option<f64>,
    /// When flow had first slowed (s).
    pub slowed_s: Option<f64>,
    /// The flow (mL/min), one a second from the start on; empty without a scale.
    pub flow: Vec<f64>,
    /// Whether nothing more can come: the simulated session is over.
    pub is_over: bool,
}

/// A let-down so far.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SeenNow {
    /// When it began (s).
    pub onset_s: f64,
    /// When it was over, or the present (s).
    pub end_s: f64,
    /// What it brought (mL), where anything tells it.
    pub volume_ml: Option<f64>,
    /// It is no farther off than this (mL), 19 times in 20.
    pub volume_off_ml: Option<f64>,
    /// How likely it is one (0 to 1).
    pub confidence: f64,
    /// Whether it goes on.
    pub goes_on: bool,
}

pub(super) fn at_scale(watch: &Watch, now_s: f64) -> Look {
    let found = watch.found();
    let series = watch.series();
    let look = of(&found, now_s, series.end_s());
    let milk_off_ml = Some(tenth(off_ml(found.total_sd_ml)));
    Look { milk_ml: Some(tenth(watch.total_ml())), milk_off_ml, flow: flow(&series), ..look }
}

pub(super) fn at_taps(taps: &[Tap], now_s: f64) -> Result<Look, EngineError> {
    let found = taps::found_until(taps, now_s).map_err(|e| Problem::Request(e.to_string()))?;
    let has_marks = taps.iter().any(|tap| matches!(tap.what, What::Mark { .. }));
    let known = |ml: f64| has_marks.then_some(tenth(ml));
    let (milk_ml, milk_off_ml) = (known(found.total_ml), known(off_ml(found.total_sd_ml)));
    Ok(Look { milk_ml, milk_off_ml, ..of(&found, now_s, f64::INFINITY) })
}

/// A let-down that reaches to the last second that was seen goes on, though no second lies within its end yet.
fn of(found: &Found, now_s: f64, seen_until_s: f64) -> Look {
    let told = found.phases.last().map_or(PhaseKind::BeforeFirst, |phase| phase.kind);
    let is_still = matches!(told, PhaseKind::Pause | PhaseKind::Massage | PhaseKind::Ended);
    let reaches = found.let_downs.last().is_some_and(|last| seen_until_s - 1.0 <= last.end_s);
    let phase = if reaches && !is_still { PhaseKind::LetDown } else { told };
    let last = found.let_downs.len().wrapping_sub(1);
    let seen = |(i, let_down): (usize, &LetDown)| {
        let goes_on = i == last && (phase == PhaseKind::LetDown || (told == PhaseKind::Massage && reaches));
        SeenNow {
            onset_s: tenth(let_down.onset_s),
            end_s: tenth(if goes_on { now_s.max(let_down.onset_s) } else { let_down.end_s }),
            volume_ml: let_down.has_volume().then_some(tenth(let_down.volume_ml)),
            volume_off_ml: let_down.has_volume().then_some(tenth(let_down.volume_off_ml())),
            confidence: let_down.confidence,
            goes_on,
        }
    };
    Look {
        elapsed_s: tenth(now_s),
        milk_ml: None,
        milk_off_ml: None,
        phase: phase.name(),
        let_downs: found.let_downs.iter().enumerate().map(seen).collect(),
        first_s: found.first_s.map(tenth),
        slowed_s: found.slowed_s.map(tenth),
        flow: Vec::new(),
        is_over: false,
    }
}

/// The flow around each second (mL/min), from 0 s on.
fn flow(series: &MilkSeries) -> Vec<f64> {
    let milk_ml: Vec<f64> = series.seconds.iter().map(|second| second.milk_ml()).collect();
    let silent = series.start_s.clamp(0.0, 3_600.0) as usize;
    let around = |i: usize| {
        let (from, to) = (i.saturating_sub(AROUND), (i + AROUND).min(milk_ml.len() - 1));
        let rise_ml = milk_ml.get(to).zip(milk_ml.get(from)).map_or(0.0, |(to, from)| to - from);
        tenth((60.0 * rise_ml / (to - from).max(1) as f64).max(0.0))
    };
    std::iter::repeat_n(0.0, silent).chain((0..milk_ml.len()).map(around)).collect()
}
