use letdown_model::{
    demand::{Demand, Lived, Memory},
    mother::Mother,
};

/// Capacity pulled under its ceiling by ten thousand small steps along the straight line of its free course, as the
/// equation has it: `d ln C/dt = (free - before)/days - max(ln C - ln Cmax, 0)`.
fn by_small_steps(before: f64, free: f64, ln_ceiling: f64, days: f64) -> f64 {
    const STEPS: u32 = 10_000;
    let step = days / f64::from(STEPS);
    let slope = |ln_c: f64| (free - before) / days - (ln_c - ln_ceiling).max(0.0);
    (0..STEPS).fold(before, |ln_c, _| {
        let middle = ln_c + 0.5 * step * slope(ln_c);
        ln_c + step * slope(middle)
    })
}

/// The same woman without a ceiling, and what her capacity does in a gap of some hours at some fullness.
fn free(demand: &Demand, start: &Memory, lived: &Lived) -> f64 {
    Demand { ceiling: 1e9, ..*demand }.after(start, lived).memory.ln_capacity
}

#[test]
fn the_pull_under_the_ceiling_agrees_with_small_steps() {
    let demand = Demand { gain_per_day: 2.0, return_per_day: 0.3, ..Mother::typical().demand };
    #[expect(clippy::disallowed_methods, reason = "an oracle of its own")]
    let ln_ceiling = demand.ceiling.ln();
    let (mut fell, mut rose) = (0, 0);
    for above in [-0.3, -0.02, -0.005, 0.0, 0.01, 0.05, 0.4] {
        for (fullness, hours) in [(0.0, 3.0), (0.3, 6.0), (0.9, 8.0), (1.0, 24.0), (0.6, 12.0)] {
            let start = Memory { fullness, ln_capacity: ln_ceiling + above };
            let lived = Lived::established(fullness, hours);
            let free = free(&demand, &start, &lived);
            let ours = demand.after(&start, &lived).memory.ln_capacity;
            let theirs = by_small_steps(ln_ceiling + above, free, ln_ceiling, hours / 24.0);
            assert!(
                (ours - theirs).abs() < 1e-6,
                "{above} above, {hours} h at {fullness}: {ours} and {theirs}"
            );
            fell += i32::from(above > 0.0 && free < ln_ceiling);
            rose += i32::from(above < 0.0 && free > ln_ceiling);
        }
    }
    assert!(fell >= 2 && rose >= 2, "only {fell} gaps cross the ceiling downwards and {rose} upwards");
}
