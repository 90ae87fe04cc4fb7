//! `letdown scale`, as far as it goes without a scale.

use crate::home::Home;

#[test]
fn the_known_scales_are_listed_and_no_journal_is_made() {
    let home = Home::new();
    let said = home.done(&["scale", "--known"]).out;
    for part in [
        "acaia-umbra",
        "Half Decent",
        "its name: skale...",
        "steps of 5 g; for weighing before and after a feed",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!home.has_journal());
}

#[test]
fn the_known_scales_are_one_json_object() {
    let home = Home::new();
    let said = home.json(&["scale", "--known"]);
    let scales = said["scales"].as_array().unwrap();
    assert_eq!(scales.len(), 17);
    let settled: Vec<&str> = scales
        .iter()
        .filter(|scale| scale["is_stream"] == false)
        .map(|scale| scale["word"].as_str().unwrap())
        .collect();
    assert_eq!(settled, ["weight-service"]);
}

#[test]
fn a_word_that_is_no_scale_is_wrong_use() {
    let home = Home::new();
    let ran = home.run(&["scale", "--name", "x", "--kind", "teapot"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("--known"), "{ran:?}");
}

#[cfg(not(feature = "bluetooth"))]
#[test]
fn without_bluetooth_it_says_how_to_build_one_that_has_it() {
    let home = Home::new();
    home.run(&["scale", "--out", "trace.csv"]).refused(1, &["--features bluetooth", "libdbus-1-dev"]);
    assert!(!home.path("trace.csv").exists());
}
