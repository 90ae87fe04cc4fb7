//! One table of the standing facts, for a spreadsheet and for our own import (RFC 4180).
//!
//! `kind,start,` and then every field that some fact has: those of [`KNOWN`] in that order, then the others by name.
//! `source` stays behind: where a fact came from is not what it says. What cannot be a column of its own goes into the
//! last one, [`MORE`], as one object.

use super::cell;
use crate::{entry::Entry, moment};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// The order of the fields that tables of every journal share.
const KNOWN: [&str; 21] = [
    "minutes",
    "left_minutes",
    "right_minutes",
    "left_ml",
    "left_typed",
    "right_ml",
    "right_typed",
    "total_ml",
    "total_typed",
    "intake_ml",
    "intake_typed",
    "milk",
    "weight_g",
    "weight_typed",
    "wet",
    "soiled",
    "stints",
    "techniques",
    "baby",
    "example",
    "note",
];

/// The column of the fields that are no columns: an object.
pub(crate) const MORE: &str = "more";

/// Where a fact came from; never part of a table.
pub(crate) const SOURCE: &str = "source";

/// Our own columns, and those by which an import knows the tables of other apps.
const TAKEN: [&str; 7] = ["kind", "start", SOURCE, MORE, "time", "child_id", "child_first_name"];

/// The most fields that become columns; an import reads 200 columns.
const MOST: usize = 180;

/// The table of `facts`, in their order. Lines end in CR LF.
pub fn table(facts: &[&Entry]) -> String {
    let rows: Vec<Fields> = facts.iter().map(|fact| fields(fact)).collect();
    let columns = columns(&rows);
    let has_more = rows.iter().any(|row| row.keys().any(|name| !columns.contains(&name.as_str())));
    let mut header = vec!["kind", "start"];
    header.extend(&columns);
    header.extend(has_more.then_some(MORE));
    let mut table = record(header.iter().map(|name| (*name).to_owned()));
    for (fact, row) in facts.iter().zip(&rows) {
        table.push_str(&record(cells(fact, row, &columns, has_more).into_iter()));
    }
    table
}

type Fields = Map<String, Value>;

/// What a fact says, without its source.
fn fields(fact: &Entry) -> Fields {
    let mut fields: Fields = serde_json::from_str(fact.body.get()).unwrap_or_default();
    fields.remove(SOURCE);
    if fields.get("start").is_some_and(Value::is_string) {
        // A start that is text is in its own column; any other is no start, and kept like an unknown field.
        fields.remove("start");
    }
    fields
}

fn columns(rows: &[Fields]) -> Vec<&str> {
    let met: BTreeSet<&str> = rows.iter().flat_map(Map::keys).map(String::as_str).collect();
    let known = KNOWN.into_iter().filter(|name| met.contains(name));
    let others = met.iter().copied().filter(|name| !KNOWN.contains(name) && is_name(name));
    known.chain(others).filter(|name| rows.iter().all(|row| fits(row, name))).take(MOST).collect()
}

/// Whether a column may be called so.
fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        && !TAKEN.contains(&name)
}

fn fits(row: &Fields, name: &str) -> bool {
    row.get(name).is_none_or(|value| cell::fits(name, value))
}

fn cells(fact: &Entry, row: &Fields, columns: &[&str], has_more: bool) -> Vec<String> {
    let mut cells = vec![fact.kind.clone(), start(fact)];
    cells
        .extend(columns.iter().map(|name| row.get(*name).map_or_else(String::new, |v| cell::write(name, v))));
    if has_more {
        let more: Fields = row
            .iter()
            .filter(|(n, _)| !columns.contains(&n.as_str()))
            .map(|(n, v)| (n.clone(), v.clone()))
            .collect();
        let is_empty = more.is_empty();
        cells.push(if is_empty { String::new() } else { cell::write(MORE, &Value::Object(more)) });
    }
    cells
}

/// The start with its zone; one that cannot be read stands as it was written.
fn start(fact: &Entry) -> String {
    let fields: Fields = serde_json::from_str(fact.body.get()).unwrap_or_default();
    let Some(Value::String(text)) = fields.get("start") else { return String::new() };
    let read = moment::parse(text, None).map(|placed| placed.at.to_string());
    read.unwrap_or_else(|_| cell::write("note", &Value::String(text.clone())))
}

fn record(cells: impl Iterator<Item = String>) -> String {
    let quoted: Vec<String> = cells.map(quoted).collect();
    format!("{}\r\n", quoted.join(","))
}

fn quoted(cell: String) -> String {
    if cell.contains([',', '"', '\n', '\r', ';', '\t']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}
