use crate::hybrid::{fill_by_solver, live_by_solver, remember_by_solver};
use letdown_model::{
    cohort::Cohort,
    filling::{Brake, fill},
    filling_curve::FillingCurve,
    life::{By, Planned, Start, live},
    mother::Mother,
    population::{Term, draw},
    random::Random,
    removal::Session,
    supply::{Supply, Taken},
};
use proptest::prelude::*;

const TIGHT: f64 = 1e-11;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_gap_is_filled_as_an_adaptive_solver_fills_it(
        f50 in 0.5..1.8f64, n in 1.5..20.0f64, f in 0.0..1.2f64, charge in 0.001..4.4f64,
    ) {
        let brake = Brake { half_fullness: f50, steepness: n };
        let [end, mean] = fill_by_solver(&brake, f, charge, TIGHT);
        // No time above 1 for the leak: the oracle has none.
        let (solved, found) = (fill(&brake, f, charge, 0.0), FillingCurve::new([brake]).fill([f], [charge], 0.0));
        for (ours, theirs) in [
            (solved.fullness, end),
            (solved.mean_fullness, mean),
            (found.fullness[0], end),
            (found.mean_fullness[0], mean),
        ] {
            prop_assert!((ours - theirs).abs() < 1e-6, "{ours} and {theirs}");
        }
    }
}

#[test]
fn a_week_agrees_with_an_adaptive_solver() {
    let mut compared = 0;
    for seed in 0..24 {
        let her = draw(&mut Random::seeded(seed), Term::Term);
        // Established, while milk comes in, and while breasts still grow.
        let days_after_birth = [None, Some(2.0), Some(12.5)][seed as usize % 3];
        let supply = if days_after_birth.is_some() { Supply::at_birth(&her) } else { Supply::steady(&her) };
        let start = Start { days_after_birth, ..Start::established(supply, 5.0) };
        let plan: Vec<Planned> = (0..56)
            .map(|i| Planned {
                at_h: 3.0 * f64::from(i + 1) - [0.0, 0.7, 0.3][i as usize % 3],
                by: By::Pump(Session::both(12.0)),
            })
            .collect();
        let exact: Vec<f64> = live(&her, &start, &plan, None).iter().map(Taken::total_ml).collect();
        if leaks(&her, &start, &plan) {
            continue;
        }
        let theirs = live_by_solver(&her, &start, &plan, TIGHT, |d, m, l| remember_by_solver(d, m, l, TIGHT));
        for (i, (ours, theirs)) in exact.iter().zip(&theirs).enumerate() {
            assert!(
                (ours - theirs).abs() < 1e-6 * (1.0 + theirs),
                "seed {seed}, session {i}: {ours} and {theirs}"
            );
        }
        compared += 1;
    }
    assert!(compared >= 12, "only {compared} women do not leak");
}

/// Whether any breast stands above full at the end of a gap.
fn leaks(her: &Mother, start: &Start, plan: &[Planned]) -> bool {
    let mut cohort = Cohort::new([her], [start]);
    plan.iter().any(|planned| {
        let day = start.days_after_birth.map(|d| d + planned.at_h / 24.0);
        let taken: Vec<f64> = cohort.step(planned).iter().map(|[ml]| *ml).collect();
        let [supply] = cohort.supplies();
        let held = supply.breasts.iter().zip(&her.breasts).zip(taken);
        held.into_iter().any(|((held, breast), ml)| held.milk_ml + ml > 0.98 * breast.storage_at_ml(day))
    })
}
