//! A value of a body as a cell of our own CSV, and back.
//!
//! A spreadsheet runs what begins with `=`, `+`, `-`, `@`, a tab or a carriage return, and readers of CSV strip the space
//! around a cell. So a text stands as it is where nothing can happen to it, behind an apostrophe where its beginning
//! could mislead, and as JSON text, in quotation marks, where its end could get lost or a letter cannot be written.
//! Numbers, `true` and `false`, lists and objects are JSON and stand as they are.

use serde_json::Value;

/// What marks a text: the rest of the cell is its letters.
const MARK: char = '\'';

/// Whether a column holds nothing but text, also where the text looks like a number.
fn holds_text(column: &str) -> bool {
    matches!(column, "note" | "baby" | "milk") || column.ends_with("_typed")
}

/// Whether a column is one of numbers, so that a text in it must be marked as one.
pub(crate) fn holds_numbers(column: &str) -> bool {
    column == "minutes" || ["_minutes", "_ml", "_g"].iter().any(|end| column.ends_with(end))
}

/// Whether a value can stand in a cell of that column.
pub(crate) fn fits(column: &str, value: &Value) -> bool {
    value.is_string() || !holds_text(column)
}

/// The cell of a value that [`fits`] its column.
pub(crate) fn write(column: &str, value: &Value) -> String {
    match value {
        Value::String(text) if !keeps_its_end(text) => json(value),
        Value::String(text) if is_plain(column, text) => text.clone(),
        Value::String(text) => format!("{MARK}{text}"),
        other => json(other),
    }
}

/// What a cell says; `None` when it is empty.
pub(crate) fn read(column: &str, cell: &str) -> Option<Value> {
    if cell.is_empty() {
        return None;
    }
    let text = || Value::String(cell.to_owned());
    if let Some(letters) = cell.strip_prefix(MARK) {
        return Some(Value::String(letters.to_owned()));
    }
    let json = serde_json::from_str::<Value>(cell).ok();
    Some(match json {
        Some(quoted @ Value::String(_)) => quoted,
        _ if holds_text(column) => text(),
        Some(value) => value,
        // Spreadsheets write them so.
        None if cell.eq_ignore_ascii_case("true") => Value::Bool(true),
        None if cell.eq_ignore_ascii_case("false") => Value::Bool(false),
        None => text(),
    })
}

fn is_plain(column: &str, text: &str) -> bool {
    let misleads = |c: char| matches!(c, '=' | '+' | '-' | '@' | MARK) || c.is_whitespace();
    !holds_numbers(column)
        && !text.starts_with(misleads)
        && read(column, text).as_ref().and_then(Value::as_str) == Some(text)
}

/// Whether a text survives being trimmed behind, and holds no character that stops a reader of tables.
fn keeps_its_end(text: &str) -> bool {
    let stops = |b: u8| b.is_ascii_control() && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c);
    !text.is_empty() && text.trim_end() == text && !text.bytes().any(stops)
}

/// JSON without any control character.
fn json(value: &Value) -> String {
    value.to_string().replace('\x7f', "\\u007f")
}

#[cfg(test)]
mod tests {
    use super::{read, write};
    use serde_json::{Value, json};

    #[test]
    fn a_text_stands_as_it_is_unless_something_could_happen_to_it() {
        for (column, text, cell) in [
            ("note", "calm, at home", "calm, at home"),
            ("note", "=1+1", "'=1+1"),
            ("note", "+49 30", "'+49 30"),
            ("note", "-", "'-"),
            ("note", "@home", "'@home"),
            ("note", "\tlate", "'\tlate"),
            ("note", "\rlate", "'\rlate"),
            ("note", "'quoted'", "''quoted'"),
            ("note", "120", "120"),
            ("place", "120", "'120"),
            ("place", "true", "'true"),
            ("place", "TRUE", "'TRUE"),
            ("place", "[1]", "'[1]"),
            ("place", "home", "home"),
            ("total_ml", "some", "'some"),
            ("note", "\"so\"", "'\"so\""),
            ("note", "\"so\" she said", "\"so\" she said"),
            ("note", "", "\"\""),
            ("note", "late ", "\"late \""),
            ("note", "=1 ", "\"=1 \""),
            ("note", "bell\u{7}", "\"bell\\u0007\""),
            ("note", "\u{7f}", "\"\\u007f\""),
        ] {
            let value = Value::from(text);
            assert_eq!(write(column, &value), cell, "{text:?}");
            assert_eq!(read(column, cell.trim()), Some(value), "{cell:?}");
        }
    }

    #[test]
    fn what_is_no_text_is_json() {
        for (value, cell) in [
            (json!(-18.5), "-18.5"),
            (json!(true), "true"),
            (json!(null), "null"),
            (json!(["massage"]), "[\"massage\"]"),
            (json!({"a": "\u{7f}"}), "{\"a\":\"\\u007f\"}"),
        ] {
            assert_eq!(write("x", &value), cell);
            assert_eq!(read("x", cell), Some(value), "{cell}");
        }
    }

    #[test]
    fn what_a_spreadsheet_made_of_a_cell_is_read() {
        assert_eq!(read("wet", "TRUE"), Some(json!(true)));
        assert_eq!(read("wet", "False"), Some(json!(false)));
        assert_eq!(read("note", "True"), Some(json!("True")));
        assert_eq!(read("note", ""), None);
    }
}
