//! What is done with hostile bytes, target by target, and what must hold whatever they are.
//!
//! The fuzzer and an ordinary test (`fuzz_seeds` of `letdown-journal`) share this file: what was once found stays found.

use letdown_journal::{
    author::{Author, tens},
    entry::Entry,
    export::json_lines,
    fold::{Fact, Folded},
    import::{AnswersWire, Arrival, FileCounts, NamedBytes, undo},
    moment::{self, Moment},
};
use std::io::{Cursor, Write as _};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// One door that bytes come in by.
pub struct Target {
    /// As `cargo xtask fuzz` and the folder of its seeds name it.
    pub name: &'static str,
    /// Takes the bytes in, and panics when a promise of docs/import.md is broken.
    pub check: fn(&Target, &[u8]),
}

const fn format(name: &'static str) -> Target {
    Target { name, check: |target, bytes| import(&answers(Some(target.name)), bytes) }
}

/// All of them: one for each format, by its name; what wraps tables; our own lines.
pub const TARGETS: &[Target] = &[
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
pub fn packed(bytes: &[u8]) -> Vec<u8> {
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
    entries.iter().for_each(can_be_kept);
    let mut journal = Folded::of(entries);

    let again = self::arrival(answers, bytes, &journal, &now).expect("what was read once is read again");
    again.preview.files.iter().for_each(adds_up);
    assert_eq!(again.preview.entries, 0, "the same bytes bring nothing new: {:?}", again.preview.files);
    assert!(again.preview.files.iter().all(|file| file.rows_imported == 0), "{:?}", again.preview.files);

    for entry in undo(&journal, &arrival.preview.batch, &mut author, 1_795_500_000_000, &mut random) {
        journal.add(entry);
    }
    assert_eq!(journal.alive().count(), 0, "an import that is taken back is gone");
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

/// What becomes an entry is read again as it was written.
fn can_be_kept(entry: &Entry) {
    let read = Entry::read(&entry.write()).expect("an entry that was made can be read");
    assert_eq!(read, *entry);
    let body = entry.body().expect("a body that was made can be read").expect("of a known kind");
    assert_eq!(body.write(), entry.body.get(), "a body that was read says the same");
}

/// Lines of entries, as a restore reads them.
fn entries(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let entries: Vec<Entry> = text.lines().filter_map(|line| Entry::read(line).ok()).collect();
    for entry in &entries {
        assert_eq!(Entry::read(&entry.write()).expect("what was written can be read"), *entry);
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
