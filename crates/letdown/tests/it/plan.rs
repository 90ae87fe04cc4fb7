use crate::home::{Home, keys};
use serde_json::Value;

const NOW: &str = "2026-10-20T15:10";

#[test]
fn a_plan_keeps_its_contract_and_becomes_a_calendar() {
    let home = Home::with_twenty_days();
    let plan =
        home.json(&["plan", "--goal", "raise", "--sleep", "23:30-05:30", "--ics", "plan.ics", "--at", NOW]);
    let all = "assumed data_age_h days expected first_side goal if_missed limits_hit needs next_best now reaches reasons says \
               schedule stash target_ml travel twin until";
    assert_eq!(keys(&plan), all);
    let schedule = plan["schedule"].as_array().unwrap();
    assert!(14 * 3 < schedule.len(), "{plan}");
    assert_eq!(keys(&schedule[0]), "at minutes side technique");
    assert_eq!(keys(&plan["expected"]["ml_per_day"]), "p10 p50 p90");
    assert!(plan["expected"]["change_ml"].as_f64().unwrap() > 0.0, "{plan}");
    let text = std::fs::read_to_string(home.path("plan.ics")).unwrap();
    assert_eq!(text.matches("BEGIN:VALARM").count(), schedule.len());
    assert!(text.lines().all(|line| line.len() <= 75));
    home.run(&["plan", "--goal", "raise", "--ics", "plan.ics", "--at", NOW]).refused(1, &["--force"]);
}

#[test]
fn what_came_of_a_kept_plan_is_said_without_a_verdict() {
    let home = Home::with_twenty_days();
    home.run(&["plan", "--follow", "--at", NOW]).refused(1, &["no plan was kept"]);
    home.done(&["plan", "--goal", "raise", "--keep", "--at", "2026-10-15T15:10"]);
    assert_eq!(home.kinds()["plan"], 1);
    let told = home.json(&["plan", "--follow", "--at", NOW]);
    assert_eq!(told["followed"]["days"], 4, "{told}");
    assert!((4.0..=6.0).contains(&told["followed"]["came_per_day"].as_f64().unwrap()), "{told}");
    assert!(told["schedule"].as_array().is_some_and(|rows| !rows.is_empty()));
}

#[test]
fn a_plan_is_said_in_words() {
    let home = Home::with_twenty_days();
    let said = home.done(&["plan", "--goal", "wean", "--at", NOW]).out;
    assert!(said.starts_with("One session after the other goes"), "{said}");
    assert!(said.contains("Learned from"), "{said}");
}

#[test]
fn an_empty_journal_is_planned_for_with_what_is_assumed() {
    let home = Home::new();
    home.done(&["init"]);
    let plan = home.json(&["plan", "--goal", "hold", "--at", "2026-10-20T15:10", "--tz", "Europe/Berlin"]);
    assert!(plan["assumed"].as_str().unwrap().contains("simulated women"), "{plan}");
    assert_eq!(plan["data_age_h"], Value::Null);
    home.run(&["plan", "--goal", "more"]).refused(2, &["raise"]);
    home.run(&["plan", "--goal", "raise", "--by", "soon"]).refused(2, &["2026-12-24"]);
}

#[test]
fn the_way_home_is_planned_for_as_many_babies_as_are_said() {
    let home = Home::with_twenty_days();
    home.done(&[
        "log",
        "baby",
        "--name",
        "Mila",
        "--born",
        "2026-08-20",
        "--tz",
        "Europe/Berlin",
        "--start",
        "2026-08-21T09:00",
    ]);
    let plan = home.json(&["plan", "--goal", "home", "--babies", "2", "--by", "2026-11-10", "--at", NOW]);
    assert_eq!(
        (plan["until"].as_str(), plan["needs"]["on"].as_str()),
        (Some("2026-11-10"), Some("2026-11-10"))
    );
    assert_eq!(keys(&plan["needs"]), "assumed babies born_early feeding ml_per_day on says");
    assert_eq!(keys(&plan["needs"]["babies"][0]), "age_days ml_per_day name weight_from weight_g");
    assert_eq!(plan["needs"]["babies"][0]["age_days"], 82, "{plan}");
    assert_eq!(keys(&plan["needs"]["feeding"]), "in_turn_min_per_day says together_min_per_day");
    let said = home.done(&["plan", "--goal", "home", "--to", "700 ml", "--keep", "--at", NOW]).out;
    assert!(
        said.starts_with("Where no weight is logged") && said.contains("Your baby may drink about"),
        "{said}"
    );
    assert_eq!(home.kinds()["plan"], 1);
    home.run(&["plan", "--goal", "wean", "--babies", "2"]).refused(2, &["leave it out with wean"]);
}

#[test]
fn a_journey_is_told_in_both_zones() {
    let home = Home::with_twenty_days();
    let journey = [
        "plan",
        "--travel",
        "2026-10-23T14:00+11h30",
        "--to-zone",
        "Asia/Tokyo",
        "--ics",
        "way.ics",
        "--at",
        NOW,
    ];
    let plan = home.json(&journey);
    assert_eq!(plan["goal"], "hold");
    let travel = "aligned_from arrives departs home_zone longest_gap_h safe_gap_h says shift_h zone";
    assert_eq!(keys(&plan["travel"]), travel);
    let schedule = plan["schedule"].as_array().unwrap();
    assert_eq!(keys(&schedule[0]), "at minutes side technique");
    let last = schedule.last().unwrap();
    assert_eq!(keys(last), "at home_at minutes side technique");
    assert!(last["at"].as_str().unwrap().ends_with("+09:00[Asia/Tokyo]"), "{last}");
    assert!(last["home_at"].as_str().unwrap().ends_with("[Europe/Berlin]"), "{last}");
    let text = std::fs::read_to_string(home.path("way.ics")).unwrap();
    assert_eq!(text.matches("BEGIN:VEVENT").count(), schedule.len());
    assert!(text.lines().all(|line| line.len() <= 75));
    let said = home.done(&[&journey[..5], &["--at", NOW]].concat()).out;
    assert!(said.contains("at most 2 h a day") && said.contains("at home)"), "{said}");
    home.run(&["plan", "--travel", "2026-10-23T14:00+11h30"]).refused(2, &["like Asia/Tokyo"]);
    home.run(&["plan", "--travel", "soon", "--to-zone", "Asia/Tokyo", "--at", NOW])
        .refused(2, &["like 2026-12-20T14:00+11h"]);
}
