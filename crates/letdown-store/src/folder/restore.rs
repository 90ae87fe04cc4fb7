//! A backup becomes a folder again: in an empty place, whole or not at all.

use super::{Config, DataFolder, clear_leftovers, make_with, refuse};
use crate::{
    backup::Backup,
    error::{Problem, StoreError},
    folder::place::{Place, look},
};
use letdown_journal::entry::DeviceId;
use std::{fs, path::Path};

impl DataFolder {
    /// Makes the folder of a backup, where nothing or an empty folder is. The journal keeps its name; `device` is a new
    /// one for this machine, because the one that wrote the backup may still be writing.
    ///
    /// ```
    /// use letdown_journal::entry::DeviceId;
    /// use letdown_store::{Backup, DataFolder};
    ///
    /// let home = tempfile::tempdir()?;
    /// let backup = Backup { journal: "j-4f1c".into(), entries: vec![] };
    /// let folder = DataFolder::restore(&home.path().join("letdown"), &backup, &DeviceId::new("kitchen-2")?)?;
    /// assert_eq!((folder.journal_id(), folder.device().as_str()), ("j-4f1c", "kitchen-2"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When the place holds anything, when it cannot be written, and when an entry cannot be kept; then the place is as it
    /// was.
    pub fn restore(path: &Path, backup: &Backup, device: &DeviceId) -> Result<Self, StoreError> {
        let config = Config::new(&backup.journal, device)?;
        if backup.entries.iter().any(|entry| entry.device == *device) {
            return Err(Problem::SharedName { device: device.to_string() }.into());
        }
        let was_there = path.exists();
        match look(path)? {
            Place::Free => {}
            place => return Err(occupied(path, place)?.into()),
        }
        match make_with(path, &config, &backup.entries) {
            Ok(true) => Self::open(path),
            Ok(false) => Err(Problem::RestoreOver { path: path.to_owned() }.into()),
            Err(error) => {
                leave_as_it_was(path, was_there);
                Err(error)
            }
        }
    }
}

fn occupied(path: &Path, place: Place) -> Result<Problem, Problem> {
    match place {
        Place::Whole | Place::AlmostWhole => Ok(Problem::RestoreOver { path: path.to_owned() }),
        Place::LostJournal => Ok(Problem::RestoreBesideConfig { path: path.to_owned() }),
        other => refuse(path, other),
    }
}

/// The error that is told is the one that stopped the restore; what cannot be cleared counts as nothing anyway.
fn leave_as_it_was(path: &Path, was_there: bool) {
    if look(path).is_ok_and(|place| place == Place::Free) {
        let _ = clear_leftovers(path);
        if !was_there {
            let _ = fs::remove_dir(path);
        }
    }
}
