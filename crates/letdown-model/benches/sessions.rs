//! Sessions a second, one core: fifteen minutes of double pumping, second by second, and the table that stands for it.
//!
//! `cargo bench -p letdown-model --bench sessions`

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use letdown_model::{
    mother::Mother,
    population::{Term, draw},
    random::Random,
    session::{
        Breasts, Phase, Plan, run,
        touch::{Pump, Side},
    },
    surrogate::{Surrogate, Technique},
};
use std::hint::black_box;

const WOMEN: u64 = 64;

fn women() -> Vec<Mother> {
    (0..WOMEN).map(|seed| draw(&mut Random::seeded(seed), Term::Term)).collect()
}

fn sessions(criterion: &mut Criterion) {
    let women = women();
    let plan = Plan::of([Phase::both(15.0, Side::pumped(Pump::comfortable()))]);
    let mut group = criterion.benchmark_group("sessions");
    group.throughput(Throughput::Elements(WOMEN));
    group.bench_function("fifteen minutes, both breasts", |bencher| {
        bencher.iter(|| {
            let taken = women.iter().zip(0..).map(|(her, seed)| {
                let breasts = Breasts::filled(her, 0.5);
                run(her, &breasts, &plan, &mut Random::seeded(seed)).total_ml()
            });
            black_box(taken.sum::<f64>())
        });
    });
    group.finish();
}

fn tables(criterion: &mut Criterion) {
    let her = Mother::typical();
    criterion.bench_function("table of one technique to 20 minutes", |bencher| {
        bencher.iter(|| black_box(Surrogate::of(&her, &Technique::usual(), 20.0)));
    });
}

criterion_group!(benches, sessions, tables);
criterion_main!(benches);
