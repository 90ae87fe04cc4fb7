#![expect(
    clippy::disallowed_methods,
    reason = "oracles of their own may ask the platform for an exponential"
)]

use letdown_model::{
    mother::Mother,
    random::Random,
    session::{
        Breasts, Course, Phase, Plan,
        ducts::{Ducts, Forces, Milk},
        run, run_watched,
        touch::{Contact, Pump, Side},
    },
};

fn ducts() -> Ducts {
    Mother::typical().ejection.ducts
}

/// Forces at a breast of 200 mL with 24 mL out of reach, of which a way out is as open as `gate`.
fn forces(contraction: f64, gate: f64) -> Forces {
    let contact = Contact { gate, ..Contact::default() };
    Forces { contraction, contact, storage_ml: 200.0, out_of_reach_ml: 24.0, makes_ml_per_s: 0.0 }
}

fn after(ducts: &Ducts, start: Milk, forces: &Forces, seconds: f64, step_s: f64) -> Milk {
    (0..(seconds / step_s).round() as u32).fold(start, |milk, _| ducts.step(&milk, forces, step_s))
}

fn milk(alveoli_ml: f64, ducts_ml: f64) -> Milk {
    Milk { alveoli_ml, ducts_ml, ..Milk::default() }
}

#[test]
fn milk_that_nobody_takes_flows_back() {
    let alone = forces(0.0, 0.0);
    for seconds in [10.0_f64, 35.0, 100.0] {
        for (step_s, within) in [(0.5, 2e-3), (0.05, 2e-5)] {
            let now = after(&ducts(), milk(80.0, 15.0), &alone, seconds, step_s);
            let exact = 15.0 * (-seconds / 35.0).exp();
            assert!((now.ducts_ml - exact).abs() < within, "{seconds} s: {} and {exact}", now.ducts_ml);
            assert!((now.held_ml() - 95.0).abs() < 1e-9 && now.taken_ml <= 0.0);
        }
    }
    // While the alveoli are squeezed the way back is shut, and with no way back it stays where it is.
    let squeezed = Forces { out_of_reach_ml: 80.0, ..forces(1.0, 0.0) };
    assert!((after(&ducts(), milk(80.0, 15.0), &squeezed, 100.0, 0.5).ducts_ml - 15.0).abs() < 1e-9);
    let shut = Ducts { back_s: 1e12, ..ducts() };
    assert!((after(&shut, milk(80.0, 15.0), &alone, 100.0, 0.5).ducts_ml - 15.0).abs() < 1e-6);
}

#[test]
fn a_full_squeeze_empties_what_is_in_reach() {
    let squeezed = forces(1.0, 0.0);
    for seconds in [20.0, 60.0, 300.0] {
        let now = after(&ducts(), milk(120.0, 0.0), &squeezed, seconds, 0.5);
        let exact = 24.0 + 96.0 * (-0.011 * seconds).exp();
        assert!((now.alveoli_ml - exact).abs() < 1e-3, "{} and {exact}", now.alveoli_ml);
    }
    // The control: no squeeze, no milk in the ducts; and less than what is out of reach stays.
    assert!(after(&ducts(), milk(120.0, 0.0), &forces(0.0, 0.0), 300.0, 0.5).ducts_ml <= 0.0);
    assert!(after(&ducts(), milk(23.0, 0.0), &squeezed, 300.0, 0.5).ducts_ml <= 0.0);
}

#[test]
fn a_pump_takes_what_stands_in_the_ducts() {
    // x' = -k x / (1 + x/x_m) has the closed form ln(x/x0) + (x - x0)/x_m = -k t.
    // Half a vacuum less, a comfortable pump, a baby.
    for gate in [0.5, 1.0, 2.0] {
        let squeezed = Forces { out_of_reach_ml: 80.0, ..forces(1.0, gate) };
        let now = after(&ducts(), milk(80.0, 20.0), &squeezed, 30.0, 0.1);
        let (x, x0) = (now.ducts_ml, 20.0_f64);
        let lhs = (x / x0).ln() + (x - x0) / 12.0;
        assert!((lhs + 0.06 * gate * 30.0).abs() < 1e-3, "{lhs}");
        assert!((now.taken_ml - (x0 - x)).abs() < 1e-9);
    }
    let shut = Forces { out_of_reach_ml: 80.0, ..forces(1.0, 0.0) };
    assert!((after(&ducts(), milk(80.0, 20.0), &shut, 30.0, 0.1).ducts_ml - 20.0).abs() < 1e-9);
}

/// A woman whose reflex sends no pulse.
fn without_let_downs() -> Mother {
    let mut her = Mother::typical();
    her.ejection.reflex.gain_per_s = 0.0;
    her
}

fn fifteen_minutes(her: &Mother, side: Side) -> Course {
    let plan = Plan::of([Phase::both(15.0, side)]);
    run(her, &Breasts::filled(her, 0.5), &plan, &mut Random::seeded(3))
}

#[test]
fn without_a_let_down_there_are_only_drips() {
    let her = without_let_downs();
    let course = fifteen_minutes(&her, Side::pumped(Pump::comfortable()));
    assert!(course.let_downs.is_empty());
    // M' = -q0 v M/S.
    for (taken_ml, breast) in course.taken_ml.iter().zip(&her.breasts) {
        let exact = 0.5 * breast.storage_ml * (1.0 - (-0.0018 * 900.0 / breast.storage_ml).exp());
        assert!((taken_ml - exact).abs() < 1e-5, "{taken_ml} and {exact}");
        assert!(*taken_ml < 1.0);
    }
    // The control: her reflex, and the same breasts give most of what they hold.
    assert!(fifteen_minutes(&Mother::typical(), Side::pumped(Pump::comfortable())).total_ml() > 80.0);
    // A stronger baby makes no difference to that.
    assert!(fifteen_minutes(&her, Side::nursed(1.0)).total_ml() < 2.0);
}

#[test]
fn massage_without_a_let_down_moves_little() {
    let her = without_let_downs();
    let pumped = Side::pumped(Pump::comfortable());
    let course = fifteen_minutes(&her, pumped.massaged(1.0));
    assert!(course.let_downs.is_empty());
    // By Euler steps of a hundredth of a second from the equations: A = 0, m = 1, v = 1.
    for (taken_ml, breast) in course.taken_ml.iter().zip(&her.breasts) {
        let s = breast.storage_ml;
        let (mut m, mut x, mut taken) = (0.5 * s, 0.0, 0.0);
        for _ in 0..90_000 {
            let down = 0.00015 * f64::max(0.0, m - 0.12 * 0.65 * s);
            let (back, out, drip) = (0.2 * x / 35.0, 0.06 * x / (1.0 + x / 12.0), 0.0018 * m / s);
            m += 0.01 * (back - down - drip);
            x += 0.01 * (down - back - out);
            taken += 0.01 * (out + drip);
        }
        assert!((taken_ml - taken).abs() < 0.01 * taken, "{taken_ml} and {taken}");
        // Milk of a woman sits behind ducts that only a let-down widens: at most a seventh of it comes without one.
        assert!(*taken_ml < 0.5 * s / 7.0, "{taken_ml} of {}", 0.5 * s);
    }
    let drips_ml = fifteen_minutes(&her, pumped).total_ml();
    assert!(course.total_ml() > 5.0 * drips_ml, "the control: {} and {drips_ml}", course.total_ml());
    // Massage alone, with nobody to take it, takes nothing.
    assert!(fifteen_minutes(&her, Side::LEFT_ALONE.massaged(1.0)).total_ml() <= 0.0);
}

/// A hand presses on what a let-down squeezes: with let-downs it brings more than without.
#[test]
fn massage_helps_most_while_the_gland_squeezes() {
    let gain_ml = |her: &Mother| {
        let pumped = Side::pumped(Pump::comfortable());
        let plan = |side| Plan::of([Phase::both(5.0, side)]);
        let mean = |side: Side| {
            let one = |seed| {
                run(her, &Breasts::filled(her, 0.5), &plan(side), &mut Random::seeded(seed)).total_ml()
            };
            (0..200).map(one).sum::<f64>() / 200.0
        };
        mean(pumped.massaged(1.0)) - mean(pumped)
    };
    let (with_ml, without_ml) = (gain_ml(&Mother::typical()), gain_ml(&without_let_downs()));
    assert!(0.0 < without_ml && 1.5 * without_ml < with_ml, "{with_ml} with let-downs, {without_ml} without");
}

#[test]
fn a_let_down_at_a_cry_with_nobody_there_leaves_the_milk_where_it_was() {
    let cry = Plan::of([Phase { cues: 0.6, ..Phase::both(12.0, Side::LEFT_ALONE) }]);
    let watched = |her: &Mother, seed: u64| {
        let breasts = Breasts::filled(her, 0.5);
        let (mut most_ml, mut last_ml) = (0.0_f64, 0.0);
        let random = &mut Random::seeded(seed);
        let course = run_watched(her, &breasts, &cry, random, 0.5, &mut |now| {
            last_ml = now.milk[0].ducts_ml;
            most_ml = most_ml.max(last_ml);
        });
        assert_eq!(course.let_downs.len(), 1);
        assert!(course.total_ml() <= 0.0);
        assert!((course.left_ml[0] - breasts.milk_ml[0]).abs() < 1e-9);
        (most_ml, last_ml)
    };
    let her = Mother::typical();
    let mut shut = Mother::typical();
    shut.ejection.ducts.back_s = 1e12;
    for seed in 0..20 {
        let (most_ml, last_ml) = watched(&her, seed);
        assert!(most_ml > 5.0 && last_ml < 0.01, "seed {seed}: {most_ml} then {last_ml}");
        let (most_ml, last_ml) = watched(&shut, seed);
        assert!(last_ml > 0.99 * most_ml, "the control: with no way back it stays in the ducts");
    }
}
