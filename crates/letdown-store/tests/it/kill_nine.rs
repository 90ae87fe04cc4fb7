//! A child process writes and acknowledges each entry on its standard output; the parent kills it at a random moment
//! and looks into the file. The control acknowledges before the commit, and must be caught losing entries.

use crate::helpers::{desk, entry};
use letdown_store::{SqliteStore, Store};
use rusqlite::Connection;
use std::{
    env,
    io::{BufRead, BufReader, Write, stdout},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

const KILLS: u64 = 50;
const PATH: &str = "LETDOWN_TEST_KILL_PATH";
const WRITER: &str = "LETDOWN_TEST_KILL_WRITER";

#[test]
fn what_was_acknowledged_survives_fifty_kills() {
    let desk = desk();
    let mut acknowledged = 0;
    for kill in 0..KILLS {
        acknowledged = killed_after(kill, &desk.path, "honest").unwrap_or(acknowledged);
        assert_eq!(first_lost(&desk.path, acknowledged), None, "kill {kill}");
    }
    assert!(KILLS < acknowledged, "the harness hardly wrote anything: {acknowledged}");
}

#[test]
fn control_a_writer_that_acknowledges_before_the_commit_is_caught() {
    let caught = (0..KILLS).any(|kill| {
        let desk = desk();
        let acknowledged = killed_after(kill, &desk.path, "hasty").unwrap_or(0);
        first_lost(&desk.path, acknowledged).is_some()
    });
    assert!(caught, "a harness that cannot catch this writer proves nothing");
}

/// Kills a writer at a moment that differs from kill to kill, and returns the last number it acknowledged.
fn killed_after(kill: u64, path: &Path, writer: &str) -> Option<u64> {
    let mut child = spawn(path, writer);
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    // Every fifth is killed while it may still be opening the file, the others in the midst of writing.
    let first = if kill.is_multiple_of(5) { None } else { lines.find_map(|line| acknowledged(&line)) };
    thread::sleep(Duration::from_millis(kill * 7 % 40));
    child.kill().unwrap();
    child.wait().unwrap();
    // The last line may be cut short, which makes its number too small and does no harm.
    lines.filter_map(|line| acknowledged(&line)).last().or(first)
}

fn acknowledged(line: &str) -> Option<u64> {
    line.strip_prefix("ack ")?.parse().ok()
}

fn spawn(path: &Path, writer: &str) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", "kill_nine::the_child_that_writes", "--ignored", "--nocapture"])
        .env(PATH, path)
        .env(WRITER, writer)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// The first acknowledged number that is not in the journal.
fn first_lost(path: &Path, acknowledged: u64) -> Option<u64> {
    let stored = SqliteStore::open(path).unwrap().all().unwrap();
    let stored: Vec<u64> = stored.iter().map(|e| e.seq).collect();
    (1..=acknowledged).find(|n| stored.binary_search(n).is_err())
}

#[test]
#[ignore = "it is the child of the tests above"]
fn the_child_that_writes() {
    let Some(path) = env::var_os(PATH).map(PathBuf::from) else { return };
    let next = 1 + SqliteStore::open(&path).unwrap().all().unwrap().last().map_or(0, |e| e.seq);
    match env::var(WRITER).as_deref() {
        Ok("honest") => write_honestly(&path, next),
        _ => write_hastily(&path, next),
    }
}

fn write_honestly(path: &Path, next: u64) {
    let mut store = SqliteStore::open(path).unwrap();
    for n in next.. {
        store.append(&[entry("phone", n, "{}")]).unwrap();
        acknowledge(n);
    }
}

/// The same rows, acknowledged while their transaction is still open.
fn write_hastily(path: &Path, next: u64) {
    let connection = Connection::open(path).unwrap();
    for n in next.. {
        if n % 20 == next % 20 {
            connection.execute_batch("BEGIN IMMEDIATE").unwrap();
        }
        let e = entry("phone", n, "{}");
        let columns = "v, id, device, seq, hlc, kind, op, root, body, checksum";
        connection
            .execute(
                &format!("INSERT INTO entry ({columns}) VALUES (1, ?1, 'phone', ?2, ?3, 'pump', 'put', ?1, '{{}}', ?4)"),
                (e.id.to_string(), n.cast_signed(), e.hlc.to_string(), checksum(&e)),
            )
            .unwrap();
        acknowledge(n);
        if n % 20 == (next + 19) % 20 {
            connection.execute_batch("COMMIT").unwrap();
        }
    }
}

fn checksum(e: &letdown_journal::entry::Entry) -> Vec<u8> {
    use sha2::Digest;
    sha2::Sha256::digest(format!("1\n{0}\nphone\n{1}\n{2}\npump\nput\n{0}\n{{}}", e.id, e.seq, e.hlc))
        .to_vec()
}

fn acknowledge(n: u64) {
    let mut out = stdout().lock();
    out.write_all(format!("ack {n}\n").as_bytes()).unwrap();
    out.flush().unwrap();
}
