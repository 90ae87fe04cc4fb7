//! A journal goes, and nothing of it stays in its folder.
//!
//! The way back through the steps of making: config and database lose their names, then they are removed. At whatever
//! point this is cut short, the folder holds the whole journal or none.

use super::{
    CONFIG, CONFIG_NEW, DATABASE, DATABASE_NEW, DataFolder, RECKONED, clear_leftovers, leftovers, lock,
    rename,
};
use crate::{
    error::{Problem, StoreError},
    folder::place::{Place, look},
};
use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

/// What became of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erased {
    /// Whether the folder itself is gone; it stays when it holds something else.
    pub folder: bool,
}

impl DataFolder {
    /// The files of the journal, as they lie there now.
    pub fn files(&self) -> Vec<PathBuf> {
        let names = [CONFIG, DATABASE, "journal.sqlite3-wal", "journal.sqlite3-shm", RECKONED];
        names.iter().map(|name| self.path.join(name)).filter(|path| path.exists()).collect()
    }

    /// Removes the journal: its database with its logs, what was reckoned from it, and its config. The folder goes too, when nothing else is in it.
    ///
    /// ```
    /// use letdown_journal::entry::DeviceId;
    /// use letdown_store::DataFolder;
    ///
    /// let home = tempfile::tempdir()?;
    /// let folder = DataFolder::create(&home.path().join("letdown"), "j-4f1c", &DeviceId::new("kitchen")?)?;
    /// assert!(folder.erase()?.folder);
    /// assert_eq!(std::fs::read_dir(home.path())?.count(), 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When another program has the journal open, and when a file may not be removed.
    pub fn erase(self) -> Result<Erased, StoreError> {
        let Self { path, store, .. } = self;
        let lock = lock(&path)?;
        store.close_alone().map_err(|e| in_use(&path, e))?;
        forget(&path.join(RECKONED))?;
        rename(&path, CONFIG, CONFIG_NEW)?;
        rename(&path, DATABASE, DATABASE_NEW)?;
        clear(&path)?;
        drop(lock);
        Ok(Erased { folder: fs::remove_dir(&path).is_ok() })
    }

    /// Removes what an erasing, or a making, that was cut short left where no journal is. `false` when there is nothing.
    ///
    /// # Errors
    /// When a file may not be removed.
    pub fn erase_leftovers(path: &Path) -> Result<bool, StoreError> {
        if !path.is_dir() || leftovers(path).map_err(|e| Problem::of_file(path, e))?.is_empty() {
            return Ok(false);
        }
        let lock = lock(path)?;
        let is_free = look(path)? == Place::Free;
        if is_free {
            clear(path)?;
            drop(lock);
            let _ = fs::remove_dir(path);
        }
        Ok(is_free)
    }
}

/// Removes what was reckoned: it can be reckoned again, should this be cut short here.
fn forget(path: &Path) -> Result<(), Problem> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(Problem::of_file(path, e)),
        _ => Ok(()),
    }
}

fn clear(path: &Path) -> Result<(), Problem> {
    let clear = || {
        clear_leftovers(path)?;
        File::open(path)?.sync_all()
    };
    clear().map_err(|e| Problem::of_file(path, e))
}

fn in_use(path: &Path, error: StoreError) -> StoreError {
    if error.is_busy() { Problem::InUse { path: path.to_owned() }.into() } else { error }
}
