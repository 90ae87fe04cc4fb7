use crate::helpers::{device, entries};
use letdown_store::{DataFolder, Opened, Store, StoreError};
use std::{
    fs,
    path::{Path, PathBuf},
    thread,
};
use tempfile::TempDir;

#[test]
fn the_first_call_makes_it_and_says_so_the_second_opens_it() {
    let home = home();
    for (path, exists) in [(home.path().join("a/b/letdown"), false), (home.path().join("empty"), true)] {
        if exists {
            fs::create_dir(&path).unwrap();
        }
        let Opened { mut folder, made } = open_or_create(&path).unwrap();
        assert!(made);
        folder.store_mut().append(&entries("phone", 1..=2)).unwrap();
        drop(folder);
        let again = DataFolder::open_or_create(&path, "j-other", &device("other")).unwrap();
        assert!(!again.made);
        assert_eq!((again.folder.journal_id(), again.folder.device().as_str()), ("j-1", "kitchen"));
        assert_eq!(again.folder.path(), path);
        assert_eq!(again.folder.into_store().all().unwrap().len(), 2);
    }
}

#[cfg(unix)]
#[test]
fn a_folder_we_make_is_closed_to_other_users() {
    use std::os::unix::fs::PermissionsExt;
    let home = home();
    let path = home.path().join("letdown");
    open_or_create(&path).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o700);
}

#[test]
fn a_fresh_file_system_counts_as_empty() {
    let home = home();
    fs::create_dir(home.path().join("lost+found")).unwrap();
    assert!(open_or_create(home.path()).unwrap().made);
}

#[test]
fn an_empty_place_opens_only_for_making() {
    let home = home();
    let missing = home.path().join("letdown");
    check_says(DataFolder::open(&missing), &["there is no journal in", "`letdown init`"]);
    check_says(DataFolder::open(home.path()), &["there is no journal in"]);
    assert!(!missing.exists());
}

#[test]
fn a_lost_journal_is_never_begun_anew() {
    let (home, path) = made();
    fs::remove_file(path.join("journal.sqlite3")).unwrap();
    let parts = [
        "belongs to journal j-1, but its journal.sqlite3 is missing; nothing was changed",
        "backup",
        "mount it",
    ];
    check_all_ways(&path, &parts);
    assert_eq!(names(&path), ["letdown.toml"]);
    fs::remove_file(path.join("letdown.toml")).unwrap();
    assert!(open_or_create(&path).unwrap().made, "with the config moved away, an empty journal may begin");
    drop(home);
}

#[test]
fn a_database_without_its_config_is_left_alone() {
    let (_home, path) = made();
    fs::remove_file(path.join("letdown.toml")).unwrap();
    check_all_ways(&path, &["holds a journal.sqlite3 but not the letdown.toml", "backup"]);
}

#[test]
fn a_folder_with_something_else_is_left_alone() {
    let home = home();
    fs::write(home.path().join("holiday.jpg"), "x").unwrap();
    check_all_ways(home.path(), &["holds something else (holiday.jpg)", "--data"]);
    assert_eq!(names(home.path()), ["holiday.jpg"]);
}

#[test]
fn a_file_in_the_place_of_the_folder_is_left_alone() {
    let home = home();
    let file = home.path().join("letdown");
    fs::write(&file, "x").unwrap();
    check_all_ways(&file, &["a file stands where the folder", "--data"]);
    check_all_ways(&file.join("deeper"), &["a file stands where the folder"]);
}

#[test]
fn two_parts_of_different_journals_do_not_open() {
    let (_home, path) = made();
    let other = home();
    let other = DataFolder::create(other.path(), "j-2", &device("kitchen")).unwrap();
    fs::copy(other.path().join("letdown.toml"), path.join("letdown.toml")).unwrap();
    check_says(
        DataFolder::open(&path),
        &["belongs to journal j-2", "beside it is journal j-1", "one backup together"],
    );
}

#[test]
fn a_config_that_cannot_be_read_is_named() {
    for (text, part) in [
        ("format = ", "letdown.toml cannot be understood"),
        ("journal = \"j-1\"\ndevice = \"a\"", "it has no `format`"),
        ("format = 1\ndevice = \"a\"", "it has no `journal`"),
        (
            "format = 1\njournal = \"j-1\"\ndevice = \"My Phone\"",
            "`device`: \"My Phone\" is not a device name",
        ),
        ("format = 2\nanything = true", "written by a newer Letdown (format 2;"),
    ] {
        let (_home, path) = made();
        fs::write(path.join("letdown.toml"), text).unwrap();
        check_says(DataFolder::open(&path), &[part, "othing was changed"]);
    }
}

#[test]
fn names_are_checked_before_anything_is_made() {
    let home = home();
    let path = home.path().join("letdown");
    check_says(DataFolder::create(&path, "My Journal", &device("a")), &["cannot name a journal"]);
    assert!(!path.exists());
}

#[test]
fn making_twice_is_refused() {
    let (_home, path) = made();
    check_says(DataFolder::create(&path, "j-2", &device("a")), &["already holds a journal"]);
}

/// The four steps of making, cut short after each.
#[test]
fn a_making_that_was_cut_short_is_done_again_or_finished() {
    let (_home, whole) = made();
    let steps: [(&[(&str, &str)], bool); 3] = [
        (&[("journal.sqlite3", "journal.sqlite3.new")], true),
        (&[("journal.sqlite3", "journal.sqlite3.new"), ("letdown.toml", "letdown.toml.new")], true),
        (&[("journal.sqlite3", "journal.sqlite3"), ("letdown.toml", "letdown.toml.new")], false),
    ];
    for (files, made_again) in steps {
        let home = home();
        for (from, to) in files {
            fs::copy(whole.join(from), home.path().join(to)).unwrap();
        }
        fs::write(home.path().join("journal.sqlite3.new-wal"), "").unwrap();
        let opened = DataFolder::open_or_create(home.path(), "j-2", &device("a")).unwrap();
        assert_eq!(opened.made, made_again, "{files:?}");
        assert_eq!(opened.folder.journal_id(), if made_again { "j-2" } else { "j-1" });
    }
}

#[test]
fn of_several_that_make_it_at_once_one_does() {
    let home = home();
    let path = home.path().join("letdown");
    let made: usize = thread::scope(|scope| {
        let makers: Vec<_> = (0..8).map(|_| scope.spawn(|| open_or_create(&path).unwrap().made)).collect();
        makers.into_iter().map(|maker| usize::from(maker.join().unwrap())).sum()
    });
    assert_eq!(made, 1);
}

/// A second program on the same folder is welcome.
#[test]
fn two_programs_share_a_folder() {
    let (_home, path) = made();
    let (mut one, mut two) = (DataFolder::open(&path).unwrap(), DataFolder::open(&path).unwrap());
    one.store_mut().append(&entries("phone", 1..=1)).unwrap();
    two.store_mut().append(&entries("phone", 2..=2)).unwrap();
    assert_eq!(one.store().all().unwrap(), two.store().all().unwrap());
}

fn home() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn made() -> (TempDir, PathBuf) {
    let home = home();
    let path = home.path().join("letdown");
    drop(open_or_create(&path).unwrap());
    (home, path)
}

fn open_or_create(path: &Path) -> Result<Opened, StoreError> {
    DataFolder::open_or_create(path, "j-1", &device("kitchen"))
}

fn check_all_ways(path: &Path, parts: &[&str]) {
    check_says(DataFolder::open(path), parts);
    check_says(open_or_create(path), parts);
    check_says(DataFolder::create(path, "j-1", &device("kitchen")), parts);
}

fn check_says<T: std::fmt::Debug>(result: Result<T, StoreError>, parts: &[&str]) {
    let text = result.unwrap_err().to_string();
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in: {text}");
    }
}

fn names(path: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(path).unwrap().map(|item| item.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
