//! The tables, and how a file is known to be ours.
//!
//! The table of entries is never migrated in place: a later version adds tables that are derived from it.

use crate::error::Problem;
use rusqlite::{Connection, config::DbConfig, params};
use std::{fs::File, io::Read, path::Path};

/// "LETD": tells our files from those of other programs, for `file(1)` too.
const APPLICATION_ID: i32 = 0x4c45_5444;

/// The version of the tables (`user_version`).
pub(crate) const FORMAT: i64 = 1;

const TABLES: &str = "
    CREATE TABLE journal (id TEXT NOT NULL) STRICT;
    CREATE TABLE entry (
        -- The order in which this store got the entries. Never used twice, so a cursor never skips.
        place INTEGER PRIMARY KEY AUTOINCREMENT,
        v INTEGER NOT NULL,
        id TEXT NOT NULL UNIQUE,
        device TEXT NOT NULL,
        seq INTEGER NOT NULL,
        hlc TEXT NOT NULL,
        kind TEXT NOT NULL,
        op TEXT NOT NULL,
        root TEXT NOT NULL,
        body TEXT NOT NULL,
        -- SHA-256 of the nine fields above, joined by line feeds.
        checksum BLOB NOT NULL,
        UNIQUE (device, seq)
    ) STRICT;
";

/// Makes the tables in an empty file.
pub(super) fn make(connection: &Connection, journal: &str) -> rusqlite::Result<()> {
    connection.query_row("PRAGMA journal_mode = wal", [], |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.execute_batch("BEGIN IMMEDIATE")?;
    connection.execute_batch(TABLES)?;
    connection.execute("INSERT INTO journal (id) VALUES (?1)", params![journal])?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", FORMAT)?;
    connection.execute_batch("COMMIT")
}

/// Looks at the first 100 bytes, which say whose file this is, before SQLite may touch it.
pub(super) fn check_header(path: &Path) -> Result<(), Problem> {
    let mut header = [0; 100];
    let mut file = File::open(path).map_err(|e| Problem::of_file(path, e))?;
    let read = read_up_to(&mut file, &mut header).map_err(|e| Problem::of_file(path, e))?;
    if read == 0 {
        let detail = "it is empty".to_owned();
        return Err(Problem::Damaged { path: path.to_owned(), detail });
    }
    let ours = header.starts_with(b"SQLite format 3\0") && header[68..72] == APPLICATION_ID.to_be_bytes();
    if ours { Ok(()) } else { Err(Problem::Foreign { path: path.to_owned() }) }
}

/// Checks format and soundness, and returns the name of the journal. Refusing leaves the file and its log as they are.
pub(super) fn check(connection: &Connection, path: &Path) -> Result<String, Problem> {
    let sql = |e| Problem::of_sqlite(path, e);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map_err(sql)?;
    if connection.is_readonly("main").map_err(sql)? {
        return Err(Problem::MayNotWrite { path: path.to_owned() });
    }
    let format: i64 = connection.pragma_query_one(None, "user_version").map_err(sql)?;
    if FORMAT < format {
        return Err(Problem::Newer { path: path.to_owned(), format });
    }
    let found: String = connection.pragma_query_value(None, "quick_check", |r| r.get(0)).map_err(sql)?;
    if found != "ok" {
        return Err(Problem::Damaged { path: path.to_owned(), detail: found });
    }
    connection.query_row("SELECT id FROM journal", [], |r| r.get(0)).map_err(|e| missing_table(path, e))
}

/// Tables that are not there are damage, not a mistake in the query.
fn missing_table(path: &Path, error: rusqlite::Error) -> Problem {
    match Problem::of_sqlite(path, error) {
        Problem::Io { path, source } => Problem::Damaged { path, detail: source.to_string() },
        other => other,
    }
}

fn read_up_to(file: &mut File, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut read = 0;
    loop {
        match file.read(&mut buffer[read..])? {
            0 => return Ok(read),
            n => read += n,
        }
    }
}
