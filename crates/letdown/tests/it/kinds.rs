use crate::home::{Home, LATER};
use serde_json::{Value, json};

const NOW: [&str; 4] = ["--at", "2025-11-24T12:00", "--tz", "Europe/Berlin"];
const NOON: &str = "2025-11-24T12:00:00+01:00[Europe/Berlin]";

fn logged(home: &Home, args: &[&str]) -> Value {
    home.json(&[&["log"], args, &NOW].concat())
}

/// Each kind as it is typed, and the body that is kept, but for its start.
fn typed() -> Vec<(&'static str, Value)> {
    vec![
        (
            "pump --left 60 --right 2oz --technique photo,pause_massage --vacuum 180 --place balcony --felt tingling",
            json!({
            "left_ml": 60.0, "right_ml": 59.147, "right_typed": "2 oz", "techniques": ["photo", "pause_massage"],
            "vacuum_mmhg": 180.0, "place": "balcony", "felt": ["tingling"]}),
        ),
        ("hand --total 45 --technique warmth", json!({"total_ml": 45.0, "techniques": ["warmth"]})),
        (
            "nurse --first right --before 4000 --after 4080 --baby Mila",
            json!({
            "stints": [{"side": "right"}], "weighed": {"before_g": 4000.0, "after_g": 4080.0}, "baby": "Mila"}),
        ),
        (
            "nurse --first left --let-down-after 70 --place balcony",
            json!({"stints": [{"side": "left"}], "first_let_down_s": 70.0, "place": "balcony"}),
        ),
        ("nurse --first left --no-let-down", json!({"stints": [{"side": "left"}], "let_down": false})),
        ("bottle --amount 90 --milk expressed", json!({"intake_ml": 90.0, "milk": "expressed"})),
        ("bottle", json!({"milk": "unknown"})),
        (
            "bag --in --amount 4oz --place freezer --label 24/11",
            json!({
            "way": "in", "volume_ml": 118.294, "volume_typed": "4 oz", "place": "freezer", "label": "24/11"}),
        ),
        ("bag --out --use fed", json!({"way": "out", "use": "fed"})),
        ("weight --grams 4120", json!({"weight_g": 4120.0})),
        ("weight --kg 4.12", json!({"weight_g": 4120.0, "weight_typed": "4.12 kg"})),
        ("diaper --wet", json!({"wet": true, "soiled": false})),
        ("drink --amount 250 --what tea", json!({"what": "tea", "volume_ml": 250.0})),
        ("feeling --stress 4 --pain 2 --side left", json!({"stress": 4.0, "pain": 2.0, "side": "left"})),
        (
            "letdown --trigger cry --felt tingling --felt ache --leaked",
            json!({
            "trigger": "cry", "felt": ["tingling", "ache"], "leaked": true}),
        ),
        ("cue --what picture --latency 95", json!({"what": "picture", "latency_s": 95.0})),
        (
            "symptom --what other --side both --temperature 37.4",
            json!({
            "what": "other", "side": "both", "temperature_c": 37.4}),
        ),
        ("medicine --name ibuprofen --dose 400mg", json!({"name": "ibuprofen", "dose": "400mg"})),
        ("note --text quiet", json!({"text": "quiet"})),
        (
            "device --what flange --left-flange 21 --right-flange 24",
            json!({
            "what": "flange", "left_flange_mm": 21.0, "right_flange_mm": 24.0}),
        ),
        (
            "mother --name Ada --gave-birth 2025-10-03 --weight-kg 68.5",
            json!({
            "name": "Ada", "gave_birth": "2025-10-03", "weight_kg": 68.5}),
        ),
        (
            "baby --name Mila --born 2025-10-03 --gestation-days 276 --sex girl --birth-weight 3340",
            json!({
            "name": "Mila", "born": "2025-10-03", "gestation_days": 276, "sex": "girl", "birth_weight_g": 3340.0}),
        ),
    ]
}

#[test]
fn every_kind_can_be_written_down() {
    let home = Home::new();
    let typed = typed();
    for (line, kept) in &typed {
        let args: Vec<&str> = line.split(' ').collect();
        let entry = logged(&home, &args);
        let mut expected = kept.clone();
        expected["start"] = NOON.into();
        assert_eq!((&entry["kind"], &entry["body"]), (&json!(args[0]), &expected), "{line}");
    }
    assert_eq!(home.entries().len(), typed.len());
}

#[test]
fn breasts_stand_in_the_order_nursed_and_the_nursing_has_just_ended() {
    let home = Home::new();
    let body = |args: &[&str]| logged(&home, &[&["nurse"], args].concat())["body"].clone();
    let right = body(&["--left", "12", "--right", "8", "--first", "right", "--pause", "5"]);
    let stints = json!([{"side": "right", "minutes": 8.0}, {"side": "left", "minutes": 12.0, "pause_before_min": 5.0}]);
    assert_eq!(right["stints"], stints);
    assert_eq!(right["start"], "2025-11-24T11:35:00+01:00[Europe/Berlin]");
    assert_eq!(body(&["--left", "12", "--right", "8"])["stints"][0]["side"], "left");
    assert_eq!(body(&["--right", "8"])["stints"], json!([{"side": "right", "minutes": 8.0}]));
}

#[test]
fn what_was_saved_is_said_in_plain_words() {
    let home = Home::new();
    let said = home.done(&[&["log", "nurse", "--left", "12", "--right", "8"], &NOW[..]].concat()).out;
    assert_eq!(said, "Saved: nurse, left 12 min, right 8 min at 11:40 on Monday, 24 November.\n");
    let listed = home.done(&["list", "--at", LATER]).out;
    assert_eq!(listed, "2025-11-24 11:40  nurse  left 12 min, right 8 min\n");
}

#[test]
fn an_entry_is_changed_taken_back_and_let_stand_again() {
    let home = Home::new();
    let bottle = logged(&home, &["bottle", "--amount", "4 oz", "--milk", "expressed", "--note", "12"]);
    let id = bottle["root"].as_str().unwrap();
    let edited = home.json(&["edit", id, "intake_ml=100", "note=15", "baby=Mila", "start=2025-11-24T09:30"]);
    assert_eq!((&edited["root"], &edited["op"]), (&json!(id), &json!("put")));
    let body = json!({
        "start": "2025-11-24T09:30:00+01:00[Europe/Berlin]", "intake_ml": 100.0, "milk": "expressed", "baby": "Mila",
        "note": "15"
    });
    assert_eq!(edited["body"], body);
    let entry = home.entries().remove(0);
    assert_eq!((&entry["edited"], &entry["body"]), (&json!(true), &body));
    assert_eq!(home.json(&["edit", id, "note="])["body"].get("note"), None);

    assert_eq!(home.json(&["delete", id])["op"], "del");
    assert!(home.entries().is_empty());
    home.run(&["delete", id]).refused(1, &["was taken back", "letdown undelete"]);
    home.run(&["edit", id, "baby=Ada"]).refused(1, &["was taken back", "letdown undelete"]);
    home.done(&["undelete", id]);
    assert_eq!(home.entries()[0]["intake_ml"], 100.0);
    home.run(&["undelete", id]).refused(1, &["stands; nothing was taken back"]);
}

#[test]
fn a_change_that_cannot_be_changes_nothing() {
    let home = Home::new();
    let id = logged(&home, &["bottle", "--amount", "90"])["root"].as_str().unwrap().to_owned();
    let before = home.snapshot();
    for (field, words) in [
        ("intake_ml=-1", "field intake_ml: -1 mL is not a volume of milk"),
        ("milk=", "field milk: it is missing"),
        ("colour=white", "field colour: a bottle entry has no such field"),
        ("source=x", "field source: only an import writes it"),
        ("start=noon", "\"noon\" is not a time"),
        ("milk", "is not written field=value"),
    ] {
        home.run(&["edit", &id, field]).refused(2, &[words]);
    }
    let other = "01a20c5a-b180-7000-8000-000000000001";
    home.run(&["edit", other, "milk=formula"]).refused(1, &[other, "letdown list --ids"]);
    home.run(&["delete", other]).refused(1, &[other]);
    home.run(&["delete", "socks"]).refused(2, &["\"socks\" is not an entry id"]);
    assert_eq!(home.snapshot(), before);
}

#[test]
fn a_list_is_narrowed_by_any_kind_and_searched() {
    let home = Home::new();
    let note = logged(&home, &["note", "--text", "The blue one is loud"]);
    logged(&home, &["pump", "--total", "90", "--note", "on the Sofa"]);
    logged(&home, &["feeling", "--stress", "4"]);
    let listed = |args: &[&str]| home.done(&[&["list", "--at", LATER], args].concat()).out;
    assert_eq!(listed(&["--kind", "feeling"]), "2025-11-24 12:00  feeling stress 4 of 10\n");
    assert_eq!(listed(&["--search", "sofa"]), "2025-11-24 12:00  pump   90 mL out · “on the Sofa”\n");
    assert_eq!(listed(&["--search", "STRESS"]).lines().count(), 1);
    assert_eq!(listed(&["--search", "red"]), "No entries that hold this text.\n");
    let id = note["root"].as_str().unwrap();
    let line = format!("{id}  2025-11-24 12:00  note   The blue one is loud\n");
    assert_eq!(listed(&["--search", "blue", "--ids"]), line);
}
