//! What may be typed behind `letdown trial`.

use clap::{Args, Subcommand, ValueEnum};

/// Trials on herself.
#[derive(Args)]
pub struct Trial {
    /// What to do [default: list the trials].
    #[command(subcommand)]
    pub what: Option<TrialStep>,
}

/// What to do with a trial.
#[derive(Subcommand)]
pub enum TrialStep {
    /// Begin one: `picture`, `massage`, `pause_massage`, `sound`, `warmth`, `smell`, `thought`, `flange`, `+5min`.
    Start(TrialStart),
    /// At the start of a session: what this one was drawn to be.
    Next,
    /// One page: what came so far, and what may be claimed.
    Show {
        /// The trial, as `letdown trial` lists it [default: the one that runs, else the newest].
        #[arg(value_name = "ID")]
        id: Option<String>,
    },
    /// End the trial that runs.
    Stop {
        /// Let the newest trial go on that was ended.
        #[arg(long)]
        undo: bool,
    },
}

/// A trial to begin.
#[derive(Args)]
pub struct TrialStart {
    /// What to try.
    #[arg(value_name = "QUESTION")]
    pub question: String,
    /// The smallest effect that would matter to you [default: 10%; 25% for seconds].
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    pub smallest: Option<f64>,
    /// What to look at.
    #[arg(long, value_enum, default_value = "milk")]
    pub outcome: TrialOutcome,
    /// Draw whole days instead of sessions.
    #[arg(long)]
    pub by_day: bool,
    /// Say what it would take, and begin nothing.
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TrialOutcome {
    /// What a session brings.
    Milk,
    /// Seconds to the first let-down, as a scale or taps saw it.
    Latency,
}

fn percent(text: &str) -> Result<f64, String> {
    let number = text.trim().trim_end_matches('%').trim();
    let percent = number.parse::<f64>().ok().filter(|p| (1.0..=100.0).contains(p));
    percent.ok_or_else(|| "it is 1 to 100 %, for example 10%".to_owned())
}
