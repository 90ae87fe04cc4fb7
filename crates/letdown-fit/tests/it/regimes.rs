use crate::simulated::{Kind, PLAIN, log};
use letdown_fit::{
    log::{Breasts, Event, Log, Seen},
    posterior::{Effort, Posterior, fit},
    predict::{Coming, Outlook, quantile_of_sorted},
    steps::Remover,
    traits::{Trait, Traits},
};
use letdown_model::{
    population::{Term, draw},
    random::Random,
};

/// Median, and ends of the 90 % range, of the output of the days from a day of a log on, forecast from its own schedule.
fn days_ahead(posterior: &Posterior, whole: &Log, from_day: u32, days: u32) -> Vec<([f64; 3], f64)> {
    let from_h = 24.0 * f64::from(from_day);
    let coming: Vec<&Event> = whole.events().iter().filter(|e| e.at_h >= from_h).collect();
    let plan: Vec<Coming> = coming.iter().map(|e| Coming { at_h: e.at_h, by: Remover::Pump(None) }).collect();
    let outlook = Outlook::at(posterior, &whole.before(from_h), from_h);
    let futures = outlook.futures(400, &mut Random::seeded(7), |_| plan.clone());
    let day = |d: u32| {
        let of_day = |i: &usize| ((coming[*i].at_h - from_h) / 24.0) as u32 == d;
        let of_day: Vec<usize> = (0..coming.len()).filter(of_day).collect();
        let mut ml: Vec<f64> = futures.iter().map(|f| of_day.iter().map(|i| f.output_ml[*i]).sum()).collect();
        ml.sort_by(f64::total_cmp);
        let came = of_day.iter().filter_map(|i| coming[*i].total_ml()).sum();
        ([0.05, 0.5, 0.95].map(|p| quantile_of_sorted(&ml, p)), came)
    };
    (0..days).map(day).collect()
}

/// As a twin is fitted: once more with care where the chains do not agree.
fn sound(log: &Log, seed: u64) -> Posterior {
    let is_sound = |p: &Posterior| p.report.is_sound();
    let first = fit(log, &Effort::usual(), seed).unwrap();
    let settled =
        if is_sound(&first) { first } else { fit(log, &Effort::careful().from(&first), seed).unwrap() };
    assert!(is_sound(&settled), "seed {seed}: {:?}", settled.report);
    settled
}

fn without_birth(log: &Log) -> Log {
    Log::new(log.breasts(), log.clock_h(0.0), log.events().iter().copied()).unwrap()
}

/// Six women from the day of birth on: their first 12 days are fitted with the birth known and without.
#[test]
fn the_first_weeks_are_understood_where_the_birth_is_known() {
    let (mut held, mut of, mut days_held, mut days_of) = (0, 0, 0, 0);
    let (mut with_off, mut without_off) = (0.0, 0.0);
    for seed in 0..6 {
        let mut random = Random::seeded(2000 + seed);
        let mother = draw(&mut random, Term::Term);
        let kind = Kind { day_after_birth: Some(0.1), per_day: 8, days: 19, ..PLAIN };
        let whole = log(&mother, kind, &mut random);
        let known = whole.before(24.0 * 12.0);
        let posterior = sound(&known, seed);
        let truth = Traits::of(&mother, Breasts::One);
        for t in posterior.fitted() {
            let [low, high] = [0.05, 0.95].map(|p| posterior.quantile(*t, p));
            held += u32::from(low <= truth.get(*t) && truth.get(*t) <= high);
            of += 1;
        }
        let blind = fit(&without_birth(&known), &Effort::usual(), seed).unwrap();
        let (seen, unseen) =
            (days_ahead(&posterior, &whole, 12, 7), days_ahead(&blind, &without_birth(&whole), 12, 7));
        for ((range, came), (other, _)) in seen.iter().zip(&unseen) {
            days_of += 1;
            days_held += u32::from(range[0] <= *came && *came <= range[2]);
            with_off += (range[1] - came).abs();
            without_off += (other[1] - came).abs();
        }
        let [low, high] = [0.05, 0.95].map(|p| posterior.quantile(Trait::ActivationH, p));
        println!(
            "{seed}: T_act {:.0} h in {low:.0} to {high:.0}; {:?}",
            mother.activation.half_h, posterior.report
        );
    }
    println!(
        "traits {held} of {of}, days {days_held} of {days_of}; off by {with_off:.0} and {without_off:.0} mL"
    );
    assert!(f64::from(held) > 0.82 * f64::from(of), "{held} of {of} ranges of 90 %");
    assert!(days_held >= 32, "{days_held} of {days_of} days in ranges of 90 %");
    assert!(with_off < without_off, "{with_off} and {without_off} mL");
}

#[test]
fn traits_of_the_first_weeks_are_fitted_only_in_them() {
    let event = |i: u32| {
        Event::pump(3.0 * f64::from(i), Seen::Total { ml: 80.0 + f64::from(i % 4) * 5.0, step_ml: 5.0 }, None)
    };
    let log = Log::new(Breasts::One, 8.0, (0..80).map(event)).unwrap();
    let fitted = |day: Option<f64>| {
        let log = day.map_or(log.clone(), |day| log.clone().with_birth(-24.0 * day));
        let posterior = fit(&log, &Effort::quick(), 1).unwrap();
        [Trait::EarlyStorage, Trait::EarlyGain, Trait::ActivationH].map(|t| posterior.fitted().contains(&t))
    };
    assert_eq!(fitted(None), [false; 3]);
    assert_eq!(fitted(Some(3.0)), [true; 3]);
    assert_eq!(fitted(Some(9.0)), [true, true, false]);
    assert_eq!(fitted(Some(20.0)), [true, false, false]);
    assert_eq!(fitted(Some(60.0)), [false; 3]);
    assert_eq!(fitted(Some(300.0)), [false; 3]);
    assert_eq!(log.clone().with_birth(30.0).day(40.0), None, "a birth in the middle says nothing");
}

/// Women who leave out one session more every four days: what is left of it is forecast while it happens.
#[test]
fn weaning_is_followed() {
    let (mut held, mut of, mut off, mut usual_off) = (0, 0, 0.0, 0.0);
    for seed in 0..6 {
        let mut random = Random::seeded(2100 + seed);
        let mother = draw(&mut random, Term::Term);
        let whole = log(&mother, Kind { weaning_from: 20, days: 47, ..PLAIN }, &mut random);
        let known = whole.before(24.0 * 40.0);
        let posterior = sound(&known, seed);
        let per_session: f64 =
            known.events().iter().filter_map(Event::total_ml).sum::<f64>() / known.measured() as f64;
        for (range, came) in days_ahead(&posterior, &whole, 40, 7) {
            of += 1;
            held += u32::from(range[0] <= came && came <= range[2]);
            off += (range[1] - came).abs();
            usual_off += (2.0 * per_session - came).abs();
        }
    }
    println!("{held} of {of} days of weaning; off by {off:.0} mL, by her usual session {usual_off:.0}");
    // A known miss: of 42 ranges of 90 % one expects 38. How fast these women lose capacity differs, and a fit takes it as
    // that of the median woman. Where more than 35 hold, what is said of it (section 13 of the model) has to be mended.
    assert!((29..=35).contains(&held), "{held} of {of}");
    assert!(off < 0.7 * usual_off, "{off} and {usual_off}");
}
