//! The milk that was put by, against bags counted by hand.

use crate::logs::at;
use letdown_engine::{
    notebook::Notebook,
    plan::{Stash, stash},
};
use letdown_journal::body::Extra;

const NOW: &str = "2026-11-24T12:00:00+01:00[Europe/Berlin]";

/// Bags as `(day and hour, fields)`.
fn of(bags: &[(&str, &str)]) -> Option<Stash> {
    let mut notebook = Notebook::new("phone").unwrap();
    for (i, (start, fields)) in bags.iter().enumerate() {
        let mut fields: Extra = serde_json::from_str(fields).unwrap();
        fields.insert("start".into(), format!("{start}:00+01:00[Europe/Berlin]").into());
        let entry = notebook.log("bag", fields, &at(NOW), [i as u8; 10]).unwrap();
        notebook.add(vec![entry]).unwrap();
    }
    stash(notebook.journal(), &at(NOW))
}

fn put_by(stash: &Stash) -> Vec<&str> {
    stash.bags.iter().map(|bag| bag.put_by.as_str()).collect()
}

const THREE: [(&str, &str); 3] = [
    ("2026-11-01T08:00", r#"{"way": "in", "volume_ml": 120, "place": "freezer", "label": "1 Nov"}"#),
    ("2026-11-10T08:00", r#"{"way": "in", "volume_ml": 90, "place": "freezer", "label": "10 Nov"}"#),
    ("2026-11-23T08:00", r#"{"way": "in", "volume_ml": 100, "place": "fridge"}"#),
];

#[test]
fn what_goes_bad_first_is_used_first() {
    let told = of(&THREE).unwrap();
    assert_eq!(told.held_ml, 310.0);
    assert_eq!(put_by(&told), ["2026-11-23", "2026-11-01", "2026-11-10"]);
    let [fridge, freezer, _] = &told.bags[..] else { panic!("{told:?}") };
    assert_eq!((fridge.best_by.as_str(), fridge.use_by.as_str()), ("2026-11-27", "2026-11-27"));
    assert_eq!((freezer.best_by.as_str(), freezer.use_by.as_str()), ("2027-05-01", "2027-11-01"));
    assert!(
        told.says
            .starts_with("Put by: 310 mL in 3 bags. Use first the 100 mL of 2026-11-23 (fridge, good until")
    );
    assert!(told.says.contains("within 24 hours of thawing"), "{}", told.says);
    assert_eq!(of(&[]), None);
}

#[test]
fn a_bag_that_is_taken_out_is_the_one_with_its_label_else_the_oldest_that_fits() {
    let without = |out: &'static str| {
        let all = [&THREE[..], &[("2026-11-24T07:00", out)]].concat();
        put_by(&of(&all).unwrap()).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(without(r#"{"way": "out", "label": "10 Nov", "use": "fed"}"#), ["2026-11-23", "2026-11-01"]);
    assert_eq!(without(r#"{"way": "out", "volume_ml": 90, "use": "thawed"}"#), ["2026-11-23", "2026-11-01"]);
    assert_eq!(without(r#"{"way": "out", "place": "freezer"}"#), ["2026-11-23", "2026-11-10"]);
    assert_eq!(without(r#"{"way": "out"}"#), ["2026-11-23", "2026-11-10"]);
    assert_eq!(
        without(r#"{"way": "out", "volume_ml": 55}"#),
        ["2026-11-23", "2026-11-10"],
        "the oldest of all"
    );
}

#[test]
fn milk_past_its_time_is_not_counted_and_said_without_a_verdict() {
    let told = of(&[
        ("2026-11-10T08:00", r#"{"way": "in", "volume_ml": 80, "place": "fridge"}"#),
        ("2026-11-24T07:00", r#"{"way": "in", "volume_ml": 60, "place": "room"}"#),
        ("2026-11-24T09:00", r#"{"way": "in", "volume_ml": 70, "place": "room"}"#),
    ])
    .unwrap();
    assert_eq!(told.held_ml, 70.0);
    assert_eq!(told.bags.iter().map(|bag| bag.over).collect::<Vec<_>>(), [false, true, true]);
    assert_eq!(told.bags[0].use_by, "2026-11-24 13:00");
    assert!(
        told.says.ends_with("2 bags are past the time that milk keeps; if it was used, log it as taken out.")
    );
    let all_out = of(&[THREE[0], ("2026-11-24T07:00", r#"{"way": "out"}"#)]).unwrap();
    assert_eq!((all_out.held_ml, all_out.says.as_str()), (0.0, "Nothing is put by now."));
}
