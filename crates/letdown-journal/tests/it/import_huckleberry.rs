use crate::{
    import::{admitted, answers, file, fixture, imported, now, reading, refusal, said},
    import_packed::workbook,
};
use jiff::civil::DateTime;
use letdown_journal::{
    author::Author,
    fold::Folded,
    import::{Answers, NamedBytes, Question, admit, read},
    volume::VolumeUnit,
};

const HEADER: &str = "Type,Start,End,Duration,Start Condition,Start Location,End Condition,Notes\n";

const SAID: [&str; 13] = [
    "nurse 2026-02-03T08:00 min 11: Right 6, Left 4",
    "bottle 2026-02-03T10:30 - min 90 ml Formula",
    "bottle 2026-02-03T12:00 10 min 73.93 ml Expressed",
    "bottle 2026-02-03T14:00 - min 60 ml Unknown",
    "nurse 2026-02-03T16:00 min -: Right 10, Left 5",
    "nurse 2026-02-03T16:00 min -: Right 10, Left 5",
    "pump 2026-02-03T17:00 min -,-,- ml 0,20,-",
    "pump 2026-02-03T19:00 min 20,-,- ml 45,50,-",
    "pump 2026-02-03T21:00 min -,-,- ml -,-,7.39",
    "diaper 2026-02-03T18:00 wet false soiled true",
    "diaper 2026-02-03T18:30 wet true soiled false",
    "diaper 2026-02-03T19:30 wet true soiled true",
    "weight 2026-02-03T09:00 4210.0 g",
];

/// What rows say, below the header.
fn of(rows: &str) -> Vec<String> {
    said(&reading(file("log.csv", &format!("{HEADER}{rows}"))))
}

#[test]
fn one_table_of_everything() {
    let reading = reading(fixture!("huckleberry/log.csv"));
    assert_eq!(reading.format.as_str(), "huckleberry");
    assert_eq!(said(&reading), SAID);
    let left_out: Vec<_> = reading.skipped.iter().map(|s| (s.row, s.reason.as_str())).collect();
    let expected = [
        (15, "not ours: growth without a weight"),
        (16, "not ours: sleep"),
        (17, "not ours: solids"),
        (18, "not ours: meds"),
    ];
    assert_eq!(left_out, expected);
    assert_eq!(reading.flags.len(), 1, "{:?}", reading.flags);
    assert!(reading.flags[0].row == 8 && reading.flags[0].what.contains("read as left"));
    let admission = admitted(&[fixture!("huckleberry/log.csv")]);
    assert_eq!(imported(&admission), [3, 2, 3, 1, 3]);
    assert_eq!(admission.files[0].rows_duplicate, 1, "the same row twice");
}

#[test]
fn with_the_person_who_logged_and_the_hour_that_was_skipped() {
    let reading = reading(fixture!("huckleberry/log-logged-by.csv"));
    assert_eq!(
        said(&reading),
        [
            "nurse 2026-03-29T03:30 min -: Left 20, Right 18",
            "pump 2026-03-29T06:00 min -,-,- ml 88.72,73.93,-",
            "bottle 2026-03-29T07:00 - min 70 ml Unknown",
        ]
    );
    assert!(reading.flags.iter().any(|f| f.row == 2), "{:?}", reading.flags);
}

/// The cells of the fixture as the app writes them into a workbook: moments and lengths are numbers.
#[test]
fn a_workbook_says_the_same() {
    let epoch: DateTime = "1899-12-30T00:00".parse().unwrap();
    let days = |text: &str| {
        let at: DateTime = text.replace(' ', "T").parse().unwrap();
        at.duration_since(epoch).as_secs_f64() / 86_400.0
    };
    let text = std::str::from_utf8(fixture!("huckleberry/log.csv").bytes).unwrap();
    let mut records = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let cell = |(row, column): (usize, usize), cell: &str| match (row, column) {
        (1.., 1 | 2) if !cell.is_empty() => format!(r#"s="1"><v>{}</v>"#, days(cell)),
        (1.., 3) if cell.contains(':') => {
            let (hours, minutes) = cell.split_once(':').unwrap();
            let minutes = hours.parse::<f64>().unwrap() * 60.0 + minutes.parse::<f64>().unwrap();
            format!(r#"s="2"><v>{}</v>"#, minutes / 1_440.0)
        }
        _ => format!(r#"t="inlineStr"><is><t>{cell}</t></is>"#),
    };
    let rows: Vec<Vec<String>> = records
        .records()
        .enumerate()
        .map(|(row, record)| {
            record.unwrap().iter().enumerate().map(|(c, text)| cell((row, c), text)).collect()
        })
        .collect();
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let bytes = workbook(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let book = NamedBytes { name: "log.xlsx", bytes: &bytes };
    assert_eq!(said(&reading(book)), SAID);
    let both = admitted(&[fixture!("huckleberry/log.csv"), book]);
    assert_eq!((both.files[1].rows_imported, both.files[1].rows_duplicate), (0, 13));
    let open = read(&[book], &Answers::default(), now()).unwrap_err();
    assert_eq!(open.needs(), Some(Question::Zone));
}

#[test]
fn minutes_and_seconds_where_hours_cannot_be() {
    let text = format!(
        "{HEADER}Feed,2026-02-03 09:15,2026-02-03 09:35,00:20,10:00R,,08:30L,\n\
         Feed,2026-02-03 12:15,2026-02-03 12:35,00:20,10:00,,08:30,\n"
    );
    let reading = reading(file("log.csv", &text));
    assert_eq!(
        said(&reading),
        ["nurse 2026-02-03T09:15 min 20: Right 10, Left 8.5", "nurse 2026-02-03T12:15 min 20: "]
    );
    let flags: Vec<_> = reading.flags.iter().map(|f| (f.row, f.what.contains("seconds"))).collect();
    assert_eq!(flags, [(2, true), (3, false)], "{:?}", reading.flags);
}

#[test]
fn one_side_and_none() {
    assert_eq!(
        of("Feed,2026-02-03 09:15,,,00:12L,Breast,,\nFeed,2026-02-03 11:15,,,00:00R,Breast,00:07L,\n"),
        ["nurse 2026-02-03T09:15 min -: Left 12", "nurse 2026-02-03T11:15 min -: Left 7"]
    );
    assert_eq!(
        of("Feed,2026-02-03 09:15,2026-02-03 09:25,,,Breast,,\n"),
        ["nurse 2026-02-03T09:15 min 10: "]
    );
}

#[test]
fn what_others_make_of_it() {
    // Lower-case types, another spelling of the header, the amount where the milk should stand.
    let text = "Type,Start,End,Duration,Start Conditions,Start Location,End Conditions,Notes\n\
                feed,2026-02-03 09:15,,,120ml,Bottle,120ml,\n\
                feed,2026-02-03 10:15,,,120ml,Bottle,,\n\
                feed,2026-02-03 11:15,,,Cow Milk,Bottle,30ml,\n\
                diaper,2026-02-03 12:00,,,Pee + Poo,,,\n\
                growth,2026-02-03 12:10,,,,,8.5 lb,\"53 cm\"\n\
                feed,2026-02-03 12:15,,,Water,Bottle,30ml,\n\
                feed,2026-02-03 12:20,,,,,,\n\
                ,2026-02-03 12:25,,,,,,\n";
    let reading = reading(file("log.csv", text));
    assert_eq!(
        said(&reading),
        [
            "bottle 2026-02-03T09:15 - min 120 ml Unknown",
            "bottle 2026-02-03T10:15 - min 120 ml Unknown",
            "bottle 2026-02-03T11:15 - min 30 ml Unknown",
            "diaper 2026-02-03T12:00 wet true soiled true",
            "weight 2026-02-03T12:10 3855.5 g",
        ]
    );
    assert_eq!((reading.flags.len(), reading.flags[0].row), (1, 4));
    let left_out: Vec<_> = reading.skipped.iter().map(|s| s.reason.as_str()).collect();
    assert_eq!(
        left_out,
        [
            "not ours: water",
            "the feed says neither breast nor bottle",
            "the row does not say what it is about"
        ]
    );
}

#[test]
fn a_bare_amount_is_asked_and_a_dose_is_not() {
    let bare = format!("{HEADER}Pump,2026-02-03 09:15,,,10,,12,\n");
    assert_eq!(refusal(bare.as_bytes(), &answers()).needs(), Some(Question::Unit));
    let told = Answers { unit: Some(VolumeUnit::Ml), ..answers() };
    let reading = read(&[file("log.csv", &bare)], &told, now()).unwrap().remove(0);
    assert_eq!(said(&reading), ["pump 2026-02-03T09:15 min -,-,- ml 10,12,-"]);
    assert_eq!(
        of("Meds,2026-02-03 09:15,,,2.5,Drops,,\nPump,2026-02-03 09:15,,,10ml,,12ml,\n"),
        ["pump 2026-02-03T09:15 min -,-,- ml 10,12,-"]
    );
}

#[test]
fn of_a_longer_export_only_the_rest_comes_in() {
    let longer = fixture!("huckleberry/log.csv");
    let text = std::str::from_utf8(longer.bytes).unwrap();
    let shorter: String = text.split_inclusive('\n').take(9).collect();
    let first = admitted(&[file("log.csv", &shorter)]);
    let mut author = Author::new("phone").unwrap();
    let journal = Folded::of((0..).zip(&first.bodies).map(|(n, body)| author.put(body, 1_000 + n, [1; 10])));
    let second = admit(read(&[longer], &answers(), now()).unwrap(), &journal, "b");
    assert_eq!((second.files[0].rows_imported, second.files[0].rows_duplicate), (5, 8));
}
