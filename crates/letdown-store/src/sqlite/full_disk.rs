//! A full disk, played by SQLite's own limit on the number of pages.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up should stop")]

use super::{SqliteStore, row};
use crate::store::{Appended, Store};
use letdown_journal::entry::Entry;
use rusqlite::TransactionBehavior;

#[test]
fn a_batch_that_does_not_fit_leaves_nothing_and_the_journal_goes_on() {
    let (_folder, mut store) = store_with_little_room();
    store.append(&batch(1..=3, 10)).unwrap();
    let refused = store.append(&batch(4..=40, 4_000)).unwrap_err();
    assert!(refused.is_full(), "{refused}");
    assert!(refused.to_string().contains("is full; nothing was saved. Free some space"), "{refused}");
    assert_eq!(store.all().unwrap(), batch(1..=3, 10), "nothing half-written");

    make_room(&store);
    assert_eq!(store.append(&batch(4..=40, 4_000)).unwrap(), Appended { stored: 37, known: 0 });
    assert_eq!(SqliteStore::open(&store.path).unwrap().all().unwrap().len(), 40);
}

/// The control: without the one transaction around the batch, the check above does see the half.
#[test]
fn control_without_the_transaction_half_of_it_stays() {
    let (_folder, mut store) = store_with_little_room();
    let written = batch(1..=40, 4_000).iter().try_for_each(|entry| {
        let alone = store.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        row::insert(&alone, entry)?;
        alone.commit()
    });
    assert!(written.is_err());
    assert!((1..40).contains(&store.all().unwrap().len()));
}

fn store_with_little_room() -> (tempfile::TempDir, SqliteStore) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::create(&folder.path().join("journal.sqlite3"), "j-1").unwrap();
    let _: i64 =
        store.connection.pragma_update_and_check(None, "max_page_count", 20, |row| row.get(0)).unwrap();
    (folder, store)
}

fn make_room(store: &SqliteStore) {
    let _: i64 =
        store.connection.pragma_update_and_check(None, "max_page_count", 10_000, |row| row.get(0)).unwrap();
}

fn batch(numbers: std::ops::RangeInclusive<u64>, note_bytes: usize) -> Vec<Entry> {
    let note = "n".repeat(note_bytes);
    let entry = |n: u64| {
        let id = format!("00000000-0000-7000-8000-{n:012x}");
        Entry::read(&format!(
            r#"{{"v":1,"id":"{id}","device":"phone","seq":{n},"hlc":"0192f1c4a3b0-0000","kind":"note","op":"put","root":"{id}","body":{{"note":"{note}"}}}}"#
        ))
        .unwrap()
    };
    numbers.map(entry).collect()
}
