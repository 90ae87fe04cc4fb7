//! The table of standing facts, and the way back.

use crate::{
    import::{FIXTURES, admitted, answers, file, fixture, now},
    round_trip::bodies,
};
use letdown_journal::{
    author::Author,
    body::Body,
    entry::Entry,
    export::{self, Choice},
    fold::Folded,
    import::{Answers, ColumnMap, FileReading, NamedBytes, Question, admit, read},
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// A journal in which each body is a fact of its own.
fn journal(bodies: &[Body]) -> Folded {
    let mut author = Author::new("phone").unwrap();
    Folded::of((0..).zip(bodies).map(|(n, body): (u64, &Body)| author.put(body, 1_000 + n, [7; 10])))
}

fn table(journal: &Folded) -> String {
    export::csv::table(&export::standing(journal, &Choice::default()))
}

/// The table, read without any answer.
fn reading(table: &str) -> FileReading {
    read(&[file("out.csv", table)], &Answers::default(), now()).unwrap().remove(0)
}

fn without_source(mut body: Body) -> Body {
    *body.source_mut() = None;
    body
}

fn body(entry: &Entry) -> Body {
    entry.body().unwrap().unwrap()
}

fn pump(fields: &str) -> Body {
    let json = format!(r#"{{"start":"2026-11-24T03:10:00+01:00[Europe/Berlin]"{fields}}}"#);
    Body::read("pump", &json).unwrap().unwrap()
}

/// Texts that a spreadsheet would run, that a reader of tables would cut, or that look like something else.
fn texts() -> impl Strategy<Value = String> {
    let begins = ["", "=", "+", "-", "@", "\t", "\r", "\n", "'", "''", "\"", " ", "\u{a0}", "\u{feff}"];
    let middles = [
        "",
        "HYPERLINK(\"http://x\",\"y\")",
        "1+1",
        "120",
        "-3.5",
        "true",
        "NULL",
        "null",
        "[1]",
        "{}",
        "\"so\"",
        "a,b;c\td",
        "line\r\nline\nline\rline",
        "👩🏽‍🍼 ünï",
        "\u{0}\u{7}\u{1f}\u{7f}",
        "pump,2026",
        "1,5",
    ];
    let ends = ["", " ", "\n", "\r\n", "\t", "'", "\"", "\\", "\u{2028}", ","];
    let pick = |of: &'static [&'static str]| prop::sample::select(of);
    let built = (
        pick(Box::leak(Box::new(begins))),
        pick(Box::leak(Box::new(middles))),
        pick(Box::leak(Box::new(ends))),
    )
        .prop_map(|(a, b, c)| format!("{a}{b}{c}"));
    let any = prop::collection::vec(any::<char>(), 0..30).prop_map(|letters| letters.into_iter().collect());
    prop_oneof![4 => built, 1 => any]
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        texts().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1e9..1e9f64).prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map(texts(), inner, 0..3)
                .prop_map(|m| Value::Object(m.into_iter().collect())),
        ]
    })
}

/// Fields of a newer version, some with names that no column may have.
fn extras() -> impl Strategy<Value = Map<String, Value>> {
    let names = [
        "humour",
        "whereabouts",
        "pain_g",
        "brand_typed",
        "time",
        "kind",
        "more",
        "child_id",
        "Upper",
        "a b",
        "=1",
        "2026-11-24",
        "x,\"y\"",
        "ends (ml)",
        "",
    ];
    let field = (prop::sample::select(names.to_vec()), values());
    prop::collection::vec(field, 0..4).prop_map(|f| f.into_iter().map(|(n, v)| (n.to_owned(), v)).collect())
}

/// Bodies of all kinds with hostile notes and unknown fields.
fn hostile() -> impl Strategy<Value = Body> {
    (bodies(), prop::option::of(texts()), extras()).prop_map(|(body, note, extras)| {
        let mut says: Map<String, Value> = serde_json::from_str(&body.write()).unwrap();
        says.extend(extras);
        says.extend(note.map(|note| ("note".to_owned(), note.into())));
        Body::read(body.kind(), &Value::Object(says).to_string()).unwrap().unwrap()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn what_goes_out_comes_in_again(bodies in prop::collection::vec(hostile(), 1..6)) {
        let journal = journal(&bodies);
        let facts: Vec<Body> = export::standing(&journal, &Choice::default()).into_iter().map(body).collect();
        let reading = reading(&table(&journal));
        prop_assert_eq!(reading.format.as_str(), "letdown");
        prop_assert_eq!(&reading.skipped, &[]);
        let back: Vec<Body> = reading.drafts.iter().map(|draft| draft.body.clone()).collect();
        prop_assert_eq!(&back, &facts);
        let written = |bodies: &[Body]| bodies.iter().map(Body::write).collect::<Vec<_>>();
        prop_assert_eq!(written(&back), written(&facts), "zones too, which comparing moments does not see");
    }

    /// Read as a spreadsheet reads it: by the rules of RFC 4180 and nothing else.
    #[test]
    fn no_cell_is_a_formula_and_every_row_is_as_wide_as_the_header(bodies in prop::collection::vec(hostile(), 1..6)) {
        let rows = rfc_4180(&table(&journal(&bodies)));
        prop_assert_eq!(rows.len(), bodies.len() + 1);
        for cell in rows.iter().flatten() {
            let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
            prop_assert!(!runs || cell.parse::<f64>().is_ok(), "{cell:?}");
        }
        prop_assert!(rows.iter().all(|row| row.len() == rows[0].len()));
    }

    #[test]
    fn ones_own_export_adds_nothing(bodies in prop::collection::vec(hostile(), 1..6)) {
        let journal = journal(&bodies);
        let again = admit(vec![reading(&table(&journal))], &journal, "again");
        prop_assert_eq!(again.bodies, vec![]);
    }
}

/// Records of a table: quotes, doubled quotes, commas, and CR LF between records.
fn rfc_4180(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {
                assert_eq!(letters.next(), Some('\n'), "a line ends in CR LF");
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => {
                assert!(quoted || c != '\n', "a bare LF");
                cell.push(c);
            }
        }
    }
    assert!(row.is_empty() && cell.is_empty() && !quoted, "the last line ends too");
    rows
}

#[test]
fn the_reader_of_tables_reads() {
    assert_eq!(rfc_4180("a,\"b\"\"c\r\n\"\r\n,\r\n"), [vec!["a", "b\"c\r\n"], vec!["", ""]]);
}

#[test]
fn known_fields_have_their_order_and_others_follow_by_name() {
    let bodies = [
        pump(
            r#","note":"calm","zeal":1,"left_ml":60,"mood":"so","right_ml":75.5,"minutes":18,"techniques":["photo"]"#,
        ),
        pump(r#","total_ml":59.147,"total_typed":"2 oz","source":{"app":"a","batch":"b","digests":["c"]}"#),
    ];
    let expected = "kind,start,minutes,left_ml,right_ml,total_ml,total_typed,techniques,note,mood,zeal\r\n\
        pump,2026-11-24T03:10:00+01:00[Europe/Berlin],18.0,60.0,75.5,,,\"[\"\"photo\"\"]\",calm,so,1\r\n\
        pump,2026-11-24T03:10:00+01:00[Europe/Berlin],,,,59.147,2 oz,,,,\r\n";
    assert_eq!(table(&journal(&bodies)), expected);
    assert_eq!(table(&Folded::default()), "kind,start\r\n");
}

#[test]
fn only_what_stands_goes_out_the_oldest_first() {
    let mut author = Author::new("phone").unwrap();
    let at = |hour: u32| {
        Body::read("pump", &format!(r#"{{"start":"2026-11-24T{hour:02}:00Z"}}"#)).unwrap().unwrap()
    };
    let late = author.put(&at(9), 1_000, [1; 10]);
    let early = author.put(&at(3), 1_001, [2; 10]);
    let gone = author.put(&at(5), 1_002, [3; 10]);
    let mended = author.edit(&early, &at(4), 1_003, [4; 10]);
    let deleted = author.delete(&gone, 1_004, [5; 10]);
    let journal = Folded::of([late, early, gone, mended, deleted]);
    assert_eq!(
        table(&journal),
        "kind,start\r\npump,2026-11-24T04:00:00+00:00[UTC]\r\npump,2026-11-24T09:00:00+00:00[UTC]\r\n"
    );
    let choice = Choice {
        from: Some("2026-11-24T04:00Z".parse().unwrap()),
        before: Some("2026-11-24T09:00Z".parse().unwrap()),
        kind: None,
    };
    assert_eq!(export::standing(&journal, &choice).len(), 1);
    let bottles = Choice { kind: Some("bottle".into()), ..Choice::default() };
    assert_eq!(export::standing(&journal, &bottles).len(), 0);
}

/// What was imported, logged by hand, mended and deleted is known when it comes back.
#[test]
fn an_export_is_known_in_its_own_journal_whatever_happened_since() {
    let mut author = Author::new("phone").unwrap();
    let bodies = admitted(&FIXTURES).bodies;
    let mut entries: Vec<Entry> =
        (0..).zip(&bodies).map(|(n, body): (u64, &Body)| author.put(body, 1_000 + n, [7; 10])).collect();
    entries.push(author.put(&pump(r#","total_ml":90"#), 9_000, [8; 10]));
    let before = table(&Folded::of(entries.clone()));
    entries.push(author.edit(&entries[0], &pump(r#","total_ml":33,"note":"mended""#), 9_001, [9; 10]));
    entries.push(author.delete(&entries[1], 9_002, [10; 10]));
    let now = Folded::of(entries);
    for text in [before, table(&now)] {
        let again = admit(vec![reading(&text)], &now, "again");
        assert_eq!((again.bodies.len(), again.files[0].rows_imported), (0, 0));
        assert!(again.files[0].rows_duplicate > 20);
    }
    let more = table(&now).replace("mended", "mended once more");
    assert_eq!(admit(vec![reading(&more)], &now, "again").bodies.len(), 1, "another note is another fact");
}

/// The digest of a row is that of its meaning, so the app's own file is known behind our table.
#[test]
fn what_came_by_our_table_is_known_in_the_apps_next_export() {
    let files = [fixture!("nighp/pump-2022.csv"), fixture!("nighp/Mila_diaper-2026.csv")];
    let first = admitted(&files).bodies;
    let moved = admit(vec![reading(&table(&journal(&first)))], &Folded::default(), "moved").bodies;
    assert_eq!(moved.len(), first.len());
    let unlike = |(a, b): &(Body, Body)| without_source(a.clone()) != without_source(b.clone());
    let by_start = |mut bodies: Vec<Body>| {
        bodies.sort_by_key(|body| (body.start().timestamp(), body.kind()));
        bodies
    };
    assert!(!by_start(first).into_iter().zip(by_start(moved.clone())).any(|pair| unlike(&pair)));
    let again = admit(read(&files, &answers(), now()).unwrap(), &journal(&moved), "again");
    assert_eq!(again.bodies, []);
}

#[test]
fn a_table_typed_by_hand_is_read_or_says_why_not() {
    let text = "Kind;Start;total_ml;wet;soiled;note\n\
        pump;2026-11-24T03:10Z;1,5;;;120\n\
        Diaper;2026-11-24T04:10Z;;TRUE;False;\n\
        moon;2026-11-24T05:10Z;;;;\n\
        pump;2026-11-24T06:10Z;much;;;\n\
        ;2026-11-24T07:10Z;;;;\n";
    let reading = reading(text);
    let says: Vec<Value> =
        reading.drafts.iter().map(|d| serde_json::from_str(&d.body.write()).unwrap()).collect();
    assert_eq!(
        says,
        [
            json!({"start": "2026-11-24T03:10:00+00:00[UTC]", "total_ml": 1.5, "note": "120"}),
            json!({"start": "2026-11-24T04:10:00+00:00[UTC]", "wet": true, "soiled": false}),
        ]
    );
    let reasons: Vec<String> = reading.skipped.iter().map(|s| format!("{} {}", s.row, s.reason)).collect();
    assert_eq!(
        reasons,
        [
            "4 \"moon\" is not a kind that this version knows",
            "5 the total_ml \"much\" is not a number I can read",
            "6 the kind is missing",
        ]
    );
}

#[test]
fn a_long_text_comes_back_whole_and_nothing_says_otherwise() {
    let note = "calm ".repeat(900).trim_end().to_owned();
    let fact = pump(&format!(r#","note":"{note}""#));
    let back = reading(&table(&journal(&[fact])));
    assert_eq!((back.drafts[0].body.note(), &back.flags[..]), (Some(note.as_str()), &[][..]));
    // Of the short form, and of any other table, the beginning is kept, and that is said.
    let short = reading(&format!("start,total_ml,note\n2026-03-14T08:00Z,60,{note}\n"));
    assert!(short.drafts[0].body.note().unwrap().len() <= 3_000);
    assert!(short.flags[0].what.contains("only its beginning is kept"));
}

#[test]
fn a_start_without_a_zone_is_asked_for_and_a_map_goes_first() {
    let text = "kind,start,total_ml\npump,2026-11-24T03:10,60\n";
    let named = NamedBytes { name: "out.csv", bytes: text.as_bytes() };
    assert_eq!(read(&[named], &Answers::default(), now()).unwrap_err().needs(), Some(Question::Zone));
    let map = Some(ColumnMap::parse("time=start,total=total_ml,unit=ml").unwrap());
    let mapped = read(&[named], &Answers { map, ..answers() }, now()).unwrap();
    assert_eq!(mapped[0].format.as_str(), "generic");
}
