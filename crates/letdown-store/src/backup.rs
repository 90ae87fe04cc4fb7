//! A backup: everything a journal holds, as lines of text that outlive the program.
//!
//! The first line says what follows, `{"letdown_backup":1,"journal":"j-4f1c","entries":2,"sha256":"..."}`; then comes one
//! envelope on a line, in the order of the store. The checksum is that of the whole file without the checksum itself,
//! `,"sha256":"..."`, so that a change of the first line is noticed as well.

use crate::error::{Problem, StoreError};
use letdown_journal::{
    entry::{DeviceId, Entry},
    export::json_lines,
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::{collections::BTreeSet, fmt::Write, path::Path};

/// The version of the backup this code writes.
const FORMAT: u64 = 1;

/// Everything a journal holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Backup {
    /// The name of the journal.
    pub journal: String,
    /// Every version and every deletion, in the order of the store.
    pub entries: Vec<Entry>,
}

/// What the first line says.
struct Head {
    journal: String,
    entries: usize,
    sha256: String,
}

impl Backup {
    /// The backup as text.
    ///
    /// ```
    /// use letdown_store::Backup;
    /// let backup = Backup { journal: "j-4f1c".into(), entries: vec![] };
    /// let text = backup.write();
    /// assert!(text.starts_with(r#"{"letdown_backup":1,"journal":"j-4f1c","entries":0,"sha256":""#));
    /// assert_eq!(Backup::read("phone.jsonl".as_ref(), text.as_bytes())?, backup);
    ///
    /// let other = text.replace("j-4f1c", "j-4f1d");
    /// let refused = Backup::read("phone.jsonl".as_ref(), other.as_bytes()).unwrap_err();
    /// assert!(refused.to_string().contains("does not fit its checksum"));
    /// # Ok::<(), letdown_store::StoreError>(())
    /// ```
    pub fn write(&self) -> String {
        let lines = json_lines::lines(&self.entries);
        let open = beginning(&self.journal, self.entries.len());
        let sum = checksum(&format!("{open}}}\n"), &lines);
        format!("{open},\"sha256\":\"{sum}\"}}\n{lines}")
    }

    /// Reads a backup; `path` is what messages call it.
    ///
    /// # Errors
    /// When the bytes are no backup, one of a newer version, cut short, or changed since they were written.
    pub fn read(path: &Path, bytes: &[u8]) -> Result<Self, StoreError> {
        Ok(read(bytes).map_err(|wrong| wrong.at(path))?)
    }
}

enum Wrong {
    NoBackup,
    Newer(u64),
    Short { held: usize, said: usize },
    Changed,
    Line { line: usize, detail: String },
}

impl Wrong {
    fn at(self, path: &Path) -> Problem {
        let path = path.to_owned();
        match self {
            Self::NoBackup => Problem::NoBackup { path },
            Self::Newer(format) => Problem::NewerBackup { path, format, known: FORMAT },
            Self::Short { held, said } => Problem::ShortBackup { path, held, said },
            Self::Changed => Problem::ChangedBackup { path },
            Self::Line { line, detail } => Problem::BackupLine { path, line, detail },
        }
    }
}

fn read(bytes: &[u8]) -> Result<Backup, Wrong> {
    let text = std::str::from_utf8(bytes).map_err(|_| Wrong::NoBackup)?;
    let (first, lines) = text.split_once('\n').unwrap_or((text, ""));
    let head = read_head(first)?;
    let held = lines.matches('\n').count();
    if held < head.entries || !(lines.is_empty() || lines.ends_with('\n')) {
        return Err(Wrong::Short { held, said: head.entries });
    }
    let head_line = summed(&head, first).ok_or(Wrong::Changed)?;
    if held != head.entries || checksum(&head_line, lines) != head.sha256 {
        return Err(Wrong::Changed);
    }
    let numbered = lines.lines().zip(2..);
    let entries = numbered.map(|(text, line)| entry(text, line)).collect::<Result<Vec<_>, _>>()?;
    let unlike: BTreeSet<_> = entries.iter().map(|entry| entry.id).collect();
    if unlike.len() != entries.len() || DeviceId::new(head.journal.as_str()).is_err() {
        return Err(Wrong::Changed);
    }
    Ok(Backup { journal: head.journal, entries })
}

/// The first line; of a newer version only its number is understood.
fn read_head(first: &str) -> Result<Head, Wrong> {
    let says: Value = serde_json::from_str(first).map_err(|_| Wrong::NoBackup)?;
    let format = says["letdown_backup"].as_u64().ok_or(Wrong::NoBackup)?;
    if FORMAT < format {
        return Err(Wrong::Newer(format));
    }
    let text = |field: &str| says[field].as_str().map(str::to_owned).ok_or(Wrong::Changed);
    let entries = says["entries"].as_u64().and_then(|n| usize::try_from(n).ok()).ok_or(Wrong::Changed)?;
    Ok(Head { journal: text("journal")?, entries, sha256: text("sha256")? })
}

fn entry(text: &str, line: usize) -> Result<Entry, Wrong> {
    Entry::read(text).map_err(|e| Wrong::Line { line, detail: e.to_string() })
}

/// The first line without its checksum, as it was summed up; `None` when it is not written as we write it.
fn summed(head: &Head, first: &str) -> Option<String> {
    let open = beginning(&head.journal, head.entries);
    (first == format!("{open},\"sha256\":\"{}\"}}", head.sha256)).then(|| format!("{open}}}\n"))
}

/// The beginning of the first line, up to where the checksum comes in.
fn beginning(journal: &str, entries: usize) -> String {
    format!("{{\"letdown_backup\":{FORMAT},\"journal\":\"{journal}\",\"entries\":{entries}")
}

fn checksum(head: &str, lines: &str) -> String {
    let sum = Sha256::new().chain_update(head).chain_update(lines).finalize();
    sum.iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
