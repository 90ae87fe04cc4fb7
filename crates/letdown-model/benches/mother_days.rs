//! How many days of mothers are lived through in a second on one core: `cargo bench -p letdown-model`.
//!
//! One element is one day of one woman of two breasts with eight pump sessions; women of the population who do not leak at
//! that, the same for all. `cohort` is the quick way, `live` the exact one, `diffsol` the same hybrid by an adaptive solver
//! at the loosest tolerance that keeps the volumes right to 1e-6; errors are printed first. A cohort's tables are built anew
//! in every iteration.
#![allow(missing_docs, reason = "the functions that criterion's macros make")]

#[allow(
    dead_code,
    clippy::unwrap_used,
    reason = "the benches need less of it than the tests, and are as strict"
)]
#[path = "../tests/it/hybrid.rs"]
mod hybrid;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use letdown_model::{
    cohort::Cohort,
    life::{By, Planned, Start, live},
    mother::Mother,
    population::{Term, draw},
    random::Random,
    removal::Session,
    supply::{Supply, Taken},
};
use std::hint::black_box;

/// How many women a cohort takes side by side.
const SIDE_BY_SIDE: usize = 8;
const WOMEN: usize = 64;
/// So few go through the slower ways.
const FEW: usize = 8;
const DIFFSOL_TOLERANCE: f64 = 1e-6;

type Woman = (Mother, Start);

/// Women whose breasts stay below full.
fn women() -> Vec<Woman> {
    let week = eight_a_day(28, 15.0);
    let someone = |seed| {
        let her = draw(&mut Random::seeded(seed), Term::Term);
        let start = Start::established(Supply::steady(&her), 0.0);
        (her, start)
    };
    (0..).map(someone).filter(|woman| stays_below_full(woman, &week)).take(WOMEN).collect()
}

fn stays_below_full((her, start): &Woman, plan: &[Planned]) -> bool {
    let storage_ml = her.breasts[0].storage_ml;
    let most_ml = her.pump.standard_share(false, 0.0) * (1.0 - her.pump.out_of_reach) * storage_ml;
    live(her, start, plan, None).iter().flat_map(|t| &t.ml).all(|ml| *ml < 0.95 * most_ml)
}

fn eight_a_day(days: u32, minutes: f64) -> Vec<Planned> {
    let pumped = |i: u32| Planned { at_h: 3.0 * f64::from(i + 1), by: By::Pump(Session::both(minutes)) };
    (0..8 * days).map(pumped).collect()
}

fn by_cohort<const W: usize>(women: &[Woman], plan: &[Planned], mut took: impl FnMut(&[[f64; W]])) {
    for some in women.as_chunks::<W>().0 {
        let mut cohort = Cohort::new(some.each_ref().map(|w| &w.0), some.each_ref().map(|w| &w.1));
        for planned in plan {
            took(cohort.step(planned));
        }
    }
}

fn by_life((her, start): &Woman, plan: &[Planned]) -> Vec<f64> {
    live(her, start, plan, None).iter().map(Taken::total_ml).collect()
}

fn by_diffsol((her, start): &Woman, plan: &[Planned]) -> Vec<f64> {
    // Memory by its closed form, which spares the solver that.
    hybrid::live_by_solver(her, start, plan, DIFFSOL_TOLERANCE, |d, m, l| d.after(m, l).memory)
}

/// The largest relative errors of sessions (cohort, diffsol) against the exact life.
fn errors(women: &[Woman], plan: &[Planned]) -> (f64, f64) {
    let worst = |ours: &[f64], exact: &[f64]| {
        ours.iter().zip(exact).map(|(o, e)| (o / e - 1.0).abs()).fold(0.0, f64::max)
    };
    women.iter().fold((0.0, 0.0), |(cohort, diffsol), woman| {
        let (exact, mut quick) = (by_life(woman, plan), Vec::new());
        by_cohort::<1>(std::slice::from_ref(woman), plan, |t| quick.push(t.iter().flatten().sum()));
        let solved = by_diffsol(woman, plan);
        (f64::max(cohort, worst(&quick, &exact)), f64::max(diffsol, worst(&solved, &exact)))
    })
}

fn mother_days(c: &mut Criterion) {
    let women = women();
    let (cohort, diffsol) = errors(&women[..FEW], &eight_a_day(28, 15.0));
    println!("largest error of a session: cohort {cohort:.1e}, diffsol {diffsol:.1e} (relative, to live)");
    let mut group = c.benchmark_group("mother-days");
    for (days, minutes) in [(28, 15.0), (28, 20.0), (280, 15.0)] {
        let plan = eight_a_day(days, minutes);
        let name = format!("{days} days, {minutes} min");
        group.throughput(Throughput::Elements(WOMEN as u64 * u64::from(days)));
        group.bench_function(BenchmarkId::new("cohort", &name), |b| {
            b.iter(|| by_cohort::<SIDE_BY_SIDE>(&women, &plan, |taken| _ = black_box(taken)));
        });
    }
    let plan = eight_a_day(28, 15.0);
    group.throughput(Throughput::Elements(WOMEN as u64 * 28));
    group.bench_function("cohort of one/28 days, 15 min", |b| {
        b.iter(|| by_cohort::<1>(&women, &plan, |taken| _ = black_box(taken)));
    });
    group.throughput(Throughput::Elements(FEW as u64 * 28)).sample_size(30);
    for (name, way) in [("live", by_life as fn(&Woman, &[Planned]) -> Vec<f64>), ("diffsol", by_diffsol)] {
        group.bench_function(BenchmarkId::new(name, "28 days, 15 min"), |b| {
            b.iter(|| women[..FEW].iter().for_each(|woman| _ = black_box(way(woman, &plan))));
        });
    }
}

criterion_group!(benches, mother_days);
criterion_main!(benches);
