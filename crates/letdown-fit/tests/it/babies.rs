use crate::simulated::{Kind, PLAIN, log};
use letdown_fit::{
    log::{Breasts, Drank, Event, Growth, Log, Removal, Seen},
    posterior::{Effort, Posterior, fit},
    traits::Trait,
};
use letdown_model::{
    population::{Term, draw},
    random::Random,
    removal::{Sides, logit},
};

/// A woman who nurses one time in three a baby that takes a share `share` of what is there, whatever its appetite.
fn nursing(share: f64, kind: Kind, seed: u64) -> Posterior {
    let mut random = Random::seeded(seed);
    let mut mother = draw(&mut random, Term::Term);
    mother.baby.share_logit = logit(share);
    let log = log(&mother, Kind { nursing_every: 3, days: 42, wanted_ml: 1e4, ..kind }, &mut random);
    fit(&log, &Effort::quick(), seed).unwrap()
}

fn range(posterior: &Posterior) -> [f64; 2] {
    [0.05, 0.95].map(|p| posterior.quantile(Trait::BabyShare, p))
}

#[test]
fn what_a_baby_takes_is_found_from_weighed_feeds_and_from_growth() {
    let weighed = Kind { weighed_every: 2, ..PLAIN };
    let grows = Kind { growth_days: 7, ..PLAIN };
    let mut held = [0, 0, 0];
    let mut width = [0.0, 0.0, 0.0];
    for (share, seed) in [(0.4, 81), (0.4, 82), (0.7, 83), (0.7, 84), (0.85, 85)] {
        for (k, kind) in [PLAIN, weighed, grows].into_iter().enumerate() {
            let [low, high] = range(&nursing(share, kind, seed));
            let truth = logit(share);
            println!("{share} {k}: {low:.2} to {high:.2}, truth {truth:.2}");
            held[k] += u32::from(low <= truth && truth <= high);
            width[k] += (high - low) / 5.0;
        }
    }
    assert!(held.iter().all(|h| *h >= 4), "{held:?}");
    assert!(width[1] < 0.9 * width[0], "weighed feeds tell more: {width:?}");
    assert!(width[2] < width[0], "growth tells more: {width:?}");
}

/// Two logs that differ in what the baby drank alone.
#[test]
fn what_a_baby_leaves_is_pumped_and_a_total_that_is_told_moves_its_share() {
    let event = |i: u32| {
        let (at_h, sides) = (3.0 * f64::from(i), Sides::Both);
        if i % 2 == 1 {
            return Event { at_h, removal: Removal::Baby { sides, drank: None } };
        }
        Event::pump(at_h, Seen::Total { ml: 90.0 + f64::from(i % 3) * 10.0, step_ml: 5.0 }, None)
    };
    let log = Log::new(Breasts::One, 8.0, (0..160).map(event)).unwrap();
    let told = |ml: f64| {
        let growth = (0..2).map(|i| Growth {
            from_h: 200.0 * f64::from(i),
            to_h: 200.0 * f64::from(i + 1),
            ml,
            log_sd: 0.2,
        });
        let log = log.clone().with_growth(growth);
        assert_eq!(log.growth().len(), 2);
        fit(&log, &Effort::quick(), 1).unwrap().quantile(Trait::BabyShare, 0.5)
    };
    let (little, much) = (told(1_000.0), told(4_000.0));
    assert!(little + 0.3 < much, "{little} and {much}");
}

#[test]
fn a_growth_that_overlaps_or_lies_outside_is_left_out() {
    let events = [0.0, 100.0, 400.0].map(|at_h| Event::pump(at_h, Seen::Nothing, None));
    let log = Log::new(Breasts::One, 0.0, events).unwrap();
    let growth = |from_h: f64, to_h: f64, ml: f64| Growth { from_h, to_h, ml, log_sd: 0.2 };
    let all = [
        growth(-1.0, 90.0, 900.0),
        growth(0.0, 120.0, 900.0),
        growth(100.0, 200.0, 900.0),
        growth(130.0, 300.0, f64::NAN),
        growth(140.0, 300.0, 900.0),
        growth(300.0, 401.0, 900.0),
    ];
    let kept: Vec<f64> = log.clone().with_growth(all).growth().iter().map(|g| g.from_h).collect();
    assert_eq!(kept, [0.0, 140.0]);
    assert_eq!(log.with_growth(all).before(290.0).growth().len(), 1);
}

#[test]
fn a_feed_that_is_no_number_is_refused() {
    for (ml, step_ml, sd_ml) in [(f64::NAN, 1.0, 7.0), (60.0, 0.0, 7.0), (60.0, 1.0, -1.0)] {
        let drank = Some(Drank { ml, step_ml, sd_ml });
        let event = Event { at_h: 0.0, removal: Removal::Baby { sides: Sides::Both, drank } };
        assert!(Log::new(Breasts::One, 0.0, [event]).is_err());
    }
}
