use crate::helpers::{desk, entries};
use letdown_store::{SqliteStore, Store};
use std::{path::Path, thread};

const EACH: u64 = 60;

#[test]
fn writers_wait_for_each_other_and_a_reader_never_skips() {
    let desk = desk();
    thread::scope(|scope| {
        for device in ["phone", "tablet", "kitchen", "nas"] {
            let path = &desk.path;
            scope.spawn(move || write_one_by_one(path, device));
        }
        scope.spawn(|| follow(&desk.path, 4 * usize::try_from(EACH).unwrap()));
    });
    assert_eq!(desk.store.all().unwrap().len(), 4 * usize::try_from(EACH).unwrap());
}

fn write_one_by_one(path: &Path, device: &str) {
    let mut store = SqliteStore::open(path).unwrap();
    for entry in entries(device, 1..=EACH) {
        store.append(&[entry]).unwrap();
    }
}

/// Reads as a phone does, from the last cursor on, until it has seen everything.
fn follow(path: &Path, wanted: usize) {
    let store = SqliteStore::open(path).unwrap();
    let (mut seen, mut cursor) = (0, 0);
    while seen < wanted {
        let page = store.after(cursor, 3).unwrap();
        seen += page.entries.len();
        cursor = page.next;
        thread::yield_now();
    }
}
