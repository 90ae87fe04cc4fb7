use crate::import::{admitted, answers, file, fixture, imported, now, reading, refusal, said};
use letdown_journal::{
    author::Author,
    body::Body,
    fold::Folded,
    import::{Answers, NamedBytes, Question, admit, read},
    volume::VolumeUnit,
};

fn check(fixture: NamedBytes<'_>, expected: &[&str]) {
    let reading = reading(fixture);
    assert_eq!(reading.format.as_str(), "babyconnect");
    assert_eq!(said(&reading), expected, "{}", fixture.name);
}

const HEADER: &str =
    "Date and Time,End Time,Duration (min),Activity,Quantity,Extra data,Text,Notes,Caregiver\n";

#[test]
fn a_log_in_the_language_of_the_phone() {
    check(
        fixture!("babyconnect/log.csv"),
        &[
            "bottle 2026-03-14T18:40 25 min 133.08 ml Formula",
            "bottle 2026-03-14T15:05 - min 88.72 ml Unknown",
            "nurse 2026-03-14T12:30 min 32: Right 8, Left 9",
            "nurse 2026-03-14T09:15 min -: Left 11",
            "nurse 2026-03-14T06:00 min 14: ",
            "nurse 2026-03-14T02:50 min -: ",
            "nurse 2026-03-13T23:40 min -: Left 13, Right 12",
            "weight 2026-03-13T09:00 4490.6 g",
        ],
    );
    let reading = reading(fixture!("babyconnect/log.csv"));
    let left_out: Vec<_> = reading.skipped.iter().map(|s| (s.row, s.reason.as_str())).collect();
    assert_eq!(left_out, [(2, "not ours: sleep"), (10, "not ours: height"), (12, "not ours: solid")]);
    assert!(reading.flags.is_empty(), "the sentences name the units: {:?}", reading.flags);
    let Body::Nurse(nurse) = &reading.drafts[6].body else { unreachable!() };
    assert_eq!((nurse.note.as_deref(), nurse.baby.as_deref()), (Some("sleepy"), None));
}

#[test]
fn a_log_of_two_children_with_pumping() {
    check(
        fixture!("babyconnect/log-with-child.csv"),
        &[
            "pump 2026-03-15T08:10 min 18,-,- ml 40,45,85",
            "diaper 2026-03-15T07:30 wet true soiled true",
            "bottle 2026-03-15T07:05 20 min 90 ml Expressed",
            "nurse 2026-03-15T06:00 min -: ",
            "nurse 2026-03-15T02:40 min -: Left 7, Right 5",
            "nurse 2026-03-15T02:40 min -: Left 7, Right 5",
        ],
    );
    let admission = admitted(&[fixture!("babyconnect/log-with-child.csv")]);
    assert_eq!(imported(&admission), [1, 3, 1, 0, 1], "twins at the breast are two nursings");
    assert_eq!(admission.files[0].skipped[0].reason, "not ours: water");
}

#[test]
fn lengths_of_hours_and_brackets_of_other_things() {
    let text = format!(
        "{HEADER}3/14/26 7:20 PM,,,Nursing,,,\"Mila (1) nursed (1h05m left, 3m right)\",,P\n\
         3/14/26 9:20 PM,,,Nursing,,,Mila nursed (happy),,P\n"
    );
    let reading = reading(file("log.csv", &text));
    assert_eq!(
        said(&reading),
        ["nurse 2026-03-14T19:20 min -: Left 65, Right 3", "nurse 2026-03-14T21:20 min -: "]
    );
}

#[test]
fn a_unit_that_no_sentence_names_is_asked() {
    let text =
        format!("{HEADER}3/14/26 7:20 PM,,,Bottle,10,Milk,,,P\n3/14/26 6:00 PM,,,Weight,8.02,lbs,,,P\n");
    assert_eq!(refusal(text.as_bytes(), &answers()).needs(), Some(Question::Unit));
    let told = Answers { unit: Some(VolumeUnit::Oz), ..answers() };
    let reading = read(&[file("log.csv", &text)], &told, now()).unwrap().remove(0);
    assert_eq!(
        said(&reading),
        ["bottle 2026-03-14T19:20 - min 295.74 ml Unknown", "weight 2026-03-14T18:00 3637.8 g"]
    );
}

#[test]
fn either_order_of_day_and_month_is_asked() {
    let text = format!("{HEADER}3/4/26 7:20 PM,,,Bottle,10,Milk,Mila drank 10 oz of milk,,P\n");
    assert_eq!(refusal(text.as_bytes(), &answers()).needs(), Some(Question::DateOrder));
}

#[test]
fn other_milk_is_kept_and_flagged() {
    let text = format!("{HEADER}3/14/26 7:20 PM,,,Bottle,3,Goat milk,Mila drank 3 oz of goat milk,,P\n");
    let reading = reading(file("log.csv", &text));
    assert_eq!(said(&reading), ["bottle 2026-03-14T19:20 - min 88.72 ml Unknown"]);
    assert_eq!(reading.flags[0].what, "the bottle held \"Goat milk\"; which milk is left open");
}

#[test]
fn of_a_longer_export_only_the_rest_comes_in() {
    let longer = fixture!("babyconnect/log.csv");
    let text = std::str::from_utf8(longer.bytes).unwrap();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let shorter = [&lines[..1], &lines[5..]].concat().concat();
    let first = admitted(&[file("log.csv", &shorter)]);
    let mut author = Author::new("phone").unwrap();
    let journal = Folded::of((0..).zip(&first.bodies).map(|(n, body)| author.put(body, 1_000 + n, [1; 10])));
    let second = admit(read(&[longer], &answers(), now()).unwrap(), &journal, "b");
    let counts = &second.files[0];
    assert_eq!((counts.rows_imported, counts.rows_duplicate, counts.skipped.len()), (3, 5, 3));
}
