use crate::home::{Home, keys};
use serde_json::Value;

const EVE: &str = "2026-10-20T23:30:00+02:00[Europe/Berlin]";

fn day(day: u32, clock: &str) -> String {
    format!("2026-10-{day}T{clock}:00+02:00[Europe/Berlin]")
}

fn drawn(home: &Home, at: &str) -> Value {
    home.json(&["trial", "next", "--at", at])
}

/// From the question to the page, through the door.
#[test]
fn a_trial_goes_from_its_question_to_its_page() {
    let home = Home::with_twenty_days();
    let plan = home.json(&["trial", "start", "picture", "--dry-run", "--at", EVE]);
    assert!(plan["id"].is_null() && plan["planned"]["sessions"].as_u64().unwrap() >= 16, "{plan}");
    assert_eq!(home.json(&["trial", "--at", EVE])["trials"], Value::Array(Vec::new()), "nothing was begun");
    let begun = home.json(&["trial", "start", "picture", "--at", EVE]);
    assert_eq!(plan["planned"], begun["planned"], "what is begun is what was planned");
    home.run(&["trial", "start", "massage", "--at", EVE]).refused(1, &["a trial runs already", "trial stop"]);

    let now = day(21, "20:00");
    for clock in ["03:00", "08:00", "13:00"] {
        let start = day(21, clock);
        let next = drawn(&home, &start);
        assert_eq!(keys(&next), "arm fresh number part says trial");
        assert_eq!((&next["trial"], &next["fresh"]), (&begun["id"], &Value::Bool(true)));
        let again = drawn(&home, &start);
        assert_eq!((&again["arm"], &again["fresh"]), (&next["arm"], &Value::Bool(false)));
        let photo = if next["arm"] == "with" { &["--photo"][..] } else { &[] };
        let logged = ["log", "pump", "--total", "120", "--minutes", "15", "--start", &start, "--at", &now];
        home.done(&[&logged, photo].concat());
    }
    let page = home.json(&["trial", "show", "--at", &now]);
    assert_eq!((&page["counted"], &page["claim"]), (&Value::from(3), &Value::from("too_early")));
    assert_eq!((&page["expected_by"], &page["state"]), (&Value::from("twin"), &Value::from("running")));
    let kept = |arm: &str| page[arm]["as_drawn"].as_u64().unwrap() + page[arm]["otherwise"].as_u64().unwrap();
    assert_eq!(kept("with") + kept("without"), 3, "{page}");
    let said = home.done(&["trial", "show", "--at", &now]).out;
    assert!(said.starts_with("Do sessions with a picture of your baby bring more milk?"), "{said}");
    assert!(
        said.contains("Not known yet: 3 of") && said.contains("You know which it is each time"),
        "{said}"
    );
}

#[test]
fn a_trial_is_ended_and_goes_on() {
    let home = Home::with_a_session();
    let at = ["--at", EVE];
    home.done(&[&["trial", "start", "warm_shield"], &at[..]].concat());
    let state = || home.json(&[&["trial"], &at[..]].concat())["trials"][0]["state"].clone();
    home.done(&[&["trial", "stop"], &at[..]].concat());
    assert_eq!(state(), "stopped");
    home.run(&[&["trial", "next"], &at[..]].concat()).refused(1, &["no trial runs"]);
    home.run(&[&["trial", "stop"], &at[..]].concat()).refused(1, &["none to end"]);
    home.done(&[&["trial", "stop", "--undo"], &at[..]].concat());
    assert_eq!(state(), "running");
    home.run(&[&["trial", "stop", "--undo"], &at[..]].concat()).refused(1, &["one at a time"]);
}

#[test]
fn without_a_trial_there_is_a_way_to_one() {
    let home = Home::with_a_session();
    let said = home.done(&["trial", "--at", EVE]).out;
    assert!(said.contains("No trial yet.") && said.contains("--dry-run"), "{said}");
    home.run(&["trial", "show", "--at", EVE]).refused(1, &["there is no trial yet"]);
    home.run(&["trial", "start", "luck", "--at", EVE]).refused(2, &["luck", "picture, massage"]);
    assert_eq!(home.run(&["trial", "start", "picture", "--smallest", "0%", "--at", EVE]).code, 2);
}
