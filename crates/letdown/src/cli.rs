//! What may be typed.

use clap::{Args, Parser, Subcommand, ValueEnum};
use letdown_journal::import::{ColumnMap, FormatName, ImportError};
use std::path::PathBuf;

/// Manage milk supply: keep the log, see what is coming, on your own machine.
#[derive(Parser)]
#[command(name = "letdown", version, max_term_width = 100)]
pub struct Cli {
    /// The folder of the journal [default: that in `LETDOWN_DATA`, else the user's data folder].
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Answer as if it were this time, for example 2026-11-24T15:10.
    #[arg(long, global = true, value_name = "TIME")]
    pub at: Option<String>,
    /// The time zone of times that name none, for example Europe/Berlin [default: that of the newest entry].
    #[arg(long, global = true, value_name = "ZONE")]
    pub tz: Option<String>,
    /// Print one JSON object.
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Subcommand)]
pub enum Command {
    /// Make a journal in an empty folder.
    Init,
    /// Bring in the export of another app.
    Import(Import),
    /// Write down one entry.
    Log {
        /// What kind of entry.
        #[command(subcommand)]
        kind: Log,
    },
    /// List entries, the newest first.
    List(List),
    /// Supply now, the last and the next session.
    Today,
    /// Output of the days to come.
    Forecast {
        /// Whole days after today.
        #[arg(long, default_value_t = 14, value_parser = clap::value_parser!(u32).range(1..=90))]
        days: u32,
    },
    /// Score the forecasts on the log's own past.
    Backtest {
        /// The first day to score, for example 2026-10-01.
        #[arg(long, value_name = "DATE")]
        from: Option<String>,
        /// The last day to score.
        #[arg(long, value_name = "DATE")]
        to: Option<String>,
    },
    /// Simulate one session of a declared scenario, second by second.
    Session(Session),
    /// Simulate weeks of a life from a declared scenario.
    SimulateLog(SimulateLog),
    /// Set up published experiments with simulated women and compare.
    Experiments(Experiments),
    /// Serve the web app on this machine.
    Serve(Serve),
}

/// Bring in the export of another app.
#[derive(Args)]
pub struct Import {
    /// The files, CSV.
    #[arg(value_name = "FILE", required_unless_present = "undo")]
    pub files: Vec<PathBuf>,
    /// Read the files as this format instead of recognising it, for example nighp, piyolog or generic.
    #[arg(long, value_parser = format)]
    pub format: Option<String>,
    /// The order of day and month where a file leaves it open.
    #[arg(long, value_enum)]
    pub date_order: Option<DateOrder>,
    /// The unit of volumes that carry none.
    #[arg(long, value_enum)]
    pub unit: Option<Unit>,
    /// The unit of weights that carry none.
    #[arg(long, value_enum)]
    pub weight_unit: Option<WeightUnit>,
    /// What the columns of an unknown table mean: time=Time,volume=Amount,...
    #[arg(long, value_name = "MAP", value_parser = map)]
    pub map: Option<String>,
    /// Say what would come in, and change nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Take an earlier import back.
    #[arg(long, value_name = "BATCH", conflicts_with_all = ["files", "dry_run"])]
    pub undo: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum DateOrder {
    /// Month, day, year.
    Mdy,
    /// Day, month, year.
    Dmy,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Unit {
    /// Millilitres.
    Ml,
    /// US fluid ounces.
    Oz,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum WeightUnit {
    /// Kilograms.
    Kg,
    /// Grams.
    G,
    /// Pounds.
    Lb,
}

/// What kind of entry to write down.
#[derive(Subcommand)]
pub enum Log {
    /// A pump session.
    Pump(LogPump),
}

/// A pump session.
#[derive(Args)]
pub struct LogPump {
    /// Output of the left side (mL).
    #[arg(long, value_name = "ML", value_parser = number, allow_negative_numbers = true)]
    pub left: Option<f64>,
    /// Output of the right side (mL).
    #[arg(long, value_name = "ML", value_parser = number, allow_negative_numbers = true)]
    pub right: Option<f64>,
    /// Output of both sides (mL).
    #[arg(long, value_name = "ML", conflicts_with_all = ["left", "right"], value_parser = number, allow_negative_numbers = true)]
    pub total: Option<f64>,
    /// How long it ran (min).
    #[arg(long, value_name = "MIN", value_parser = number, allow_negative_numbers = true)]
    pub minutes: Option<f64>,
    /// When it began [default: it has just ended].
    #[arg(long, value_name = "TIME")]
    pub start: Option<String>,
    /// With massage.
    #[arg(long)]
    pub massage: bool,
    /// With a picture of the baby.
    #[arg(long)]
    pub photo: bool,
    /// Your own words.
    #[arg(long)]
    pub note: Option<String>,
}

/// List entries.
#[derive(Args)]
pub struct List {
    /// Only this kind.
    #[arg(long, value_parser = ["pump", "nurse", "bottle", "weight", "diaper"])]
    pub kind: Option<String>,
    /// The first day or time.
    #[arg(long, value_name = "TIME")]
    pub from: Option<String>,
    /// The last day or time.
    #[arg(long, value_name = "TIME")]
    pub to: Option<String>,
}

/// A scenario, and how many women live through it.
#[derive(Args)]
pub struct Simulated {
    /// The scenario, TOML.
    #[arg(value_name = "SCENARIO")]
    pub scenario: PathBuf,
    /// How many women.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub mothers: u32,
    /// The seed of all chance.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

impl Simulated {
    /// The seed of one of the women.
    pub fn seed_of(&self, woman: usize) -> u64 {
        self.seed.wrapping_add(woman as u64)
    }
}

/// Simulate one session.
#[derive(Args)]
pub struct Session {
    /// Who and what.
    #[command(flatten)]
    pub simulated: Simulated,
    /// Draw the session of the first woman into this file (SVG).
    #[arg(long, value_name = "FILE")]
    pub plot: Option<PathBuf>,
}

/// Compare with published experiments.
#[derive(Args)]
pub struct Experiments {
    /// Instead: what the mission says of the body, each as a contrast, and the same with its mechanism switched off.
    #[arg(long)]
    pub claims: bool,
    /// Only rows whose id holds this text.
    #[arg(long, value_name = "TEXT")]
    pub only: Option<String>,
}

/// Simulate weeks of a life.
#[derive(Args)]
pub struct SimulateLog {
    /// Who and what.
    #[command(flatten)]
    pub simulated: Simulated,
    /// Write the log of the first woman's pump sessions to this file.
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
    /// Draw the days into this file (SVG).
    #[arg(long, value_name = "FILE")]
    pub plot: Option<PathBuf>,
}

/// Serve the web app.
#[derive(Args)]
pub struct Serve {
    /// The port.
    #[arg(long, default_value_t = 8017)]
    pub port: u16,
    /// A further name this machine is reached by.
    #[arg(long, value_name = "NAME")]
    pub host: Vec<String>,
}

/// A number; neither endless nor none. What it may be in its place is for the entry to say.
fn number(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|n| n.is_finite());
    number.ok_or_else(|| "this is not a number".to_owned())
}

fn format(text: &str) -> Result<String, ImportError> {
    FormatName::named(text).map(|format| format.as_str().to_owned())
}

fn map(text: &str) -> Result<String, ImportError> {
    ColumnMap::parse(text).map(|_| text.to_owned())
}
