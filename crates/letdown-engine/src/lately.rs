//! How right the forecasts of the last days were, each made from its own midnight, against what came.
//!
//! A quick look at her own past, with the fit in use: it has seen the days it is judged by, so this flatters a little, and
//! says so. What earlier days got wrong is put right as [`crate::forecast`] does it, from the days before each midnight. The
//! strict score, which fits anew at every midnight, is [`crate::backtest`].

use crate::{
    EngineError, Range,
    correction::{Correction, DAYS_BACK, Outcome, days_with_sessions, outcomes},
    numbers::tenth,
    observed::{Observed, Session},
    twin::Twin,
};
use jiff::{ToSpan, civil::Date};
use serde::Serialize;

/// The days that are looked at when none are said.
pub const USUAL_DAYS: u32 = 14;
/// How many draws forecast.
const DRAWS: usize = 60;

/// The forecasts of the last days, and what came.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lately {
    /// Whole days behind now that were looked at.
    pub days: u32,
    /// Every pump session of them with a volume, the oldest first.
    pub sessions: Vec<Was>,
    /// How many of them came within their likely range.
    pub within: usize,
    /// Mean distance of what came from the middle of the forecast (mL); `null` without sessions.
    pub mae_ml: Option<f64>,
    /// The whole in plain words.
    pub says: String,
}

/// One session that was forecast, and came.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Was {
    /// When it began.
    pub at: String,
    /// What was likely at its day's midnight (mL), rounded as she reads her bottles.
    pub likely_ml: Range,
    /// What came (mL).
    pub came_ml: f64,
    /// Whether it came within the likely range.
    pub within: bool,
}

/// The forecasts of the last `days` whole days, against what came.
///
/// # Errors
/// When the twin is not ready; a sentence says so.
pub fn lately(observed: &Observed, twin: &Twin, days: u32) -> Result<Lately, EngineError> {
    let fitted = twin.fitted()?;
    let sessions = match asked(observed, days) {
        None => Vec::new(),
        Some((from, last)) => {
            let first = observed.sessions.first().map_or(from, Session::day).saturating_add(2.days());
            let learned_from = from.saturating_sub(i64::from(DAYS_BACK).days()).max(first);
            let known = days_with_sessions(observed, learned_from, last);
            let posterior = fitted.posterior.thinned(DRAWS);
            let seen = outcomes(observed, &fitted.reading, &posterior, &known);
            days_with_sessions(observed, from.max(first), last)
                .into_iter()
                .flat_map(|day| of_day(observed, &seen, day))
                .collect()
        }
    };
    Ok(told(sessions, days))
}

/// The days asked for: today is not over.
fn asked(observed: &Observed, days: u32) -> Option<(Date, Date)> {
    let today = observed.now.timestamp().to_zoned_datetime(observed.zone()).date();
    (days > 0).then(|| (today.saturating_sub(i64::from(days).days()), today.saturating_sub(1.days())))
}

/// The sessions of a day, as its midnight saw them.
fn of_day(observed: &Observed, seen: &[Outcome], day: Date) -> Vec<Was> {
    let origin = observed.day_start(day);
    let rounding = observed.before(origin).reading().rounding;
    let correction = Correction::learned(seen, origin, rounding.step_ml());
    let was = |session: &Session| {
        let outcome = seen.iter().find(|o| o.root == session.root)?;
        let came_ml = outcome.output_ml?;
        let at = |p| rounding.round_ml(correction.quantile(outcome, p));
        let (low, high) = (at(0.1), at(0.9));
        Some(Was {
            at: session.at.to_string(),
            likely_ml: Range { p10: tenth(low), p50: tenth(at(0.5)), p90: tenth(high) },
            came_ml: tenth(came_ml),
            within: low <= came_ml && came_ml <= high,
        })
    };
    observed.sessions.iter().filter(|s| s.day() == day).filter_map(was).collect()
}

fn told(sessions: Vec<Was>, days: u32) -> Lately {
    let within = sessions.iter().filter(|s| s.within).count();
    let off: f64 = sessions.iter().map(|s| (s.came_ml - s.likely_ml.p50).abs()).sum();
    let mae_ml = (!sessions.is_empty()).then(|| tenth(off / sessions.len() as f64));
    let says = match mae_ml {
        None => format!(
            "No session with a volume in the last {days} days, so there is nothing to hold a forecast against."
        ),
        Some(mae_ml) => format!(
            "Of {} sessions in the last {days} days, {within} lay in their likely range (8 in 10 are meant to). On average the \
             forecast was {mae_ml:.0} mL off. Your newest fit has seen those days, so this flatters it a little.",
            sessions.len()
        ),
    };
    Lately { days, sessions, within, mae_ml, says }
}
