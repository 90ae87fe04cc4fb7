//! `cargo xtask calibrate`: hundreds of simulated women, fitted, and where the truth stood among the draws.

use crate::{place::root, setup::cargo, trouble::Trouble};
use clap::{Args, ValueEnum};

#[derive(Args)]
pub(crate) struct Options {
    /// How many women.
    #[arg(long, default_value_t = 300)]
    women: u32,
    /// What stands in their logs.
    #[arg(long, value_enum, default_value_t = Logs::Totals)]
    logs: Logs,
}

#[derive(Clone, Copy, ValueEnum)]
enum Logs {
    /// The volume of both breasts together.
    Totals,
    /// The volume of each breast.
    Sides,
    /// Totals, and lengths that vary.
    Lengths,
}

impl Logs {
    fn word(self) -> &'static str {
        match self {
            Self::Totals => "totals",
            Self::Sides => "sides",
            Self::Lengths => "lengths",
        }
    }
}

/// Runs it and lets it print.
pub(crate) fn calibrate(options: &Options) -> Result<(), Trouble> {
    let mut command = cargo();
    command.args(["bench", "--package", "letdown-fit", "--bench", "calibrate", "--"]);
    command.args([&options.women.to_string(), options.logs.word()]);
    let status = command.current_dir(root()).status();
    let status = status.map_err(|source| Trouble::Start { program: "cargo".to_owned(), source })?;
    let step = "the calibration".to_owned();
    if status.success() { Ok(()) } else { Err(Trouble::Bench { step, status: status.to_string() }) }
}
