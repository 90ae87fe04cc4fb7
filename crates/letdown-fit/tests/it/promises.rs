use crate::simulated::{Kind, PLAIN, log};
use letdown_fit::{
    log::{Breasts, Event, Log, Seen},
    posterior::{Effort, FEWEST_SESSIONS, fit},
    sample::Length,
    traits::Trait,
};
use letdown_model::{
    population::{Term, draw},
    random::Random,
};

fn short(breasts: Breasts) -> Log {
    let mut random = Random::seeded(40);
    let mother = draw(&mut random, Term::Term);
    log(&mother, Kind { breasts, days: 10, ..PLAIN }, &mut random)
}

fn few(sessions: usize) -> Log {
    let event = |i: usize| Event::pump(3.5 * i as f64, Seen::Total { ml: 80.0, step_ml: 5.0 }, None);
    Log::new(Breasts::One, 0.0, (0..sessions).map(event)).unwrap()
}

#[test]
fn the_same_log_and_seed_give_the_same_draws() {
    let log = short(Breasts::One);
    let [a, b] = [1, 1].map(|seed| fit(&log, &Effort::quick(), seed).unwrap());
    assert_eq!(a.draws, b.draws);
    let other = fit(&log, &Effort::quick(), 2).unwrap();
    assert_ne!(a.draws, other.draws);
}

/// Chains step in pairs; who asks for an odd number of them gets that many.
#[test]
fn as_many_chains_are_drawn_as_were_asked_for() {
    let effort = Effort {
        length: Length { chains: 3, draws: 60, most: 60, ..Effort::quick().length },
        ..Effort::quick()
    };
    assert_eq!(fit(&short(Breasts::One), &effort, 1).unwrap().report.drawn, 180);
}

#[test]
fn too_short_a_log_says_how_many_sessions_are_needed() {
    let error = fit(&few(FEWEST_SESSIONS - 1), &Effort::quick(), 1).unwrap_err();
    assert_eq!(error.too_few(), Some((FEWEST_SESSIONS - 1, FEWEST_SESSIONS)));
    assert!(error.to_string().contains(&FEWEST_SESSIONS.to_string()), "{error}");
}

#[test]
fn the_shortest_log_is_fitted() {
    let log = short(Breasts::One);
    let shortest = log.before(log.events()[FEWEST_SESSIONS].at_h);
    let posterior = fit(&shortest, &Effort::usual(), 1).unwrap();
    assert_eq!(posterior.report.sessions, FEWEST_SESSIONS);
    assert!(posterior.report.is_sound(), "{:?}", posterior.report);
}

/// She reads 80 mL every time: nothing is left to chance, which makes the hardest of posteriors.
#[test]
fn a_log_of_one_volume_is_fitted_with_care() {
    let posterior = fit(&few(FEWEST_SESSIONS), &Effort::careful(), 1).unwrap();
    assert!(posterior.report.is_sound(), "{:?}", posterior.report);
}

#[test]
fn what_a_log_cannot_speak_of_follows_the_prior() {
    let posterior = fit(&short(Breasts::One), &Effort::usual(), 1).unwrap();
    assert!(!posterior.fitted().contains(&Trait::BabyShare));
    // The prior of a baby's share: 0.67, log-odds spread 0.5.
    let (low, high) =
        (posterior.quantile(Trait::BabyShare, 0.16), posterior.quantile(Trait::BabyShare, 0.84));
    assert!((0.5 * (high - low) - 0.5).abs() < 0.06, "{low} to {high}");
    assert!((0.5 * (high + low) - f64::ln(0.67 / 0.33)).abs() < 0.08, "{low} to {high}");
}

#[test]
fn two_breasts_are_told_apart_only_where_sides_are_named() {
    let fitted = |breasts| fit(&short(breasts), &Effort::quick(), 1).unwrap().fitted().to_vec();
    assert!(fitted(Breasts::Two).contains(&Trait::CapacityBalance));
    assert!(!fitted(Breasts::One).contains(&Trait::CapacityBalance));
}

#[test]
fn a_log_out_of_order_or_with_impossible_numbers_is_refused() {
    let event = |at_h: f64, ml: f64| Event::pump(at_h, Seen::Total { ml, step_ml: 5.0 }, None);
    for events in
        [vec![event(5.0, 50.0), event(4.0, 50.0)], vec![event(f64::NAN, 50.0)], vec![event(1.0, -5.0)]]
    {
        assert!(Log::new(Breasts::One, 0.0, events).is_err());
    }
}
