//! Sheets people make themselves: what each row is stands in a column, in their own words.

use crate::import::{adds_up, answers, file, fixture, now, said};
use crate::import_packed::workbook;
use letdown_journal::{
    body::Body,
    fold::Folded,
    import::{Answers, ColumnMap, FileReading, NamedBytes, Question, admit, read, samples},
};

fn map(text: &str) -> Answers {
    Answers { map: Some(ColumnMap::parse(text).unwrap()), ..answers() }
}

fn mapped(file: NamedBytes<'_>, text: &str) -> FileReading {
    let reading = read(&[file], &map(text), now()).unwrap().remove(0);
    admit(vec![reading.clone()], &Folded::default(), "b").files.iter().for_each(adds_up);
    reading
}

fn skipped(reading: &FileReading) -> Vec<(usize, &str)> {
    reading.skipped.iter().map(|s| (s.row, s.reason.as_str())).collect()
}

fn flagged(reading: &FileReading) -> Vec<(usize, &str)> {
    reading.flags.iter().map(|f| (f.row, f.what.as_str())).collect()
}

#[test]
fn a_column_says_the_milk() {
    let words =
        "time=Time,volume=Volume (oz),kind=bottle,milk=column:BM,note=Notes,word:1=expressed,word:0=formula";
    let reading = mapped(fixture!("generic/hand.csv"), words);
    assert_eq!(
        said(&reading),
        [
            "bottle 2026-03-04T13:00 - min 59.15 ml Formula",
            "bottle 2026-03-04T16:30 - min 44.36 ml Expressed",
            "bottle 2026-03-04T19:10 - min 96.11 ml Expressed",
            "bottle 2026-03-04T22:00 - min - ml Formula",
        ]
    );
    assert!(reading.flags.is_empty(), "{:?}", reading.flags);
    let Body::Bottle(bottle) = &reading.drafts[1].body else { unreachable!() };
    assert_eq!(bottle.note.as_deref(), Some("slow, then all"));

    let unsaid =
        mapped(fixture!("generic/hand.csv"), "time=Time,volume=Volume (oz),kind=bottle,milk=column:BM");
    assert!(said(&unsaid).iter().all(|line| line.ends_with("Unknown")), "nothing is guessed");
    assert_eq!(
        flagged(&unsaid)[0],
        (2, "the milk \"0\" is not one I know; say word:...=formula or expressed")
    );
}

#[test]
fn a_column_says_the_kind() {
    let text = "date=Date,time=Time,kind=column:Type,volume=Amount (oz),left_minutes=Left (min),\
                right_minutes=Right (min),note=Comments,word:Abgepumpt=pump";
    let reading = mapped(fixture!("generic/kinds.csv"), text);
    assert_eq!(
        said(&reading),
        [
            "pump 2026-03-14T19:15 min -,10,12 ml -,-,96.11",
            "nurse 2026-03-14T20:00 min -: Left 8, Right 15",
            "bottle 2026-03-14T21:30 - min 73.93 ml Unknown",
            "bottle 2026-03-14T22:45 - min 59.15 ml Formula",
            "pump 2026-03-15T02:20 min -,-,- ml -,-,118.29",
        ]
    );
    assert_eq!(
        skipped(&reading),
        [
            (6, "not ours: \"Sleep\""),
            (8, "\"Gulp\" is no kind I know; say word:...=pump (or nurse, bottle, weight, diaper, skip)"),
            (9, "it does not say what it is"),
        ]
    );
    let skip = mapped(fixture!("generic/kinds.csv"), &format!("{text},word:gulp=skip,word:PUMP=bottle"));
    assert_eq!(skipped(&skip)[1], (8, "not ours: \"Gulp\""));
    assert!(said(&skip)[0].starts_with("bottle"), "her word goes before mine");
}

#[test]
fn lengths_in_seconds_and_ends() {
    let text = "time=from_time,end=to_time,seconds=duration,kind=nurse";
    let reading = mapped(fixture!("generic/timer.csv"), text);
    assert_eq!(
        said(&reading),
        [
            "nurse 2026-03-14T16:50 min 15: ",
            "nurse 2026-03-15T00:35 min 12: ",
            "nurse 2026-03-15T10:37 min -: ",
            "nurse 2026-03-15T11:10 min 12: ",
        ]
    );
    assert_eq!(skipped(&reading), [(2, "the time is missing")]);
}

#[test]
fn a_clock_that_hung_elsewhere() {
    let reading = mapped(fixture!("generic/timer.csv"), "time=created_at,kind=nurse,zone=UTC");
    assert_eq!(said(&reading)[2], "nurse 2026-03-15T00:47 min -: ", "shown at home, one hour ahead");
    assert_eq!(reading.drafts[2].body.start().time_zone().iana_name(), Some("Europe/Berlin"));
    let asked = |text: &str| {
        let answers = Answers { zone: None, ..map(text) };
        read(&[fixture!("generic/timer.csv")], &answers, now())
            .map(|r| r[0].drafts.len())
            .map_err(|e| e.needs())
    };
    assert_eq!(asked("time=created_at,kind=nurse"), Err(Some(Question::Zone)));
    assert_eq!(asked("time=created_at,kind=nurse,zone=UTC"), Ok(5));
    let digests = |zone: &str| {
        let home = Some(letdown_journal::moment::zone(zone).unwrap());
        let answers = Answers { zone: home, ..map("time=created_at,kind=nurse,zone=UTC") };
        let drafts = read(&[fixture!("generic/timer.csv")], &answers, now()).unwrap().remove(0).drafts;
        drafts.into_iter().flat_map(|d| d.rows).map(|r| r.digest).collect::<Vec<_>>()
    };
    assert_eq!(digests("Europe/Berlin"), digests("Asia/Tokyo"));
}

#[test]
fn a_bare_end_belongs_to_the_clock_of_its_start() {
    let check = |time: &str, end: &str, map: &str, expected: &str| {
        let text = format!("Start,End\n{time},{end}\n");
        assert_eq!(said(&mapped(file("x.csv", &text), map)).join(""), expected, "{time} {end}");
    };
    let utc = "time=Start,end=End,zone=UTC";
    check("2026-03-14 23:50", "00:10", utc, "pump 2026-03-15T00:50 min 20,-,- ml -,-,-");
    check("2026-03-14T12:00Z", "12:20", "time=Start,end=End", "pump 2026-03-14T13:00 min 20,-,- ml -,-,-");
    check("2026-10-25 02:50", "02:10", "time=Start,end=End", "pump 2026-10-25T02:50 min 1460,-,- ml -,-,-");
    check("2026-10-25 00:50", "01:10", utc, "pump 2026-10-25T02:50 min 20,-,- ml -,-,-");
}

#[test]
fn events_in_json() {
    let text = "time=at,kind=column:what,volume=amount,unit=column:unit,milk=column:milk,left=sides.left,\
                right=sides.right,minutes=minutes,side=side,weight=grams,note=comment";
    let reading = mapped(fixture!("generic/log.json"), text);
    assert_eq!(
        said(&reading),
        [
            "pump 2026-03-14T16:00 min 18,-,- ml 40,55,95",
            "bottle 2026-03-14T18:00 - min 73.93 ml Formula",
            "bottle 2026-03-14T20:00 - min 60 ml Unknown",
            "nurse 2026-03-14T21:43:20 min -: Left 12",
            "weight 2026-03-14T22:50 4120.0 g",
        ]
    );
    assert_eq!(skipped(&reading), [(6, "not ours: \"nap\"")]);
    assert_eq!(
        flagged(&reading),
        [(3, "the milk \"goat\" is not one I know; say word:...=formula or expressed")]
    );
}

#[test]
fn cells_of_dates_and_of_times_in_a_workbook() {
    let text = |word: &str| format!(r#"t="inlineStr"><is><t>{word}</t></is>"#);
    let head: Vec<String> = ["Day", "Clock", "What", "ml", "Took", "BM"].map(text).to_vec();
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    let (pump, bottle) = (text("Pumping"), text("Bottle"));
    let late = text("11:45 PM");
    let bytes = workbook(&[
        &head,
        &[r#"s="1"><v>46095</v>"#, r#"s="2"><v>0.8125</v>"#, &pump, "><v>95.5</v>", r#"s="2"><v>0.0125</v>"#],
        &[r#"s="1"><v>46095</v>"#, &late, &bottle, "><v>60</v>", ">", r#"t="b"><v>1</v>"#],
    ]);
    let answers = map(
        "date=Day,time=Clock,kind=column:What,volume=ml,minutes=Took,milk=column:BM,unit=ml,word:true=expressed",
    );
    let reading = read(&[NamedBytes { name: "log.xlsx", bytes: &bytes }], &answers, now()).unwrap().remove(0);
    assert_eq!(
        said(&reading),
        ["pump 2026-03-14T19:30 min 18,-,- ml -,-,95.5", "bottle 2026-03-14T23:45 - min 60 ml Expressed"]
    );
}

#[test]
fn sides_and_kinds_in_other_words() {
    let check = |text: &str, map: &str, expected: &str| {
        assert_eq!(said(&mapped(file("x.csv", text), map)).join(""), expected, "{map}");
    };
    let nursed = "Wann,Seite\n2026-03-14 10:00,Links\n";
    check(nursed, "time=Wann,side=Seite,kind=nurse,word:links=left", "nurse 2026-03-14T10:00 min -: Left -");
    let quoted = "Wann,\"Was, genau\"\n2026-03-14 10:00,\"Milch, alt\"\n";
    check(
        quoted,
        "time=Wann,kind=column:\"Was, genau\",word:\"Milch, alt\"=formula",
        "bottle 2026-03-14T10:00 - min - ml Formula",
    );
    let diaper = "When,What,W,S\n2026-03-14 10:00,Nappy,x,\n";
    check(
        diaper,
        "time=When,kind=column:What,wet=W,soiled=S",
        "diaper 2026-03-14T10:00 wet true soiled false",
    );
}

#[test]
fn what_was_drunk_at_the_breast_is_intake() {
    let reading = mapped(file("x.csv", "When,ml\n2026-03-14 10:00,60\n"), "time=When,volume=ml,kind=nurse");
    let letdown_journal::body::Body::Nurse(nurse) = &reading.drafts[0].body else { unreachable!() };
    assert_eq!((nurse.intake_ml(), flagged(&reading).len()), (Some(60.0), 1), "the flag is about the unit");
}

#[test]
fn a_map_that_cannot_be_meant() {
    let check = |map: &str, expected: &str| {
        let error = ColumnMap::parse(map).unwrap_err();
        assert!(error.to_string().contains(expected) && error.needs().is_none(), "{map}: {error}");
    };
    check("time=When,zone=Nowhere", "a zone such as UTC or Europe/Berlin");
    check("time=When,zone=column:Zone", "is not");
    check("time=When,word:x=sleep", "pump, nurse, bottle, weight, diaper, expressed");
    check("time=When,word:x=pump,word:X=nurse", "word is said twice");
    check("time=When,word:x", "is not written key=value");
    check("time=When,minutes=a,seconds=b", "minutes or seconds, not both");
    check("time=When,kind=column", "column:... where a column says it");
    let answers = map("time=When,kind=column:Type");
    let error = read(&[file("x.csv", "When,Amount\n2026-04-01 03:10,60\n")], &answers, now()).unwrap_err();
    assert!(error.to_string().contains("has no column \"Type\", which --map names for kind"), "{error}");
}

#[test]
fn the_first_guess_names_the_column_of_kinds() {
    let error = read(&[fixture!("generic/kinds.csv")], &answers(), now()).unwrap_err();
    assert!(
        error.to_string().contains("--map 'date=Date,time=Time,volume=Amount (oz),kind=column:Type'"),
        "{error}"
    );
}

#[test]
fn a_weight_needs_its_column() {
    let text = "When,What\n2026-03-14 10:00,weight\n2026-03-14 11:00,pump\n";
    let reading = mapped(file("x.csv", text), "time=When,kind=column:What");
    assert_eq!(skipped(&reading), [(2, "no column is named that holds the weight (weight=...)")]);
}

#[test]
fn a_sample_shows_the_first_rows_of_what_is_not_known() {
    let files =
        [fixture!("generic/semicolon.csv"), fixture!("nighp/pump-2017.csv"), fixture!("generic/log.json")];
    let samples = samples(&files, 2).unwrap();
    assert!(samples.iter().all(|s| !s.file.contains("pump-2017")), "known tables need no map");
    assert_eq!(samples.len(), 2);
    for sample in &samples {
        assert_eq!(sample.rows.len(), 2, "{}", sample.file);
        assert!(sample.rows.iter().all(|row| row.len() == sample.columns.len()), "{}", sample.file);
        assert!(ColumnMap::parse(&sample.guess).is_ok(), "{}", sample.guess);
    }
    assert!(samples[1].columns.iter().any(|column| column.contains('.')), "{:?}", samples[1].columns);
}
