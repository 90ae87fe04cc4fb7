#![expect(
    clippy::disallowed_methods,
    reason = "oracles of their own may ask the platform for an exponential"
)]

use letdown_model::{
    mother::Mother,
    random::Random,
    session::{
        Breasts, Distress, Phase, Plan, run_watched,
        squeeze::{Decay, Gland, Squeeze, answer},
        touch::{Pump, Side},
    },
};
use proptest::prelude::*;

const STEP_S: f64 = 0.5;

/// Blood and contraction at each step after some pulses (time in s, size).
fn course(gland: &Gland, pulses: &[(f64, f64)], adrenaline: f64, seconds: f64) -> Vec<(f64, f64)> {
    let decay = Decay::over(gland, STEP_S);
    let mut squeeze = Squeeze::default();
    for (at_s, size) in pulses {
        squeeze.pulse(gland, *at_s, *size);
    }
    let step = |i: u32| {
        squeeze.step(&decay, STEP_S * f64::from(i), adrenaline);
        (squeeze.at_the_gland(), squeeze.contraction)
    };
    (1..=(seconds / STEP_S) as u32).map(step).collect()
}

/// The same by Euler steps of a hundredth of a second, from the equations.
fn oracle(gland: &Gland, pulses: &[(f64, f64)], adrenaline: f64, seconds: f64) -> Vec<(f64, f64)> {
    let (dt, mut a) = (0.01, 0.0_f64);
    let mut out = Vec::new();
    for i in 1..=(seconds / dt) as u32 {
        let t = dt * f64::from(i);
        let since =
            pulses.iter().map(|(at_s, size)| (t - at_s - gland.lag_s, size)).filter(|(s, _)| *s >= -1e-9);
        let b: f64 = since.map(|(s, size)| size * (-gland.clears_per_s * s).exp()).sum();
        let h = b.powi(3) / (b.powi(3) + 0.42_f64.powi(3)) * (1.0 - 0.35 * adrenaline).max(0.0);
        a += dt * (h - a) / if h > a { 9.0 } else { 22.0 };
        if i % 50 == 0 {
            out.push((b, a));
        }
    }
    out
}

fn gland() -> Gland {
    Mother::typical().ejection.gland
}

#[test]
fn blood_falls_by_half_in_its_half_life() {
    let half_life_s = 2.0_f64.ln() / gland().clears_per_s;
    assert!((half_life_s - 38.0).abs() < 1e-9);
    let seen = course(&gland(), &[(0.0, 1.3)], 0.0, 150.0);
    let at = |t_s: f64| seen[(t_s / STEP_S) as usize - 1].0;
    assert!(at(15.5) < 1e-300, "it has not arrived before its lag");
    for (halvings, share) in [(0.0, 1.0), (1.0, 0.5), (2.0, 0.25), (3.0, 0.125)] {
        assert!((at(16.0 + 38.0 * halvings) - 1.3 * share).abs() < 1e-12);
    }
    let never = Gland { clears_per_s: 0.0, ..gland() };
    assert!((course(&never, &[(0.0, 1.3)], 0.0, 150.0)[299].0 - 1.3).abs() < 1e-12, "the control");
}

#[test]
fn contraction_rises_in_nine_seconds_and_falls_in_twenty_two() {
    // Blood that does not fall holds H; blood that falls at once leaves nothing but the decay.
    let holds = Gland { clears_per_s: 0.0, lag_s: 1.0 };
    let h = answer(0.8, 0.0);
    let seen = course(&holds, &[(0.0, 0.8)], 0.0, 60.0);
    for t_s in [4.5, 9.0, 18.0, 45.0_f64] {
        // The first step towards H is the one that ends when the pulse arrives.
        let exact = h * (1.0 - (-(t_s + STEP_S) / 9.0).exp());
        assert!((seen[((t_s + 1.0) / STEP_S) as usize - 1].1 - exact).abs() < 1e-12, "{t_s}");
    }
    let gone = Gland { clears_per_s: 50.0, lag_s: 1.0 };
    let seen = course(&gone, &[(0.0, 5.0)], 0.0, 60.0);
    let (peak, later) = (seen[1].1, seen[45].1);
    assert!(peak > 0.05 && (later / peak - (-22.0 / 22.0_f64).exp()).abs() < 1e-9, "{peak} {later}");
}

#[test]
fn the_answer_is_a_hill_of_third_order() {
    for b in [0.0_f64, 0.1, 0.42, 0.7, 1.0, 3.0] {
        for pain in [0.0, 0.5, 1.0, 2.0] {
            let exact = b.powi(3) / (b.powi(3) + 0.42_f64.powi(3)) * (1.0 - 0.35 * pain);
            assert!((answer(b, pain) - exact).abs() < 1e-14);
        }
    }
    assert!((answer(0.42, 0.0) - 0.5).abs() < 1e-15);
    assert!(answer(9.0, 2.9) >= 0.0 && answer(9.0, 10.0) == 0.0, "adrenaline never pushes milk back");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn any_pulses_agree_with_small_steps(
        pulses in prop::collection::vec((0.0..400.0f64, 0.05..3.0f64), 1..7),
        (clears, lag_s, pain) in (0.01..0.04f64, 5.0..30.0f64, 0.0..2.0f64),
    ) {
        let gland = Gland { clears_per_s: clears, lag_s };
        let ours = course(&gland, &pulses, pain, 500.0);
        let theirs = oracle(&gland, &pulses, pain, 500.0);
        for (i, (ours, theirs)) in ours.iter().zip(&theirs).enumerate() {
            // A pulse arrives at the end of a step: up to half a second late or early against its own time.
            prop_assert!((ours.0 - theirs.0).abs() < 0.5 * clears * 3.0 * 7.0, "blood at step {}: {:?} {:?}", i, ours, theirs);
            prop_assert!((ours.1 - theirs.1).abs() < 0.06, "contraction at step {}: {:?} {:?}", i, ours, theirs);
        }
        let integral = |v: &[(f64, f64)]| v.iter().map(|(_, a)| a * STEP_S).sum::<f64>();
        let (a, b) = (integral(&ours), integral(&theirs));
        prop_assert!((a - b).abs() < 0.02 * b + 0.05 * pulses.len() as f64, "{} {}", a, b);
    }

    #[test]
    fn contraction_stays_between_nothing_and_all(
        pulses in prop::collection::vec((0.0..300.0f64, 0.0..50.0f64), 0..40),
        pain in 0.0..5.0f64,
    ) {
        for (blood, contraction) in course(&gland(), &pulses, pain, 600.0) {
            prop_assert!(blood >= 0.0 && (0.0..=1.0).contains(&contraction));
        }
    }
}

#[test]
fn it_comes_to_rest() {
    let decay = Decay::over(&gland(), STEP_S);
    let mut squeeze = Squeeze::default();
    let quiet = |s: &Squeeze| s.at_the_gland() < 1e-4 && s.contraction < 1e-5;
    assert!(quiet(&squeeze));
    squeeze.pulse(&gland(), 0.0, 1.0);
    squeeze.step(&decay, 60.0, 0.0);
    assert!(!quiet(&squeeze), "a pulse that came is no rest");
    let rested = (1..4000).find(|i| {
        squeeze.step(&decay, 60.0 + STEP_S * f64::from(*i), 0.0);
        quiet(&squeeze)
    });
    assert!(rested.is_some_and(|i| (400..1600).contains(&i)), "{rested:?}");
}

/// Mean of the strongest contraction in a session's first let-down.
fn peak(distress: Distress) -> f64 {
    let her = Mother::typical();
    let breasts = Breasts::filled(&her, 0.5);
    let phase = Phase { distress, ..Phase::both(6.0, Side::pumped(Pump::comfortable())) };
    let plan = Plan::of([phase]);
    let each = |seed| {
        let mut most = 0.0_f64;
        let random = &mut Random::seeded(seed);
        run_watched(&her, &breasts, &plan, random, STEP_S, &mut |now| most = most.max(now.contraction));
        most
    };
    (0..200).map(each).sum::<f64>() / 200.0
}

#[test]
fn pain_weakens_the_squeeze_and_stress_does_not() {
    let calm = peak(Distress::default());
    let pain = peak(Distress { stress: 0.0, pain: 0.5 });
    let stress = peak(Distress { stress: 0.5, pain: 0.0 });
    // By 0.35 x 0.5; and a little for the pulses that come later, or no second one within the six minutes.
    assert!((0.74..0.84).contains(&(pain / calm)), "{pain} {calm}");
    assert!(stress / calm > 0.93, "the control: the same delay without adrenaline: {stress} {calm}");
}
