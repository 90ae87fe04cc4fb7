//! What she says of an entry, made into its body: times in her zone, amounts as typed, and nothing that a kind does not
//! have.

use crate::{EngineError, error::Problem};
use letdown_journal::{
    body::{Body, Extra, Weight},
    doubt::CONFIRMED,
    moment::{self, Moment},
    volume::Volume,
};
use serde_json::Value;

/// The body of a new entry of a kind. `fields` are those of its wire form; without `start` it has just ended.
pub(crate) fn logged(kind: &str, mut fields: Extra, now: &Moment) -> Result<Body, EngineError> {
    let has_ended = settle(&mut fields, now)?;
    fields.retain(|_, value| !value.is_null());
    if !has_ended {
        fields.insert("start".into(), now.to_string().into());
    }
    let body = read(kind, &fields, &Extra::new())?;
    if has_ended {
        return Ok(body);
    }
    fields.insert("start".into(), just_ended(now, body.minutes()).to_string().into());
    read(kind, &fields, &Extra::new())
}

/// A standing body with some of its fields changed; `null` takes one away.
pub(crate) fn changed(
    kind: &str,
    standing: &str,
    mut fields: Extra,
    now: &Moment,
) -> Result<Body, EngineError> {
    let mut all: Extra = serde_json::from_str(standing).map_err(|e| Problem::Request(e.to_string()))?;
    let known = Body::read(kind, standing).ok().flatten();
    settle(&mut fields, now)?;
    // What she said to be right was said of the values that stood then.
    if fields.keys().any(|name| name != "note") {
        all.remove(CONFIRMED);
    }
    for (name, value) in fields {
        // An amount that changes is no longer what was typed before, unless that is said anew behind it.
        if let Some(typed) = typed_beside(&name) {
            all.remove(&typed);
        }
        all.insert(name, value);
    }
    all.retain(|_, value| !value.is_null());
    read(kind, &all, known.as_ref().map_or(&Extra::new(), Body::extra))
}

/// Reads times, amounts as typed, and leaves empty texts out. Says whether there is a start.
fn settle(fields: &mut Extra, now: &Moment) -> Result<bool, EngineError> {
    if fields.contains_key("source") {
        return Err(refused("source", "only an import writes it"));
    }
    for value in fields.values_mut() {
        if value.as_str().is_some_and(|text| text.trim().is_empty()) {
            *value = Value::Null;
        }
    }
    let typed: Vec<String> = fields.keys().filter(|name| name.ends_with("_typed")).cloned().collect();
    for name in typed {
        convert(fields, &name)?;
    }
    let Some(start) = fields.get("start").and_then(Value::as_str) else { return Ok(false) };
    let start = moment::parse(start, Some(now.time_zone()))?.at;
    fields.insert("start".into(), start.to_string().into());
    Ok(true)
}

/// The amount that an amount as typed is, unless it is said as well.
fn convert(fields: &mut Extra, typed: &str) -> Result<(), EngineError> {
    let stem = typed.trim_end_matches("typed");
    let (ml, g) = (format!("{stem}ml"), format!("{stem}g"));
    let Some(text) = fields.get(typed).and_then(Value::as_str) else { return Ok(()) };
    if fields.contains_key(&ml) || fields.contains_key(&g) {
        return Ok(());
    }
    if typed == "weight_typed" {
        let grams = Weight::grams_of(text);
        let what =
            || refused(typed, format_args!("{text:?} is not a weight; write it like 4.12 kg or 9 lb 2 oz"));
        let grams = grams.ok_or_else(what)?;
        fields.insert(g, grams.into());
    } else {
        let volume = Volume::read(text).map_err(|e| refused(typed, e))?;
        fields.insert(ml, volume.as_ml().into());
        fields.insert(typed.to_owned(), volume.as_typed().into());
    }
    Ok(())
}

fn typed_beside(name: &str) -> Option<String> {
    let stem = name.strip_suffix("_ml").or_else(|| name.strip_suffix("_g"))?;
    Some(format!("{stem}_typed"))
}

/// The body, when it says nothing that its kind does not have but what it already said.
fn read(kind: &str, fields: &Extra, known: &Extra) -> Result<Body, EngineError> {
    let json = Value::Object(fields.clone()).to_string();
    let body = Body::read(kind, &json).map_err(|e| Problem::Request(e.to_string()))?;
    let body = body.ok_or_else(|| {
        Problem::Request(format!("{kind:?} is not a kind of entry; there are {}", Body::KINDS.join(", ")))
    })?;
    let is_known = |(name, value): &(&String, &Value)| {
        known.contains_key(*name) || (*name == CONFIRMED && value.is_boolean())
    };
    match body.extra().iter().find(|field| !is_known(field)).map(|(name, _)| name) {
        Some(name) => Err(refused(name, format_args!("a {kind} entry has no such field"))),
        None => Ok(body),
    }
}

/// The start of what ends now.
fn just_ended(now: &Moment, minutes: Option<f64>) -> Moment {
    let length = jiff::SignedDuration::try_from_secs_f64(60.0 * minutes.unwrap_or(0.0)).unwrap_or_default();
    now.saturating_sub(length)
}

fn refused(field: &str, why: impl std::fmt::Display) -> EngineError {
    Problem::Request(format!("field {field}: {why}")).into()
}
