use letdown_engine::scenario::Scenario;
use letdown_journal::body::{Body, Pump};
use std::collections::BTreeSet;

/// Every key, as the head of the source documents it.
const DOCUMENTED: &str = r#"
    days = 60
    start = "2026-09-01"
    zone = "Europe/Berlin"
    mother = "draw"
    term = true
    schedule = ["03:00", "07:00", "11:00", "15:00", "19:00", "23:00"]
    jitter_min = 25
    minutes = 18
    skip = 0.03
    per_side = true
    reading_ml = 5
"#;

fn log(toml: &str, seed: u64) -> Vec<Pump> {
    let pump = |body| match body {
        Body::Pump(pump) => pump,
        other => unreachable!("{other:?}"),
    };
    Scenario::read(toml).unwrap().log(seed).unwrap().into_iter().map(pump).collect()
}

fn bytes(toml: &str, seed: u64) -> Vec<String> {
    log(toml, seed).into_iter().map(|pump| Body::Pump(pump).write()).collect()
}

fn days_of(log: &[Pump]) -> Vec<String> {
    let days: BTreeSet<String> = log.iter().map(|p| p.start.date().to_string()).collect();
    days.into_iter().collect()
}

fn mean(log: &[Pump]) -> f64 {
    log.iter().filter_map(Pump::output_ml).sum::<f64>() / log.len() as f64
}

#[test]
fn keys_left_out_have_the_values_of_the_text() {
    assert_eq!(bytes(DOCUMENTED, 4), bytes("", 4));
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_does_not() {
    assert_eq!(bytes("days = 5", 7), bytes("days = 5", 7));
    assert_ne!(bytes("days = 5", 7), bytes("days = 5", 8));
}

#[test]
fn every_key_does_what_it_says() {
    let usual = log("days = 10", 1);
    assert_eq!(days_of(&log("days = 3\njitter_min = 0", 1)), ["2026-09-01", "2026-09-02", "2026-09-03"]);
    assert_eq!(days_of(&log("days = 1\nstart = \"2027-02-28\"\njitter_min = 0", 1)), ["2027-02-28"]);
    let perth = log("days = 1\nzone = \"Australia/Perth\"", 1);
    assert!(perth.iter().all(|p| p.start.to_string().ends_with("+08:00[Australia/Perth]")));
    assert_ne!(mean(&log("days = 10\nmother = \"median\"", 1)), mean(&usual));
    assert!(usual.iter().all(|p| p.minutes == Some(18.0)));
    assert!(log("days = 1\nminutes = 25", 1).iter().all(|p| p.minutes == Some(25.0)));
    assert!(usual.iter().all(|p| p.left.is_some() && p.right.is_some() && p.total.is_none()));
    let totals = log("days = 10\nper_side = false", 1);
    assert!(totals.iter().all(|p| p.left.is_none() && p.right.is_none() && p.total.is_some()));
}

#[test]
fn milk_comes_in_over_the_days_after_birth() {
    let log = log("days = 20\nday_after_birth = 0\nmother = \"median\"\nskip = 0", 1);
    let (first, last) = (mean(&log[..6]), mean(&log[log.len() - 6..]));
    assert!(first < 0.3 * last, "{first} mL a session on the first day, {last} mL on the last");
    let settled = self::log("days = 20\nmother = \"median\"\nskip = 0", 1);
    assert!(mean(&settled[..6]) > 3.0 * first);
}

#[test]
fn after_a_preterm_birth_milk_comes_in_later() {
    let milk =
        |term| mean(&log(&format!("days = 4\nday_after_birth = 0\nmother = \"median\"\nterm = {term}"), 1));
    assert!(milk(false) < 0.9 * milk(true), "{} against {}", milk(false), milk(true));
}

#[test]
fn longer_sessions_bring_more() {
    let of = |minutes: u32| mean(&log(&format!("days = 10\nmother = \"median\"\nminutes = {minutes}"), 1));
    assert!(of(5) < of(10) && of(10) < of(20));
}

#[test]
fn without_jitter_hours_are_those_of_the_schedule() {
    let log = log("days = 4\njitter_min = 0\nskip = 0\nschedule = [\"18:45\", \"06:30\"]", 1);
    let clocks: Vec<String> = log.iter().map(|p| p.start.strftime("%H:%M").to_string()).collect();
    assert_eq!(clocks, ["06:30", "18:45"].repeat(4));
}

#[test]
fn jitter_is_the_spread_of_starts() {
    let off_min = |pump: &Pump| f64::from(pump.start.hour()) * 60.0 + f64::from(pump.start.minute()) - 720.0;
    let log = log("days = 400\nzone = \"UTC\"\njitter_min = 40\nskip = 0\nschedule = [\"12:00\"]", 1);
    let spread = (log.iter().map(|p| off_min(p).powi(2)).sum::<f64>() / log.len() as f64).sqrt();
    assert!((36.0..44.0).contains(&spread), "{spread}");
}

#[test]
fn skip_is_the_share_left_out() {
    let count = |skip: f64| log(&format!("days = 100\nskip = {skip}"), 1).len();
    assert_eq!(count(0.0), 600);
    assert!((240..360).contains(&count(0.5)), "{}", count(0.5));
}

#[test]
fn volumes_are_read_to_the_step() {
    for step_ml in [1.0, 5.0, 10.0] {
        let log = log(&format!("days = 5\nreading_ml = {step_ml}\nper_side = false"), 1);
        let volumes: Vec<f64> = log.iter().filter_map(Pump::output_ml).collect();
        assert!(volumes.iter().all(|ml| ml % step_ml == 0.0));
        assert!(volumes.iter().any(|ml| ml % (2.0 * step_ml) != 0.0), "and to no coarser one");
    }
}

#[test]
fn entries_stand_in_order_of_time() {
    let log = log("days = 30\njitter_min = 180", 1);
    assert!(log.windows(2).all(|pair| pair[0].start <= pair[1].start));
}

#[test]
fn days_are_the_sums_of_a_log() {
    let toml = "days = 6\njitter_min = 0\nreading_ml = 0.1\nper_side = false\nzone = \"UTC\"";
    let log = log(toml, 9);
    let days = Scenario::read(toml).unwrap().days(1, 9);
    assert_eq!(days.len(), 6);
    for day in days {
        let of_day: Vec<&Pump> = log.iter().filter(|p| p.start.date().to_string() == day.date).collect();
        let ml: f64 = of_day.iter().filter_map(|p| p.output_ml()).sum();
        assert!((day.ml - ml).abs() < 0.6, "{day:?}: {ml} in the log");
        assert_eq!((day.sessions, day.ml_sd), (of_day.len() as f64, None));
    }
}

#[test]
fn several_mothers_are_their_mean_and_spread() {
    let scenario = Scenario::read("days = 2\nskip = 0").unwrap();
    let days = |mothers: u32, seed: u64| scenario.days(mothers, seed);
    let each = [5, 6, 7].map(|seed| scenario.lived_days(&scenario.live(seed, &[], true))[1].removed_ml);
    let mean = each.iter().sum::<f64>() / 3.0;
    let sd = (each.iter().map(|ml| (ml - mean).powi(2)).sum::<f64>() / 2.0).sqrt();
    let all = &days(3, 5)[1];
    assert!((all.ml - mean).abs() < 0.11 && (all.ml_sd.unwrap() - sd).abs() < 0.2, "{all:?}: {mean}, {sd}");
}

/// A line that does not fit, and what the error must name: the key, the range and the unit, or how to write it.
const REFUSED: [(&str, &[&str]); 29] = [
    ("days = 0", &["days", "between 1 and 2000 days"]),
    ("days = 2001", &["days", "2001", "between 1 and 2000 days"]),
    ("days = -1", &["days", "-1", "between 1 and 2000 days"]),
    ("days = 2.5", &["days", "2.5", "whole number"]),
    ("start = \"tomorrow\"", &["start", "tomorrow", "2026-09-01"]),
    ("start = \"2026-02-30\"", &["start", "2026-02-30"]),
    ("zone = \"Berlin\"", &["key zone", "Berlin", "Europe/Berlin"]),
    ("mother = \"queen\"", &["mother", "queen", "draw", "median", "posterior"]),
    ("day_after_birth = -1", &["day_after_birth", "between 0 and 2000 days"]),
    ("day_after_birth = 2001", &["day_after_birth", "between 0 and 2000 days"]),
    ("day_after_birth = nan", &["day_after_birth", "NaN", "between 0 and 2000 days"]),
    ("term = \"yes\"", &["term", "yes", "term, preterm"]),
    ("term = 1", &["term", "1 is neither true nor false"]),
    ("schedule = [7]", &["schedule", "7 is neither a time in quotes"]),
    ("schedule = [\"7 o'clock\"]", &["schedule", "7 o'clock", "07:00"]),
    ("schedule = [\"24:30\"]", &["schedule", "24:30", "07:00"]),
    ("schedule = \"07:00\"", &["schedule", "07:00", "not a list"]),
    ("jitter_min = -1", &["jitter_min", "between 0 and 180 min"]),
    ("jitter_min = 181", &["jitter_min", "between 0 and 180 min"]),
    ("minutes = 0", &["minutes", "between 0.1 and 120 min"]),
    ("minutes = 121", &["minutes", "between 0.1 and 120 min"]),
    ("minutes = inf", &["minutes", "between 0.1 and 120 min"]),
    ("skip = -0.1", &["skip", "between 0 and 0.9 of sessions"]),
    ("skip = 1", &["skip", "between 0 and 0.9 of sessions"]),
    ("per_side = 1", &["per_side", "1 is neither true nor false"]),
    ("reading_ml = 0", &["reading_ml", "between 0.1 and 60 mL"]),
    ("reading_ml = 61", &["reading_ml", "between 0.1 and 60 mL"]),
    ("minuets = 18", &["minuets", "minutes"]),
    ("days 60", &["cannot be read", "line 1"]),
];

#[test]
fn an_event_that_ends_before_it_begins_is_refused() {
    let read = |days: &str| Scenario::read(&format!("days = 20\n[[events]]\n{days}\nper_day = 3"));
    let error = read("from_day = 9\nto_day = 8").unwrap_err().to_string();
    assert!(error.contains("events[1].to_day") && error.contains("from_day, which is 9"), "{error}");
    assert!(read("from_day = 9\nto_day = 9").is_ok());
    assert!(read("from_day = 30").is_ok(), "days may be fewer than an event waits for");
}

#[test]
fn what_does_not_fit_is_named() {
    for (line, named) in REFUSED {
        let error = Scenario::read(line).unwrap_err().to_string();
        for part in named {
            assert!(error.contains(part), "{line}: {part:?} is not in {error:?}");
        }
    }
    let twenty_five = format!("schedule = [{}]", vec!["\"07:00\""; 25].join(","));
    let error = Scenario::read(&twenty_five).unwrap_err().to_string();
    assert!(error.contains("schedule") && error.contains("25 sessions a day"), "{error}");
}

#[test]
fn the_bounds_themselves_fit() {
    let least = "days = 1\nday_after_birth = 0\nschedule = [\"00:00\"]\njitter_min = 0\nminutes = 0.1\nskip = 0\nreading_ml = 0.1";
    assert_eq!(log(least, 1).len(), 1);
    let most = "days = 1000\nday_after_birth = 1000\nschedule = [\"23:59\"]\njitter_min = 180\nminutes = 120\nskip = 0.9\nreading_ml = 60";
    assert!((60..150).contains(&log(most, 1).len()));
}
