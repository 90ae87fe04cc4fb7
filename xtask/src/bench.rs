//! `cargo xtask bench`: measurements that print a table, in the release profile.

use crate::{place::root, setup::cargo, trouble::Trouble};
use clap::{Args, ValueEnum};
use std::path::{PathBuf, absolute};

#[derive(Args)]
pub(crate) struct Options {
    /// What is measured.
    what: Bench,
    /// Scale logs to look into instead of the simulated traces (detect only).
    logs: Vec<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Bench {
    /// How well let-downs are found, beside two usual ways of finding them.
    Detect,
    /// Mother-days a second, beside another solver.
    MotherDays,
    /// Sessions a second.
    Sessions,
}

impl Bench {
    /// Its package and its name there.
    fn target(self) -> (&'static str, &'static str) {
        match self {
            Self::Detect => ("letdown-engine", "detect"),
            Self::MotherDays => ("letdown-model", "mother_days"),
            Self::Sessions => ("letdown-model", "sessions"),
        }
    }
}

/// Runs one and lets it print.
pub(crate) fn bench(options: &Options) -> Result<(), Trouble> {
    let (package, name) = options.what.target();
    let mut command = cargo();
    command.args(["bench", "--package", package, "--bench", name, "--"]);
    // Cargo runs a bench in the folder of its package.
    command.args(options.logs.iter().map(|log| absolute(log).unwrap_or_else(|_| log.clone())));
    let status = command.current_dir(root()).status();
    let status = status.map_err(|source| Trouble::Start { program: "cargo".to_owned(), source })?;
    let step = format!("cargo bench --bench {name}");
    if status.success() { Ok(()) } else { Err(Trouble::Bench { step, status: status.to_string() }) }
}
