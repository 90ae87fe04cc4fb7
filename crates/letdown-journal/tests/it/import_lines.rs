//! Our own lines of JSON: entries come in as they are, and what is there already stays.

use crate::import::{adds_up, answers, file, fixture, now, says};
use letdown_journal::{
    author::{Author, tens},
    body::{Body, Diaper, Pump},
    entry::{Entry, Op},
    export::json_lines,
    fold::{Fact, Folded},
    hybrid_clock::Stamp,
    import::{Admission, Answers, FormatName, NamedBytes, admit, read},
    moment,
    volume::Output,
};
use sha2::{Digest, Sha256};

const GOLDEN: &str = include_str!("../../../../fixtures/golden/entries.jsonl");

fn bring_in(files: &[NamedBytes<'_>], journal: &Folded) -> Admission {
    let admission = admit(read(files, &answers(), now()).unwrap(), journal, "batch");
    admission.files.iter().for_each(adds_up);
    admission
}

fn lines(text: &str, journal: &Folded) -> Admission {
    bring_in(&[file("journal.jsonl", text)], journal)
}

fn counts(admission: &Admission) -> (usize, usize, usize, usize) {
    let file = &admission.files[0];
    (file.read, file.rows_imported, file.rows_duplicate, file.skipped.len())
}

fn pump(total_ml: f64) -> Body {
    let start = moment::parse("2026-11-24T08:00:00+01:00[Europe/Berlin]", None).unwrap().at;
    Body::Pump(Pump { total: Some(Output::ml(total_ml).unwrap()), ..Pump::at(start) })
}

/// A phone that pumped, mended, and took something back.
fn phone() -> Vec<Entry> {
    let mut author = Author::new("phone").unwrap();
    let mut random = tens(&[3; 10]);
    let first = author.put(&pump(120.0), 1_000, random());
    let mended = author.edit(&first, &pump(130.0), 2_000, random());
    let at = moment::parse("2026-11-24T09:00:00Z", None).unwrap().at;
    let diaper = author.put(&Body::Diaper(Diaper::at(at, true, false)), 3_000, random());
    let gone = author.delete(&diaper, 4_000, random());
    vec![first, mended, diaper, gone]
}

fn standing(journal: &Folded) -> Vec<String> {
    journal.alive().map(|entry| says(&entry.body().unwrap().unwrap())).collect()
}

fn with(journal: &Folded, admission: &Admission) -> Folded {
    let versions: Vec<Entry> = journal.facts().flat_map(Fact::versions).cloned().collect();
    let mut author = Author::after("desk", &versions).unwrap();
    let came = admission.entries(&mut author, 5_000, &mut tens(&[5; 10]));
    Folded::of(versions.into_iter().chain(came))
}

#[test]
fn entries_come_in_as_they_are_and_once() {
    let admission = lines(GOLDEN, &Folded::default());
    let n = GOLDEN.lines().count();
    assert_eq!(counts(&admission), (n, n, 0, 0));
    assert_eq!(json_lines::lines(&admission.as_they_are), GOLDEN, "byte for byte");
    let journal = with(&Folded::default(), &admission);
    let again = lines(GOLDEN, &journal);
    assert_eq!((counts(&again), again.len()), ((n, 0, n, 0), 0));
    let twice = lines(&format!("{GOLDEN}\n{GOLDEN}"), &Folded::default());
    assert_eq!(counts(&twice), (2 * n, n, n, 0));
}

#[test]
fn versions_and_deletions_fold_with_what_is_there() {
    let phone = phone();
    let older = Folded::of(phone[..1].iter().cloned());
    let admission = lines(&json_lines::lines(&phone), &older);
    assert_eq!(counts(&admission), (4, 3, 1, 0));
    let file = &admission.files[0];
    assert_eq!((file.imported["diaper"], file.imported["pump"], file.changed["pump"]), (1, 0, 1));
    assert_eq!(standing(&with(&older, &admission)), ["pump 2026-11-24T08:00 min -,-,- ml -,-,130"]);
    // The older half after the newer one changes nothing.
    let newer = Folded::of(phone[1..].iter().cloned());
    let admission = lines(&json_lines::lines(&phone[..1]), &newer);
    assert_eq!(standing(&with(&newer, &admission)), ["pump 2026-11-24T08:00 min -,-,- ml -,-,130"]);
}

#[test]
fn what_contradicts_an_entry_that_is_there_stays_out() {
    let phone = phone();
    let journal = Folded::of(phone.iter().cloned());
    let other_words = phone[0].write().replace("120.0", "220.0");
    let same_words = phone[0].write().replace("120.0", "120");
    let taken = lines(&format!("{other_words}\n{same_words}\n"), &journal);
    assert_eq!(counts(&taken), (2, 0, 1, 1));
    assert!(taken.files[0].skipped[0].reason.contains("says something else"));
    let mut same_place = Author::new("phone").unwrap();
    let other = same_place.put(&pump(77.0), 9_000, [9; 10]);
    let taken = lines(&(other.write() + "\n"), &journal);
    assert_eq!((counts(&taken), taken.len()), ((1, 0, 0, 1), 0));
    assert!(taken.files[0].skipped[0].reason.contains("device and number"));
}

#[test]
fn a_fact_of_the_same_row_of_an_app_is_one_fact() {
    let csv = fixture!("nighp/pump-2022.csv");
    let make = |device: &str, random: u8| {
        let admission = bring_in(&[csv], &Folded::default());
        let mut author = Author::new(device).unwrap();
        admission.entries(&mut author, 1_000, &mut tens(&[random; 10]))
    };
    let (here, there) = (Folded::of(make("desk", 1)), make("phone", 2));
    let admission = lines(&json_lines::lines(&there), &here);
    assert_eq!((counts(&admission), admission.len()), ((there.len(), 0, there.len(), 0), 0));
    // Together with the table itself, in either order, each row is one fact.
    let text = json_lines::lines(&there);
    let own = file("journal.jsonl", &text);
    for files in [[own, csv], [csv, own]] {
        assert_eq!(bring_in(&files, &Folded::default()).len(), there.len());
    }
}

#[test]
fn a_version_of_another_journal_does_not_replace_what_stands_here() {
    let csv = fixture!("nighp/pump-2022.csv");
    let here = with(&Folded::default(), &bring_in(&[csv], &Folded::default()));
    let mut author = Author::new("phone").unwrap();
    let admission = bring_in(&[csv], &Folded::default());
    let mut there = admission.entries(&mut author, 1_000, &mut tens(&[2; 10]));
    let mut body = there[0].body().unwrap().unwrap();
    if let Body::Pump(pump) = &mut body {
        pump.note = Some("mended there".to_owned());
    }
    there.push(author.edit(&there[0], &body, 2_000, [8; 10]));
    let admission = lines(&json_lines::lines(&there), &here);
    assert_eq!((admission.len(), admission.files[0].rows_duplicate), (0, there.len()));
    assert!(admission.files[0].flags.iter().any(|flag| flag.what.contains("says it otherwise; that stays")));
}

#[test]
fn lines_that_are_no_entries_are_left_out_with_their_reason() {
    let phone = phone();
    let good = phone[0].write();
    let check = |line: &str, expected: &str| {
        let admission = lines(&format!("{good}\n\n{line}\n"), &Folded::default());
        assert_eq!(counts(&admission), (2, 1, 0, 1), "{line}");
        let skipped = &admission.files[0].skipped[0];
        assert!(skipped.row == 3 && skipped.reason.contains(expected), "{skipped:?}");
    };
    let second = phone[1].write();
    check("{\"start\":1}", "not a journal entry");
    check(&second[..second.len() / 2], "not a journal entry");
    check(&second.replace("\"v\":1", "\"v\":2"), "newer version");
    check(&second.replace("130.0", "-1"), "total_ml");
    check(&second.replace("\"seq\":2", "\"seq\":18446744073709551615"), "field seq");
    check(&second.replace(&phone[1].hlc.to_string(), "ffffffffffff-ffff"), "field hlc");
    let unknown = second.replace("\"kind\":\"pump\"", "\"kind\":\"telepathy\"");
    let admission = lines(&format!("{good}\n{unknown}\n"), &Folded::default());
    assert_eq!((counts(&admission), admission.files[0].changed["other"]), ((2, 2, 0, 0), 1));
}

#[test]
fn a_backup_that_does_not_fit_is_flagged_and_read() {
    let text = json_lines::lines(&phone()[..2]);
    let head = "{\"letdown_backup\":1,\"journal\":\"j-2528a741042f1ab0\",\"entries\":2}\n";
    let sum = "1f1cf0b6b8f7a1c0d6d5a4b9b8e6e3f3";
    let with_sum = |sum: &str| head.replace('}', &format!(",\"sha256\":\"{sum}\"}}")) + &text;
    let flags = |text: &str| {
        let admission = lines(text, &Folded::default());
        let file = &admission.files[0];
        (file.rows_imported, file.flags.iter().map(|flag| flag.what.clone()).collect::<Vec<_>>())
    };
    let digest = Sha256::digest(head.to_owned() + &text);
    let fits = digest.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
    assert_eq!(flags(&with_sum(&fits)), (2, vec![]), "a control: one that fits says nothing");
    let (came, said) = flags(&with_sum(&fits).replace("130.0", "130.5"));
    assert!(came == 2 && said.len() == 1, "{said:?}");
    let (came, said) = flags(&with_sum(sum));
    assert!(came == 2 && said[0].contains("changed since it was written"), "{said:?}");
    let cut: String = with_sum(sum).lines().take(2).map(|line| line.to_owned() + "\n").collect();
    let (came, said) = flags(&cut);
    assert!(came == 1 && said[0].contains("cut short: 1 of its 2"), "{said:?}");
}

#[test]
fn a_device_that_finds_its_own_entries_counts_on_behind_them() {
    let own = Author::new("desk").unwrap().put(&pump(50.0), 900_000_000_000, [6; 10]);
    let csv = file("more.csv", "start,total_ml\n2026-11-23T08:00:00Z,60\n");
    let text = own.write() + "\n";
    let admission = bring_in(&[csv, file("own.jsonl", &text)], &Folded::default());
    let mut author = Author::new("desk").unwrap();
    let entries = admission.entries(&mut author, 1_000, &mut tens(&[1; 10]));
    assert_eq!(entries.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [2, 1]);
    assert!(entries[1].hlc < entries[0].hlc && entries[0].op == Op::Put);
}

#[test]
fn another_format_that_was_asked_for_is_refused() {
    let nighp = Some(FormatName::named("nighp").unwrap());
    let error = read(&[file("j.jsonl", GOLDEN)], &Answers { format: nighp, ..answers() }, now()).unwrap_err();
    assert!(error.to_string().contains("entries of Letdown itself"), "{error}");
    let own = Some(FormatName::named("letdown").unwrap());
    assert!(read(&[file("j.jsonl", GOLDEN)], &Answers { format: own, ..answers() }, now()).is_ok());
}

#[test]
fn the_clock_stands_at_its_end_and_never_runs_back() {
    let end: Stamp = "ffffffffffff-ffff".parse().unwrap();
    assert!(end.next(1_000) >= end);
}
