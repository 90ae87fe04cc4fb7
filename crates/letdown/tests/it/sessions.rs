use crate::home::{Home, keys};

const PUMPING: &str = "source = \"pump\"\nminutes = 12\nfullness = 0.5\n";

fn with_a_session(toml: &str) -> Home {
    let home = Home::new();
    home.write("session.toml", toml);
    home
}

#[test]
fn a_session_keeps_its_contract() {
    let home = with_a_session(PUMPING);
    let one = home.json(&["session", "session.toml"]);
    assert_eq!(
        keys(&one),
        "available_ml ended_because first_s letdown_count letdowns minutes mothers slowed_s taken_ml total_ml visible_count"
    );
    assert_eq!(keys(&one["taken_ml"]), "left right");
    assert_eq!(keys(&one["letdowns"][0]), "at_s felt volume_ml");
    assert!(one["letdowns"][0]["felt"].is_boolean());
    assert_eq!((one["minutes"].as_f64(), one["ended_because"].as_str()), (Some(12.0), Some("time")));
    assert_eq!(home.json(&["session", "session.toml"]), one);
    assert_ne!(home.json(&["session", "session.toml", "--seed", "2"]), one);
}

#[test]
fn several_women_are_means_with_their_spread() {
    let home = with_a_session(PUMPING);
    let many = home.json(&["session", "session.toml", "--mothers", "50"]);
    assert_eq!(many["mothers"], 50);
    assert!(many["sd"]["total_ml"].as_f64().unwrap() > 10.0);
    assert!(many["letdowns"][0]["felt"].as_f64().unwrap() <= 1.0);
    assert!(many["works_within_5_min"].as_f64().unwrap() > 0.9);
}

#[test]
fn a_session_is_told_and_drawn() {
    let home = with_a_session(PUMPING);
    let ran = home.run(&["session", "session.toml", "--plot", "session.svg"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("Taken") && ran.out.contains("mL") && ran.out.contains("Simulated"), "{ran:?}");
    let svg = std::fs::read_to_string(home.path("session.svg")).unwrap();
    assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>") && !svg.contains("NaN"));
}

#[test]
fn what_is_no_session_is_refused_in_one_line() {
    for (toml, word) in [
        ("milk_ml = -5", "milk_ml: -5 must lie between 0 and 1000 mL"),
        ("vacuum = 10", "vacuum: 10 must lie between 0 and 1.5"),
        ("minutes = nan", "minutes: NaN must lie between"),
        ("minutes = 1800", "minutes: 1800 must lie between 0.1 and 120 min"),
        ("cues = [\"moonlight\"]", "\"moonlight\" is not known here"),
        ("[left\n", "line 1"),
    ] {
        let home = with_a_session(toml);
        let ran = home.run(&["session", "session.toml", "--json"]);
        assert_eq!(
            (ran.code, ran.out.as_str(), ran.err.trim_end().lines().count()),
            (1, "", 1),
            "{toml}: {ran:?}"
        );
        assert!(ran.err.starts_with("letdown: session.toml: ") && ran.err.contains(word), "{toml}: {ran:?}");
    }
}

#[test]
fn her_own_twin_is_asked_for_where_there_is_none() {
    let home = with_a_session("mother = \"posterior\"");
    let ran = home.run(&["session", "session.toml"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{ran:?}");
}

#[test]
fn experiments_keep_their_contract() {
    let home = Home::new();
    let rows = home.json(&["experiments", "--only", "double15-share"]);
    assert_eq!(keys(&rows), "rows");
    assert_eq!(keys(&rows["rows"][0]), "id mc_error ok published quantity role simulated source tolerance");
    let claims = home.json(&["experiments", "--claims", "--only", "M4-massage-while"]);
    assert_eq!(claims["rows"][0]["ok"], true);
    assert_eq!(claims["rows"][0]["contrast_off"], 0.0);
    home.run(&["experiments", "--only", "unheard-of"]).refused(2, &["unheard-of"]);
}
