use crate::helpers::{desk, entries};
use letdown_store::{SqliteStore, Store};
use rusqlite::Connection;
use std::{fs, path::Path};

#[test]
fn files_of_others_are_refused() {
    check_refused(
        |path| fs::write(path, "dear diary").unwrap(),
        "is not a Letdown journal; nothing was changed",
    );
    check_refused(|path| fs::write(path, "").unwrap(), "is damaged (it is empty); nothing was changed");
    check_refused(
        |path| {
            fs::remove_file(path).unwrap();
            Connection::open(path).unwrap().execute_batch("CREATE TABLE diary (day TEXT)").unwrap();
        },
        "is not a Letdown journal; nothing was changed",
    );
}

#[test]
fn a_newer_format_is_refused() {
    check_refused(|path| execute(path, "PRAGMA user_version = 2"), "written by a newer Letdown (format 2;");
}

#[test]
fn a_journal_without_its_tables_is_refused() {
    check_refused(|path| execute(path, "DROP TABLE journal"), "is damaged (no such table: journal");
}

#[test]
fn a_file_cut_short_is_refused() {
    let cut = |path: &Path| {
        let bytes = fs::read(path).unwrap();
        fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
    };
    check_refused(cut, "is damaged (");
}

#[test]
fn a_missing_file_is_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.sqlite3");
    assert!(SqliteStore::open(&path).is_err());
    assert!(!path.exists());
}

/// A sound journal is spoilt, refused with a sentence that names it, and left byte for byte as it was.
fn check_refused(spoil: impl Fn(&Path), sentence: &str) {
    let mut desk = desk();
    desk.store.append(&entries("phone", 1..=200)).unwrap();
    drop(desk.store);
    spoil(&desk.path);
    let before = fs::read(&desk.path).unwrap();
    let refused = SqliteStore::open(&desk.path).unwrap_err().to_string();
    assert!(refused.contains(sentence), "{refused}");
    assert!(refused.contains(desk.path.to_str().unwrap()), "{refused}");
    assert!(fs::read(&desk.path).unwrap() == before, "refusing changed the file: {refused}");
}

fn execute(path: &Path, sql: &str) {
    Connection::open(path).unwrap().execute_batch(sql).unwrap();
}
