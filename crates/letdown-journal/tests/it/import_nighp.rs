use crate::import::{admitted, answers, file, fixture, imported, now, reading, said};
use letdown_journal::{
    body::{Body, Milk},
    import::{Answers, DateOrder, NamedBytes, read},
};

fn check(fixture: NamedBytes<'_>, expected: &[&str]) {
    let reading = reading(fixture);
    assert_eq!(reading.format.as_str(), "nighp");
    assert_eq!(said(&reading), expected, "{}", fixture.name);
}

#[test]
fn pumped_in_2017_with_units_in_the_cells() {
    check(
        fixture!("nighp/pump-2017.csv"),
        &[
            "pump 2018-03-14T05:05 min -,-,- ml -,-,35",
            "pump 2018-03-14T09:40 min -,-,- ml -,-,42",
            "pump 2018-03-14T12:00 min -,-,- ml -,-,0",
            "pump 2018-03-14T00:30 min -,-,- ml -,-,51.5",
            "pump 2018-03-15T20:15 min -,-,- ml -,-,59.15",
        ],
    );
    let drafts = reading(fixture!("nighp/pump-2017.csv")).drafts;
    let notes = drafts.iter().map(|d| match &d.body {
        Body::Pump(pump) => (pump.note.as_deref(), pump.total.as_ref().unwrap().0.as_typed()),
        _ => (None, None),
    });
    let expected = [(Some("sleepy"), None), (None, None), (None, None), (None, None), (None, Some("2 oz"))];
    assert_eq!(notes.collect::<Vec<_>>(), expected);
}

#[test]
fn pumped_in_2022_with_lengths_in_words() {
    check(
        fixture!("nighp/pump-2022.csv"),
        &[
            "pump 2022-05-03T16:10 min -,12,12 ml -,-,-",
            "pump 2022-05-21T15:05 min -,-,- ml -,-,48",
            "pump 2022-05-21T18:45 min 17,9,8 ml 30,25,55",
            "pump 2022-05-22T01:00 min -,62,- ml 44.36,-,44.36",
            "pump 2022-05-23T07:00 min -,4565,- ml -,-,-",
        ],
    );
    let flags = reading(fixture!("nighp/pump-2022.csv")).flags;
    assert!(flags.iter().any(|f| f.row == 6 && f.what.starts_with("4565 min")), "{flags:?}");
}

#[test]
fn pumped_in_2023_day_first_with_ounces_typed_as_millilitres() {
    check(
        fixture!("nighp/pump-2023.csv"),
        &[
            "pump 2023-06-03T17:47 min -,12,11 ml -,-,-",
            "pump 2023-06-14T11:09 min 16,9,7 ml 1242,917,2159",
            "pump 2023-06-15T18:25 min -,-,- ml 40,35,75",
        ],
    );
    let flags = reading(fixture!("nighp/pump-2023.csv")).flags;
    assert!(
        flags.len() == 2 && flags.iter().all(|f| f.row == 3 && f.what.contains("unit right")),
        "{flags:?}"
    );
}

#[test]
fn pumped_in_2026_in_ounces_by_a_24_hour_clock() {
    check(
        fixture!("nighp/pump-2026.csv"),
        &[
            "pump 2025-08-19T15:42 min -,18,19 ml 44.36,59.15,103.51",
            "pump 2025-08-19T23:05 min 20,-,- ml -,-,17.74",
            "pump 2025-08-20T00:10 min -,20,- ml -,-,-",
        ],
    );
}

#[test]
fn nursed_side_after_side() {
    check(
        fixture!("nighp/Mila_nursing-2022.csv"),
        &[
            "nurse 2022-05-21T02:10 min -: Left 7, Right 11",
            "nurse 2022-05-21T04:30 min -: Right 14",
            "nurse 2022-05-21T08:00 min -: ",
        ],
    );
    check(
        fixture!("nighp/Mila_nursing-2023.csv"),
        &[
            "nurse 2022-05-21T02:10 min -: Left 7, Right 11",
            "nurse 2022-05-21T04:30 min -: Right 14",
            "nurse 2023-06-03T17:20 min -: Right 15, Left 6",
            "nurse 2023-06-03T20:45 min 25: Left 10, Right 9",
        ],
    );
}

#[test]
fn two_generations_in_two_languages_say_the_same() {
    let admission =
        admitted(&[fixture!("nighp/Mila_nursing-2022.csv"), fixture!("nighp/Mila_nursing-2023.csv")]);
    assert_eq!(imported(&admission), [0, 5, 0, 0, 0]);
    assert_eq!(admission.files[1].rows_duplicate, 2);
}

#[test]
fn which_milk_only_the_name_can_tell() {
    check(
        fixture!("nighp/Mila_expressed-2017.csv"),
        &["bottle 2018-03-14T06:00 - min 30 ml Expressed", "bottle 2018-03-14T10:05 - min 45 ml Expressed"],
    );
    check(
        fixture!("nighp/Mila_formula-2017.csv"),
        &["bottle 2018-03-14T06:00 - min 30 ml Formula", "bottle 2018-03-14T13:25 - min 25 ml Formula"],
    );
    check(
        fixture!("nighp/Mila_bottle.csv"),
        &["bottle 2025-08-19T16:38 - min 47.32 ml Unknown", "bottle 2025-08-19T19:10 - min 66.54 ml Unknown"],
    );
    let milk = |name| match &reading(file(name, "Baby,Time,Amount (ml),Note\nMila,\"3/14/18, 6:00 AM\",30\n"))
        .drafts[0]
        .body
    {
        Body::Bottle(bottle) => bottle.milk.clone(),
        _ => Milk::Other("no bottle".to_owned()),
    };
    assert_eq!(milk("C:\\formula\\Mila_pumped.csv"), Milk::Expressed, "the folder does not count");
    assert_eq!(milk("/tmp/FORMULA.CSV"), Milk::Formula);
}

#[test]
fn a_renamed_file_does_not_come_in_twice() {
    let bytes = fixture!("nighp/Mila_formula-2017.csv").bytes;
    let named = |name| NamedBytes { name, bytes };
    for names in [["milk.csv", "formula.csv"], ["formula.csv", "milk.csv"], ["milk.csv", "expressed.csv"]] {
        assert_eq!(imported(&admitted(&names.map(named))), [0, 0, 2, 0, 0], "{names:?}");
    }
    let both = admitted(&["expressed.csv", "formula.csv"].map(named));
    assert_eq!(imported(&both), [0, 0, 4, 0, 0], "half of each is two bottles");
}

#[test]
fn diapers_by_their_status() {
    check(
        fixture!("nighp/Mila_diaper-2026.csv"),
        &[
            "diaper 2025-08-19T15:51 wet true soiled true",
            "diaper 2025-08-19T18:01 wet true soiled false",
            "diaper 2025-08-19T21:30 wet false soiled true",
            "diaper 2025-08-19T23:11 wet false soiled false",
        ],
    );
    let skipped = reading(fixture!("nighp/Mila_diaper-2026.csv")).skipped;
    assert_eq!(
        (skipped[0].row, skipped[0].reason.as_str()),
        (6, "the status \"Sparkling\" is not one I know")
    );
}

#[test]
fn what_is_not_ours_is_skipped_and_counted() {
    let check = |fixture, expected: &[&str]| {
        let reading = reading(fixture);
        let reasons: Vec<&str> = reading.skipped.iter().map(|s| s.reason.as_str()).collect();
        assert_eq!((reading.read, reasons), (expected.len(), expected.to_vec()));
    };
    check(fixture!("nighp/Mila_other_activity.csv"), &["not ours: other activity"; 2]);
    check(fixture!("nighp/Mila_sleep.csv"), &["not ours: sleep"]);
    check(
        file("t.csv", "Baby,Time,Temperature (C),Note\nMila,\"1/2/26, 10:00\",37.1,\n"),
        &["not ours: temperature"],
    );
}

#[test]
fn every_line_end_is_a_line_end() {
    let rows = [
        "Time,Amount,Note",
        "\"3/14/18, 5:05 AM\",35 ml",
        "\"3/15/18, 6:05 AM\",40 ml,x",
        "\"3/16/18, 7:05 AM\",45 ml",
    ];
    let mixed = format!("\u{feff}\r\n\n{}\r{}\r\n{}\n\r{}", rows[0], rows[1], rows[2], rows[3]);
    for text in [rows.join("\n"), rows.join("\r"), rows.join("\r\n"), mixed] {
        let reading = reading(file("pump.csv", &text));
        let rows: Vec<usize> = reading.drafts.iter().map(|d| d.rows[0].row).collect();
        assert_eq!((reading.read, rows), (3, vec![2, 3, 4]), "{text:?}");
    }
}

#[test]
fn a_row_that_cannot_be_read_says_why() {
    let check = |row: &str, expected: &str| {
        let text = format!("Time,Amount,Note\n\"3/14/18, 5:05 AM\",35 ml\n{row}\n");
        let reading = reading(file("pump.csv", &text));
        let reasons: Vec<(usize, &str)> =
            reading.skipped.iter().map(|s| (s.row, s.reason.as_str())).collect();
        assert_eq!((reading.drafts.len(), reasons), (1, vec![(3, expected)]), "{row}");
    };
    check("soon,35 ml", "the time \"soon\" is not a date I can read");
    check(",35 ml", "the time is missing");
    check("\"3/14/18\",35 ml", "the time \"3/14/18\" is a date without a clock time");
    check("\"13/45/18, 5:05 AM\",35 ml", "the time \"13/45/18, 5:05 AM\" is not a date I can read");
    check("\"3/14/18, 5:65 AM\",35 ml", "the time \"3/14/18, 5:65 AM\" is not a date I can read");
    check("\"3/14/18, 5:65\u{202f}AM\",35 ml", "the time \"3/14/18, 5:65 AM\" is not a date I can read");
    check("\"3/14/18, 5:05 AM\",a little", "\"a little\" is not an amount I can read");
    check("\"3/14/18, 5:05 AM\",-5 ml", "\"-5 ml\" is not an amount I can read");
    check(
        "\"3/14/18, 5:05 AM\",35 drops",
        "the amount \"35 drops\" names a unit I do not know; I know ml and oz",
    );
    check(
        "\"3/14/18, 5:05 AM\",999999 ml",
        "999999 mL is not a volume of milk; it must lie between 0 and 100000 mL",
    );
    check(
        "\"3/14/18, 5:05 AM\",35 ml,\"lost\n\",9,9",
        "it has more cells than the header; is a comma or a quote missing?",
    );
}

#[test]
fn commas_in_a_note_nobody_quoted_stay_in_the_note() {
    let reading = reading(file("pump.csv", "Time,Amount,Note\n\"3/14/18, 5:05 AM\",35 ml,slow, but fine,\n"));
    let Body::Pump(pump) = &reading.drafts[0].body else { unreachable!() };
    assert_eq!(pump.note.as_deref(), Some("slow, but fine"));
}

#[test]
fn a_very_long_note_is_shortened_and_said() {
    let text = format!("Time,Amount,Note\n\"3/14/18, 5:05 AM\",35 ml,{}\n", "ä".repeat(4_000));
    let reading = reading(file("pump.csv", &text));
    assert!(reading.flags[0].what.contains("only its beginning is kept"), "{:?}", reading.flags);
    assert!(reading.drafts[0].body.write().len() < 8_000);
}

#[test]
fn a_session_of_which_only_the_start_is_known_is_kept() {
    let reading = reading(file("pump.csv", "Time,Amount,Note\n\"3/14/18, 5:05 AM\"\n3/14/18 17:05,,\n"));
    let expected = ["pump 2018-03-14T05:05 min -,-,- ml -,-,-", "pump 2018-03-14T17:05 min -,-,- ml -,-,-"];
    assert_eq!(said(&reading), expected);
}

#[test]
fn clocks_that_jump_are_said_aloud() {
    let text = "Time,Amount,Note\n\"3/25/18, 2:30 AM\",35 ml\n\"10/28/18, 2:30 AM\",40 ml\n";
    let reading = reading(file("pump.csv", text));
    assert_eq!(
        said(&reading),
        ["pump 2018-03-25T03:30 min -,-,- ml -,-,35", "pump 2018-10-28T02:30 min -,-,- ml -,-,40"]
    );
    let flags: Vec<(usize, bool)> =
        reading.flags.iter().map(|f| (f.row, f.what.contains("clocks"))).collect();
    assert_eq!(flags, [(2, true), (3, true)]);
}

#[test]
fn what_lies_ahead_is_flagged_and_kept() {
    let reading = reading(file("pump.csv", "Time,Amount,Note\n\"12/25/26, 2:30 AM\",35 ml\n"));
    assert_eq!((reading.drafts.len(), reading.flags[0].what.as_str()), (1, "this lies in the future"));
}

#[test]
fn a_second_header_in_files_glued_together_is_no_row() {
    let one = "Time,Amount,Note\n\"3/14/18, 5:05 AM\",35 ml\n";
    let text = format!("{one}{}", one.replace("5:05", "6:05"));
    let reading = reading(file("pump.csv", &text));
    let rows: Vec<usize> = reading.drafts.iter().map(|d| d.rows[0].row).collect();
    assert_eq!((reading.read, rows), (2, vec![2, 4]));
}

#[test]
fn month_first_and_day_first_say_the_same() {
    let month_first = "Time,Amount,Note\n\"3/4/18, 5:05 AM\",35 ml\n\"3/14/18, 6:05 AM\",40 ml\n";
    let day_first = "Time,Amount (ml),Note\n\"4/3/18 5:05\u{202f}am\",\"35\",\"\"\n\"14/3/18 6:05\u{202f}am\",\"40\",\"\"\n";
    let admission = admitted(&[file("us.csv", month_first), file("au.csv", day_first)]);
    assert_eq!((imported(&admission), admission.files[1].rows_duplicate), ([2, 0, 0, 0, 0], 2));
    let told = Answers { date_order: Some(DateOrder::Mdy), ..answers() };
    let alone = read(&[file("au.csv", day_first)], &told, now()).unwrap().remove(0);
    assert_eq!(alone.drafts[0].rows[0].digest.len(), 32);
    assert!(alone.flags[0].row == 3 && alone.flags[0].what.contains("day first"), "{:?}", alone.flags);
}
