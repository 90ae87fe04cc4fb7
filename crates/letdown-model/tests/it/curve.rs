use letdown_model::{
    filling::{Brake, fill},
    filling_curve::FillingCurve,
};
use proptest::prelude::*;

const GOLDEN: &str = include_str!("../../../../fixtures/golden/filling.csv");

/// The larger of both errors against the solver.
fn error(brake: &Brake, fullness: f64, charge: f64, hours: f64) -> f64 {
    let solved = fill(brake, fullness, charge, hours);
    let looked_up = FillingCurve::new([*brake]).fill([fullness], [charge], hours);
    let (end, mean) =
        (solved.fullness - looked_up.fullness[0], solved.mean_fullness - looked_up.mean_fullness[0]);
    end.abs().max(mean.abs())
}

#[test]
fn the_curve_agrees_with_an_adaptive_solver() {
    let mut worst: f64 = 0.0;
    for line in GOLDEN.lines().skip(1) {
        let v: Vec<f64> = line.split(',').map(|c| c.parse().unwrap()).collect();
        let curve = FillingCurve::new([Brake { half_fullness: v[0], steepness: v[1] }]);
        let filled = curve.fill([v[2]], [v[3] * v[4]], 0.0);
        worst = worst.max((filled.fullness[0] - v[5]).abs()).max((filled.mean_fullness[0] - v[6]).abs());
    }
    assert!(worst < 1e-7, "largest error {worst:e}");
}

#[test]
fn the_error_is_small_all_along_the_curve() {
    let mut worst = (0.0, 0.0, 0.0, 0.0);
    for n in [1.5, 2.0, 3.0, 4.5, 6.0, 9.0, 13.0, 20.0] {
        for f50 in [0.6, 1.0, 3.0, 8.0] {
            let brake = Brake { half_fullness: f50, steepness: n };
            let curve = FillingCurve::new([brake]);
            for (i, j) in (0..60).flat_map(|i| (0..60).map(move |j| (i, j))) {
                let (f, charge) = (f64::from(i) / 50.0, f64::from(j * j) / 300.0);
                let (solved, found) = (fill(&brake, f, charge, 0.0), curve.fill([f], [charge], 0.0));
                let (end, mean) =
                    (solved.fullness - found.fullness[0], solved.mean_fullness - found.mean_fullness[0]);
                let error = end.abs().max(mean.abs());
                if error > worst.0 {
                    worst = (error, n, f, charge);
                }
            }
        }
    }
    assert!(worst.0 < 1e-7, "largest error {worst:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn the_curve_agrees_with_the_solver(
        f50 in 0.4..1.8f64,
        n in 1.5..20.0f64,
        f in 0.0..1.2f64,
        per_h in 0.005..0.7f64,
        hours in 0.0..48.0f64,
    ) {
        let error = error(&Brake { half_fullness: f50, steepness: n }, f, per_h * hours, hours);
        prop_assert!(error < 1e-6, "{error:e}");
    }

    #[test]
    fn so_it_does_in_short_gaps_of_a_late_brake(
        // Where nothing leaks, so that the tables answer and not the solver.
        f50 in 1.0..9.0f64,
        n in 1.5..20.0f64,
        f in 0.0..1.0f64,
        charge in 0.0..0.3f64,
    ) {
        let error = error(&Brake { half_fullness: f50, steepness: n }, f, charge, 0.0);
        prop_assert!(error < 1e-6, "{error:e}");
    }

    #[test]
    fn nothing_strange_comes_out_of_a_strange_brake(
        f50 in 0.001..50.0f64, n in 0.5..80.0f64, f in 0.0..5.0f64, charge in 0.0..500.0f64,
    ) {
        let brake = Brake { half_fullness: f50, steepness: n };
        let error = error(&brake, f, charge, 3.0);
        prop_assert!(error < 1e-6, "{error:e}");
    }
}
