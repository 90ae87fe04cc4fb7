//! The sessions as events of a calendar: iCalendar, RFC 5545.
//!
//! An event has six properties, so it is written by hand: no library has to be kept from reading a clock, and DTSTAMP is
//! the time at which the entry was written.

use super::start;
use crate::entry::Entry;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

/// The kinds that are sessions.
const SESSIONS: [&str; 4] = ["pump", "nurse", "hand", "bottle"];

/// The most bytes of a line, without its end.
const LINE_BYTES: usize = 75;

/// The calendar of those facts that are sessions: pumping, nursing, hand expression, bottles. Lines end in CR LF.
///
/// ```
/// use letdown_journal::{author::Author, body::{Body, Pump}, export::calendar, moment, volume::Output};
/// let at = moment::parse("2026-11-24T03:10:00+01:00[Europe/Berlin]", None)?.at;
/// let pump = Pump { minutes: Some(20.0), total: Some(Output::ml(120.0)?), ..Pump::at(at) };
/// let entry = Author::new("phone")?.put(&Body::Pump(pump), 1_000, [1; 10]);
/// let text = calendar::calendar(&[&entry]);
/// for line in ["DTSTART:20261124T021000Z", "DTEND:20261124T023000Z", "SUMMARY:Pumped 120 mL"] {
///     assert!(text.lines().any(|l| l == line), "{text}");
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn calendar(facts: &[&Entry]) -> String {
    framed(facts.iter().filter_map(|fact| event(fact)).flatten())
}

/// A calendar of these lines of events.
pub(super) fn framed(events: impl Iterator<Item = String>) -> String {
    let first = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Letdown//Letdown//EN"].map(str::to_owned);
    let lines = first.into_iter().chain(events).chain(["END:VCALENDAR".to_owned()]);
    lines.map(|line| folded(&line) + "\r\n").collect()
}

/// Whether a fact is a session with a start, and so an event.
pub fn is_session(fact: &Entry) -> bool {
    SESSIONS.contains(&fact.kind.as_str()) && start(fact).is_some()
}

/// The lines of one event; `None` when the fact is no session or its start cannot be read.
fn event(fact: &Entry) -> Option<Vec<String>> {
    let begun = start(fact).filter(|_| is_session(fact))?.timestamp();
    let says: Value = serde_json::from_str(fact.body.get()).ok()?;
    let written = i64::try_from(fact.hlc.wall_ms()).ok().and_then(|ms| Timestamp::from_millisecond(ms).ok());
    let mut lines = vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}@letdown", fact.root),
        format!("DTSTAMP:{}", utc(written.unwrap_or(begun))),
        format!("DTSTART:{}", utc(begun)),
    ];
    // An event without an end lasts no time; one that ends where it begins is not allowed.
    lines.extend(end(&says, begun).map(|end| format!("DTEND:{}", utc(end))));
    lines.push(format!("SUMMARY:{}", escaped(&summary(&fact.kind, &says))));
    lines.extend(says["note"].as_str().map(|note| format!("DESCRIPTION:{}", escaped(note))));
    lines.push("END:VEVENT".to_owned());
    Some(lines)
}

pub(super) fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn end(says: &Value, begun: Timestamp) -> Option<Timestamp> {
    let seconds = (minutes(says)? * 60.0).round();
    let length = SignedDuration::try_from_secs_f64(seconds).ok().filter(|length| length.as_secs() > 0)?;
    begun.checked_add(length).ok()
}

/// How long a session took (min): as logged, else the longer side, else the sum of the stints.
fn minutes(says: &Value) -> Option<f64> {
    let number = |field: &str| says[field].as_f64();
    let sides = [number("left_minutes"), number("right_minutes")].into_iter().flatten().reduce(f64::max);
    let stints = || {
        let stints = says["stints"].as_array()?.iter();
        stints.filter_map(|stint| stint["minutes"].as_f64()).reduce(|a, b| a + b)
    };
    number("minutes").or(sides).or_else(stints)
}

fn summary(kind: &str, says: &Value) -> String {
    let amount = |ml: Option<f64>| ml.map_or_else(String::new, |ml| format!(" {ml:.0} mL"));
    match kind {
        "pump" => format!("Pumped{}", amount(output_ml(says))),
        "hand" => format!("Expressed by hand{}", amount(output_ml(says))),
        "bottle" => format!("Bottle{}", amount(says["intake_ml"].as_f64())),
        _ => "Nursed".to_owned(),
    }
}

/// What was brought (mL): the total as typed, else what is known of the sides.
fn output_ml(says: &Value) -> Option<f64> {
    let sides = [says["left_ml"].as_f64(), says["right_ml"].as_f64()].into_iter().flatten();
    says["total_ml"].as_f64().or_else(|| sides.reduce(|a, b| a + b))
}

/// A text as the value of a property. Line breaks of every kind become `\n`; other control characters have no place.
pub(super) fn escaped(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' | '\r' => out.push_str("\\n"),
            '\t' => out.push('\t'),
            c if c.is_ascii_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A line in pieces of at most [`LINE_BYTES`], between letters; each piece behind the first begins with a space.
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + line.len() / 25);
    let mut bytes = 0;
    for c in line.chars() {
        if LINE_BYTES < bytes + c.len_utf8() {
            out.push_str("\r\n ");
            bytes = 1;
        }
        out.push(c);
        bytes += c.len_utf8();
    }
    out
}
