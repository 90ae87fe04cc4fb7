use crate::home::{Home, fixture, keys};
use serde_json::Value;

/// One export, what the caller must say about it, and what becomes of its rows: read, imported, left out, entries.
type Case = (&'static str, &'static [&'static str], [u64; 4]);

const SHEET: &str = "date=Date,time=Time,volume=Amount (oz),note=\"Comments, mine\"";
const SEMICOLON: &str = "time=Beginn,end=Ende,volume=Menge,side=Seite,note=Notiz";
const HAND: &str =
    "time=Time,volume=Volume (oz),kind=bottle,milk=column:BM,word:1=expressed,word:0=formula,note=Notes";
const KINDS: &str = "date=Date,time=Time,kind=column:Type,volume=Amount (oz),left_minutes=Left (min),\
                     right_minutes=Right (min),note=Comments,word:Abgepumpt=pump";
const EVENTS: &str = "time=at,kind=column:what,volume=amount,unit=column:unit,milk=column:milk,left=sides.left,\
                      right=sides.right,minutes=minutes,side=side,weight=grams,note=comment";
const TIMER: &str = "time=from_time,end=to_time,seconds=duration,kind=nurse";

pub(crate) const EXPORTS: [Case; 52] = [
    ("babybuddy/admin-feeding.json", &[], [3, 3, 0, 2]),
    ("babybuddy/api-all.json", &[], [10, 7, 3, 7]),
    ("babybuddy/api-feedings.json", &[], [7, 6, 1, 5]),
    ("babybuddy/changes.csv", &[], [2, 2, 0, 2]),
    ("babybuddy/feeding-dmy.csv", &[], [5, 5, 0, 4]),
    ("babybuddy/feeding.csv", &[], [10, 9, 1, 8]),
    ("babybuddy/pumping-old.csv", &[], [2, 2, 0, 2]),
    ("babybuddy/pumping.csv", &[], [2, 2, 0, 2]),
    ("babybuddy/sleep.csv", &[], [1, 0, 1, 0]),
    ("babybuddy/weight.csv", &[], [3, 3, 0, 3]),
    ("babyplus/2019.json", &[], [5, 3, 2, 2]),
    ("babyplus/flat.json", &[], [13, 9, 4, 9]),
    ("generic/hand.csv", &["--map", HAND], [4, 4, 0, 4]),
    ("generic/kinds.csv", &["--map", KINDS], [8, 5, 3, 5]),
    ("generic/log.json", &["--map", EVENTS], [6, 5, 1, 5]),
    ("droste/backup.txt", &[], [21, 16, 5, 13]),
    ("feedbaby/excretions.csv", &[], [3, 3, 0, 3]),
    ("feedbaby/feeds.csv", &[], [8, 7, 1, 6]),
    ("feedbaby/growths.csv", &[], [3, 2, 1, 2]),
    ("feedbaby/pauses.csv", &[], [1, 0, 1, 0]),
    ("feedbaby/pumpings-later.csv", &[], [3, 3, 0, 2]),
    ("feedbaby/pumpings.csv", &[], [5, 4, 1, 3]),
    ("generic/semicolon.csv", &["--map", SEMICOLON], [2, 2, 0, 2]),
    ("generic/sheet.csv", &["--map", SHEET], [3, 2, 1, 2]),
    ("generic/timer.csv", &["--map", TIMER], [5, 4, 1, 4]),
    ("glow/bottles.csv", &[], [4, 4, 0, 4]),
    ("glow/growth.csv", &[], [3, 2, 1, 2]),
    ("hatch/log.csv", &[], [9, 7, 2, 7]),
    ("hatch/log.txt", &[], [8, 7, 1, 7]),
    ("babyconnect/log-with-child.csv", &[], [7, 6, 1, 6]),
    ("babyconnect/log.csv", &[], [11, 8, 3, 8]),
    ("huckleberry/log-logged-by.csv", &[], [3, 3, 0, 3]),
    ("huckleberry/log.csv", &[], [17, 12, 4, 12]),
    ("letdown/sessions.csv", &[], [3, 3, 0, 3]),
    ("nighp/Mila_bottle.csv", &[], [2, 2, 0, 2]),
    ("nighp/Mila_diaper-2026.csv", &[], [5, 4, 1, 4]),
    ("nighp/Mila_expressed-2017.csv", &[], [2, 2, 0, 2]),
    ("nighp/Mila_formula-2017.csv", &[], [2, 2, 0, 2]),
    ("nighp/Mila_nursing-2022.csv", &[], [3, 3, 0, 3]),
    ("nighp/Mila_nursing-2023.csv", &[], [4, 4, 0, 4]),
    ("nighp/Mila_other_activity.csv", &[], [2, 0, 2, 0]),
    ("nighp/Mila_sleep.csv", &[], [1, 0, 1, 0]),
    ("nighp/pump-2017.csv", &[], [5, 5, 0, 5]),
    ("nighp/pump-2022.csv", &[], [5, 5, 0, 5]),
    ("nighp/pump-2023.csv", &[], [3, 3, 0, 3]),
    ("nighp/pump-2026.csv", &[], [3, 3, 0, 3]),
    ("piyolog/day-2026.txt", &[], [8, 5, 3, 5]),
    ("piyolog/month-2024.txt", &[], [17, 11, 6, 11]),
    ("piyolog/month-2025-english.txt", &[], [12, 9, 3, 9]),
    ("sprouttrack/activity-log.csv", &[], [14, 10, 4, 9]),
    ("nursingtimer/early.csv", &[], [7, 6, 1, 7]),
    ("nursingtimer/later.csv", &[], [12, 10, 2, 11]),
];

/// Imports an export and answers with what became of its rows.
pub(crate) fn import(home: &Home, export: &str, said: &[&str]) -> Value {
    let path = fixture(export);
    let answer = home.json(&[&["import", &path, "--tz", "Europe/Berlin"], said].concat());
    let files = answer["files"].as_array().unwrap();
    assert_eq!(files.len(), 1);
    files[0].clone()
}

fn number(counts: &Value, key: &str) -> u64 {
    counts[key].as_u64().unwrap()
}

/// Every row of a file is new, known, or left out with a reason.
#[track_caller]
fn add_up(counts: &Value) {
    let skipped = counts["skipped"].as_array().unwrap();
    let told = number(counts, "rows_imported") + number(counts, "rows_duplicate") + skipped.len() as u64;
    assert_eq!(number(counts, "read"), told, "{counts}");
    for left_out in skipped {
        assert_eq!(keys(left_out), "reason row");
        // Only a file without a header has anything to leave out in its first row.
        assert!(1 <= number(left_out, "row") && !left_out["reason"].as_str().unwrap().is_empty(), "{counts}");
    }
}

#[test]
fn every_export_is_among_the_cases() {
    let mut found = 0;
    let apps = [
        "babybuddy",
        "babyconnect",
        "babyplus",
        "droste",
        "feedbaby",
        "generic",
        "glow",
        "hatch",
        "huckleberry",
        "letdown",
        "nighp",
        "nursingtimer",
        "piyolog",
        "sprouttrack",
    ];
    for app in apps {
        for file in std::fs::read_dir(fixture(app)).unwrap() {
            let name = format!("{app}/{}", file.unwrap().file_name().to_string_lossy());
            assert!(EXPORTS.iter().any(|(export, ..)| *export == name), "{name} has no case");
            found += 1;
        }
    }
    assert_eq!(found, EXPORTS.len());
}

#[test]
fn every_row_is_new_or_left_out_the_first_time_and_known_the_second() {
    for (export, said, [read, imported, left_out, entries]) in EXPORTS {
        let home = Home::new();
        let first = import(&home, export, said);
        add_up(&first);
        let skipped = first["skipped"].as_array().unwrap().len() as u64;
        let seen =
            [number(&first, "read"), number(&first, "rows_imported"), skipped, home.entries().len() as u64];
        assert_eq!(seen, [read, imported, left_out, entries], "{export}");

        let second = import(&home, export, said);
        add_up(&second);
        assert_eq!(
            [number(&second, "rows_imported"), number(&second, "rows_duplicate")],
            [0, read - left_out],
            "{export}: what came in, and a row that stood there twice"
        );
        assert_eq!(second["skipped"], first["skipped"], "{export}");
    }
}

#[test]
fn entries_are_counted_by_kind_as_they_are_listed() {
    for (export, said, _) in EXPORTS {
        let home = Home::new();
        let counts = import(&home, export, said);
        let listed = home.kinds();
        for (kind, count) in counts["imported"].as_object().unwrap() {
            assert_eq!(
                count.as_u64().unwrap(),
                listed.get(kind).copied().unwrap_or(0) as u64,
                "{export}: {kind}"
            );
        }
        assert_eq!(keys(&counts["imported"]), "bottle diaper nurse pump weight");
    }
}

#[test]
fn files_of_one_call_share_what_they_know() {
    let home = Home::new();
    let [earlier, later] = ["nighp/Mila_nursing-2022.csv", "nighp/Mila_nursing-2023.csv"].map(fixture);
    let answer = home.json(&["import", &earlier, &later, "--tz", "Europe/Berlin"]);
    let files = answer["files"].as_array().unwrap();
    files.iter().for_each(add_up);
    let counts = |file: &Value| [number(file, "rows_imported"), number(file, "rows_duplicate")];
    assert_eq!([counts(&files[0]), counts(&files[1])], [[3, 0], [2, 2]], "they share two nursings");
    assert_eq!(home.entries().len(), 5);
}

#[test]
fn an_answer_has_the_keys_that_other_programs_call_for() {
    let home = Home::new();
    let answer = home.json(&["import", &fixture("nighp/pump-2023.csv"), "--tz", "Europe/Berlin"]);
    assert_eq!(keys(&answer), "batch dry_run files");
    let file = &answer["files"][0];
    assert_eq!(keys(file), "changed file flags format imported read rows_duplicate rows_imported skipped");
    assert_eq!((&file["file"], &file["format"]), (&"pump-2023.csv".into(), &"nighp".into()));
    assert_eq!(keys(&file["flags"][0]), "row what");
    assert_eq!(file["flags"][0]["row"], 3, "the header is row 1");
}
