//! `letdown restore`: a backup becomes a journal again, in an empty place.

use crate::{
    cli::{self, Cli},
    holding::Holding,
    journal,
    outcome::Trouble,
    say,
};
use letdown_store::{Backup, DataFolder};
use serde::Serialize;

#[derive(Serialize)]
struct Restored<'a> {
    file: String,
    data: String,
    journal: &'a str,
    device: &'a str,
    #[serde(flatten)]
    holding: Holding,
}

pub fn restore(cli: &Cli, options: &cli::Restore) -> Result<(), Trouble> {
    let file = options.file.display().to_string();
    let bytes = std::fs::read(&options.file)
        .map_err(|e| Trouble::could_not(format!("{file} cannot be read: {e}; nothing was changed")))?;
    let backup = Backup::read(&options.file, &bytes)?;
    let place = journal::place(cli)?;
    let folder = DataFolder::restore(&place, &backup, &journal::new_device()?)?;
    let (data, holding) = (place.display().to_string(), Holding::of(&backup.entries));
    let (journal, device) = (folder.journal_id(), folder.device().as_str());
    if cli.json {
        say::json(&Restored { file, data, journal, device, holding });
    } else {
        say::print(&format!(
            "Restored {} in {data}.\nIt is journal {journal} as before; this machine has a new name in it, {device}.",
            holding.words()
        ));
    }
    Ok(())
}
