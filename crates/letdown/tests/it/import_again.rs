use crate::{
    home::{Home, LATER, fixture},
    import_counts::{EXPORTS, import},
};
use serde_json::Value;
use std::collections::BTreeSet;

fn batch(answer: &Value) -> &str {
    answer["batch"].as_str().unwrap()
}

fn roots(home: &Home) -> BTreeSet<String> {
    home.entries().iter().map(|entry| entry["root"].as_str().unwrap().to_owned()).collect()
}

/// Entries but for their identity and that of the import they came with.
fn facts(home: &Home) -> Vec<Value> {
    let mut entries = home.entries();
    for entry in &mut entries {
        entry.as_object_mut().unwrap().remove("root");
        if let Some(source) = entry["body"]["source"].as_object_mut() {
            assert!(source.remove("batch").is_some());
        }
    }
    entries
}

fn import_file(home: &Home, export: &str) -> Value {
    home.json(&["import", &fixture(export), "--tz", "Europe/Berlin"])
}

#[test]
fn the_second_import_changes_nothing() {
    let home = Home::new();
    for (export, said, _) in EXPORTS {
        import(&home, export, said);
    }
    let before = home.snapshot().unwrap();
    assert!(EXPORTS.len() < home.entries().len());
    for (export, said, _) in EXPORTS {
        assert_eq!(import(&home, export, said)["rows_imported"], 0, "{export}");
    }
    assert_eq!(home.snapshot().unwrap(), before);
}

#[test]
fn a_longer_export_brings_only_what_is_new() {
    let home = Home::new();
    home.write("log.csv", "start,total_ml\n2025-11-01T03:00:00Z,60\n");
    home.done(&["import", "log.csv"]);
    home.write("log.csv", "start,total_ml\n2025-11-01T03:00:00Z,60\n2025-11-01T07:00:00Z,65\n");
    let answer = home.json(&["import", "log.csv"]);
    let file = &answer["files"][0];
    assert_eq!((&file["rows_imported"], &file["rows_duplicate"]), (&1.into(), &1.into()));
    assert_eq!(home.entries().len(), 2);
}

#[test]
fn a_dry_run_says_the_same_and_changes_nothing() {
    let home = Home::new();
    let path = fixture("nighp/pump-2022.csv");
    let dry = home.json(&["import", &path, "--tz", "Europe/Berlin", "--dry-run"]);
    assert!(!home.has_journal(), "no journal may be left behind");
    let home = Home::with_a_session();
    let before = home.snapshot();
    let into_one = home.json(&["import", &path, "--tz", "Europe/Berlin", "--dry-run"]);
    assert_eq!(home.snapshot(), before);

    let wet = home.json(&["import", &path, "--tz", "Europe/Berlin"]);
    assert_eq!((&dry["files"], &into_one["files"]), (&wet["files"], &wet["files"]));
    assert_eq!((&dry["dry_run"], &wet["dry_run"]), (&true.into(), &false.into()));
    assert_eq!(home.entries().len(), 6);
}

#[test]
fn two_imports_of_one_moment_are_taken_back_one_by_one() {
    let home = Home::new();
    let now = ["--at", "2025-11-24T12:00:00Z"];
    let import = |line: &str| {
        home.write("log.csv", format!("start,total_ml\n{line}\n"));
        home.json(&[&["import", "log.csv"], &now[..]].concat())
    };
    let first = import("2025-11-01T03:00:00Z,60");
    let second = import("2025-11-01T07:00:00Z,65");
    assert_ne!(batch(&first), batch(&second));
    home.done(&[&["import", "--undo", batch(&second)], &now[..]].concat());
    assert_eq!(home.entries().len(), 1);
    assert_eq!(home.entries()[0]["output_ml"], 60.0);
}

#[test]
fn an_undo_takes_back_exactly_its_import() {
    let home = Home::with_a_session();
    let first = import_file(&home, "nighp/pump-2022.csv");
    let kept = (roots(&home), facts(&home));
    let second = import_file(&home, "nighp/pump-2026.csv");
    assert_ne!(batch(&first), batch(&second));
    assert_eq!(home.entries().len(), 1 + 5 + 3);

    let answer = home.json(&["import", "--undo", batch(&second)]);
    assert_eq!((&answer["batch"], &answer["entries"]), (&second["batch"], &3.into()));
    assert_eq!((roots(&home), facts(&home)), kept);

    home.done(&["import", "--undo", batch(&first)]);
    assert_eq!(home.kinds()["pump"], 1, "what she wrote herself stays");
}

#[test]
fn an_import_that_was_undone_may_be_made_again() {
    let home = Home::new();
    let first = import_file(&home, "nighp/pump-2022.csv");
    let before = facts(&home);
    home.done(&["import", "--undo", batch(&first)]);
    assert_eq!(home.entries().len(), 0);
    let again = import_file(&home, "nighp/pump-2022.csv");
    assert_eq!(again["files"][0]["rows_imported"], 5);
    assert_eq!(facts(&home), before);
    let third = import_file(&home, "nighp/pump-2022.csv");
    assert_eq!(third["files"][0]["rows_duplicate"], 5, "and is then known");
}

#[test]
fn only_an_import_that_is_there_can_be_undone() {
    let home = Home::new();
    home.run(&["import", "--undo", "import-1"]).refused(1, &["there is no journal"]);
    assert!(!home.has_journal());
    let answer = import_file(&home, "nighp/pump-2022.csv");
    let before = home.snapshot();
    home.run(&["import", "--undo", "import-1"]).refused(1, &["nothing of the import \"import-1\""]);
    assert_eq!(home.snapshot(), before);
    home.done(&["import", "--undo", batch(&answer)]);
    home.run(&["import", "--undo", batch(&answer)]).refused(1, &[batch(&answer)]);
}

/// What `--json` says as numbers, the text says in words, with the command that takes it back.
#[test]
fn the_text_names_the_command_that_takes_it_back() {
    let home = Home::new();
    let out = home.done(&["import", &fixture("nighp/pump-2022.csv"), "--tz", "Europe/Berlin"]).out;
    let undo = out.lines().last().unwrap().split_once("letdown ").unwrap().1;
    assert!(out.contains("5 rows read: 5 new, 0 known, 0 left out"), "{out}");
    assert!(out.contains("row 6: 4565 min is longer than"), "{out}");
    home.done(&undo.split(' ').collect::<Vec<_>>());
    assert_eq!(home.entries().len(), 0);
}

#[test]
fn an_import_of_nothing_new_says_why() {
    let home = Home::new();
    let say =
        |export: &str| home.done(&["import", &fixture(export), "--tz", "Europe/Berlin", "--at", LATER]).out;
    assert!(say("nighp/Mila_sleep.csv").ends_with("\nNothing new came in.\n"), "its row was left out");
    say("nighp/pump-2017.csv");
    assert!(say("nighp/pump-2017.csv").ends_with("\nNothing new: the journal knew all of it.\n"));
}
