//! Exit code 3: the same command goes through once the question is answered.

use crate::home::Home;

const MONTH_OR_DAY: &str = "Time,Amount,Note\n\"3/4/26, 9:00 PM\",60 ml,\n\"5/4/26, 9:00 PM\",70 ml,\n";
const WITHOUT_UNIT: &str = "Time,Amount,Note\n\"12/30/25, 9:00 PM\",60,\n\"12/31/25, 9:00 PM\",10,\n";
const UNKNOWN: &str = "When,How much\n2025-11-24 03:10,60 ml\n";

/// Asks, changes nothing, and goes through once it is answered. Returns what came in, the newest first.
#[track_caller]
fn asks(content: &str, args: &[&str], words: &[&str], answer: &[&str]) -> Vec<serde_json::Value> {
    let home = Home::new();
    home.write("log.csv", content);
    let import = [&["import", "log.csv"], args].concat();
    home.run(&import).refused(3, &[&["log.csv"], words].concat());
    assert!(!home.has_journal(), "a question leaves no journal behind");
    home.done(&[&import, answer].concat());
    home.entries()
}

fn at(entries: &[serde_json::Value]) -> Vec<&str> {
    entries.iter().map(|entry| entry["at"].as_str().unwrap()).collect()
}

fn days(entries: &[serde_json::Value]) -> Vec<&str> {
    at(entries).into_iter().map(|at| &at[..10]).collect()
}

#[test]
fn the_zone_is_asked_for() {
    let local = "start,total_ml\n2026-01-05T03:00,60\n";
    let entries = asks(local, &[], &["row 2", "--tz"], &["--tz", "Europe/Berlin"]);
    assert_eq!(at(&entries), ["2026-01-05T03:00:00+01:00[Europe/Berlin]"]);
}

#[test]
fn the_zone_of_the_newest_entry_answers_for_later_ones() {
    let home = Home::with_a_session();
    home.write("log.csv", "start,total_ml\n2026-01-05T03:00,60\n");
    home.done(&["import", "log.csv"]);
    assert_eq!(at(&home.entries())[0], "2026-01-05T03:00:00+01:00[Europe/Berlin]");
    home.write("log.csv", "start,total_ml\n2026-01-06T03:00,60\n");
    home.done(&["import", "log.csv", "--tz", "America/New_York"]);
    assert_eq!(at(&home.entries())[0], "2026-01-06T03:00:00-05:00[America/New_York]", "--tz comes first");
}

#[test]
fn the_order_of_day_and_month_is_asked_for() {
    let order = |order| {
        let words = ["row 2", "3 April", "4 March", "--date-order dmy", "--date-order mdy"];
        let entries = asks(MONTH_OR_DAY, &["--tz", "UTC"], &words, &["--date-order", order]);
        days(&entries).join(" ")
    };
    assert_eq!(order("dmy"), "2026-04-05 2026-04-03");
    assert_eq!(order("mdy"), "2026-05-04 2026-03-04");
}

/// `--date-order` only settles what a file leaves open, so a file that shows its order wins, and the row is said.
#[test]
fn a_file_that_shows_its_order_outvotes_the_one_given() {
    let home = Home::new();
    let shows = "Time,Amount,Note\n\"3/4/26, 9:00 PM\",60 ml,\n\"12/31/25, 9:00 PM\",70 ml,\n";
    home.write("log.csv", shows);
    let answer = home.json(&["import", "log.csv", "--tz", "UTC", "--date-order", "dmy"]);
    assert_eq!(days(&home.entries()), ["2026-03-04", "2025-12-31"]);
    let flags = answer["files"][0]["flags"].to_string();
    assert!(flags.contains("12/31/25") && flags.contains("--date-order"), "{flags}");

    let agreed = Home::new();
    agreed.write("log.csv", shows);
    let answer = agreed.json(&["import", "log.csv", "--tz", "UTC", "--date-order", "mdy"]);
    assert_eq!(answer["files"][0]["flags"].to_string(), "[]", "an order that fits is nothing to flag");
}

#[test]
fn a_file_that_shows_its_order_answers_for_its_siblings() {
    let home = Home::new();
    home.write("open.csv", MONTH_OR_DAY);
    home.write("shows.csv", "Time,Amount,Note\n\"31/12/25, 9:00 PM\",70 ml,\n");
    home.run(&["import", "open.csv", "--tz", "UTC"]).refused(3, &["--date-order"]);
    home.done(&["import", "open.csv", "shows.csv", "--tz", "UTC"]);
    assert_eq!(days(&home.entries()), ["2026-04-05", "2026-04-03", "2025-12-31"]);
}

#[test]
fn the_unit_is_asked_for() {
    let volumes = |unit| {
        let entries =
            asks(WITHOUT_UNIT, &["--tz", "UTC"], &["\"60\"", "--unit ml", "--unit oz"], &["--unit", unit]);
        entries.iter().map(|entry| entry["output_ml"].as_f64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(volumes("ml"), [10.0, 60.0]);
    assert_eq!(volumes("oz"), [295.7, 1774.4]);
}

#[test]
fn the_meaning_of_columns_is_asked_for() {
    let answer = ["--map", "time=When,volume=How much,kind=pump"];
    let words = ["\"When\", \"How much\"", "--map 'time=When,volume=How much,kind=pump'"];
    let entries = asks(UNKNOWN, &["--tz", "UTC"], &words, &answer);
    assert_eq!(entries[0]["output_ml"], 60.0);
}

#[test]
fn a_column_that_is_not_there_is_asked_for() {
    let home = Home::new();
    home.write("log.csv", UNKNOWN);
    let ran = home.run(&["import", "log.csv", "--tz", "UTC", "--map", "time=Then"]);
    ran.refused(3, &["log.csv", "\"Then\"", "\"When\", \"How much\""]);
    assert!(!home.has_journal());
}

#[test]
fn a_question_leaves_a_journal_as_it_is() {
    let home = Home::with_a_session();
    let before = home.snapshot();
    for content in [MONTH_OR_DAY, WITHOUT_UNIT, UNKNOWN] {
        home.write("log.csv", content);
        home.run(&["import", "log.csv"]).refused(3, &["log.csv"]);
        assert_eq!(home.snapshot(), before);
    }
}

#[test]
fn a_question_about_one_file_keeps_the_other_out() {
    let home = Home::new();
    home.write("sound.csv", "start,total_ml\n2025-11-01T03:00:00Z,60\n");
    home.write("open.csv", WITHOUT_UNIT);
    home.run(&["import", "sound.csv", "open.csv", "--tz", "UTC"]).refused(3, &["open.csv", "--unit"]);
    assert!(!home.has_journal());
}

#[test]
fn times_that_are_typed_are_asked_for_their_zone() {
    let home = Home::new();
    for args in [
        &["log", "pump", "--start", "2025-11-20T03:00"][..],
        &["log", "pump", "--total", "60", "--at", "2025-11-20T03:00"],
    ] {
        home.run(args).refused(3, &["\"2025-11-20T03:00\"", "--tz"]);
        assert!(!home.has_journal());
        home.done(&[args, &["--tz", "Europe/Berlin"]].concat());
        assert_eq!(at(&home.entries()), ["2025-11-20T03:00:00+01:00[Europe/Berlin]"]);
        std::fs::remove_dir_all(home.data()).unwrap();
    }
    home.done(&["init"]);
    home.run(&["list", "--from", "2025-11-20"]).refused(3, &["\"2025-11-20\"", "--tz"]);
}

/// A machine without a zone must not put one into the journal that nobody chose.
#[test]
fn a_machine_without_a_zone_is_asked_for_one() {
    let home = Home::new();
    let log = |args: &[&str]| {
        let mut command = home.command(args);
        command.env("TZ", "Nowhere/Bad");
        crate::home::ran(command)
    };
    log(&["log", "pump", "--total", "60"]).refused(3, &["--tz"]);
    assert!(!home.has_journal());
    assert_eq!(log(&["log", "pump", "--total", "60", "--tz", "Europe/Berlin"]).code, 0);
    assert!(at(&home.entries())[0].ends_with("[Europe/Berlin]"));
}
