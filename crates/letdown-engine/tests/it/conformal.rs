use letdown_engine::ranges::{LEVELS, Offsets, Stretch};
use letdown_model::random::Random;

/// A standard logistic, as a forecast of width `scale` around 100.
fn logistic(scale: f64) -> impl Fn(f64) -> f64 {
    move |p| 100.0 + scale * (p / (1.0 - p)).ln()
}

/// How often ranges hold the next of 100 exchangeable errors, the forecast being `times` too narrow.
fn coverage(times: f64, slack_ml: f64) -> [f64; 3] {
    const TRIALS: usize = 1500;
    const SEEN: usize = 100;
    let mut random = Random::seeded(3);
    let (said, true_one) = (logistic(6.0), logistic(6.0 * times));
    let offsets = Offsets::of(&said);
    let mut held = [0.0; 3];
    for _ in 0..TRIALS {
        let mut error = || true_one(random.uniform().clamp(1e-9, 1.0 - 1e-9)) - 100.0;
        let misses: Vec<_> = (0..SEEN).map(|_| (offsets.misses(error(), slack_ml), 1.0)).collect();
        let stretch = Stretch::learned(&misses);
        let came = 100.0 + error();
        for (level, held) in LEVELS.iter().zip(&mut held) {
            let low = stretch.quantile(100.0, &said, (1.0 - level) / 2.0) - slack_ml;
            let high = stretch.quantile(100.0, &said, (1.0 + level) / 2.0) + slack_ml;
            *held += f64::from(u8::from(low <= came && came <= high)) / TRIALS as f64;
        }
    }
    held
}

#[test]
fn ranges_hold_as_often_as_they_say_whatever_the_forecast_was() {
    for (times, slack_ml) in [(0.6, 0.0), (1.0, 0.0), (1.7, 0.0), (1.0, 3.0)] {
        for (held, level) in coverage(times, slack_ml).into_iter().zip(LEVELS) {
            assert!((held - level).abs() < 0.045, "{times} too narrow: {held} for {level}");
        }
    }
}

#[test]
fn without_errors_ranges_are_the_models_own() {
    let said = logistic(6.0);
    for p in [0.01, 0.1, 0.5, 0.8] {
        assert_eq!(Stretch::learned(&[]).quantile(said(0.5), &said, p), said(p));
    }
}

#[test]
fn a_wider_range_holds_a_narrower_one() {
    let mut random = Random::seeded(5);
    let said = logistic(6.0);
    for _ in 0..300 {
        let count = 1 + random.below(60);
        let misses: Vec<_> =
            (0..count).map(|_| ([0, 1, 2].map(|_| 3.0 * random.uniform()), random.uniform())).collect();
        let stretch = Stretch::learned(&misses);
        let at: Vec<f64> = (1..100).map(|i| stretch.quantile(100.0, &said, f64::from(i) / 100.0)).collect();
        assert!(at.is_sorted(), "{stretch:?} {at:?}");
    }
}

/// However errors fall, a quantile further out lies further out.
#[test]
fn ranges_lie_within_each_other() {
    let mut random = Random::seeded(12);
    for _ in 0..300 {
        let count = 3 + random.below(60);
        let scale = [random.uniform(), random.uniform(), random.uniform()].map(|u| 0.1 + 4.0 * u);
        let misses: Vec<([f64; 3], f64)> =
            (0..count).map(|_| (scale.map(|s| s * random.uniform()), random.uniform())).collect();
        let stretch = Stretch::learned(&misses);
        let told = logistic(6.0);
        let ml: Vec<f64> = (1..100).map(|i| stretch.quantile(100.0, &told, f64::from(i) / 100.0)).collect();
        assert!(ml.is_sorted(), "{stretch:?}: {ml:?}");
    }
}
