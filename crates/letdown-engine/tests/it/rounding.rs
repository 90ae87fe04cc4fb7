use letdown_engine::rounding::Rounding;
use letdown_model::random::Random;

const OZ: f64 = 29.5735;

/// 200 volumes between 40 and 240 mL, read to a step, a few of them to a finer one.
fn read_to(step_ml: f64, finer_ml: f64, every: usize) -> Vec<f64> {
    let mut random = Random::seeded(3);
    let mut volume = |i: usize| {
        let step = if i % every == 1 { finer_ml } else { step_ml };
        (40.0 + 200.0 * random.uniform()).div_euclid(step) * step
    };
    (0..200).map(&mut volume).collect()
}

#[test]
fn every_usual_step_is_found() {
    for step in [30.0, OZ, 20.0, 15.0, OZ / 2.0, 10.0, OZ / 4.0, 5.0, OZ / 10.0, 2.0, 1.0] {
        let rounding = Rounding::of(&read_to(step, step, 2));
        assert_eq!(rounding.step_ml(), step);
        assert_eq!(rounding.of_volume(6.0 * step), step);
        assert_eq!(rounding.of_volume(0.0), step, "nothing is read like anything else");
    }
}

#[test]
fn ounces_converted_and_rounded_are_still_ounces() {
    let hundredths: Vec<f64> =
        read_to(OZ / 4.0, OZ / 4.0, 2).iter().map(|v| (v * 100.0).round() / 100.0).collect();
    assert_eq!(Rounding::of(&hundredths).step_ml(), OZ / 4.0);
}

#[test]
fn what_fits_no_step_was_read_to_half_a_millilitre() {
    assert_eq!(Rounding::of(&read_to(0.37, 0.37, 2)).step_ml(), 0.5);
}

#[test]
fn a_habit_may_have_exceptions_but_the_step_of_the_log_has_none() {
    let mostly_tens = Rounding::of(&read_to(10.0, 5.0, 20));
    assert_eq!(
        (mostly_tens.of_volume(120.0), mostly_tens.of_volume(125.0), mostly_tens.step_ml()),
        (10.0, 5.0, 5.0)
    );
    let half_and_half = Rounding::of(&read_to(10.0, 1.0, 2));
    assert_eq!((half_and_half.of_volume(120.0), half_and_half.step_ml()), (1.0, 1.0));
}

#[test]
fn ranges_are_rounded_to_the_step_of_the_log() {
    let fives = Rounding::of(&read_to(5.0, 5.0, 2));
    assert_eq!([101.0, 102.5, 104.9, 0.0].map(|ml| fives.round_ml(ml)), [100.0, 105.0, 105.0, 0.0]);
}

#[test]
fn no_volumes_are_no_reason_to_trust_a_step() {
    assert_eq!(Rounding::of(&[]), Rounding::of(&[0.0, 0.0]));
    assert_eq!(Rounding::of(&[]).step_ml(), 0.5);
}
