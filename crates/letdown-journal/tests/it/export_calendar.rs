//! The calendar, read back by a parser that knows RFC 5545 and not how we write it.

use letdown_journal::{
    author::Author,
    body::Body,
    entry::Entry,
    export::{self, Choice, calendar},
    fold::Folded,
};
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;

type Event = BTreeMap<String, String>;

/// Unfolds, splits at the first colon, unescapes; the properties of each event.
fn parse(text: &str) -> Vec<Event> {
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "lines end in CR LF");
    let pieces: Vec<&str> = text.split_terminator("\r\n").collect();
    assert!(pieces.iter().all(|piece| piece.len() <= 75), "{pieces:?}");
    let unfolded = text.replace("\r\n ", "").replace("\r\n\t", "");
    let lines: Vec<&str> = unfolded.split_terminator("\r\n").collect();
    assert_eq!(
        (lines[0], lines[1], lines[lines.len() - 1]),
        ("BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR")
    );
    assert!(lines.iter().any(|line| line.starts_with("PRODID:")));
    let mut events = Vec::new();
    let mut inside: Option<Event> = None;
    for line in lines {
        match (line, &mut inside) {
            ("BEGIN:VEVENT", None) => inside = Some(Event::new()),
            ("END:VEVENT", event) => events.push(event.take().unwrap()),
            (line, Some(event)) => {
                let (name, value) = line.split_once(':').unwrap();
                assert!(event.insert(name.to_owned(), unescaped(value)).is_none(), "{name} twice");
            }
            _ => {}
        }
    }
    assert!(inside.is_none());
    events
}

fn unescaped(value: &str) -> String {
    let mut out = String::new();
    let mut letters = value.chars();
    while let Some(c) = letters.next() {
        assert!(!";,".contains(c), "{c} must be escaped in {value}");
        let escaped = if c == '\\' { letters.next() } else { None };
        assert!(c != '\\' || escaped.is_some_and(|c| "nN\\;,".contains(c)), "{escaped:?} is no escape");
        out.push(match escaped {
            Some('n' | 'N') => '\n',
            Some(escaped) => escaped,
            None => c,
        });
    }
    out
}

fn events(facts: &[(&str, serde_json::Value)]) -> Vec<Event> {
    parse(&calendar::calendar(&entries(facts).iter().collect::<Vec<_>>()))
}

/// Facts, also of kinds that this version does not know.
fn entries(facts: &[(&str, serde_json::Value)]) -> Vec<Entry> {
    let entry = |(n, (kind, body)): (usize, &(&str, serde_json::Value))| {
        let id = format!("0192f1c4-a3b0-7000-8000-{n:012x}");
        let hlc = "0192f1c4a3b0-0000";
        let entry = json!({"v": 1, "id": id, "device": "phone", "seq": n + 1, "hlc": hlc, "kind": kind, "op": "put", "root": id, "body": body});
        Entry::read(&entry.to_string()).unwrap()
    };
    facts.iter().enumerate().map(entry).collect()
}

#[test]
fn a_session_is_an_event() {
    let start = "2026-11-24T00:10:00+01:00[Europe/Berlin]";
    let events = events(&[
        (
            "pump",
            json!({"start": start, "left_ml": 60.0, "right_ml": 75.4, "left_minutes": 12, "right_minutes": 18.5, "note": "a; b, c\\d"}),
        ),
        (
            "nurse",
            json!({"start": start, "stints": [{"side": "left", "minutes": 7}, {"side": "right", "minutes": 11}]}),
        ),
        ("hand", json!({"start": start, "total_ml": 20})),
        ("bottle", json!({"start": start, "intake_ml": 47.3, "milk": "unknown", "minutes": 10})),
        ("diaper", json!({"start": start, "wet": true, "soiled": false})),
        ("pump", json!({"start": "soon"})),
        ("pump", json!({"start": start, "minutes": 0})),
    ]);
    let shown: Vec<String> = events
        .iter()
        .map(|e| format!("{} {} {}", e["DTSTART"], e.get("DTEND").map_or("-", String::as_str), e["SUMMARY"]))
        .collect();
    assert_eq!(
        shown,
        [
            "20261123T231000Z 20261123T232830Z Pumped 135 mL",
            "20261123T231000Z 20261123T232800Z Nursed",
            "20261123T231000Z - Expressed by hand 20 mL",
            "20261123T231000Z 20261123T232000Z Bottle 47 mL",
            "20261123T231000Z - Pumped",
        ]
    );
    assert_eq!(events[0]["DESCRIPTION"], "a; b, c\\d");
    assert_eq!(events[0]["UID"], "0192f1c4-a3b0-7000-8000-000000000000@letdown");
    assert_eq!(events[0]["DTSTAMP"], "20241103T112409Z", "when the entry was written, not now");
}

/// The end that a calendar shows is the end that the rest of the program works with.
#[test]
fn an_event_ends_when_its_entry_does() {
    let bodies = crate::import::admitted(&crate::import::FIXTURES).bodies;
    let mut author = Author::new("phone").unwrap();
    let journal =
        Folded::of((0..).zip(&bodies).map(|(n, b): (u64, &Body)| author.put(b, 1_000 + n, [7; 10])));
    let facts = export::standing(&journal, &Choice::default());
    let events = parse(&calendar::calendar(&facts));
    let sessions = facts.iter().filter(|e| ["pump", "nurse", "bottle"].contains(&e.kind.as_str()));
    let mut seen = 0;
    for (entry, event) in sessions.zip(&events) {
        let body = entry.body().unwrap().unwrap();
        let end = event.get("DTEND").unwrap_or(&event["DTSTART"]);
        let expected = body.end().timestamp().round(jiff::Unit::Second).unwrap();
        assert_eq!(end, &expected.strftime("%Y%m%dT%H%M%SZ").to_string());
        seen += 1;
    }
    assert!(seen == events.len() && seen > 20, "{seen} of {}", events.len());
}

proptest! {
    #[test]
    fn a_note_comes_back(letters in prop::collection::vec(prop_oneof![any::<char>(), prop::sample::select(vec!['\\', ';', ',', ':', '\n', '\r', '\t', 'n', 'ü', '👶', ' '])], 0..200)) {
        let note: String = letters.into_iter().collect();
        let events = events(&[("pump", json!({"start": "2026-11-24T03:10Z", "note": note}))]);
        // A calendar has one kind of line break and no control characters.
        let kept: String = note.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|c| !c.is_ascii_control() || "\n\t".contains(*c)).collect();
        prop_assert_eq!(&events[0]["DESCRIPTION"], &kept);
    }
}
