//! What a scale under the bottle, or her taps, saw of a session.

use super::{BodyError, Extra, rules::Number, wire};

/// A moment of a session (s since its start): no session is longer than six hours.
pub(super) const SECONDS: Number = Number(0.0, 21_600.0, " s");
const SPREAD_S: Number = Number(0.0, 3_600.0, " s");
const MILK: Number = Number(0.0, 10_000.0, " mL");
const FLOW: Number = Number(0.0, 10_000.0, " mL a minute");
const SHARE: Number = Number(0.0, 1.0, "");

/// The most let-downs of a session.
const MAX_LET_DOWNS: usize = 500;
/// The longest trace that an entry holds (letters): no body may outgrow a store.
pub(super) const MAX_TRACE: usize = 12_000;

/// A let-down of a pump session, as a scale or her taps saw it. What it brought is output.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenLetDown {
    /// When flow began to rise (s since the start of the session, 0 to 21,600).
    pub onset_s: f64,
    /// When it was over (s since the start of the session, not before `onset_s`).
    pub end_s: f64,
    /// What it brought (mL, 0 to 10,000), where anything tells it.
    pub volume_ml: Option<f64>,
    /// The strongest flow (mL/min, 0 to 10,000), where anything tells it.
    pub peak_ml_per_min: Option<f64>,
    /// How likely it is one (0 to 1).
    pub confidence: Option<f64>,
    /// One standard deviation of `onset_s` (s, 0 to 3,600).
    pub onset_sd_s: Option<f64>,
    /// One standard deviation of `volume_ml` (mL, 0 to 10,000).
    pub volume_sd_ml: Option<f64>,
    /// Fields of a newer version.
    pub extra: Extra,
}

wire::part!(SeenLetDown {
    onset_s: SECONDS,
    end_s: SECONDS,
    volume_ml: MILK,
    peak_ml_per_min: FLOW,
    confidence: SHARE,
    onset_sd_s: SPREAD_S,
    volume_sd_ml: MILK,
});

impl SeenLetDown {
    /// Why these are not the let-downs of a session: too many, one that ends before it begins, two out of order.
    pub(super) fn check(all: &[Self]) -> Result<(), String> {
        if all.len() > MAX_LET_DOWNS {
            return Err(format!("{} are more than the {MAX_LET_DOWNS} of a session", all.len()));
        }
        if let Some(let_down) = all.iter().find(|let_down| let_down.end_s < let_down.onset_s) {
            let Self { onset_s, end_s, .. } = let_down;
            return Err(format!("one begins at {onset_s} s and ends before that, at {end_s} s"));
        }
        let late = all.iter().zip(all.iter().skip(1)).find(|(one, next)| next.onset_s < one.onset_s);
        late.map_or(Ok(()), |(one, next)| {
            Err(format!("the one at {} s stands behind the one at {} s", next.onset_s, one.onset_s))
        })
    }
}
