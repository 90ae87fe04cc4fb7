use crate::logs::{at, ten};
use letdown_engine::notebook::{Line, Notebook, Query};
use letdown_journal::{
    body::{Body, Extra},
    entry::Entry,
    moment::Moment,
};
use serde_json::{Value, json};

fn now() -> Moment {
    at("2026-11-24T12:00:00+01:00[Europe/Berlin]")
}

fn fields(value: Value) -> Extra {
    serde_json::from_value(value).unwrap()
}

fn body(entry: &Entry) -> Value {
    serde_json::from_str(entry.body.get()).unwrap()
}

/// A notebook of these, each a minute after the other from 08:00.
fn of(logged: &[(&str, Value)]) -> Notebook {
    let mut notebook = Notebook::new("phone").unwrap();
    for (i, (kind, said)) in logged.iter().enumerate() {
        let mut said = fields(said.clone());
        said.entry("start").or_insert_with(|| format!("2026-11-24T08:{i:02}").into());
        let entry = notebook.log(kind, said, &now(), ten(i));
        assert!(entry.is_ok(), "{kind}: {entry:?}");
        let entry = entry.unwrap();
        notebook.add(vec![entry]).unwrap();
    }
    notebook
}

fn found(notebook: &Notebook, query: Value) -> Vec<Line> {
    let query: Query = serde_json::from_value(query).unwrap();
    notebook.find(&query, &now()).unwrap()
}

fn words(lines: &[Line]) -> Vec<String> {
    lines.iter().map(|line| format!("{}: {}", line.kind, line.says)).collect()
}

/// One of each kind as a screen would say it, and the words a list has for it.
fn one_of_each() -> Vec<(&'static str, Value, &'static str)> {
    vec![
        (
            "pump",
            json!({"left_ml": 60, "right_typed": "2.5 oz", "minutes": 18, "techniques": ["pause_massage"]}),
            "left 60 mL, right 2.5 oz, 18 min, with pause massage",
        ),
        ("hand", json!({"total_ml": 45, "minutes": 12}), "45 mL, 12 min"),
        (
            "nurse",
            json!({"stints": [{"side": "left", "minutes": 12}, {"side": "right", "minutes": 8}],
                "weighed": {"before_g": 4000, "after_g": 4103}, "felt": ["tingling"],
                "first_let_down_s": 70, "place": "the blue chair"}),
            "left 12 min, right 8 min, drank 100 mL, felt tingling, milk after 70 s, the blue chair",
        ),
        ("bottle", json!({"intake_typed": "3 oz", "milk": "expressed"}), "drank 88.7 mL, expressed"),
        (
            "bag",
            json!({"way": "out", "volume_ml": 120, "place": "freezer", "use": "fed"}),
            "120 mL, taken out, freezer, fed",
        ),
        ("weight", json!({"weight_typed": "9 lb 2 oz"}), "9 lb 2 oz"),
        ("diaper", json!({"wet": true, "soiled": true}), "wet, soiled"),
        ("drink", json!({"what": "tea", "volume_ml": 250}), "250 mL, tea"),
        ("feeling", json!({"stress": 4, "pain": 2, "side": "left"}), "stress 4 of 10, pain 2 of 10, left"),
        (
            "letdown",
            json!({"trigger": "cry", "felt": ["tightening", "ache"], "leaked": true}),
            "cry, felt tightening, felt ache, leaked",
        ),
        ("cue", json!({"what": "picture", "minutes": 3, "latency_s": 95}), "picture, 3 min, milk after 95 s"),
        (
            "symptom",
            json!({"what": "blocked_duct", "side": "right", "temperature_c": 37.4}),
            "blocked duct, right, 37.4 °C",
        ),
        ("medicine", json!({"name": "ibuprofen", "dose": "400 mg"}), "ibuprofen, 400 mg"),
        ("note", json!({"text": "Slept five hours."}), "Slept five hours."),
        (
            "plan",
            json!({"goal": "work", "until": "2026-12-20", "steps": [{"clock": "09:30"}, {"clock": "14:00"}]}),
            "for days at work, 2 times a day, until 20 Dec 2026",
        ),
        (
            "trial",
            json!({"technique": "warmth", "state": "running", "sessions": 20}),
            "with warmth, goes on, planned for 20 sessions",
        ),
        (
            "assignment",
            json!({"trial": "01a20c5a-b180-7000-8000-000000000010", "part": "morning", "number": 3, "with": true}),
            "drawn: with it, morning",
        ),
        (
            "device",
            json!({"what": "flange", "left_flange_mm": 21, "right_flange_mm": 24}),
            "flange, left 21 mm, right 24 mm",
        ),
        (
            "mother",
            json!({"name": "Ada", "gave_birth": "2026-10-03", "weight_kg": 68.5}),
            "Ada, gave birth 2026-10-03, 68.5 kg",
        ),
        ("baby", json!({"name": "Mila", "born": "2026-10-03", "sex": "girl"}), "Mila, born 2026-10-03, girl"),
    ]
}

#[test]
fn every_kind_is_written_down_and_said_in_plain_words() {
    let all = one_of_each();
    assert_eq!(all.iter().map(|(kind, ..)| *kind).collect::<Vec<_>>(), Body::KINDS);
    let notebook = of(&all.iter().map(|(kind, said, _)| (*kind, said.clone())).collect::<Vec<_>>());
    let lines = notebook.lines(&now(), usize::MAX);
    assert_eq!(lines.len(), all.len());
    for ((kind, said, says), line) in all.into_iter().zip(lines.iter().rev()) {
        assert_eq!((line.kind.as_str(), line.says.as_str()), (kind, says));
        let kept: Value = serde_json::from_str(line.body.get()).unwrap();
        for (name, value) in fields(said) {
            let same =
                kept[&name] == value || kept[&name].as_f64().is_some_and(|n| Some(n) == value.as_f64());
            assert!(same || value.is_object() || value.is_array(), "{kind} {name}: {kept}");
        }
        assert!(!line.edited && line.imported_from.is_none());
    }
}

#[test]
fn a_total_is_said_where_it_says_more_than_the_sides() {
    let notebook = of(&[
        ("pump", json!({"left_ml": 60, "right_ml": 75, "total_ml": 135})),
        ("hand", json!({"left_ml": 60, "total_ml": 135})),
    ]);
    assert_eq!(
        words(&notebook.lines(&now(), 2)),
        ["hand: left 60 mL, 135 mL", "pump: left 60 mL, right 75 mL"]
    );
}

#[test]
fn without_a_start_it_has_just_ended_after_its_length() {
    let notebook = Notebook::new("phone").unwrap();
    let start = |kind: &str, said: Value| {
        let entry = notebook.log(kind, fields(said), &now(), ten(1)).unwrap();
        entry.body().unwrap().unwrap().start().strftime("%H:%M").to_string()
    };
    assert_eq!(start("pump", json!({"left_minutes": 20, "right_minutes": 15})), "11:40");
    let stints =
        json!([{"side": "left", "minutes": 10}, {"side": "right", "minutes": 5, "pause_before_min": 2}]);
    assert_eq!(start("nurse", json!({ "stints": stints })), "11:43");
    assert_eq!(start("feeling", json!({"stress": 1})), "12:00");
}

#[test]
fn amounts_are_kept_as_typed() {
    let notebook = Notebook::new("phone").unwrap();
    let kept = |kind: &str, said: Value| body(&notebook.log(kind, fields(said), &now(), ten(1)).unwrap());
    let bottle = kept("bottle", json!({"milk": "formula", "intake_typed": "4 oz"}));
    assert_eq!((&bottle["intake_ml"], &bottle["intake_typed"]), (&json!(118.294), &json!("4 oz")));
    let plain = kept("bottle", json!({"milk": "formula", "intake_typed": "90 ml"}));
    assert_eq!((&plain["intake_ml"], plain.get("intake_typed")), (&json!(90.0), None));
    let weight = kept("weight", json!({"weight_typed": "4.12 kg"}));
    assert_eq!((&weight["weight_g"], &weight["weight_typed"]), (&json!(4120.0), &json!("4.12 kg")));
}

#[test]
fn what_cannot_be_gets_a_sentence_that_names_the_field() {
    let notebook = Notebook::new("phone").unwrap();
    for (kind, said, sentence) in [
        ("nap", json!({}), "\"nap\" is not a kind of entry; there are pump, hand, nurse"),
        ("pump", json!({"totl_ml": 5}), "field totl_ml: a pump entry has no such field"),
        ("pump", json!({"source": {}}), "field source: only an import writes it"),
        (
            "bottle",
            json!({"milk": "formula", "intake_typed": "4 cups"}),
            "field intake_typed: \"cups\" is not a unit",
        ),
        ("bottle", json!({"milk": "formula", "intake_typed": "4"}), "write it like 120 ml or 4 oz"),
        ("weight", json!({"weight_typed": "heavy"}), "field weight_typed: \"heavy\" is not a weight"),
        ("feeling", json!({"stress": 11}), "field stress: 11 must lie between 0 and 10"),
        ("diaper", json!({"wet": true}), "field soiled: it is missing"),
        ("note", json!({"text": "  "}), "field text: it is missing"),
        ("cue", json!({"what": "music", "start": "noon"}), "\"noon\" is not a time"),
    ] {
        let error = notebook.log(kind, fields(said), &now(), ten(1)).unwrap_err().to_string();
        assert!(error.contains(sentence), "{kind}: {error}");
    }
}

/// An imported bottle that a later version wrote as well.
fn imported() -> Notebook {
    let text = r#"{"v":1,"id":"01a20c5a-b180-7000-8000-000000000001","device":"tablet","seq":1,"hlc":"01a20c5ab180-0000","kind":"bottle","op":"put","root":"01a20c5a-b180-7000-8000-000000000001","body":{"start":"2026-11-24T08:00:00+01:00[Europe/Berlin]","intake_ml":118.294,"intake_typed":"4 oz","milk":"expressed","note":"calm","source":{"app":"nighp","batch":"b","digests":["d"]},"warmth_c":36.5}}"#;
    let mut notebook = Notebook::new("phone").unwrap();
    notebook.add(vec![Entry::read(text).unwrap()]).unwrap();
    notebook
}

#[test]
fn an_edit_changes_what_it_names_and_nothing_beside() {
    let mut notebook = imported();
    let root = notebook.lines(&now(), 1)[0].root.clone();
    let entry = notebook
        .edit(&root, fields(json!({"intake_ml": 100, "note": null, "baby": "Mila"})), &now(), ten(1))
        .unwrap();
    let expected = json!({
        "start": "2026-11-24T08:00:00+01:00[Europe/Berlin]", "intake_ml": 100.0, "milk": "expressed", "baby": "Mila",
        "source": {"app": "nighp", "batch": "b", "digests": ["d"]}, "warmth_c": 36.5,
    });
    assert_eq!(body(&entry), expected, "4 oz is no longer what was typed; source and warmth_c stay");
    notebook.add(vec![entry]).unwrap();
    let line = notebook.lines(&now(), 1).remove(0);
    assert_eq!((line.root, line.edited, line.imported_from.as_deref()), (root.clone(), true, Some("nighp")));

    let typed = notebook.edit(
        &root,
        fields(json!({"intake_typed": "2 oz", "start": "2026-11-24T09:30"})),
        &now(),
        ten(2),
    );
    let typed = body(&typed.unwrap());
    assert_eq!((&typed["intake_ml"], &typed["intake_typed"]), (&json!(59.147), &json!("2 oz")));
    assert_eq!(typed["start"], "2026-11-24T09:30:00+01:00[Europe/Berlin]");
}

#[test]
fn an_edit_that_cannot_be_gets_a_sentence() {
    let mut notebook = imported();
    let root = notebook.lines(&now(), 1)[0].root.clone();
    let refused = |notebook: &Notebook, said: Value| {
        notebook.edit(&root, fields(said), &now(), ten(1)).unwrap_err().to_string()
    };
    assert!(refused(&notebook, json!({"milk": null})).contains("field milk: it is missing"));
    assert!(
        refused(&notebook, json!({"colour": "white"}))
            .contains("field colour: a bottle entry has no such field")
    );
    let gone = notebook.remove(&root, &now(), ten(2)).unwrap();
    notebook.add(vec![gone]).unwrap();
    assert!(refused(&notebook, json!({"baby": "Mila"})).contains("was taken back; let it stand again first"));
    let back = notebook.restore(&root, &now(), ten(3)).unwrap();
    notebook.add(vec![back]).unwrap();
    assert!(!notebook.lines(&now(), 1)[0].edited, "it stands as it did");
}

#[test]
fn lines_are_found_by_day_kind_and_text() {
    let notebook = of(&[
        ("note", json!({"text": "The Blue Pump is loud"})),
        ("pump", json!({"total_ml": 90, "device": "blue", "note": "on the SOFA"})),
        ("diaper", json!({"wet": true, "soiled": false, "start": "2026-11-23T23:59"})),
        ("drink", json!({"what": "tea", "start": "2026-11-25T00:00"})),
    ]);
    let all = ["drink: tea", "pump: 90 mL", "note: The Blue Pump is loud", "diaper: wet"];
    assert_eq!(words(&found(&notebook, json!({}))), all);
    let day = json!({"from": "2026-11-24", "to": "2026-11-24"});
    assert_eq!(words(&found(&notebook, day)), all[1..3], "a day is whole, and not a minute more");
    assert_eq!(words(&found(&notebook, json!({"text": "sofa"}))), all[1..2]);
    assert_eq!(words(&found(&notebook, json!({"text": "PUMP"}))), all[1..3]);
    assert_eq!(words(&found(&notebook, json!({"kind": "note"}))), all[2..3]);
    assert_eq!(words(&found(&notebook, json!({"limit": 1, "to": "2026-11-24T08:01"}))), all[2..3]);
    assert!(found(&notebook, json!({"text": "sofas"})).is_empty());
    let soon = Query { from: Some("soon".into()), ..Query::default() };
    assert!(notebook.find(&soon, &now()).unwrap_err().to_string().contains("\"soon\" is not a time"));
}

#[test]
fn an_odd_value_is_confirmed_until_it_is_changed() {
    let mut notebook = of(&[("pump", json!({"total_ml": 1331}))]);
    let line = |notebook: &Notebook| found(notebook, json!({})).remove(0);
    let root = line(&notebook).root;
    let change = |notebook: &mut Notebook, said: Value, n: usize| {
        let entry = notebook.edit(&root, fields(said), &now(), ten(n)).unwrap();
        notebook.add(vec![entry]).unwrap();
    };
    assert_eq!(line(&notebook).flags.len(), 1);
    change(&mut notebook, json!({"confirmed": true}), 20);
    assert_eq!(line(&notebook).flags.len(), 0);
    let trusted = |notebook: &Notebook| notebook.observed(&now()).trusted_outputs_ml();
    assert_eq!(trusted(&notebook), [1331.0], "now it is fitted");
    change(&mut notebook, json!({"note": "twins"}), 21);
    assert_eq!(line(&notebook).flags.len(), 0, "a note changes no value");
    change(&mut notebook, json!({"total_ml": 1431}), 22);
    assert_eq!(
        (line(&notebook).flags.len(), trusted(&notebook).len()),
        (1, 0),
        "this value was not confirmed"
    );
    let refused = notebook.edit(&root, fields(json!({"confirmed": "yes"})), &now(), ten(23)).unwrap_err();
    assert!(refused.to_string().contains("confirmed"), "{refused}");
}
