//! A corpus of 500 simulated sessions has the published figures. It is made anew each time and stored nowhere.

use letdown_trace::{
    found::LetDown,
    reading::MILK_G_PER_ML,
    simulate::{
        Regime, Simulated,
        families::{Family, STEP_S, Session},
        simulate,
    },
};

/// Families by regimes by 25 seeds.
fn corpus() -> Vec<Simulated> {
    let mut all = Vec::new();
    for (f, family) in Family::ALL.into_iter().enumerate() {
        for (r, regime) in Regime::all().iter().enumerate() {
            for seed in 0..25 {
                let seed = 10_000 + 1_000 * f as u64 + 100 * r as u64 + seed;
                all.push(simulate(&Session::drawn(family, 15.0, seed).breasts, regime, seed));
            }
        }
    }
    all
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn sd(values: &[f64]) -> f64 {
    let mean = mean(values);
    mean_of(values, |v| (v - mean) * (v - mean)).sqrt()
}

fn mean_of(values: &[f64], of: impl Fn(&f64) -> f64) -> f64 {
    values.iter().map(of).sum::<f64>() / values.len() as f64
}

fn between(name: &str, value: f64, low: f64, high: f64) {
    println!("{name}: {value:.2} ({low} to {high})");
    assert!((low..=high).contains(&value), "{name}: {value} must lie between {low} and {high}");
}

#[test]
fn its_figures_are_the_published_ones() {
    let corpus = corpus();
    assert_eq!(corpus.len(), 500);
    let each = |of: &dyn Fn(&Simulated) -> f64| corpus.iter().map(of).collect::<Vec<f64>>();

    // Prime 2009: 4.2 let-downs, SD 2.0, 28 women: the mean of so few is off by 0.4, their SD by 0.3. What this crate
    // leaves out as faint a scale would not have counted either.
    let counts = each(&|s| s.truth.let_downs.len() as f64);
    between("let-downs", mean(&counts), 4.2 - 0.8, 4.2 + 0.8);
    between("let-downs, SD", sd(&counts), 1.4, 2.6);

    // Idei 2024: 69.8 g, SD 42.5, 19 women, one breast: off by 10 g and 7 g. Half of ours pump both into one bottle.
    let grams = each(&|s| s.truth.total_ml * MILK_G_PER_ML);
    between("grams", mean(&grams), 69.8 - 20.0, 69.8 + 20.0);
    between("grams, SD", sd(&grams), 25.0, 57.0);

    // Idei 2024: peak 0.5 g/s, SD 0.2.
    let strongest = |s: &Simulated| s.truth.let_downs.iter().map(|l| l.peak_ml_per_min).fold(0.0, f64::max);
    let peaks = each(&|s| strongest(s) * MILK_G_PER_ML / 60.0);
    between("peak", mean(&peaks), 0.4, 0.6);
    between("peak, SD", sd(&peaks), 0.1, 0.3);

    // Idei 2024: 221 s from one period of high flow to the next, 68 to 371. Some of ours are faint, and the gap over a faint
    // one is longer; the range is that of 19 women, a larger corpus reaches farther.
    let gaps: Vec<f64> = corpus
        .iter()
        .flat_map(|s| s.truth.let_downs.windows(2).map(|w: &[LetDown]| w[1].onset_s - w[0].onset_s))
        .collect();
    between("gap", mean(&gaps), 221.0 - 60.0, 221.0 + 60.0);
    let usual = gaps.iter().filter(|gap| (68.0..=371.0).contains(*gap)).count() as f64 / gaps.len() as f64;
    between("gaps of 68 to 371 s", usual, 0.85, 1.0);

    // The first brings most: 41 to 47 % of a session of 10 minutes; ours last 15, where it is 62 % for the first two.
    let share = |s: &Simulated, n: usize| {
        s.truth.let_downs.iter().take(n).map(|l| l.volume_ml).sum::<f64>() / s.truth.total_ml
    };
    between("share of the first two", mean(&each(&|s| share(s, 2))), 0.52, 0.75);
    let ordered = corpus.iter().filter(|s| s.truth.let_downs.len() > 1);
    let first_biggest =
        ordered.clone().filter(|s| s.truth.let_downs[0].volume_ml > s.truth.let_downs[1].volume_ml);
    between("first bigger", first_biggest.count() as f64 / ordered.count() as f64, 0.6, 1.0);
}

#[test]
fn singles_have_one() {
    for (seed, family) in (0..40).zip(Family::ALL.into_iter().cycle()) {
        let single = simulate(&Session::single(family, 15.0, seed).breasts, &Regime::kitchen(), seed).truth;
        assert_eq!(single.let_downs.len() + single.faint_s.len(), 1, "{seed}");
    }
}

#[test]
fn the_first_milk_is_seconds_behind_the_breast() {
    let lag_s = |seed: u64| {
        let session = Session::single(Family::ALL[seed as usize % 4], 10.0, seed);
        let truth = simulate(&session.breasts, &Regime::quiet(), seed).truth;
        let pulse = &session.breasts[0].pulses[0];
        let peak = pulse.flow_ml_per_s.iter().copied().fold(0.0, f64::max);
        let rises = pulse.flow_ml_per_s.iter().position(|q| *q > 0.1 * peak)?;
        Some(truth.first_s? - pulse.start_s - rises as f64 * STEP_S)
    };
    let mut lags_s: Vec<f64> = (0..200).filter_map(lag_s).collect();
    lags_s.sort_by(f64::total_cmp);
    // Cup and wetting together make 2 to 8 s, counted here from a tenth of the peak: before that hardly anything flows.
    between("lag, median", lags_s[lags_s.len() / 2], 2.0, 8.0);
}
