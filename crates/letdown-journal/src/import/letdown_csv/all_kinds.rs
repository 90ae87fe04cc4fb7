//! The table of all kinds that an export writes: `kind,start,` and the fields of the facts, by name.

use crate::{
    body::Body,
    entry::{Entry, MAX_BODY_BYTES},
    export::{cell, csv},
    import::{
        cells::{self, shown},
        format::{Columns, Line, Table},
        header::{Header, TimeColumn},
        settled::Settled,
        sheet::Row,
    },
};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Room for the source that an import adds to a body (bytes).
const SOURCE_BYTES: usize = 2_048;

/// The columns of the table.
pub(super) struct Facts {
    kind: usize,
    start: TimeColumn,
    fields: Vec<(usize, String)>,
    columns: Columns,
}

impl Facts {
    /// The table behind a header that begins with `kind,start`.
    pub(super) fn of(header: &Header) -> Option<Self> {
        let mut first = header.names();
        if (first.next(), first.next()) != (Some("kind"), Some("start")) {
            return None;
        }
        let named = header.texts().enumerate().skip(2).filter(|(_, name)| !name.is_empty());
        let fields = named.map(|(at, name)| (at, name.to_owned())).collect();
        let start = TimeColumn { date: None, time: 1 };
        let columns = Columns { times: vec![start], ..Columns::default() };
        Some(Self { kind: 0, start, fields, columns })
    }

    /// What the cells of a row say, but for its kind and its start.
    fn says(&self, row: &Row<'_>) -> Result<Map<String, Value>, String> {
        let mut says = Map::new();
        for (at, name) in &self.fields {
            match value(name, row.cell(Some(*at)))? {
                Some(Value::Object(more)) if name == csv::MORE => says.extend(more),
                Some(value) => _ = says.insert(name.clone(), value),
                None => {}
            }
        }
        says.remove(csv::SOURCE);
        Ok(says)
    }
}

impl Table for Facts {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn keeps_long_texts(&self) -> bool {
        true
    }

    fn line(&self, row: &Row<'_>, settled: &Settled) -> Result<Line, String> {
        let kind = row.cell(Some(self.kind)).to_lowercase();
        let start = settled.time(&self.start.text(row))?;
        let mut says = self.says(row)?;
        says.insert("start".to_owned(), start.at.to_string().into());
        let baby = says.get("baby").and_then(Value::as_str).map(str::to_owned);
        let body = body(&kind, &Value::Object(says).to_string())?;
        let mut line = Line::new(row, &start, body, baby.as_deref());
        line.row.also.push(digest(line.body.clone()));
        Ok(line)
    }
}

fn body(kind: &str, json: &str) -> Result<Body, String> {
    if json.len() + SOURCE_BYTES > MAX_BODY_BYTES {
        return Err(format!("its {} bytes are more than an entry may hold", json.len()));
    }
    match Body::read(kind, json) {
        Ok(Some(body)) => Ok(body),
        Ok(None) if kind.is_empty() => Err("the kind is missing".to_owned()),
        Ok(None) => Err(format!("{} is not a kind that this version knows", shown(kind))),
        Err(e) => Err(e.to_string()),
    }
}

/// What a cell says; a number may also be typed in the way of another country.
fn value(column: &str, text: &str) -> Result<Option<Value>, String> {
    match cell::read(column, text) {
        Some(Value::String(read)) if cell::holds_numbers(column) && read == text => {
            let number = cells::number(text).map(|number| Some(number.into()));
            number.ok_or_else(|| format!("the {column} {} is not a number I can read", shown(text)))
        }
        read => Ok(read),
    }
}

/// The digest of all that an entry says, whatever its source; `None` when this version does not know its kind.
///
/// The digest of a row leaves out what apps write differently. This one is for our own export coming back: it knows
/// every version of every fact, also one that was logged by hand.
pub(in crate::import) fn exact_digest(entry: &Entry) -> Option<String> {
    entry.body().ok().flatten().map(digest)
}

fn digest(mut body: Body) -> String {
    *body.source_mut() = None;
    let digest = Sha256::digest(format!("letdown\n{}\n{}", body.kind(), body.write()));
    digest.iter().take(16).fold(String::with_capacity(32), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
