use crate::helpers::{desk, device, entries, entry};
use letdown_journal::entry::Entry;
use letdown_store::{Backup, DataFolder, SqliteStore, Store};
use rusqlite::Connection;
use std::{
    fs,
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

fn backup(entries: Vec<Entry>) -> Backup {
    Backup { journal: "j-1".to_owned(), entries }
}

fn read(text: impl AsRef<[u8]>) -> Result<Backup, String> {
    Backup::read(Path::new("kept.jsonl"), text.as_ref()).map_err(|e| e.to_string())
}

fn refused(text: impl AsRef<[u8]>, words: &str) {
    let error = read(text).unwrap_err();
    assert!(error.starts_with("kept.jsonl") && error.contains(words), "{words:?} is not in {error:?}");
    assert!(error.contains("nothing was changed"), "{error}");
}

#[test]
fn a_journal_comes_back_as_it_was_under_a_new_pen() {
    let desk = desk();
    let mut store = desk.store;
    store.append(&entries("phone", 1..=30)).unwrap();
    store.append(&[entry("kitchen", 1, "{ \"note\" : \"ü\\n\u{2028}\",\"x\":1.50 }")]).unwrap();
    let held = store.all().unwrap();
    let back = read(backup(held.clone()).write()).unwrap();
    assert_eq!(back.entries, held);

    let place = desk.folder.path().join("a/b");
    let folder = DataFolder::restore(&place, &back, &device("kitchen-2")).unwrap();
    assert_eq!((folder.journal_id(), folder.device().as_str()), ("j-1", "kitchen-2"));
    assert_eq!(folder.store().all().unwrap(), held, "in the same order, byte for byte");
    drop(folder);
    assert_eq!(names(&place), ["journal.sqlite3", "letdown.toml"]);
    assert_eq!(DataFolder::open(&place).unwrap().device().as_str(), "kitchen-2");
}

fn names(folder: &Path) -> Vec<String> {
    let name = |item: std::io::Result<fs::DirEntry>| item.unwrap().file_name().to_string_lossy().into_owned();
    let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(name).collect();
    names.sort();
    names
}

/// Every byte: changed, and everything behind it gone.
#[test]
fn a_backup_of_which_any_byte_is_another_is_refused() {
    let whole = backup(entries("phone", 1..=3)).write().into_bytes();
    assert!(read(&whole).is_ok());
    for at in 0..whole.len() {
        assert!(read(&whole[..at]).is_err(), "cut at {at}");
        for other in [b' ', b'0', b'\n', whole[at] ^ 1, whole[at] ^ 0x20] {
            let mut changed = whole.clone();
            changed[at] = other;
            assert_eq!(read(&changed).is_ok(), changed == whole, "byte {at} as {other}");
        }
        let mut longer = whole.clone();
        longer.insert(at, whole[at]);
        assert!(read(&longer).is_err(), "byte {at} twice");
    }
    assert!(read([&whole[..], b"\n"].concat()).is_err() && read([&whole[..], b"x"].concat()).is_err());
}

#[test]
fn what_is_wrong_with_a_backup_is_said() {
    let whole = backup(entries("phone", 1..=3)).write();
    let lines: Vec<&str> = whole.lines().collect();
    refused("kind,start\n", "is not a backup that `letdown backup` wrote");
    refused([0xff, 0x00], "is not a backup");
    refused("", "is not a backup");
    refused(lines[1..].join("\n"), "is not a backup");
    refused(format!("{}\n{}\n", lines[0], lines[1]), "was cut short: 1 of its 3 entries");
    refused(whole.trim_end(), "was cut short");
    refused(whole.replace("j-1", "j-2"), "does not fit its checksum");
    refused(whole.replace('\n', "\r\n"), "does not fit its checksum");
    refused(format!("{}\n{}\n{}\n{}\n", lines[0], lines[2], lines[1], lines[3]), "does not fit its checksum");
    refused(whole.replace("backup\":1", "backup\":2"), "was written by a newer Letdown (backup 2");
    let twice = backup([entries("phone", 1..=1), entries("phone", 1..=1)].concat());
    refused(twice.write(), "does not fit its checksum");
}

#[test]
fn the_checksum_is_that_of_the_file_without_it() {
    use sha2::Digest;
    let whole = backup(entries("phone", 1..=3)).write();
    let (head, _) = whole.split_once('\n').unwrap();
    let (_, sum) = head.split_once(",\"sha256\":\"").unwrap();
    let without = whole.replacen(&format!(",\"sha256\":\"{sum}"), "}", 1);
    assert!(without.starts_with("{\"letdown_backup\":1,\"journal\":\"j-1\",\"entries\":3}\n"), "{without}");
    let sum = u128::from_str_radix(&sum[..32], 16).unwrap().to_be_bytes();
    assert_eq!(sum, sha2::Sha256::digest(&without)[..16]);
}

#[test]
fn a_place_that_holds_anything_is_left_as_it_was() {
    let home = tempfile::tempdir().unwrap();
    let whole = home.path().join("whole");
    drop(DataFolder::create(&whole, "j-9", &device("kitchen")).unwrap());
    let lost = home.path().join("lost");
    fs::create_dir(&lost).unwrap();
    fs::copy(whole.join("letdown.toml"), lost.join("letdown.toml")).unwrap();
    let other = home.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("holiday.jpg"), "sun").unwrap();
    for (place, words) in [
        (&whole, "already holds a journal; nothing was changed. Restore into an empty folder with --data"),
        (&lost, "holds the letdown.toml of a journal that is missing"),
        (&other, "holds something else (holiday.jpg)"),
    ] {
        let before = names(place);
        let error = DataFolder::restore(place, &backup(entries("phone", 1..=3)), &device("new")).unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
        assert_eq!(names(place), before);
    }
    assert_eq!(DataFolder::open(&whole).unwrap().store().all().unwrap(), []);
}

/// All or nothing: one entry of three cannot be kept.
#[test]
fn a_restore_that_stops_leaves_nothing_behind() {
    let home = tempfile::tempdir().unwrap();
    let mut bad = entries("phone", 1..=3);
    bad[2].seq = 2;
    let (new, empty) = (home.path().join("new"), home.path().join("empty"));
    fs::create_dir(&empty).unwrap();
    for place in [&new, &empty] {
        let error = DataFolder::restore(place, &backup(bad.clone()), &device("new")).unwrap_err();
        assert!(error.is_conflict(), "{error}");
    }
    assert_eq!((new.exists(), names(&empty)), (false, vec![]));
    let shared = DataFolder::restore(&new, &backup(entries("phone", 1..=3)), &device("phone")).unwrap_err();
    assert!(shared.to_string().contains("two machines never share one"), "{shared}");
    assert!(!new.exists());
}

#[test]
fn what_a_writer_has_not_committed_is_in_no_backup() {
    let desk = desk();
    let mut store = desk.store;
    store.append(&entries("phone", 1..=2)).unwrap();
    let writer = Connection::open(&desk.path).unwrap();
    writer.execute_batch("BEGIN IMMEDIATE; UPDATE entry SET place = place + 10 WHERE seq = 2").unwrap();
    writer.execute("DELETE FROM entry WHERE seq = 1", []).unwrap();
    let other = SqliteStore::open(&desk.path).unwrap();
    assert_eq!(other.all().unwrap(), entries("phone", 1..=2));
    writer.execute_batch("COMMIT").unwrap();
    assert_eq!(other.all().unwrap(), entries("phone", 2..=2));
}

const BATCH: usize = 7;

/// Reads while batches of seven are written; whether some reading held a part of a batch.
fn sees_a_part(at_once: usize) -> bool {
    let desk = desk();
    let done = AtomicBool::new(false);
    let numbers: Vec<Entry> = entries("phone", 1..=280);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut store = SqliteStore::open(&desk.path).unwrap();
            for batch in numbers.chunks(at_once) {
                store.append(batch).unwrap();
            }
            done.store(true, Ordering::Relaxed);
        });
        let (mut part, mut last) = (false, 0);
        while !done.load(Ordering::Relaxed) {
            let held = read(backup(desk.store.all().unwrap()).write()).unwrap().entries;
            assert!(last <= held.len() && held == numbers[..held.len()]);
            part |= !held.len().is_multiple_of(BATCH);
            last = held.len();
        }
        part
    })
}

#[test]
fn a_backup_is_one_state_while_another_process_writes() {
    assert!(!sees_a_part(BATCH));
}

#[test]
fn control_a_batch_that_is_written_in_parts_is_seen() {
    assert!(sees_a_part(1), "a check that cannot see a part proves nothing");
}
