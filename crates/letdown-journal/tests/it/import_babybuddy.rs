use crate::import::{admitted, answers, file, fixture, imported, now, reading, said};
use letdown_journal::{
    author::Author,
    body::Body,
    fold::Folded,
    import::{Answers, NamedBytes, WeightUnit, admit, read},
};

fn check(fixture: NamedBytes<'_>, expected: &[&str]) {
    let reading = reading(fixture);
    assert_eq!(reading.format.as_str(), "babybuddy");
    assert_eq!(said(&reading), expected, "{}", fixture.name);
}

#[test]
fn feeds_as_the_app_exports_them() {
    check(
        fixture!("babybuddy/feeding.csv"),
        &[
            "nurse 2026-02-03T03:58 min 24.5: Left 7, Right 12",
            "bottle 2026-02-02T23:50 20 min 60 ml Formula",
            "bottle 2026-02-02T21:00 12 min 45.5 ml Expressed",
            "nurse 2026-02-02T18:30 min 20: Left -, Right -",
            "nurse 2026-02-02T15:00 min -: Left 8",
            "nurse 2026-02-02T14:40 min -: Left 10",
            "bottle 2026-02-02T14:52 6 min 40 ml Fortified",
            "nurse 2026-02-02T12:30 min -: Right -",
        ],
    );
    let reading = reading(fixture!("babybuddy/feeding.csv"));
    assert_eq!(reading.skipped.len(), 1);
    assert_eq!((reading.skipped[0].row, reading.skipped[0].reason.as_str()), (7, "not ours: solid food"));
    let flags: Vec<usize> = reading.flags.iter().map(|f| f.row).collect();
    assert_eq!(flags, [2, 11], "the unit, and the end before the start");
}

#[test]
fn feeds_saved_again_day_first() {
    check(
        fixture!("babybuddy/feeding-dmy.csv"),
        &[
            "nurse 2025-10-29T02:40 min -: Left 0",
            "nurse 2025-10-26T02:40 min -: Right 30",
            "nurse 2025-10-05T23:40 min 35: Left 10, Right 20",
            "bottle 2025-10-03T07:00 20 min 80 ml Expressed",
        ],
    );
}

#[test]
fn two_sides_in_a_row_are_one_nursing() {
    let check = |rows: &[&str], expected: usize| {
        let text = format!("id,child_id,start,end,type,method,amount,notes,tags\n{}\n", rows.join("\n"));
        let admission = admitted(&[file("feeding.csv", &text)]);
        assert_eq!(
            (imported(&admission)[1], admission.files[0].rows_imported),
            (expected, rows.len()),
            "{rows:?}"
        );
    };
    let row = |child: u8, from: &str, to: &str, side: &str| {
        format!("1,{child},2026-02-03 {from},2026-02-03 {to},breast milk,{side} breast,,,")
    };
    let left = row(1, "10:00", "10:10", "left");
    check(&[&left, &row(1, "10:25", "10:30", "right")], 1);
    check(&[&row(1, "10:25", "10:30", "right"), &left], 1);
    check(&[&left, &row(1, "10:26", "10:30", "right")], 2);
    check(&[&left, &row(1, "10:12", "10:30", "left")], 2);
    check(&[&left, &row(2, "10:12", "10:30", "right")], 2);
    check(&[&left, &row(1, "10:10", "10:12", "right"), &row(1, "10:12", "10:20", "left")], 2);
    check(
        &[
            &left,
            &row(1, "10:10", "10:12", "right"),
            &row(1, "10:12", "10:20", "left"),
            &row(1, "10:20", "10:21", "right"),
        ],
        2,
    );
}

#[test]
fn notes_of_both_sides_are_kept() {
    let text = "child_id,start,end,type,method,amount,notes\n\
                1,2026-02-03 10:00,2026-02-03 10:10,breast milk,left breast,,sleepy\n\
                1,2026-02-03 10:10,2026-02-03 10:20,breast milk,right breast,,awake\n";
    let reading = reading(file("feeding.csv", text));
    let Body::Nurse(nurse) = &reading.drafts[0].body else { unreachable!() };
    assert_eq!((nurse.note.as_deref(), nurse.baby.as_deref()), (Some("sleepy\nawake"), Some("child 1")));
}

#[test]
fn the_other_half_of_a_pair_makes_its_nursing_whole() {
    let header = "id,child_id,start,end,type,method,amount,notes,tags\n";
    let left = "7,1,2026-02-03 10:00,2026-02-03 10:10,breast milk,left breast,,,\n";
    let right = "8,1,2026-02-03 10:12,2026-02-03 10:20,breast milk,right breast,,,\n";
    let (half, whole) = (format!("{header}{left}"), format!("{header}{left}{right}"));
    let import = |text: &str, journal: &Folded| {
        admit(read(&[file("feeding.csv", text)], &answers(), now()).unwrap(), journal, "b")
    };
    let first = import(&half, &Folded::default());
    let mut author = Author::new("phone").unwrap();
    let journal = Folded::of(first.bodies.iter().map(|body| author.put(body, 1_000, [1; 10])));
    let second = import(&whole, &journal);
    assert_eq!((second.files[0].rows_imported, second.files[0].rows_duplicate), (1, 1));
    assert_eq!((second.bodies.len(), second.files[0].changed["nurse"]), (0, 1));
    let (earlier, whole) = &second.versions[0];
    assert_eq!(journal.fact(earlier.root).unwrap().newest(), earlier);
    assert_eq!(crate::import::says(whole), "nurse 2026-02-03T10:00 min 20: Left 10, Right 8");
    assert_eq!(whole.source().unwrap().row_ids, ["7", "8"]);
}

#[test]
fn pumpings_in_both_shapes() {
    check(
        fixture!("babybuddy/pumping-old.csv"),
        &[
            "pump 2026-02-02T08:20:15 min -,-,- ml -,-,101.5",
            "pump 2026-02-02T03:45:05 min -,-,- ml -,-,98.25",
        ],
    );
    check(
        fixture!("babybuddy/pumping.csv"),
        &["pump 2026-02-03T09:00 min 18,-,- ml -,-,120", "pump 2026-02-03T05:00 min 15,-,- ml -,-,95"],
    );
}

#[test]
fn changes_and_what_is_not_ours() {
    check(
        fixture!("babybuddy/changes.csv"),
        &["diaper 2026-02-03T06:00 wet true soiled false", "diaper 2026-02-03T01:30 wet true soiled true"],
    );
    let reason = |text| reading(file("x.csv", text)).skipped[0].reason.clone();
    assert_eq!(reading(fixture!("babybuddy/sleep.csv")).skipped[0].reason, "not ours: sleep");
    assert_eq!(
        reason("id,child_id,start,end,milestone,tags\n1,1,2026-02-03 10:00,,rolled,\n"),
        "not ours: tummy time"
    );
    assert_eq!(reason("id,child_id,height,date,notes\n1,1,60,2026-02-03,\n"), "not ours: height");
}

#[test]
fn weights_by_what_they_can_be() {
    check(
        fixture!("babybuddy/weight.csv"),
        &[
            "weight 2026-03-24T00:00 4120.0 g",
            "weight 2026-03-09T00:00 3900.0 g",
            "weight 2026-03-01T00:00 3480.0 g",
        ],
    );
    let weighed = |text: &str, unit| {
        let answers = Answers { weight_unit: unit, ..answers() };
        let text = format!("child_id,weight,date,notes\n1,{text},2026-03-14,\n");
        let reading = read(&[file("weight.csv", &text)], &answers, now()).unwrap().remove(0);
        (said(&reading).join(""), reading.flags.len())
    };
    assert_eq!(weighed("3480", None), ("weight 2026-03-14T00:00 3480.0 g".to_owned(), 0));
    assert_eq!(weighed("4.1", None), ("weight 2026-03-14T00:00 4100.0 g".to_owned(), 1));
    assert_eq!(weighed("9", Some(WeightUnit::Lb)), ("weight 2026-03-14T00:00 4082.3 g".to_owned(), 0));
    assert_eq!(weighed("9.5 lb", None), ("weight 2026-03-14T00:00 4309.1 g".to_owned(), 0));
}

#[test]
fn the_zone_does_not_make_a_row_new() {
    let digests = |zone: &str| {
        let answers =
            Answers { zone: Some(letdown_journal::moment::zone(zone).unwrap()), ..Answers::default() };
        let reading = read(&[fixture!("babybuddy/feeding-dmy.csv")], &answers, now()).unwrap().remove(0);
        let mut rows: Vec<_> =
            reading.drafts.into_iter().flat_map(|d| d.rows).map(|r| (r.row, r.digest)).collect();
        rows.sort();
        rows
    };
    assert_eq!(digests("Europe/Berlin"), digests("Asia/Tokyo"), "over the night the clocks went back, too");
}

#[test]
fn answers_of_the_api_name_their_offsets() {
    check(
        fixture!("babybuddy/api-feedings.json"),
        &[
            "nurse 2026-02-05T17:40:30 min 25.5: Left 12, Right 6",
            "bottle 2026-02-05T17:45 15 min 85 ml Formula",
            "bottle 2026-02-05T08:10 15 min 62.5 ml Fortified",
            "nurse 2025-10-26T02:50 min 20: Left -, Right -",
            "bottle 2025-10-26T01:30 15 min 70 ml Expressed",
        ],
    );
    let bare = Answers::default();
    let reading = read(&[fixture!("babybuddy/api-feedings.json")], &bare, now()).unwrap().remove(0);
    assert_eq!(reading.drafts.len(), 5, "no zone has to be asked for");
    assert_eq!(
        (reading.skipped[0].row, reading.skipped[0].reason.as_str()),
        (4, "not ours: solid food"),
        "rows are counted from 1"
    );
    let Body::Nurse(nurse) = &reading.drafts[0].body else { unreachable!() };
    assert_eq!((nurse.baby.as_deref(), nurse.note.as_deref()), (Some("child 1"), Some("hungry")));
    assert_eq!(reading.drafts[0].rows[0].row_id.as_deref(), Some("56"));
}

#[test]
fn answers_of_the_api_side_by_side() {
    check(
        fixture!("babybuddy/api-all.json"),
        &[
            "diaper 2026-02-04T07:15 wet true soiled false",
            "diaper 2026-02-04T01:05 wet true soiled true",
            "nurse 2026-02-04T03:00 min -: Left 14",
            "bottle 2026-02-04T00:30 12 min 55 ml Expressed",
            "pump 2026-02-04T05:00 min 18,-,- ml -,-,95",
            "pump 2026-02-03T22:10 min 0,-,- ml -,-,110.5",
            "weight 2026-02-04T00:00 4020.0 g",
        ],
    );
    let reading = reading(fixture!("babybuddy/api-all.json"));
    let skipped: Vec<&str> = reading.skipped.iter().map(|s| s.reason.as_str()).collect();
    assert_eq!(
        skipped,
        [
            "children: not ours: a table that I do not know",
            "sleep: not ours: sleep",
            "timers: not ours: a table that I do not know"
        ]
    );
    assert_eq!(reading.read, 10);
    let drunk = reading.drafts.iter().filter_map(|draft| match &draft.body {
        Body::Nurse(nurse) => nurse.intake_ml(),
        _ => None,
    });
    assert_eq!(drunk.count(), 1, "what was drunk at the breast is kept as intake");
}

#[test]
fn answers_that_are_wrapped_or_alone_are_read_the_same() {
    let row = r#"{"id":7,"child":1,"amount":90.0,"start":"2026-02-04T05:00:00+01:00","end":"2026-02-04T05:18:00+01:00"}"#;
    let expected = ["pump 2026-02-04T05:00 min 18,-,- ml -,-,90"];
    for text in [
        format!("[{row}]"),
        format!(r#"{{"results":[{row}]}}"#),
        format!(r#"{{"pumping":{{"count":1,"next":null,"results":[{row}]}}}}"#),
        format!("{row}\n"),
    ] {
        assert_eq!(said(&reading(file("pumping.json", &text))), expected, "{text}");
    }
}

#[test]
fn one_page_of_several_is_flagged() {
    let row = r#"{"id":7,"child":1,"amount":90.0,"start":"2026-02-04T05:00:00+01:00","end":null}"#;
    let page = |next: &str| format!(r#"{{"count":230,"next":{next},"previous":null,"results":[{row}]}}"#);
    let flags = |text: &str| -> Vec<String> {
        reading(file("pumping.json", text)).flags.into_iter().map(|f| f.what).collect()
    };
    let some = flags(&page(r#""http://milk.local/api/pumping/?offset=100""#));
    assert_eq!(some[0], "these are 1 rows of 230; the other pages are not in this file");
    assert_eq!(flags(&page("null")), some[1..]);
}

#[test]
fn other_lists_of_the_api_are_left_out_by_name() {
    let reason = |row: &str| reading(file("x.json", &format!("[{row}]"))).skipped[0].reason.clone();
    let at = r#""id":1,"child":1,"notes":"","tags":[]"#;
    assert_eq!(
        reason(&format!(r#"{{{at},"temperature":37.1,"time":"2026-02-04T05:00:00Z"}}"#)),
        "not ours: temperature"
    );
    assert_eq!(reason(&format!(r#"{{{at},"height":52.5,"date":"2026-02-04"}}"#)), "not ours: height");
    assert_eq!(
        reason(&format!(r#"{{{at},"head_circumference":36,"date":"2026-02-04"}}"#)),
        "not ours: head circumference"
    );
    assert_eq!(
        reason(&format!(r#"{{{at},"milestone":"","start":"2026-02-04T05:00:00Z"}}"#)),
        "not ours: tummy time"
    );
    let other = r#"[{"id":1,"child":1,"name":"x","start":"2026-02-04T05:00:00Z"}]"#;
    let error = read(&[file("x.json", other)], &answers(), now()).unwrap_err();
    assert!(error.to_string().contains("is not an export I know"), "{error}");
}

#[test]
fn the_json_of_the_admin_pages() {
    check(
        fixture!("babybuddy/admin-feeding.json"),
        &["nurse 2026-02-03T18:50 min 21: Left 10, Right 9", "bottle 2026-02-03T15:00 10 min 60 ml Formula"],
    );
}

#[test]
fn the_same_feed_is_known_from_csv_json_and_api() {
    let csv = "id,child_id,start,end,type,method,amount,notes,tags\n\
               50,1,2026-02-04 00:30:00,2026-02-04 00:42:00,breast milk,bottle,55,,\n";
    let admin = r#"[{"id":"50","child_id":"1","start":"2026-02-04 00:30:00","end":"2026-02-04 00:42:00","type":"breast milk","method":"bottle","amount":"55.0"}]"#;
    let api = r#"{"results":[{"id":50,"child":1,"start":"2026-02-04T00:30:00+01:00","end":"2026-02-04T00:42:00+01:00","type":"breast milk","method":"bottle","amount":55.0}]}"#;
    let files = [file("feeding.csv", csv), file("feeding.json", admin), file("feedings.json", api)];
    for turn in 0..3 {
        let mut files = files;
        files.rotate_left(turn);
        assert_eq!(imported(&admitted(&files)), [0, 0, 1, 0, 0], "{turn}");
    }
}
