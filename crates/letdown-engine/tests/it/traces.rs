//! A session of the body model in front of a simulated scale.

use letdown_engine::traces::Seen;
use letdown_trace::{
    found::LET_DOWN_ML,
    simulate::{Regime, taps::Tapping},
};

#[test]
fn milk_of_the_session_is_in_the_bottle_or_was_kept() {
    for seed in 0..20 {
        let seen = Seen::drawn(&Regime::lifts(), 15.0, seed);
        let total_ml = seen.course.total_ml();
        assert!((total_ml - seen.trace.truth.total_ml - seen.trace.kept_ml).abs() < 1e-6 * total_ml);
        assert!((0.0..14.0).contains(&seen.trace.kept_ml), "{}", seen.trace.kept_ml);
    }
}

#[test]
fn each_let_down_comes_to_the_bottle_after_the_breast_squeezed() {
    let (mut seen_in_all, mut lags_s) = (0, Vec::new());
    for seed in 0..20 {
        let seen = Seen::drawn(&Regime::quiet(), 15.0, seed);
        let truth = &seen.trace.truth;
        for let_down in &truth.let_downs {
            seen_in_all += 1;
            let squeezed = seen.course.let_downs.iter().rfind(|l| l.at_s <= let_down.onset_s);
            let squeezed =
                squeezed.unwrap_or_else(|| panic!("seed {seed}: nothing squeezed before {let_down:?}"));
            let is_first = truth.first_s == Some(let_down.onset_s);
            // The first has to fill cup and walls; later ones have to turn the tail of the last one (a rise of the squeeze
            // takes 9 s), and way (1.5 s) and one cycle (1.4 s) before them.
            let lag_s = let_down.onset_s - squeezed.at_s;
            assert!(is_first || lag_s <= 12.0, "seed {seed}: {lag_s} s");
            lags_s.extend((!is_first).then_some(lag_s));
            assert!(let_down.volume_ml >= LET_DOWN_ML);
        }
        assert!(truth.let_downs.len() + truth.faint_s.len() <= seen.course.let_downs.len());
    }
    assert!((40..160).contains(&seen_in_all), "{seen_in_all}");
    lags_s.sort_by(f64::total_cmp);
    assert!(lags_s[lags_s.len() / 2] < 3.0, "{lags_s:.1?}");
}

#[test]
fn the_same_seed_gives_the_same_trace_and_the_same_taps() {
    let drawn = || Seen::drawn(&Regime::kitchen(), 12.0, 5);
    let (a, b) = (drawn(), drawn());
    assert_eq!(a.trace, b.trace);
    assert_eq!(a.tapped(&Tapping::usual(), 1), b.tapped(&Tapping::usual(), 1));
    assert_ne!(a.tapped(&Tapping::usual(), 1), a.tapped(&Tapping::usual(), 2));
}
