use crate::simulated::{Kind, PLAIN, log, with_everything};
use letdown_fit::{
    effects::{ALL_EFFECTS, Effect, FEWEST_EITHER_SIDE, With, found, sides, usual, with_and_without},
    log::{Event, Log, Removal, Seen},
    posterior::{Effort, fit},
    predict::quantile_of_sorted,
    traits::Trait,
};
use letdown_model::{
    population::{Term, draw},
    random::Random,
    removal::Sides,
};

/// A woman whom massage helps by a fifth or not at all, and every third session with it.
fn massaged(multiplier: f64, seed: u64) -> Log {
    let mut random = Random::seeded(seed);
    let mut mother = draw(&mut random, Term::Term);
    // Far from the most that technique lifts a share to, so that the multiplier is what comes out.
    mother.pump.share_logit = 0.4;
    mother.pump.session_logit_sd = 0.35;
    mother.pump.massage = multiplier;
    log(&mother, Kind { massage_every: 3, days: 45, ..PLAIN }, &mut random)
}

fn quantile(of: &[f64], p: f64) -> f64 {
    let mut sorted = of.to_vec();
    sorted.sort_by(f64::total_cmp);
    quantile_of_sorted(&sorted, p)
}

#[test]
fn what_massage_does_is_found_again() {
    let (mut held, mut middle) = (0, Vec::new());
    for (multiplier, seed) in [(1.0, 51), (1.0, 52), (1.2, 53), (1.2, 54), (1.4, 55), (1.4, 56)] {
        let log = massaged(multiplier, seed);
        let posterior = fit(&log, &Effort::quick(), seed).unwrap();
        let [massage] = &found(&posterior, &log)[..] else { panic!("massage alone was varied") };
        assert_eq!((massage.effect, massage.with, massage.without), (Effect::Massage, 105, 210));
        let range = [0.05, 0.5, 0.95].map(|p| quantile(&massage.multiplier, p));
        println!("{multiplier}: {range:.3?}");
        assert!(range[2] - range[0] < 0.25, "{range:?}");
        held += u32::from(range[0] <= multiplier && multiplier <= range[2]);
        middle.push(range[1] / multiplier);
    }
    assert!(held >= 5, "{held} of 6 ranges of 90 % hold the truth");
    let bias = middle.iter().sum::<f64>() / middle.len() as f64 - 1.0;
    assert!(bias.abs() < 0.04, "{bias:+.3}");
}

/// The same log, in which what was done in every third session is said to be something else, so much of it.
fn renamed(log: &Log, effect: Effect, amount: f64) -> Log {
    let with = |with: With| {
        let was = with.amount(Effect::Massage) > 0.0;
        if was { With::NOTHING.and(effect, amount) } else { With::NOTHING }
    };
    let events = log.events().iter().map(|event| match event.removal {
        Removal::Pump { sides, seen, minutes, past_flow_min, with: was } => Event {
            removal: Removal::Pump { sides, seen, minutes, past_flow_min, with: with(was) },
            ..*event
        },
        Removal::Baby { .. } => *event,
    });
    Log::new(log.breasts(), log.clock_h(0.0), events).unwrap()
}

/// The oracle is the simulated session: what takes a fifth more there is the place, or three millimetres less.
#[test]
fn what_a_place_or_a_flange_does_is_found_again_and_is_held_for_nothing_else() {
    for (effect, amount, seeds) in [(Effect::OtherPlace, 1.0, [71, 72]), (Effect::Flange, -3.0, [73, 74])] {
        for (multiplier, seed) in [0.85, 1.2].into_iter().zip(seeds) {
            let log = renamed(&massaged(multiplier, seed), effect, amount);
            let posterior = fit(&log, &Effort::quick(), seed).unwrap();
            let [told] = &found(&posterior, &log)[..] else { panic!("{effect:?} alone was varied") };
            let draws: Vec<f64> = told.multiplier.iter().map(|m| m.powf(amount)).collect();
            let range = [0.005, 0.5, 0.995].map(|p| quantile(&draws, p));
            println!("{effect:?} {multiplier}: {range:.3?}");
            assert_eq!(told.effect, effect);
            assert!(range[0] <= multiplier && multiplier <= range[2], "{effect:?} {multiplier}: {range:?}");
            assert_eq!(range[0] <= 1.0, multiplier < 1.0, "it is told from nothing: {range:?}");
            assert_eq!(range[2] >= 1.0, multiplier > 1.0, "it is told from nothing: {range:?}");
            for other in ALL_EFFECTS.into_iter().filter(|e| *e != effect) {
                assert!(posterior.draws.iter().all(|d| d.get(other.strength()) == 0.0), "{other:?}");
            }
        }
    }
}

#[test]
fn an_effect_that_is_none_is_found_to_be_none() {
    let mut random = Random::seeded(61);
    let plain = log(&draw(&mut random, Term::Term), Kind { days: 45, ..PLAIN }, &mut random);
    let log = with_everything(&plain, &mut random);
    let posterior = fit(&log, &Effort::quick(), 1).unwrap();
    let all = found(&posterior, &log);
    assert_eq!(all.len(), 14);
    for f in &all {
        let range = [0.005, 0.995].map(|p| quantile(&f.multiplier, p));
        println!("{:?}: {range:.3?}", f.effect);
        assert!(range[0] <= 1.0 && 1.0 <= range[1], "{:?}: {range:?}", f.effect);
    }
}

fn pumped(at_h: f64, with: With) -> Event {
    let seen = Seen::Total { ml: 80.0 + (7.0 * at_h) % 30.0, step_ml: 5.0 };
    let (sides, minutes, past_flow_min) = (Sides::Both, None, None);
    Event { at_h, removal: Removal::Pump { sides, seen, minutes, past_flow_min, with } }
}

fn with_photos(photos: usize, of: usize) -> Log {
    let with = |i: usize| if i < photos { With::NOTHING.and(Effect::Photo, 1.0) } else { With::NOTHING };
    Log::new(letdown_fit::log::Breasts::One, 8.0, (0..of).map(|i| pumped(3.5 * i as f64, with(i)))).unwrap()
}

#[test]
fn a_log_speaks_of_what_it_holds_with_and_without() {
    for (photos, speaks) in [
        (FEWEST_EITHER_SIDE - 1, false),
        (FEWEST_EITHER_SIDE, true),
        (40 - FEWEST_EITHER_SIDE, true),
        (41 - FEWEST_EITHER_SIDE, false),
    ] {
        let log = with_photos(photos, 40);
        let posterior = fit(&log, &Effort::quick(), 1).unwrap();
        assert_eq!(posterior.fitted().contains(&Trait::Photo), speaks, "{photos} of 40");
        if !speaks {
            assert!(posterior.draws.iter().all(|d| d.get(Trait::Photo) == 0.0));
        }
    }
    assert_eq!(with_and_without(&with_photos(0, 40), Effect::Photo), (0, 40));
}

#[test]
fn the_sides_of_an_effect_hold_amounts_that_were_logged() {
    let of = |amounts: &[f64]| {
        let event = |(i, mm): (usize, &f64)| pumped(3.5 * i as f64, With::NOTHING.and(Effect::Flange, *mm));
        let events = amounts.iter().enumerate().map(event);
        let s = sides(&Log::new(letdown_fit::log::Breasts::One, 8.0, events).unwrap(), Effect::Flange);
        (s.without, s.low, s.with, s.high)
    };
    assert_eq!(of(&[0.0, -3.0, 0.0, -3.0, -2.0, 1.0]), (3, -3.0, 3, 0.0));
    assert_eq!(of(&[1.0, 1.0]), (0, 0.0, 2, 1.0), "always with it");
    assert_eq!(of(&[0.0, 0.0]), (2, 0.0, 0, 0.0), "never with it");
}

#[test]
fn a_session_ahead_is_with_what_hers_are_usually_with() {
    let log = with_photos(60, 120);
    let of = |hour: f64| usual(&log, hour).amount(Effect::Photo);
    assert_eq!((of(200.0), of(0.0)), (1.0, 0.0));
    // At hour 420 the last 14 days hold sessions 24 to 119, 36 of them with a photo.
    assert!((of(420.0) - 36.0 / 96.0).abs() < 1e-6, "{}", of(420.0));
}
