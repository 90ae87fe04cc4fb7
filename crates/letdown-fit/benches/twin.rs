//! How long the twin of a log of ninety days takes: `cargo bench -p letdown-fit --bench twin`.
//!
//! Ten women of the population, each with some 630 sessions to 5 mL: totals, then volumes per side. Words behind `--` narrow
//! it: `totals`, `sides`, `from=3`, `to=5`, `days=60`. One thread: `taskset -c 0`.
#![allow(missing_docs, reason = "a bench")]
#![allow(clippy::print_stdout, reason = "it prints a table")]
#![allow(clippy::disallowed_methods, reason = "a bench reads the clock")]

#[allow(
    dead_code,
    clippy::unwrap_used,
    reason = "the bench needs less of it than the tests, and is as strict"
)]
#[path = "../tests/it/simulated.rs"]
mod simulated;

use letdown_fit::{
    FitError,
    gradient::Density,
    log::{Breasts, Log},
    posterior::{Effort, first_look, fit},
};
use letdown_model::{
    population::{Term, draw},
    random::Random,
};
use simulated::{Kind, PLAIN};
use std::time::Instant;

fn main() -> Result<(), FitError> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let said = |word: &str| words.iter().any(|w| w == word);
    let number = |name: &str, usual: u64| {
        words.iter().find_map(|w| w.strip_prefix(name)?.parse().ok()).unwrap_or(usual)
    };
    let days = number("days=", 90) as u32;
    println!(
        "{:<7} {:>4} {:>8} {:>7} {:>6} {:>6} {:>6} {:>9} {:>7} {:>6} {:>5} {:>7}",
        "log", "seed", "sessions", "s", "cpu s", "climb", "walk", "us/grad", "R-hat", "ESS", "div", "draws"
    );
    for (name, breasts) in [("totals", Breasts::One), ("sides", Breasts::Two)] {
        if (said("totals") || said("sides")) && !said(name) {
            continue;
        }
        for seed in number("from=", 0)..number("to=", 10) {
            let mut effort = Effort::usual();
            effort.length.accept = number("accept=", 80) as f64 / 100.0;
            effort.length.draws = number("draws=", effort.length.draws as u64) as usize;
            effort.length.tune = number("tune=", effort.length.tune as u64) as usize;
            one(name, &log(Kind { breasts, days, ..PLAIN }, seed), seed, &effort)?;
        }
    }
    Ok(())
}

fn log(kind: Kind, seed: u64) -> Log {
    let mut random = Random::seeded(9000 + seed);
    let mother = draw(&mut random, Term::Term);
    simulated::log(&mother, kind, &mut random)
}

fn one(name: &str, log: &Log, seed: u64, effort: &Effort) -> Result<(), FitError> {
    let cost = cost_us(log);
    let (began, busy) = (Instant::now(), cpu_s());
    let posterior = fit(log, effort, seed)?;
    let (took, busy) = (began.elapsed().as_secs_f64(), cpu_s() - busy);
    let r = posterior.report;
    let (look_ms, look) = in_ms(|| first_look(log, seed));
    let look_ess = look?.report.ess;
    posterior.carry();
    let longer = with_one_more(log)?;
    let (entry_ms, entry) = in_ms(|| posterior.with(&longer));
    let kept = entry.map_or(0.0, |e| e.report.ess / r.ess);
    println!(
        "{name:<7} {seed:>4} {:>8} {took:>7.2} {busy:>6.2} {:>6} {:>6} {cost:>9.0} {:>7.4} {:>6.0} {:>5} {:>7}",
        r.sessions, r.climbing, r.gradients, r.r_hat, r.ess, r.divergences, r.drawn
    );
    println!(
        "{:<12} first look {look_ms:.0} ms, worth {look_ess:.0} draws; one more session {entry_ms:.1} ms, {:.0} % kept",
        "",
        100.0 * kept
    );
    Ok(())
}

/// Milliseconds on the wall, and the answer.
fn in_ms<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let busy = Instant::now();
    let done = work();
    (busy.elapsed().as_secs_f64() * 1e3, done)
}

/// The log with its last session once more, three hours later.
fn with_one_more(log: &Log) -> Result<Log, FitError> {
    let last = log.events().last().copied();
    let more = last.map(|e| letdown_fit::log::Event { at_h: e.at_h + 3.0, ..e });
    Log::new(log.breasts(), log.clock_h(0.0), log.events().iter().copied().chain(more))
}

/// One gradient, at its quickest.
fn cost_us(log: &Log) -> f64 {
    let mut density = Density::of(log);
    let at = vec![0.1; density.layout().dim()];
    let mut slope = at.clone();
    let mut once = || {
        let began = Instant::now();
        std::hint::black_box(density.at(&at, &mut slope));
        began.elapsed().as_secs_f64() * 1e6
    };
    (0..50).map(|_| once()).fold(f64::INFINITY, f64::min)
}

/// Seconds of computing by all threads of this process; 0 where the platform does not say.
fn cpu_s() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    ticks.filter_map(|t| t.parse::<f64>().ok()).sum::<f64>() / 100.0
}
