use crate::logs::HERS;
use jiff::{SignedDuration, Timestamp};
use letdown_engine::{
    correction::{Correction, Expected, Outcome, days_with_sessions, outcomes},
    ranges::LEVELS,
};
use std::sync::LazyLock;

/// What the model alone expected of ten days, and what came.
static TEN_DAYS: LazyLock<Vec<Outcome>> = LazyLock::new(|| {
    let (observed, twin) = &*HERS;
    let fitted = twin.fitted().unwrap();
    let observed = observed.before(midnight());
    let days = days_with_sessions(&observed, "2026-10-14".parse().unwrap(), "2026-10-23".parse().unwrap());
    assert_eq!(days.len(), 10);
    outcomes(&observed, &fitted.reading, &fitted.posterior.thinned(40), &days)
});

/// To which step the log is read, as far as what is learned goes.
const STEP_ML: f64 = 4.0;

/// The midnight behind them.
fn midnight() -> Timestamp {
    "2026-10-24T00:00+02:00".parse().unwrap()
}

fn half_width(forecast: &Expected) -> f64 {
    0.5 * (forecast.quantile(0.9) - forecast.quantile(0.1))
}

/// The same forecasts, with other outcomes.
fn had_come(output_ml: impl Fn(usize, &Outcome) -> Option<f64>) -> Vec<Outcome> {
    let mut outcomes = TEN_DAYS.clone();
    for (i, outcome) in outcomes.iter_mut().enumerate() {
        outcome.output_ml = output_ml(i, outcome);
    }
    outcomes
}

fn off_by(error_ml: f64) -> Vec<Outcome> {
    had_come(|_, o| Some(o.forecast.quantile(0.5) + error_ml))
}

fn learned(outcomes: &[Outcome]) -> Correction {
    Correction::learned(outcomes, midnight(), STEP_ML)
}

/// The formula at the head of the source, in seconds and minutes.
fn shift_by_the_text(outcomes: &[Outcome], hour: f64) -> f64 {
    let (mut above, mut below) = (0.0, 8.0);
    for o in outcomes {
        let Some(came) = o.output_ml else { continue };
        let d =
            [-24.0, 0.0, 24.0].map(|turn| (o.clock_h - hour + turn).abs()).into_iter().fold(24.0, f64::min);
        let age = (midnight().as_second() - o.at.as_second()) as f64 / 86_400.0;
        let w = (-d * d / 2.0).exp() * (-age / 14.0).exp();
        above += w * (came - o.forecast.quantile(0.5));
        below += w;
    }
    above / below
}

#[test]
fn every_session_of_those_days_was_forecast() {
    let sessions = HERS.0.sessions.iter().filter(|s| (14..=23).contains(&s.day().day()));
    let ours: Vec<_> = sessions.map(|s| (s.root, s.output_ml())).collect();
    assert_eq!(TEN_DAYS.iter().map(|o| (o.root, o.output_ml)).collect::<Vec<_>>(), ours);
    let misses: Vec<f64> = TEN_DAYS.iter().map(|o| o.output_ml.unwrap() - o.forecast.quantile(0.5)).collect();
    let mean = misses.iter().map(|m| m.abs()).sum::<f64>() / misses.len() as f64;
    let usual = TEN_DAYS.iter().filter_map(|o| o.output_ml).sum::<f64>() / misses.len() as f64;
    assert!(mean < 0.25 * usual, "off by {mean} of {usual}");
}

#[test]
fn nothing_learned_changes_nothing() {
    for correction in [Correction::none(), learned(&[]), learned(&had_come(|_, _| None))] {
        assert_eq!((correction.shift_ml(3.0), correction.stretch().at_level(0.8)), (0.0, 1.0));
        for outcome in &TEN_DAYS[..5] {
            for p in [0.05, 0.5, 0.9] {
                let (ours, theirs) = (correction.quantile(outcome, p), outcome.forecast.quantile(p));
                assert!((ours - theirs).abs() < 1e-9, "{ours} for {theirs}");
            }
        }
    }
}

#[test]
fn a_constant_shift_is_learned_back() {
    for error_ml in [25.0, -25.0] {
        let outcomes = off_by(error_ml);
        let correction = learned(&outcomes);
        for hour in [3.0, 7.0, 11.0, 15.0, 19.0, 23.0] {
            let share = correction.shift_ml(hour) / error_ml;
            assert!((0.3..1.0).contains(&share), "at {hour}: {share}");
            let text = shift_by_the_text(&outcomes, hour);
            assert!((correction.shift_ml(hour) - text).abs() < 1e-9, "{text}");
        }
        let outcome = &TEN_DAYS[0];
        let moved = correction.quantile(outcome, 0.5) - outcome.forecast.quantile(0.5);
        let text = center_by_the_text(&correction, outcome) - outcome.forecast.quantile(0.5);
        assert!((moved - text).abs() < 1e-9 && moved * error_ml > 0.0, "{moved}");
    }
}

/// The six guesses, as they weigh: the twin, the twin shifted, four plain ones.
fn center_by_the_text(correction: &Correction, outcome: &Outcome) -> f64 {
    let median = outcome.forecast.quantile(0.5);
    let [a, b, c, d] = outcome.guesses.unwrap();
    let each = [median, (median + correction.shift_ml(outcome.clock_h)).max(0.0), a, b, c, d];
    each.iter().zip(correction.weights()).map(|(guess, weight)| guess * weight).sum()
}

#[test]
fn a_plain_guess_that_is_always_right_takes_over() {
    let outcomes = had_come(|_, o| o.guesses.map(|g| g[3]));
    let correction = learned(&outcomes);
    assert!((correction.weights().iter().sum::<f64>() - 1.0).abs() < 1e-9);
    assert!(correction.weights()[5] > 0.95, "{:?}", correction.weights());
    let as_forecast = learned(&had_come(|_, o| Some(o.forecast.quantile(0.5))));
    assert!(as_forecast.weights()[0] + as_forecast.weights()[1] > 0.95, "{:?}", as_forecast.weights());
}

#[test]
fn an_hour_learns_from_its_own_hour() {
    let night = |o: &Outcome| o.clock_h < 5.0;
    let outcomes = had_come(|_, o| Some(o.forecast.quantile(0.5) + if night(o) { 30.0 } else { 0.0 }));
    let correction = learned(&outcomes);
    assert!(correction.shift_ml(3.0) > 8.0);
    assert!(correction.shift_ml(15.0).abs() < 0.5);
    assert!((correction.shift_ml(23.8) - shift_by_the_text(&outcomes, 23.8)).abs() < 1e-9, "around midnight");
}

#[test]
fn what_came_too_far_off_makes_ranges_wider() {
    let turn = |i: usize| if i.is_multiple_of(2) { 3.0 } else { -3.0 };
    let correction =
        learned(&had_come(|i, o| Some(o.forecast.quantile(0.5) + turn(i) * half_width(&o.forecast))));
    let stretch = correction.stretch().at_level(0.8);
    assert!((1.4..=4.0).contains(&stretch), "{stretch}");
    let outcome = &TEN_DAYS[0];
    let width = correction.quantile(outcome, 0.9) - correction.quantile(outcome, 0.1);
    assert!((width / (2.0 * half_width(&outcome.forecast)) - stretch).abs() < 1e-9);
}

#[test]
fn what_came_as_expected_makes_ranges_narrower() {
    let correction = learned(&off_by(0.0));
    let stretch = correction.stretch().at_level(0.8);
    assert!((0.3..0.9).contains(&stretch), "{stretch}");
}

#[test]
fn a_few_errors_make_no_range_narrower() {
    let correction = learned(&had_come(|i, o| (i < 8).then(|| o.forecast.quantile(0.5))));
    assert_eq!(LEVELS.map(|level| correction.stretch().at_level(level)), [1.0; 3]);
}

#[test]
fn what_lies_within_half_a_step_is_no_error() {
    let off = had_come(|_, o| Some(o.forecast.quantile(0.5) + 0.1));
    let to_the_step = Correction::learned(&off, midnight(), 10.0).stretch().at_level(0.8);
    let to_the_letter = Correction::learned(&off, midnight(), 0.0).stretch().at_level(0.8);
    assert!(to_the_step <= to_the_letter, "{to_the_step} {to_the_letter}");
}

#[test]
fn later_and_old_outcomes_teach_nothing() {
    let outcomes = off_by(25.0);
    let first = outcomes[0].at;
    assert_eq!(
        Correction::learned(&outcomes, first, STEP_ML).shift_ml(7.0),
        0.0,
        "nothing came before the first"
    );
    let days_later = |days: i64| {
        Correction::learned(&outcomes, midnight() + SignedDuration::from_hours(24 * days), STEP_ML)
    };
    assert!(days_later(49).shift_ml(7.0) > 0.0);
    assert_eq!((days_later(61).shift_ml(7.0), days_later(61).stretch().at_level(0.8)), (0.0, 1.0));
}

#[test]
fn no_corrected_volume_is_negative() {
    let correction = learned(&off_by(-300.0));
    assert_eq!(correction.quantile(&TEN_DAYS[0], 0.025), 0.0);
}
