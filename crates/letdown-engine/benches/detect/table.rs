//! The table.

use crate::{
    rival::Finder,
    score::{Score, Scored, median, quantile},
    traces::Source,
};
use std::collections::BTreeMap;

pub(crate) fn heading(sessions: u64) {
    println!(
        "{sessions} sessions of 15 min of each of 6 sources, {} drips, a scale. Onset error (s): median of its size, \
         90 %. Volume and total: median error (%).\n",
        2 * sessions
    );
    println!(
        "{:<10} {:<15} {:>5} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>7} {:>9}",
        "scale",
        "finder",
        "F1",
        "strict",
        "prec.",
        "recall",
        "onset",
        "90 %",
        "volume",
        "total",
        "false/h",
        "x real"
    );
}

pub(crate) fn row(regime: &str, finder: &Finder, scored: &Scored) {
    println!("{}", line(regime, finder.name(), &scored.all, scored.times_real));
    if std::env::var_os("LETDOWN_BENCH_TELL").is_some() && !finder.settings().is_empty() {
        println!("    {}", finder.settings());
    }
}

pub(crate) fn line(regime: &str, name: &str, score: &Score, times_real: f64) -> String {
    let sizes: Vec<f64> = score.onset_errors_s.iter().map(|e| e.abs()).collect();
    format!(
        "{:<10} {:<15} {:>5.3} {:>6.3} {:>6.3} {:>6.3} {:>6.1} {:>6.1} {:>6.1} {:>6.1} {:>7.2} {:>9.0}",
        regime,
        name,
        score.f1(),
        score.f1_strict(),
        score.precision(),
        score.recall(),
        median(&sizes),
        quantile(&sizes, 0.9),
        100.0 * median(&score.volume_errors),
        100.0 * median(&score.total_errors),
        score.dry_false as f64 / score.dry_h.max(1e-9),
        times_real,
    )
}

const BINS_ML: [(f64, f64); 4] = [(2.0, 4.0), (4.0, 8.0), (8.0, 16.0), (16.0, 1e3)];

/// Over all scales, by whose session it was.
#[derive(Default)]
pub(crate) struct BySource(BTreeMap<(Source, &'static str), Score>);

impl BySource {
    pub(crate) fn add(&mut self, finder: &Finder, scored: &Scored) {
        for (source, score) in &scored.by_source {
            self.0.entry((*source, finder.name())).or_default().join(score);
        }
    }

    pub(crate) fn print(&self) {
        println!("\nAll scales, by whose session it was:");
        println!(
            "{:<13} {:<15} {:>5} {:>6} {:>6} {:>6}",
            "session", "finder", "F1", "strict", "onset", "volume"
        );
        self.print_sources();
        println!("\nAll scales and sessions, share found by volume:");
        println!("{:<15} {:>12} {:>12} {:>12} {:>12}", "finder", "2-4 mL", "4-8 mL", "8-16 mL", "16 mL on");
        let mut by_finder: BTreeMap<&str, Score> = BTreeMap::new();
        for ((_, name), score) in &self.0 {
            by_finder.entry(name).or_default().join(score);
        }
        for (name, score) in &by_finder {
            let of = BINS_ML.map(|(from_ml, to_ml)| score.recall_of(from_ml, to_ml));
            let cells = of.map(|(share, count)| format!("{:>12}", format!("{share:.3} ({count})")));
            println!("{name:<15} {}", cells.join(" "));
        }
    }

    fn print_sources(&self) {
        for ((source, name), score) in self.0.iter().filter(|((source, _), _)| *source != Source::Dry) {
            let sizes: Vec<f64> = score.onset_errors_s.iter().map(|e| e.abs()).collect();
            println!(
                "{:<13} {:<15} {:>5.3} {:>6.3} {:>6.1} {:>6.1}",
                source.name(),
                name,
                score.f1(),
                score.f1_strict(),
                median(&sizes),
                100.0 * median(&score.volume_errors)
            );
        }
    }
}
