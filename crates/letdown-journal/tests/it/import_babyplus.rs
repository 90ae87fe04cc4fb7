use crate::import::{adds_up, admitted, answers, file, fixture, imported, now, reading, said};
use letdown_journal::{
    author::Author,
    body::Body,
    fold::Folded,
    import::{Answers, Question, admit, read},
};

#[test]
fn flat_lists() {
    let reading = reading(fixture!("babyplus/flat.json"));
    assert_eq!(reading.format.as_str(), "babyplus");
    assert_eq!(
        said(&reading),
        [
            "bottle 2026-02-06T09:30 - min 75 ml Expressed",
            "bottle 2026-02-05T21:12:40 - min 60 ml Formula",
            "pump 2026-02-06T05:10 min 18,-,- ml -,-,115.5",
            "weight 2026-02-03T00:00 3900.0 g",
            "diaper 2026-02-06T10:00 wet true soiled true",
            "diaper 2026-02-06T06:45 wet true soiled false",
            "nurse 2026-02-06T12:00 min 31: Right 13, Left 8",
            "nurse 2026-02-06T07:00 min -: Left 15",
            "nurse 2026-02-06T02:00 min -: Right -",
        ]
    );
    let skipped: Vec<&str> = reading.skipped.iter().map(|s| s.reason.as_str()).collect();
    assert_eq!(
        skipped,
        [
            "baby_growth: not ours: growth without a weight",
            "baby_sleep: not ours: sleep",
            "babyprofile: not ours: a table that I do not know",
            "my_milestones: not ours: milestones",
        ]
    );
    let Body::Bottle(bottle) = &reading.drafts[0].body else { unreachable!() };
    assert_eq!((bottle.baby.as_deref(), bottle.note.as_deref()), (Some("baby 1"), Some("from the fridge")));
    assert_eq!(reading.drafts[0].rows[0].row_id.as_deref(), Some("12"));
    assert!(reading.flags.iter().any(|f| f.what.contains("read as kg")), "{:?}", reading.flags);
}

#[test]
fn lists_within_a_baby() {
    let reading = reading(fixture!("babyplus/2019.json"));
    assert_eq!(reading.format.as_str(), "babyplus");
    // Berlin is six hours ahead; the two sides of one nursing are together.
    assert_eq!(
        said(&reading),
        ["nurse 2019-02-11T11:05 min 26: Left 12.5, Right 11", "nurse 2019-02-11T05:50 min -: Left 15"]
    );
    let Body::Nurse(nurse) = &reading.drafts[0].body else { unreachable!() };
    assert_eq!(nurse.baby.as_deref(), Some("Mila"));
    let skipped: Vec<&str> = reading.skipped.iter().map(|s| s.reason.as_str()).collect();
    assert_eq!(skipped, ["babies: not ours: a table that I do not know", "babies.sleep: not ours: sleep"]);
}

#[test]
fn offsets_need_no_zone() {
    for fixture in [fixture!("babyplus/flat.json"), fixture!("babyplus/2019.json")] {
        assert!(!read(&[fixture], &Answers::default(), now()).unwrap()[0].drafts.is_empty());
    }
    let local =
        r#"{"baby_bottlefeed":[{"amountML":60,"babyid":1,"isFormula":true,"date":"2026-02-05T21:12:40"}]}"#;
    let error = read(&[file("export.json", local)], &Answers::default(), now()).unwrap_err();
    assert_eq!(error.needs(), Some(Question::Zone));
}

#[test]
fn seconds_since_1970() {
    let text = r#"{"baby_nursingfeed":[{"pk":"1","babyid":1,"startDate":1779120000.25,"endDate":1779121200.25,"leftDuration":600,"rightDuration":600}],
        "baby_bottlefeed":[{"pk":"2","babyid":1,"date":1779123600.0,"amountOz":2,"isFormula":1}],
        "baby_expressingfeed":[{"pk":"3","babyid":1,"startDate":1779127200,"endDate":0,"leftAmountML":40,"rightAmountML":55}]}"#;
    let reading = reading(file("export.json", text));
    assert_eq!(
        said(&reading),
        [
            "bottle 2026-05-18T19:00 - min 59.15 ml Formula",
            "pump 2026-05-18T20:00 min -,-,- ml 40,55,-",
            "nurse 2026-05-18T18:00 min -: Left 10, Right 10",
        ]
    );
}

#[test]
fn an_end_that_is_still_to_come_is_none() {
    let nursed = |end: &str| {
        let text = format!(
            r#"{{"baby_nursingfeed":[{{"babyid":1,"startDate":"2026-02-05T21:12:00Z","endDate":{end},"nursingSide":"left"}}]}}"#
        );
        let reading = reading(file("export.json", &text));
        (said(&reading).join(""), reading.flags.len())
    };
    let open = ("nurse 2026-02-05T22:12 min -: Left -".to_owned(), 0);
    for end in
        ["0", "0.0", "null", "\"\"", r#""1970-01-01T00:00:00.000Z""#, r#""1969-12-31T19:00:00.000-05:00""#]
    {
        assert_eq!(nursed(end), open, "{end}");
    }
    assert_eq!(nursed(r#""2026-02-05T21:20:00Z""#), ("nurse 2026-02-05T22:12 min -: Left 8".to_owned(), 0));
}

#[test]
fn what_cannot_be_read_is_left_out_with_its_reason() {
    let reasons = |row: &str, list: &str| {
        let good = r#"{"babyid":1,"date":"2026-02-05T21:12:40Z","amountML":1,"isFormula":true,"type":"Wet"}"#;
        let text = format!(r#"{{"{list}":[{good},{{"babyid":1,{row}}}]}}"#);
        reading(file("export.json", &text)).skipped.into_iter().map(|s| s.reason).collect::<String>()
    };
    let at = r#""date":"2026-02-05T21:12:40Z""#;
    assert_eq!(
        reasons(&format!(r#"{at},"amountML":"much""#), "baby_bottlefeed"),
        "\"much\" is not an amount I can read"
    );
    assert_eq!(
        reasons(&format!(r#"{at},"isFormula":"goat""#), "baby_bottlefeed"),
        "\"goat\" is neither yes nor no"
    );
    assert_eq!(
        reasons(&format!(r#"{at},"type":"Blue""#), "baby_nappy"),
        "the type \"Blue\" is not one I know"
    );
    assert_eq!(
        reasons(&format!(r#"{at},"duration":-5"#), "baby_nursingfeed"),
        "the length \"-5\" is not one I can read"
    );
    assert_eq!(
        reasons(&format!(r#"{at},"duration":1e9"#), "baby_nursingfeed"),
        "16666667 min is longer than a week"
    );
    assert_eq!(reasons(r#""date":null"#, "baby_bottlefeed"), "the time is missing");
    assert_eq!(reasons(r#""date":12"#, "baby_bottlefeed"), "the time \"12\" is not a date I can read");
}

#[test]
fn a_list_of_another_app_is_not_taken() {
    let text = r#"{"baby_log":[{"date":"2026-02-05T21:12:40Z","ml":60}]}"#;
    let error = read(&[file("export.json", text)], &answers(), now()).unwrap_err();
    assert_eq!(error.needs(), Some(Question::Columns));
}

#[test]
fn a_later_export_brings_only_what_is_new() {
    let row = |pk: u8| {
        format!(
            r#"{{"amountML":60,"babyid":1,"isFormula":true,"pk":{pk},"date":"2026-02-05T0{pk}:12:40.310+01:00"}}"#
        )
    };
    let export = |rows: &[u8]| {
        let rows: Vec<String> = rows.iter().map(|pk| row(*pk)).collect();
        format!(r#"{{"baby_bottlefeed":[{}]}}"#, rows.join(","))
    };
    let first = admitted(&[file("export.json", &export(&[2, 1]))]);
    assert_eq!(imported(&first), [0, 0, 2, 0, 0]);
    let mut author = Author::new("phone").unwrap();
    let journal = Folded::of((0..).zip(&first.bodies).map(|(n, body)| author.put(body, 1_000 + n, [1; 10])));
    let later = export(&[3, 2, 1]);
    let second = admit(read(&[file("export.json", &later)], &answers(), now()).unwrap(), &journal, "b");
    second.files.iter().for_each(adds_up);
    assert_eq!((second.files[0].rows_imported, second.files[0].rows_duplicate), (1, 2));
}
