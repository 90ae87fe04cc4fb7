use crate::import::{admitted, answers, file, fixture, imported, note, now, reading, said};
use crate::import_packed::workbook;
use letdown_journal::{
    author::Author,
    fold::Folded,
    import::{Answers, NamedBytes, admit, read},
    volume::VolumeUnit,
};

const HEADER: &str =
    "Date,Time,Activity Type,Sub-Type,Start Time,End Time,Duration,Amount,Unit,Details,Notes,Caretaker";

fn log(rows: &str) -> String {
    format!("{HEADER}\n{rows}\n")
}

#[test]
fn an_activity_log_row_by_row() {
    let reading = reading(fixture!("sprouttrack/activity-log.csv"));
    assert_eq!(reading.format.as_str(), "sprouttrack");
    assert_eq!(
        said(&reading),
        [
            "nurse 2026-02-03T23:55 min -: Left 10",
            "nurse 2026-02-03T21:08 min 20.5: Left 12, Right 8.5",
            "pump 2026-02-03T18:00 min 20,-,- ml 59.15,44.36,103.51",
            "pump 2026-02-03T14:00 min 15,-,- ml -,-,90",
            "bottle 2026-02-03T13:00 - min 118.29 ml Formula",
            "bottle 2026-02-03T11:00 - min 75 ml Expressed",
            "bottle 2026-02-03T10:00 - min 88.72 ml Unknown",
            "diaper 2026-02-03T08:30 wet true soiled true",
            "weight 2026-02-03T08:00 3742.1 g",
        ]
    );
    let skipped: Vec<(usize, &str)> = reading.skipped.iter().map(|s| (s.row, s.reason.as_str())).collect();
    let left_out = [
        (10, "not ours: solid food"),
        (13, "not ours: height"),
        (14, "not ours: sleep"),
        (15, "not ours: a correction of the milk in store"),
    ];
    assert_eq!((skipped.as_slice(), reading.read), (&left_out[..], 14));
    let notes: Vec<&str> = reading.drafts.iter().filter_map(|d| note(&d.body)).collect();
    assert_eq!(notes, ["sleepy", "in a hurry", "Breast Milk: 1"]);
    let flags: Vec<usize> = reading.flags.iter().map(|f| f.row).collect();
    assert_eq!(flags, [9], "the bottle that held both: {:?}", reading.flags);
}

#[test]
fn days_are_month_first_whatever_else_is_said() {
    let text = log("05/06/2026,09:20 AM,Pump,,09:20 AM,,15 min,Total: 90,ML,,,");
    let told = Answers { date_order: Some(letdown_journal::import::DateOrder::Dmy), ..answers() };
    let reading = read(&[file("x.csv", &text)], &told, now()).unwrap().remove(0);
    assert_eq!(said(&reading), ["pump 2026-05-06T09:20 min 15,-,- ml -,-,90"]);
}

#[test]
fn narrow_spaces_before_am_and_pm() {
    let text = log("05/16/2026,09:20\u{202f}PM,Pump,,09:20\u{202f}PM,09:35\u{202f}PM,,L: 40,ML,,,");
    assert_eq!(said(&reading(file("x.csv", &text))), ["pump 2026-05-16T21:20 min 15,-,- ml 40,-,-"]);
}

#[test]
fn both_sides_that_were_logged_at_their_common_end_are_one_nursing() {
    let row = |side: &str, began: &str, min: u8| {
        format!("05/16/2026,10:00 AM,Feed,Breast,{began} AM,10:00 AM,{min} min,,,Side: {side},,")
    };
    let text = log(&[row("Left", "09:20", 40), row("Right", "09:30", 30)].join("\n"));
    assert_eq!(said(&reading(file("x.csv", &text))), ["nurse 2026-05-16T09:20 min 70: Left 40, Right 30"]);
    let later = row("Right", "09:30", 30).replace("10:00", "10:46").replace("09:30", "10:16");
    let text = log(&[row("Left", "09:20", 40), later].join("\n"));
    assert_eq!(said(&reading(file("x.csv", &text))).len(), 2, "a pause of sixteen minutes");
}

#[test]
fn a_row_without_a_unit_follows_the_others() {
    let milk = |amount: &str, unit: &str| {
        format!("05/16/2026,0{}:00 AM,Feed,Formula,,,,{amount},{unit},,,", unit.len() + 1)
    };
    let said = |rows: &[String], answers: &Answers| {
        let text = log(&rows.join("\n"));
        let reading = read(&[file("x.csv", &text)], answers, now()).unwrap().remove(0);
        (said(&reading), reading.skipped.iter().map(|s| s.reason.clone()).collect::<Vec<_>>())
    };
    let alike = [milk("90", "ML"), milk("60", "")];
    assert_eq!(said(&alike, &answers()).0[1], "bottle 2026-05-16T01:00 - min 60 ml Formula");
    let mixed = [milk("90", "ML"), milk("60", ""), milk("3", "oz.")];
    let (said_, skipped) = said(&mixed, &answers());
    assert_eq!(
        (said_.len(), skipped),
        (2, vec!["the amount has no unit; say --unit ml or --unit oz".to_owned()])
    );
    let told = Answers { unit: Some(VolumeUnit::Ml), ..answers() };
    assert_eq!(said(&mixed, &told).0.len(), 3);
    let (_, skipped) = said(&[milk("90", "ML"), milk("2", "CUPS")], &answers());
    assert!(skipped[0].contains("\"CUPS\" is not one I know for milk"), "{skipped:?}");
}

#[test]
fn what_cannot_be_read_is_counted() {
    let rows = [
        "05/16/2026,10:00 AM,Feed,Breast,,,,,,Side: Middle,,",
        "05/16/2026,10:00 AM,Pump,,,,,\"L: 2, X: 3\",OZ,,,",
        "05/16/2026,10:00 AM,Pump,,,,,\"L: many\",OZ,,,",
        "05/16/2026,10:00 AM,Diaper,Dry,,,,,,,,",
        "05/16/2026,10:00 AM,Measurement,Weight,,,,8,STONE,,,",
        "05/16/2026,26:00 AM,Pump,,,,,,,,,",
        "05/16/2026,10:00 AM",
        "05/16/2026,10:00 AM,Pump,,,,,,,,,",
    ];
    let reading = reading(file("x.csv", &log(&rows.join("\n"))));
    assert_eq!(
        (reading.read, reading.skipped.len(), said(&reading).len()),
        (8, 7, 1),
        "{:?}",
        reading.skipped
    );
}

#[test]
fn a_workbook_reads_like_the_csv() {
    let text = String::from_utf8(fixture!("sprouttrack/activity-log.csv").bytes.to_vec()).unwrap();
    // The pump session with a comma in its amount has quotes in the CSV.
    let rows: Vec<Vec<String>> = text
        .lines()
        .filter(|line| !line.contains('"'))
        .map(|line| line.split(',').map(|cell| format!("t=\"inlineStr\"><is><t>{cell}</t></is>")).collect())
        .collect();
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let bytes = workbook(&rows);
    let mut expected = said(&reading(fixture!("sprouttrack/activity-log.csv")));
    expected.remove(2);
    assert_eq!(said(&reading(NamedBytes { name: "log.xlsx", bytes: &bytes })), expected);
}

#[test]
fn a_longer_log_brings_only_what_is_new() {
    let whole = String::from_utf8(fixture!("sprouttrack/activity-log.csv").bytes.to_vec()).unwrap();
    let older: Vec<&str> =
        whole.lines().enumerate().filter(|(at, _)| *at == 0 || *at > 4).map(|(_, l)| l).collect();
    let import = |text: &str, journal: &Folded| {
        admit(read(&[file("log.csv", text)], &answers(), now()).unwrap(), journal, "b")
    };
    let first = import(&older.join("\n"), &Folded::default());
    assert_eq!(imported(&first), [1, 0, 3, 1, 1]);
    let mut author = Author::new("phone").unwrap();
    let journal = Folded::of((0..).zip(&first.bodies).map(|(n, body)| author.put(body, 1_000 + n, [1; 10])));
    let second = import(&whole, &journal);
    assert_eq!((second.files[0].rows_imported, second.files[0].rows_duplicate), (4, 6));
    assert_eq!(imported(&admitted(&[fixture!("sprouttrack/activity-log.csv")])), [2, 2, 3, 1, 1]);
}
