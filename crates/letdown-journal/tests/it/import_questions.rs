//! What is refused, and what is asked.

use crate::import::{answers, file, fixture, now, refusal};
use letdown_journal::import::{Answers, DateOrder, FormatName, MAX_BYTES, NamedBytes, Question, read};

#[test]
fn what_is_no_log_is_refused_in_one_sentence() {
    let check = |bytes: &[u8], expected: &str| {
        let error = refusal(bytes, &answers());
        let said = error.to_string();
        assert!(said.contains("log.csv") && said.contains(expected) && error.needs().is_none(), "{said}");
        for word in ["fail", "invalid", "poor", "bad"] {
            assert!(!said.contains(word), "{said}");
        }
    };
    check(b"", "is empty");
    check(b"\xef\xbb\xbf\r\n \n", "is empty");
    check(b"PK\x03\x04rest of it", "a ZIP that cannot be opened");
    check(b"Time,Amount,Note\n\"3/14/18, 5:05 AM\",35\0 ml\n", "is not text");
    check(&[0x93, 0x01, 0xfe, 0x00, 0x10], "is not text");
    check(b"\xff\xfeT\0i\0m\0e\0", "is not text");
    check(b"Zeit;M\x81lch\n1;2\n", "is not text");
    check(b"Time,Amount,Note\n", "no rows");
    check(b"\"3/14/18, 5:05 AM\",35 ml\n\"3/15/18, 5:05 AM\",35 ml\n", "names of the columns");
    check(
        b"Time,Amount,Note\nsoon,35 ml\nlater,40 ml\n",
        "no row of log.csv can be read; row 2: the time \"soon\"",
    );
    check(b"Time,Amount,Note\n\"3/14/18, 5:05 AM\",35 ml,\"never closed\n", "row 2: a quote (\")");
    check(format!("Time,Amount,Note\n{}\n", ",x".repeat(300)).as_bytes(), "301 columns");
    check(format!("Time,Amount,Note\n1,2,{}\n", "x".repeat(70_000)).as_bytes(), "row 2: a cell holds more");
    check(&vec![b'x'; MAX_BYTES + 1], "split it");
}

#[test]
fn a_log_of_two_million_rows_is_the_most() {
    let text = format!("Time,Amount,Note\n{}", "1,2,3\n".repeat(2_000_001));
    assert!(refusal(text.as_bytes(), &answers()).to_string().contains("more than 2000000 rows"));
}

#[test]
fn letters_of_old_windows_are_read() {
    let bytes = b"Time,Amount,Note\n\"3/14/18, 5:05 AM\",35 ml,m\xfcde \x96 sehr\n";
    let reading = read(&[NamedBytes { name: "pump.csv", bytes }], &answers(), now()).unwrap().remove(0);
    assert!(reading.drafts[0].body.write().contains("müde – sehr"));
}

#[test]
fn an_unknown_table_asks_for_its_columns() {
    let error = refusal(b"When,\"How much, about\"\n2026-04-01 03:10,60\n", &answers());
    assert_eq!(error.needs(), Some(Question::Columns));
    assert_eq!(
        error.to_string(),
        "log.csv is not an export I know. Its columns are: \"When\", \"How much, about\". Say what they mean, for \
         example --map 'time=When,volume=\"How much, about\",kind=pump'"
    );
}

/// The map that the message about a table of one session suggests, once it has been followed.
fn followed(text: &str) -> String {
    let said = refusal(text.as_bytes(), &answers()).to_string();
    let example = said.split('\'').nth(1).unwrap();
    let map = Some(letdown_journal::import::ColumnMap::parse(example).unwrap());
    let readings = read(&[file("log.csv", text)], &Answers { map, ..answers() }, now()).unwrap();
    let starts: Vec<String> = readings[0].drafts.iter().map(|d| d.body.start().to_string()).collect();
    assert_eq!(starts.len(), 1, "{example}");
    assert!(starts[0].starts_with("2026-04-01T03:10"), "{example}: {starts:?}");
    example.to_owned()
}

#[test]
fn the_example_in_the_message_works() {
    let cases = [
        ("When,\"How much, about\"\n2026-04-01 03:10,60\n", "time=When,volume=\"How much, about\""),
        ("Date,Time,Amount\n2026-04-01,03:10,60\n", "date=Date,time=Time,volume=Amount"),
        (
            "Clock time,Date (local),Amount\n03:10,2026-04-01,60\n",
            "date=Date (local),time=Clock time,volume=Amount",
        ),
        ("Date,Start,End,Amount\n2026-04-01,03:10,03:30,60\n", "date=Date,time=Start,volume=Amount"),
        ("Date and time,Start side,Amount\n2026-04-01 03:10,Left,60\n", "time=Date and time,volume=Amount"),
        ("Timestamp,Update,Amount\n2026-04-01 03:10,no,60\n", "time=Timestamp,volume=Amount"),
        ("Date,Amount\n2026-04-01 03:10,60\n", "time=Date,volume=Amount"),
        ("Wann,Amount\n2026-04-01 03:10,60\n", "time=Wann,volume=Amount"),
    ];
    for (text, example) in cases {
        assert_eq!(followed(text), format!("{example},kind=pump"));
    }
}

#[test]
fn a_format_that_does_not_fit_is_said() {
    let told = Answers { format: Some(FormatName::named("babybuddy").unwrap()), ..answers() };
    let error = read(&[fixture!("nighp/pump-2017.csv")], &told, now()).unwrap_err();
    assert!(error.to_string().contains("does not look like babybuddy"), "{error}");
    assert_eq!(
        FormatName::all().map(FormatName::as_str).collect::<Vec<_>>(),
        [
            "nighp",
            "babybuddy",
            "babyplus",
            "glow",
            "hatch",
            "feedbaby",
            "sprouttrack",
            "piyolog",
            "droste",
            "babyconnect",
            "huckleberry",
            "nursingtimer",
            "medela",
            "letdown",
            "generic"
        ]
    );
}

const OPEN: &str = "Time,Amount,Note\n\"3/4/23, 5:38 pm\",60 ml\n\"5/6/23, 5:40 pm\",60 ml\n";
const DAY_FIRST: &str = "Time,Amount,Note\n\"14/3/23, 5:38 pm\",60 ml\n";
const MONTH_FIRST: &str = "Time,Amount,Note\n\"3/15/23, 5:38 pm\",60 ml\n";

#[test]
fn an_order_that_stays_open_is_asked_for_with_an_example() {
    let error = refusal(OPEN.as_bytes(), &answers());
    assert_eq!(error.needs(), Some(Question::DateOrder));
    assert_eq!(
        error.to_string(),
        "log.csv, row 2: \"3/4/23, 5:38 pm\" is 3 April (day first) or 4 March (month first), and nothing in the file \
         says which; say --date-order dmy or --date-order mdy"
    );
}

#[test]
fn an_open_order_is_settled_by_siblings_then_by_the_caller() {
    let month = |others: &[&'static str], said| {
        let told = Answers { date_order: said, ..answers() };
        let mut files = vec![file("open.csv", OPEN)];
        files.extend(others.iter().map(|text| file("other.csv", text)));
        let readings = read(&files, &told, now());
        readings.map(|r| r[0].drafts[0].body.start().month()).map_err(|e| e.needs())
    };
    assert_eq!(month(&[DAY_FIRST], None), Ok(4));
    assert_eq!(month(&[MONTH_FIRST], None), Ok(3));
    assert_eq!(month(&[DAY_FIRST], Some(DateOrder::Mdy)), Ok(4), "evidence comes before the flag");
    assert_eq!(month(&[], Some(DateOrder::Dmy)), Ok(4));
    assert_eq!(month(&[DAY_FIRST, MONTH_FIRST], None), Err(Some(Question::DateOrder)));
    assert_eq!(month(&[DAY_FIRST, MONTH_FIRST], Some(DateOrder::Mdy)), Ok(3));
    assert_eq!(
        month(&["start,total_ml\n14/3/23 5:38,60\n"], None),
        Err(Some(Question::DateOrder)),
        "another app"
    );
}

#[test]
fn what_siblings_settle_is_said() {
    let readings = read(&[file("open.csv", OPEN), file("other.csv", DAY_FIRST)], &answers(), now()).unwrap();
    let flags: Vec<_> = readings[0].flags.iter().map(|f| (f.row, f.what.as_str())).collect();
    let said = "\"3/4/23, 5:38 pm\" is read day first, as the other files of this import are";
    assert_eq!(flags, [(2, said)]);
}

#[test]
fn dates_that_are_the_same_either_way_raise_no_question() {
    let text = "Time,Amount,Note\n\"3/3/23, 5:38 pm\",60 ml\n";
    assert_eq!(read(&[file("pump.csv", text)], &answers(), now()).unwrap()[0].drafts.len(), 1);
}

#[test]
fn a_file_that_contradicts_itself_names_both_rows() {
    let text = format!("{DAY_FIRST}{}", MONTH_FIRST.replace("Time,Amount,Note\n", ""));
    let error = refusal(text.as_bytes(), &answers());
    assert!(error.needs().is_none());
    let said = error.to_string();
    assert!(said.contains("row 3 (\"3/15/23, 5:38 pm\") only makes sense month first"), "{said}");
    assert!(said.contains("row 2 (\"14/3/23, 5:38 pm\") only day first"), "{said}");
}

#[test]
fn the_zone_is_asked_for_only_where_it_is_needed() {
    let error = refusal(MONTH_FIRST.as_bytes(), &Answers::default());
    assert_eq!(error.needs(), Some(Question::Zone));
    assert!(error.to_string().contains("--tz Europe/Berlin"), "{error}");
    for fixture in [fixture!("nighp/Mila_other_activity.csv"), fixture!("babybuddy/sleep.csv")] {
        assert!(read(&[fixture], &Answers::default(), now()).is_ok(), "{}", fixture.name);
    }
}

#[test]
fn one_file_that_cannot_be_read_stops_the_whole_import() {
    let files = [fixture!("nighp/pump-2017.csv"), file("holiday.csv", "Place,Mood\nsea,good\n")];
    assert_eq!(read(&files, &answers(), now()).unwrap_err().needs(), Some(Question::Columns));
}

#[test]
fn an_empty_table_beside_full_ones_is_no_reason_to_stop() {
    let files = [fixture!("nighp/pump-2017.csv"), file("Mila_formula.csv", "Baby,Time,Amount,Note\n")];
    let readings = read(&files, &answers(), now()).unwrap();
    assert_eq!((readings[1].read, readings[1].flags[0].row), (0, 1));
    assert!(read(&files[1..], &answers(), now()).is_err(), "alone there is nothing to import");
    assert_eq!(read(&[], &answers(), now()), Ok(Vec::new()));
}

#[test]
fn with_two_babies_a_file_that_names_none_asks_whose_it_is() {
    let feeds = file(
        "b.csv",
        "id,start,end,type,method,amount,child_id\n1,2026-02-03 10:00,,formula,bottle,60 ml,\n",
    );
    let twins = Answers { babies: vec!["Mila".into(), "Noa".into()], ..answers() };
    let asked = read(&[feeds], &twins, now()).unwrap_err();
    assert_eq!(asked.needs(), Some(Question::Baby));
    assert!(asked.to_string().contains("row 2: it names no baby, and there is more than one (Mila, Noa)"));
    let of = |name: &str| {
        let answers = Answers { baby: Some(name.into()), ..twins.clone() };
        read(&[feeds], &answers, now()).unwrap().remove(0).drafts.remove(0)
    };
    let (mila, noa) = (of("Mila"), of("Noa"));
    assert!(mila.body.write().contains("\"baby\":\"Mila\""));
    assert_ne!(mila.rows[0].digest, noa.rows[0].digest, "the same bottle of the other baby is another one");
    let one = Answers { babies: vec!["Mila".into()], ..answers() };
    assert!(read(&[feeds], &one, now()).is_ok(), "with one baby there is nothing to ask");
}

#[test]
fn our_own_table_is_not_asked_which_baby_a_row_is_about() {
    let table = file(
        "out.csv",
        "kind,start,intake_ml,milk,baby\nbottle,2026-03-04T05:05:00+01:00[Europe/Berlin],60,expressed,\n\
         bottle,2026-03-04T08:05:00+01:00[Europe/Berlin],60,expressed,Mila\n",
    );
    let twins = Answers { babies: vec!["Mila".into(), "Noa".into()], ..answers() };
    let alone = read(&[table], &answers(), now()).unwrap();
    assert_eq!(read(&[table], &twins, now()).unwrap(), alone, "what went out comes in as it was");
}
