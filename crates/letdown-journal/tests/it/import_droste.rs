use crate::import::{admitted, answers, baby, file, fixture, imported, note, now, reading, refusal, said};
use letdown_journal::{
    author::Author,
    body::Body,
    fold::Folded,
    import::{Answers, NamedBytes, Question, admit, read},
};

#[test]
fn a_backup_record_by_record() {
    let reading = reading(fixture!("droste/backup.txt"));
    assert_eq!(reading.format.as_str(), "droste");
    assert_eq!(
        said(&reading),
        [
            "weight 2026-02-07T00:00 3480.0 g",
            "nurse 2026-02-08T06:10:05 min 24: Right 12.5, Left 9",
            "nurse 2026-02-08T09:00 min -: Left 12",
            "nurse 2026-02-08T09:13 min -: Right 7",
            "pump 2026-02-08T11:30:40 min 22,22,22 ml 55,62.5,-",
            "pump 2026-02-08T15:00 min 0.07,0.07,0.07 ml 0,0,-",
            "pump 2026-02-08T19:00 min -,-,10 ml -,40,-",
            "bottle 2026-02-08T21:00:30 - min 90 ml Formula",
            "bottle 2026-02-08T23:10 15 min 60 ml Expressed",
            "bottle 2026-02-09T01:00 - min 80 ml Unknown",
            "bottle 2026-02-09T03:00 - min 100 ml Unknown",
            "bottle 2026-02-09T05:00 15 min 0 ml Unknown",
            "bottle 2026-02-09T07:00 - min - ml Unknown",
        ]
    );
    let skipped: Vec<(usize, &str)> = reading.skipped.iter().map(|s| (s.row, s.reason.as_str())).collect();
    let left_out = [
        (1, "not ours: the child"),
        (2, "not ours: the child"),
        (3, "not ours: the name of an activity"),
        (5, "not ours: height and head circumference"),
        (15, "not ours: another activity"),
    ];
    assert_eq!((skipped.as_slice(), reading.read), (&left_out[..], 21));
}

#[test]
fn what_was_guessed_and_what_is_odd_is_flagged_once() {
    let reading = reading(fixture!("droste/backup.txt"));
    let rows = |text: &str| -> Vec<usize> {
        reading.flags.iter().filter(|f| f.what.contains(text)).map(|f| f.row).collect()
    };
    assert_eq!(rows("side 0 is read as left"), [6]);
    assert_eq!(rows("side 9 is read as left"), [10]);
    assert_eq!(rows("both sides"), [12]);
    assert_eq!(rows("a bottle of 0 ml"), [20]);
    assert_eq!(rows("read as ml because most amounts are above 16").len(), 1);
    assert_eq!(reading.flags.len(), 5, "{:?}", reading.flags);
}

#[test]
fn a_child_is_told_by_its_number_and_shown_by_its_name() {
    let reading = reading(fixture!("droste/backup.txt"));
    let babies: Vec<Option<&str>> = reading.drafts.iter().take(4).map(|d| baby(&d.body)).collect();
    assert_eq!(babies, [Some("Mila"), Some("Mila"), Some("Mila"), Some("child 2")]);
    let notes: Vec<&str> = reading.drafts.iter().filter_map(|d| note(&d.body)).collect();
    assert_eq!(notes, ["sleepy", "half and half"], "a mixture of the family's own is no milk we know");
}

#[test]
fn both_sides_of_a_pump_are_one_session() {
    let pumped = |rows: &str| {
        let said = said(&reading(file("x.csv", rows)));
        said.iter().map(|s| s.split(" ml ").nth(1).unwrap_or("").to_owned()).collect::<Vec<_>>()
    };
    let row = |from: &str, to: &str, side: u8, ml: u8| {
        format!(
            "\"14\";\"08.02.2026 {from}:00\";\"08.02.2026 {to}:00\";\"{side}\";\"1\";\"__EMPTY__\";\"1\";{ml}.0\n"
        )
    };
    let left = row("10:00", "10:20", 9, 50);
    assert_eq!(pumped(&(left.clone() + &row("10:00", "10:20", 10, 60))), ["50,60,-"]);
    assert_eq!(pumped(&(row("10:05", "10:10", 10, 60) + &left)), ["50,60,-"], "in either order");
    assert_eq!(pumped(&(left.clone() + &row("10:35", "10:50", 10, 60))), ["50,60,-"]);
    assert_eq!(pumped(&(left.clone() + &row("10:36", "10:50", 10, 60))), ["50,-,-", "-,60,-"]);
    assert_eq!(pumped(&(left.clone() + &row("10:20", "10:30", 9, 60))), ["50,-,-", "60,-,-"]);
}

#[test]
fn records_that_cannot_be_read_are_counted() {
    let text = "\"5\";\"08.02.2026 06:10:05\";\"08.02.2026 06:22:35\";\"7\";\"1\";\"__EMPTY__\";\"1\"\n\
                \"5\";\"31.02.2026 06:10:05\"\n\"14\"\n\"99\";\"x\"\n\
                \"15\";\"08.02.2026 06:30:00\";\"__EMPTY__\";\"x\";\"__EMPTY__\";\"many\";\"1\";\"\";\"1\"\n";
    let reading = reading(file("x.csv", text));
    let rows: Vec<usize> = reading.skipped.iter().map(|s| s.row).collect();
    assert_eq!((reading.read, rows), (5, vec![1, 2, 3, 4, 5]));
    assert_eq!(reading.skipped[0].reason, "the side \"7\" is neither 0 nor 1");
}

#[test]
fn the_guess_is_said_at_the_first_record_that_can_be_read() {
    let text = "\"5\";\"08.02.2026 06:10:05\";\"08.02.2026 06:22:35\";\"7\";\"1\";\"__EMPTY__\";\"1\"\n\
                \"5\";\"08.02.2026 09:10:05\";\"08.02.2026 09:22:35\";\"1\";\"2\";\"__EMPTY__\";\"1\"\n";
    let reading = reading(file("x.csv", text));
    assert_eq!(reading.flags.iter().map(|f| f.row).collect::<Vec<_>>(), [2]);
}

#[test]
fn it_asks_for_the_zone_and_for_a_unit_that_does_not_tell() {
    let row = "\"14\";\"08.02.2026 10:00:00\";\"08.02.2026 10:20:00\";\"9\";\"1\";\"__EMPTY__\";\"1\";3.0\n";
    assert_eq!(refusal(row.as_bytes(), &Answers::default()).needs(), Some(Question::Zone));
    assert_eq!(refusal(row.as_bytes(), &answers()).needs(), Some(Question::Unit));
}

#[test]
fn a_later_backup_brings_only_what_is_new() {
    let whole = fixture!("droste/backup.txt").bytes;
    let half: Vec<u8> = whole.split_inclusive(|b| *b == b'\n').take(10).flatten().copied().collect();
    let import = |bytes: &[u8], journal: &Folded| {
        let file = NamedBytes { name: "backup.csv", bytes };
        admit(read(&[file], &answers(), now()).unwrap(), journal, "b")
    };
    let first = import(&half, &Folded::default());
    assert_eq!(imported(&first), [1, 3, 0, 1, 0]);
    let mut author = Author::new("phone").unwrap();
    let mut entries = |bodies: &[Body], made_ms: u64| -> Vec<_> {
        (made_ms..).zip(bodies).map(|(ms, body)| author.put(body, ms, [1; 10])).collect()
    };
    let mut known = entries(&first.bodies, 1_000);
    let second = import(whole, &Folded::of(known.clone()));
    assert_eq!((second.files[0].rows_imported, second.files[0].rows_duplicate), (10, 6));
    known.extend(entries(&second.bodies, 2_000));
    assert_eq!(import(whole, &Folded::of(known)).bodies.len(), 0);
    assert_eq!(imported(&admitted(&[fixture!("droste/backup.txt")])), [3, 3, 6, 1, 0]);
}
