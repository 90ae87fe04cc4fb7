//! `letdown init`: a journal in an empty folder.

use crate::{cli::Cli, journal::Journal, outcome::Trouble, say};
use serde::Serialize;

#[derive(Serialize)]
struct Made {
    data: String,
}

pub fn init(cli: &Cli) -> Result<(), Trouble> {
    let place = Journal::make(cli)?;
    if cli.json {
        say::json(&Made { data: place.display().to_string() });
    } else {
        say::print(&format!("Made a journal in {}.", place.display()));
    }
    Ok(())
}
