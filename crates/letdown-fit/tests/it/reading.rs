use letdown_fit::{
    predict::{Mixture, crps_of_sorted, quantile_of_sorted},
    rounded::{cdf, density, likelihood},
    spread::{Sloped, Spread},
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
            let ours = likelihood(residual, &Spread::even(variance), step, false).value;
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
    let ours = likelihood(-expected, &Spread::even(scale * scale), step, true).value;
    assert!((ours - mass.ln()).abs() < 1e-5, "{ours} and {}", mass.ln());
}

#[test]
fn slopes_of_a_reading_are_its_differences() {
    for (is_zero, residual) in [false, true].into_iter().flat_map(|is_zero| RESIDUALS.map(|r| (is_zero, r))) {
        let at = |r: f64, up: f64, down: f64| likelihood(r, &Spread::of(up, down), 5.0, is_zero);
        slopes_are_differences(at, residual, &format!("a reading {residual} mL off, nothing: {is_zero}"));
    }
}

#[test]
fn slopes_of_a_spread_are_its_differences() {
    for residual in RESIDUALS {
        let spread = Spread::of;
        slopes_are_differences(
            |r, up, down| spread(up, down).at(r),
            residual,
            &format!("z at {residual} mL"),
        );
        slopes_are_differences(
            |r, up, down| spread(up, down).pull(r),
            residual,
            &format!("pull at {residual} mL"),
        );
        slopes_are_differences(
            |r, up, down| spread(up, down).tell(r),
            residual,
            &format!("tell at {residual} mL"),
        );
    }
}

/// As its text says: of the log-density of a residual whose `z` is normal.
#[test]
fn a_pull_is_how_steeply_the_log_density_falls() {
    for (up, down) in [(60.0, 130.0), (4.0, 400.0), (90.0, 90.0)] {
        let spread = Spread::of(up, down);
        let log_density = |r: f64| {
            let (z, rise) = spread.deviations(r);
            rise.ln() - 0.5 * z * z
        };
        for residual in [-90.0, -6.0, 0.4, 15.0] {
            let falls = (log_density(residual - 1e-3) - log_density(residual + 1e-3)) / 2e-3;
            let pull = spread.pull(residual).value;
            assert!((pull - falls).abs() < 1e-6 * falls.abs().max(1.0), "{up}, {down}: {pull} and {falls}");
        }
    }
    let even = Spread::even(90.0);
    assert!(
        (even.pull(15.0).value - 15.0 / 90.0).abs() < 1e-12
            && (even.tell(15.0).value - 1.0 / 90.0).abs() < 1e-12
    );
}

const RESIDUALS: [f64; 6] = [-2e4, -90.0, -6.0, 0.4, 15.0, 300.0];

fn slopes_are_differences(at: impl Fn(f64, f64, f64) -> Sloped, residual: f64, what: &str) {
    let (up, down, h) = (60.0, 130.0, 1e-3);
    let here = at(residual, up, down);
    let by = |more: f64, less: f64| (more - less) / (2.0 * h);
    let by_residual = by(at(residual + h, up, down).value, at(residual - h, up, down).value);
    let by_up = by(at(residual, up + h, down).value, at(residual, up - h, down).value);
    let by_down = by(at(residual, up, down + h).value, at(residual, up, down - h).value);
    let alike = |ours: f64, theirs: f64| (ours - theirs).abs() < 1e-6 * theirs.abs().max(1.0);
    assert!(alike(here.by_residual, by_residual), "{what}: {} and {by_residual}", here.by_residual);
    assert!(alike(here.by_up, by_up), "{what}: {} and {by_up}", here.by_up);
    assert!(alike(here.by_down, by_down), "{what}: {} and {by_down}", here.by_down);
}

#[test]
fn a_lopsided_spread_still_holds_everything_and_half_of_it_on_either_side() {
    for (up, down) in [(4.0, 400.0), (60.0, 130.0), (90.0, 30.0)] {
        let spread = Spread::of(up, down);
        // Readings to 2 mL, the middle of one step at nothing; far ones hold next to nothing.
        let chance = |i: i32| likelihood(2.0 * f64::from(i), &spread, 2.0, false).value.exp();
        let (below, above): (f64, f64) = ((-4000..0).map(chance).sum(), (1..4000).map(chance).sum());
        let middle = chance(0);
        assert!((below + middle + above - 1.0).abs() < 1e-6, "{below} {middle} {above}");
        assert!((cdf(spread.at(-1.0).value) - below).abs() < 1e-6 && spread.at(0.0).value == 0.0);
    }
}

/// Centers with what they stray up and down (mL).
fn mixture(parts: &[(f64, f64, f64)]) -> Mixture {
    Mixture::of(parts.iter().map(|(ml, up, down)| (*ml, Spread::of(up * up, down * down))).collect())
}

#[test]
fn a_mixture_gives_back_the_chance_of_its_quantiles() {
    let even = |ml: f64, stray: f64| (ml, stray, stray);
    let one_far_off: Vec<_> =
        (0..50).map(|i| even(60.0 + f64::from(i), 5.0)).chain([even(900.0, 0.01)]).collect();
    let two_peaks = [even(50.0, 0.01), even(250.0, 0.01)];
    let lopsided = [(80.0, 0.5, 20.0), (90.0, 9.0, 25.0), (100.0, 12.0, 0.2)];
    let three = [even(60.0, 5.0), even(90.0, 12.0), even(140.0, 30.0)];
    for parts in [&three[..], &[even(100.0, 20.0)], &one_far_off, &two_peaks, &lopsided] {
        let mixture = mixture(parts);
        for p in [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.985, 0.999] {
            assert!((mixture.chance_below(mixture.quantile(p)) - p).abs() < 1e-9, "at {p} of {mixture:?}");
        }
    }
}

#[test]
fn a_score_is_the_area_between_the_forecast_and_the_outcome() {
    let mixture = mixture(&[(90.0, 6.0, 12.0), (110.0, 15.0, 15.0)]);
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
        let spread = |ln_scale: f64| Spread::even(f64::exp(2.0 * ln_scale));
        let at = |ln_scale: f64| likelihood(residual, &spread(ln_scale), step, false);
        for i in -120..20 {
            let (from, to) = (0.05 * f64::from(i), 0.05 * f64::from(i + 1));
            let slope = |ln: f64| 2.0 * (at(ln).by_up + at(ln).by_down) * f64::exp(2.0 * ln);
            let rise = integral(slope, from, to);
            let apart = (at(to).value - at(from).value - rise).abs();
            assert!(apart < 1e-6, "{residual} mL, step {step} mL, at {from}: {apart:e}");
        }
    }
}
