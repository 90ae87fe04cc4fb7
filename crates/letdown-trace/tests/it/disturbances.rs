//! Each disturbance of a simulated scale does what it says: one regime, one thing added.

use letdown_trace::{
    found::{Doubt, DoubtKind},
    random::Between,
    reading::{MILK_G_PER_ML, Reading},
    simulate::{Outflow, Pulse, Regime, Simulated, simulate},
};

const SECONDS: f64 = 600.0;

/// A breast that gives nothing, so that all that is seen is disturbance.
fn dry() -> Outflow {
    Outflow { step_s: 1.0, drip_ml_per_s: vec![0.0; SECONDS as usize], pulses: Vec::new() }
}

fn steady(ml_per_s: f64) -> Outflow {
    Outflow { drip_ml_per_s: vec![ml_per_s; SECONDS as usize], ..dry() }
}

fn at(readings: &[Reading], t_s: f64) -> f64 {
    readings.iter().min_by(|a, b| (a.t_s - t_s).abs().total_cmp(&(b.t_s - t_s).abs())).unwrap().mass_g
}

fn sd(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    (values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / values.len() as f64).sqrt()
}

fn masses(seen: &Simulated) -> Vec<f64> {
    seen.readings.iter().map(|r| r.mass_g).collect()
}

fn doubts(seen: &Simulated, kind: DoubtKind) -> Vec<Doubt> {
    seen.truth.doubts.iter().copied().filter(|d| d.kind == kind).collect()
}

#[test]
fn nothing_on_a_clear_scale_shows_nothing() {
    let seen = simulate(&[dry()], &Regime::clear(), 1);
    assert_eq!(seen.readings.len(), 6_000);
    assert!(seen.readings.iter().all(|r| r.mass_g == 0.0));
}

#[test]
fn noise_has_its_spread() {
    let mut regime = Regime::clear();
    regime.scale.noise_g = Between::always(0.05);
    let spread = sd(&masses(&simulate(&[dry()], &regime, 1)));
    assert!((spread - 0.05).abs() < 0.002, "{spread}");
}

#[test]
fn a_display_goes_in_its_steps() {
    for (step_g, rate_hz) in [(0.1, 10.0), (0.2, 4.0), (1.0, 1.0)] {
        let mut regime = Regime::clear();
        regime.scale.step_g = step_g;
        regime.air.rate_hz = rate_hz;
        let seen = simulate(&[steady(0.2)], &regime, 1);
        assert_eq!(seen.readings.len(), (SECONDS * rate_hz) as usize);
        for reading in &seen.readings {
            let steps = reading.mass_g / step_g;
            assert!((steps - steps.round()).abs() < 1e-9, "{reading:?}");
            let came_g = 0.2 * reading.t_s * MILK_G_PER_ML;
            assert!(came_g - 0.6 - step_g < reading.mass_g && reading.mass_g < came_g + 0.06 + step_g);
        }
    }
}

#[test]
fn drift_moves_the_display_by_its_rate() {
    let mut regime = Regime::clear();
    regime.scale.drift_g_per_min = Between::always(0.05);
    let ends: Vec<f64> =
        (0..200).map(|seed| at(&simulate(&[dry()], &regime, seed).readings, SECONDS)).collect();
    // 0.5 g of steady drift in 10 minutes, up or down, and as much as 0.05 g to and fro.
    let typical = (ends.iter().map(|g| g * g).sum::<f64>() / ends.len() as f64).sqrt();
    assert!((typical - 0.5025).abs() < 0.02, "{typical}");
    assert!(ends.iter().any(|g| *g < 0.0) && ends.iter().any(|g| *g > 0.0));
}

#[test]
fn a_filter_shows_a_step_late() {
    let mut regime = Regime::clear();
    regime.scale.filter_s = Between::always(1.0);
    let swift = Outflow { pulses: vec![Pulse { start_s: 100.0, flow_ml_per_s: vec![50.0] }], ..dry() };
    let shown = |regime: &Regime| {
        let readings = simulate(std::slice::from_ref(&swift), regime, 1).readings;
        readings.iter().find(|r| r.mass_g > 0.9 * 50.0 * MILK_G_PER_ML).unwrap().t_s
    };
    // 90 % of a step are shown after ln 10 time constants.
    let late_s = shown(&regime) - shown(&Regime::clear());
    assert!((late_s - 10f64.ln()).abs() < 0.5, "{late_s}");
}

#[test]
fn a_kitchen_scale_swallows_a_slow_drip_and_shows_a_stream() {
    let mut regime = Regime::clear();
    regime.scale.step_g = 1.0;
    regime.scale.follows_g_per_s = Between::always(0.05);
    let drip = simulate(&[steady(0.02)], &regime, 1);
    assert!(drip.truth.total_ml > 11.0);
    assert!(drip.readings.iter().all(|r| r.mass_g == 0.0), "the drip shows");
    let stream = simulate(&[steady(0.2)], &regime, 1);
    let shown_g = at(&stream.readings, SECONDS);
    assert!((115.0..=124.0).contains(&shown_g), "{shown_g}");
}

#[test]
fn a_tube_pulls_at_the_frequency_of_the_pump() {
    let mut regime = Regime::clear();
    regime.tube.pulls_g = Between::always(1.0);
    regime.pump.stimulates_per_min = Between::always(120.0);
    regime.pump.expresses_per_min = Between::always(60.0);
    let readings = simulate(&[dry()], &regime, 1).readings;
    let crossings = |from: usize, to: usize| {
        readings[from..to].windows(2).filter(|w| w[0].mass_g < 0.5 && w[1].mass_g >= 0.5).count()
    };
    // Two pulls a second for two minutes, then one.
    assert!((199..=201).contains(&crossings(0, 1_000)), "{}", crossings(0, 1_000));
    assert!((199..=201).contains(&crossings(2_000, 4_000)), "{}", crossings(2_000, 4_000));
}

#[test]
fn a_change_of_vacuum_is_a_step_and_often_at_the_let_down() {
    let mut regime = Regime::clear();
    regime.tube.steps_g = Between::always(1.0);
    regime.tube.changes = 3.0;
    let let_down = Pulse { start_s: 300.0, flow_ml_per_s: vec![0.2; 40] };
    let breast = Outflow { pulses: vec![let_down], ..dry() };
    let (mut near, mut all) = (0, 0);
    for seed in 0..40 {
        let seen = simulate(std::slice::from_ref(&breast), &regime, seed);
        let steps = doubts(&seen, DoubtKind::Offset);
        all += steps.len();
        near += steps.iter().filter(|d| (299.0..310.0).contains(&d.start_s)).count();
        let moved_g: f64 = steps.iter().map(|d| d.offset_g).sum();
        let shown_g = at(&seen.readings, SECONDS) - seen.truth.total_ml * MILK_G_PER_ML;
        let is_late = steps.iter().any(|d| d.start_s > SECONDS - 5.0);
        assert!(is_late || (shown_g - moved_g).abs() < 0.01, "{shown_g} {moved_g}");
    }
    assert!(all > 100 && near * 3 > all, "{near} of {all}");
}

#[test]
fn bumps_come_as_often_as_said_and_a_third_stays() {
    let mut regime = Regime::clear();
    regime.bumps.per_min = 2.0;
    let (mut bumps, mut stay) = (0, 0);
    for seed in 0..100 {
        let seen = simulate(&[dry()], &regime, seed);
        let offsets: Vec<Doubt> =
            doubts(&seen, DoubtKind::Offset).into_iter().filter(|d| d.offset_g != 0.0).collect();
        bumps += doubts(&seen, DoubtKind::Bump).len();
        stay += offsets.len();
        let over: Vec<&Doubt> = offsets.iter().filter(|d| d.end_s < SECONDS - 1.0).collect();
        if over.len() == offsets.len() {
            let moved_g: f64 = over.iter().map(|d| d.offset_g).sum();
            let last = doubts(&seen, DoubtKind::Bump).iter().all(|d| d.end_s < SECONDS - 1.0);
            assert!(!last || (at(&seen.readings, SECONDS) - moved_g).abs() < 0.01);
        }
    }
    assert!((1_850..2_150).contains(&bumps), "{bumps}");
    let share = stay as f64 / bumps as f64;
    assert!((share - 1.0 / 3.0).abs() < 0.04, "{share}");
}

#[test]
fn ringing_dies_away() {
    let mut regime = Regime::clear();
    regime.ringing.swings_g = Between::always(0.3);
    let drop = Outflow { pulses: vec![Pulse { start_s: 100.0, flow_ml_per_s: vec![0.5] }], ..dry() };
    let seen = simulate(&[drop], &regime, 1);
    let end_g = at(&seen.readings, SECONDS);
    let swing = |from: f64, to: f64| {
        let part = seen.readings.iter().filter(|r| (from..to).contains(&r.t_s));
        part.map(|r| (r.mass_g - end_g).abs()).fold(0.0, f64::max)
    };
    assert!(swing(101.0, 103.0) > 0.05, "{}", swing(101.0, 103.0));
    assert!(swing(110.0, 600.0) < 0.002);
}

#[test]
fn a_lifted_bottle_shows_less_than_nothing_and_comes_back() {
    let mut regime = Regime::clear();
    regime.handling.lifts_per_h = 30.0;
    regime.handling.stands_g = 0.0;
    regime.handling.bottle_g = Between::always(60.0);
    let seen = simulate(&[steady(0.1)], &regime, 2);
    let lifts = doubts(&seen, DoubtKind::Lift);
    assert!(!lifts.is_empty());
    for lift in lifts {
        let away_g = at(&seen.readings, lift.start_s + 1.0);
        assert!((away_g + 60.0).abs() < 0.1, "{away_g}");
        let back_s = lift.end_s + 1.0;
        assert!((at(&seen.readings, back_s) - 0.1 * back_s * MILK_G_PER_ML).abs() < 0.4);
    }
}

#[test]
fn another_bottle_begins_empty() {
    let mut regime = Regime::clear();
    regime.handling.swaps_per_h = 12.0;
    regime.handling.stands_g = 0.0;
    regime.handling.bottle_g = Between::always(60.0);
    let mut swaps = 0;
    for seed in 0..10 {
        let seen = simulate(&[steady(0.1)], &regime, seed);
        for swap in doubts(&seen, DoubtKind::Swap) {
            swaps += 1;
            let since_s = swap.end_s - swap.start_s;
            let shown_g = at(&seen.readings, swap.end_s + 0.8);
            assert!((shown_g - 0.1 * since_s * MILK_G_PER_ML).abs() < 0.6, "{shown_g} after {since_s} s");
        }
        assert!(seen.truth.total_ml > 58.0, "milk of both bottles counts");
    }
    assert!(swaps > 5);
}

#[test]
fn a_tare_sets_to_zero() {
    let mut regime = Regime::clear();
    regime.handling.tares_per_h = 20.0;
    let seen = simulate(&[steady(0.1)], &regime, 3);
    let tares = doubts(&seen, DoubtKind::Tare);
    assert!(!tares.is_empty());
    for tare in tares {
        assert!(at(&seen.readings, tare.start_s + 0.1).abs() < 0.2);
    }
}

#[test]
fn a_bottle_may_stand_on_the_scale_before_it_is_zero() {
    let mut regime = Regime::clear();
    regime.handling.starts_at_zero = 0.0;
    regime.handling.bottle_g = Between::always(80.0);
    assert!((at(&simulate(&[dry()], &regime, 1).readings, 5.0) - 80.0).abs() < 1e-9);
}

#[test]
fn holes_are_silent() {
    let mut regime = Regime::clear();
    regime.air.holes_per_min = 1.0;
    let seen = simulate(&[dry()], &regime, 1);
    let holes = doubts(&seen, DoubtKind::Hole);
    assert!((3..20).contains(&holes.len()), "{}", holes.len());
    for hole in holes {
        assert!((0.3..=9.0).contains(&(hole.end_s - hole.start_s)) || hole.end_s == SECONDS);
        assert!(!seen.readings.iter().any(|r| hole.start_s <= r.t_s && r.t_s < hole.end_s));
    }
}

#[test]
fn readings_come_unevenly_twice_and_overtake() {
    let mut regime = Regime::clear();
    regime.air.jitter = 0.05;
    let gaps: Vec<f64> =
        simulate(&[dry()], &regime, 1).readings.windows(2).map(|w| w[1].t_s - w[0].t_s).collect();
    // The gap between two moments that are each off by 5 % is off by 5 % times the root of 2.
    assert!((sd(&gaps) - 0.1 * 0.05 * 2f64.sqrt()).abs() < 3e-4, "{}", sd(&gaps));

    regime.air.twice = 0.1;
    regime.air.overtaken = 0.1;
    let readings = simulate(&[steady(0.1)], &regime, 1).readings;
    let twice = readings.windows(2).filter(|w| w[0] == w[1]).count();
    let back = readings.windows(2).filter(|w| w[1].t_s < w[0].t_s).count();
    assert!((450..700).contains(&twice), "{twice}");
    assert!((350..700).contains(&back), "{back}");
}

#[test]
fn every_regime_sees_the_same_milk() {
    let totals: Vec<f64> =
        Regime::all().iter().map(|r| simulate(&[steady(0.1)], r, 4).truth.total_ml).collect();
    assert!(totals.windows(2).all(|w| (w[0] - w[1]).abs() < 1e-9), "{totals:?}");
}
