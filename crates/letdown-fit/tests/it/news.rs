//! One more entry: draws of an earlier fit, weighted by it, against a fit of the whole log.

use crate::simulated::{Kind, PLAIN, log};
use letdown_fit::{
    log::{Breasts, Event, Log, Removal, Seen},
    posterior::{Effort, Posterior, fit},
    predict::{Coming, Outlook},
    steps::Remover,
    weights::{MOST_SHAPE, Weights},
};
use letdown_model::{
    population::{Term, draw},
    random::Random,
};

const KIND: Kind = Kind { days: 40, ..PLAIN };

/// A log, and the same without what came last.
fn grown(breasts: Breasts, by: usize) -> (Log, Log) {
    let mut random = Random::seeded(61);
    let mother = draw(&mut random, Term::Term);
    let whole = log(&mother, Kind { breasts, ..KIND }, &mut random);
    let cut = whole.events()[whole.events().len() - by].at_h;
    (whole.before(cut), whole)
}

/// The same log with one volume said anew.
fn corrected(log: &Log, from_end: usize, by: f64) -> Log {
    let at = log.events().len() - from_end;
    let events = log.events().iter().enumerate().map(|(i, e)| match e.removal {
        Removal::Pump { seen: Seen::Total { ml, step_ml }, minutes, .. } if i >= at => {
            Event::pump(e.at_h, Seen::Total { ml: (ml * by / step_ml).round() * step_ml, step_ml }, minutes)
        }
        _ => *e,
    });
    Log::new(log.breasts(), log.clock_h(0.0), events).unwrap()
}

/// The largest distance of two medians, in standard errors of the two.
fn apart(a: &Posterior, b: &Posterior) -> f64 {
    // A median of n draws of a normal has 1.25 times the error of their mean.
    let error = 1.25 * (1.0 / a.report.ess + 1.0 / b.report.ess).sqrt();
    let of = |t: &_| {
        let spread = 0.5 * (b.quantile(*t, 0.84) - b.quantile(*t, 0.16));
        (a.quantile(*t, 0.5) - b.quantile(*t, 0.5)).abs() / (spread * error)
    };
    b.fitted().iter().map(of).fold(0.0, f64::max)
}

#[test]
fn a_day_more_is_what_a_fit_of_the_whole_log_says() {
    let (before, whole) = grown(Breasts::One, 7);
    let earlier = fit(&before, &Effort::usual(), 1).unwrap();
    let (taken_in, anew) = (earlier.with(&whole).unwrap(), fit(&whole, &Effort::usual(), 2).unwrap());
    let far = apart(&taken_in, &anew);
    println!(
        "{far:.2} standard errors apart, {} of {} draws' worth",
        taken_in.report.ess, earlier.report.ess
    );
    assert!(far < 4.0, "{far}");
    assert_eq!(taken_in.report.sessions, anew.report.sessions);
    assert_eq!(taken_in.draws.len(), earlier.draws.len());
}

#[test]
fn nothing_new_changes_nothing() {
    let (before, _) = grown(Breasts::Two, 1);
    let earlier = fit(&before, &Effort::quick(), 1).unwrap();
    assert_eq!(earlier.with(&before).unwrap().draws, earlier.draws);
}

/// A walk that goes on from where it is kept ends where one from the beginning does, to the bit.
#[test]
fn what_is_carried_on_is_what_a_whole_walk_believes() {
    let (before, whole) = grown(Breasts::Two, 5);
    let earlier = fit(&before, &Effort::quick(), 1).unwrap();
    let taken_in = earlier.with(&whole).unwrap();
    let walked = taken_in.thinned(usize::MAX);
    let hour = whole.events()[whole.events().len() - 1].at_h + 2.5;
    let plan: Vec<Coming> =
        (1..9).map(|i| Coming { at_h: hour + 3.0 * f64::from(i), by: Remover::Pump(None) }).collect();
    let futures = |p: &Posterior| Outlook::at(p, &whole, hour).expected(&plan);
    assert_eq!(futures(&taken_in), futures(&walked));
    // And an outlook into the middle of the log, where nothing is kept.
    let past = |p: &Posterior| Outlook::at(p, &whole, 100.0).expected(&[]);
    assert_eq!(past(&taken_in), past(&walked));
}

#[test]
fn a_late_correction_is_taken_in_too() {
    let (_, whole) = grown(Breasts::One, 1);
    let earlier = fit(&whole, &Effort::quick(), 1).unwrap();
    let changed = corrected(&whole, 1, 0.8);
    let taken_in = earlier.with(&changed).unwrap();
    assert_ne!(taken_in.draws, earlier.draws);
    assert!(taken_in.report.ess <= earlier.report.ess);
}

#[test]
fn another_woman_is_fitted_anew() {
    let (_, whole) = grown(Breasts::One, 1);
    let earlier = fit(&whole, &Effort::quick(), 1).unwrap();
    assert!(earlier.with(&corrected(&whole, 200, 0.5)).is_none());
    // Sides where none were told apart.
    let (_, sides) = grown(Breasts::Two, 1);
    assert!(earlier.with(&sides).is_none());
}

/// Draws of a standard normal made to stand for one around `center` of width `sd`.
fn normal(center: f64, sd: f64) -> (Vec<f64>, Weights) {
    let mut random = Random::seeded(5);
    let draws: Vec<f64> = (0..4000).map(|_| random.normal()).collect();
    let logs: Vec<f64> =
        draws.iter().map(|x| 0.5 * x * x - 0.5 * (x - center) * (x - center) / (sd * sd)).collect();
    (draws, Weights::of(&logs))
}

#[test]
fn weights_move_draws_to_where_they_should_be() {
    let (draws, weights) = normal(0.5, 0.9);
    assert!(weights.are_sound(), "{}", weights.shape);
    let mean: f64 = weights.each.iter().zip(&draws).map(|(w, x)| w * x).sum();
    assert!((mean - 0.5).abs() < 0.05, "{mean}");
    let chosen = weights.chosen();
    assert_eq!(chosen.len(), draws.len());
    let of_chosen = chosen.iter().map(|i| draws[*i]).sum::<f64>() / draws.len() as f64;
    assert!((of_chosen - mean).abs() < 0.01, "{of_chosen}");
}

/// A target wider than its draws: the weights have no variance (`k = 1 - 1/sd^2` for large draws).
#[test]
fn weights_without_a_variance_are_refused() {
    let (_, weights) = normal(0.0, 3.0);
    assert!(weights.shape > MOST_SHAPE && !weights.are_sound(), "{}", weights.shape);
    assert!(normal(0.3, 1.0).1.are_sound());
}

/// `u^-k` of a uniform `u` has a Pareto tail of shape `k`.
#[test]
fn the_shape_of_a_tail_is_found() {
    let mut random = Random::seeded(6);
    for k in [0.2, 0.5, 0.9] {
        let logs: Vec<f64> = (0..20_000).map(|_| -k * random.uniform().ln()).collect();
        let found = Weights::of(&logs).shape;
        assert!((found - k).abs() < 0.12, "{k}: {found}");
    }
}
