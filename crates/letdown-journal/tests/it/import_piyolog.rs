use crate::import::{admitted, answers, baby, file, fixture, imported, note, now, reading, refusal, said};
use letdown_journal::{
    author::Author,
    body::Body,
    fold::Folded,
    import::{Answers, FileReading, NamedBytes, Question, admit, read},
};

fn check(fixture: NamedBytes<'_>, expected: &[&str]) -> FileReading {
    let reading = reading(fixture);
    assert_eq!(reading.format.as_str(), "piyolog");
    assert_eq!(said(&reading), expected, "{}", fixture.name);
    reading
}

/// A day with these lines as its events.
fn day(events: &str) -> String {
    format!("【ぴよログ】2024/6/8(土)\nみら (0歳0か月16日)\n\n{events}\n")
}

/// Rows and why they were left out.
fn skipped(reading: &FileReading) -> Vec<(usize, &str)> {
    reading.skipped.iter().map(|s| (s.row, s.reason.as_str())).collect()
}

fn notes(reading: &FileReading) -> Vec<Option<&str>> {
    reading.drafts.iter().map(|draft| note(&draft.body)).collect()
}

#[test]
fn a_month_as_it_was_written_in_2022() {
    let reading = check(
        fixture!("piyolog/month-2024.txt"),
        &[
            "nurse 2024-06-08T00:20 min -: Left 7, Right 3",
            "bottle 2024-06-08T00:45 - min 25 ml Formula",
            "diaper 2024-06-08T02:10 wet true soiled false",
            "diaper 2024-06-08T02:10 wet false soiled true",
            "nurse 2024-06-08T04:05 min -: Right 8, Left 2",
            "nurse 2024-06-08T07:05 min -: Right 6",
            "pump 2024-06-08T07:30 min -,-,- ml -,-,45",
            "bottle 2024-06-08T09:15 - min 45 ml Expressed",
            "weight 2024-06-08T11:00 3410.0 g",
            "nurse 2024-06-09T00:10 min -: Left 4, Right 5",
            "bottle 2024-06-09T09:00 - min 40 ml Formula",
        ],
    );
    assert_eq!(reading.read, 17);
    let left_out = [
        (12, "not ours: sleep"),
        (13, "not ours: sleep"),
        (18, "not ours: temperature"),
        (27, "not ours: the diary of a day"),
        (37, "not ours: medicine"),
        (38, "not ours: solid food"),
    ];
    assert_eq!(skipped(&reading), left_out, "a diary is one record, whatever it looks like");
    assert!(reading.flags.is_empty(), "{:?}", reading.flags);
    assert_eq!(notes(&reading)[9], Some("ねむそう"));
    assert!(reading.drafts.iter().all(|d| matches!(d.body, Body::Pump(_)) || baby(&d.body) == Some("みら")));
}

#[test]
fn a_day_as_it_is_written_today() {
    let reading = check(
        fixture!("piyolog/day-2026.txt"),
        &[
            "nurse 2026-02-03T00:05 min -: Left 3",
            "bottle 2026-02-03T06:15 - min 140 ml Formula",
            "bottle 2026-02-03T06:40 - min - ml Formula",
            "pump 2026-02-03T12:30 min -,-,- ml -,-,80",
            "diaper 2026-02-03T21:50 wet false soiled true",
        ],
    );
    let expected =
        [None, Some("たくさん飲んだ\nもう少し欲しそう"), Some("量は不明"), None, Some("(多め/ふつう)")];
    assert_eq!((notes(&reading), reading.read), (expected.to_vec(), 8));
}

#[test]
fn a_month_in_english() {
    let reading = check(
        fixture!("piyolog/month-2025-english.txt"),
        &[
            "nurse 2025-07-17T00:40 min -: Left 11, Right 4",
            "bottle 2025-07-17T02:30 - min 55 ml Expressed",
            "diaper 2025-07-17T02:45 wet true soiled false",
            "nurse 2025-07-17T04:10 min -: Right 9, Left 2",
            "pump 2025-07-17T05:00 min -,-,- ml -,-,62.5",
            "bottle 2025-07-17T08:20 - min 44.36 ml Formula",
            "weight 2025-07-17T09:00 3411.0 g",
            "nurse 2025-07-18T01:10 min -: Right 12",
            "diaper 2025-07-18T01:40 wet false soiled true",
        ],
    );
    assert_eq!((reading.read, notes(&reading)[3]), (12, Some("sleepy")));
}

#[test]
fn sides_in_every_way_they_are_written() {
    let says = |text: &str| {
        let text = day(&format!("10:00 母乳{text}"));
        let said = said(&reading(file("x.txt", &text)));
        said.join("").replace("nurse 2024-06-08T10:00 min ", "")
    };
    assert_eq!(says(" 左 6分 ← 右 4分"), "-: Right 4, Left 6");
    assert_eq!(says(" 左 6分 → 右 4分"), "-: Left 6, Right 4");
    assert_eq!(says(" 左 6分 / 右 4分"), "-: Left 6, Right 4");
    assert_eq!(says(" 左6分 / 右4分"), "-: Left 6, Right 4");
    assert_eq!(says(" 左 1時間5分"), "-: Left 65");
    assert_eq!(says(" 右"), "-: Right -");
    assert_eq!(says(""), "-: ");
    assert_eq!(says("   左 6分"), "-: ", "behind a wide gap stands a note");
}

#[test]
fn milk_drunk_at_the_breast_is_intake() {
    let text = day("10:00   母乳 左 5分 / 右 5分 80ml   ねむい");
    let reading = reading(file("x.txt", &text));
    assert_eq!(notes(&reading), [Some("ねむい")]);
    let letdown_journal::body::Body::Nurse(nurse) = &reading.drafts[0].body else { unreachable!() };
    assert_eq!((nurse.intake_ml(), reading.flags.len()), (Some(80.0), 0));
}

#[test]
fn amounts_without_a_unit_are_asked_for_or_settled() {
    let one = day("10:00 ミルク 12");
    assert_eq!(refusal(one.as_bytes(), &answers()).needs(), Some(Question::Unit));
    let spaced = day("10:00 ミルク 120 ml のこした\n11:00 搾乳 90");
    let reading = reading(file("x.txt", &spaced));
    assert_eq!(said(&reading)[0], "bottle 2024-06-08T10:00 - min 120 ml Formula");
    assert_eq!((notes(&reading)[0], reading.flags.len()), (Some("のこした"), 1));
}

#[test]
fn what_cannot_be_read_is_counted_with_its_line() {
    let text =
        day("10:00 ミルク 210l\n10:30 ミルク -210ml\n11:00 体重\n26:10 ミルク 40ml\n12:00 ミルク 40ml");
    let reading = reading(file("x.txt", &text));
    let rows: Vec<usize> = reading.skipped.iter().map(|s| s.row).collect();
    assert_eq!((rows, reading.drafts.len(), reading.read), (vec![4, 5, 6, 7], 1, 5));
    assert!(reading.skipped[0].reason.contains("names a unit I do not know"), "{:?}", reading.skipped);
    assert!(reading.skipped[3].reason.contains("26:10\" is not a date I can read"), "{:?}", reading.skipped);
}

#[test]
fn an_event_before_any_day_is_not_lost_in_silence() {
    let text = "【ぴよログ】2024年6月\n\n00:15 ミルク 220ml\n----------\n2024/6/8(土)\n(0歳0か月16日)\n\n\
                00:20 ミルク 30ml\n";
    let reading = reading(file("x.txt", text));
    assert_eq!(skipped(&reading), [(3, "\"ミルク\" stands before any day")]);
    assert_eq!((said(&reading).len(), baby(&reading.drafts[0].body)), (1, None));
}

#[test]
fn an_hour_that_comes_twice_is_said() {
    let text = "【ぴよログ】2025/10/26(日)\nみら (0歳0か月16日)\n\n02:30 ミルク 30ml\n03:10 ミルク 40ml\n";
    let reading = reading(file("x.txt", text));
    assert_eq!(reading.flags.len(), 1);
    assert_eq!((reading.flags[0].row, reading.flags[0].what.contains("twice in autumn")), (4, true));
}

#[test]
fn a_greeting_may_stand_above_and_texts_may_be_glued_together() {
    let text = format!("iPhoneから送信\n{}\n{}", day("10:00 ミルク 30ml"), day("11:00 ミルク 40ml"));
    assert_eq!(said(&reading(file("x.txt", &text))).len(), 2);
    let cr = day("10:00 ミルク 30ml").replace('\n', "\r");
    assert_eq!(said(&reading(file("x.txt", &cr))).len(), 1, "bare CR");
}

#[test]
fn a_text_without_mark_or_day_is_not_taken() {
    for text in
        ["ぴよログ】2024/6/8(土)\n\n10:00 ミルク 30ml", "【ぴよログ】2024/6/8(土) みら 10:00 ミルク 30ml"]
    {
        assert!(read(&[file("x.txt", text)], &answers(), now()).is_err(), "{text}");
    }
}

#[test]
fn it_asks_for_the_zone() {
    let text = day("10:00 ミルク 30ml");
    assert_eq!(refusal(text.as_bytes(), &Answers::default()).needs(), Some(Question::Zone));
}

#[test]
fn the_month_brings_only_what_the_day_did_not() {
    let files = |bytes: &[u8], journal: &Folded| {
        let file = NamedBytes { name: "x.txt", bytes };
        admit(read(&[file], &answers(), now()).unwrap(), journal, "b")
    };
    // The same day, with wide gaps and without the later events.
    let early = "【ぴよログ】2024/6/8(土)\nみら (0歳0か月16日)\n\n00:20   母乳 左 7分 → 右 3分   \n00:45   ミルク 25ml   \n";
    let first = files(early.as_bytes(), &Folded::default());
    assert_eq!(imported(&first), [0, 1, 1, 0, 0]);
    let mut author = Author::new("phone").unwrap();
    let journal = Folded::of((0..).zip(&first.bodies).map(|(n, body)| author.put(body, 1_000 + n, [1; 10])));
    let month = fixture!("piyolog/month-2024.txt").bytes;
    let second = files(month, &journal);
    assert_eq!((second.files[0].rows_imported, second.files[0].rows_duplicate), (9, 2));
    assert_eq!(admitted(&[fixture!("piyolog/month-2024.txt")]).files[0].rows_imported, 11);
}
