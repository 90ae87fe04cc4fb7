use letdown_model::{
    demand::{Demand, Lived, Memory},
    mother::Mother,
    number::{Lanes, Number as _},
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

#[test]
fn side_by_side_each_meets_her_own_ceiling() {
    let one = Demand { gain_per_day: 2.0, return_per_day: 0.3, ..Mother::typical().demand };
    let two = Demand { ceiling: 3.0, return_per_day: 1e-6, memory_h: 40.0, ..one };
    let lanes = |of: fn(&Demand) -> f64| Lanes([of(&one), of(&two)]);
    let abreast = Demand {
        set_fullness: lanes(|d| d.set_fullness),
        memory_h: lanes(|d| d.memory_h),
        gain_per_day: lanes(|d| d.gain_per_day),
        return_per_day: lanes(|d| d.return_per_day),
        early_gain: lanes(|d| d.early_gain),
        retention_per_day: lanes(|d| d.retention_per_day),
        past_flow_per_day: lanes(|d| d.past_flow_per_day),
        ceiling: lanes(|d| d.ceiling),
    };
    #[expect(clippy::disallowed_methods, reason = "an oracle of its own")]
    let ln_ceiling = one.ceiling.ln();
    for above in [-0.5, -0.005, 0.0, 0.01, 0.4] {
        for (fullness, hours) in [(0.0, 3.0), (0.9, 24.0), (0.5, 1e-7)] {
            let start = Memory { fullness, ln_capacity: ln_ceiling + above };
            let starts =
                Memory { fullness: Lanes([fullness; 2]), ln_capacity: Lanes([start.ln_capacity; 2]) };
            let lived = Lived::established(Lanes([fullness; 2]), hours);
            let together = abreast.after_lapse(&starts, &lived, &abreast.lapse(hours, Lanes::ONE));
            let slope = Memory { fullness: 0.4, ln_capacity: 1.0 };
            let slopes = Memory { fullness: Lanes([0.4; 2]), ln_capacity: Lanes([1.0; 2]) };
            let back = abreast.gradient(&together, &slopes);
            for (l, demand) in [one, two].into_iter().enumerate() {
                let lived = Lived::established(fullness, hours);
                let alone = demand.after_lapse(&start, &lived, &demand.lapse(hours, 1.0));
                let back_alone = demand.gradient(&alone, &slope);
                for (together, alone) in [
                    (together.memory.ln_capacity, alone.memory.ln_capacity),
                    (together.memory.fullness, alone.memory.fullness),
                    (back.ln_capacity, back_alone.ln_capacity),
                    (back.ceiling, back_alone.ceiling),
                    (back.return_per_day, back_alone.return_per_day),
                    (back.memory_h, back_alone.memory_h),
                ] {
                    let apart = (together.0[l] - alone).abs();
                    assert!(
                        apart < 1e-12,
                        "{above} above, {hours} h, lane {l}: {} and {alone}",
                        together.0[l]
                    );
                }
            }
        }
    }
}
