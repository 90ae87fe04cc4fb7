use crate::home::{Home, keys};
use serde_json::{Value, json};

/// In the afternoon of the last of twenty days.
const NOW: &str = "2026-10-20T15:10";

const NINETY: &str = "p05 p10 p25 p50 p75 p90 p95";
const EIGHTY: &str = "p10 p50 p90";

/// Quantiles by name, none below the one before it, none below nothing.
#[track_caller]
fn is_a_range(range: &Value, names: &str) {
    assert_eq!(keys(range), names);
    let ml: Vec<f64> = names.split(' ').map(|name| range[name].as_f64().unwrap()).collect();
    assert!(0.0 <= ml[0] && ml.is_sorted() && ml[0] < *ml.last().unwrap(), "{range}");
}

#[track_caller]
fn is_a_time(at: &Value) {
    let at = at.as_str().unwrap();
    assert_eq!(at.parse::<jiff::ZonedDateTime>().unwrap().to_string(), at);
    assert!(at.ends_with("+02:00[Europe/Berlin]"), "{at}");
}

/// Draws that agree; otherwise no number may be shown, and the tests below would look at nothing.
#[track_caller]
fn is_ready(twin: &Value) {
    assert_eq!(twin["state"], "ready", "{twin}");
    assert_eq!(keys(twin), "divergences draws ess fitted_sessions message r_hat sessions standing state");
}

#[test]
fn today_says_supply_last_and_next() {
    let today = Home::with_twenty_days().json(&["today", "--at", NOW]);
    is_ready(&today["twin"]);
    let all = "data_age_h flags in_breast_ml last logged_today_ml next now sessions_today sides supply_ml_per_day twin";
    assert_eq!(keys(&today), all);
    is_a_range(&today["supply_ml_per_day"], EIGHTY);
    is_a_range(&today["in_breast_ml"], EIGHTY);
    is_a_range(&today["next"]["ml"], EIGHTY);
    [&today["now"], &today["last"]["at"], &today["next"]["at"]].into_iter().for_each(is_a_time);
    assert_eq!(today["now"], "2026-10-20T15:10:00+02:00[Europe/Berlin]");
    assert_eq!((&today["sessions_today"], &today["flags"]), (&json!(3), &json!([])));
    let supply = today["supply_ml_per_day"]["p50"].as_f64().unwrap();
    assert!((300.0..2_000.0).contains(&supply), "a woman of all medians: {supply}");
    assert!(today["data_age_h"].as_f64().unwrap() < 3.0);
}

#[test]
fn a_forecast_holds_whole_days_after_today() {
    let home = Home::with_twenty_days();
    let forecast = home.json(&["forecast", "--days", "3", "--at", NOW]);
    is_ready(&forecast["twin"]);
    assert_eq!(keys(&forecast), "data_age_h days now rest_of_today sessions summary twin");
    let days = forecast["days"].as_array().unwrap();
    let dates: Vec<&str> = days.iter().map(|day| day["date"].as_str().unwrap()).collect();
    assert_eq!(dates, ["2026-10-21", "2026-10-22", "2026-10-23"]);
    for day in days {
        is_a_range(&day["ml"], NINETY);
    }

    let rest = &forecast["rest_of_today"];
    assert_eq!(keys(rest), "logged_ml ml");
    is_a_range(&rest["ml"], NINETY);
    let listed = home.json(&["list", "--from", "2026-10-20", "--at", NOW]);
    let logged: f64 =
        listed["entries"].as_array().unwrap().iter().map(|e| e["output_ml"].as_f64().unwrap()).sum();
    assert_eq!(rest["logged_ml"], json!(logged));
    for session in forecast["sessions"].as_array().unwrap() {
        is_a_time(&session["at"]);
        is_a_range(&session["ml"], EIGHTY);
    }
    assert!(4 <= forecast["sessions"].as_array().unwrap().len(), "{forecast}");
}

/// "Now" cuts the log: what is written down for later changes nothing.
#[test]
fn a_forecast_knows_nothing_behind_its_now() {
    const THEN: &str = "2026-10-17T12:00";
    let home = Home::with_twenty_days();
    let log = std::fs::read_to_string(home.path("life.csv")).unwrap();
    let ended = |line: &&str| line.starts_with("start") || *line < "2026-10-17T11:42";
    let known: Vec<&str> = log.lines().filter(ended).collect();
    assert!(60 < known.len() && known.len() < log.lines().count());
    let shorter = Home::new();
    shorter.write("known.csv", known.join("\n"));
    shorter.done(&["import", "known.csv"]);

    let ask = |home: &Home| home.json(&["forecast", "--days", "2", "--at", THEN]);
    let (long, short) = (ask(&home), ask(&shorter));
    is_ready(&long["twin"]);
    assert_eq!(long, short);
}

#[test]
fn a_backtest_scores_beside_four_plain_guesses() {
    let score = Home::with_twenty_days().json(&["backtest"]);
    let all = "baselines baselines_crps_ml best_baseline coverage50 coverage80 coverage95 crps_ml daily days \
               difference_ci95 fits mae_ml mechanistic n reliability skill";
    assert_eq!(keys(&score), all);
    assert_eq!(keys(&score["baselines"]), "ewma hour_knn14 linear_gap14 mean7");
    assert_eq!(keys(&score["baselines_crps_ml"]), "ewma hour_knn14 linear_gap14 mean7");
    assert_eq!(keys(&score["mechanistic"]), "coverage50 coverage80 coverage95 crps_ml mae_ml");
    let day = &score["daily"]["leads"][0];
    assert_eq!(day["days_ahead"], 1);
    assert_eq!(keys(&day["baselines"]), "ets mean7 theta");
    assert_eq!(keys(&score["daily"]["not_scored"]), "cut in_part without_session");
    assert_eq!(score["days"], json!(["2026-10-15", "2026-10-20"]), "scoring begins 14 days after the first");
    let n = score["n"].as_u64().unwrap();
    assert!((25..=30).contains(&n), "{n} of five sessions on six days");
    let (low, high) =
        (score["difference_ci95"][0].as_f64().unwrap(), score["difference_ci95"][1].as_f64().unwrap());
    assert!(low < high, "{score}");
    let number = |key: &str| score[key].as_f64().unwrap();
    assert!(0.0 < number("crps_ml") && number("crps_ml") < number("mae_ml"), "{score}");
    assert!((0.5..=1.0).contains(&number("coverage80")), "{score}");
    let best =
        score["baselines"].as_object().unwrap().values().map(|ml| ml.as_f64().unwrap()).fold(1e9, f64::min);
    assert!((number("skill") - (1.0 - number("mae_ml") / best)).abs() < 2e-3, "{score}");
}

#[test]
fn a_backtest_can_be_narrowed_to_days() {
    let home = Home::with_twenty_days();
    let one = home.json(&["backtest", "--from", "2026-10-16", "--to", "2026-10-16"]);
    assert_eq!(one["days"], json!(["2026-10-16", "2026-10-16"]), "both ends are in");
    let listed = home.json(&["list", "--from", "2026-10-16", "--to", "2026-10-16"]);
    assert_eq!(one["n"].as_u64().unwrap(), listed["entries"].as_array().unwrap().len() as u64);
    home.run(&["backtest", "--from", "2026-11-01"]).refused(1, &["nothing to score", "within these dates"]);
    home.run(&["backtest", "--to", "2026-10-14"]).refused(1, &["nothing to score", "within these dates"]);
}

#[test]
fn an_empty_journal_is_answered_in_a_friendly_sentence() {
    let home = Home::new();
    home.done(&["init"]);
    for json in [&["--json"][..], &[]] {
        home.run(&[&["forecast"], json].concat()).refused(1, &["pump sessions with a volume", "forecast"]);
        home.run(&[&["backtest"], json].concat()).refused(1, &["nothing to score"]);
    }
    let today = home.json(&["today"]);
    assert_eq!(
        (&today["supply_ml_per_day"], &today["last"], &today["next"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    assert_eq!(today["twin"]["state"], "too_little");
    assert!(home.done(&["list"]).out.starts_with("No entries yet."));
}

#[test]
fn a_log_that_is_too_short_says_how_much_is_missing() {
    let home = Home::new();
    home.done(&["init"]);
    let none = home.run(&["forecast"]).err;
    let needed: u32 = none.split(' ').find_map(|word| word.parse().ok()).unwrap();
    home.done(&["log", "pump", "--total", "90", "--start", "2025-10-01T08:00:00Z"]);
    let missing = format!("{} more pump sessions with a volume", needed - 1);
    home.run(&["forecast"]).refused(1, &[&missing]);
    home.run(&["backtest"]).refused(1, &["14 days or more after the first"]);
    assert_eq!(home.json(&["today"])["last"]["output_ml"], 90.0);
}

/// Numbers of an old log are said to be old.
#[test]
fn an_old_log_is_flagged() {
    let home = Home::with_a_session();
    let flags = |at| home.json(&["today", "--at", at])["flags"].to_string();
    assert!(flags("2025-10-05T08:00").contains("The newest session is 4 days old"));
    assert_eq!(flags("2025-10-01T20:00"), "[]");
}

/// A bottle or a diaper makes no number about supply younger.
#[test]
fn numbers_are_as_old_as_the_newest_session() {
    let home = Home::with_a_session();
    home.write("pots.csv", "When,Wet\n2025-10-05T07:00:00+02:00[Europe/Berlin],yes\n");
    home.done(&["import", "pots.csv", "--map", "time=When,wet=Wet,kind=diaper"]);
    let today = ["today", "--at", "2025-10-05T08:00", "--tz", "Europe/Berlin"];
    assert_eq!(home.json(&today)["data_age_h"], 96.0);
    assert!(home.done(&today).out.contains("The newest session: 4 days ago."));
}

/// What was logged is known to the mL.
#[test]
fn what_was_logged_today_is_not_rounded() {
    let home = Home::new();
    for (hour, ml) in [("02", "1003"), ("08", "84")] {
        let start = format!("2025-11-24T{hour}:00:00Z");
        home.done(&["log", "pump", "--total", ml, "--start", &start]);
    }
    let said = home.done(&["today", "--at", "2025-11-24T20:00:00Z"]).out;
    assert!(said.contains("1,087 mL   2 sessions"), "{said}");
}

/// The same word means the same range, in a sentence and in a table.
#[test]
fn likely_is_eight_times_in_ten() {
    let home = Home::with_twenty_days();
    let ask = ["forecast", "--days", "2", "--at", NOW];
    let (json, said) = (home.json(&ask), home.done(&ask).out);
    let about = |ml: &Value| format!("{:.0}", (ml.as_f64().unwrap() / 10.0).round() * 10.0);
    for day in json["days"].as_array().unwrap() {
        let range = format!("{} to {} mL", about(&day["ml"]["p10"]), about(&day["ml"]["p90"]));
        assert!(said.replace(',', "").contains(&range), "{range}: {said}");
    }
    assert!(said.contains("eight times in ten within ░"), "{said}");
}

#[test]
fn four_sessions_without_milk_are_answered_with_people_to_talk_to() {
    let home = Home::new();
    let log = |hour: &str| {
        home.done(&[
            "log",
            "pump",
            "--total",
            "0",
            "--tz",
            "UTC",
            "--start",
            &format!("2025-11-24T{hour}:00"),
        ]);
        home.json(&["today", "--at", "2025-11-24T20:00"])["flags"].to_string()
    };
    assert_eq!(["02", "08", "12"].map(log), ["[]", "[]", "[]"]);
    assert!(log("18").contains("talk to a midwife"));
}

/// The flags of a what-if are said by today too, in words and in JSON, before any other.
#[test]
fn a_red_flag_is_said_today() {
    let home = Home::new();
    let at = ["--tz", "UTC", "--start", "2025-11-24T09:00"];
    home.done(&[&["log", "symptom", "--what", "redness", "--temperature", "38.8"][..], &at].concat());
    let asked = ["today", "--at", "2025-11-24T20:00"];
    let flags = &home.json(&asked)["flags"];
    assert_eq!(flags.as_array().unwrap().len(), 1, "{flags}");
    assert!(flags[0]["what"].as_str().unwrap().contains("call a doctor or a midwife today"));
    assert!(home.done(&asked).out.contains("call a doctor or a midwife today"));
}

#[test]
fn a_what_if_says_both_ways_and_what_lies_between() {
    let home = Home::with_twenty_days();
    let answer = home.json(&["whatif", "add 05:30; massage", "--days", "3", "--at", NOW]);
    is_ready(&answer["twin"]);
    let all = "baseline change changed data_age_h difference now says stops twin unproven";
    assert_eq!(keys(&answer), all);
    for way in ["baseline", "changed"] {
        is_a_range(&answer[way]["total_ml"], NINETY);
        is_a_range(&answer[way]["days"][2]["ml"], NINETY);
    }
    assert_eq!(keys(&answer["difference"]["ml_per_day"]), NINETY);
    assert_eq!(answer["difference"]["sessions_per_day"], 1.0);
    assert_eq!(answer["change"], "add 05:30; massage");
    let said = home.done(&["whatif", "-5min", "--days", "3", "--at", NOW]).out;
    assert!(said.contains("As you do it") && said.contains("less a day"), "{said}");
}

#[test]
fn a_change_that_is_none_is_wrong_use() {
    let home = Home::with_a_session();
    home.run(&["whatif", "pump more"]).refused(2, &["is no change I know", "add 05:00"]);
    home.run(&["whatif", "drop 13:00"]).refused(1, &["more pump sessions with a volume"]);
}

#[test]
fn insights_answer_each_question_or_say_that_it_is_not_known() {
    let home = Home::with_twenty_days();
    let insights = home.json(&["insights", "--at", NOW]);
    let all = "after_weaning cues data_age_h drinks energy felt now nursing past_flow release rhythm techniques twin";
    assert_eq!(keys(&insights), all);
    assert!(insights["release"]["p_made_not_released"].as_f64().unwrap() < 0.2, "{insights}");
    assert!(insights["release"]["settles"]["observe"].is_string());
    for part in ["kcal_per_day", "food", "stores"] {
        is_a_range(&insights["energy"][part], EIGHTY);
    }
    let said = home.done(&["insights", "--at", NOW]).out;
    for title in ["Made and released", "Your week", "Drinks", "Energy"] {
        assert!(said.contains(&format!("{title}\n  ")), "{title}: {said}");
    }
    assert!(said.contains("not known yet") && !said.contains("NaN"), "{said}");
    assert!(said.lines().all(|line| line.chars().count() <= 120), "{said}");
}

#[test]
fn insights_of_an_empty_journal_are_friendly() {
    let home = Home::new();
    home.done(&["init"]);
    let said = home.done(&["insights"]).out;
    assert!(said.contains("not known yet") && said.contains("Drink to thirst"), "{said}");
}

#[test]
fn retraining_of_an_empty_journal_is_honest_and_a_diary_is_answered() {
    let home = Home::new();
    home.done(&["init"]);
    let said = home.done(&["retrain"]).out;
    assert!(said.contains("From the pump to the baby") && said.contains("Nothing is logged yet"), "{said}");
    let none = home.run(&["retrain", "--within", "0"]);
    assert!(none.code == 2 && none.err.contains("0 must be 1 to 15 minutes"), "{none:?}");

    home.write(
        "weeks.toml",
        "days = 6\nstart = \"2026-07-20\"\nzone = \"Europe/Berlin\"\nskip = 0\njitter_min = 0\ndetail = \"seconds\"\nlearned = \"pump\"\n\
         suck = 0.3\nstress = 0.6\nminutes = 12\n[[events]]\nfrom_day = 3\nleft = \"baby\"\nright = \"none\"\n",
    );
    home.done(&["simulate-log", "weeks.toml", "--diary", "diary.jsonl"]);
    home.done(&["import", "diary.jsonl"]);
    let answer = home.json(&["retrain", "--at", "2026-07-25T23:59+02:00"]);
    let all = "chance curve data_age_h done_on done_rule evidence limits next now options rung says setbacks state stopped to \
               tries unmeasured within_min";
    assert_eq!(keys(&answer), all);
    assert_eq!((&answer["evidence"]["pump"], &answer["evidence"]["nursing"]), (&18.into(), &18.into()));
    assert_eq!(answer["to"], "nursing");
    let said = home.done(&["retrain", "--at", "2026-07-25T23:59+02:00"]).out;
    for part in ["Your tries", "the middle", "Next: ", "What can come between", "never been measured"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(said.lines().all(|line| line.chars().count() <= 120), "{said}");
}

/// The second answer comes from the fit that was kept, digit for digit; a session more, or a broken file, and it is made anew.
#[test]
fn a_fit_is_kept_in_the_journals_folder_and_goes_with_it() {
    let home = Home::with_twenty_days();
    let today = |home: &Home| home.json(&["today", "--at", "2026-10-20T23:30:00+02:00[Europe/Berlin]"]);
    let first = today(&home);
    let kept = home.data().join("reckoned");
    let bytes = std::fs::read(&kept).unwrap();
    assert_eq!(today(&home), first);

    // That it is read, and not made anew, shows when it says something else.
    let mut other = bytes.clone();
    let ess_at = 2 + usize::from(bytes[0]) + "LDFIT".len() + 24;
    other[ess_at..ess_at + 8].copy_from_slice(&777.0f64.to_le_bytes());
    std::fs::write(&kept, &other).unwrap();
    assert_eq!(today(&home)["twin"]["ess"], 777.0);

    std::fs::write(&kept, &bytes[..bytes.len() / 2]).unwrap();
    assert_eq!(today(&home), first, "a broken file is as none");
    assert_eq!(std::fs::read(&kept).unwrap(), bytes);

    home.done(&[
        "log",
        "pump",
        "--total",
        "70",
        "--start",
        "2026-10-20T23:00:00+02:00[Europe/Berlin]",
        "--minutes",
        "15",
    ]);
    assert_ne!(today(&home)["twin"], first["twin"]);
    assert_ne!(std::fs::read(&kept).unwrap(), bytes, "another log, another fit");

    home.done(&["erase", "--yes"]);
    assert!(!home.data().exists());
}
