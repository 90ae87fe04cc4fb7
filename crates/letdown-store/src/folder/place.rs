//! What is at a path where a data folder is wanted.

use super::{CONFIG, CONFIG_NEW, DATABASE, DATABASE_NEW};
use crate::error::Problem;
use std::{collections::BTreeSet, fs, io, path::Path};

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Place {
    /// Nothing, or a folder with nothing in it.
    Free,
    /// Config and database.
    Whole,
    /// A folder whose making was cut short just before the config got its name.
    AlmostWhole,
    /// The config without the database.
    LostJournal,
    /// The database without the config.
    LostConfig,
    /// Something that is not ours; one name of what was found.
    SomethingElse { found: String },
}

pub(super) fn look(path: &Path) -> Result<Place, Problem> {
    let names = match names(path) {
        Ok(names) => names,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Place::Free),
        Err(e) => return Err(Problem::of_file(path, e)),
    };
    let has = |name: &str| names.contains(name);
    Ok(match (has(CONFIG), has(DATABASE)) {
        (true, true) => Place::Whole,
        (true, false) => Place::LostJournal,
        (false, true) if has(CONFIG_NEW) => Place::AlmostWhole,
        (false, true) => Place::LostConfig,
        (false, false) => names
            .into_iter()
            .find(|name| !is_nothing(name))
            .map_or(Place::Free, |found| Place::SomethingElse { found }),
    })
}

fn names(path: &Path) -> io::Result<BTreeSet<String>> {
    fs::read_dir(path)?.map(|item| Ok(item?.file_name().to_string_lossy().into_owned())).collect()
}

/// Leftovers of a making that was cut short, and what a fresh file system holds.
fn is_nothing(name: &str) -> bool {
    name == "lost+found" || name == CONFIG_NEW || name.starts_with(DATABASE_NEW)
}
