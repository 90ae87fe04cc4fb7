//! Simulation-based calibration: hundreds of women are drawn from the prior, live, keep a log, and are fitted. Prints where
//! the truth stood among the draws. Arguments: women (300), then `totals`, `sides` or `lengths`.

use letdown_fit::{
    FitError,
    calibration::{
        Kind, Quantity, Ranks, drawn, lived,
        ranks::{BINS, DRAWS, chi_square, lean_and_spread},
        ranks_of,
    },
    log::Breasts,
    posterior::{Effort, fit},
};
use letdown_model::random::Random;
use std::{
    io::Write as _,
    sync::{
        atomic::{AtomicU64, Ordering},
        mpsc,
    },
    thread,
};

/// A chance smaller than this, over all quantities, is called out.
const ODD: f64 = 0.01;

fn main() {
    // `cargo bench` adds a flag of its own.
    let words: Vec<String> = std::env::args().skip(1).filter(|w| !w.starts_with("--")).collect();
    let women = words.iter().find_map(|w| w.parse().ok()).unwrap_or(300);
    let kind = kind(&words);
    let run = run(women, &kind);
    print(&run, &kind);
}

fn kind(words: &[String]) -> Kind {
    let said = |word: &str| words.iter().any(|w| w == word);
    let breasts = if said("sides") { Breasts::Two } else { Breasts::One };
    Kind { breasts, lengths: said("lengths"), ..Kind::totals() }
}

#[derive(Default)]
struct Run {
    ranks: Ranks,
    counted: usize,
    careful: usize,
    unsound: usize,
    refused: usize,
}

/// A woman who was fitted.
struct Fitted {
    ranks: Option<Vec<(Quantity, usize)>>,
    careful: bool,
}

/// Women are fitted side by side where there are more cores than one fit keeps busy.
fn run(women: u64, kind: &Kind) -> Run {
    let next = AtomicU64::new(0);
    let (tell, told) = mpsc::channel();
    let workers = thread::available_parallelism().map_or(1, |cores| (cores.get() / 2).max(1));
    let mut run = Run::default();
    thread::scope(|scope| {
        for _ in 0..workers {
            let (tell, next) = (tell.clone(), &next);
            scope.spawn(move || {
                let seeds = || next.fetch_add(1, Ordering::Relaxed);
                for seed in std::iter::repeat_with(seeds).take_while(|seed| *seed < women) {
                    // The other end listens until all are told.
                    let _ = tell.send(one(seed, kind));
                }
            });
        }
        drop(tell);
        for (count, fitted) in told.iter().enumerate() {
            eprint!("\r{} of {women} women", count + 1);
            let _ = std::io::stderr().flush();
            run.count(fitted);
        }
    });
    eprintln!("\r{women} women        ");
    run
}

impl Run {
    fn count(&mut self, fitted: Result<Fitted, FitError>) {
        let Ok(Fitted { ranks, careful }) = fitted else {
            self.refused += 1;
            return;
        };
        self.careful += usize::from(careful);
        match ranks {
            Some(ranks) => {
                self.counted += 1;
                self.ranks.add(&ranks);
            }
            None => self.unsound += 1,
        }
    }
}

fn one(seed: u64, kind: &Kind) -> Result<Fitted, FitError> {
    let mut random = Random::stream(90_210, seed);
    let woman = lived(drawn(kind.breasts, &mut random), kind, &mut random)?;
    let mut posterior = fit(&woman.log, &Effort::usual(), seed)?;
    // As the twin does: once more with care where the chains do not agree.
    let careful = !posterior.report.is_sound();
    if careful {
        posterior = fit(&woman.log, &Effort::careful().from(&posterior), seed)?;
    }
    let ranks = posterior.report.is_sound().then(|| ranks_of(&woman, &posterior, seed));
    Ok(Fitted { ranks, careful })
}

fn print(run: &Run, kind: &Kind) {
    let sides = if kind.breasts == Breasts::Two { "per side" } else { "in total" };
    let lengths = if kind.lengths { ", lengths vary" } else { "" };
    println!(
        "{} women drawn from the prior, each {} days of {} sessions, volumes {sides}{lengths}, read to {} mL",
        run.counted, kind.days, kind.per_day, kind.step_ml
    );
    println!(
        "not counted: {} whose chains did not agree (of {} fitted once more with care), {} without a fit",
        run.unsound, run.careful, run.refused
    );
    println!("place of the truth among {DRAWS} draws, in {BINS} bins; lean and spread in standard errors\n");
    println!(
        "{:<18} {BINS:>3} bins{:<9} {:>6} {:>8} {:>6} {:>7}",
        "", "", "chi2", "chance", "lean", "spread"
    );
    let mut least: f64 = 1.0;
    let mut tests = 0_u32;
    for (quantity, counts) in run.ranks.histograms() {
        let (x, p) = chi_square(counts);
        let (lean, spread) = lean_and_spread(counts);
        (least, tests) = (least.min(p), tests + 1);
        println!("{:<18} {}   {x:>6.1} {p:>8.3} {lean:>+6.1} {spread:>+7.1}", name(quantity), bars(counts));
    }
    let over_all = 1.0 - libm::pow(1.0 - least, f64::from(tests));
    let word = if over_all < ODD { "not uniform" } else { "as uniform as chance lets one see" };
    println!("\nleast chance of {tests}: {least:.4}; that low by chance: {over_all:.3}; {word}");
}

fn name(quantity: Quantity) -> String {
    match quantity {
        Quantity::Trait(t) => format!("{t:?}"),
        Quantity::Likelihood => "likelihood".to_owned(),
        Quantity::NextDay => "the next day".to_owned(),
    }
}

/// A histogram in one line; the middle block stands for what is expected.
fn bars(counts: &[u32; BINS]) -> String {
    const BLOCKS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let expected = f64::from(counts.iter().sum::<u32>()) / BINS as f64;
    counts.iter().map(|c| BLOCKS[((f64::from(*c) / expected * 4.0).round() as usize).min(8)]).collect()
}
