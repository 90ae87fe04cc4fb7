//! One bit is flipped at 400 places of a journal. Opening or reading must then say so, or give back the same entries.

use crate::helpers::{desk, entries};
use letdown_journal::entry::Entry;
use letdown_store::{SqliteStore, Store, StoreError};
use rusqlite::Connection;
use std::{fs, path::Path};

const FLIPS: usize = 400;

#[test]
fn a_flipped_bit_is_noticed_or_harmless() {
    let outcome = flip_everywhere(|path| SqliteStore::open(path)?.all());
    assert_eq!(outcome.silent, 0);
    assert!(FLIPS / 4 < outcome.noticed, "only {} of {FLIPS} flips were noticed", outcome.noticed);
}

/// The control: without the checksums, SQLite alone hands out bodies that nobody wrote.
#[test]
fn control_without_checksums_wrong_bodies_come_back() {
    let outcome = flip_everywhere(|path| {
        let bodies = bodies_unchecked(path).map_err(StoreError::other)?;
        let written = journal();
        let differ = bodies.len() != written.len()
            || bodies.iter().zip(&written).any(|(body, entry)| body != entry.body.get());
        Ok(if differ { Vec::new() } else { written })
    });
    assert!(0 < outcome.silent);
}

struct Outcome {
    noticed: usize,
    silent: usize,
}

fn flip_everywhere(read: impl Fn(&Path) -> Result<Vec<Entry>, StoreError>) -> Outcome {
    let mut desk = desk();
    desk.store.append(&journal()).unwrap();
    drop(desk.store);
    let sound = fs::read(&desk.path).unwrap();
    let mut outcome = Outcome { noticed: 0, silent: 0 };
    for flip in 0..FLIPS {
        let mut bytes = sound.clone();
        let place = flip * 7_919 % sound.len();
        bytes[place] ^= 1 << (flip % 8);
        fs::write(&desk.path, bytes).unwrap();
        match read(&desk.path) {
            Err(error) => {
                assert!(error.to_string().contains("journal"), "{error}");
                outcome.noticed += 1;
            }
            Ok(entries) if entries == journal() => {}
            Ok(_) => outcome.silent += 1,
        }
    }
    outcome
}

fn journal() -> Vec<Entry> {
    entries("phone", 1..=60)
}

fn bodies_unchecked(path: &Path) -> rusqlite::Result<Vec<String>> {
    let connection = Connection::open(path)?;
    let found: String = connection.pragma_query_value(None, "quick_check", |r| r.get(0))?;
    if found != "ok" {
        return Err(rusqlite::Error::InvalidQuery);
    }
    let mut statement = connection.prepare("SELECT body FROM entry ORDER BY place")?;
    statement.query_map([], |row| row.get(0))?.collect()
}
