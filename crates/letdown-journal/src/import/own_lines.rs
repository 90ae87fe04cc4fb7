//! Our own lines of JSON coming back: an export of every version and every deletion, or a backup.
//!
//! What stands on a line is an entry and stays one: its words, its device and its place among that device's entries are
//! never written anew. A line that is no entry is left out with its reason, so that of a file that was cut or changed
//! the rest can still be had; what a backup says of itself is checked, and flagged where it does not fit.

use super::{Flag, FormatName, Skipped, cells::shortened, letdown_csv};
use crate::entry::{Entry, Op, VERSION};
use jiff::Timestamp;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The name that our lines and our tables share.
pub(super) const NAME: FormatName = letdown_csv::NAME;

/// The longest reason that is given for a line (bytes).
const REASON_BYTES: usize = 200;

/// What the lines of one file say.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct OwnLines {
    /// Each entry with the number of its line.
    pub(super) entries: Vec<(usize, Entry)>,
    /// Lines that were not taken.
    pub(super) skipped: Vec<Skipped>,
    /// What should be looked at.
    pub(super) flags: Vec<Flag>,
}

impl OwnLines {
    /// The lines of a text whose first line is an entry or begins a backup; `None` for any other text.
    pub(super) fn of(text: &str) -> Option<Self> {
        let mut numbered = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()).peekable();
        let (_, first) = numbered.peek()?;
        let head = first.contains(HEAD).then(|| Head::of(first)).flatten();
        if head.is_none() && !first.trim_start().starts_with('{')
            || head.is_none() && Entry::read(first).is_err()
        {
            return None;
        }
        let mut lines = Self::default();
        if let Some(head) = head {
            numbered.next();
            lines.flags.extend(head.flag(text));
        }
        numbered.for_each(|(row, line)| lines.line(row, line));
        Some(lines)
    }

    fn line(&mut self, row: usize, line: &str) {
        match Entry::read(line).map_err(|e| e.to_string()).and_then(taken) {
            Ok(entry) => self.entries.push((row, entry)),
            Err(reason) => {
                let reason = shortened(&reason, REASON_BYTES).to_owned();
                self.skipped.push(Skipped { row, reason });
            }
        }
    }
}

/// An entry that a journal can keep, or why it cannot.
fn taken(entry: Entry) -> Result<Entry, String> {
    if VERSION < entry.v {
        return Err("a newer version of Letdown wrote it; update this one and import it again".to_owned());
    }
    if i64::try_from(entry.seq).is_err() {
        return Err("field seq: it is more than a journal can count".to_owned());
    }
    // At the end of its range the clock that orders versions would stand still.
    let shown_by_a_clock =
        i64::try_from(entry.hlc.wall_ms()).is_ok_and(|ms| Timestamp::from_millisecond(ms).is_ok());
    if !shown_by_a_clock {
        return Err("field hlc: no clock shows this time".to_owned());
    }
    match entry.body() {
        Err(e) if entry.op == Op::Put => Err(e.to_string()),
        _ => Ok(entry),
    }
}

/// The first line of a backup begins so.
const HEAD: &str = "\"letdown_backup\"";

/// What the first line of a backup says.
struct Head<'a> {
    line: &'a str,
    entries: Option<u64>,
    sha256: Option<String>,
}

impl<'a> Head<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let says: Value = serde_json::from_str(line).ok()?;
        says.get("letdown_backup")?.as_u64()?;
        let entries = says.get("entries").and_then(Value::as_u64);
        let sha256 = says.get("sha256").and_then(Value::as_str).map(str::to_owned);
        Some(Self { line, entries, sha256 })
    }

    /// What does not fit between the first line and the rest.
    fn flag(&self, text: &str) -> Option<Flag> {
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        let held = rest.lines().filter(|line| !line.trim().is_empty()).count() as u64;
        let what = match self.entries {
            Some(said) if held < said => {
                format!("this backup was cut short: {held} of its {said} entries are there")
            }
            _ if first == self.line && self.fits(rest) => return None,
            _ => "this backup was changed since it was written: it does not fit its checksum".to_owned(),
        };
        Some(Flag { row: 1, what })
    }

    fn fits(&self, rest: &str) -> bool {
        let Some(sum) = &self.sha256 else { return false };
        let plain = self.line.replacen(&format!(",\"sha256\":\"{sum}\""), "", 1);
        let digest = Sha256::new().chain_update(plain).chain_update("\n").chain_update(rest).finalize();
        let hex = digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        hex == *sum
    }
}
