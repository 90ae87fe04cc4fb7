//! JSON: every list of objects in it is a table, wherever it lies.
//!
//! `{"babies":[{"name":"Mila","feed":{"breastfeed":[{"side":"left"}]}}]}` holds the tables `babies` (with the column
//! `name`) and `babies.feed.breastfeed` (with `babies.name` and `side`): a row knows what stood above it. Objects within
//! a row become columns with a dot. An object without any list is a table of one row. Rows are counted through the whole file, from 1.

use super::{Listed, MAX_BYTES};
use crate::import::{
    ImportError,
    error::Problem,
    sheet::{MAX_COLUMNS, MAX_ROWS},
};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

pub(super) fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

/// The tables, and what should be said about them.
pub(super) fn tables(file: &str, text: &str) -> Result<(Vec<Listed>, Vec<String>), ImportError> {
    let mut found = Found::default();
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(row)) if row.values().all(|value| !is_nested(value) && !value.is_array()) => {
            found.row(&mut Vec::new(), &[], &row);
        }
        Ok(value) => found.value(&mut Vec::new(), &[], &value),
        Err(whole) => found.lines(text).map_err(|line| Problem::NotJson {
            file: file.to_owned(),
            line: line.unwrap_or_else(|| whole.line()),
        })?,
    }
    if found.overflows() {
        return Err(Problem::Bomb { file: file.to_owned() }.into());
    }
    Ok((found.tables, found.asides))
}

#[derive(Default)]
struct Found {
    tables: Vec<Listed>,
    asides: Vec<String>,
    by_title: BTreeMap<String, usize>,
    rows: usize,
    bytes: usize,
    too_wide: bool,
}

/// The most that the tables of one file may hold (bytes): every row repeats what stands above it.
const MAX_CELL_SUM: usize = 4 * MAX_BYTES;
/// The longest text that the rows below its own repeat (bytes): names and days, not diaries.
const INHERITED_BYTES: usize = 200;

/// A column that stands above a row, with its value.
type Above = (String, String);

impl Found {
    fn overflows(&self) -> bool {
        self.rows > MAX_ROWS || self.bytes > MAX_CELL_SUM || self.too_wide
    }

    /// One object per line.
    fn lines(&mut self, text: &str) -> Result<(), Option<usize>> {
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let object = match serde_json::from_str(line) {
                Ok(Value::Object(object)) => object,
                _ if at == 0 => return Err(None),
                _ => return Err(Some(at + 1)),
            };
            self.row(&mut Vec::new(), &[], &object);
        }
        Ok(())
    }

    fn value(&mut self, path: &mut Vec<String>, above: &[Above], value: &Value) {
        match value {
            Value::Array(items) => {
                for item in items {
                    match item {
                        Value::Object(object) => self.row(path, above, object),
                        nested => self.value(path, above, nested),
                    }
                }
            }
            Value::Object(object) => self.within(path, above, object),
            _ => {}
        }
    }

    fn within(&mut self, path: &mut Vec<String>, above: &[Above], object: &Map<String, Value>) {
        if let (Some(Value::String(_)), Some(Value::Array(page))) =
            (object.get("next"), object.get("results"))
        {
            let all = object.get("count").map_or_else(|| "more".to_owned(), Value::to_string);
            let what =
                format!("these are {} rows of {all}; the other pages are not in this file", page.len());
            self.asides.push(what);
        }
        for (key, inner) in object.iter().filter(|(_, inner)| is_nested(inner)) {
            path.push(key.clone());
            self.value(path, above, inner);
            path.pop();
        }
    }

    fn row(&mut self, path: &mut Vec<String>, above: &[Above], object: &Map<String, Value>) {
        self.rows += 1;
        if self.overflows() {
            return;
        }
        let mut cells = Vec::new();
        flat("", object, &mut cells);
        let title = path.join(".");
        self.put(&title, self.rows, above.iter().chain(&cells));
        if object.values().any(is_nested) {
            let short = cells.iter().filter(|(_, value)| value.len() <= INHERITED_BYTES);
            let prefixed = short.map(|(name, value)| (format!("{title}.{name}"), value.clone()));
            let below: Vec<Above> = above.iter().cloned().chain(prefixed).collect();
            self.within(path, &below, object);
        }
    }

    fn put<'c>(&mut self, title: &str, number: usize, cells: impl Iterator<Item = &'c Above>) {
        let at = *self.by_title.entry(title.to_owned()).or_insert_with(|| {
            let title = title.to_owned();
            self.tables.push(Listed { title, header: Vec::new(), rows: Vec::new() });
            self.tables.len() - 1
        });
        let Some(table) = self.tables.get_mut(at) else { return };
        let mut row = vec![String::new(); table.header.len()];
        for (name, value) in cells {
            if table.header.len() > MAX_COLUMNS {
                self.too_wide = true;
                return;
            }
            self.bytes += value.len() + 24;
            let column = table.header.iter().position(|known| known == name).unwrap_or_else(|| {
                table.header.push(name.clone());
                row.push(String::new());
                table.header.len() - 1
            });
            if let Some(cell) = row.get_mut(column) {
                cell.clone_from(value);
            }
        }
        table.rows.push((number, row));
    }
}

/// Whether a value can hold a table.
fn is_nested(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| item.is_object() || item.is_array()),
        Value::Object(inner) => inner.values().any(is_nested),
        _ => false,
    }
}

/// The values of an object as text, objects within it with a dot; lists of objects are tables of their own.
fn flat(prefix: &str, object: &Map<String, Value>, cells: &mut Vec<Above>) {
    for (key, value) in object {
        let name = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            Value::Null => cells.push((name, String::new())),
            Value::String(text) => cells.push((name, text.clone())),
            Value::Object(inner) => flat(&name, inner, cells),
            Value::Array(_) if is_nested(value) => {}
            Value::Array(items) => cells.push((name, words(items))),
            Value::Bool(_) | Value::Number(_) => cells.push((name, value.to_string())),
        }
    }
}

fn words(items: &[Value]) -> String {
    let word = |item: &Value| item.as_str().map_or_else(|| item.to_string(), str::to_owned);
    items.iter().map(word).collect::<Vec<_>>().join(", ")
}
