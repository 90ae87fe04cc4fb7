//! What the wire forms of all kinds share: reading times, volumes and lengths with errors that name the field.

use crate::{
    moment::{self, Moment},
    volume::Volume,
};
use serde::{Serialize, de::DeserializeOwned};

/// Why a text is not a body of its kind.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error(transparent)]
pub struct BodyError(#[from] Problem);

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(super) enum Problem {
    #[error("this is not a {kind} entry: {detail}")]
    NotThisKind { kind: String, detail: String },
    #[error("field {field}: {detail}")]
    Field { field: &'static str, detail: String },
}

pub(super) fn read<W: DeserializeOwned>(kind: &str, json: &str) -> Result<W, BodyError> {
    serde_json::from_str(json)
        .map_err(|e| Problem::NotThisKind { kind: kind.to_owned(), detail: e.to_string() }.into())
}

pub(super) fn write<W: Serialize>(wire: &W) -> String {
    // A wire form holds only text, finite numbers and maps with text keys, which always become JSON.
    serde_json::to_string(wire).unwrap_or_default()
}

fn field(field: &'static str, detail: impl std::fmt::Display) -> BodyError {
    Problem::Field { field, detail: detail.to_string() }.into()
}

pub(super) fn start(text: &str) -> Result<Moment, BodyError> {
    moment::parse(text, None).map(|placed| placed.at).map_err(|e| field("start", e))
}

pub(super) fn volume(
    name: &'static str,
    ml: Option<f64>,
    typed: Option<String>,
) -> Result<Option<Volume>, BodyError> {
    ml.map(|ml| Volume::from_wire(ml, typed).map_err(|e| field(name, e))).transpose()
}

/// The longest an event may be: a week. Longer ones are a slip of the pen, and no clock arithmetic should overflow.
pub(crate) const MAX_MINUTES: f64 = 7.0 * 24.0 * 60.0;

pub(super) fn minutes(name: &'static str, minutes: Option<f64>) -> Result<Option<f64>, BodyError> {
    match minutes {
        Some(m) if !(0.0..=MAX_MINUTES).contains(&m) => {
            Err(field(name, format!("{m} min must lie between 0 and {MAX_MINUTES} min")))
        }
        given => Ok(given),
    }
}

pub(super) fn grams(name: &'static str, grams: f64) -> Result<f64, BodyError> {
    if (0.0..=1_000_000.0).contains(&grams) {
        Ok(grams)
    } else {
        Err(field(name, format!("{grams} g is not a weight")))
    }
}
