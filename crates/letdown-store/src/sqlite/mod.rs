//! The journal in one SQLite file.
//!
//! Write-ahead log with `synchronous=FULL`: a commit that has returned is on the disk. Of the settings people commonly
//! recommend this is the only one that lost nothing in simulated power cuts; `NORMAL` lost acknowledged rows in two of
//! three. Writers begin with `BEGIN IMMEDIATE`, because a reader that turns into a writer is refused at once instead of
//! waiting its turn.

mod row;
mod schema;

#[cfg(test)]
mod full_disk;

pub(crate) use schema::FORMAT;

use crate::{
    error::{Problem, StoreError},
    store::{Appended, Page, Store},
};
use letdown_journal::entry::{Entry, VERSION};
use rusqlite::{
    Connection, OpenFlags, OptionalExtension, Row, Transaction, TransactionBehavior, config::DbConfig, params,
};
use std::{
    fs::OpenOptions,
    path::{Path, PathBuf},
    time::Duration,
};

/// How long to wait for another program that is writing.
const PATIENCE: Duration = Duration::from_secs(5);

/// A page ends early when its bodies reach this size, so that a reader never has to hold the whole journal.
const PAGE_BYTES: usize = 8 * 1024 * 1024;

/// The journal in one SQLite file.
#[derive(Debug)]
pub struct SqliteStore {
    path: PathBuf,
    journal: String,
    connection: Connection,
}

impl SqliteStore {
    /// Makes a new, empty journal file. Most callers want a [`DataFolder`](crate::DataFolder), which holds one.
    ///
    /// ```
    /// use letdown_store::{SqliteStore, Store};
    /// let folder = tempfile::tempdir()?;
    /// let store = SqliteStore::create(&folder.path().join("journal.sqlite3"), "j-4f1c")?;
    /// assert_eq!((store.journal_id(), store.all()?.len()), ("j-4f1c", 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When something is already at `path`, or it cannot be written.
    pub fn create(path: &Path, journal: &str) -> Result<Self, StoreError> {
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(path)
            .map_err(|e| already_there(path).unwrap_or(Problem::of_file(path, e)))?;
        let connection = connect(path)?;
        schema::make(&connection, journal).map_err(|e| Problem::of_sqlite(path, e))?;
        connection.close().map_err(|(_, e)| Problem::of_sqlite(path, e))?;
        Self::open(path)
    }

    /// Opens a journal file. Whatever is wrong with it, refusing changes nothing on the disk.
    ///
    /// ```
    /// let folder = tempfile::tempdir()?;
    /// let path = folder.path().join("journal.sqlite3");
    /// std::fs::write(&path, "dear diary")?;
    /// let refused = letdown_store::SqliteStore::open(&path).unwrap_err();
    /// assert!(refused.to_string().ends_with("journal.sqlite3 is not a Letdown journal; nothing was changed"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When the file is missing, damaged, of another program, of a newer version, or may not be written.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        schema::check_header(path)?;
        let connection = connect(path)?;
        let journal = schema::check(&connection, path)?;
        make_durable(&connection, path)?;
        Ok(Self { path: path.to_owned(), journal, connection })
    }

    /// The name of the journal that the file holds.
    pub fn journal_id(&self) -> &str {
        &self.journal
    }

    /// Closes the file with all of it in one piece: nothing is left in a log beside it, so that it can be renamed.
    pub(crate) fn close(self) -> Result<(), StoreError> {
        self.leave("PRAGMA wal_checkpoint(TRUNCATE)", |row| row.get::<_, i64>(0).map(|busy| busy == 0))
    }

    /// Closes the file when no other program has it open. It is in one piece then, and its logs are gone.
    pub(crate) fn close_alone(self) -> Result<(), StoreError> {
        self.leave("PRAGMA journal_mode = delete", |row| row.get::<_, String>(0).map(|mode| mode == "delete"))
    }

    fn leave(
        self,
        pragma: &str,
        is_done: impl FnOnce(&Row<'_>) -> rusqlite::Result<bool>,
    ) -> Result<(), StoreError> {
        let busy = || Problem::Busy { path: self.path.clone() };
        if !self.sql(self.connection.query_row(pragma, [], is_done))? {
            return Err(busy().into());
        }
        let Self { path, connection, .. } = self;
        connection.close().map_err(|(_, e)| Problem::of_sqlite(&path, e))?;
        Ok(())
    }

    fn sql<T>(&self, result: rusqlite::Result<T>) -> Result<T, Problem> {
        result.map_err(|e| Problem::of_sqlite(&self.path, e))
    }

    fn page(&self, cursor: i64, limit: usize, bytes: usize) -> Result<Page, StoreError> {
        let mut statement = self.sql(self.connection.prepare_cached(row::SELECT_AFTER))?;
        let mut rows = self.sql(statement.query(params![cursor]))?;
        let mut page = Page { entries: Vec::new(), next: cursor, more: false };
        let mut held = 0;
        while let Some(row) = self.sql(rows.next())? {
            if page.entries.len() == limit || (bytes <= held && !page.entries.is_empty()) {
                page.more = true;
                break;
            }
            let (place, entry) = self.read(row)?;
            held += entry.body.get().len();
            page.next = place;
            page.entries.push(entry);
        }
        Ok(page)
    }

    fn read(&self, row: &Row<'_>) -> Result<(i64, Entry), Problem> {
        row::read(row).map_err(|detail| Problem::Damaged { path: self.path.clone(), detail })
    }
}

impl Store for SqliteStore {
    fn append(&mut self, entries: &[Entry]) -> Result<Appended, StoreError> {
        let path = self.path.clone();
        let sql = |e| Problem::of_sqlite(&path, e);
        let writing =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(sql)?;
        let mut appended = Appended::default();
        for entry in entries {
            check_entry(entry)?;
            if is_known(&writing, &path, entry)? {
                appended.known += 1;
            } else {
                row::insert(&writing, entry).map_err(sql)?;
                appended.stored += 1;
            }
        }
        writing.commit().map_err(sql)?;
        Ok(appended)
    }

    fn after(&self, cursor: i64, limit: usize) -> Result<Page, StoreError> {
        self.page(cursor, limit, PAGE_BYTES)
    }

    fn all(&self) -> Result<Vec<Entry>, StoreError> {
        Ok(self.page(0, usize::MAX, usize::MAX)?.entries)
    }
}

fn already_there(path: &Path) -> Option<Problem> {
    path.exists().then(|| Problem::AlreadyThere { path: path.to_owned() })
}

fn connect(path: &Path) -> Result<Connection, Problem> {
    let open = || {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(PATIENCE)?;
        Ok(connection)
    };
    open().map_err(|e| Problem::of_sqlite(path, e))
}

/// Settings of this connection; the file itself stays as it is.
fn make_durable(connection: &Connection, path: &Path) -> Result<(), Problem> {
    let set = || {
        let mode: String = connection.pragma_update_and_check(None, "journal_mode", "wal", |r| r.get(0))?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        Ok(mode)
    };
    let mode = set().map_err(|e| Problem::of_sqlite(path, e))?;
    if mode == "wal" { Ok(()) } else { Err(Problem::NoLocks { path: path.to_owned() }) }
}

fn check_entry(entry: &Entry) -> Result<(), Problem> {
    if i64::try_from(entry.seq).is_err() {
        return Err(Problem::SeqTooLarge { id: entry.id, seq: entry.seq });
    }
    // The envelope of a newer version may hold fields that this one would drop.
    if VERSION < entry.v {
        return Err(Problem::NewerEntry { id: entry.id, v: entry.v });
    }
    Ok(())
}

fn is_known(writing: &Transaction<'_>, path: &Path, entry: &Entry) -> Result<bool, Problem> {
    let sql = |e| Problem::of_sqlite(path, e);
    let mut by_id = writing.prepare_cached(row::SELECT_BY_ID).map_err(sql)?;
    let there = by_id.query_row([entry.id.to_string()], |r| Ok(row::read(r))).optional().map_err(sql)?;
    if let Some(there) = there {
        let (_, there) = there.map_err(|detail| Problem::Damaged { path: path.to_owned(), detail })?;
        return if there.is_a_copy_of(entry) { Ok(true) } else { Err(Problem::SameId { id: entry.id }) };
    }
    let mut by_place = writing.prepare_cached(row::SELECT_BY_SEQ).map_err(sql)?;
    let taken: Option<String> = by_place
        .query_row(params![entry.device.as_str(), entry.seq.cast_signed()], |r| r.get(0))
        .optional()
        .map_err(sql)?;
    let (id, device, seq) = (entry.id, entry.device.to_string(), entry.seq);
    taken.map_or(Ok(false), |other| Err(Problem::SamePlace { id, device, seq, other }))
}

#[cfg(test)]
mod tests {
    use super::SqliteStore;

    /// No other test notices when one of these is lost: it takes a power cut.
    #[test]
    fn a_commit_waits_for_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::create(&folder.path().join("journal.sqlite3"), "j-1").unwrap();
        let setting = |name: &str| -> String {
            store
                .connection
                .pragma_query_value(None, name, |r| r.get_ref(0).map(|v| format!("{v:?}")))
                .unwrap()
        };
        assert!(setting("journal_mode").contains(&format!("{:?}", b"wal")), "{}", setting("journal_mode"));
        assert_eq!(setting("synchronous"), "Integer(2)");
        assert_eq!(setting("foreign_keys"), "Integer(1)");
        assert_eq!(setting("busy_timeout"), "Integer(5000)");
    }
}
