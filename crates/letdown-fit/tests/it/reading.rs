use letdown_fit::{
    predict::{Mixture, crps_of_sorted, quantile_of_sorted},
    rounded::{cdf, density, likelihood},
};

/// Simpson's rule on many thin strips.
fn integral(f: impl Fn(f64) -> f64, from: f64, to: f64) -> f64 {
    const STRIPS: u32 = 4000;
    let width = (to - from) / f64::from(STRIPS);
    let at = |i: u32| from + f64::from(i) * width;
    let strip = |i: u32| f(at(i)) + 4.0 * f(at(i) + 0.5 * width) + f(at(i + 1));
    (0..STRIPS).map(strip).sum::<f64>() * width / 6.0
}

/// Student's t of 4 degrees of freedom as textbooks write it: `Gamma(5/2) / (sqrt(4 pi) Gamma(2)) (1 + x^2/4)^(-5/2)`.
fn textbook_density(x: f64) -> f64 {
    let gamma_five_halves = 0.75 * std::f64::consts::PI.sqrt();
    gamma_five_halves / (4.0 * std::f64::consts::PI).sqrt() * (1.0 + x * x / 4.0).powf(-2.5)
}

#[test]
fn the_density_is_the_textbooks() {
    for x in [-30.0, -4.0, -1.0, 0.0, 0.3, 2.0, 11.0] {
        assert!((density(x) / textbook_density(x) - 1.0).abs() < 1e-12, "at {x}");
    }
}

#[test]
fn the_distribution_function_integrates_the_density() {
    for (from, to) in [(-8.0, -3.0), (-1.0, 0.5), (0.0, 2.0), (-40.0, 40.0)] {
        let (ours, theirs) = (cdf(to) - cdf(from), integral(textbook_density, from, to));
        assert!((ours - theirs).abs() < 1e-9, "{from} to {to}: {ours} and {theirs}");
    }
}

#[test]
fn a_reading_is_the_density_over_its_step() {
    for residual in [-70.0, -12.0, -1.0, 0.0, 4.0, 33.0, 260.0] {
        for (variance, step) in [(100.0, 5.0), (36.0, 10.0), (400.0, 1.0)] {
            let scale = f64::sqrt(variance);
            let mass = integral(
                |ml| textbook_density(ml / scale) / scale,
                residual - 0.5 * step,
                residual + 0.5 * step,
            );
            let ours = likelihood(residual, variance, step, false).value;
            assert!(
                (ours - mass.ln()).abs() < 1e-7,
                "{residual} mL, step {step} mL: {ours} and {}",
                mass.ln()
            );
        }
    }
}

#[test]
fn a_reading_of_nothing_is_everything_below_half_a_step() {
    let (expected, scale, step) = (20.0, 8.0, 5.0);
    let mass = integral(|ml| textbook_density((ml - expected) / scale) / scale, -3000.0, 0.5 * step);
    let ours = likelihood(-expected, scale * scale, step, true).value;
    assert!((ours - mass.ln()).abs() < 1e-5, "{ours} and {}", mass.ln());
}

#[test]
fn slopes_of_a_reading_are_its_differences() {
    for is_zero in [false, true] {
        for residual in [-2e4, -90.0, -6.0, 0.4, 15.0, 300.0] {
            let at = |r: f64, v: f64| likelihood(r, v, 5.0, is_zero);
            let (here, h) = (at(residual, 120.0), 1e-3);
            let by_residual = (at(residual + h, 120.0).value - at(residual - h, 120.0).value) / (2.0 * h);
            let by_variance = (at(residual, 120.0 + h).value - at(residual, 120.0 - h).value) / (2.0 * h);
            assert!((here.by_residual - by_residual).abs() < 1e-6, "{residual}, {is_zero}: {by_residual}");
            assert!((here.by_variance - by_variance).abs() < 1e-6, "{residual}, {is_zero}: {by_variance}");
        }
    }
}

#[test]
fn a_mixture_gives_back_the_chance_of_its_quantiles() {
    let one_far_off = (0..50).map(|i| (60.0 + f64::from(i), 5.0)).chain([(900.0, 0.01)]).collect();
    let two_peaks = vec![(50.0, 0.01), (250.0, 0.01)];
    for parts in [vec![(60.0, 5.0), (90.0, 12.0), (140.0, 30.0)], vec![(100.0, 20.0)], one_far_off, two_peaks]
    {
        let mixture = Mixture::of(parts);
        for p in [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.985, 0.999] {
            assert!((mixture.chance_below(mixture.quantile(p)) - p).abs() < 1e-9, "at {p} of {mixture:?}");
        }
    }
}

#[test]
fn a_score_is_the_area_between_the_forecast_and_the_outcome() {
    let mixture = Mixture::of(vec![(90.0, 8.0), (110.0, 15.0)]);
    for outcome in [40.0, 95.0, 160.0] {
        let over = |ml: f64| (mixture.chance_below(ml) - f64::from(u8::from(ml >= outcome))).powi(2);
        let area = integral(over, -400.0, outcome) + integral(over, outcome, 700.0);
        assert!((mixture.crps(outcome) - area).abs() < 0.02 * area, "{outcome} mL: {area}");
    }
}

#[test]
fn a_sure_forecast_scores_its_error() {
    assert!((crps_of_sorted(&[100.0; 7], 88.0) - 12.0).abs() < 1e-12);
    assert!((quantile_of_sorted(&[1.0, 2.0, 4.0], 0.75) - 3.0).abs() < 1e-12);
}

/// A breast that holds nearly nothing leaves nothing to chance, and a step is wide against it.
#[test]
fn a_reading_far_out_does_not_jump() {
    for (residual, step) in [(-4.0, 5.0), (-12.0, 5.0), (300.0, 1.0)] {
        let at = |ln_scale: f64| likelihood(residual, f64::exp(2.0 * ln_scale), step, false);
        for i in -120..20 {
            let (from, to) = (0.05 * f64::from(i), 0.05 * f64::from(i + 1));
            let slope = |ln: f64| 2.0 * at(ln).by_variance * f64::exp(2.0 * ln);
            let rise = integral(slope, from, to);
            let apart = (at(to).value - at(from).value - rise).abs();
            assert!(apart < 1e-6, "{residual} mL, step {step} mL, at {from}: {apart:e}");
        }
    }
}
