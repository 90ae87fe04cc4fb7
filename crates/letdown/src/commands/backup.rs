//! `letdown backup`: everything the journal holds, in one file.

use crate::{
    cli::{self, Cli},
    holding::Holding,
    journal,
    outcome::Trouble,
    say,
    whole_file::{self, Replace},
};
use letdown_store::{Backup, DataFolder, Store as _};
use serde::Serialize;

#[derive(Serialize)]
struct BackedUp<'a> {
    file: String,
    journal: &'a str,
    #[serde(flatten)]
    holding: Holding,
}

pub fn backup(cli: &Cli, options: &cli::Backup) -> Result<(), Trouble> {
    let folder = DataFolder::open(&journal::place(cli)?)?;
    // One statement reads all of it, so that it is one state of the journal, whoever writes meanwhile.
    let backup = Backup { journal: folder.journal_id().to_owned(), entries: folder.store().all()? };
    let text = backup.write();
    // A backup that could not be read back is found out now, and not on the day it is needed.
    Backup::read(&options.file, text.as_bytes())?;
    whole_file::write(&options.file, &text, Replace::when(options.force), folder.path())?;
    let (file, holding) = (options.file.display().to_string(), Holding::of(&backup.entries));
    if cli.json {
        say::json(&BackedUp { file, journal: &backup.journal, holding });
    } else {
        say::print(&format!("Backed up {} to {file}.", holding.words()));
    }
    Ok(())
}
