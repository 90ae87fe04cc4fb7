//! Oracles: the annual oil production of Saudi Arabia and its simple exponential smoothing as published (Hyndman and
//! Athanasopoulos 2018, *Forecasting: Principles and Practice*, 2nd edition, section 7.1: alpha 0.8339, first level
//! 446.5868, forecast 542.68), and statsmodels 0.15.0 (`ETSModel`, starts estimated) on it and on a made-up series.

use letdown_engine::ets::{damped_trend, level_alone, smoothed};

const OIL: [f64; 18] = [
    445.36, 453.20, 454.41, 422.38, 456.04, 440.39, 425.19, 486.21, 500.43, 521.28, 508.95, 488.89, 509.87,
    456.72, 473.82, 525.95, 549.83, 542.34,
];

const MADE_UP: [f64; 40] = [
    612., 655., 640., 671., 702., 690., 715., 745., 720., 768., 790., 775., 812., 805., 799., 840., 822.,
    861., 850., 845., 872., 890., 868., 881., 905., 893., 880., 912., 921., 899., 915., 930., 908., 925.,
    941., 919., 936., 928., 950., 933.,
];

fn known(days: &[f64]) -> Vec<Option<f64>> {
    days.iter().copied().map(Some).collect()
}

fn near(ours: f64, theirs: f64, within: f64) {
    assert!((ours - theirs).abs() < within, "{ours} for {theirs}");
}

#[test]
fn a_level_alone_is_the_published_one() {
    let oil = level_alone(&known(&OIL)).unwrap();
    near(oil.weights.alpha, 0.8339, 0.001);
    near(oil.ahead(1).0, 542.68, 0.02);
    near(oil.ahead(14).0, 542.68, 0.02);
    near(oil.log_likelihood, -85.5998, 0.001);
    near(oil.aicc, 178.9139, 0.002);
}

#[test]
fn a_damped_trend_is_that_of_a_second_program() {
    let made_up = damped_trend(&known(&MADE_UP)).unwrap();
    // The greatest likelihood that program finds; to find a greater one is no fault.
    assert!((-157.80..-157.0).contains(&made_up.log_likelihood), "{made_up:?}");
    for (lead, theirs) in [(1, 943.350), (7, 953.866), (14, 962.287)] {
        near(made_up.ahead(lead).0, theirs, 1.5);
    }
    near(made_up.weights.phi, 0.9435, 0.01);
}

#[test]
fn the_smaller_criterion_is_taken() {
    assert_eq!(smoothed(&known(&OIL)).unwrap().weights.phi, 0.0, "178.9 against 186.3");
    assert!(smoothed(&known(&MADE_UP)).unwrap().weights.phi > 0.9, "330.1 against 368.6");
}

#[test]
fn ranges_of_a_level_widen_as_its_equations_say() {
    let oil = level_alone(&known(&OIL)).unwrap();
    let (one, seven) = (oil.ahead(1).1, oil.ahead(7).1);
    // statsmodels: 28.1235 and 63.9535, both with the plain mean of squares.
    near(seven / one, 63.953_486 / 28.123_510, 0.003);
    near(one, 28.123_510 * (18.0f64 / 16.0).sqrt(), 0.02);
}

#[test]
fn a_day_that_is_not_known_moves_nothing_but_by_its_trend() {
    let mut holes = known(&OIL);
    holes.extend([None, None]);
    let (with, without) = (level_alone(&holes).unwrap(), level_alone(&known(&OIL)).unwrap());
    near(with.ahead(1).0, without.ahead(1).0, 1e-6);
    assert_eq!(
        level_alone(&[Some(1.0), None, Some(2.0), Some(3.0), None]),
        None,
        "four known days are needed"
    );
}
