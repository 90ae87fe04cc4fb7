//! The folder that holds a journal.
//!
//! An app that starts empty because a disk was not mounted looks just like an app that lost everything, and invites
//! people to write into the wrong place. So a folder is only ever made where nothing is, never beside a config that
//! names a journal, and the making is told.
//!
//! Making goes in four steps, so that it can be cut short at any point: the database and the config are written under
//! names that end in `.new`; then the database gets its name; then the config. Only the last step makes it a folder.

mod config;
mod erase;
mod place;
mod restore;

pub use erase::Erased;

use crate::{
    error::{Problem, StoreError},
    sqlite::SqliteStore,
    store::Store as _,
};
use config::Config;
use letdown_journal::entry::{DeviceId, Entry};
use place::{Place, look};
use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

const CONFIG: &str = "letdown.toml";
const CONFIG_NEW: &str = "letdown.toml.new";
const DATABASE: &str = "journal.sqlite3";
const DATABASE_NEW: &str = "journal.sqlite3.new";
const RECKONED: &str = "reckoned";

/// A folder with a journal in it.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    config: Config,
    store: SqliteStore,
}

/// A data folder, and whether it was made just now.
#[derive(Debug)]
pub struct Opened {
    /// The folder.
    pub folder: DataFolder,
    /// Whether it is new. Say so to the person: they may have expected to find a journal.
    pub made: bool,
}

impl DataFolder {
    /// Makes a folder for a new journal, where nothing or an empty folder is.
    ///
    /// `journal` names the journal and `device` this machine in it; both are given by the caller, with enough
    /// randomness to be unlike any other.
    ///
    /// ```
    /// use letdown_journal::entry::DeviceId;
    /// use letdown_store::DataFolder;
    ///
    /// let home = tempfile::tempdir()?;
    /// let folder = DataFolder::create(&home.path().join("letdown"), "j-4f1c", &DeviceId::new("kitchen")?)?;
    /// assert_eq!((folder.journal_id(), folder.device().as_str()), ("j-4f1c", "kitchen"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When the place holds anything, or cannot be written.
    pub fn create(path: &Path, journal: &str, device: &DeviceId) -> Result<Self, StoreError> {
        let config = Config::new(journal, device)?;
        match look(path)? {
            Place::Free if make(path, &config)? => Self::open(path),
            Place::Free | Place::Whole | Place::AlmostWhole => {
                Err(Problem::AlreadyThere { path: path.to_owned() }.into())
            }
            other => Err(refuse(path, other)?.into()),
        }
    }

    /// Opens a folder that was made before.
    ///
    /// # Errors
    /// When there is none; when a part of it is missing, damaged, of another journal or of a newer version; when it
    /// may not be written.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        match look(path)? {
            Place::Whole => {}
            Place::AlmostWhole => finish(path)?,
            other => return Err(refuse(path, other)?.into()),
        }
        let config = Config::read(&path.join(CONFIG))?;
        let store = SqliteStore::open(&path.join(DATABASE))?;
        if config.journal == store.journal_id() {
            return Ok(Self { path: path.to_owned(), config, store });
        }
        let (path, database) = (path.to_owned(), store.journal_id().to_owned());
        Err(Problem::TwoJournals { path, config: config.journal, database }.into())
    }

    /// Opens the folder, or makes it where nothing or an empty folder is. The names are used only for making.
    ///
    /// ```
    /// use letdown_journal::entry::DeviceId;
    /// use letdown_store::DataFolder;
    ///
    /// let home = tempfile::tempdir()?;
    /// let device = DeviceId::new("kitchen")?;
    /// assert!(DataFolder::open_or_create(home.path(), "j-4f1c", &device)?.made);
    /// assert!(!DataFolder::open_or_create(home.path(), "j-4f1c", &device)?.made);
    ///
    /// std::fs::remove_file(home.path().join("journal.sqlite3"))?;
    /// let refused = DataFolder::open_or_create(home.path(), "j-4f1c", &device).unwrap_err();
    /// assert!(refused.to_string().contains("belongs to journal j-4f1c, but its journal.sqlite3 is missing"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`DataFolder::open`] and [`DataFolder::create`]; above all beside a config whose journal is lost.
    pub fn open_or_create(path: &Path, journal: &str, device: &DeviceId) -> Result<Opened, StoreError> {
        let config = Config::new(journal, device)?;
        let made = look(path)? == Place::Free && make(path, &config)?;
        Ok(Opened { folder: Self::open(path)?, made })
    }

    /// Where the folder is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A file for what was reckoned from the journal and can be reckoned again, at whatever cost. It may be missing or out of
    /// date at any time, is in no backup, and goes with the journal.
    pub fn reckoned(&self) -> PathBuf {
        self.path.join(RECKONED)
    }

    /// The name of the journal.
    pub fn journal_id(&self) -> &str {
        &self.config.journal
    }

    /// What this machine is called in the journal.
    pub fn device(&self) -> &DeviceId {
        &self.config.device
    }

    /// The journal.
    pub fn store(&self) -> &SqliteStore {
        &self.store
    }

    /// The journal, to write to.
    pub fn store_mut(&mut self) -> &mut SqliteStore {
        &mut self.store
    }

    /// The journal alone, for a server to own.
    pub fn into_store(self) -> SqliteStore {
        self.store
    }
}

/// Makes the folder; `false` when another process was faster.
fn make(path: &Path, config: &Config) -> Result<bool, StoreError> {
    make_with(path, config, &[])
}

/// Makes the folder with entries in it. The database gets its name when all of them are on the disk.
fn make_with(path: &Path, config: &Config, entries: &[Entry]) -> Result<bool, StoreError> {
    make_folder(path).map_err(|e| Problem::of_file(path, e))?;
    let _lock = lock(path)?;
    if look(path)? != Place::Free {
        return Ok(false);
    }
    clear_leftovers(path).map_err(|e| Problem::of_file(path, e))?;
    let mut store = SqliteStore::create(&path.join(DATABASE_NEW), &config.journal)?;
    if !entries.is_empty() {
        store.append(entries)?;
    }
    store.close()?;
    config.write(&path.join(CONFIG_NEW))?;
    rename(path, DATABASE_NEW, DATABASE)?;
    rename(path, CONFIG_NEW, CONFIG)?;
    Ok(true)
}

/// The last step of a making that was cut short.
fn finish(path: &Path) -> Result<(), Problem> {
    let _lock = lock(path)?;
    if look(path)? == Place::AlmostWhole { rename(path, CONFIG_NEW, CONFIG) } else { Ok(()) }
}

fn refuse(path: &Path, place: Place) -> Result<Problem, Problem> {
    let path = path.to_owned();
    Ok(match place {
        Place::LostJournal => {
            let journal = Config::read(&path.join(CONFIG))?.journal;
            Problem::LostJournal { path, journal }
        }
        Place::LostConfig => Problem::LostConfig { path },
        Place::SomethingElse { found } => Problem::SomethingElse { path, found },
        Place::Free | Place::Whole | Place::AlmostWhole => Problem::NoJournal { path },
    })
}

/// The journal is hers alone: a folder that we make is closed to other users of the machine.
fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Holds off other processes that make the same folder. Ends when the file is dropped, or with the process.
fn lock(path: &Path) -> Result<File, Problem> {
    let lock = || {
        let folder = File::open(path)?;
        match folder.lock() {
            Err(e) if e.kind() != io::ErrorKind::Unsupported => Err(e),
            _ => Ok(folder),
        }
    };
    lock().map_err(|e| Problem::of_file(path, e))
}

fn clear_leftovers(path: &Path) -> io::Result<()> {
    leftovers(path)?.iter().try_for_each(fs::remove_file)
}

/// What a making or an erasing that was cut short left.
fn leftovers(path: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for item in fs::read_dir(path)? {
        let item = item?;
        let name = item.file_name().to_string_lossy().into_owned();
        let of_reckoned = name.starts_with(&format!(".{RECKONED}."));
        if name == CONFIG_NEW || name.starts_with(DATABASE_NEW) || of_reckoned {
            found.push(item.path());
        }
    }
    Ok(found)
}

fn rename(folder: &Path, from: &str, to: &str) -> Result<(), Problem> {
    let rename = || {
        fs::rename(folder.join(from), folder.join(to))?;
        File::open(folder)?.sync_all()
    };
    rename().map_err(|e| Problem::of_file(folder, e))
}
