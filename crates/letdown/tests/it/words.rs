use crate::home::{Home, fixture, ran};

/// As in `xtask tidy`, which reads the sources; here the words that come out are read.
const BLAME: [&str; 9] = [
    "failure",
    "failures",
    "poor",
    "poorly",
    "insufficient",
    "insufficiently",
    "should have",
    "bad",
    "badly",
];

/// What a number in a text may be followed by.
const UNITS: [&str; 20] = [
    "mL",
    "min",
    "h",
    "%",
    "days",
    "day",
    "entries",
    "sessions",
    "session",
    "rows",
    "new",
    "known",
    "left",
    "more",
    "pump",
    "MiB",
    "oz",
    "s",
    "g",
    "let-downs",
];

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().map(|word| word.trim_matches(|c: char| ",.;:()±".contains(c))).collect()
}

fn is_number(word: &str) -> bool {
    word.replace(',', "").parse::<f64>().is_ok()
}

fn is_month(word: Option<&&str>) -> bool {
    word.is_some_and(|word| MONTHS.iter().any(|month| word.starts_with(month)))
}

/// Whether the word at a place is a number that says what it counts: by itself, as the first of a range, or in a date.
fn is_told(words: &[&str], at: usize) -> bool {
    let behind = |steps: usize| words.get(at + steps);
    let has_unit = |steps| behind(steps).is_some_and(|word| UNITS.contains(word));
    let is_range = behind(1) == Some(&"to") && behind(2).is_some_and(|word| is_number(word)) && has_unit(3);
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    has_unit(1) || is_range || is_month(behind(1)) || is_month(before) || before == Some(&"row")
}

fn bare_numbers(text: &str) -> Vec<String> {
    let of_line = |line: &str| {
        let words = words(line);
        let bare = |at: &usize| is_number(words[*at]) && !is_told(&words, *at);
        (0..words.len()).filter(bare).map(|at| format!("{} in: {line}", words[at])).collect::<Vec<_>>()
    };
    text.lines().flat_map(of_line).collect()
}

fn blame(text: &str) -> Vec<&'static str> {
    let letters = |c: char| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { ' ' };
    let plain: String = format!(" {text} ").chars().map(letters).collect();
    BLAME.into_iter().filter(|word| plain.contains(&format!(" {word} "))).collect()
}

#[track_caller]
fn reads_well(text: &str) {
    assert!(text.lines().count() > 0);
    assert_eq!(bare_numbers(text), Vec::<String>::new(), "{text}");
    assert_eq!(blame(text), Vec::<&str>::new(), "{text}");
}

#[test]
fn the_checks_find_what_they_look_for() {
    assert_eq!(bare_numbers("left 25 mL, right 35 · 18 min"), ["35 in: left 25 mL, right 35 · 18 min"]);
    assert_eq!(
        bare_numbers("  Sun 8 Nov   1,090 mL   900 to 1,300"),
        ["900 in:   Sun 8 Nov   1,090 mL   900 to 1,300", "1,300 in:   Sun 8 Nov   1,090 mL   900 to 1,300"]
    );
    assert_eq!(
        bare_numbers("Sunday, 8 November 2026, 12:00: 900 to 1,300 mL, 3 h ago, 80.0 %"),
        Vec::<String>::new()
    );
    assert_eq!(blame("A poor day. You SHOULD HAVE pumped; badge."), ["poor", "should have"]);
}

#[test]
fn an_import_reads_well() {
    for export in ["nighp/pump-2022.csv", "nighp/pump-2023.csv", "nighp/Mila_diaper-2026.csv"] {
        let home = Home::new();
        let import = ["import", &fixture(export), "--tz", "Europe/Berlin"];
        reads_well(&home.done(&[&import[..], &["--dry-run"]].concat()).out);
        let out = home.done(&import).out;
        reads_well(&out);
        let batch = out.trim_end().rsplit(' ').next().unwrap();
        reads_well(&home.done(&["import", "--undo", batch]).out);
    }
}

#[test]
fn a_log_reads_well() {
    let home = Home::new();
    let log = |args: &[&str]| home.done(&[&["log", "pump", "--tz", "UTC"], args].concat()).out;
    let said = log(&["--left", "25", "--right", "35", "--minutes", "18", "--start", "2025-11-24T03:10"]);
    assert_eq!(said, "Saved: 60 mL at 03:10 on Monday, 24 November.\n");
    reads_well(&said);
    reads_well(&log(&["--start", "2025-11-24T04:10"]));
    reads_well(&log(&["--right", "1200", "--start", "2025-11-24T05:10"]));
    home.done(&["import", &fixture("nighp/Mila_bottle.csv")]);
    let list = home.done(&["list"]).out;
    assert!(list.contains("60 mL out · left 25 mL, right 35 mL · 18 min"), "{list}");
    reads_well(&list);
    reads_well(&home.done(&["today", "--at", "2025-11-24T12:00"]).out);
}

#[test]
fn what_goes_out_reads_well() {
    let home = Home::with_a_session();
    home.done(&["log", "pump", "--total", "60", "--start", "2025-10-02T08:00"]);
    reads_well(&home.done(&["export", "--format", "csv", "--out", "out.csv"]).out);
    reads_well(&home.done(&["backup", "kept.jsonl"]).out);
    reads_well(&home.done(&["erase"]).out);
    reads_well(&home.done(&["erase", "--yes"]).out);
    reads_well(&home.done(&["restore", "kept.jsonl"]).out);
}

#[test]
fn today_reads_well() {
    let out = Home::with_twenty_days().done(&["today", "--at", "2026-10-20T15:10"]).out;
    reads_well(&out);
    for line in ["Supply a day", "In the breasts", "Last session", "Next session", "Today so far"] {
        assert!(out.contains(line), "{line} is missing:\n{out}");
    }
}

#[test]
fn a_forecast_reads_well() {
    let out = Home::with_twenty_days().done(&["forecast", "--days", "4", "--at", "2026-10-20T15:10"]).out;
    reads_well(&out);
    assert!(out.contains("Wed 21 Oct") && out.contains("Sat 24 Oct") && !out.contains("25 Oct"), "{out}");
}

#[test]
fn a_backtest_reads_well() {
    let home = Home::with_twenty_days();
    let out = home.done(&["backtest", "--from", "2026-10-19", "--plot", "score.svg"]).out;
    reads_well(&out);
    let names = ["Letdown", "the model alone", "mean7", "ewma", "linear_gap14", "hour_knn14", "ets", "theta"];
    for name in names {
        assert!(out.contains(name), "{name} is missing:\n{out}");
    }
    let drawn = std::fs::read_to_string(home.path("score.svg")).unwrap();
    assert!(drawn.starts_with("<svg") && drawn.ends_with("</svg>\n") && !drawn.contains("NaN"), "{drawn}");
    reads_well(&home.done(&["simulate-log", "life.toml", "--mothers", "3"]).out);
}

#[test]
fn a_trace_reads_well() {
    for trace in ["session.csv", "two-scales.csv"] {
        let file = format!("{}/../../fixtures/traces/{trace}", env!("CARGO_MANIFEST_DIR"));
        reads_well(&Home::new().done(&["detect", &file]).out);
    }
}

#[test]
fn refusals_and_help_read_well() {
    let home = Home::with_a_session();
    home.write("log.csv", "start,total_ml\n");
    let refusals: [&[&str]; 9] = [
        &["forecast"],
        &["backtest"],
        &["import", "log.csv"],
        &["import", "gone.csv"],
        &["import", "--undo", "import-1"],
        &["log", "pump", "--total", "-5"],
        &["list", "--kind", "pumps"],
        &["init"],
        &["detect", "log.csv"],
    ];
    for args in refusals {
        let ran = home.run(args);
        assert!(ran.code != 0 && blame(&ran.err).is_empty(), "{ran:?}");
    }
    let all = ran(home.bare(&["--help"])).out;
    let commands: Vec<&str> = all
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')))
        .filter_map(|line| line.split(' ').next())
        .filter(|command| *command != "help")
        .collect();
    assert!(commands.len() >= 20 && commands.contains(&"trial"), "{commands:?}");
    for command in commands {
        let help = ran(home.bare(&["help", command])).out;
        assert!(help.contains("Usage: letdown") && blame(&help).is_empty(), "{help}");
    }
}
