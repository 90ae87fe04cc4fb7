//! Why the journal could not be read or written.
//!
//! A caller may ask four things of a [`StoreError`], each of which calls for another answer: whether an entry
//! contradicts one that is there, whether an entry can never be kept, whether the disk is full, and whether waiting
//! helps. Everything else is a sentence for a person. No sentence ever holds the body of an entry.

use letdown_journal::entry::EntryId;
use std::{
    io,
    path::{Path, PathBuf},
};

/// Why the journal could not be read or written. Its text says what happened, where, and how to mend it.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct StoreError(#[from] Problem);

impl StoreError {
    /// The disk under `path` is full. For stores outside this crate.
    pub fn full(path: impl Into<PathBuf>) -> Self {
        Problem::Full { path: path.into() }.into()
    }

    /// Something else went wrong. For stores outside this crate.
    ///
    /// ```
    /// let error = letdown_store::StoreError::other(std::io::Error::other("the cable is out"));
    /// assert_eq!(error.to_string(), "the journal cannot be reached: the cable is out");
    /// ```
    pub fn other(source: impl std::error::Error + Send + Sync + 'static) -> Self {
        Problem::Other { source: Box::new(source) }.into()
    }

    /// Whether an entry contradicts one that is already there.
    pub fn is_conflict(&self) -> bool {
        matches!(self.0, Problem::SameId { .. } | Problem::SamePlace { .. })
    }

    /// Whether an entry can never be kept by this version, whatever the state of the disk.
    pub fn is_entry(&self) -> bool {
        matches!(self.0, Problem::SeqTooLarge { .. } | Problem::NewerEntry { .. })
    }

    /// Whether the disk is full.
    pub fn is_full(&self) -> bool {
        matches!(self.0, Problem::Full { .. })
    }

    /// Whether another program held the journal for too long, so that trying again may help.
    pub fn is_busy(&self) -> bool {
        matches!(self.0, Problem::Busy { .. })
    }
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    #[error(
        "entry {id} is already in the journal with other content; nothing was saved. An entry never changes: \
         a correction is a new entry with the same root"
    )]
    SameId { id: EntryId },
    #[error(
        "entry {id} is number {seq} of device {device}, but that number is taken by entry {other}; nothing was saved. \
         Two devices may share one name: give one of them a new name"
    )]
    SamePlace { id: EntryId, device: String, seq: u64, other: String },
    #[error("entry {id}: field seq: {seq} is more than a journal can count; nothing was saved")]
    SeqTooLarge { id: EntryId, seq: u64 },
    #[error(
        "entry {id} is of version {v}, written by a newer Letdown; nothing was saved. Update Letdown here"
    )]
    NewerEntry { id: EntryId, v: u32 },

    #[error("the disk that holds {} is full; nothing was saved. Free some space and try again", .path.display())]
    Full { path: PathBuf },
    #[error(
        "another program kept {} busy for more than 5 seconds; nothing was saved. Try again in a moment",
        .path.display()
    )]
    Busy { path: PathBuf },
    #[error(
        "this user may not read and write {}. Give it to the user who runs Letdown (chown), or choose another place with \
         --data",
        .path.display()
    )]
    MayNotWrite { path: PathBuf },
    #[error(
        "{} is on a file system where SQLite cannot lock its files (a network share?). Keep the data folder on a disk \
         of this machine",
        .path.display()
    )]
    NoLocks { path: PathBuf },

    #[error("a file stands where the folder {} would be. Name another place with --data", .path.display())]
    NotAFolder { path: PathBuf },
    #[error("there is no journal in {}. `letdown init` makes one there", .path.display())]
    NoJournal { path: PathBuf },
    #[error("{} already holds a journal; nothing was changed", .path.display())]
    AlreadyThere { path: PathBuf },
    #[error(
        "{} holds something else ({found}) and no journal; nothing was changed. Name an empty or a new folder with \
         --data",
        .path.display()
    )]
    SomethingElse { path: PathBuf, found: String },
    #[error(
        "{folder}/letdown.toml belongs to journal {journal}, but its journal.sqlite3 is missing; nothing was changed. \
         If a disk is not mounted, mount it. Otherwise copy journal.sqlite3 back from a backup. Only to begin an empty \
         journal, move letdown.toml out of the folder first",
        folder = .path.display()
    )]
    LostJournal { path: PathBuf, journal: String },
    #[error(
        "{folder} holds a journal.sqlite3 but not the letdown.toml that belongs to it; nothing was changed. Copy \
         letdown.toml back from a backup, or name another folder with --data",
        folder = .path.display()
    )]
    LostConfig { path: PathBuf },
    #[error(
        "{} cannot be understood: {detail}. Nothing was changed; mend that line, or copy the file back from a backup",
        .path.display()
    )]
    Config { path: PathBuf, detail: String },
    #[error(
        "{folder}/letdown.toml belongs to journal {config}, but journal.sqlite3 beside it is journal {database}; \
         nothing was changed. Put the two files of one backup together",
        folder = .path.display()
    )]
    TwoJournals { path: PathBuf, config: String, database: String },
    #[error("{text:?} cannot name a journal; names are 1 to 64 of a-z, 0-9 and -")]
    JournalName { text: String },

    #[error(
        "{} already holds a journal; nothing was changed. Restore into an empty folder with --data DIR, or take this \
         journal away first (`letdown backup FILE` keeps it, `letdown erase` removes it)",
        .path.display()
    )]
    RestoreOver { path: PathBuf },
    #[error(
        "{folder} holds the letdown.toml of a journal that is missing; nothing was changed. Move letdown.toml out of \
         the folder and restore again, or name an empty folder with --data",
        folder = .path.display()
    )]
    RestoreBesideConfig { path: PathBuf },
    #[error(
        "the backup was written by this very machine name, {device}, and two machines never share one; nothing was \
         changed. Restore again"
    )]
    SharedName { device: String },
    #[error(
        "another program has the journal in {} open; nothing was erased. Stop it (`letdown serve`?) and try again",
        .path.display()
    )]
    InUse { path: PathBuf },

    #[error("{} is not a backup that `letdown backup` wrote; nothing was changed", .path.display())]
    NoBackup { path: PathBuf },
    #[error(
        "{} was written by a newer Letdown (backup {format}; this one reads up to {known}); nothing was changed. \
         Update Letdown",
        .path.display()
    )]
    NewerBackup { path: PathBuf, format: u64, known: u64 },
    #[error(
        "{} was cut short: {held} of its {said} entries are there; nothing was changed. Copy the backup once more, or \
         take an older one",
        .path.display()
    )]
    ShortBackup { path: PathBuf, held: usize, said: usize },
    #[error(
        "{} does not fit its checksum, so it is not what `letdown backup` wrote; nothing was changed. Copy the backup \
         once more, or take an older one",
        .path.display()
    )]
    ChangedBackup { path: PathBuf },
    #[error("{}, line {line}: {detail}; nothing was changed", .path.display())]
    BackupLine { path: PathBuf, line: usize, detail: String },

    #[error("{} is not a Letdown journal; nothing was changed", .path.display())]
    Foreign { path: PathBuf },
    #[error(
        "{} was written by a newer Letdown (format {format}; this one reads up to {}); nothing was changed. Update \
         Letdown",
        .path.display(),
        crate::sqlite::FORMAT
    )]
    Newer { path: PathBuf, format: i64 },
    #[error(
        "{} is damaged ({detail}); nothing was changed. Keep a copy of it, then put the newest backup of the folder in \
         its place: phones send again what it lacks",
        .path.display()
    )]
    Damaged { path: PathBuf, detail: String },
    #[error("{} cannot be read or written: {source}", .path.display())]
    Io { path: PathBuf, source: io::Error },
    #[error("the journal cannot be reached: {source}")]
    Other { source: Box<dyn std::error::Error + Send + Sync> },
}

impl Problem {
    /// What an error of the file system means for the file or folder `path`.
    pub(crate) fn of_file(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::MayNotWrite { path },
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full { path },
            io::ErrorKind::NotADirectory => Self::NotAFolder { path },
            _ => Self::Io { path, source },
        }
    }

    /// What an error of SQLite means for the database `path`.
    pub(crate) fn of_sqlite(path: &Path, source: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(Code::DiskFull) => Self::Full { path },
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Busy { path },
            Some(Code::ReadOnly | Code::CannotOpen | Code::PermissionDenied) => Self::MayNotWrite { path },
            Some(Code::FileLockingProtocolFailed | Code::NoLargeFileSupport) => Self::NoLocks { path },
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => {
                Self::Damaged { path, detail: source.to_string() }
            }
            _ => Self::Io { path, source: io::Error::other(source) },
        }
    }
}
