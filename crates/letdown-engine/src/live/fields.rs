//! The fields of the entry of a session that was watched.

use crate::{EngineError, error::Problem, numbers::tenth};
use letdown_journal::body::Extra;
use letdown_trace::{
    found::{Found, LetDown},
    packed,
    taps::{self, Tap, What},
    watch::{self, Watch},
};
use serde_json::{Value, json};

/// The longest trace that an entry holds (letters).
const MAX_TRACE: usize = 12_000;

/// What a scale tells of a session, as fields of its entry. It has [ended](Watch::end); its clock began with the session.
pub fn scale_fields(watch: &Watch, minutes: f64) -> Extra {
    let found = watch.found();
    let trace = packed::pack(&watch.series()).ok();
    let total_ml = Some(tenth(found.total_ml));
    fields(&found, minutes, total_ml, trace, watch::DETECTOR)
}

pub(super) fn of_scale(watch: &mut Watch, now_s: f64) -> Extra {
    watch.end();
    scale_fields(watch, now_s / 60.0)
}

pub(super) fn of_taps(taps: &[Tap], now_s: f64) -> Result<Extra, EngineError> {
    let mut taps = taps.to_vec();
    if !taps.iter().any(|tap| tap.what == What::Ended) {
        taps.push(Tap { t_s: now_s, what: What::Ended });
    }
    let found = taps::found(&taps).map_err(|e| Problem::Request(e.to_string()))?;
    let has_marks = taps.iter().any(|tap| matches!(tap.what, What::Mark { .. }));
    let total_ml = has_marks.then_some(tenth(found.total_ml));
    Ok(fields(&found, now_s / 60.0, total_ml, Some(taps::write(&taps)), taps::DETECTOR))
}

fn fields(
    found: &Found,
    minutes: f64,
    total_ml: Option<f64>,
    trace: Option<String>,
    detector: &str,
) -> Extra {
    let let_downs: Vec<Value> = found.let_downs.iter().map(let_down).collect();
    let fields = [
        ("minutes", Some(tenth(minutes).into())),
        ("total_ml", total_ml.map(Value::from)),
        ("let_downs", Some(let_downs).filter(|all| !all.is_empty()).map(Value::from)),
        ("slowed_s", found.slowed_s.map(|t_s| tenth(t_s.max(0.0)).into())),
        ("trace", trace.filter(|trace| trace.len() <= MAX_TRACE).map(Value::from)),
        ("detector", Some(detector.into())),
    ];
    fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

/// To what a scale can tell; what nothing tells is left out.
fn let_down(seen: &LetDown) -> Value {
    let onset_s = tenth(seen.onset_s.max(0.0));
    let mut fields = json!({ "onset_s": onset_s, "end_s": tenth(seen.end_s).max(onset_s) });
    let known = [
        ("volume_ml", tenth(seen.volume_ml), seen.has_volume()),
        ("peak_ml_per_min", tenth(seen.peak_ml_per_min), seen.peak_ml_per_min > 0.0),
        ("confidence", (100.0 * seen.confidence).round() / 100.0, true),
        ("onset_sd_s", tenth(seen.onset_sd_s), true),
        ("volume_sd_ml", tenth(seen.volume_sd_ml), seen.has_volume()),
    ];
    if let Some(fields) = fields.as_object_mut() {
        let known = known.into_iter().filter(|(_, value, is_known)| *is_known && value.is_finite());
        fields.extend(known.map(|(name, value, _)| (name.to_owned(), value.into())));
    }
    fields
}
