use crate::home::{Home, LATER, keys};
use serde_json::{Value, json};
use std::process::Stdio;

const NIGHT: &str = "2025-11-24T03:10:00+01:00[Europe/Berlin]";

fn at(entries: &[Value]) -> Vec<&str> {
    entries.iter().map(|entry| entry["at"].as_str().unwrap()).collect()
}

/// A night of three sessions, and a nursing that came in with an import.
fn a_night() -> Home {
    let home = Home::new();
    for (start, ml) in [("2025-11-24T03:10", "90"), ("2025-11-23T23:00", "110"), ("2025-11-24T07:00", "80")] {
        home.done(&[
            "log",
            "pump",
            "--total",
            ml,
            "--minutes",
            "20",
            "--start",
            start,
            "--tz",
            "Europe/Berlin",
        ]);
    }
    home.write("Mila_nursing.csv", "Baby,Time,Start side,Left duration,Right Duration,Total,Note\nMila,\"11/24/25, 5:00 AM\",Left,7 min,,,\n");
    home.done(&["import", "Mila_nursing.csv"]);
    home
}

fn listed(home: &Home, args: &[&str]) -> String {
    let answer = home.json(&[&["list"], args].concat());
    let entries = answer["entries"].as_array().unwrap();
    entries.iter().map(|entry| &entry["at"].as_str().unwrap()[..16]).collect::<Vec<_>>().join(" ")
}

#[test]
fn an_entry_is_answered_as_it_is_kept() {
    let home = Home::new();
    let args = ["log", "pump", "--left", "60", "--right", "75", "--minutes", "18", "--massage", "--photo"];
    let entry = home.json(&[&args[..], &["--note", "calm", "--start", NIGHT]].concat());
    assert_eq!(keys(&entry), "body device hlc id kind op root seq v");
    assert_eq!(
        (&entry["kind"], &entry["op"], &entry["seq"], &entry["v"]),
        (&json!("pump"), &json!("put"), &json!(1), &json!(1))
    );
    assert_eq!(entry["id"], entry["root"]);
    let body = json!({
        "start": NIGHT, "minutes": 18.0, "left_ml": 60.0, "right_ml": 75.0, "techniques": ["massage", "photo"], "note": "calm"
    });
    assert_eq!(entry["body"], body);
}

#[test]
fn an_entry_is_listed_with_the_keys_of_a_line() {
    let home = Home::new();
    home.done(&["log", "pump", "--left", "60", "--right", "75", "--minutes", "18", "--start", NIGHT]);
    let entry = home.entries().remove(0);
    let all = "at body edited example flags imported_from intake_ml kind left_ml milk minutes note output_ml right_ml \
               root says soiled weight_g weight_typed wet";
    assert_eq!(keys(&entry), all);
    assert_eq!(
        (&entry["at"], &entry["output_ml"], &entry["left_ml"]),
        (&json!(NIGHT), &json!(135.0), &json!(60.0))
    );
}

#[test]
fn without_a_start_a_session_has_just_ended() {
    let home = Home::new();
    let now = ["--at", "2025-11-24T03:30", "--tz", "Europe/Berlin"];
    home.done(&[&["log", "pump", "--minutes", "20"], &now[..]].concat());
    assert_eq!(at(&home.entries()), [NIGHT]);
}

#[test]
fn a_start_is_read_in_the_zone_that_is_said_else_in_that_of_the_newest_entry() {
    let home = Home::new();
    home.done(&["log", "pump", "--start", "2025-11-24T03:10", "--tz", "Europe/Berlin"]);
    home.done(&["log", "pump", "--start", "2025-11-25T03:10"]);
    home.done(&["log", "pump", "--start", "2025-11-26T03:10", "--tz", "America/New_York"]);
    home.done(&["log", "pump", "--start", "2025-11-27T03:10"]);
    assert_eq!(
        at(&home.entries()),
        [
            "2025-11-27T03:10:00-05:00[America/New_York]",
            "2025-11-26T03:10:00-05:00[America/New_York]",
            "2025-11-25T03:10:00+01:00[Europe/Berlin]",
            NIGHT,
        ]
    );
}

#[test]
fn a_start_that_the_clocks_skipped_is_moved_and_said() {
    let home = Home::with_a_session();
    let ran = home.done(&["log", "pump", "--start", "2026-03-29T02:30"]);
    assert!(ran.err.contains("the clocks skipped this time in spring"), "{ran:?}");
    assert_eq!(at(&home.entries())[0], "2026-03-29T03:30:00+02:00[Europe/Berlin]");
    assert_eq!(home.done(&["log", "pump", "--start", "2026-03-29T01:30"]).err, "");
}

#[test]
fn numbers_count_up_without_holes() {
    let home = Home::new();
    let seq = || home.json(&["log", "pump", "--start", NIGHT])["seq"].as_u64().unwrap();
    assert_eq!([seq(), seq(), seq()], [1, 2, 3]);
}

#[test]
fn the_newest_entry_is_listed_first() {
    assert_eq!(
        listed(&a_night(), &["--at", LATER]),
        "2025-11-24T07:00 2025-11-24T05:00 2025-11-24T03:10 2025-11-23T23:00"
    );
}

#[test]
fn a_list_says_what_a_scale_showed_and_a_diaper_held() {
    let home = Home::with_a_session();
    home.write("scale.csv", "When,Weight\n2025-10-02,4.21 kg\n2025-10-03,4300 g\n");
    home.done(&[
        "import",
        "scale.csv",
        "--tz",
        "Europe/Berlin",
        "--map",
        "time=When,weight=Weight,kind=weight",
    ]);
    home.write(
        "pots.csv",
        "When,Wet,Soiled\n2025-10-04T08:00Z,yes,yes\n2025-10-05T08:00Z,yes,no\n2025-10-06T08:00Z,no,no\n",
    );
    home.done(&["import", "pots.csv", "--map", "time=When,wet=Wet,soiled=Soiled,kind=diaper"]);
    let said = home.done(&["list", "--at", LATER]).out;
    let ends: Vec<&str> = said.lines().map(|line| line[18..].trim_end()).collect();
    let pump = "pump   90 mL out";
    assert_eq!(
        ends,
        ["diaper dry", "diaper wet", "diaper wet, soiled", "weight 4300 g", "weight 4.21 kg", pump]
    );
}

#[test]
fn a_list_can_be_narrowed_by_kind() {
    let home = a_night();
    assert_eq!(listed(&home, &["--kind", "nurse"]), "2025-11-24T05:00");
    assert_eq!(listed(&home, &["--kind", "pump"]).split(' ').count(), 3);
    assert_eq!(listed(&home, &["--kind", "weight"]), "");
    assert_eq!(home.done(&["list", "--kind", "weight"]).out, "No entries of this kind and time.\n");
}

#[test]
fn a_list_can_be_narrowed_by_days_and_times() {
    let home = a_night();
    assert_eq!(listed(&home, &["--to", "2025-11-23"]), "2025-11-23T23:00", "the last day is in, whole");
    assert_eq!(listed(&home, &["--from", "2025-11-24", "--to", "2025-11-24"]).split(' ').count(), 3);
    assert_eq!(
        listed(&home, &["--from", "2025-11-24T03:10", "--to", "2025-11-24T07:00"]),
        "2025-11-24T05:00 2025-11-24T03:10"
    );
    assert_eq!(listed(&home, &["--from", "2025-11-25"]), "");
}

/// An entry is visible when its end has come.
#[test]
fn a_list_at_a_time_holds_what_had_ended_by_then() {
    let home = a_night();
    assert_eq!(listed(&home, &["--at", "2025-11-24T03:29"]), "2025-11-23T23:00");
    assert_eq!(listed(&home, &["--at", "2025-11-24T03:30"]), "2025-11-24T03:10 2025-11-23T23:00");
}

#[test]
fn times_out_are_in_their_zone_to_the_letter() {
    for entry in a_night().entries() {
        let at = entry["at"].as_str().unwrap();
        assert_eq!(at.parse::<jiff::ZonedDateTime>().unwrap().to_string(), at);
        assert!(at.ends_with("+01:00[Europe/Berlin]"), "{at}");
    }
}

#[test]
fn an_entry_that_no_journal_could_read_back_is_not_written() {
    let home = Home::new();
    let note = |letters| home.run(&["log", "pump", "--note", &"x".repeat(letters), "--start", NIGHT]);
    note(100_000).refused(2, &["more than an entry may hold"]);
    assert!(!home.has_journal());
    assert_eq!(note(60_000).code, 0);
    assert_eq!(home.entries().len(), 1);
}

#[test]
fn two_who_write_at_once_are_both_heard() {
    let home = Home::with_a_session();
    for round in 1..=6 {
        let log = |minute: u32| {
            let start = format!("2025-11-{round:02}T08:{minute:02}");
            let mut command = home.command(&["log", "pump", "--total", "60", "--start", &start]);
            command.stdout(Stdio::null()).spawn().unwrap()
        };
        let (mut one, mut other) = (log(10), log(40));
        assert!(one.wait().unwrap().success() && other.wait().unwrap().success());
    }
    assert_eq!(home.entries().len(), 13);
}

#[test]
fn a_reader_who_stops_early_is_no_trouble() {
    let home = a_night();
    let mut child = home.command(&["list"]);
    let mut child = child.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}
