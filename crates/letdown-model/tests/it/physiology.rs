use letdown_model::{
    filling::{Brake, fill},
    life::{By, Planned, Start, live},
    mother::Mother,
    population::{Term, draw},
    random::Random,
    removal::{Session, Sides},
    supply::Supply,
};

/// Mean output per day (mL) of the last `last` days of `days`, pumping at these clock hours.
fn per_day_ml(her: &Mother, hours: &[f64], days: u32, last: u32) -> f64 {
    let start = Start::established(Supply::steady(her), 0.0);
    let at = |day: u32| {
        hours
            .iter()
            .map(move |h| Planned { at_h: 24.0 * f64::from(day) + h, by: By::Pump(Session::both(15.0)) })
    };
    let plan: Vec<Planned> = (0..days).flat_map(at).collect();
    let taken = live(her, &start, &plan, None);
    let tail = &taken[taken.len() - last as usize * hours.len()..];
    tail.iter().map(letdown_model::supply::Taken::total_ml).sum::<f64>() / f64::from(last)
}

const SIX: [f64; 6] = [2.0, 6.0, 10.0, 14.0, 18.0, 22.0];
const SEVEN: [f64; 7] = [2.0, 5.5, 9.0, 12.5, 16.0, 19.5, 23.0];

#[test]
fn more_removed_more_made() {
    for seed in 0..20 {
        let her = draw(&mut Random::seeded(seed), Term::Term);
        let (six, seven) = (per_day_ml(&her, &SIX, 28, 7), per_day_ml(&her, &SEVEN, 28, 7));
        assert!(six < seven, "seed {seed}: {six} against {seven}");
    }
}

#[test]
fn without_memory_of_fullness_more_removal_raises_capacity_no_more() {
    // The control: with k = 0 the only gain left is the brake's, within hours, and it does not grow over weeks.
    let mut her = Mother::typical();
    her.demand.gain_per_day = 0.0;
    her.demand.retention_per_day = 0.0;
    let gain = |days| per_day_ml(&her, &SEVEN, days, 2) / per_day_ml(&her, &SIX, days, 2);
    assert!((gain(28) / gain(7) - 1.0).abs() < 1e-3);
    let hers = Mother::typical();
    let grows = |days| per_day_ml(&hers, &SEVEN, days, 2) / per_day_ml(&hers, &SIX, days, 2);
    assert!(grows(28) / grows(7) > 1.01);
}

#[test]
fn filling_is_linear_for_six_hours() {
    // syn.daly96.longinterval: the rate falls by less than 5 % within 6 h of a usual state.
    let brake = Brake { half_fullness: 1.0, steepness: 6.0 };
    let charge = 16.5 * 6.0 / 185.0;
    let loss = 1.0 - (fill(&brake, 0.2, charge, 6.0).fullness - 0.2) / charge;
    assert!((0.0..0.05).contains(&loss), "{loss}");
    let day = 16.5 * 18.0 / 185.0;
    assert!(1.0 - (fill(&brake, 0.2, day, 18.0).fullness - 0.2) / day > 0.2, "and by much more within 18 h");
}

#[test]
fn weaning_ends_in_little_milk() {
    let her = Mother::typical();
    let usual = per_day_ml(&her, &SIX, 14, 7);
    let once = per_day_ml(&her, &[8.0], 60, 7);
    assert!(once < 0.35 * usual, "{once} against {usual}");
}

#[test]
fn milk_comes_in_on_the_third_day() {
    let her = Mother::typical();
    let start = Start { days_after_birth: Some(0.0), ..Start::established(Supply::at_birth(&her), 0.0) };
    let baby = |i: i32| {
        let wanted_ml = [60.0, 250.0, 450.0, 600.0, 720.0][(i / 9).min(4) as usize] / 9.0;
        Planned { at_h: 24.0 / 9.0 * f64::from(i + 1), by: By::Baby { sides: Sides::Both, wanted_ml } }
    };
    let plan: Vec<Planned> = (0..45).map(baby).collect();
    let taken = live(&her, &start, &plan, None);
    let day =
        |d: usize| taken[9 * d..9 * (d + 1)].iter().map(letdown_model::supply::Taken::total_ml).sum::<f64>();
    assert!(day(0) < 60.0 && day(2) > 150.0 && day(4) > 400.0, "{} {} {}", day(0), day(2), day(4));
}

#[test]
fn a_full_breast_drains_more_slowly() {
    let pump = Mother::typical().pump;
    assert!(pump.progress(8.0, 0.9) < pump.progress(8.0, 0.3));
}
