//! Entries and places for the tests.

use letdown_journal::entry::{DeviceId, Entry};
use letdown_store::SqliteStore;
use std::{ops::RangeInclusive, path::PathBuf};
use tempfile::TempDir;

pub(crate) fn entry(device: &str, seq: u64, body: &str) -> Entry {
    let id = id(device, seq);
    Entry::read(&format!(
        r#"{{"v":1,"id":"{id}","device":"{device}","seq":{seq},"hlc":"0192f1c4a3b0-0000","kind":"pump","op":"put","root":"{id}","body":{body}}}"#
    ))
    .unwrap()
}

pub(crate) fn entries(device: &str, numbers: RangeInclusive<u64>) -> Vec<Entry> {
    numbers.map(|n| entry(device, n, &format!(r#"{{"total_ml":{n}}}"#))).collect()
}

/// An id that another device, or another number, does not have.
pub(crate) fn id(device: &str, seq: u64) -> String {
    let salt = device.bytes().fold(0_u16, |sum, b| sum.wrapping_mul(31).wrapping_add(u16::from(b)));
    format!("0192f1c4-a3b0-7{:03x}-8000-{seq:012x}", salt & 0xfff)
}

pub(crate) fn device(name: &str) -> DeviceId {
    DeviceId::new(name).unwrap()
}

/// A journal file in a folder of its own.
pub(crate) struct Desk {
    pub(crate) folder: TempDir,
    pub(crate) path: PathBuf,
    pub(crate) store: SqliteStore,
}

pub(crate) fn desk() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.sqlite3");
    let store = SqliteStore::create(&path, "j-1").unwrap();
    Desk { folder, path, store }
}
