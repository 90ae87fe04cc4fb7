//! A bootstrap particle filter: thousands of lives are lived by the equations of `letdown-model`, and at every reading
//! only those go on whose rounded volume is the one that was read. The share that goes on is the likelihood of the
//! reading, exact but for the number of lives. The belief of the fit is an approximation (a normal one, moved by slopes);
//! here is how good it is.

use crate::simulated::{Kind, PLAIN, log};
use letdown_fit::{
    gradient::log_likelihood,
    log::{Breasts, Log},
    traits::{Trait, Traits},
};
use letdown_model::{
    mother::Mother,
    population::{Term, draw},
    random::Random,
    removal::{STANDARD_MIN, Session},
    supply::{Chance, Gap, Supply},
};

const LIVES: usize = 40_000;

/// `ln p` of every reading of a log of one virtual breast, knowing those before it.
fn by_lives(traits: &Traits, log: &Log, random: &mut Random) -> Vec<f64> {
    let mother = traits.mother();
    let mut lives: Vec<Supply> = (0..LIVES).map(|_| begun(&mother, traits, random)).collect();
    let mut now_h = log.events()[0].at_h;
    let mut each = Vec::new();
    for event in log.events() {
        let hours = event.at_h - now_h;
        let from_clock_h = log.clock_h(now_h);
        now_h = event.at_h;
        let read_ml = event.total_ml().unwrap();
        let mut go_on = Vec::new();
        for life in &mut lives {
            let chance = Chance::draw(random, 1);
            if hours > 0.0 {
                life.advance(&mother, &Gap { from_clock_h, ..Gap::of(hours) }, Some(&chance));
            }
            let taken =
                life.pump(&mother, &Session::both(STANDARD_MIN), None, Some(&chance.takes)).total_ml();
            if (taken - read_ml).abs() <= 0.5 * PLAIN.step_ml {
                go_on.push(life.clone());
            }
        }
        each.push(f64::ln(go_on.len() as f64 / LIVES as f64));
        assert!(!go_on.is_empty(), "no life gave {read_ml} mL: more lives are needed");
        lives = (0..LIVES).map(|_| go_on[(random.uniform() * go_on.len() as f64) as usize].clone()).collect();
    }
    each
}

/// Where a log begins, as the fit's module `belief` takes it: 55 % full give or take 25, wandered by 2 %.
fn begun(mother: &Mother, traits: &Traits, random: &mut Random) -> Supply {
    let mut supply = Supply::steady(mother);
    supply.wandered = 0.02 * random.normal();
    for (held, breast) in supply.breasts.iter_mut().zip(&mother.breasts) {
        held.milk_ml = ((0.55 + 0.25 * random.normal()) * breast.storage_ml).max(0.0);
        held.memory.ln_capacity = traits.get(Trait::Start);
    }
    supply
}

/// Nats per reading between the two, from the second day on: the first hours forget how the log began.
fn differences(seed: u64) -> Vec<f64> {
    let mut random = Random::seeded(seed);
    let mother = draw(&mut random, Term::Term);
    let log = log(&mother, Kind { days: 8, ..PLAIN }, &mut random);
    let traits = Traits::of(&mother, Breasts::One);
    let lived = by_lives(&traits, &log, &mut random);
    let told_until = |i: usize| {
        let hour = log.events().get(i).map_or(f64::INFINITY, |e| e.at_h);
        log_likelihood(&traits, &log.before(hour))
    };
    (7..lived.len()).map(|i| told_until(i + 1) - told_until(i) - lived[i]).collect()
}

#[test]
fn the_belief_is_that_of_thousands_of_lives() {
    let all: Vec<f64> = (0..6).flat_map(|seed| differences(700 + seed)).collect();
    let mean = |v: &mut dyn Iterator<Item = f64>| v.sum::<f64>() / all.len() as f64;
    let (bias, off) = (mean(&mut all.iter().copied()), mean(&mut all.iter().map(|d| d.abs())));
    println!("nats per reading: {bias:+.4} on average, {off:.4} apart, {} readings", all.len());
    assert!(bias.abs() < 0.03, "{bias}");
    assert!(off < 0.2, "{off}");
}
