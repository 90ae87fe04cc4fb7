//! Whether two copies of an entry are one entry.
//!
//! What a body says is no business of a store, and it is kept as it came. Yet an entry that made the way through a
//! browser may come back with `18` for `18.0`. To call that a contradiction would stop the sync of a phone for good, so
//! copies whose bytes differ are compared as JSON.

use crate::entry::Entry;
use serde_json::Value;

impl Entry {
    /// Whether two copies of an entry are one entry: the same envelope, and bodies that differ in their writing at most.
    ///
    /// ```
    /// use letdown_journal::{author::Author, body::{Body, Weight}, entry::Entry, moment};
    /// let at = moment::parse("2026-11-24T06:00Z", None)?.at;
    /// let entry = Author::new("phone")?.put(&Body::Weight(Weight::at(at, 4_120.0)), 1_000, [1; 10]);
    /// let copy = Entry::read(&entry.write().replace("4120.0", "4120"))?;
    /// assert!(copy.is_a_copy_of(&entry) && copy != entry);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn is_a_copy_of(&self, other: &Self) -> bool {
        let envelope = |e: &Self| (e.v, e.id, e.device.clone(), e.seq, e.hlc, e.kind.clone(), e.op, e.root);
        envelope(self) == envelope(other) && same_text(self.body.get(), other.body.get())
    }
}

fn same_text(a: &str, b: &str) -> bool {
    let read = |text| serde_json::from_str::<Value>(text).ok();
    a == b || read(a).zip(read(b)).is_some_and(|(a, b)| same_json(&a, &b))
}

fn same_json(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_json(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same_json(a, b)))
        }
        _ => a == b,
    }
}

#[cfg(test)]
mod tests {
    use super::same_text;

    #[test]
    fn only_the_writing_may_differ() {
        let cases = [
            (r#"{"ml":18.0}"#, r#"{ "ml": 18 }"#, true),
            (r#"{"a":1,"b":[2]}"#, r#"{"b":[2.0],"a":1}"#, true),
            (r#"{"note":"ü"}"#, r#"{"note":"\u00fc"}"#, true),
            (r#"{"ml":18.0}"#, r#"{"ml":18.1}"#, false),
            (r#"{"ml":18}"#, r#"{"ml":"18"}"#, false),
            (r#"{"a":1}"#, r#"{"a":1,"b":2}"#, false),
            (r#"{"a":[1,2]}"#, r#"{"a":[2,1]}"#, false),
        ];
        for (a, b, expected) in cases {
            assert_eq!(same_text(a, b), expected, "{a} and {b}");
        }
    }
}
