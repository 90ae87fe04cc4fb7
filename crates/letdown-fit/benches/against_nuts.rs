//! Turns against NUTS on the same logs: `cargo bench -p letdown-fit --bench against_nuts`. Words behind `--`: how many logs
//! (20), `sides`, `days=60`.
//!
//! For every trait the share of the draws of turns that lie below the 10, 50 and 90 % quantile of those of NUTS, and how far
//! that is from 10, 50 and 90 %, in its own Monte-Carlo errors. Two samplers of one posterior differ by more than 2 errors
//! in about 1 of 20.
#![allow(missing_docs, reason = "a bench")]
#![allow(clippy::print_stdout, reason = "it prints a table")]

#[allow(
    dead_code,
    clippy::unwrap_used,
    reason = "the bench needs less of it than the tests, and is as strict"
)]
#[path = "../tests/it/simulated.rs"]
mod simulated;

use letdown_fit::{
    FitError,
    log::Breasts,
    posterior::{Effort, Posterior, fit},
    traits::Trait,
};
use letdown_model::{
    population::{Term, draw},
    random::Random,
};
use simulated::{Kind, PLAIN};

const LEVELS: [f64; 3] = [0.1, 0.5, 0.9];

fn main() -> Result<(), FitError> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let logs = words.iter().find_map(|word| word.parse().ok()).unwrap_or(20);
    let days = words.iter().find_map(|word| word.strip_prefix("days=")?.parse().ok()).unwrap_or(60);
    let breasts = if words.iter().any(|word| word == "sides") { Breasts::Two } else { Breasts::One };
    println!(
        "{:>4} {:>6} {:>5} {:>5} {:>6} {:>5} {:>5}   {:>7} {:>6}  where",
        "log", "R-hat", "ESS", "div", "R-hat", "ESS", "div", "largest", "> 2"
    );
    let (mut beyond, mut of) = (0, 0);
    for seed in 0..logs {
        let mut random = Random::seeded(9000 + seed);
        let mother = draw(&mut random, Term::Term);
        let log = simulated::log(&mother, Kind { breasts, days, ..PLAIN }, &mut random);
        let (turns, nuts) = (fit(&log, &Effort::usual(), seed)?, fit(&log, &Effort::careful(), seed)?);
        let apart = apart(&turns, &nuts);
        let far = apart.iter().filter(|(z, _, _)| z.abs() > 2.0).count();
        (beyond, of) = (beyond + far, of + apart.len());
        let most = apart.iter().max_by(|a, b| a.0.abs().total_cmp(&b.0.abs()));
        print!("{seed:>4}");
        for report in [turns.report, nuts.report] {
            print!(" {:>6.3} {:>5.0} {:>5}", report.r_hat, report.ess, report.divergences);
        }
        if let Some((z, which, level)) = most {
            println!("   {z:>+7.1} {far:>3}/{:<3} {which:?} at {:.0} %", apart.len(), 100.0 * level);
        }
    }
    println!("{beyond} of {of} quantiles lie more than 2 errors apart");
    Ok(())
}

/// How many errors apart, in which trait, at which quantile.
fn apart(turns: &Posterior, nuts: &Posterior) -> Vec<(f64, Trait, f64)> {
    let mut all = Vec::new();
    for which in turns.fitted() {
        for level in LEVELS {
            let place = nuts.quantile(*which, level);
            let count = turns.draws.iter().filter(|draw| draw.get(*which) < place).count();
            let share = count as f64 / turns.draws.len() as f64;
            // The least effective draws of any trait stand for all: errors are rather too large than too small.
            let error = (level * (1.0 - level) * (1.0 / turns.report.ess + 1.0 / nuts.report.ess)).sqrt();
            all.push(((share - level) / error, *which, level));
        }
    }
    all
}
