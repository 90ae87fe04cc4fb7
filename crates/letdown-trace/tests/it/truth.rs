//! The truth of a simulated trace, against closed forms.

use letdown_trace::{
    random::{Between, Random},
    reading::MILK_G_PER_ML,
    simulate::{
        Outflow, Pulse, Regime, Simulated,
        families::{Family, STEP_S, Session},
        simulate,
        taps::{Tap, Tapping, tap},
    },
};
use proptest::prelude::*;

/// Box-shaped let-downs: flow from a start for a while, above a drip.
fn boxes(pulses: &[(f64, f64, f64)], drip: f64, seconds: f64) -> Outflow {
    let of = |(start_s, lasts_s, flow): &(f64, f64, f64)| Pulse {
        start_s: *start_s,
        flow_ml_per_s: vec![*flow; (lasts_s / 0.1).round() as usize],
    };
    Outflow {
        step_s: 0.1,
        drip_ml_per_s: vec![drip; (seconds * 10.0).round() as usize],
        pulses: pulses.iter().map(of).collect(),
    }
}

fn near(a: f64, b: f64, by: f64) {
    assert!((a - b).abs() <= by, "{a} is not within {by} of {b}");
}

/// A cycle of the slowest pump (s): by so much the valve may hold milk back.
const CYCLE_S: f64 = 60.0 / 45.0;
/// A last drop may hang on the valve (mL).
const DROP_ML: f64 = 0.05 / MILK_G_PER_ML;

#[test]
fn a_box_of_milk_is_the_let_down_it_says() {
    let breast = boxes(&[(60.0, 50.0, 0.4), (200.0, 40.0, 0.2)], 0.0, 300.0);
    let truth = simulate(&[breast], &Regime::clear(), 1).truth;
    let [first, second] = truth.let_downs[..] else { panic!("{:?}", truth.let_downs) };
    for (let_down, start_s, lasts_s, flow) in [(first, 60.0, 50.0, 0.4), (second, 200.0, 40.0, 0.2)] {
        assert!((start_s..start_s + CYCLE_S).contains(&let_down.onset_s), "{let_down:?}");
        near(let_down.end_s, start_s + lasts_s, 0.05);
        near(let_down.volume_ml, flow * (start_s + lasts_s - let_down.onset_s), 0.02);
        near(let_down.peak_ml_per_min, 60.0 * flow, 1e-9);
    }
    near(truth.total_ml, 28.0, DROP_ML);
    assert_eq!(truth.first_s, Some(first.onset_s));
    assert_eq!(truth.milk_ml.len(), 301);
    near(truth.milk_ml[160], 20.0, DROP_ML);
}

#[test]
fn a_let_down_ends_under_a_fifth_of_its_peak() {
    // 0.5 e^(-t/30) falls under 0.1 at 30 ln 5 s.
    let flow_ml_per_s = (0..3_000).map(|i| 0.5 * (-0.1 * f64::from(i) / 30.0).exp()).collect();
    let breast = Outflow {
        step_s: 0.1,
        drip_ml_per_s: vec![0.0; 3_000],
        pulses: vec![Pulse { start_s: 10.0, flow_ml_per_s }],
    };
    let truth = simulate(&[breast], &Regime::clear(), 1).truth;
    let late_s = truth.let_downs[0].onset_s - 10.0;
    let peak = 0.5 * (-late_s / 30.0).exp();
    near(truth.let_downs[0].end_s, 10.0 + late_s + 30.0 * 5f64.ln(), 0.2);
    near(truth.let_downs[0].volume_ml, peak * 30.0 * 0.8, 0.1);
    // The two minutes from t on hold 15 e^(-t/30) (1 - e^-4) mL, 6 mL at last.
    let from_s = 30.0 * (15.0 * (1.0 - (-4f64).exp()) / 6.0).ln();
    near(truth.slowed_s.unwrap(), 10.0 + from_s + 120.0, 0.15);
}

#[test]
fn a_new_let_down_on_the_tail_of_the_last_one_begins_with_its_own_milk() {
    let tail = |start_s: f64| Pulse {
        start_s,
        flow_ml_per_s: (0..2_000).map(|i| 0.4 * (-0.1 * f64::from(i) / 40.0).exp()).collect(),
    };
    let breast =
        Outflow { step_s: 0.1, drip_ml_per_s: vec![0.002; 2_000], pulses: vec![tail(20.0), tail(60.0)] };
    let truth = simulate(&[breast], &Regime::clear(), 3).truth;
    let [first, second] = truth.let_downs[..] else { panic!("{:?}", truth.let_downs) };
    assert!((60.0..60.0 + CYCLE_S).contains(&second.onset_s), "{second:?}");
    near(first.end_s, second.onset_s, 0.03);
}

#[test]
fn cup_and_wetting_delay_the_first_let_down_by_what_they_hold() {
    let mut regime = Regime::clear();
    regime.way.cup_ml = Between::always(1.5);
    regime.way.wetting_ml = Between::always(2.1);
    regime.way.delay_s = Between::always(0.8);
    let breast = boxes(&[(30.0, 60.0, 0.3)], 0.0, 120.0);
    let Simulated { truth, kept_ml, .. } = simulate(&[breast], &regime, 5);
    // The cup is full after 1.5 mL at 0.3 mL/s; then three tenths of the flow pass.
    let opens_s = 30.0 + 1.5 / 0.3 + 0.8;
    assert!((opens_s - 0.03..opens_s + CYCLE_S).contains(&truth.let_downs[0].onset_s), "{truth:?}");
    near(truth.total_ml, 18.0 - 3.6, DROP_ML);
    near(kept_ml, 3.6, DROP_ML);
}

#[test]
fn the_valve_only_holds_milk_back_for_a_cycle() {
    let breast = boxes(&[(20.0, 60.0, 0.5)], 0.0, 120.0);
    let seen = simulate(&[breast], &Regime::clear(), 2);
    for reading in &seen.readings {
        let came_g = 0.5 * (reading.t_s - 20.0).clamp(0.0, 60.0) * MILK_G_PER_ML;
        let holds_g = 0.5 * CYCLE_S * MILK_G_PER_ML;
        assert!(came_g - holds_g - 0.05 < reading.mass_g && reading.mass_g < came_g + 0.05, "{reading:?}");
    }
    // In steps: some tenths of a second bring nothing, others several times the mean.
    let rises = seen.readings.windows(2).filter(|w| (40.0..60.0).contains(&w[0].t_s));
    let still = rises.clone().filter(|w| w[1].mass_g - w[0].mass_g < 0.005).count();
    assert!(still * 3 > rises.count(), "milk does not fall in cycles");
}

#[test]
fn too_little_and_no_rise_are_faint() {
    let breast = boxes(&[(20.0, 60.0, 0.5), (120.0, 30.0, 0.05), (200.0, 60.0, 0.012)], 0.0, 300.0);
    let truth = simulate(&[breast], &Regime::clear(), 2).truth;
    assert_eq!(truth.let_downs.len(), 1);
    assert_eq!(truth.faint_s.len(), 2, "{truth:?}");
}

#[test]
fn a_rise_of_less_than_a_quarter_ends_nothing() {
    let of = |rise: f64| {
        let breast = boxes(&[(20.0, 100.0, 0.4), (70.0, 50.0, rise)], 0.0, 200.0);
        simulate(&[breast], &Regime::clear(), 2).truth
    };
    let gentle = of(0.09);
    assert_eq!((gentle.let_downs.len(), gentle.faint_s.len()), (1, 1));
    near(gentle.let_downs[0].end_s, 120.0, 0.05);
    near(gentle.let_downs[0].volume_ml, 44.5 - 0.4 * (gentle.let_downs[0].onset_s - 20.0), 0.05);
    assert_eq!(of(0.11).let_downs.len(), 2);
}

#[test]
fn both_breasts_begin_one_let_down() {
    let (left, right) = (boxes(&[(60.0, 40.0, 0.2)], 0.0, 200.0), boxes(&[(62.0, 40.0, 0.3)], 0.0, 200.0));
    let truth = simulate(&[left, right], &Regime::clear(), 2).truth;
    assert_eq!(truth.let_downs.len(), 1);
    assert!((60.0..60.0 + CYCLE_S).contains(&truth.let_downs[0].onset_s));
    near(truth.total_ml, 20.0, DROP_ML);
}

#[test]
fn a_session_without_let_downs_has_none() {
    for seed in 0..20 {
        let session = Session::without(15.0, seed);
        let truth = simulate(&session.breasts, &Regime::quiet(), seed).truth;
        assert_eq!((truth.let_downs.len(), truth.first_s, truth.slowed_s), (0, None, None));
        assert!(truth.total_ml < 0.012 * 900.0);
    }
}

#[test]
fn taps_come_late_and_in_order() {
    let session = Session::drawn(Family::Gamma, 20.0, 4);
    let truth = simulate(&session.breasts, &Regime::quiet(), 4).truth;
    let never = Tapping { misses: 0.0, misses_marks: 0.0, ..Tapping::usual() };
    let taps = tap(&never, &truth, 9);
    assert!(taps.windows(2).all(|w| w[0].t_s <= w[1].t_s));
    let came: Vec<f64> = taps.iter().filter(|t| t.what == Tap::MilkCame).map(|t| t.t_s).collect();
    assert_eq!(came.len(), truth.let_downs.len());
    for (tapped_s, let_down) in came.iter().zip(&truth.let_downs) {
        assert!((2.0..=6.0).contains(&(tapped_s - let_down.onset_s)));
    }
    let marks = taps.iter().filter(|t| matches!(t.what, Tap::Mark(_))).count();
    assert_eq!(marks, (truth.total_ml / 10.0) as usize);
}

const PINNED: [u64; 5] = [
    0x9791_30ff_6df8_10d8,
    0x8463_0230_7687_7f1f,
    0xc14b_4ab3_2fbd_1620,
    0xd079_b620_a091_6a9d,
    0x2fe0_964a_0e43_a7f4,
];

/// Pinned: a change of these bits is a change of every trace, on this platform or on another.
#[test]
fn a_trace_is_the_same_on_every_platform() {
    let digest = |regime: &Regime, family: Family| {
        let session = Session::drawn(family, 10.0, 42);
        let seen = simulate(&session.breasts, regime, 42);
        let numbers = seen.readings.iter().flat_map(|r| [r.t_s, r.mass_g]);
        numbers.fold(0u64, |so_far, x| so_far.rotate_left(5) ^ x.to_bits())
    };
    let digests: Vec<u64> =
        Regime::all().iter().zip(Family::ALL.into_iter().cycle()).map(|(r, f)| digest(r, f)).collect();
    assert_eq!(digests, PINNED);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_comes_is_in_the_bottle_or_was_kept(seed in 0u64..1_000, which in 0usize..5, family in 0usize..4) {
        let regime = Regime::all()[which];
        let session = Session::drawn(Family::ALL[family], 12.0, seed);
        let seen = simulate(&session.breasts, &regime, seed);
        let came_ml: f64 = session.breasts.iter().map(Outflow::total_ml).sum();
        prop_assert!((came_ml - seen.truth.total_ml - seen.kept_ml).abs() < 1e-9);
        // A cup holds at most 2 mL, walls 3 mL; the rest is on its way: blur, delay, one cycle, one drop.
        let most_ml = session.breasts.len() as f64 * 5.0 + 3.5 + 0.05;
        prop_assert!(0.0 <= seen.kept_ml && seen.kept_ml < most_ml, "{}", seen.kept_ml);
        let told_ml: f64 = seen.truth.let_downs.iter().map(|l| l.volume_ml).sum();
        prop_assert!(told_ml <= seen.truth.total_ml + 1.0);
        for pair in seen.truth.let_downs.windows(2) {
            prop_assert!(pair[0].onset_s < pair[0].end_s && pair[0].end_s <= pair[1].onset_s + 0.03);
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes(seed in 0u64..1_000) {
        let session = Session::drawn(Family::FastRise, 6.0, seed);
        let (a, b) = (simulate(&session.breasts, &Regime::lifts(), seed), simulate(&session.breasts, &Regime::lifts(), seed));
        let bits = |seen: &Simulated| seen.readings.iter().map(|r| (r.t_s.to_bits(), r.mass_g.to_bits())).collect::<Vec<_>>();
        prop_assert_eq!(bits(&a), bits(&b));
        let other = simulate(&session.breasts, &Regime::lifts(), seed + 1);
        prop_assert_ne!(bits(&a), bits(&other));
    }

    #[test]
    fn a_shape_has_the_volume_and_width_that_are_asked(
        family in 0usize..4, volume_ml in 2.0f64..40.0, width_s in 20.0f64..90.0, seed in 0u64..1_000
    ) {
        let flow = Family::ALL[family].flow(volume_ml, width_s, &mut Random::stream(seed, 0));
        let area = flow.iter().sum::<f64>() * STEP_S;
        let peak = flow.iter().copied().fold(0.0, f64::max);
        prop_assert!((area - volume_ml).abs() < 1e-9);
        prop_assert!((area / peak / width_s - 1.0).abs() < 0.02, "{}", area / peak / width_s);
        prop_assert!(flow[0] < 0.1 * peak && flow.iter().all(|q| *q >= 0.0));
    }
}
