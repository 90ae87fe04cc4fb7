#![expect(clippy::disallowed_methods, reason = "a test may ask the platform for an exponential")]

use letdown_model::{
    cohort::Cohort,
    life::{By, Planned, Start, live},
    mother::Mother,
    population::{Term, draw},
    random::Random,
    removal::{Session, Sides},
    supply::Supply,
    surrogate::{Surrogate, Technique},
};

/// Removals at uneven times, of all kinds.
fn mixed(random: &mut Random, days: f64) -> Vec<Planned> {
    let (mut at_h, mut plan) = (0.0, Vec::new());
    while at_h < 24.0 * days {
        at_h += [3.0, 2.4, 0.0, 0.3, 7.9 * random.uniform(), 20.0 * random.uniform()][random.below(6)];
        let sides = [Sides::Both, Sides::Left, Sides::Right][random.below(3)];
        let past_flow_min = [0.0, 0.0, 6.0][random.below(3)];
        let minutes = [15.0, 2.0 + 30.0 * random.uniform()][random.below(2)];
        let pump = By::Pump(Session { sides, minutes, massaged: random.below(2) == 1, past_flow_min });
        let milking = By::Milking { table: random.below(2), sides, minutes, past_flow_min };
        let baby = By::Baby { sides, wanted_ml: 130.0 * random.uniform() };
        plan.push(Planned { at_h, by: [pump, pump, milking, baby, By::Nothing][random.below(5)] });
    }
    plan
}

fn start(her: &Mother, kind: u64) -> Start {
    let (supply, days_after_birth) = match kind {
        0 => (Supply::at_birth(her), Some(0.0)),
        1 => (Supply::steady(her), Some(33.0)),
        2 => (Supply { wandered: 0.3, ..Supply::steady(her) }, None),
        _ => (Supply::steady(her), None),
    };
    let clock_h = [7.5, 0.0, 22.0, 13.0][kind as usize % 4];
    Start { days_after_birth, ..Start::established(supply, clock_h) }
}

/// Some woman of the population, at times with one virtual breast, a low ceiling or a table of her let-downs.
fn someone(seed: u64) -> (Mother, Start) {
    let term = if seed.is_multiple_of(2) { Term::Term } else { Term::Preterm };
    let mut her = draw(&mut Random::seeded(seed), term);
    her.demand.past_flow_per_day = 0.003;
    if seed.is_multiple_of(5) {
        her.breasts.truncate(1);
    }
    if seed.is_multiple_of(3) {
        her.demand.ceiling = 1.01;
    }
    let mut start = start(&her, seed / 2 % 4);
    if seed.is_multiple_of(4) {
        start.past_flow.add(-20.0, 12.0);
        start.past_flow.add(-3.0, 1.0 + (seed % 5) as f64);
    }
    if seed.is_multiple_of(7) {
        start.tables.push(Surrogate::of_pairs(2, &her, &Technique::usual(), 40.0));
    }
    (her, start)
}

/// What cohorts went through.
#[derive(Default)]
struct Seen {
    /// The largest difference of any volume, against `1 + volume` in mL.
    worst: f64,
    /// Removals that left a breast above its storage capacity, and ...
    above_full: usize,
    /// ... removals at which capacity stood above its ceiling.
    above_ceiling: usize,
}

/// Compares each of `W` women in a cohort with her own life.
fn compare<const W: usize>(women: &[(Mother, Start); W], plan: &[Planned], seen: &mut Seen) {
    let mut cohort = Cohort::new(women.each_ref().map(|w| &w.0), women.each_ref().map(|w| &w.1));
    let lives = women.each_ref().map(|(her, start)| live(her, start, plan, None));
    for (i, planned) in plan.iter().enumerate() {
        let taken = cohort.step(planned);
        for (l, life) in lives.iter().enumerate() {
            for (quick, exact) in taken.iter().map(|t| t[l]).zip(&life[i].ml) {
                assert!(quick.is_finite());
                seen.worst = seen.worst.max((quick - exact).abs() / (1.0 + exact));
            }
        }
        for (supply, (her, _)) in cohort.supplies().iter().zip(women) {
            assert_eq!(supply.breasts.len(), her.breasts.len());
            for (held, breast) in supply.breasts.iter().zip(&her.breasts) {
                seen.above_full += usize::from(held.milk_ml > breast.storage_ml);
                seen.above_ceiling += usize::from(held.memory.ln_capacity.exp() > her.demand.ceiling);
            }
        }
    }
}

#[test]
fn a_cohort_of_one_is_the_life_without_chance() {
    let mut seen = Seen::default();
    for seed in 0..400 {
        let plan = mixed(&mut Random::stream(seed, 1), 30.0);
        let (mut her, start) = someone(seed);
        if seed.is_multiple_of(11) {
            her.demand.return_per_day = 0.0;
        }
        compare(&[(her, start)], &plan, &mut seen);
        assert!(seen.worst < 1e-6, "seed {seed}: {:e}", seen.worst);
    }
    // Otherwise only the easy gaps were compared.
    assert!(seen.above_full > 100, "{} above full", seen.above_full);
    assert!(seen.above_ceiling > 100, "{} above the ceiling", seen.above_ceiling);
}

#[test]
fn women_side_by_side_do_not_touch_each_other() {
    let mut seen = Seen::default();
    for seed in 0..50 {
        let plan = mixed(&mut Random::stream(seed, 2), 30.0);
        compare(&std::array::from_fn::<_, 8, _>(|l| someone(8 * seed + l as u64)), &plan, &mut seen);
        assert!(seen.worst < 1e-6, "seed {seed}: {:e}", seen.worst);
    }
}

#[test]
fn errors_do_not_grow_over_months() {
    let mut seen = Seen::default();
    for seed in 0..20 {
        let her = draw(&mut Random::seeded(seed), Term::Term);
        let pumped = |i: u32| Planned { at_h: 3.0 * f64::from(i + 1), by: By::Pump(Session::both(18.0)) };
        let plan: Vec<Planned> = (0..180 * 8).map(pumped).collect();
        let start = start(&her, 3);
        compare(&[(her, start)], &plan, &mut seen);
        assert!(seen.worst < 1e-6, "seed {seed}: {:e}", seen.worst);
    }
}

/// Pinned bits: on every platform a cohort gives the same bytes.
#[test]
fn a_cohort_gives_the_same_bits_for_ever() {
    let women = [someone(11), someone(13)];
    let mut cohort = Cohort::new(women.each_ref().map(|w| &w.0), women.each_ref().map(|w| &w.1));
    let plan = mixed(&mut Random::stream(1, 3), 60.0);
    for planned in &plan {
        cohort.step(planned);
    }
    let held = cohort.supplies().map(|s| s.milk_ml());
    assert_eq!(held.map(f64::to_bits), PINNED_ML, "{held:?} mL");
}

const PINNED_ML: [u64; 2] = [4_631_444_223_612_466_278, 4_631_035_339_819_386_082];
