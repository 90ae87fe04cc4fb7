//! What may be typed.

mod log;
mod trial;

pub use log::*;
pub use trial::*;

use clap::{Args, Parser, Subcommand, ValueEnum, builder::PossibleValuesParser};
use letdown_engine::whatif::USUAL_DAYS;
use letdown_journal::{
    body::Body,
    import::{ColumnMap, FormatName, ImportError},
};
use letdown_trace::scales::Kind;
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
    /// Say fields of an entry anew.
    Edit(Edit),
    /// Take an entry back.
    Delete {
        /// The entry, as `list --ids` shows it.
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Let an entry stand again that was taken back.
    Undelete {
        /// The entry, as `delete` was told it.
        #[arg(value_name = "ID")]
        id: String,
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
    /// What a change would bring: `add 05:00`, `drop 13:00`, `+5min`, `massage`, `nurse sat,sun`.
    Whatif(WhatIf),
    /// Which sessions, how long and when, so that a goal is reached.
    Plan(Plan),
    /// What the log says about how her body works, and what it cannot say yet.
    Insights,
    /// An experiment on yourself: does the picture help you? Drawn by chance, with an honest answer.
    Trial(Trial),
    /// Retrain the let-down reflex, step by step: from the pump to the baby, or back.
    Retrain(Retrain),
    /// Score the forecasts on the log's own past.
    Backtest {
        /// The first day to score, for example 2026-10-01.
        #[arg(long, value_name = "DATE")]
        from: Option<String>,
        /// The last day to score.
        #[arg(long, value_name = "DATE")]
        to: Option<String>,
        /// Draw it: how often ranges hold, and how far off whole days are (SVG).
        #[arg(long, value_name = "FILE")]
        plot: Option<PathBuf>,
    },
    /// Bring everything out again: as a table, as lines of JSON, as a calendar; or as one page for a consultant.
    Export(Export),
    /// Keep everything the journal holds in one file.
    Backup(Backup),
    /// Make a journal of a backup, in an empty place.
    Restore(Restore),
    /// Say what erasing the journal would take away; with --yes, erase it.
    Erase(Erase),
    /// Find let-downs and phases in what a scale under the bottle wrote down. No journal is opened.
    Detect(Detect),
    /// Simulate one session of a declared scenario, second by second.
    Session(Session),
    /// A declared session in front of the coach: flow in, prompts out.
    Coach(Coach),
    /// Simulate weeks of a life from a declared scenario.
    SimulateLog(SimulateLog),
    /// Set up published experiments with simulated women and compare.
    Experiments(Experiments),
    /// Listen to a Bluetooth scale under the bottle.
    Scale(Scale),
    /// Serve the web app on this machine.
    Serve(Serve),
}

/// Bring in the export of another app.
#[derive(Args)]
pub struct Import {
    /// The files: CSV, ZIP, XLSX, JSON or the text that an app writes.
    #[arg(value_name = "FILE", required_unless_present_any = ["undo", "babybuddy"])]
    pub files: Vec<PathBuf>,
    /// Ask a Baby Buddy server for its records; the token comes from `BABYBUDDY_TOKEN`.
    #[arg(long, value_name = "URL", conflicts_with_all = ["files", "undo", "format", "map"])]
    pub babybuddy: Option<String>,
    /// Read the token from standard input instead.
    #[arg(long, requires = "babybuddy")]
    pub token_stdin: bool,
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
    /// What the columns of an unknown table mean: time=Time,volume=Amount,...; or @FILE, which holds that.
    #[arg(long, value_name = "MAP", value_parser = map)]
    pub map: Option<String>,
    /// Which baby the rows are about that name none.
    #[arg(long, value_name = "NAME")]
    pub baby: Option<String>,
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

/// List entries.
#[derive(Args)]
pub struct List {
    /// Only this kind.
    #[arg(long, value_parser = PossibleValuesParser::new(Body::KINDS.iter().copied()))]
    pub kind: Option<String>,
    /// Only entries whose kind, words or note hold this text.
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,
    /// Show the id of each.
    #[arg(long)]
    pub ids: bool,
    /// The first day or time.
    #[arg(long, value_name = "TIME")]
    pub from: Option<String>,
    /// The last day or time.
    #[arg(long, value_name = "TIME")]
    pub to: Option<String>,
}

/// What a change would bring.
#[derive(Args)]
pub struct WhatIf {
    /// The change; several are joined by `;`.
    #[arg(value_name = "CHANGE", allow_hyphen_values = true)]
    pub change: String,
    /// Whole days after today.
    #[arg(long, default_value_t = USUAL_DAYS, value_parser = clap::value_parser!(u32).range(1..=90))]
    pub days: u32,
}

/// Retrain the reflex.
#[derive(Args)]
pub struct Retrain {
    /// Which way [default: from what the log began with to the other].
    #[arg(long, value_enum)]
    pub to: Option<Towards>,
    /// Within how many minutes a first let-down is in time [default: 5].
    #[arg(long, value_name = "MINUTES", value_parser = within)]
    pub within: Option<f64>,
    /// Instead: how long it takes so many simulated women, by kind of mother.
    #[arg(long, value_name = "WOMEN", value_parser = clap::value_parser!(u32).range(10..=10_000))]
    pub cohort: Option<u32>,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Towards {
    /// Milk lets down for the baby.
    Nursing,
    /// Milk lets down for the pump.
    Pump,
}

/// A plan for a goal.
#[derive(Args)]
pub struct Plan {
    /// What for: raise, hold, wean, work, stash, home, retrain.
    #[arg(long, value_name = "GOAL", required_unless_present_any = ["follow", "travel"])]
    pub goal: Option<String>,
    /// Keep the plan in the journal, so that `--follow` can be asked later.
    #[arg(long)]
    pub keep: bool,
    /// What came of the plan that was kept, and the next one.
    #[arg(long, conflicts_with = "goal")]
    pub follow: bool,
    /// By which day [default: in 14 days; in 28 for wean and stash].
    #[arg(long, value_name = "DATE")]
    pub by: Option<String>,
    /// How much: a day for raise and home, in all for stash [default: a tenth more; what your babies may drink; 1,000 mL].
    #[arg(long, value_name = "AMOUNT")]
    pub to: Option<String>,
    /// For how many babies, with raise and home: the amount is what they may drink a day.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=6))]
    pub babies: Option<u8>,
    /// When you sleep and do not pump, for example 23:00-06:00.
    #[arg(long, value_name = "HOURS")]
    pub sleep: Option<String>,
    /// When you are away from your baby [default for work: 09:00-17:00].
    #[arg(long, value_name = "HOURS")]
    pub away: Option<String>,
    /// On which days you are away [default: mon,tue,wed,thu,fri].
    #[arg(long, value_name = "DAYS")]
    pub days: Option<String>,
    /// The way to work, in minutes; no session on it.
    #[arg(long, value_name = "MINUTES", value_parser = clap::value_parser!(u32).range(0..=240))]
    pub commute: Option<u32>,
    /// The breaks in which you may pump, for example 10:30+20,13:00+30 [default: any time].
    #[arg(long, value_name = "TIMES", value_delimiter = ',')]
    pub breaks: Vec<String>,
    /// A journey to another zone: when you leave and how long you are on the way, for example 2026-12-20T14:00+11h.
    #[arg(long, value_name = "JOURNEY")]
    pub travel: Option<String>,
    /// The zone in which it ends, for example Asia/Tokyo.
    #[arg(long, value_name = "ZONE")]
    pub to_zone: Option<String>,
    /// The most pump sessions a day.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=12))]
    pub max_sessions: Option<u8>,
    /// Write the sessions to a calendar file, each with a reminder.
    #[arg(long, value_name = "FILE")]
    pub ics: Option<PathBuf>,
    /// Remind so many minutes before.
    #[arg(long, value_name = "MINUTES", default_value_t = 10, value_parser = clap::value_parser!(u32).range(0..=120))]
    pub remind: u32,
    /// Replace the calendar file when it is there already.
    #[arg(long, requires = "ics")]
    pub force: bool,
}

/// Bring everything out again.
#[derive(Args)]
pub struct Export {
    /// In which form.
    #[arg(long, value_enum)]
    pub format: ExportFormat,
    /// The paper of the page: a4 or letter.
    #[arg(long, value_enum, default_value_t = Paper::A4)]
    pub paper: Paper,
    /// Only this kind: pump, nurse, bottle, weight, diaper, ...
    #[arg(long)]
    pub kind: Option<String>,
    /// The first day or time.
    #[arg(long, value_name = "TIME")]
    pub from: Option<String>,
    /// The last day or time.
    #[arg(long, value_name = "TIME")]
    pub to: Option<String>,
    /// Write to this file [default: standard output].
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Replace the file when it is there already.
    #[arg(long, requires = "out")]
    pub force: bool,
}

/// Keep everything in one file.
#[derive(Args)]
pub struct Backup {
    /// The file to write.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Replace the file when it is there already.
    #[arg(long)]
    pub force: bool,
}

/// Make a journal of a backup.
#[derive(Args)]
pub struct Restore {
    /// The file that `backup` wrote.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// Erase the journal.
#[derive(Args)]
pub struct Erase {
    /// Do it. Without this, nothing is erased.
    #[arg(long)]
    pub yes: bool,
}

/// What an export is written as.
#[derive(Clone, Copy, ValueEnum)]
pub enum ExportFormat {
    /// A table of what stands, for a spreadsheet and for `import`.
    Csv,
    /// Every version and every deletion, one JSON object on a line.
    Json,
    /// The sessions as a calendar (iCalendar).
    Ics,
    /// One page for a consultant (PDF): the log summed up, with ranges.
    Pdf,
}

/// A sheet of paper.
#[derive(Clone, Copy, ValueEnum)]
pub enum Paper {
    /// 210 by 297 mm.
    A4,
    /// 8.5 by 11 in.
    Letter,
}

impl ExportFormat {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Ics => "ics",
            Self::Pdf => "pdf",
        }
    }
}

/// Say fields of an entry anew.
#[derive(Args)]
pub struct Edit {
    /// The entry, as `list --ids` shows it.
    #[arg(value_name = "ID")]
    pub id: String,
    /// What to say anew: `total_ml=120`, `note="a calm one"`, `start=2026-11-24T03:10`. Nothing behind = takes a field away.
    #[arg(value_name = "FIELD=VALUE", required = true)]
    pub fields: Vec<String>,
}

/// Find let-downs in a scale's log.
#[derive(Args)]
pub struct Detect {
    /// What the scale showed: CSV with the columns `t_s,mass_g` (or `t_s,left_g,right_g`), or the JSON of a scale app.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Draw milk, flow, let-downs and phases into this file (SVG).
    #[arg(long, value_name = "FILE")]
    pub plot: Option<PathBuf>,
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

/// Hear what the coach says in a declared session.
#[derive(Args)]
pub struct Coach {
    /// The scenario, TOML.
    #[arg(value_name = "SCENARIO")]
    pub scenario: PathBuf,
    /// The seed of all chance, where the flow is that of a simulated woman.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
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
    /// Write everything the first woman notes, nursings and let-downs too, to this file (lines of JSON for `import`).
    #[arg(long, value_name = "FILE")]
    pub diary: Option<PathBuf>,
    /// Draw the days into this file (SVG).
    #[arg(long, value_name = "FILE")]
    pub plot: Option<PathBuf>,
}

/// Listen to a scale.
#[derive(Args)]
pub struct Scale {
    /// Say which scales are known, and listen to none.
    #[arg(long)]
    pub known: bool,
    /// Only a scale whose name holds this text.
    #[arg(long, value_name = "TEXT")]
    pub name: Option<String>,
    /// It is this kind, whatever its name says; the words are those of --known.
    #[arg(long, value_name = "WORD", requires = "name", value_parser = scale_kind)]
    pub kind: Option<Kind>,
    /// Set it to zero at the beginning.
    #[arg(long)]
    pub tare: bool,
    /// Stop after so many minutes [default: on Ctrl-C].
    #[arg(long, value_name = "MINUTES", value_parser = clap::value_parser!(u32).range(1..=240))]
    pub minutes: Option<u32>,
    /// Write the readings to this file (CSV: `t_s,mass_g`) [default: standard output].
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Replace the file when it is there already.
    #[arg(long, requires = "out")]
    pub force: bool,
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

fn format(text: &str) -> Result<String, ImportError> {
    FormatName::named(text).map(|format| format.as_str().to_owned())
}

fn within(text: &str) -> Result<f64, String> {
    let minutes = text.parse::<f64>().ok().filter(|minutes| (1.0..=15.0).contains(minutes));
    minutes.ok_or_else(|| format!("{text} must be 1 to 15 minutes"))
}

fn scale_kind(word: &str) -> Result<Kind, String> {
    Kind::named(word).ok_or_else(|| "no scale has this word; `letdown scale --known` lists them".to_owned())
}

/// A map as it stands, or that of a file behind `@`, which may be written on several lines.
fn map(text: &str) -> Result<String, String> {
    let read = |path: &str| {
        let text = std::fs::read_to_string(path).map_err(|e| format!("{path}: it cannot be read ({e})"))?;
        let lines = text.lines().map(|line| line.trim().trim_end_matches(','));
        Ok::<_, String>(lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(","))
    };
    let text = text.strip_prefix('@').map_or_else(|| Ok(text.to_owned()), read)?;
    ColumnMap::parse(&text).map_err(|e| e.to_string())?;
    Ok(text)
}
