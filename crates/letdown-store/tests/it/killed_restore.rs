//! A child process restores a backup; the parent kills it at a moment that differs from kill to kill and looks into the
//! folder. The control makes the folder first and then appends, and must be caught leaving a half journal.

use crate::helpers::{device, entries};
use letdown_store::{Backup, DataFolder, Store};
use std::{
    env, fs,
    io::{BufRead, BufReader, Write, stdout},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

const KILLS: u64 = 40;
const ENTRIES: u64 = 400;
const PATH: &str = "LETDOWN_TEST_RESTORE_PATH";
const HOW: &str = "LETDOWN_TEST_RESTORE_HOW";

#[derive(Debug, PartialEq)]
enum Left {
    Nothing,
    Whole,
    Half(usize),
}

#[test]
fn a_killed_restore_leaves_all_or_nothing_and_can_be_done_again() {
    let mut found = Vec::new();
    for kill in 0..KILLS {
        let home = tempfile::tempdir().unwrap();
        let place = home.path().join("letdown");
        let left = killed_after(kill, &place, "honest");
        assert!(!matches!(left, Left::Half(_)), "kill {kill}: {left:?}");
        if left == Left::Nothing {
            DataFolder::restore(&place, &backup(), &device("kitchen")).unwrap();
            assert_eq!(look(&place), Left::Whole);
        }
        assert_eq!(fs::read_dir(&place).unwrap().count(), 2, "kill {kill}: nothing but the journal is there");
        found.push(left);
    }
    assert!(
        found.contains(&Left::Nothing) && found.contains(&Left::Whole),
        "the kills came all too soon or too late"
    );
}

#[test]
fn control_a_restore_that_appends_to_an_open_folder_is_caught() {
    let caught = (0..KILLS).any(|kill| {
        let home = tempfile::tempdir().unwrap();
        matches!(killed_after(kill, &home.path().join("letdown"), "hasty"), Left::Half(_))
    });
    assert!(caught, "a harness that cannot catch this restore proves nothing");
}

fn backup() -> Backup {
    Backup { journal: "j-1".to_owned(), entries: entries("phone", 1..=ENTRIES) }
}

/// What a restore leaves that is killed some time after it began; every tenth is let finish.
fn killed_after(kill: u64, place: &Path, how: &str) -> Left {
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "killed_restore::the_child_that_restores", "--ignored", "--nocapture"])
        .env(PATH, place)
        .env(HOW, how)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    assert!(lines.any(|line| line == "begins"));
    if kill % 10 == 9 {
        assert!(lines.any(|line| line == "done"));
    } else {
        thread::sleep(Duration::from_millis(kill * 7 % 45));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    look(place)
}

fn look(place: &Path) -> Left {
    match DataFolder::open(place) {
        Ok(folder) => match folder.store().all().unwrap().len() {
            all if all as u64 == ENTRIES => Left::Whole,
            some => Left::Half(some),
        },
        Err(e) => {
            assert!(e.to_string().contains("there is no journal in"), "{e}");
            Left::Nothing
        }
    }
}

#[test]
#[ignore = "it is the child of the tests above"]
fn the_child_that_restores() {
    let Some(place) = env::var_os(PATH).map(PathBuf::from) else { return };
    let backup = backup();
    say("begins");
    if env::var(HOW).as_deref() == Ok("honest") {
        DataFolder::restore(&place, &backup, &device("kitchen")).unwrap();
    } else {
        let mut folder = DataFolder::create(&place, &backup.journal, &device("kitchen")).unwrap();
        for part in backup.entries.chunks(20) {
            folder.store_mut().append(part).unwrap();
        }
    }
    say("done");
    thread::sleep(Duration::from_mins(1));
}

fn say(line: &str) {
    let mut out = stdout().lock();
    // The harness writes before the first line of a test without ending its own.
    out.write_all(format!("\n{line}\n").as_bytes()).unwrap();
    out.flush().unwrap();
}
