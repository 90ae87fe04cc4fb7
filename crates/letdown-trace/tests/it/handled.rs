//! What hands do to a scale is not milk.

use letdown_trace::{
    detect,
    found::{DoubtKind, Found},
    reading::Reading,
};
use proptest::prelude::*;

/// Ten readings a second for so long, of a display that shows `g(t)` in steps of 0.1 g.
fn shown(seconds: u32, g: impl Fn(f64) -> f64) -> Vec<Reading> {
    let at = |i: u32| f64::from(i) * 0.1;
    (0..10 * seconds).map(|i| Reading::new(at(i), (g(at(i)) * 10.0).round() / 10.0)).collect()
}

/// A let-down of 20.6 g (20 mL) after 60 s.
fn milk_g(t_s: f64) -> f64 {
    let u = (t_s - 60.0).max(0.0);
    20.6 * (1.0 - (1.0 + u / 15.0) * (-u / 15.0).exp())
}

#[track_caller]
fn has(found: &Found, kind: DoubtKind) {
    assert!(found.doubts.iter().any(|doubt| doubt.kind == kind), "{:?}", found.doubts);
}

#[track_caller]
fn one_of_20_ml(found: &Found) {
    assert_eq!(found.let_downs.len(), 1, "{:?}", found.let_downs);
    assert!((found.total_ml - 20.0).abs() < 1.0, "{}", found.total_ml);
    assert!((found.let_downs[0].onset_s - 60.0).abs() < 5.0, "{:?}", found.let_downs);
}

#[test]
fn undisturbed() {
    one_of_20_ml(&detect(&shown(300, milk_g)));
}

#[test]
fn a_bottle_is_lifted_and_comes_back() {
    let lifted = |t: f64| if (150.0..170.0).contains(&t) { 0.0 } else { 90.0 + milk_g(t) };
    let found = detect(&shown(300, lifted));
    one_of_20_ml(&found);
    has(&found, DoubtKind::Lift);
}

#[test]
fn another_bottle_comes() {
    let swapped = |t: f64| match t {
        t if t < 200.0 => 90.0 + milk_g(t),
        t if t < 215.0 => 0.0,
        t => 140.0 + milk_g(t) - milk_g(215.0),
    };
    let found = detect(&shown(300, swapped));
    one_of_20_ml(&found);
    has(&found, DoubtKind::Swap);
}

#[test]
fn the_scale_is_set_to_zero_in_the_middle_of_flow() {
    let tared = |t: f64| if t < 80.0 { 90.0 + milk_g(t) } else { milk_g(t) - milk_g(80.0) };
    let found = detect(&shown(300, tared));
    one_of_20_ml(&found);
    has(&found, DoubtKind::Tare);
}

#[test]
fn a_touch_that_leaves_the_bottle_lying_otherwise() {
    let touched = |t: f64| {
        let hand = if (200.0..202.0).contains(&t) { 12.0 } else { 0.0 };
        milk_g(t) + hand + if t >= 202.0 { 3.0 } else { 0.0 }
    };
    let found = detect(&shown(300, touched));
    one_of_20_ml(&found);
    has(&found, DoubtKind::Offset);
}

#[test]
fn a_touch_in_the_very_first_second() {
    let touched = |t: f64| milk_g(t) + if t < 1.0 { 8.0 } else { 0.0 };
    one_of_20_ml(&detect(&shown(300, touched)));
}

#[test]
fn silence() {
    let readings: Vec<Reading> =
        shown(300, milk_g).into_iter().filter(|r| !(100.0..107.0).contains(&r.t_s)).collect();
    let found = detect(&readings);
    one_of_20_ml(&found);
    has(&found, DoubtKind::Hole);
}

#[test]
fn readings_that_come_twice_late_or_as_no_numbers() {
    let mut readings = shown(300, milk_g);
    for i in (20..2_900).step_by(17) {
        readings.swap(i, i + 1);
        readings.insert(i, readings[i]);
    }
    readings.insert(500, Reading::new(f64::NAN, 4.0));
    readings.insert(900, Reading::new(90.0, f64::INFINITY));
    one_of_20_ml(&detect(&readings));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is heard, nothing breaks, times stay in order, and phases cover what was heard.
    #[test]
    fn anything_may_be_heard(
        heard in proptest::collection::vec((-50.0..4_000.0_f64, -3_000.0..3_000.0_f64), 0..400),
        odd in proptest::collection::vec(proptest::num::f64::ANY, 0..8),
    ) {
        let mut readings: Vec<Reading> = heard.iter().map(|(t_s, g)| Reading::new(*t_s, *g)).collect();
        readings.sort_by(|a, b| a.t_s.total_cmp(&b.t_s));
        readings.extend(odd.iter().map(|v| Reading::new(*v, *v)));
        let found = detect(&readings);
        prop_assert!(found.let_downs.windows(2).all(|pair| pair[0].onset_s < pair[1].onset_s));
        prop_assert!(found.let_downs.iter().all(|l| l.onset_s.is_finite() && l.volume_ml >= 2.0));
        prop_assert!((0.0..=2.0 * 4_000.0).contains(&found.total_ml));
    }

    /// Across a lift of a bottle no milk is made up: whatever the display shows while it is away.
    #[test]
    fn a_lift_makes_no_milk(bottle_g in 20.0..155.0_f64, at_s in 120.0..240.0_f64, away_s in 4.0..25.0_f64) {
        let lifted = |t: f64| if (at_s..at_s + away_s).contains(&t) { 0.0 } else { bottle_g };
        let found = detect(&shown(300, lifted));
        prop_assert!(found.let_downs.is_empty() && found.total_ml < 0.5, "{:?}", found);
    }
}
