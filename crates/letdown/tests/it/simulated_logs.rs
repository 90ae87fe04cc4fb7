use crate::home::{Home, keys};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const MONTH: &str = "days = 30\nstart = \"2026-10-10\"\nzone = \"Europe/Berlin\"\nreading_ml = 0.5\n";

fn with_a_scenario(toml: &str) -> Home {
    let home = Home::new();
    home.write("month.toml", toml);
    home
}

fn simulated(home: &Home, more: &[&str]) -> Vec<Value> {
    let answer = home.json(&[&["simulate-log", "month.toml"], more].concat());
    assert_eq!(keys(&answer), "days");
    answer["days"].as_array().unwrap().clone()
}

fn sum(days: &[Value], key: &str) -> f64 {
    days.iter().map(|day| day[key].as_f64().unwrap()).sum()
}

#[test]
fn every_day_of_a_scenario_is_told() {
    let days = simulated(&with_a_scenario(MONTH), &["--seed", "7"]);
    assert_eq!(days.len(), 30);
    assert_eq!((&days[0]["date"], &days[29]["date"]), (&"2026-10-10".into(), &"2026-11-08".into()));
    assert!(days.iter().all(|day| keys(day) == "date ml nursed_ml pumped_ml sessions"));
}

/// The clocks change on the way, and nothing may get lost over it.
#[test]
fn a_log_that_is_written_and_imported_holds_the_same_milk() {
    let home = with_a_scenario(MONTH);
    let days = simulated(&home, &["--seed", "7", "--csv", "log.csv"]);
    assert!(!home.has_journal(), "a simulation opens no journal");
    let counts = home.json(&["import", "log.csv"])["files"][0].clone();
    assert_eq!((&counts["format"], &counts["skipped"]), (&"letdown".into(), &Value::Array(Vec::new())));

    let entries = home.entries();
    assert_eq!(json!(sum(&days, "sessions")), json!(entries.len() as f64));
    assert!(150 < entries.len(), "six sessions a day, few left out");
    let off_ml = sum(&entries, "output_ml") - sum(&days, "ml");
    // Two sides of a session are read to 0.5 mL, and a day is told to 0.1 mL.
    let rounding_ml = 0.25 * 2.0 * entries.len() as f64 + 0.05 * days.len() as f64;
    assert!(off_ml.abs() < rounding_ml && 20_000.0 < sum(&days, "ml"), "{off_ml} mL");
}

#[test]
fn what_is_written_is_what_is_read_session_by_session() {
    let home = with_a_scenario(MONTH);
    home.done(&["simulate-log", "month.toml", "--csv", "log.csv"]);
    home.done(&["import", "log.csv"]);
    let csv = std::fs::read_to_string(home.path("log.csv")).unwrap();
    let mut written: Vec<String> = csv.lines().skip(1).map(str::to_owned).collect();
    let cell = |entry: &Value, key: &str| entry[key].as_f64().map(|n| n.to_string()).unwrap_or_default();
    let line = |e: &Value| {
        let start = e["at"].as_str().unwrap();
        format!("{start},{},{},{},,yes", cell(e, "minutes"), cell(e, "left_ml"), cell(e, "right_ml"))
    };
    let mut read: Vec<String> = home.entries().iter().map(line).collect();
    written.sort();
    read.sort();
    assert_eq!(read, written);
    assert!(
        read.iter().any(|line| line.contains("+02:00")) && read.iter().any(|line| line.contains("+01:00"))
    );
}

/// Nothing simulated may pass for real: not in the file, not in the journal it is brought into.
#[test]
fn every_row_and_every_entry_says_that_it_is_simulated() {
    let home = with_a_scenario(MONTH);
    home.done(&["simulate-log", "month.toml", "--csv", "log.csv"]);
    let csv = std::fs::read_to_string(home.path("log.csv")).unwrap();
    assert!(csv.starts_with("start,minutes,left_ml,right_ml,total_ml,simulated\n"));
    assert!(csv.lines().skip(1).all(|row| row.ends_with(",yes")), "{csv}");
    home.done(&["import", "log.csv"]);
    let listed = home.done(&["list", "--at", crate::home::LATER]).out;
    let entries = home.entries();
    assert!(entries.iter().all(|e| e["example"] == true), "{:?}", entries[0]);
    assert!(listed.lines().filter(|l| l.contains("pump")).all(|l| l.contains("simulated")), "{listed}");

    // The control: a log of her own, of the same shape, says no such thing.
    home.write(
        "own.csv",
        "start,minutes,left_ml,right_ml,total_ml,simulated\n2026-01-01T08:00Z,15,60,70,,\n",
    );
    home.done(&["import", "own.csv"]);
    assert_eq!(home.entries().iter().filter(|e| e["example"] != true).count(), 1);
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let home = with_a_scenario(MONTH);
    let run = |seed: &str, csv: &str| {
        let out = home.done(&["simulate-log", "month.toml", "--seed", seed, "--csv", csv, "--json"]).out;
        (out, std::fs::read(home.path(csv)).unwrap())
    };
    let first = run("7", "a.csv");
    assert_eq!(run("7", "b.csv"), first);
    assert_ne!(run("8", "c.csv"), first);
}

#[test]
fn several_women_have_a_spread() {
    let home = with_a_scenario(MONTH);
    let days = simulated(&home, &["--mothers", "20"]);
    assert_eq!(keys(&days[0]), "date ml ml_sd nursed_ml pumped_ml sessions");
    assert!(days.iter().all(|day| day["ml_sd"].as_f64().unwrap() > 0.0));
    let alone: BTreeSet<String> = simulated(&home, &[]).iter().map(keys).collect();
    assert_eq!(alone.into_iter().collect::<Vec<_>>(), ["date ml nursed_ml pumped_ml sessions"]);
}

#[test]
fn a_scenario_that_cannot_be_lived_is_refused() {
    for (toml, word) in [
        ("days = 0", "days"),
        ("minutes = 500", "minutes"),
        ("start = \"soon\"", "\"soon\" is not a day"),
        ("zone = \"Nowhere\"", "\"Nowhere\" is not a time zone"),
        ("schedule = [\"25:00\"]", "\"25:00\" is not a time"),
        ("schedule = [7]", "schedule: 7 is neither a time"),
        ("dais = 30", "dais: this key is not known here"),
        ("days = ", "cannot be read"),
        ("\u{0}\u{1}", "cannot be read"),
    ] {
        let home = with_a_scenario(toml);
        let ran = home.run(&["simulate-log", "month.toml", "--csv", "log.csv"]);
        assert_eq!(ran.err.trim_end().lines().count(), 1, "{toml}: {ran:?}");
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{toml}: {ran:?}");
        assert!(ran.err.starts_with("letdown: month.toml: ") && ran.err.contains(word), "{toml}: {ran:?}");
        assert!(!home.path("log.csv").exists());
    }
}

#[test]
fn files_that_cannot_be_read_or_written_are_named() {
    let home = with_a_scenario(MONTH);
    home.run(&["simulate-log", "gone.toml"]).refused(1, &["gone.toml", "cannot be read"]);
    home.run(&["simulate-log", "month.toml", "--csv", "no/log.csv"])
        .refused(1, &["no/log.csv", "cannot be written"]);
}
