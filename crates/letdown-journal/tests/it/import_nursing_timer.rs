use crate::import::{admitted, answers, file, fixture, imported, now, reading, said, says};
use letdown_journal::{
    author::Author,
    fold::Folded,
    import::{NamedBytes, admit, read},
};

const HEADER: &str = "#, time, Left, Right, Bottle, Bottle Amount, Sleep time, wet, solid, Pump Amount \r\n";

#[test]
fn four_tables_in_one_file() {
    let reading = reading(fixture!("nursingtimer/early.csv"));
    assert_eq!(reading.format.as_str(), "nursingtimer");
    assert_eq!(
        said(&reading),
        [
            "nurse 2025-10-25T21:15:08 min -: Right 12.07",
            "nurse 2025-10-26T02:40:30 min -: Left 9.08, Right 6.5",
            "bottle 2025-10-26T06:10 - min 73.93 ml Expressed",
            "pump 2025-10-26T09:02:11 min -,-,- ml -,-,60",
            "nurse 2025-10-26T09:02:11 min -: Left 14.33",
            "diaper 2025-10-26T07:00:15 wet true soiled false",
            "diaper 2025-10-26T09:30 wet false soiled true",
        ]
    );
    let left_out: Vec<_> = reading.skipped.iter().map(|s| s.reason.as_str()).collect();
    assert_eq!(left_out, ["not ours: sleep"]);
    let flags: Vec<_> = reading.flags.iter().map(|f| f.what.as_str()).collect();
    assert_eq!(flags.len(), 2);
    assert!(flags[0].contains("twice") && flags[1].contains("both are kept"), "{flags:?}");
}

#[test]
fn a_row_that_says_two_things_counts_once() {
    let admission = admitted(&[fixture!("nursingtimer/early.csv")]);
    let counts = &admission.files[0];
    assert_eq!((counts.read, counts.rows_imported, counts.skipped.len()), (7, 6, 1));
    assert_eq!(imported(&admission), [1, 3, 1, 0, 2]);
    let twice = admitted(&[fixture!("nursingtimer/early.csv"), fixture!("nursingtimer/early.csv")]);
    assert_eq!((twice.files[1].rows_imported, twice.files[1].rows_duplicate), (0, 6));
}

#[test]
fn exports_of_a_growing_log_in_any_order() {
    let files = [fixture!("nursingtimer/early.csv"), fixture!("nursingtimer/later.csv")];
    let facts = |files: &[NamedBytes<'_>]| {
        let mut facts: Vec<String> = admitted(files).bodies.iter().map(says).collect();
        facts.sort();
        facts
    };
    let both = facts(&files);
    assert_eq!(both, facts(&[files[1], files[0]]));
    assert_eq!(
        both.len(),
        facts(&files[1..]).len() + 1,
        "of a single bottle that was edited nobody can say that it is the same"
    );
}

#[test]
fn of_a_later_export_only_the_rest_comes_in() {
    let first = admitted(&[fixture!("nursingtimer/early.csv")]);
    let mut author = Author::new("phone").unwrap();
    let journal = Folded::of((0..).zip(&first.bodies).map(|(n, body)| author.put(body, 1_000 + n, [1; 10])));
    let second =
        admit(read(&[fixture!("nursingtimer/later.csv")], &answers(), now()).unwrap(), &journal, "b");
    let new: Vec<String> = second.bodies.iter().map(says).collect();
    assert_eq!(
        new,
        [
            "bottle 2025-10-26T06:10 - min 88.72 ml Expressed",
            "bottle 2025-10-26T12:45 - min 88.72 ml Formula",
            "nurse 2025-10-26T15:00:09 min -: ",
            "pump 2025-10-26T16:10:40 min -,-,- ml -,-,88.72",
            "diaper 2025-10-26T13:01 wet true soiled true",
        ]
    );
    assert_eq!((second.files[0].rows_imported, second.files[0].rows_duplicate), (5, 5));
}

#[test]
fn odd_rows_are_kept_or_named() {
    let text = format!(
        "{HEADER}1, 10/25/25 01:00:00, 0:0, 0:0, 5:30, 60ml\r\n\
         2, 10/25/25 02:00:00, 3:0, 0:0, Bottle-Goat, 2oz\r\n\
         3, 10/25/25 03:00:00, 3:75, 0:0, 0:0, \r\n\
         4, 10/25/25 04:00:00\r\n\
         5, 10/25/25 05:00:00, 1:30:0, 0:0, 0:0, \r\n"
    );
    let reading = reading(file("export.csv", &text));
    assert_eq!(
        said(&reading),
        [
            "bottle 2025-10-25T01:00 5.5 min 60 ml Unknown",
            "bottle 2025-10-25T02:00 - min 59.15 ml Unknown",
            "nurse 2025-10-25T02:00 min -: Left 3",
            "nurse 2025-10-25T05:00 min -: Left 90",
        ]
    );
    let left_out: Vec<_> = reading.skipped.iter().map(|s| (s.row, s.reason.as_str())).collect();
    assert_eq!(
        left_out,
        [(4, "the length \"3:75\" is not one I can read"), (5, "the row says nothing but a time")]
    );
}
