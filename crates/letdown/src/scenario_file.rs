//! A scenario's file, and the women it asks for.

use crate::{cli::Cli, clock, journal::Journal, outcome::Trouble};
use letdown_engine::scenario::Mother;
use letdown_engine::{EngineError, observed::Observed};
use std::path::Path;

/// Reads a scenario; errors name the file.
pub fn read<T>(file: &Path, parse: impl Fn(&str) -> Result<T, EngineError>) -> Result<T, Trouble> {
    let name = file.display();
    let toml = std::fs::read_to_string(file)
        .map_err(|e| Trouble::could_not(format!("{name}: it cannot be read ({e})")))?;
    parse(&toml).map_err(|e| Trouble::could_not(format!("{name}: {e}")))
}

/// Draws of the twin of the journal, when a scenario asks for them.
pub fn twins(cli: &Cli, is_posterior: bool) -> Result<Vec<Mother>, Trouble> {
    if !is_posterior {
        return Ok(Vec::new());
    }
    let journal = Journal::open(cli)?;
    let now = clock::now(cli, journal.notebook.zone().as_ref())?;
    let observed = Observed::at(journal.notebook.journal(), &now);
    Ok(journal.twin(&observed).fitted()?.women())
}

/// Writes a file that was asked for.
pub fn write(file: &Path, text: &str) -> Result<(), Trouble> {
    std::fs::write(file, text)
        .map_err(|e| Trouble::could_not(format!("{}: it cannot be written ({e})", file.display())))
}
