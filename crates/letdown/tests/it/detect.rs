use crate::home::{Home, keys, ran};
use serde_json::Value;
use std::fmt::Write as _;

fn trace(name: &str) -> String {
    format!("{}/../../fixtures/traces/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn number(value: &Value, key: &str) -> f64 {
    value[key].as_f64().unwrap()
}

#[test]
fn a_trace_keeps_its_contract() {
    let home = Home::new();
    let found = home.json(&["detect", &trace("session.csv")]);
    assert_eq!(keys(&found), "detector doubts first_s letdowns phases slowed_s total_ml");
    assert_eq!(keys(&found["letdowns"][0]), "confidence end_s onset_s peak_ml_per_min volume_ml");
    assert_eq!(keys(&found["phases"][0]), "end_s phase start_s");
    assert_eq!(keys(&found["doubts"][0]), "doubt end_s offset_g start_s");
    let onsets: Vec<f64> =
        found["letdowns"].as_array().unwrap().iter().map(|l| number(l, "onset_s")).collect();
    // The truth of make_traces.py, on the clock of the file, which begins at 5 s.
    let near = |(found, truth): (&f64, f64)| (found - truth).abs() <= 3.0;
    assert!(onsets.len() == 3 && onsets.iter().zip([75.0, 260.0, 480.0]).all(near), "{onsets:?}");
    assert!(
        (number(&found, "total_ml") - 50.0).abs() < 2.0
            && number(&found, "first_s").to_bits() == onsets[0].to_bits()
    );
}

/// Phases cover the file, one behind the other.
#[test]
fn phases_leave_no_gap() {
    let found = Home::new().json(&["detect", &trace("session.csv")]);
    let phases = found["phases"].as_array().unwrap();
    let (first, last) = (&phases[0], &phases[phases.len() - 1]);
    assert!(
        (number(first, "start_s") - 5.0).abs() <= 1.0 && (number(last, "end_s") - 724.75).abs() <= 1.0,
        "{found}"
    );
    for two in phases.windows(2) {
        assert_eq!(two[0]["end_s"], two[1]["start_s"]);
        assert!(number(&two[0], "start_s") < number(&two[0], "end_s"));
    }
}

#[test]
fn an_app_s_file_begins_at_zero() {
    let found = Home::new().json(&["detect", &trace("brew.json")]);
    assert!((number(&found["letdowns"][0], "onset_s") - 40.0).abs() <= 3.0, "{found}");
    assert!(number(&found["phases"][0], "start_s").abs() <= 1.0, "{found}");
}

#[test]
fn a_trace_without_milk_has_nothing_first() {
    let home = Home::new();
    let mut rows = "t_s,mass_g\n".to_owned();
    (0..600).for_each(|t| writeln!(rows, "{t},0.0").unwrap());
    home.write("still.csv", rows);
    let found = home.json(&["detect", "still.csv"]);
    assert_eq!((&found["first_s"], &found["slowed_s"]), (&Value::Null, &Value::Null));
    assert_eq!((found["letdowns"].as_array().unwrap().len(), number(&found, "total_ml") < 0.5), (0, true));
    let said = home.done(&["detect", "still.csv"]).out;
    assert!(said.starts_with("0 mL in 9 min 59 s, no let-down that the scale could see\n"), "{said}");
}

#[test]
fn a_trace_is_told_and_drawn() {
    let home = Home::new();
    let said = home.done(&["detect", &trace("session.csv"), "--plot", "session.svg"]);
    assert_eq!(said.err, "");
    for words in [
        "50 mL in 12 min, in 3 let-downs",
        "mL a minute",
        "Milk first came after 1 min ",
        "before milk came",
        "the scale was silent for 6 s",
        "the display moved by +3.2 g",
        "99 %",
    ] {
        assert!(said.out.contains(words), "{words}:\n{}", said.out);
    }
    let svg = std::fs::read_to_string(home.path("session.svg")).unwrap();
    assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>") && !svg.contains("NaN"));
    let both = home.done(&["detect", &trace("two-scales.csv")]).out;
    assert!(both.contains("Left 20 mL, right 21 mL; both together below."), "{both}");
}

/// What the reader decided is said beside the answer.
#[test]
fn what_was_left_out_is_said_on_stderr() {
    let home = Home::new();
    home.write("mine.csv", "time,mass_g\n0,1\n1,\n2,1\n");
    let ran = home.done(&["detect", "mine.csv", "--json"]);
    assert!(
        ran.err.contains("letdown: mine.csv: the column \"time\" names no unit and was read in seconds\n"),
        "{ran:?}"
    );
    assert!(ran.err.contains("letdown: mine.csv: row 3 holds no mass and was left out\n"), "{ran:?}");
}

#[test]
fn no_journal_is_opened_or_made() {
    let home = Home::new();
    home.done(&["detect", &trace("espresso.csv")]);
    assert!(!home.has_journal());
    // Also beside one that is broken, and without any place for one.
    std::fs::create_dir(home.data()).unwrap();
    home.write("data/letdown.toml", "journal = \"j-gone\"\n");
    home.done(&["detect", &trace("espresso.csv")]);
    let anywhere = ran(home.bare(&["detect", &trace("espresso.csv")]));
    assert_eq!(anywhere.code, 0, "{anywhere:?}");
}

#[test]
fn what_is_no_trace_is_refused_in_one_line() {
    let home = Home::new();
    home.write("log.csv", "start,total_ml\n2025-11-01T03:00:00Z,60\n");
    home.write("words.csv", "t_s,mass_g\n0,1\n1,heavy\n");
    home.write("cut.json", "{\"brewFlow\":");
    home.write("bytes.csv", [0xff, 0, 0xfe]);
    home.write("empty.csv", "");
    for (args, code, words) in [
        (&["detect", "gone.csv"][..], 1, "gone.csv: it cannot be read"),
        (&["detect", "."], 1, "it cannot be read"),
        (&["detect", "log.csv"], 1, "log.csv has no column for the time"),
        (
            &["detect", "words.csv"],
            1,
            "words.csv, row 3, column \"mass_g\": \"heavy\" is not a number; correct it",
        ),
        (&["detect", "cut.json"], 1, "cut.json, line 1: this is not JSON"),
        (&["detect", "bytes.csv"], 1, "bytes.csv is not text that I can read; save it as CSV"),
        (&["detect", "empty.csv"], 1, "empty.csv is empty"),
    ] {
        home.run(args).refused(code, &[words]);
        home.run(&[args, &["--json", "--plot", "out.svg"]].concat()).refused(code, &[words]);
    }
    assert!(!home.path("out.svg").exists(), "nothing is drawn of a file that cannot be read");
}

#[test]
fn the_log_itself_is_never_drawn_over() {
    let home = Home::new();
    home.write("mine.csv", "t_s,mass_g\n0,1\n1,1\n");
    home.run(&["detect", "mine.csv", "--plot", "./mine.csv"])
        .refused(2, &["is the log itself", "name another"]);
    assert_eq!(std::fs::read_to_string(home.path("mine.csv")).unwrap(), "t_s,mass_g\n0,1\n1,1\n");
    home.run(&["detect", "mine.csv", "--plot", "gone/out.svg"]).refused(1, &["it cannot be written"]);
}

/// The oracle is `detect`: an entry of the same file has its let-downs, counted from the first reading.
#[test]
fn a_trace_becomes_an_entry() {
    let home = Home::new();
    let found = home.json(&["detect", &trace("session.csv")]);
    let entry = home.json(&["log", "pump", "--trace", &trace("session.csv")]);
    let body = &entry["body"];
    assert_eq!(keys(body), "detector let_downs minutes slowed_s start total_ml trace");
    let (kept, seen) = (body["let_downs"].as_array().unwrap(), found["letdowns"].as_array().unwrap());
    assert_eq!(kept.len(), seen.len());
    for (kept, seen) in kept.iter().zip(seen) {
        // The file's clock begins at 5 s.
        assert!((number(kept, "onset_s") + 5.0 - number(seen, "onset_s")).abs() < 0.6, "{kept} {seen}");
        assert!((number(kept, "volume_ml") - number(seen, "volume_ml")).abs() < 0.2, "{kept} {seen}");
    }
    assert!((number(body, "total_ml") - number(&found, "total_ml")).abs() < 0.1);
    assert!((number(body, "minutes") - 12.0).abs() < 0.1, "{body}");
    let listed = home.done(&["list"]).out;
    let first_s = number(&kept[0], "onset_s").round();
    assert!(
        (67.0..=73.0).contains(&first_s),
        "the first came at 75 s on a clock that begins at 5 s: {first_s}"
    );
    assert!(
        listed.contains("3 let-downs: 21 ± 3 mL, then 15 ± 2 mL, then 8 ± 1 mL, first after"),
        "{listed}"
    );
    assert!(listed.contains(&format!(", first after {first_s} s")), "{listed}");
}

#[test]
fn what_she_says_stands_before_what_a_scale_saw() {
    let home = Home::new();
    let log = |more: &[&str]| home.json(&[&["log", "pump", "--trace", &trace("session.csv")], more].concat());
    let said = log(&["--left", "30", "--right", "25", "--minutes", "15"]);
    assert_eq!(
        (&said["body"]["left_ml"], &said["body"]["minutes"]),
        (&Value::from(30.0), &Value::from(15.0))
    );
    assert_eq!(said["body"]["total_ml"], Value::Null);
    assert_eq!(said["body"]["let_downs"].as_array().unwrap().len(), 3);
    assert_eq!(log(&["--total", "2 oz"])["body"]["total_typed"], "2 oz");
    home.run(&["log", "pump", "--trace", "none.csv"]).refused(1, &["none.csv", "cannot be read"]);
}
