use crate::import::{admitted, answers, file, fixture, imported, note, now, reading, refusal, said};
use crate::import_packed::zip;
use letdown_journal::{
    author::Author,
    body::Body,
    fold::Folded,
    import::{FileReading, NamedBytes, Question, admit, read},
};

fn check(fixture: NamedBytes<'_>, expected: &[&str]) -> FileReading {
    let reading = reading(fixture);
    assert_eq!(reading.format.as_str(), "feedbaby");
    assert_eq!(said(&reading), expected, "{}", fixture.name);
    reading
}

fn reasons(reading: &FileReading) -> Vec<(usize, &str)> {
    reading.skipped.iter().map(|s| (s.row, s.reason.as_str())).collect()
}

#[test]
fn feeds_with_their_pauses_and_both_units() {
    let reading = check(
        fixture!("feedbaby/feeds.csv"),
        &[
            "nurse 2026-05-29T06:10:05 min 41.92: Left 10.83, Right 19",
            "bottle 2026-05-29T09:00 15 min 88.72 ml Expressed",
            "bottle 2026-05-29T12:30 - min 90 ml Formula",
            "nurse 2026-05-29T23:50 min -: Left 15",
            "bottle 2026-05-30T08:00 - min 73.93 ml Unknown",
            "nurse 2026-05-30T10:00 min -: Right 9",
        ],
    );
    assert_eq!(reasons(&reading), [(6, "not ours: solid food")]);
    let notes: Vec<&str> = reading.drafts.iter().filter_map(|d| note(&d.body)).collect();
    assert_eq!(notes, ["woke up, once", "Whole Milk\ntried it"]);
    assert_eq!(reading.drafts[0].rows[1].row_id.as_deref(), Some("202"));
    let alone = reading.drafts[0].rows[1].alone.as_deref().unwrap();
    assert_eq!(
        crate::import::says(alone),
        "nurse 2026-05-29T06:24 min 28: Right 19",
        "nine minutes of pause"
    );
    let Body::Bottle(bottle) = &reading.drafts[1].body else { unreachable!() };
    assert_eq!(bottle.intake.as_ref().unwrap().0.as_typed(), Some("3 oz"));
}

#[test]
fn pumped_sides() {
    let reading = check(
        fixture!("feedbaby/pumpings.csv"),
        &[
            "pump 2026-05-29T07:30 min -,-,- ml 73.93,88.72,-",
            "pump 2026-05-29T13:00 min -,-,- ml -,-,110",
            "pump 2026-05-29T19:00 min -,-,- ml 45,-,-",
        ],
    );
    assert_eq!(reasons(&reading), [(6, "the side \"BELOW\" is neither left nor right nor both")]);
    check(
        fixture!("feedbaby/pumpings-later.csv"),
        &["pump 2026-06-14T06:00 min 20,18,20 ml 60,70,-", "pump 2026-06-14T10:00 min 15,-,- ml -,-,120"],
    );
}

#[test]
fn weights_in_ounces_and_grams() {
    let reading = check(
        fixture!("feedbaby/growths.csv"),
        &["weight 2026-05-29T00:00 3501.2 g", "weight 2026-06-12T00:00 4020.0 g"],
    );
    assert_eq!(reasons(&reading), [(4, "not ours: height and head circumference")], "0 is missing");
    assert!(reading.flags.is_empty(), "{:?}", reading.flags);
    let older = "id, Day, Weight, Height, Head\n1,15 May 2026,120,0,0\n";
    let reading = crate::import::reading(file("growths.csv", older));
    assert_eq!(said(&reading), ["weight 2026-05-15T00:00 3401.9 g"]);
    assert_eq!(reading.flags[0].what, "this weight has no unit; read as ounces");
}

#[test]
fn diapers_are_known_by_the_way_their_time_is_written() {
    check(
        fixture!("feedbaby/excretions.csv"),
        &[
            "diaper 2026-05-29T05:45 wet true soiled false",
            "diaper 2026-05-29T08:10 wet false soiled true",
            "diaper 2026-05-29T11:00 wet true soiled true",
        ],
    );
    let plain = "id,Time,Type,Notes\n1,2026-05-29 05:45,Wet,\n";
    assert_eq!(refusal(plain.as_bytes(), &answers()).needs(), Some(Question::Columns), "anybody's table");
}

#[test]
fn pauses_and_sleep_are_left_out() {
    let pauses = reading(fixture!("feedbaby/pauses.csv"));
    assert_eq!(reasons(&pauses), [(2, "not ours: a pause; the length of its feed leaves it out")]);
    let sleep = "id, Start Time, End Time, Notes, Approximate Duration (Minutes)\n\
                 1,20:00:00 05-29-2026,21:00:00 05-29-2026,,60\n";
    assert_eq!(reasons(&reading(file("x.csv", sleep))), [(2, "not ours: sleep")]);
}

#[test]
fn a_date_that_could_be_either_is_asked() {
    let text = "id, Start Time, End Time, Feed Type, Quantity (oz), Quantity (ml or g)\n\
                1,06:10:05 05-06-2026,06:20:55 05-06-2026,Left Breast,,\n";
    assert_eq!(refusal(text.as_bytes(), &answers()).needs(), Some(Question::DateOrder));
}

#[test]
fn an_amount_without_a_unit_is_asked() {
    let text = "id, Pumping Time, Side, Quantity, Unit\n1,06:10:05 05-29-2026,LEFT,3,\n";
    assert_eq!(refusal(text.as_bytes(), &answers()).needs(), Some(Question::Unit));
    let known = text.replace("3,\n", "3,IMPERIAL\n");
    assert_eq!(said(&reading(file("x.csv", &known))), ["pump 2026-05-29T06:10:05 min -,-,- ml 88.72,-,-"]);
}

#[test]
fn a_later_export_that_names_the_unit_brings_only_what_is_new() {
    let old = "id, Start Time, End Time, Feed Type, Quantity (oz), Quantity (ml or g), Notes, Duration (Minutes)\n\
               1,09:00:00 05-29-2026,09:15:00 05-29-2026,Bottle,3.04,90,,15\n\
               2,11:00:00 05-29-2026,11:15:00 05-29-2026,Left Breast,,,,15\n";
    let later = "id,Start Time,End Time,Feed Type,Quantity (oz),Quantity (ml or g),Notes,Duration (Minutes),Food Type,\
                 Unit,Bottle Type\n\
                 1,09:00:00 05-29-2026,09:15:00 05-29-2026,Bottle,3.04,90,,15,,METRIC,\n\
                 2,11:00:00 05-29-2026,11:15:00 05-29-2026,Left Breast,,,,15,,,\n\
                 3,14:00:00 05-29-2026,14:15:00 05-29-2026,Right Breast,,,,15,,,\n";
    let import = |text: &str, journal: &Folded| {
        admit(read(&[file("feeds.csv", text)], &answers(), now()).unwrap(), journal, "b")
    };
    let first = import(old, &Folded::default());
    assert_eq!(imported(&first), [0, 1, 1, 0, 0]);
    let mut author = Author::new("phone").unwrap();
    let journal = Folded::of((0..).zip(&first.bodies).map(|(n, body)| author.put(body, 1_000 + n, [1; 10])));
    let second = import(later, &journal);
    assert_eq!((second.files[0].rows_imported, second.files[0].rows_duplicate), (1, 2));
}

#[test]
fn an_export_with_tables_that_hold_nothing_of_ours() {
    let bytes = zip(&[
        ("feeds.csv", fixture!("feedbaby/feeds.csv").bytes),
        ("babies.csv", b"id,Name,Gender\n1,Mila,GIRL\n"),
        ("baby_images_image_no_image", b"\xff\xd8"),
    ]);
    let readings = read(&[NamedBytes { name: "export.zip", bytes: &bytes }], &answers(), now()).unwrap();
    assert_eq!((said(&readings[0]).len(), readings[1].read, readings[1].skipped.len()), (6, 1, 1));
    assert_eq!(reasons(&readings[1]), [(2, "not ours: a table that I do not know")]);
}

#[test]
fn the_tables_of_one_export_together() {
    let all = [
        fixture!("feedbaby/feeds.csv"),
        fixture!("feedbaby/pumpings.csv"),
        fixture!("feedbaby/growths.csv"),
        fixture!("feedbaby/excretions.csv"),
        fixture!("feedbaby/pauses.csv"),
    ];
    assert_eq!(imported(&admitted(&all)), [3, 3, 3, 2, 3]);
}
