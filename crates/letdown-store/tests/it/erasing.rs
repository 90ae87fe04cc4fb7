use crate::helpers::{device, entries};
use letdown_store::{DataFolder, SqliteStore, Store};
use std::{fs, path::Path};

fn made(path: &Path) -> DataFolder {
    let mut folder = DataFolder::create(path, "j-1", &device("kitchen")).unwrap();
    folder.store_mut().append(&entries("phone", 1..=3)).unwrap();
    folder
}

fn count(path: &Path) -> usize {
    fs::read_dir(path).unwrap().count()
}

#[test]
fn nothing_is_left() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("letdown");
    let folder = made(&path);
    fs::write(folder.reckoned(), "a fit").unwrap();
    let files = folder.files();
    assert!(5 == files.len() && files.iter().all(|file| file.exists()), "{files:?}");
    assert!(folder.erase().unwrap().folder);
    assert_eq!(count(home.path()), 0);
}

#[test]
fn what_was_reckoned_alone_is_no_empty_place() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("letdown");
    fs::write(made(&path).reckoned(), "a fit").unwrap();
    for name in ["letdown.toml", "journal.sqlite3"] {
        fs::remove_file(path.join(name)).unwrap();
    }
    assert!(DataFolder::open_or_create(&path, "j-2", &device("kitchen")).is_err(), "a journal was lost here");
}

#[test]
fn what_others_put_into_the_folder_stays() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("letdown");
    let folder = made(&path);
    fs::write(path.join("holiday.jpg"), "sun").unwrap();
    assert!(!folder.erase().unwrap().folder);
    assert_eq!((count(&path), fs::read(path.join("holiday.jpg")).unwrap()), (1, b"sun".to_vec()));
}

/// A server that went on writing into a file without a name would lose what it acknowledges.
#[test]
fn a_journal_that_another_program_has_open_stays() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("letdown");
    let folder = made(&path);
    let mut other = SqliteStore::open(&path.join("journal.sqlite3")).unwrap();
    let refused = folder.erase().unwrap_err().to_string();
    assert!(
        refused.contains("another program has the journal in") && refused.contains("nothing was erased"),
        "{refused}"
    );
    other.append(&entries("phone", 4..=4)).unwrap();
    drop(other);
    let folder = DataFolder::open(&path).unwrap();
    assert_eq!(folder.store().all().unwrap().len(), 4);
    assert!(folder.erase().unwrap().folder);
}

/// The points at which an erasing can be cut short: the whole journal is there, or none and the rest can be erased.
#[test]
fn an_erasing_that_was_cut_short_is_gone_on_with_or_never_was() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("letdown");
    drop(made(&path));
    assert!(!DataFolder::erase_leftovers(&path).unwrap());
    fs::rename(path.join("letdown.toml"), path.join("letdown.toml.new")).unwrap();
    assert!(!DataFolder::erase_leftovers(&path).unwrap(), "a whole journal is no leftover");
    assert_eq!(DataFolder::open(&path).unwrap().store().all().unwrap().len(), 3);

    fs::rename(path.join("letdown.toml"), path.join("letdown.toml.new")).unwrap();
    fs::rename(path.join("journal.sqlite3"), path.join("journal.sqlite3.new")).unwrap();
    assert!(DataFolder::open(&path).unwrap_err().to_string().contains("there is no journal in"));
    assert!(DataFolder::erase_leftovers(&path).unwrap());
    assert_eq!(count(home.path()), 0);
    assert!(!DataFolder::erase_leftovers(&path).unwrap());
}
