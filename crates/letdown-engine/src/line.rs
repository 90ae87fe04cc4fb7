//! A line of the log, as a screen lists it, and the search for lines.

use crate::{EngineError, example, numbers::tenth, says::says, standing::Standing};
use jiff::{Timestamp, civil::Date};
use letdown_journal::{
    body::Body,
    doubt::doubts,
    entry::Op,
    fold::{Fact, Folded},
    moment::{self, Moment},
    volume::Output,
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// One line of the log, as a screen lists it.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the fields of the entry kinds, flat")]
pub struct Line {
    pub root: String,
    pub kind: String,
    pub at: String,
    pub minutes: Option<f64>,
    pub output_ml: Option<f64>,
    pub left_ml: Option<f64>,
    pub right_ml: Option<f64>,
    pub intake_ml: Option<f64>,
    pub milk: Option<String>,
    pub weight_g: Option<f64>,
    pub weight_typed: Option<String>,
    pub wet: Option<bool>,
    pub soiled: Option<bool>,
    pub note: Option<String>,
    pub example: bool,
    pub flags: Vec<String>,
    /// What it says, in plain words.
    pub says: String,
    /// Whether it once said something else.
    pub edited: bool,
    /// The app it came from, when it was imported.
    pub imported_from: Option<String>,
    /// The body as it stands.
    pub body: Box<RawValue>,
}

/// Which lines to find. What is left out does not narrow.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Query {
    /// The first day, `2026-11-24`, or a time.
    pub from: Option<String>,
    /// The last day, whole, or the time behind the last.
    pub to: Option<String>,
    /// Text in the kind, the plain words or the note, in either case.
    pub text: Option<String>,
    /// Only this kind.
    pub kind: Option<String>,
    /// So many of the newest are left out.
    pub skip: usize,
    /// At most so many.
    pub limit: Option<usize>,
}

/// The lines that a query finds, the newest first.
///
/// # Errors
/// When a day or a time is none.
pub(crate) fn find(
    journal: &Folded,
    standing: &Standing,
    query: &Query,
    now: &Moment,
) -> Result<Vec<Line>, EngineError> {
    let from = query.from.as_deref().map(|text| edge(text, false, now)).transpose()?;
    let to = query.to.as_deref().map(|text| edge(text, true, now)).transpose()?;
    let wanted = query.text.as_deref().unwrap_or_default().trim().to_lowercase();
    let within = |at: Timestamp| from.is_none_or(|from| from <= at) && to.is_none_or(|to| at < to);
    let lines = standing
        .newest_first()
        .filter(|reading| query.kind.as_ref().is_none_or(|kind| *kind == reading.entry().kind))
        .filter(|reading| reading.at().is_some_and(within))
        .filter(|reading| wanted.is_empty() || reading.words().contains(&wanted))
        .filter_map(|reading| Some((journal.fact(reading.entry().root)?, reading.body().ok()??)));
    let wanted = lines.skip(query.skip).take(query.limit.unwrap_or(usize::MAX));
    Ok(wanted.map(|(fact, body)| line(fact, body, now)).collect())
}

/// A day, whole, or a time: the instant at which it begins, or for the end of a window the one behind it.
fn edge(text: &str, end: bool, now: &Moment) -> Result<Timestamp, EngineError> {
    let day = text.parse::<Date>().ok().filter(|day| day.to_string() == text);
    let Some(day) = day else { return Ok(moment::parse(text, Some(now.time_zone()))?.at.timestamp()) };
    let day = if end { day.tomorrow().unwrap_or(day) } else { day };
    Ok(moment::place(day.at(0, 0, 0, 0), now.time_zone()).at.timestamp())
}

impl Line {
    /// Whether its kind, its words or its note hold a text in small letters.
    pub fn holds(&self, wanted: &str) -> bool {
        let note = self.note.as_deref().unwrap_or_default();
        wanted.is_empty() || format!("{}\n{}\n{note}", self.kind, self.says).to_lowercase().contains(wanted)
    }
}

fn line(fact: &Fact, body: &Body, now: &Moment) -> Line {
    let entry = fact.newest();
    let ml = |output: Option<&Output>| output.map(|output| tenth(output.as_ml()));
    let was = |version: &&letdown_journal::entry::Entry| version.op == Op::Put;
    let line = Line {
        root: entry.root.to_string(),
        kind: entry.kind.clone(),
        at: body.start().to_string(),
        minutes: body.minutes(),
        output_ml: None,
        left_ml: None,
        right_ml: None,
        intake_ml: None,
        milk: None,
        weight_g: None,
        weight_typed: None,
        wet: None,
        soiled: None,
        note: body.note().map(str::to_owned),
        example: example::is_marked(entry.body.get()),
        flags: doubts(body, now.timestamp()).iter().map(ToString::to_string).collect(),
        says: says(body),
        edited: fact.versions().iter().filter(was).any(|version| version.body.get() != entry.body.get()),
        imported_from: body.source().map(|source| source.app.clone()),
        body: entry.body.clone(),
    };
    match body {
        Body::Pump(p) => Line {
            output_ml: p.output_ml().map(tenth),
            left_ml: ml(p.left.as_ref()),
            right_ml: ml(p.right.as_ref()),
            ..line
        },
        Body::Hand(h) => Line {
            output_ml: h.output_ml().map(tenth),
            left_ml: ml(h.left.as_ref()),
            right_ml: ml(h.right.as_ref()),
            ..line
        },
        Body::Nurse(n) => Line { intake_ml: n.intake_ml().map(tenth), ..line },
        Body::Bottle(b) => Line {
            intake_ml: b.intake.as_ref().map(|i| tenth(i.as_ml())),
            milk: Some(b.milk.as_str().to_owned()),
            ..line
        },
        Body::Weight(w) => Line { weight_g: Some(tenth(w.weight_g)), weight_typed: w.typed.clone(), ..line },
        Body::Diaper(d) => Line { wet: Some(d.wet), soiled: Some(d.soiled), ..line },
        _ => line,
    }
}
