//! What went in comes out: as a table, as lines, as a calendar; and files are written whole or not at all.

use crate::home::{Home, LATER, keys};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fs, path::PathBuf, process::Command};

/// Sessions by hand, one imported, one taken back, and a note that a spreadsheet would run.
fn a_log() -> Home {
    let home = Home::new();
    let log = |start: &str, rest: &[&str]| {
        home.done(&[&["log", "pump", "--tz", "Europe/Berlin", "--start", start], rest].concat());
    };
    log(
        "2025-11-24T03:10",
        &["--left", "60", "--right", "75.5", "--minutes", "18", "--note", "=calm, \"warm\""],
    );
    log("2025-11-23T23:50", &["--total", "95", "--minutes", "20", "--massage"]);
    log("2025-11-24T07:00", &["--total", "110"]);
    log("2025-11-25T03:00", &[]);
    home.write("Mila_nursing.csv", "Baby,Time,Start side,Left duration,Right Duration,Total,Note\nMila,\"11/24/25, 5:00 AM\",Left,7 min,,,\n");
    home.done(&["import", "Mila_nursing.csv"]);
    home.write("more.csv", "start,total_ml\n2025-11-24T12:00:00+01:00[Europe/Berlin],44\n");
    let batch = home.json(&["import", "more.csv"])["batch"].as_str().unwrap().to_owned();
    home.done(&["import", "--undo", &batch]);
    home
}

fn csv(home: &Home, args: &[&str]) -> String {
    home.done(&[&["export", "--format", "csv"], args].concat()).out
}

#[test]
fn a_table_holds_what_stands_the_oldest_first() {
    let home = a_log();
    assert_eq!(
        csv(&home, &[]),
        "kind,start,minutes,left_ml,right_ml,total_ml,stints,techniques,baby,note\r\n\
         pump,2025-11-23T23:50:00+01:00[Europe/Berlin],20.0,,,95.0,,\"[\"\"massage\"\"]\",,\r\n\
         pump,2025-11-24T03:10:00+01:00[Europe/Berlin],18.0,60.0,75.5,,,,,\"'=calm, \"\"warm\"\"\"\r\n\
         nurse,2025-11-24T05:00:00+01:00[Europe/Berlin],,,,,\"[{\"\"minutes\"\":7.0,\"\"side\"\":\"\"left\"\"}]\",,Mila,\r\n\
         pump,2025-11-24T07:00:00+01:00[Europe/Berlin],,,,110.0,,,,\r\n\
         pump,2025-11-25T03:00:00+01:00[Europe/Berlin],,,,,,,,\r\n"
    );
    assert_eq!(csv(&home, &["--kind", "nurse"]).lines().count(), 2);
    assert_eq!(csv(&home, &["--from", "2025-11-24", "--to", "2025-11-24"]).lines().count(), 4);
    let none = home.done(&["export", "--format", "csv", "--kind", "pumps"]);
    assert_eq!(none.out, "kind,start\r\n");
    assert!(none.err.contains("the journal holds nurse, pump"), "{none:?}");
}

#[test]
fn ones_own_table_adds_nothing_and_makes_the_same_journal_elsewhere() {
    let home = a_log();
    home.write("out.csv", csv(&home, &[]));
    let again = home.json(&["import", "out.csv"]);
    let counts = &again["files"][0];
    assert_eq!(
        (&counts["format"], &counts["rows_imported"], &counts["rows_duplicate"]),
        (&json!("letdown"), &json!(0), &json!(5))
    );
    let other = Home::new();
    other.write("out.csv", csv(&home, &[]));
    assert_eq!(other.json(&["import", "out.csv"])["files"][0]["rows_imported"], json!(5));
    assert_eq!(csv(&other, &[]), csv(&home, &[]));
}

#[test]
fn lines_hold_every_version_in_order() {
    let home = a_log();
    let out = home.done(&["export", "--format", "json"]).out;
    let lines: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 7, "six facts, and one taken back");
    assert!(lines.iter().all(|line| keys(line) == "body device hlc id kind op root seq v"));
    assert_eq!(lines[6]["op"], json!("del"));
    assert_eq!(lines.iter().map(|l| l["seq"].as_u64().unwrap()).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6, 7]);
}

#[test]
fn a_calendar_holds_the_sessions() {
    let out = a_log().done(&["export", "--format", "ics"]).out;
    assert_eq!(out.matches("BEGIN:VEVENT\r\n").count(), 5);
    for line in [
        "SUMMARY:Pumped 136 mL",
        "SUMMARY:Nursed",
        "DTSTART:20251124T021000Z",
        "DTEND:20251124T022800Z",
        "DESCRIPTION:=calm\\, \"warm\"",
    ] {
        assert!(out.contains(&format!("\r\n{line}\r\n")), "{line} is missing:\n{out}");
    }
}

/// The program that `docs/format.md` prints.
fn reader_of_the_docs() -> &'static str {
    let docs = include_str!("../../../../docs/format.md");
    let (_, behind) = docs.split_once("```python\n").unwrap();
    behind.split_once("```").unwrap().0
}

#[test]
fn the_reader_of_the_docs_reads_an_export_as_the_command_does() {
    let reader = reader_of_the_docs();
    assert!(reader.lines().count() <= 40);
    if Command::new("python3").arg("--version").output().is_err() {
        println!("not run: python3 is missing");
        return;
    }
    let home = Home::with_twenty_days();
    home.done(&[
        "log",
        "pump",
        "--left",
        "60",
        "--right",
        "75.5",
        "--start",
        "2026-10-21T23:50",
        "--minutes",
        "30",
    ]);
    home.write("more.csv", "start,total_ml\n2026-10-05T12:00:00+02:00[Europe/Berlin],44\n");
    let batch = home.json(&["import", "more.csv"])["batch"].as_str().unwrap().to_owned();
    home.done(&["import", "--undo", &batch]);
    home.done(&["export", "--format", "json", "--out", "journal.jsonl"]);
    home.write("reader.py", reader);
    let run =
        Command::new("python3").args([home.path("reader.py"), home.path("journal.jsonl")]).output().unwrap();
    assert!(run.status.success(), "{run:?}");

    let mut expected: BTreeMap<String, f64> = BTreeMap::new();
    for line in home.json(&["list", "--at", LATER])["entries"].as_array().unwrap() {
        if let Some(ml) = line["output_ml"].as_f64() {
            *expected.entry(line["at"].as_str().unwrap()[..10].to_owned()).or_default() += ml;
        }
    }
    let said = String::from_utf8(run.stdout).unwrap();
    let read: BTreeMap<String, f64> = said
        .lines()
        .map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            (words[0].to_owned(), words[1].parse().unwrap())
        })
        .collect();
    assert_eq!(read.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    assert!(read.len() == 21 && read.values().all(|ml| *ml > 0.0), "{read:?}");
    for (day, ml) in &expected {
        assert!((read[day] - ml).abs() < 0.5, "{day}: {} and {ml}", read[day]);
    }
}

fn beside(home: &Home) -> Vec<PathBuf> {
    let mut names: Vec<PathBuf> =
        fs::read_dir(home.path("")).unwrap().map(|item| item.unwrap().path()).collect();
    names.sort();
    names
}

#[test]
fn a_file_is_written_whole_and_never_in_the_place_of_another() {
    let home = a_log();
    let export = ["export", "--format", "csv", "--out", "out.csv"];
    let said = home.json(&export);
    assert_eq!(keys(&said), "entries file format from standing to");
    assert_eq!(
        (&said["entries"], &said["file"], &said["format"]),
        (&json!(5), &json!("out.csv"), &json!("csv"))
    );
    assert_eq!(said["from"], json!("2025-11-23T23:50:00+01:00[Europe/Berlin]"));
    assert_eq!(fs::read_to_string(home.path("out.csv")).unwrap(), csv(&home, &[]));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(home.path("out.csv")).unwrap().permissions().mode() & 0o777, 0o600);
    }
    home.write("out.csv", "mine");
    let before = beside(&home);
    home.run(&export).refused(1, &["out.csv is there already", "--force"]);
    assert_eq!(fs::read(home.path("out.csv")).unwrap(), b"mine");
    let forced = home.done(&[&export[..], &["--force"]].concat());
    assert_eq!(forced.out, "Wrote 5 entries from 23 November 2025 to 25 November 2025 to out.csv.\n");
    assert_eq!(fs::read_to_string(home.path("out.csv")).unwrap(), csv(&home, &[]));
    assert_eq!(beside(&home), before, "nothing is left beside it");
}

#[test]
fn a_place_that_cannot_take_a_file_is_named() {
    let home = a_log();
    let before = (beside(&home), home.snapshot());
    let to = |out: &str| home.run(&["export", "--format", "ics", "--force", "--out", out]);
    to("gone/out.ics").refused(1, &["the folder of gone/out.ics is not there"]);
    to("data").refused(1, &["data is no file that I could write"]);
    to("data/journal.sqlite3").refused(1, &["lies in the folder of the journal itself"]);
    to("data/../data/out.ics").refused(1, &["lies in the folder of the journal itself"]);
    home.run(&["export", "--format", "csv", "--json"]).refused(2, &["--out FILE"]);
    assert_eq!((beside(&home), home.snapshot()), before);
    Home::new().run(&["export", "--format", "csv"]).refused(1, &["there is no journal in"]);
}
