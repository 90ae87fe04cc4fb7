//! Backup, restore and erase, through the command.

use crate::home::{Home, LATER, keys};
use serde_json::{Value, json};
use std::{fs, path::Path};

fn a_log() -> Home {
    let home = Home::new();
    for (start, ml) in [("2025-11-23T23:50", "95"), ("2025-11-24T03:10", "110")] {
        home.done(&[
            "log",
            "pump",
            "--tz",
            "Europe/Berlin",
            "--start",
            start,
            "--total",
            ml,
            "--note",
            "ünd, \"so\"",
        ]);
    }
    home.write("more.csv", "start,total_ml\n2025-11-24T12:00:00+01:00[Europe/Berlin],44\n");
    let batch = home.json(&["import", "more.csv"])["batch"].as_str().unwrap().to_owned();
    home.done(&["import", "--undo", &batch]);
    home
}

/// A log, backed up; and a home that holds nothing but the backup.
fn backed_up() -> (Home, Home) {
    let (home, other) = (a_log(), Home::new());
    home.done(&["backup", "kept.jsonl"]);
    fs::copy(home.path("kept.jsonl"), other.path("kept.jsonl")).unwrap();
    (home, other)
}

fn config(home: &Home, key: &str) -> String {
    let text = fs::read_to_string(home.data().join("letdown.toml")).unwrap();
    let line = text.lines().find(|line| line.starts_with(key)).unwrap();
    line.split('"').nth(1).unwrap().to_owned()
}

fn names(folder: &Path) -> Vec<String> {
    let name = |item: std::io::Result<fs::DirEntry>| item.unwrap().file_name().to_string_lossy().into_owned();
    let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(name).collect();
    names.sort();
    names
}

fn listed(home: &Home) -> Vec<Value> {
    home.json(&["list", "--at", LATER])["entries"].as_array().unwrap().clone()
}

#[test]
fn a_backup_says_what_it_holds() {
    let home = a_log();
    let said = home.json(&["backup", "kept.jsonl"]);
    assert_eq!(keys(&said), "entries file from journal standing to");
    assert_eq!((&said["entries"], &said["standing"]), (&json!(4), &json!(2)));
    assert_eq!(said["to"], json!("2025-11-24T03:10:00+01:00[Europe/Berlin]"));
    let again = home.done(&["backup", "again.jsonl"]);
    assert_eq!(
        again.out,
        "Backed up 2 entries from 23 November 2025 to 24 November 2025 (4 entries with earlier versions and deletions) to again.jsonl.\n"
    );
    let text = fs::read_to_string(home.path("kept.jsonl")).unwrap();
    assert_eq!(
        fs::read_to_string(home.path("again.jsonl")).unwrap(),
        text,
        "the same journal, the same bytes"
    );
    let (head, lines) = text.split_once('\n').unwrap();
    let head: Value = serde_json::from_str(head).unwrap();
    assert_eq!((&head["letdown_backup"], &head["entries"]), (&json!(1), &json!(4)));
    assert_eq!(head["journal"].as_str().unwrap(), config(&home, "journal"));
    assert_eq!(lines, home.done(&["export", "--format", "json"]).out);
    home.run(&["backup", "kept.jsonl"]).refused(1, &["kept.jsonl is there already", "--force"]);
    home.done(&["backup", "kept.jsonl", "--force"]);
    home.run(&["backup", "data/kept.jsonl"]).refused(1, &["lies in the folder of the journal itself"]);
}

#[test]
fn a_restored_journal_is_the_same_under_a_new_pen() {
    let (home, other) = backed_up();
    let said = other.json(&["restore", "kept.jsonl"]);
    assert_eq!(keys(&said), "data device entries file from journal standing to");
    assert_eq!((&said["entries"], &said["standing"]), (&json!(4), &json!(2)));
    assert_eq!(listed(&other), listed(&home));
    assert_eq!(config(&other, "journal"), config(&home, "journal"));
    assert_ne!(config(&other, "device"), config(&home, "device"));
    assert_eq!(said["device"].as_str().unwrap(), config(&other, "device"));
    assert_eq!(names(&other.data()), ["journal.sqlite3", "letdown.toml"]);

    // Both write on, and what they write can stand in one journal: no number is taken twice.
    let log = ["log", "pump", "--total", "70", "--start", "2025-11-25T03:00"];
    let (one, two) = (home.json(&log), other.json(&log));
    assert_eq!((&one["seq"], &two["seq"]), (&json!(5), &json!(1)));
    assert_ne!(one["device"], two["device"]);
}

#[test]
fn a_backup_is_imported_into_a_journal_that_is_there() {
    let (home, _) = backed_up();
    let other = Home::with_a_session();
    fs::copy(home.path("kept.jsonl"), other.path("kept.jsonl")).unwrap();
    let own = listed(&other);
    let dry = other.done(&["import", "kept.jsonl", "--dry-run"]).out;
    assert!(dry.contains("4 rows read: 4 new, 0 known, 0 left out"), "{dry}");
    assert_eq!(listed(&other), own);
    let said = other.done(&["import", "kept.jsonl"]).out;
    assert!(said.contains("4 entries came in as they were written.") && !said.contains("--undo"), "{said}");
    let both = listed(&other);
    assert!(listed(&home).iter().chain(&own).all(|entry| both.contains(entry)));
    assert_eq!(both.len(), listed(&home).len() + own.len());
    // Its own pen goes on, and once more it brings nothing.
    other.done(&["log", "pump", "--total", "70", "--start", "2025-11-25T03:00"]);
    let again = other.json(&["import", "kept.jsonl"]);
    assert_eq!(
        (&again["files"][0]["rows_duplicate"], &again["files"][0]["rows_imported"]),
        (&json!(4), &json!(0))
    );
}

#[test]
fn a_restore_says_where_and_under_which_name() {
    let (_home, other) = backed_up();
    let said = other.done(&["restore", "kept.jsonl"]).out;
    let (data, device) = (other.data().display().to_string(), config(&other, "device"));
    let journal = config(&other, "journal");
    assert_eq!(
        said,
        format!(
            "Restored 2 entries from 23 November 2025 to 24 November 2025 (4 entries with earlier versions and deletions) \
             in {data}.\nIt is journal {journal} as before; this machine has a new name in it, {device}.\n"
        )
    );
}

#[test]
fn over_a_journal_nothing_is_restored() {
    let (home, _) = backed_up();
    let before = home.snapshot();
    let words =
        ["already holds a journal; nothing was changed", "--data DIR", "letdown backup", "letdown erase"];
    home.run(&["restore", "kept.jsonl"]).refused(1, &words);
    assert_eq!(home.snapshot(), before);
    fs::remove_file(home.data().join("journal.sqlite3")).unwrap();
    home.run(&["restore", "kept.jsonl"]).refused(1, &["holds the letdown.toml of a journal that is missing"]);
    assert_eq!(names(&home.data()), ["letdown.toml"]);
}

#[test]
fn a_file_that_is_no_sound_backup_leaves_nothing_behind() {
    let (home, other) = backed_up();
    let kept = fs::read_to_string(other.path("kept.jsonl")).unwrap();
    let lines: Vec<&str> = kept.lines().collect();
    home.done(&["export", "--format", "csv", "--out", "out.csv"]);
    for (content, words) in [
        (lines[..3].join("\n") + "\n", "was cut short: 2 of its 4 entries are there"),
        (kept.replace("95.0", "96.0"), "does not fit its checksum"),
        (kept.replace("backup\":1", "backup\":9"), "newer Letdown"),
        (lines[1..].join("\n"), "is not a backup"),
        (fs::read_to_string(home.path("out.csv")).unwrap(), "is not a backup"),
        (String::new(), "is not a backup"),
    ] {
        other.write("wrong.jsonl", &content);
        other.run(&["restore", "wrong.jsonl"]).refused(1, &["wrong.jsonl", words, "nothing was changed"]);
        assert!(!other.has_journal(), "{words}");
    }
    other.run(&["restore", "gone.jsonl"]).refused(1, &["gone.jsonl cannot be read"]);
    assert!(!other.has_journal());
    other.done(&["restore", "kept.jsonl"]);
}

#[test]
fn erase_says_what_would_go_and_leaves_it() {
    let home = a_log();
    let before = home.snapshot();
    let said = home.done(&["erase"]).out;
    for words in [
        "This would erase 2 entries from 23 November 2025 to 24 November 2025 (4 entries with",
        &home.data().join("journal.sqlite3").display().to_string(),
        &home.data().join("letdown.toml").display().to_string(),
        "Not reached: backups and exports, other devices with this journal, and what a browser keeps of it",
        "Nothing was erased. `letdown backup FILE` keeps a copy; `letdown erase --yes` erases.",
    ] {
        assert!(said.contains(words), "{words:?} is missing: {said}");
    }
    let said = home.json(&["erase"]);
    assert_eq!(keys(&said), "data entries erased files from standing to");
    assert_eq!((&said["erased"], &said["entries"]), (&json!(false), &json!(4)));
    assert_eq!(home.snapshot(), before);
}

#[test]
fn what_is_erased_is_gone_and_comes_back_from_a_backup_only() {
    let (home, _) = backed_up();
    let (before, entries) = (names(&home.path("")), listed(&home));
    assert_eq!(home.json(&["erase", "--yes"])["erased"], json!(true));
    assert!(!home.has_journal());
    let left: Vec<String> = before.into_iter().filter(|name| name != "data").collect();
    assert_eq!(names(&home.path("")), left);
    home.run(&["erase", "--yes"]).refused(1, &["there is no journal in"]);
    home.run(&["list"]).refused(1, &["there is no journal in"]);
    home.done(&["restore", "kept.jsonl"]);
    assert_eq!(listed(&home), entries);
    fs::write(home.data().join("holiday.jpg"), "sun").unwrap();
    let said = home.done(&["erase", "--yes"]).out;
    assert!(
        said.starts_with("Erased 2 entries") && said.contains("stays: it holds something else"),
        "{said}"
    );
    assert_eq!(names(&home.data()), ["holiday.jpg"]);
}

#[test]
fn without_a_journal_there_is_nothing_to_keep_or_to_erase() {
    for command in [&["backup", "kept.jsonl"][..], &["erase"], &["erase", "--yes"]] {
        let home = Home::new();
        home.run(command).refused(1, &["there is no journal in"]);
        assert_eq!(names(&home.path("")), Vec::<String>::new());
    }
}
