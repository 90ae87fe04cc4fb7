use letdown_engine::scenario::{Sat, Sitting, answer};

fn sat(toml: &str, women: u64) -> Vec<Sat> {
    let sitting = Sitting::read(toml).unwrap();
    (0..women).map(|seed| sitting.run(seed, &[])).collect()
}

fn mean_ml(toml: &str) -> f64 {
    answer(&sat(toml, 60)).total_ml
}

/// A line that is no session, and what its refusal must name.
const REFUSED: [(&str, &[&str]); 23] = [
    ("vacuum = 10", &["vacuum", "10 must lie between 0 and 1.5"]),
    ("minutes = 1800", &["minutes", "1800", "120 min"]),
    ("minutes = nan", &["minutes", "NaN", "min"]),
    ("milk_ml = -5", &["milk_ml", "-5", "between 0 and 1000 mL a breast"]),
    ("available_ml = -1", &["available_ml", "between 0 and 2000 mL"]),
    ("fullness = 3", &["fullness", "between 0 and 1.5"]),
    ("fullness = 0.5\nmilk_ml = 80", &["only one of fullness, milk_ml and available_ml"]),
    ("cues = [\"moonlight\"]", &["cues", "moonlight", "picture", "pump_sound"]),
    ("cues = [3]", &["cues", "3 is not the name of a cue"]),
    ("cues = {cry = 2}", &["cues.cry", "between 0 and 1"]),
    ("left = \"cow\"", &["left", "cow", "pump, baby, hand, none"]),
    ("left = {suck = 2}", &["left.suck", "between 0 and 1"]),
    ("suck = -1", &["suck", "between 0 and 1"]),
    ("stress = 9", &["stress", "between 0 and 3"]),
    ("pain = -0.1", &["pain", "between 0 and 2"]),
    ("massage = 7", &["massage", "between 0 and 1"]),
    ("[mother]\nperiod_s = -4", &["mother.period_s", "between 30 and 3000 s"]),
    ("vacum = 1", &["vacum: this key is not known here, but vacuum is; the keys are"]),
    ("[mother]\nstorage = 3", &["mother.storage: this key is not known here, but storage_ml is"]),
    ("cues = [\"smel\"]", &["\"smel\" is not known here, but smell is; it is one of"]),
    ("[mother]\nhair = 3", &["mother.hair", "not known here", "storage_ml"]),
    ("[[phases]]\nminutes = 100\n[[phases]]\nminutes = 100", &["phases", "200 minutes", "120"]),
    ("learned = \"latin\"", &["learned", "latin", "nursing"]),
];

#[test]
fn what_is_no_session_is_named_in_one_line() {
    for (toml, named) in REFUSED {
        let error = Sitting::read(toml).unwrap_err().to_string();
        assert!(!error.contains('\n'), "{error}");
        for part in named {
            assert!(error.contains(part), "{toml}: {part:?} is not in {error:?}");
        }
    }
}

#[test]
fn the_same_seed_is_the_same_session() {
    let sitting = Sitting::read("minutes = 12").unwrap();
    assert_eq!(sitting.run(4, &[]).course, sitting.run(4, &[]).course);
    assert_ne!(sitting.run(4, &[]).course, sitting.run(5, &[]).course);
}

#[test]
fn nothing_is_taken_where_nothing_is() {
    let left = sat("left = \"pump\"\nright = \"none\"", 20);
    assert!(left.iter().all(|s| s.course.taken_ml[1] == 0.0 && s.course.taken_ml[0] > 0.0));
    assert!(left.iter().all(|s| s.course.total_ml() <= s.available_ml + s.course.made_ml[0]));
    assert_eq!(mean_ml("source = \"none\""), 0.0);
}

#[test]
fn a_baby_lets_go_when_it_has_had_enough() {
    let fed = sat("source = \"baby\"\nappetite_ml = 40\nminutes = 30\nfullness = 0.8", 30);
    let a = answer(&fed);
    assert_eq!(answer(&sat("source = \"baby\"\nappetite = 40\nminutes = 30\nfullness = 0.8", 30)), a);
    assert_eq!(a.ended_because, "appetite");
    assert!(fed.iter().all(|s| s.course.total_ml() < 43.0), "{a:?}");
    let twins =
        answer(&sat("babies = 2\nsource = \"baby\"\nappetite_ml = 40\nminutes = 30\nfullness = 0.8", 30));
    assert!((75.0..86.0).contains(&twins.total_ml), "{twins:?}");
}

#[test]
fn each_key_does_what_it_says() {
    let usual = mean_ml("");
    assert!(mean_ml("vacuum = 0.4") < 0.9 * usual);
    assert!(mean_ml("massage = true") > 1.05 * usual);
    assert!(mean_ml("pain = 0.6") < 0.95 * usual);
    assert!(mean_ml("fullness = 0.9") > 1.4 * usual);
    assert!(mean_ml("minutes = 5") < 0.8 * usual);
    assert!(mean_ml("source = \"hand\"") > 0.4 * usual);
    let slowed = answer(&sat("minutes = 60\nstop_after_slow_min = 0", 40));
    assert_eq!(slowed.ended_because, "slowed");
    let five_more = answer(&sat("minutes = 60\nstop_after_slow_min = 5", 40));
    assert!((4.9..5.1).contains(&(five_more.minutes - slowed.minutes)), "{five_more:?} {slowed:?}");
    let phases =
        "[[phases]]\nminutes = 4\n[[phases]]\nminutes = 2\nsource = \"none\"\n[[phases]]\nminutes = 3";
    assert!((answer(&sat(phases, 2)).minutes - 9.0).abs() < 0.02);
    let one_side = mean_ml("milk_ml = [150, 0]");
    assert!(one_side < usual && one_side > 20.0);
}

#[test]
fn before_milk_has_come_in_breasts_hold_little_unless_it_is_said() {
    let on = |day: f64| mean_ml(&format!("day_after_birth = {day}"));
    // By A of the median term woman, 63 h: 0.06 on day 1, 0.72 on day 3, 1 on day 10.
    assert!((0.2..8.0).contains(&on(1.0)), "{}", on(1.0));
    assert!(4.0 * on(1.0) < on(3.0) && on(3.0) < on(10.0));
    let preterm = mean_ml("day_after_birth = 3\nterm = false");
    assert!(preterm < on(3.0), "milk comes in later: {preterm} and {}", on(3.0));
    assert!(mean_ml("day_after_birth = 1\nfullness = 0.5") > 30.0, "what is said counts");
    assert_eq!(mean_ml(""), mean_ml("fullness = 0.5"));
}

#[test]
fn means_over_women_carry_their_spread() {
    let one = answer(&sat("", 1));
    assert!(one.sd.is_none() && one.works_within_5_min.is_none());
    let women = sat("", 40);
    let many = answer(&women);
    let totals: Vec<f64> = women.iter().map(|s| s.course.total_ml()).collect();
    let mean = totals.iter().sum::<f64>() / 40.0;
    let sd = (totals.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / 39.0).sqrt();
    assert!((many.total_ml - mean).abs() < 0.06 && (many.sd.unwrap()["total_ml"] - sd).abs() < 0.01);
    assert_eq!(many.letdowns[0].women, Some(40));
}
