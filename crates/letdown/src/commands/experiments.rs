//! `letdown experiments`: published experiments with simulated women, and the mission's claims as contrasts.

use crate::{
    cli::{self, Cli},
    outcome::Trouble,
};

pub fn experiments(_cli: &Cli, _options: &cli::Experiments) -> Result<(), Trouble> {
    Err(Trouble::could_not("not yet"))
}
