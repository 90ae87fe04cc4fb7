use crate::home::{Home, ran};
use std::net::TcpListener;

/// What cannot be meant, and words of the sentence that says so.
const WRONG: [(&[&str], &str); 56] = [
    (&[], "Usage"),
    (&["pump"], "unrecognized subcommand 'pump'"),
    (&["list", "--colour"], "unexpected argument '--colour'"),
    (&["list", "--kind", "pumps"], "[possible values: pump, hand, nurse, bottle, bag, weight, diaper, drink"),
    (&["list", "--from", "yesterday"], "\"yesterday\" is not a time"),
    (&["list", "--at", "now"], "\"now\" is not a time"),
    (&["list", "--tz", "Perth"], "\"Perth\" is not a time zone"),
    (&["forecast", "--days", "0"], "1..=90"),
    (&["forecast", "--days", "91"], "1..=90"),
    (&["forecast", "--days", "many"], "'many'"),
    (&["backtest", "--from", "2026-13-01"], "\"2026-13-01\" is not a day"),
    (&["backtest", "--to", "soon"], "\"soon\" is not a day"),
    (&["log"], "Usage"),
    (&["log", "nap"], "unrecognized subcommand 'nap'"),
    (&["log", "pump", "--total", "-5"], "-5 mL is not a volume of milk"),
    (&["log", "pump", "--left=-0.5"], "-0.5 mL is not a volume of milk"),
    (&["log", "pump", "--right", "100001"], "100001 mL is not a volume of milk"),
    (&["log", "pump", "--total", "NaN"], "this is not a number"),
    (&["log", "pump", "--minutes", "inf"], "this is not a number"),
    (&["log", "pump", "--minutes", "-1"], "-1 min must lie between 0 and 10080 min"),
    (&["log", "pump", "--minutes", "10081"], "10081 min must lie between 0 and 10080 min"),
    (&["log", "pump", "--total", "60", "--left", "60"], "cannot be used with"),
    (&["log", "pump", "--total", "4 cups"], "\"cups\" is not a unit; it is ml or oz"),
    (
        &["log", "nurse", "--left", "20000"],
        "--left, --right, --pause: field minutes: 20000 min must lie between",
    ),
    (&["log", "nurse", "--first", "both"], "[possible values: left, right]"),
    (&["log", "nurse", "--before", "4000"], "--after <G>"),
    (&["log", "bottle", "--milk", "oat"], "[possible values: expressed, fortified, formula, unknown]"),
    (&["log", "bag", "--amount", "90"], "<--in|--out>"),
    (&["log", "weight"], "<--grams <G>|--kg <KG>|--lb <LB>|--amount <TEXT>>"),
    (&["log", "weight", "--kg=-4"], "--kg: -4000 g must lie between 0 and 1000000 g"),
    (&["log", "weight", "--amount", "heavy"], "--amount: \"heavy\" is not a weight; write it like 4.12 kg"),
    (&["log", "feeling"], "one of stress, pain or mood is needed"),
    (&["log", "feeling", "--stress", "11"], "--stress: 11 must lie between 0 and 10"),
    (&["log", "letdown", "--felt", "tickling"], "[possible values: tightening, tingling, ache]"),
    (
        &["log", "cue", "--what", "music", "--latency", "3601"],
        "--latency: 3601 s must lie between 0 and 3600 s",
    ),
    (
        &["log", "symptom", "--what", "fever", "--temperature", "390"],
        "--temperature: 390 °C must lie between 30 and 45",
    ),
    (&["log", "medicine", "--name", " "], "--name: it is missing"),
    (
        &["log", "device", "--what", "flange", "--left-flange", "2"],
        "--left-flange: 2 mm must lie between 10 and 50 mm",
    ),
    (&["log", "mother", "--gave-birth", "3.10.2026"], "--gave-birth: \"3.10.2026\" is not a day"),
    (
        &["log", "baby", "--gestation-days", "40"],
        "--gestation-days: 40 must be a whole number between 140 and 310",
    ),
    (&["log", "pump", "--start", "this morning"], "\"this morning\" is not a time"),
    (&["edit", "socks", "note=x"], "\"socks\" is not an entry id"),
    (&["edit", "socks"], "required arguments"),
    (&["delete"], "required arguments"),
    (&["import"], "required arguments"),
    (&["import", "log.csv", "--unit", "cups"], "[possible values: ml, oz]"),
    (&["import", "log.csv", "--date-order", "ymd"], "[possible values: mdy, dmy]"),
    (&["import", "log.csv", "--weight-unit", "stone"], "[possible values: kg, g, lb]"),
    (&["import", "log.csv", "--format", "paper"], "the formats are nighp, babybuddy, "),
    (&["import", "log.csv", "--map", "Time"], "is not written key=value"),
    (&["import", "log.csv", "--undo", "import-1"], "cannot be used with"),
    (&["simulate-log"], "required arguments"),
    (&["detect"], "required arguments"),
    (&["detect", "a.csv", "b.csv"], "unexpected argument 'b.csv'"),
    (&["simulate-log", "month.toml", "--mothers", "0"], "1..=100000"),
    (&["serve", "--port", "70000"], "0..=65535"),
];

/// The same commands, rightly used.
const RIGHT: [&[&str]; 7] = [
    &["list", "--kind", "pump", "--from", "2025-11-20", "--at", "2025-11-30T12:00", "--tz", "Europe/Berlin"],
    &["today", "--at", "2025-11-24T12:00"],
    &["log", "pump", "--total", "0", "--minutes", "0"],
    &["log", "pump", "--right", "100000", "--minutes", "10080", "--start", "2025-11-24T09:10"],
    &[
        "import",
        "log.csv",
        "--unit",
        "ml",
        "--date-order",
        "dmy",
        "--weight-unit",
        "kg",
        "--format",
        "letdown",
    ],
    &["import", "log.csv", "--map", "time=start,volume=total_ml", "--format", "generic"],
    &["simulate-log", "month.toml", "--mothers", "1"],
];

fn home_with_files() -> Home {
    let home = Home::new();
    home.write("log.csv", "start,total_ml\n2025-11-01T03:00:00Z,60\n");
    home.write("month.toml", "days = 2\n");
    home
}

/// Two, nothing on stdout, the mend on stderr, and nothing made.
#[test]
fn wrong_use_is_said_and_makes_nothing() {
    for (args, words) in WRONG {
        let home = home_with_files();
        if ["list", "forecast", "backtest", "edit"].contains(args.first().unwrap_or(&"")) {
            home.done(&["log", "pump", "--total", "60", "--start", "2025-11-24T03:10:00Z"]);
        }
        let before = home.snapshot();
        let ran = home.run(args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}: {ran:?}");
        assert!(ran.err.contains(words) && !ran.err.contains("panicked"), "{args:?}: {ran:?}");
        assert_eq!(home.snapshot(), before, "{args:?}");
    }
}

#[test]
fn what_is_said_without_clap_is_one_sentence() {
    let home = home_with_files();
    home.run(&["log", "pump", "--total", "-5"]).refused(2, &["-5 mL", "between 0 and 100000 mL"]);
    home.run(&["log", "pump", "--tz", "Perth"]).refused(2, &["\"Perth\"", "Europe/Berlin"]);
    home.run(&["import", "log.csv", "--tz", "Perth"]).refused(2, &["\"Perth\"", "Europe/Berlin"]);
    assert!(!home.has_journal());
}

/// On a port that is taken, so that a server that does not refuse ends too.
#[test]
fn serve_refuses_what_it_has_no_use_for() {
    let home = home_with_files();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    for (option, value) in [("--at", "2025-11-24T12:00"), ("--tz", "Europe/Berlin")] {
        let words = [&format!("no use for {option}")[..], &format!("leave {option} out")];
        home.run(&["serve", "--port", &port, option, value]).refused(2, &words);
    }
    assert!(!home.has_journal());
}

#[test]
fn right_use_of_the_same_options_goes_through() {
    let home = home_with_files();
    home.done(&["log", "pump", "--total", "60", "--start", "2025-11-24T03:10:00+01:00[Europe/Berlin]"]);
    for args in RIGHT {
        home.done(args);
    }
    assert_eq!(home.entries().len(), 4, "three were logged, one imported once");
}

#[test]
fn help_and_version_are_answers() {
    let home = Home::new();
    for args in [&["--help"][..], &["--version"], &["help", "import"], &["log", "pump", "--help"]] {
        let ran = ran(home.bare(args));
        assert!(ran.code == 0 && ran.err.is_empty() && ran.out.contains("letdown"), "{ran:?}");
    }
    assert!(!home.has_journal());
}
