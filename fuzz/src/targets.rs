//! What is done with hostile bytes, target by target, and what must hold whatever they are.
//!
//! The fuzzer and an ordinary test (`fuzz_seeds` of `letdown-journal`) share this file: what was once found stays found.

use letdown_journal::{
    author::{Author, tens},
    entry::Entry,
    export::json_lines,
    fold::{Fact, Folded},
    import::{AnswersWire, Arrival, FileCounts, NamedBytes, past, undo},
    moment::{self, Moment},
};
use std::{
    collections::BTreeSet,
    io::{Cursor, Write as _},
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// One door that bytes come in by.
pub(crate) struct Target {
    /// As `cargo xtask fuzz` and the folder of its seeds name it.
    pub(crate) name: &'static str,
    /// Takes the bytes in, and panics when a promise of docs/import.md is broken.
    pub(crate) check: fn(&Target, &[u8]),
}

const fn format(name: &'static str) -> Target {
    Target { name, check: |target, bytes| import(&answers(Some(target.name)), bytes) }
}

/// All of them: one for each format, by its name; what wraps tables; our own lines.
pub(crate) const TARGETS: &[Target] = &[
    format("nighp"),
    format("babybuddy"),
    format("babyplus"),
    format("glow"),
    format("hatch"),
    format("feedbaby"),
    format("sprouttrack"),
    format("piyolog"),
    format("droste"),
    format("babyconnect"),
    format("huckleberry"),
    format("nursingtimer"),
    format("medela"),
    format("letdown"),
    Target { name: "generic", check: |_, bytes| mapped(bytes) },
    Target { name: "opener", check: |_, bytes| import(&answers(None), bytes) },
    Target { name: "packed", check: |_, bytes| import(&answers(None), &packed(bytes)) },
    Target { name: "entries", check: |_, bytes| entries(bytes) },
];

fn answers(format: Option<&str>) -> AnswersWire {
    let said = |word: &str| Some(word.to_owned());
    AnswersWire {
        tz: said("UTC"),
        date_order: said("mdy"),
        unit: said("ml"),
        weight_unit: said("kg"),
        format: format.map(str::to_owned),
        ..AnswersWire::default()
    }
}

/// The first line is a map, the rest a table.
fn mapped(bytes: &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (map, table) = bytes.split_at(end);
    let map = Some(String::from_utf8_lossy(map).into_owned());
    import(&AnswersWire { map, ..answers(Some("generic")) }, table.get(1..).unwrap_or_default());
}

/// A ZIP of what is described: a line `== NAME` begins a member.
pub(crate) fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_prefix(b"== ") {
            // Two members of one name are refused by the writer; the lines then go to the member before.
            Some(name) => _ = writer.start_file(String::from_utf8_lossy(name).trim(), stored),
            None => _ = writer.write_all(line),
        }
    }
    writer.finish().map_or_else(|_| bytes.to_vec(), Cursor::into_inner)
}

/// Reads a file into an empty journal, once more into the result, and takes it back.
fn import(answers: &AnswersWire, bytes: &[u8]) {
    let (empty, now) = (Folded::default(), now());
    let Some(arrival) = arrival(answers, bytes, &empty, &now) else { return };
    arrival.preview.files.iter().for_each(adds_up);

    let mut author = Author::new("fuzz").expect("a name");
    let mut random = tens(&[7; 10]);
    let entries = arrival.entries(&mut author, &now, &mut random);
    assert_eq!(entries.len(), arrival.preview.entries, "entries are as many as were announced");
    let (made, as_they_are) = entries.split_at(entries.len() - arrival.preview.as_they_are);
    as_they_are.iter().for_each(is_read_again);
    made.iter().for_each(can_be_kept);
    are_distinct(&entries);
    let mut journal = Folded::of(entries);

    let again = self::arrival(answers, bytes, &journal, &now).expect("what was read once is read again");
    again.preview.files.iter().for_each(adds_up);
    assert_eq!(again.preview.entries, 0, "the same bytes bring nothing new: {:?}", again.preview.files);
    assert!(again.preview.files.iter().all(|file| file.rows_imported == 0), "{:?}", again.preview.files);

    for entry in undo(&journal, &arrival.preview.batch, &mut author, 1_795_500_000_000, &mut random) {
        journal.add(entry);
    }
    assert!(past(&journal).iter().all(|import| import.batch != arrival.preview.batch), "it is taken back");
    assert!(arrival.preview.as_they_are > 0 || journal.alive().count() == 0, "and nothing of it stands");
}

fn arrival(answers: &AnswersWire, bytes: &[u8], journal: &Folded, now: &Moment) -> Option<Arrival> {
    let file = NamedBytes { name: "Mila_expressed.csv", bytes };
    match Arrival::read(&[file], answers, journal, "fuzz", now, &mut |_| true) {
        Ok(arrival) => Some(arrival),
        Err(e) => {
            assert!(!e.to_string().is_empty());
            None
        }
    }
}

fn now() -> Moment {
    moment::parse("2026-11-25T12:00:00Z", None).expect("a time").at
}

/// The sum of docs/import.md.
fn adds_up(file: &FileCounts) {
    let sum = file.rows_imported + file.rows_duplicate + file.skipped.len();
    assert_eq!(file.read, sum, "read is imported, known and left out: {file:?}");
}

fn is_read_again(entry: &Entry) {
    assert_eq!(Entry::read(&entry.write()).expect("what was written can be read"), *entry);
}

/// A store refuses two entries of one id, and two of one device with the same number.
fn are_distinct(entries: &[Entry]) {
    let ids: BTreeSet<_> = entries.iter().map(|entry| entry.id).collect();
    let places: BTreeSet<_> = entries.iter().map(|entry| (&entry.device, entry.seq)).collect();
    assert_eq!((ids.len(), places.len()), (entries.len(), entries.len()), "every entry has its own name");
}

/// What becomes an entry is read again as it was written.
fn can_be_kept(entry: &Entry) {
    is_read_again(entry);
    let body = entry.body().expect("a body that was made can be read").expect("of a known kind");
    assert_eq!(body.write(), entry.body.get(), "a body that was read says the same");
}

/// Lines of entries, as a restore reads them and as an import does.
fn entries(bytes: &[u8]) {
    import(&answers(None), bytes);
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let entries: Vec<Entry> = text.lines().filter_map(|line| Entry::read(line).ok()).collect();
    for entry in &entries {
        is_read_again(entry);
        // A body of a known kind that this version refuses is an error, never the end of the program.
        let _ = entry.body().is_ok();
    }
    let (forwards, backwards) =
        (Folded::of(entries.iter().cloned()), Folded::of(entries.iter().rev().cloned()));
    let standing = |journal: &Folded| journal.alive().map(|entry| entry.id).collect::<Vec<_>>();
    if has_no_copies(&entries) {
        assert_eq!(standing(&forwards), standing(&backwards), "the order of arrival does not count");
    }
    let lines = json_lines::lines(forwards.facts().flat_map(Fact::versions));
    assert!(lines.lines().all(|line| Entry::read(line).is_ok()), "our own lines can be read");
}

/// Two copies of one id that say different things are refused by a store before they are folded.
fn has_no_copies(entries: &[Entry]) -> bool {
    let mut ids: Vec<_> = entries.iter().map(|entry| entry.id).collect();
    ids.sort_unstable();
    ids.windows(2).all(|pair| pair[0] != pair[1])
}
