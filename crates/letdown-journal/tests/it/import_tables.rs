//! Our own CSV, and tables that the caller has to explain.

use crate::import::{adds_up, answers, file, fixture, now, reading, said};
use letdown_journal::{
    body::Body,
    fold::Folded,
    import::{Answers, ColumnMap, FileReading, FormatName, NamedBytes, Question, WeightUnit, admit, read},
    volume::VolumeUnit,
};

#[test]
fn our_own_sessions() {
    let reading = reading(fixture!("letdown/sessions.csv"));
    assert_eq!(reading.format.as_str(), "letdown");
    assert_eq!(
        said(&reading),
        [
            "pump 2026-04-01T03:10 min 18.5,-,- ml 60,75,135",
            "pump 2026-04-01T07:00 min 20,-,- ml -,-,0",
            "pump 2026-04-01T11:30 min -,-,- ml -,-,-",
        ]
    );
}

#[test]
fn our_own_columns_in_any_order() {
    let check = |text: &str, expected: &str| {
        let reading = read(&[file("log.csv", text)], &Answers::default(), now()).unwrap().remove(0);
        assert_eq!(
            (reading.format.as_str(), said(&reading).join("")),
            ("letdown", expected.to_owned()),
            "{text}"
        );
    };
    check("total_ml,start\n60,2026-04-01T03:10+02:00\n", "pump 2026-04-01T03:10 min -,-,- ml -,-,60");
    check("START;Minutes\n2026-04-01T03:10Z;12\n", "pump 2026-04-01T03:10 min 12,-,- ml -,-,-");
    check(
        "start\tright_ml\tleft_ml\n2026-04-01 03:10:30Z\t1\t2\n",
        "pump 2026-04-01T03:10:30 min -,-,- ml 2,1,-",
    );
}

#[test]
fn a_row_that_says_it_is_simulated_becomes_an_entry_that_says_so() {
    let marks = |text: &str| -> Vec<bool> {
        let reading = reading(file("log.csv", text));
        let extra = |body: &Body| match body {
            Body::Pump(pump) => pump.extra.clone(),
            other => panic!("{other:?}"),
        };
        reading.drafts.iter().map(|d| extra(&d.body).get("example") == Some(&true.into())).collect()
    };
    let rows = |cells: [&str; 4]| {
        let row = |(hour, cell): (usize, &&str)| format!("2026-04-01T0{hour}:10Z,60,{cell}\n");
        "start,total_ml,simulated\n".to_owned() + &cells.iter().enumerate().map(row).collect::<String>()
    };
    assert_eq!(marks(&rows(["yes", "", "no", "true"])), [true, false, false, true]);
    let reading = reading(file("log.csv", &rows(["yes", "perhaps", "no", "no"])));
    assert_eq!(reading.drafts.len(), 3, "what cannot be told is left out, not taken for real");
    assert_eq!(reading.skipped.len(), 1);
}

#[test]
fn an_offset_is_shown_in_the_zone_of_the_family() {
    let reading = reading(file("log.csv", "start,total_ml\n2026-04-01T03:10Z,60\n"));
    assert_eq!(said(&reading), ["pump 2026-04-01T05:10 min -,-,- ml -,-,60"]);
}

fn mapped(file: NamedBytes<'_>, map: &str) -> FileReading {
    let answers = Answers { map: Some(ColumnMap::parse(map).unwrap()), ..answers() };
    let reading = read(&[file], &answers, now()).unwrap().remove(0);
    admit(vec![reading.clone()], &Folded::default(), "b").files.iter().for_each(adds_up);
    reading
}

#[test]
fn a_sheet_with_date_and_time_apart() {
    let map = "date=date,time=TIME,total=Amount (oz),left=Left (min),note=\"Comments, mine\"";
    let reading = mapped(fixture!("generic/sheet.csv"), &map.replace("left=Left (min),", "minutes=Left,"));
    assert_eq!(reading.format.as_str(), "generic");
    assert_eq!(
        said(&reading),
        ["pump 2025-12-30T19:15 min 10,-,- ml -,-,96.11", "pump 2025-12-30T22:40 min 8,-,- ml -,-,59.15"]
    );
    let skipped = &reading.skipped[0];
    assert_eq!((reading.read, skipped.row), (3, 5), "a row of commas is no row, but it has its number");
    assert_eq!(skipped.reason, "the time \"12/31/2025 soon\" is not a date I can read");
}

#[test]
fn a_sheet_with_semicolons_and_decimal_commas() {
    let map = "time=Beginn,end=Ende,volume=Menge,side=seite,note=Notiz";
    assert_eq!(
        said(&mapped(fixture!("generic/semicolon.csv"), map)),
        ["pump 2025-12-31T23:50 min -,20,- ml 60.5,-,-", "pump 2026-01-01T06:00 min 15,-,- ml -,-,1.06"]
    );
}

#[test]
fn a_map_for_every_kind() {
    let check = |map: &str, cell: &str, expected: &str| {
        let text = format!("When,What\n2026-04-01 03:10,{cell}\n");
        assert_eq!(said(&mapped(file("x.csv", &text), map)).join(""), expected, "{map}");
    };
    check("time=When,volume=What,unit=ml", "60", "pump 2026-04-01T03:10 min -,-,- ml -,-,60");
    check("time=When,left=What,unit=oz", "2", "pump 2026-04-01T03:10 min -,-,- ml 59.15,-,-");
    check("time=When,minutes=What", "1 hr 5 min", "pump 2026-04-01T03:10 min 65,-,- ml -,-,-");
    check("time=When,side=What,kind=nurse", "Both", "nurse 2026-04-01T03:10 min -: Left -, Right -");
    check("time=When,minutes=What,kind=nurse", "12", "nurse 2026-04-01T03:10 min 12: ");
    check(
        "time=When,volume=What,kind=bottle,milk=formula,unit=ml",
        "60",
        "bottle 2026-04-01T03:10 - min 60 ml Formula",
    );
    check("time=When,weight=What,kind=weight,unit=lb", "10", "weight 2026-04-01T03:10 4535.9 g");
    check("time=When,wet=What,kind=diaper", "yes", "diaper 2026-04-01T03:10 wet true soiled false");
}

#[test]
fn a_map_that_does_not_fit_says_how_it_would() {
    let check = |map: &str, expected: &str| {
        let error = ColumnMap::parse(map).unwrap_err();
        assert!(error.to_string().contains(expected) && error.needs().is_none(), "{map}: {error}");
    };
    check("", "key=value");
    check("volume=Amount", "which column holds the time");
    check("time=When,milkiness=x", "the keys are time, date, end");
    check("time=When,kind=sleep", "pump, nurse, bottle, weight or diaper");
    check("time=When,unit=cups", "ml, oz, kg, g or lb");
    check("time=When,time=Then", "said twice");
    check("time=\"When", "opens and never closes");
    check("time=When,volume=a,total=b", "not both");
    check("time=When,kind=weight", "weight=");
    check("time=When,kind=weight,weight=w,unit=ml", "kg, g or lb");
    check("time=When,kind=diaper", "wet=");
}

#[test]
fn a_missing_column_lists_those_there_are() {
    let answers = Answers { map: Some(ColumnMap::parse("time=When,volume=Milk").unwrap()), ..answers() };
    let error = read(&[file("x.csv", "When,Amount\n2026-04-01 03:10,60\n")], &answers, now()).unwrap_err();
    assert_eq!(error.needs(), Some(Question::Columns));
    assert_eq!(
        error.to_string(),
        "x.csv has no column \"Milk\", which --map names for volume. Its columns are: \"When\", \"Amount\""
    );
}

#[test]
fn a_known_format_needs_no_map_unless_it_is_told_so() {
    let map = Some(ColumnMap::parse("time=Time,volume=Amount,kind=bottle").unwrap());
    let said_as = |format: Option<&str>| {
        let format = format.map(|name| FormatName::named(name).unwrap());
        let answers = Answers { map: map.clone(), format, ..answers() };
        let reading = read(&[fixture!("nighp/pump-2017.csv")], &answers, now()).unwrap().remove(0);
        (reading.format.as_str(), reading.drafts[0].body.kind())
    };
    assert_eq!(said_as(None), ("nighp", "pump"));
    assert_eq!(said_as(Some("generic")), ("generic", "bottle"));
}

#[test]
fn units_that_nobody_wrote() {
    let read_as = |amounts: &[&str], unit: Option<VolumeUnit>| {
        let text = format!("When,Amount\n2026-04-01 03:10,{}", amounts.join("\n2026-04-01 03:10,"));
        let map = Some(ColumnMap::parse("time=When,volume=Amount").unwrap());
        let answers = Answers { map, unit, ..answers() };
        let reading = read(&[file("x.csv", &text)], &answers, now());
        reading
            .map(|r| (said(&r[0])[0].split(',').next_back().unwrap().to_owned(), r[0].flags.len()))
            .map_err(|e| (e.needs(), e.to_string().contains("--unit ml or --unit oz")))
    };
    let oz = Some(VolumeUnit::Oz);
    assert_eq!(read_as(&["60", "75", "4"], None), Ok(("60".to_owned(), 1)));
    assert_eq!(read_as(&["2", "3.5", "4"], None), Ok(("59.15".to_owned(), 1)));
    assert_eq!(read_as(&["60", "75"], oz), Ok(("1774.41".to_owned(), 2)), "her word stands, and is doubted");
    assert_eq!(read_as(&["2 oz", "60 ml"], None), Ok(("59.15".to_owned(), 0)));
    for open in [&["2", "3", "4"][..], &["15", "3.5"], &["10", "60"]] {
        assert_eq!(read_as(open, None), Err((Some(Question::Unit), true)), "{open:?}");
    }
}

#[test]
fn a_unit_of_weight_for_the_whole_import() {
    let answers = Answers { weight_unit: Some(WeightUnit::G), ..answers() };
    let reading = read(&[fixture!("babybuddy/weight.csv")], &answers, now()).unwrap().remove(0);
    assert_eq!(said(&reading)[0], "weight 2026-03-24T00:00 4.1 g");
}
