#![expect(clippy::disallowed_methods, reason = "a test may ask the platform for a logarithm")]

use letdown_model::{
    demand::{Demand, Lived, Memory},
    filling::{Brake, FilledSlope, fill, fill_gradient},
    mother::Mother,
};
use proptest::prelude::*;

/// Central difference of `f` in one coordinate.
fn slope(f: impl Fn(f64) -> f64, x: f64) -> f64 {
    let h = 2e-5 * x.abs().max(0.3);
    (f(x + h) - f(x - h)) / (2.0 * h)
}

fn close(ours: f64, theirs: f64) -> bool {
    (ours - theirs).abs() < 2e-6 * (1.0 + ours.abs() + theirs.abs())
}

/// Some weights, so that every result takes part.
const W: FilledSlope = FilledSlope { fullness: 1.3, mean_fullness: -0.7, rate_start: 0.4, rate_end: 2.1 };

fn scalar(f50: f64, n: f64, f: f64, charge: f64, hours: f64) -> f64 {
    let filled = fill(&Brake { half_fullness: f50, steepness: n }, f, charge, hours);
    W.fullness * filled.fullness
        + W.mean_fullness * filled.mean_fullness
        + W.rate_start * filled.rate_start
        + W.rate_end * filled.rate_end
}

proptest! {
    #[test]
    fn of_a_gap(f50 in 0.6..1.6f64, n in 2.0..14.0f64, f in 0.02..1.3f64, charge in 0.02..2.5f64, hours in 0.1..40.0f64) {
        let brake = Brake { half_fullness: f50, steepness: n };
        let filled = fill(&brake, f, charge, hours);
        // A kink where the leak begins is no derivative.
        prop_assume!((filled.fullness - 1.0).abs() > 1e-3 && (f - 1.0).abs() > 1e-3);
        let g = fill_gradient(&brake, &filled, charge, hours, &W);
        let fd = [
            slope(|x| scalar(f50, n, x, charge, hours), f),
            slope(|x| scalar(f50, n, f, x, hours), charge),
            slope(|x| scalar(x, n, f, charge, hours), f50),
            slope(|x| scalar(f50, x, f, charge, hours), n),
        ];
        for (ours, theirs) in [g.fullness, g.charge, g.half_fullness, g.steepness].into_iter().zip(fd) {
            prop_assert!(close(ours, theirs), "{ours} {theirs}");
        }
    }

    #[test]
    fn of_demand(
        (f, c, m, hours) in (0.05..0.85f64, -0.8..0.7f64, 0.05..1.05f64, 0.2..30.0f64),
        (set, memory_h, gain, back, ceiling) in
            (0.2..0.6f64, 12.0..120.0f64, 0.05..0.8f64, 0.01..0.3f64, 1.3..2.5f64),
        (past_flow, past_flow_min) in (-0.01..0.02f64, 0.0..80.0f64),
    ) {
        let typical = Mother::typical().demand;
        let with = |past_flow_per_day: f64| Demand {
            set_fullness: set, memory_h, gain_per_day: gain, return_per_day: back, ceiling, past_flow_per_day, ..typical
        };
        let lived = |m: f64| Lived { past_flow_min, ..Lived::established(m, hours) };
        let weighed = |memory: Memory| 0.9 * memory.fullness - 1.7 * memory.ln_capacity;
        let at = |f: f64, c: f64, m: f64, set: f64, memory_h: f64, gain: f64, back: f64, ceiling: f64| {
            let demand = Demand {
                set_fullness: set, memory_h, gain_per_day: gain, return_per_day: back, ceiling, ..with(past_flow)
            };
            weighed(demand.after(&Memory { fullness: f, ln_capacity: c }, &lived(m)).memory)
        };
        let start = Memory { fullness: f, ln_capacity: c };
        let demand = with(past_flow);
        let remembered = demand.after(&start, &lived(m));
        // The kink where the ceiling begins to pull is no derivative.
        prop_assume!((c - ceiling.ln()).abs() > 1e-3 && (remembered.memory.ln_capacity - ceiling.ln()).abs() > 1e-3);
        let g = demand.gradient(&remembered, &Memory { fullness: 0.9, ln_capacity: -1.7 });
        let fd = [
            slope(|x| at(x, c, m, set, memory_h, gain, back, ceiling), f),
            slope(|x| at(f, x, m, set, memory_h, gain, back, ceiling), c),
            slope(|x| at(f, c, x, set, memory_h, gain, back, ceiling), m),
            slope(|x| at(f, c, m, x, memory_h, gain, back, ceiling), set),
            slope(|x| at(f, c, m, set, x, gain, back, ceiling), memory_h),
            slope(|x| at(f, c, m, set, memory_h, x, back, ceiling), gain),
            slope(|x| at(f, c, m, set, memory_h, gain, x, ceiling), back),
            slope(|x| at(f, c, m, set, memory_h, gain, back, x), ceiling),
            slope(|x| weighed(with(x).after(&start, &lived(m)).memory), past_flow),
        ];
        let ours = [
            g.fullness, g.ln_capacity, g.mean_fullness, g.set_fullness, g.memory_h, g.gain_per_day, g.return_per_day, g.ceiling,
            g.past_flow_per_day,
        ];
        for (ours, theirs) in ours.into_iter().zip(fd) {
            prop_assert!(close(ours, theirs), "{ours} {theirs}");
        }
    }
}

/// Where nothing returns to the baseline, ln C follows its drive: `c + drive h/24`. `(1 - e)/lam` has no value there.
#[test]
fn capacity_that_never_returns_follows_its_drive() {
    let at = |lam: f64| Demand { return_per_day: lam, ceiling: 1e9, ..Mother::typical().demand };
    let start = Memory { fullness: 0.2, ln_capacity: 0.1 };
    let weights = Memory { fullness: 0.9, ln_capacity: -1.7 };
    for (stands_still, hours) in [(true, 0.01), (true, 3.0), (true, 24.0), (true, 240.0), (false, 24.0)] {
        let fullness = if stands_still { start.fullness } else { 0.9 };
        let lived = Lived::established(fullness, hours);
        let after = |lam: f64| at(lam).after(&start, &lived).memory.ln_capacity;
        let by_lam = |lam: f64| {
            let demand = at(lam);
            demand.gradient(&demand.after(&start, &lived), &weights).return_per_day
        };
        if stands_still {
            // F stands still, so the drive is known without any integral.
            let her = at(0.0);
            let shut = her.retention_per_day / (1.0 + ((0.9 - 0.2) / 0.05f64).exp());
            let exact = 0.1 + (her.gain_per_day * (her.set_fullness - 0.2) - shut) * hours / 24.0;
            assert!((after(0.0) - exact).abs() < 1e-14 * hours.max(1.0), "{} and {exact}", after(0.0));
        }
        // Both ways of writing it meet, in value and in slope, on both sides of where one takes over.
        let days = hours / 24.0;
        for x in [1e-7, 0.99e-4, 1.01e-4, 1e-3] {
            let lam = x / days;
            let straight = after(0.0) - 0.5 * x * (0.1 + after(0.0));
            assert!((after(lam) - straight).abs() < x * x, "{hours} h, {x}");
            let (ours, theirs) =
                (by_lam(lam), -1.7 * (after(1.001 * lam) - after(0.999 * lam)) / (0.002 * lam));
            let seen = 1e-15 / (0.002 * lam) + 1e-5 * (1.0 + ours.abs());
            assert!((ours - theirs).abs() < seen, "{hours} h, {x}: {ours} and {theirs}");
        }
        // At 0 the slope is -1.7 (-drive days/2 - c) days, and the drive is what moved ln C.
        let exact = 1.7 * (0.5 * (after(0.0) - 0.1) + 0.1) * days;
        assert!((by_lam(0.0) - exact).abs() < 1e-12 * (1.0 + exact), "{} and {exact}", by_lam(0.0));
    }
}
