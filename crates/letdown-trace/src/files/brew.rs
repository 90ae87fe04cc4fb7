//! Beanconqueror's record of a brew: `brewFlow.weight` or, in a file of the flow alone, `weight`, a list of
//! `{timestamp, actual_weight, ...}`.
//!
//! `timestamp` is a clock time without a date. `actual_weight` is what stood on the scale; the smoothed series beside it
//! has been seen to stand still or to jump, and `brew_time` counts tenths behind the point without a leading zero, so
//! neither is read.

use super::{
    Format, Log, MAX_MASS_G, MAX_ROWS,
    clock::{self, Days},
    unit, within_span,
};
use crate::{error::Problem, reading::Reading};
use serde::Deserialize;
use serde_json::{Value, value::RawValue};
use std::collections::BTreeMap;

type Object<'a> = BTreeMap<String, &'a RawValue>;

#[derive(Deserialize)]
struct Sample {
    timestamp: Option<Value>,
    actual_weight: Option<Value>,
}

pub(super) fn read(file: &str, text: &str) -> Result<Log, Problem> {
    let not_json = |e: &serde_json::Error| Problem::NotJson { file: file.to_owned(), line: e.line() };
    let no_weights = || Problem::NoWeights { file: file.to_owned() };
    let whole: &RawValue = serde_json::from_str(text).map_err(|e| not_json(&e))?;
    let samples = samples(whole.get()).ok_or_else(no_weights)?;
    if samples.len() > MAX_ROWS {
        return Err(Problem::TooManyRows { file: file.to_owned() });
    }
    let mut times = Days::default();
    let mut first_s = None;
    let mut readings = Vec::with_capacity(samples.len());
    for (i, sample) in samples.iter().enumerate() {
        let sample = Named { file, row: i + 1, sample };
        let t_s = times.lay(sample.clock_s()?);
        let first_s = *first_s.get_or_insert(t_s);
        within_span(file, i + 1, first_s, t_s)?;
        readings.push(Reading { t_s: t_s - first_s, mass_g: sample.mass_g()? });
    }
    if readings.is_empty() {
        return Err(Problem::NoReadings { file: file.to_owned() });
    }
    Ok(Log { format: Format::Beanconqueror, readings, sides: None, remarks: Vec::new() })
}

/// The list of weights, wherever it is.
fn samples(json: &str) -> Option<Vec<Sample>> {
    let whole = serde_json::from_str::<Object<'_>>(json).ok()?;
    let flow = whole.get("brewFlow").and_then(|flow| serde_json::from_str::<Object<'_>>(flow.get()).ok());
    let in_flow = flow.and_then(|flow| flow.get("weight").copied());
    let list = in_flow.or_else(|| whole.get("weight").copied())?;
    serde_json::from_str(list.get()).ok()
}

/// A sample, and where it stands.
struct Named<'a> {
    file: &'a str,
    row: usize,
    sample: &'a Sample,
}

impl Named<'_> {
    fn clock_s(&self) -> Result<f64, Problem> {
        const FIELD: &str = "timestamp";
        let value = self.field(FIELD, self.sample.timestamp.as_ref())?;
        let clock_s = value.as_str().and_then(|text| clock::seconds(text, false));
        clock_s.ok_or_else(|| self.not(FIELD, value, "a clock time like 17:18:21.961"))
    }

    fn mass_g(&self) -> Result<f64, Problem> {
        const FIELD: &str = "actual_weight";
        let value = self.field(FIELD, self.sample.actual_weight.as_ref())?;
        let mass_g = value.as_f64().or_else(|| value.as_str().and_then(|text| unit::number(text, false)));
        let mass_g = mass_g.ok_or_else(|| self.not(FIELD, value, "a mass in grams"))?;
        if mass_g.abs() <= MAX_MASS_G {
            Ok(mass_g)
        } else {
            Err(self.not(FIELD, value, "a mass that a kitchen scale can carry (20 kg)"))
        }
    }

    fn field<'v>(&self, field: &'static str, value: Option<&'v Value>) -> Result<&'v Value, Problem> {
        value.ok_or_else(|| Problem::NoField { file: self.file.to_owned(), row: self.row, field })
    }

    fn not(&self, field: &'static str, value: &Value, what: &'static str) -> Problem {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        Problem::Field { file: self.file.to_owned(), row: self.row, field, text, what }
    }
}
