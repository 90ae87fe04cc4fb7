//! Root may write anywhere, so these cases run as an ordinary user: in this process, or in a child when the tests run
//! as root.
#![cfg(target_os = "linux")]

use crate::helpers::{device, entries};
use letdown_store::{DataFolder, Store};
use std::{
    env, fs,
    os::unix::{
        fs::{MetadataExt, PermissionsExt},
        process::CommandExt,
    },
    path::Path,
    process::Command,
};

/// "nobody" on every Linux.
const NOBODY: u32 = 65_534;

#[test]
fn a_folder_that_may_not_be_written_is_named() {
    as_an_ordinary_user("permissions::a_folder_that_may_not_be_written_is_named", |home| {
        let closed = home.join("closed");
        fs::create_dir(&closed).unwrap();
        set_mode(&closed, 0o500);
        let refused = DataFolder::open_or_create(&closed, "j-1", &device("a")).unwrap_err().to_string();
        assert!(
            refused.contains("this user may not read and write") && refused.contains("chown"),
            "{refused}"
        );
        let refused = DataFolder::open_or_create(&closed.join("deeper"), "j-1", &device("a")).unwrap_err();
        assert!(refused.to_string().contains("this user may not read and write"), "{refused}");
        set_mode(&closed, 0o700);
    });
}

#[test]
fn a_journal_that_may_not_be_written_or_read_is_named() {
    as_an_ordinary_user("permissions::a_journal_that_may_not_be_written_or_read_is_named", |home| {
        let path = home.join("letdown");
        let mut folder = DataFolder::create(&path, "j-1", &device("a")).unwrap();
        folder.store_mut().append(&entries("phone", 1..=2)).unwrap();
        drop(folder);
        let (database, config) = (path.join("journal.sqlite3"), path.join("letdown.toml"));
        for (closed, mode) in [(&path, 0o500), (&path, 0o000), (&database, 0o400), (&config, 0o000)] {
            set_mode(closed, mode);
            let refused = DataFolder::open(&path).unwrap_err().to_string();
            assert!(refused.contains("this user may not read and write"), "{closed:?}: {refused}");
            set_mode(closed, 0o700);
        }
        assert_eq!(DataFolder::open(&path).unwrap().store().all().unwrap().len(), 2);
    });
}

fn as_an_ordinary_user(this_test: &str, case: impl FnOnce(&Path)) {
    let home = tempfile::tempdir().unwrap();
    if fs::metadata("/proc/self").unwrap().uid() != 0 {
        return case(home.path());
    }
    // The program is copied to where everyone may read it.
    let program = home.path().join("it");
    fs::copy(env::current_exe().unwrap(), &program).unwrap();
    set_mode(home.path(), 0o777);
    let run = Command::new(&program)
        .args(["--exact", this_test])
        .env("TMPDIR", home.path())
        .current_dir(home.path())
        .uid(NOBODY)
        .gid(NOBODY)
        .output()
        .unwrap();
    let output = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success() && output.contains("1 passed"), "{output}");
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}
