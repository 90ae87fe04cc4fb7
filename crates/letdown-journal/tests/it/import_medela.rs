//! A look-alike after the few facts that are known; no real file was ever read.

use crate::import::{answers, file, now, refusal, said};
use letdown_journal::import::{Answers, FormatName, Question, read};

const LOG: &str = "Date,Time,End time,Side,Volume (ml)\n\
                   14-03-2026,21:05,21:20,Both,95.5\n\
                   14-03-2026,17:40,17:58,Both,110\n\
                   13-03-2026,09:15,09:30,Left,\n";

fn told() -> Answers {
    Answers { format: Some(FormatName::named("medela").unwrap()), ..answers() }
}

#[test]
fn date_and_volume_by_their_places() {
    let reading = read(&[file("export.csv", LOG)], &told(), now()).unwrap().remove(0);
    assert_eq!(
        said(&reading),
        ["pump 2026-03-14T21:05 min -,-,- ml -,-,95.5", "pump 2026-03-14T17:40 min -,-,- ml -,-,110"]
    );
    assert_eq!((reading.read, reading.skipped.len(), reading.skipped[0].row), (3, 1, 4));
}

#[test]
fn it_must_be_asked_for_by_name() {
    assert_eq!(refusal(LOG.as_bytes(), &answers()).needs(), Some(Question::Columns));
    assert!(refusal(b"a,b\n1,2\n", &told()).to_string().contains("does not look like medela"));
}

#[test]
fn the_clock_time_may_stand_beside_the_date() {
    let beside =
        LOG.replace(",21:05", " 21:05,x").replace(",17:40", " 17:40,x").replace(",09:15", " 09:15,x");
    let reading = read(&[file("export.csv", &beside)], &told(), now()).unwrap().remove(0);
    assert_eq!(said(&reading).len(), 2);
    let none = "Date,A,B,C,Volume\n14-03-2026,,,,95.5\n13-03-2026,,,,80\n";
    assert!(refusal(none.as_bytes(), &told()).to_string().contains("is a date without a clock time"));
}

#[test]
fn a_unit_that_nothing_tells_is_asked() {
    let bare = "Date,Time,B,C,Volume\n14-03-2026,21:05,,,12\n13-03-2026,07:05,,,10\n";
    assert_eq!(refusal(bare.as_bytes(), &told()).needs(), Some(Question::Unit));
}
