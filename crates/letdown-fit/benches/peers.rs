//! One log of ninety days and our fit of it, written down for other programs: `cargo xtask bench twin-peers`.
//!
//! ```text
//! peers log FOLDER DAYS        log.csv and truth.csv, and density.csv: the density and its slopes at twenty points
//! peers fit FOLDER NAME        NAME.csv, a row for every draw, and NAME.report.csv
//! ```
#![allow(missing_docs, reason = "a bench")]
#![allow(clippy::print_stderr, reason = "it says what is wrong")]
#![allow(clippy::disallowed_methods, reason = "a bench reads the clock and files")]

use letdown_fit::{
    calibration::{Kind, drawn, lived},
    gradient::Density,
    log::{Breasts, Event, Log, Seen},
    posterior::{Effort, Posterior, fit},
    traits::{Trait, Traits},
};
use letdown_model::random::Random;
use std::{
    error::Error,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

/// The woman, the points, and our draws: any would do.
const WOMAN: u64 = 1;
const POINTS: u64 = 4;
const DRAWS: u64 = 5;

type Done<T> = Result<T, Box<dyn Error>>;

fn main() -> Done<()> {
    // `cargo bench` adds a flag of its own.
    let words: Vec<String> = std::env::args().skip(1).filter(|w| !w.starts_with("--")).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["log", folder, days] => write_log(Path::new(folder), days.parse()?),
        ["fit", folder, name] => write_fit(Path::new(folder), name),
        _ => {
            eprintln!("peers log FOLDER DAYS, or peers fit FOLDER NAME");
            Ok(())
        }
    }
}

fn write_log(folder: &Path, days: u32) -> Done<()> {
    let mut random = Random::seeded(WOMAN);
    let kind = Kind { days, ..Kind::totals() };
    let woman = lived(drawn(Breasts::One, &mut random), &kind, &mut random)?;
    let mut rows = "hour,ml,step_ml\n".to_owned();
    for event in woman.log.events() {
        let ml = event.total_ml().map(|ml| ml.to_string()).unwrap_or_default();
        writeln!(rows, "{},{ml},{}", event.at_h, kind.step_ml)?;
    }
    fs::write(folder.join("log.csv"), rows)?;
    // The log as others read it, so that all fit the same digits.
    let log = read_log(folder)?;
    fs::write(folder.join("density.csv"), densities(&log)?)?;
    let fitted = Density::of(&log).layout().active().to_vec();
    fs::write(folder.join("truth.csv"), table(&fitted, &[woman.truth])?)?;
    Ok(())
}

/// No session of it is thought to be missing: others do without that part of the likelihood.
fn read_log(folder: &Path) -> Done<Log> {
    let text = fs::read_to_string(folder.join("log.csv"))?;
    let events = text.lines().skip(1).map(|row| {
        let cells: Vec<Option<f64>> = row.split(',').map(|cell| cell.parse().ok()).collect();
        match cells[..] {
            [Some(at_h), Some(ml), Some(step_ml)] => Ok(Event::pump(at_h, Seen::Total { ml, step_ml }, None)),
            [Some(at_h), None, _] => Ok(Event::pump(at_h, Seen::Nothing, None)),
            _ => Err(format!("log.csv: {row:?} is no hour, volume and step")),
        }
    });
    Ok(Log::new(Breasts::One, 0.0, events.collect::<Result<Vec<_>, _>>()?)?.complete())
}

/// Twenty points, each with the log-density and its slopes there, by deviations from the prior.
fn densities(log: &Log) -> Done<String> {
    let mut random = Random::seeded(POINTS);
    let mut density = Density::of(log);
    let dim = density.layout().dim();
    let mut rows = String::new();
    for _ in 0..20 {
        let z: Vec<f64> = (0..dim).map(|_| 0.7 * random.normal()).collect();
        let mut slopes = vec![0.0; dim];
        let height = density.at_deviations(&z, &mut slopes);
        let numbers = z.iter().chain([&height]).chain(&slopes).map(f64::to_string);
        writeln!(rows, "{}", numbers.collect::<Vec<_>>().join(","))?;
    }
    Ok(rows)
}

fn write_fit(folder: &Path, name: &str) -> Done<()> {
    let log = read_log(folder)?;
    let (began, busy) = (Instant::now(), cpu_s());
    let posterior = fit(&log, &Effort::usual(), DRAWS)?;
    let seconds = [began.elapsed().as_secs_f64(), cpu_s() - busy];
    fs::write(folder.join(format!("{name}.csv")), table(posterior.fitted(), &posterior.draws)?)?;
    fs::write(report_path(folder, name), report(&posterior, seconds)?)?;
    Ok(())
}

fn report_path(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.report.csv"))
}

/// A fit compiles nothing; its chains are four, one behind the other among its draws.
fn report(posterior: &Posterior, [wall_s, cpu_s]: [f64; 2]) -> Done<String> {
    let r = posterior.report;
    let mut rows = "chains,compile_s,compile_cpu_s,sample_s,sample_cpu_s,gradients,divergences\n".to_owned();
    writeln!(rows, "4,0,0,{wall_s},{cpu_s},{},{}", r.climbing + r.gradients, r.divergences)?;
    Ok(rows)
}

/// Seconds of computing by all threads of this process; 0 where the platform does not say.
fn cpu_s() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    ticks.filter_map(|t| t.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Traits in their units, a column each.
fn table(traits: &[Trait], women: &[Traits]) -> Done<String> {
    let mut rows = String::new();
    let names: Vec<String> = traits.iter().map(|t| format!("{t:?}")).collect();
    writeln!(rows, "{}", names.join(","))?;
    for woman in women {
        let values: Vec<String> = traits.iter().map(|t| woman.get(*t).to_string()).collect();
        writeln!(rows, "{}", values.join(","))?;
    }
    Ok(rows)
}
