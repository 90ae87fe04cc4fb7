use crate::simulated::{Kind, PLAIN, log, with_holes};
use letdown_fit::{
    log::{Breasts, Event, Log, Seen},
    posterior::{Effort, Posterior, fit},
    traits::{Trait, Traits},
};
use letdown_model::{
    population::{Term, draw},
    random::Random,
};

#[test]
fn a_gap_is_doubted_where_it_is_long_and_little_came() {
    let ml = |i: u32| if i == 30 { 95.0 } else { 90.0 + f64::from(i % 3) * 5.0 };
    let at_h = |i: u32, hole_h: f64| 3.0 * f64::from(i) + if i >= 30 { hole_h } else { 0.0 };
    let doubted = |hole_h: f64, came: f64| {
        let volume = |i: u32| if i == 30 { came } else { ml(i) };
        let event = |i: u32| Event::pump(at_h(i, hole_h), Seen::Total { ml: volume(i), step_ml: 5.0 }, None);
        let log = Log::new(Breasts::One, 8.0, (0..40).map(event)).unwrap();
        let which: Vec<usize> = (0..40).filter(|i| log.is_doubted(*i)).collect();
        assert_eq!(
            log.before(at_h(31, hole_h)).is_doubted(30),
            log.is_doubted(30),
            "by what came before it alone"
        );
        assert!(!log.complete().is_doubted(30));
        which
    };
    assert_eq!(doubted(3.0, 95.0), [30]);
    assert_eq!(doubted(3.0, 180.0), Vec::<usize>::new(), "twice the time and twice the milk");
    assert_eq!(doubted(0.5, 60.0), Vec::<usize>::new(), "little came, and it was not long");
}

fn off(posterior: &Posterior, truth: &Traits, t: Trait) -> f64 {
    (posterior.quantile(t, 0.5) / truth.get(t)).ln()
}

/// Six women, one session in ten of whom is not written down: fitted with the possibility, and taken at their word.
#[test]
fn holes_in_a_log_do_not_bend_the_fit() {
    let (mut with_held, mut without_held, mut of) = (0, 0, 0);
    let (mut with_off, mut without_off, mut whole_off) = (0.0, 0.0, 0.0);
    let (mut with_chance, mut without_chance) = (0.0, 0.0);
    for seed in 0..6 {
        let mut random = Random::seeded(2200 + seed);
        let mother = draw(&mut random, Term::Term);
        let whole = log(&mother, Kind { days: 45, ..PLAIN }, &mut random);
        let holes = with_holes(&whole, &mut random);
        let truth = Traits::of(&mother, Breasts::One);
        let [full, with, without] =
            [whole, holes.clone(), holes.complete()].map(|log| fit(&log, &Effort::quick(), seed).unwrap());
        for t in with.fitted() {
            let holds = |p: &Posterior| {
                u32::from(p.quantile(*t, 0.05) <= truth.get(*t) && truth.get(*t) <= p.quantile(*t, 0.95))
            };
            with_held += holds(&with);
            without_held += holds(&without);
            of += 1;
        }
        for (sum, posterior) in
            [(&mut whole_off, &full), (&mut with_off, &with), (&mut without_off, &without)]
        {
            *sum += off(posterior, &truth, Trait::Capacity).abs() / 6.0;
        }
        with_chance += off(&with, &truth, Trait::SessionSd) / 6.0;
        without_chance += off(&without, &truth, Trait::SessionSd) / 6.0;
        let range = |p: &Posterior| [0.05, 0.5, 0.95].map(|q| p.quantile(Trait::Capacity, q));
        println!(
            "{seed}: {:.1}: {:.1?} whole, {:.1?} with the possibility, {:.1?} without",
            truth.get(Trait::Capacity),
            range(&full),
            range(&with),
            range(&without)
        );
    }
    println!(
        "{with_held} and {without_held} of {of}; ln C0 off by {whole_off:.3}, {with_off:.3}, {without_off:.3}; ln s_e by {with_chance:+.2}, {without_chance:+.2}"
    );
    assert!(with_held >= without_held, "{with_held} and {without_held} of {of} ranges of 90 %");
    assert!(with_off < without_off && with_off < whole_off + 0.15, "{with_off}, {without_off}, {whole_off}");
    assert!(with_chance.abs() < without_chance.abs(), "{with_chance} and {without_chance}");
}
