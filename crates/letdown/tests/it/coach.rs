use crate::home::{Home, keys};

fn fixture(name: &str) -> String {
    format!("{}/../../fixtures/scenarios/{name}.toml", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn prompts_come_with_their_time_reason_and_limits() {
    let home = Home::new();
    let out = home.done(&["coach", &fixture("coach-usual")]).out;
    assert!(out.starts_with(" 0:00  Start with a picture of your baby"), "{out}");
    for said in [
        "why  ",
        "from ",
        "but  ",
        "[Massage now]  [Not now]  [Stop]",
        " 8:00  > she does it",
        "It came again",
    ] {
        assert!(out.contains(said), "{said}: {out}");
    }
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
    assert!(out.trim_end().ends_with("A declared flow. Nobody's milk."));
    assert!(!home.has_journal(), "a declared session opens no journal");
}

#[test]
fn a_sore_breast_is_never_asked_for_more() {
    let told = Home::new().json(&["coach", &fixture("coach-sore-breast")]);
    assert_eq!(keys(&told), "look prompts said simulated");
    let ids: Vec<&str> =
        told["prompts"].as_array().unwrap().iter().map(|p| p["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["cue", "came", "comfortable"]);
}

#[test]
fn a_simulated_woman_is_said_to_be_one_and_a_seed_names_her() {
    let home = Home::new();
    let run = |seed: &str| home.done(&["coach", &fixture("coach-simulated"), "--seed", seed]).out;
    assert!(run("3").trim_end().ends_with("Simulated. Nobody was measured."));
    assert_eq!(run("3"), run("3"));
    assert_ne!(run("3"), run("4"));
}

#[test]
fn a_scenario_that_is_none_is_refused_in_one_sentence() {
    let home = Home::new();
    home.write("wrong.toml", "gaol = \"raise\"\n");
    home.run(&["coach", "wrong.toml"]).refused(1, &["wrong.toml", "gaol", "goal is"]);
    home.run(&["coach", "gone.toml"]).refused(1, &["gone.toml", "cannot be read"]);
}
