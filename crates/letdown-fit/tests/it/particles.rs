//! A bootstrap particle filter: thousands of lives are lived by the equations of `letdown-model`, and at every reading
//! only those go on whose rounded volume is the one that was read. The share that goes on is the likelihood of the
//! reading, exact but for the number of lives. The belief of the fit is an approximation (a normal one, moved by slopes);
//! here is how good it is.

use crate::simulated::{Kind, PLAIN, log};
use letdown_fit::{
    gradient::log_likelihood,
    log::{Breasts, Log, Removal, Seen},
    traits::{Trait, Traits},
};
use letdown_model::{
    mother::Mother,
    population::{Term, draw},
    random::Random,
    removal::{MOST, STANDARD_MIN, Session, logistic, logit},
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

/// Lives with two breasts. Two volumes at once are seldom just those that were read, so no life is asked to meet them by
/// chance: each goes on with the chance that its session took what was read, and took that.
const LIVES_OF_TWO: usize = 6_000;

/// `ln p` of every session of a log of two breasts, knowing those before it.
fn by_lives_of_two(traits: &Traits, log: &Log, random: &mut Random) -> Vec<f64> {
    let mother = traits.mother();
    let mut lives: Vec<Supply> = (0..LIVES_OF_TWO).map(|_| begun(&mother, traits, random)).collect();
    let mut now_h = log.events()[0].at_h;
    let mut each = Vec::new();
    for event in log.events() {
        let (left, right, step_ml) = both_sides(&event.removal).unwrap();
        let (hours, from_clock_h) = (event.at_h - now_h, log.clock_h(now_h));
        now_h = event.at_h;
        let mut odd = Vec::with_capacity(lives.len());
        let mut chances = Vec::with_capacity(lives.len());
        for life in &mut lives {
            let mut chance = Chance::draw(random, 2);
            let by = 1.0 / random.gamma_two().sqrt();
            chance.brings = vec![by * random.normal(), by * random.normal()];
            if hours > 0.0 {
                life.advance(&mother, &Gap { from_clock_h, ..Gap::of(hours) }, Some(&chance));
            }
            let between = |b, ml| {
                let (low, high) = deviations(&mother, life, (b, ml, step_ml), by);
                normal_below(high) - normal_below(low)
            };
            chances.push(between(0, left) * between(1, right));
            odd.push(by);
        }
        let sum: f64 = chances.iter().sum();
        each.push(f64::ln(sum / chances.len() as f64));
        assert!(sum > 0.0, "no life gives {left} and {right} mL: more lives are needed");
        lives = chosen(&chances, sum, random)
            .into_iter()
            .map(|i| {
                let mut life = lives[i].clone();
                for (b, ml) in [(0, left), (1, right)] {
                    let (low, high) = deviations(&mother, &life, (b, ml, step_ml), odd[i]);
                    let (from, to) = (normal_below(low), normal_below(high));
                    let z = normal_quantile(from + (to - from) * random.uniform());
                    let share = logistic(mother.pump.share_logit + mother.pump.session_logit_sd * odd[i] * z);
                    life.breasts[b].milk_ml -= share.min(MOST) * within_ml(&mother, &life, b);
                }
                life
            })
            .collect();
    }
    each
}

/// Left and right (mL), and the step they were read to.
fn both_sides(removal: &Removal) -> Option<(f64, f64, f64)> {
    match removal {
        Removal::Pump { seen: Seen::PerSide { ml: [left, right], step_ml }, .. } => {
            Some(((*left)?, (*right)?, *step_ml))
        }
        _ => None,
    }
}

fn within_ml(mother: &Mother, life: &Supply, b: usize) -> f64 {
    (life.breasts[b].milk_ml - mother.pump.out_of_reach * mother.breasts[b].storage_ml).max(0.0)
}

/// Between which deviations of its share a session of a breast takes what was read.
fn deviations(mother: &Mother, life: &Supply, (b, ml, step_ml): (usize, f64, f64), odd: f64) -> (f64, f64) {
    let within = within_ml(mother, life, b);
    let at = |ml: f64| match ml / within {
        _ if ml <= 0.0 => f64::NEG_INFINITY,
        share if share < MOST => {
            (logit(share) - mother.pump.share_logit) / (mother.pump.session_logit_sd * odd)
        }
        _ => f64::INFINITY,
    };
    let upper = if within > 0.0 { at(ml + 0.5 * step_ml) } else { f64::INFINITY };
    (at(ml - 0.5 * step_ml), upper)
}

/// Which lives go on, as often as their chance says (systematic resampling).
fn chosen(chances: &[f64], sum: f64, random: &mut Random) -> Vec<usize> {
    let (mut place, mut reached) = (0, chances[0]);
    let first = random.uniform();
    (0..chances.len())
        .map(|i| {
            let at = (i as f64 + first) / chances.len() as f64 * sum;
            while reached < at && place + 1 < chances.len() {
                place += 1;
                reached += chances[place];
            }
            place
        })
        .collect()
}

fn normal_below(z: f64) -> f64 {
    0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
}

fn normal_quantile(p: f64) -> f64 {
    let (mut low, mut high) = (-9.0, 9.0);
    for _ in 0..48 {
        let middle = 0.5 * (low + high);
        *(if normal_below(middle) < p { &mut low } else { &mut high }) = middle;
    }
    0.5 * (low + high)
}

/// A woman whose breasts a session nearly empties, and ten days of hers. Where shares strayed as far up as down, such a
/// log was believed to come from breasts quite unlike hers.
fn one_whom_a_session_nearly_empties(seed: u64) -> (Mother, Log, Random) {
    let mut random = Random::seeded(seed);
    let mut mother = draw(&mut random, Term::Term);
    mother.pump.share_logit = logit(0.92);
    mother.pump.session_logit_sd = 0.7;
    let log = log(&mother, Kind { days: 10, breasts: Breasts::Two, ..PLAIN }, &mut random);
    (mother, log, random)
}

#[test]
fn the_belief_about_two_breasts_is_that_of_thousands_of_lives() {
    let (mut apart, mut sessions) = (0.0, 0);
    for seed in 720..726 {
        let (mother, log, mut random) = one_whom_a_session_nearly_empties(seed);
        let traits = Traits::of(&mother, Breasts::Two);
        let lived: f64 = by_lives_of_two(&traits, &log, &mut random)[7..].iter().sum();
        let first_day = log.before(log.events()[7].at_h);
        let believed = log_likelihood(&traits, &log) - log_likelihood(&traits, &first_day);
        println!("woman {seed}: {believed:.1} believed, {lived:.1} lived");
        apart += believed - lived;
        sessions += log.events().len() - 7;
    }
    let bias = apart / sessions as f64;
    println!("nats per session: {bias:+.4}, {sessions} sessions");
    assert!(bias.abs() < 0.03, "{bias}");
}

/// Breasts out of whose reach much of a great store stays, of which a session takes nearly all that can be had or very
/// little: far from her, and lives say so. With a rounder corner at what is within reach (0.04) they were believed nearly as
/// much as her own, and chains stayed there.
#[test]
fn a_place_that_lives_rule_out_is_not_believed() {
    let mut random = Random::seeded(9007);
    let mother = draw(&mut random, Term::Term);
    let log = log(&mother, Kind { days: 30, breasts: Breasts::Two, ..PLAIN }, &mut random);
    let mut other = mother.clone();
    for (breast, side) in other.breasts.iter_mut().zip([-0.5, 0.5]) {
        breast.storage_ml = 549.0 * f64::exp(side * 0.106);
        breast.capacity_ml_per_h = 14.0 * f64::exp(side * -0.111);
    }
    (other.pump.out_of_reach, other.pump.share_logit, other.pump.session_logit_sd) = (0.385, 3.27, 1.45);
    (other.brake.half_fullness, other.brake.steepness) = (1.2, 5.3);
    (other.wander.day_sd, other.wander.gap_sd) = (0.0115, 0.036);
    let (her, other) = (Traits::of(&mother, Breasts::Two), Traits::of(&other, Breasts::Two));
    let mut lived = |traits: &Traits| by_lives_of_two(traits, &log, &mut random).iter().sum::<f64>();
    let (lives_of_hers, lives_of_others) = (lived(&her), lived(&other));
    let (hers, others) = (log_likelihood(&her, &log), log_likelihood(&other, &log));
    println!("hers {hers:.1}, lived {lives_of_hers:.1}; the other {others:.1}, lived {lives_of_others:.1}");
    assert!(lives_of_others < lives_of_hers - 20.0, "{lives_of_hers} and {lives_of_others}");
    assert!(others < hers - 10.0, "{hers} and {others}");
}
