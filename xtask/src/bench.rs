//! `cargo xtask bench`: measurements that print a table, in the release profile.

use crate::{peers, place::root, setup::cargo, trouble::Trouble};
use clap::{Args, ValueEnum};
use std::path::{PathBuf, absolute};

#[derive(Args)]
pub(crate) struct Options {
    /// What is measured.
    what: Bench,
    /// Scale logs to look into instead of the simulated traces (detect only).
    logs: Vec<PathBuf>,
    /// Days of the simulated log (twin-peers only).
    #[arg(long, default_value_t = 90)]
    days: u32,
}

#[derive(Clone, Copy, ValueEnum)]
enum Bench {
    /// How well let-downs are found, beside two usual ways of finding them.
    Detect,
    /// Mother-days a second, beside another solver.
    MotherDays,
    /// How long the coach takes to say what it says.
    Prompts,
    /// Sessions a second.
    Sessions,
    /// The fit of one log, beside that of the same model by nutpie. Needs Python and, once, the network.
    TwinPeers,
}

impl Bench {
    /// Its package and its name there, where it is one bench.
    fn target(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Detect => Some(("letdown-engine", "detect")),
            Self::MotherDays => Some(("letdown-model", "mother_days")),
            Self::Prompts => Some(("letdown-engine", "prompts")),
            Self::Sessions => Some(("letdown-model", "sessions")),
            Self::TwinPeers => None,
        }
    }
}

/// Runs one and lets it print.
pub(crate) fn bench(options: &Options) -> Result<(), Trouble> {
    let Some((package, name)) = options.what.target() else { return peers::compare(options.days) };
    let mut command = cargo();
    command.args(["bench", "--package", package, "--bench", name, "--"]);
    // Cargo runs a bench in the folder of its package.
    command.args(options.logs.iter().map(|log| absolute(log).unwrap_or_else(|_| log.clone())));
    let status = command.current_dir(root()).status();
    let status = status.map_err(|source| Trouble::Start { program: "cargo".to_owned(), source })?;
    let step = format!("cargo bench --bench {name}");
    if status.success() { Ok(()) } else { Err(Trouble::Bench { step, status: status.to_string() }) }
}
