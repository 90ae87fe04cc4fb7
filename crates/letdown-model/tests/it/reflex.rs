#![expect(clippy::disallowed_methods, reason = "oracles of their own may ask the platform for a logarithm")]

use letdown_model::{
    mother::Mother,
    random::Random,
    session::{
        Breasts, Phase, Plan,
        reflex::{Drive, Pace, Reflex, Running, pulses},
        run,
        touch::{Pump, Side},
    },
};

/// The noise of the integrator as MODEL.md has it (1/sqrt(s)).
const NOISE: f64 = 0.008;
const STEP_S: f64 = 0.5;

fn hers() -> Reflex {
    Mother::typical().ejection.reflex
}

fn touch(touch: f64) -> Drive {
    Drive { touch, cues: 0.0, stress: 0.0 }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn sd(values: &[f64]) -> f64 {
    let m = mean(values);
    (values.iter().map(|v| (v - m) * (v - m)).sum::<f64>() / values.len() as f64).sqrt()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Time of the first pulse over many seeds; infinite when none came in half an hour.
fn first_pulses(reflex: &Reflex, drive: &Drive, seeds: u64) -> Vec<f64> {
    let first = |seed| pulses(reflex, drive, 1800.0, &mut Random::seeded(seed)).first().map(|p| p.0);
    (0..seeds).map(|seed| first(seed).unwrap_or(f64::INFINITY)).collect()
}

#[test]
fn the_first_pulse_comes_when_a_leaky_integrator_is_full() {
    for (u, cues, stress) in [
        (0.55, 0.0, 0.0),
        (0.95, 0.0, 0.0),
        (0.95, 0.4, 0.0),
        (0.55, 0.9, 0.0),
        (0.55, 0.0, 0.6),
        (0.35, 0.0, 0.0),
    ] {
        let reflex = hers();
        let drive = Drive { touch: u, cues, stress };
        // Cues add 0.6 at most. The integrator starts in 0 to 0.12: 0.06 in the middle.
        let e = (u + cues.min(0.6)) * (-stress).exp();
        let (g_e, tau, x0) = (reflex.gain_per_s * e, reflex.forgets_s, 0.06);
        let exact_s = -tau * ((1.0 - 1.0 / (g_e * tau)) / (1.0 - x0 / (g_e * tau))).ln();
        let ours_s = median(first_pulses(&reflex, &drive, 1001));
        // Half a step late, and chance in the median of a thousand.
        assert!(
            (ours_s - exact_s).abs() < 1.5 + 0.02 * exact_s,
            "{u} {cues} {stress}: {ours_s} and {exact_s}"
        );
        let never_forgets = 0.94 / g_e;
        assert!(ours_s > never_forgets, "the leak delays: {ours_s} and {never_forgets}");
    }
}

#[test]
fn a_weak_drive_never_fires() {
    let reflex = hers();
    let threshold = 1.0 / (reflex.gain_per_s * reflex.forgets_s);
    assert!((threshold - 0.185).abs() < 0.001);
    let fired = |reflex: &Reflex, share: f64| {
        let came = first_pulses(reflex, &touch(share * threshold), 300);
        came.iter().filter(|t| t.is_finite()).count()
    };
    assert_eq!(fired(&reflex, 0.6), 0);
    // Noise that leaks has the spread 0.008 sqrt(tau/2) = 0.08 and crosses a level `a` spreads away a / (tau sqrt(2 pi))
    // exp(-a^2/2) times a second: a fifth is bridged in about a third of half-hours, less what it takes to get there.
    let bridged = fired(&reflex, 0.8) as f64 / 300.0;
    assert!((0.12..0.38).contains(&bridged), "{bridged}");
    assert!(fired(&reflex, 0.7) < 10);
    assert_eq!(fired(&reflex, 1.5), 300, "half above it always fires");
    // The control: a reflex that forgets nothing fires on any drive.
    assert_eq!(fired(&Reflex { forgets_s: 1e9, ..reflex }, 0.6), 300);
}

/// Mean of the interval between pulses `k` and `k + 1` (s) over many seeds.
fn intervals(reflex: &Reflex, drive: &Drive, k: u32, seeds: u64) -> f64 {
    let pace = Pace::of(reflex, drive, STEP_S);
    let each = |seed| {
        let random = &mut Random::stream(seed, u64::from(k));
        let mut running = Running::begin(reflex, random);
        let mut steps = 0;
        while running.pulses() <= k {
            steps += i32::from(running.pulses() == k);
            running.step(reflex, &pace, STEP_S, random);
        }
        STEP_S * f64::from(steps)
    };
    mean(&(0..seeds).map(each).collect::<Vec<f64>>())
}

#[test]
fn later_pulses_come_by_her_own_period() {
    let reflex = Reflex { period_s: 200.0, ..hers() };
    for (k, u) in [(1, 0.55), (2, 0.55), (5, 0.55), (1, 0.95), (3, 0.3)] {
        // Brownian motion with drift, reflected at 0, from 0 to 1 takes m - sigma^2 m^2 / 2 (1 - exp(-2/(sigma^2 m))) with
        // m = P_k / later; and exp(0.25 z) has the mean exp(0.25^2/2), its square exp(0.25^2 2).
        let m = 200.0 * (1.0 + 0.10 * (f64::from(k) - 1.0)) / (u / 0.55_f64).powf(0.4);
        let exact_s =
            m * (0.25_f64 * 0.25 / 2.0).exp() - NOISE * NOISE / 2.0 * m * m * (2.0 * 0.0625_f64).exp();
        let ours_s = intervals(&reflex, &touch(u), k, 8000);
        assert!((ours_s / exact_s - 1.0).abs() < 0.015, "pulse {k}, touch {u}: {ours_s} and {exact_s}");
    }
}

#[test]
fn none_follows_within_half_a_minute() {
    let hasty = Reflex { period_s: 5.0, ..hers() };
    let came = pulses(&hasty, &touch(0.95), 900.0, &mut Random::seeded(1));
    assert!(came.len() > 20);
    assert!(came.windows(2).all(|w| w[1].0 - w[0].0 > 30.0), "{came:?}");
    // The control: a slower period is longer than the dead time by itself.
    let came = pulses(&hers(), &touch(0.95), 3600.0, &mut Random::seeded(1));
    assert!(came.windows(2).any(|w| w[1].0 - w[0].0 > 90.0));
}

#[test]
fn stress_stretches_intervals_and_not_sizes() {
    let reflex = Reflex { period_s: 150.0, ..hers() };
    let calm = intervals(&reflex, &touch(0.7), 1, 2000);
    for stress in [0.3_f64, 0.6] {
        let stressed = Drive { stress, ..touch(0.7) };
        let ratio = intervals(&reflex, &stressed, 1, 2000) / calm;
        // The noise shortens long intervals by up to 2 %.
        assert!((ratio / (1.1 * stress).exp() - 1.0).abs() < 0.025, "{ratio}");
        let sizes = |drive: &Drive| -> Vec<f64> {
            let of = |seed| pulses(&reflex, drive, 3000.0, &mut Random::seeded(seed))[0].1;
            (0..200).map(of).collect()
        };
        let (a, b) = (mean(&sizes(&touch(0.7))), mean(&sizes(&stressed)));
        assert!((a / b - 1.0).abs() < 0.01, "the first pulse is as large: {a} {b}");
    }
}

#[test]
fn cues_alone_bring_one_pulse_and_no_more() {
    let her = Mother::typical();
    let breasts = Breasts::filled(&her, 0.5);
    let count = |side: Side, cues: f64, minutes: f64, seed: u64| {
        let phase = Phase { cues, ..Phase::both(minutes, side) };
        run(&her, &breasts, &Plan::of([phase]), &mut Random::seeded(seed)).let_downs.len()
    };
    for seed in 0..300 {
        assert_eq!(count(Side::LEFT_ALONE, 0.6, 20.0, seed), 1, "seed {seed}");
        assert_eq!(count(Side::LEFT_ALONE, 0.0, 20.0, seed), 0, "nothing comes of nothing");
    }
    for seed in 0..100 {
        assert_eq!(count(Side::LEFT_ALONE, 0.6, 90.0, seed), 1, "nor in an hour and a half: seed {seed}");
    }
    // The control: touch keeps them coming.
    let pumped = Side::pumped(Pump::comfortable());
    let more = (0..50).filter(|seed| count(pumped, 0.6, 20.0, *seed) >= 3).count();
    assert!(more > 45, "{more}");
}

#[test]
fn the_reflex_rests_when_touch_ends() {
    let her = Mother::typical();
    let breasts = Breasts::filled(&her, 0.5);
    let pumping = Phase::both(10.0, Side::pumped(Pump::comfortable()));
    let after = |seconds: f64, side: Side, seed: u64| {
        let plan = Plan::of([pumping, Phase { seconds, ..Phase::both(1.0, side) }]);
        let course = run(&her, &breasts, &plan, &mut Random::seeded(seed));
        course.let_downs.iter().filter(|l| l.pulse_s > 600.0).count()
    };
    let late = (0..200).filter(|seed| after(3600.0, Side::LEFT_ALONE, *seed) > 0).count();
    assert_eq!(late, 0, "of 200 women whom nothing touches any more");
    let late = (0..50).filter(|seed| after(3600.0, Side::pumped(Pump::comfortable()), *seed) > 0).count();
    assert_eq!(late, 50, "the control");
}

/// What is left of the size of each pulse (log) when drive, her own size and fatigue are taken away: by the number of the
/// pulse.
fn residuals(reflex: &Reflex, drive: &Drive, fatigue: f64) -> Vec<Vec<f64>> {
    let mut by_number = vec![Vec::new(); 8];
    for seed in 0..800 {
        let mut rested: f64 = 1.0;
        let mut before_s = 0.0;
        for (k, (at_s, size)) in
            pulses(reflex, drive, 9000.0, &mut Random::seeded(seed)).into_iter().take(8).enumerate()
        {
            rested = 1.0 - (1.0 - rested) * (-(at_s - before_s) / reflex.recovers_s).exp();
            before_s = at_s;
            let push = if k == 0 { drive.touch + drive.cues.min(0.6) } else { drive.touch };
            let usual = reflex.pulse * rested * (push / 0.55).sqrt();
            by_number[k].push((size / usual).ln());
            rested *= 1.0 - fatigue;
        }
    }
    by_number
}

#[test]
fn pulses_shrink_by_fatigue_and_rest() {
    let reflex = Reflex { fatigue: 0.25, recovers_s: 700.0, ..hers() };
    for drive in [touch(0.55), Drive { touch: 0.55, cues: 0.5, stress: 0.3 }, touch(0.95)] {
        for (k, residuals) in residuals(&reflex, &drive, 0.25).iter().enumerate() {
            let (m, s) = (mean(residuals), sd(residuals));
            assert!(
                (m + 0.35 * 0.35 / 2.0).abs() < 0.045 && (s - 0.35).abs() < 0.03,
                "pulse {}: {m} {s}",
                k + 1
            );
        }
    }
    // The control: an observer who knows of no fatigue sees them shrink, ever more slowly as rest makes up for it.
    let blind = residuals(&reflex, &touch(0.55), 0.0);
    assert!(mean(&blind[1]) < -0.2 && mean(&blind[4]) < -0.35, "{} {}", mean(&blind[1]), mean(&blind[4]));
}
