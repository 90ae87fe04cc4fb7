//! A short calibration: the truth stands among its draws as often here as there. `cargo xtask calibrate` is the long one.

use letdown_fit::{
    calibration::{
        Kind, Quantity, Ranks, Woman, drawn, lived,
        ranks::{DRAWS, lean_and_spread},
        ranks_of,
    },
    log::{Breasts, Event, Log, Removal, Seen},
    posterior::{Effort, fit},
    traits::Trait,
};
use letdown_model::random::Random;

const SHORT: Kind = Kind { breasts: Breasts::One, days: 12, per_day: 6, step_ml: 5.0, lengths: false };

/// Beyond this many standard errors a quantity is out of place; of forty numbers one lies there once in 2,500 times.
const FAR: f64 = 4.0;

fn women(count: u64, mend: impl Fn(Log) -> Log) -> Ranks {
    let mut ranks = Ranks::default();
    for seed in 0..count {
        let mut random = Random::stream(77, seed);
        let mut woman = lived(drawn(SHORT.breasts, &mut random), &SHORT, &mut random).unwrap();
        woman.log = mend(woman.log);
        let posterior = fit(&woman.log, &Effort::quick(), seed).unwrap();
        ranks.add(&ranks_of(&woman, &posterior, seed));
    }
    ranks
}

fn furthest(ranks: &Ranks) -> (Quantity, f64) {
    let far = |(quantity, counts)| {
        let (lean, spread) = lean_and_spread(counts);
        (quantity, lean.abs().max(spread))
    };
    ranks.histograms().map(far).max_by(|a, b| a.1.total_cmp(&b.1)).unwrap()
}

#[test]
fn the_truth_stands_anywhere_among_its_draws() {
    let ranks = women(60, |log| log);
    let (quantity, off) = furthest(&ranks);
    println!("furthest: {quantity:?}, {off:.1} standard errors");
    assert!(off < FAR, "{quantity:?}: {off}");
}

/// Volumes a third too large: what she makes is out of place at once, and the check says so.
#[test]
fn a_wrong_unit_is_noticed() {
    let ranks = women(24, |log| {
        let events = log.events().iter().map(|event| match event.removal {
            Removal::Pump { sides, seen: Seen::Total { ml, step_ml }, minutes, past_flow_min, with } => {
                let seen = Seen::Total { ml: 1.35 * ml, step_ml };
                Event { removal: Removal::Pump { sides, seen, minutes, past_flow_min, with }, ..*event }
            }
            _ => *event,
        });
        Log::new(log.breasts(), 0.0, events).unwrap()
    });
    let (quantity, off) = furthest(&ranks);
    println!("furthest: {quantity:?}, {off:.1} standard errors");
    assert!(off > FAR, "{quantity:?}: {off}");
}

#[test]
fn places_lie_within_the_draws() {
    let mut random = Random::stream(78, 0);
    let woman: Woman = lived(drawn(SHORT.breasts, &mut random), &SHORT, &mut random).unwrap();
    let posterior = fit(&woman.log, &Effort::quick(), 0).unwrap();
    let ranks = ranks_of(&woman, &posterior, 0);
    assert!(ranks.iter().any(|(quantity, _)| *quantity == Quantity::Trait(Trait::Capacity)));
    assert!(ranks.iter().all(|(_, rank)| *rank <= DRAWS));
}
