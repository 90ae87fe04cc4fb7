use crate::home::{Home, keys};
use serde_json::Value;

const NOW: &str = "2026-10-20T15:10";

#[test]
fn a_plan_keeps_its_contract_and_becomes_a_calendar() {
    let home = Home::with_twenty_days();
    let plan =
        home.json(&["plan", "--goal", "raise", "--sleep", "23:30-05:30", "--ics", "plan.ics", "--at", NOW]);
    let all = "assumed data_age_h days expected goal if_missed limits_hit next_best now reaches reasons says schedule stash \
               target_ml twin until";
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
