use letdown_model::{
    filling::{Brake, FilledSlope, GuessedBrake, LEAK_PER_H, fill, fill_gradient},
    number::Lanes,
};
use proptest::prelude::*;

const GOLDEN: &str = include_str!("../../../../fixtures/golden/filling.csv");

#[test]
fn the_closed_form_agrees_with_an_adaptive_solver() {
    let mut worst: f64 = 0.0;
    for line in GOLDEN.lines().skip(1) {
        let v: Vec<f64> = line.split(',').map(|c| c.parse().unwrap()).collect();
        let brake = Brake { half_fullness: v[0], steepness: v[1] };
        // No time above 1 for the leak: the reference has none.
        let filled = fill(&brake, v[2], v[3] * v[4], 0.0);
        worst = worst.max((filled.fullness - v[5]).abs()).max((filled.mean_fullness - v[6]).abs());
    }
    assert!(worst < 1e-9, "largest error {worst:e}");
}

#[test]
fn the_leak_agrees_with_small_steps() {
    // The leak is taken at the end of the gap over the time above 1. Against an integration in which it acts all along
    // the difference must stay small for a day; it is asserted as what it is.
    for (n, rate, hours, within) in
        [(6.0, 0.09, 24.0, 0.02), (6.0, 0.09, 48.0, 0.06), (3.0, 0.15, 24.0, 0.05)]
    {
        let brake = Brake { half_fullness: 1.0, steepness: n };
        let (mut f, steps) = (0.3, 200_000);
        for _ in 0..steps {
            f += hours / f64::from(steps) * (rate * brake.rate(f) - LEAK_PER_H * (f - 1.0_f64).max(0.0));
        }
        let filled = fill(&brake, 0.3, rate * hours, hours);
        assert!(filled.leaked > 0.0);
        assert!((filled.fullness - f).abs() < within, "{hours} h: {} against {f}", filled.fullness);
    }
}

/// A fit asks a brake that guesses; it answers and differentiates as the one that lives are lived with. (Far above full
/// both lose digits to the same difference.)
#[test]
fn a_guessed_brake_is_the_same_brake() {
    let (mut worst, mut worst_slope, mut steps, mut asked) = (0.0f64, 0.0f64, 0, 0);
    for steepness in [1.5, 4.0, 6.0, 9.0, 15.0] {
        for half_fullness in [0.8, 1.0, 1.4] {
            let brake = Brake { half_fullness, steepness };
            let guessed = GuessedBrake::of(brake);
            for i in 0..600 {
                let (f, charge) = (0.9 * f64::from(i % 25) / 25.0 + 1e-3, 2e-2 + 0.04 * f64::from(i / 25));
                let (exact, quick) = (fill(&brake, f, charge, 5.0), guessed.fill(f, charge, 5.0));
                worst = worst.max((exact.fullness - quick.fullness).abs());
                worst = worst.max((exact.mean_fullness - quick.mean_fullness).abs());
                worst = worst.max((exact.rate_end - quick.rate_end).abs());
                let slope =
                    FilledSlope { fullness: 1.0, mean_fullness: -0.7, rate_start: 0.3, rate_end: 0.4 };
                let (a, b) = (
                    fill_gradient(&brake, &exact, charge, 5.0, &slope),
                    guessed.gradient(&quick, charge, 5.0, &slope),
                );
                for (a, b) in [
                    (a.fullness, b.fullness),
                    (a.charge, b.charge),
                    (a.half_fullness, b.half_fullness),
                    (a.steepness, b.steepness),
                ] {
                    worst_slope = worst_slope.max((a - b).abs() / (1.0 + a.abs()));
                }
                (steps, asked) = (steps + quick.steps, asked + 1);
            }
        }
    }
    assert!(worst < 1e-11 && worst_slope < 1e-8, "largest error {worst:e}, of a slope {worst_slope:e}");
    assert!(f64::from(steps) / f64::from(asked) < 1.3, "{steps} steps for {asked} gaps");
}

#[test]
fn breasts_side_by_side_fill_as_each_alone() {
    let brakes =
        [(0.8, 1.5), (1.4, 15.0)].map(|(half_fullness, steepness)| Brake { half_fullness, steepness });
    let lanes = |of: fn(&Brake) -> f64| Lanes(brakes.each_ref().map(of));
    let abreast = GuessedBrake::of(Brake {
        half_fullness: lanes(|b| b.half_fullness),
        steepness: lanes(|b| b.steepness),
    });
    let slope = FilledSlope { fullness: 1.0, mean_fullness: -0.7, rate_start: 0.3, rate_end: 0.4 };
    let slopes = FilledSlope {
        fullness: Lanes([slope.fullness; 2]),
        mean_fullness: Lanes([slope.mean_fullness; 2]),
        rate_start: Lanes([slope.rate_start; 2]),
        rate_end: Lanes([slope.rate_end; 2]),
    };
    // One of them in the middle of things, the other over the brim, beyond the table of guesses, or in no time at all.
    for (f, charge) in [([0.3, 0.9], [0.3, 0.6]), ([0.2, 0.5], [1e-9, 0.4]), ([0.01, 1.2], [0.1, 3.0])] {
        let filled = abreast.fill(Lanes(f), Lanes(charge), 5.0);
        let back = abreast.gradient(&filled, Lanes(charge), 5.0, &slopes);
        for l in 0..2 {
            let alone = GuessedBrake::of(brakes[l]);
            let one = alone.fill(f[l], charge[l], 5.0);
            let one_back = alone.gradient(&one, charge[l], 5.0, &slope);
            for (together, alone) in [
                (filled.fullness, one.fullness),
                (filled.mean_fullness, one.mean_fullness),
                (filled.leaked, one.leaked),
                (back.fullness, one_back.fullness),
                (back.charge, one_back.charge),
                (back.half_fullness, one_back.half_fullness),
                (back.steepness, one_back.steepness),
            ] {
                let apart = (together.0[l] - alone).abs() / (1.0 + alone.abs());
                assert!(apart < 1e-10, "{f:?}, {charge:?}, lane {l}: {} and {alone}", together.0[l]);
            }
        }
    }
}

#[test]
fn the_solver_needs_few_steps() {
    let most = GOLDEN.lines().skip(1).map(|line| {
        let v: Vec<f64> = line.split(',').map(|c| c.parse().unwrap()).collect();
        fill(&Brake { half_fullness: v[0], steepness: v[1] }, v[2], v[3] * v[4], v[4]).steps
    });
    assert_eq!(most.max(), Some(4));
}

fn brakes() -> impl Strategy<Value = Brake> {
    (0.5..1.8f64, 1.5..25.0f64).prop_map(|(half_fullness, steepness)| Brake { half_fullness, steepness })
}

proptest! {
    #[test]
    fn two_gaps_in_a_row_are_one(brake in brakes(), f in 0.0..1.2f64, a in 0.0..1.5f64, b in 0.0..1.5f64) {
        let once = fill(&brake, f, a + b, 0.0).fullness;
        let twice = fill(&brake, fill(&brake, f, a, 0.0).fullness, b, 0.0).fullness;
        prop_assert!((once - twice).abs() < 1e-9, "{once} {twice}");
    }

    #[test]
    fn a_longer_gap_never_holds_less(brake in brakes(), f in 0.0..1.2f64, a in 0.0..2.0f64, more in 0.0..2.0f64) {
        let (short, long) = (fill(&brake, f, a, 0.0), fill(&brake, f, a + more, 0.0));
        prop_assert!(short.fullness <= long.fullness + 1e-12);
        prop_assert!(f <= short.fullness && short.fullness <= f + a + 1e-12, "never more than unbraked");
        prop_assert!(f - 1e-12 <= short.mean_fullness && short.mean_fullness <= short.fullness + 1e-12);
    }

    #[test]
    fn nothing_strange_comes_out(brake in brakes(), f in 0.0..5.0f64, charge in 0.0..50.0f64, hours in 0.0..500.0f64) {
        let filled = fill(&brake, f, charge, hours);
        prop_assert!(filled.fullness.is_finite() && filled.mean_fullness.is_finite());
        prop_assert!(filled.fullness >= 0.0 && filled.leaked >= 0.0 && filled.steps < 12);
    }
}
