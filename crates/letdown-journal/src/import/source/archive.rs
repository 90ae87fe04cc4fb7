//! ZIP: the tables in it, within bounds. What a header says about sizes is not believed; bytes are counted as they come.

use super::MAX_BYTES;
use crate::import::{ImportError, cells::shown, error::Problem};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The most members a ZIP may have.
const MAX_MEMBERS: usize = 2_000;
/// How much larger a ZIP may get by unpacking. Logs shrink ten- to thirtyfold; a bomb a thousandfold.
const MAX_RATIO: usize = 200;
/// How many members that are no tables are named.
const NAMED: usize = 5;

/// What a ZIP holds.
pub(super) struct Members {
    pub(super) files: Vec<Member>,
    pub(super) asides: Vec<String>,
}

/// A file in a ZIP.
pub(super) struct Member {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

impl Members {
    pub(super) fn is_workbook(&self) -> bool {
        self.files.iter().any(|member| member.name == "xl/workbook.xml")
    }

    /// The files that can be tables.
    pub(super) fn tables(self) -> impl Iterator<Item = Member> {
        self.files.into_iter().filter(|member| is_table(&member.name))
    }
}

impl Member {
    pub(super) fn is_workbook(&self) -> bool {
        ends_in(&self.name, &["xlsx"])
    }
}

pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

pub(super) fn members(file: &str, bytes: &[u8]) -> Result<Members, ImportError> {
    let broken = || Problem::BrokenZip { file: file.to_owned() };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    if archive.len() > MAX_MEMBERS {
        return Err(Problem::Bomb { file: file.to_owned() }.into());
    }
    let mut left = MAX_BYTES.min(bytes.len().saturating_mul(MAX_RATIO));
    let (mut files, mut others) = (Vec::new(), Vec::new());
    for place in 0..archive.len() {
        let member = archive.by_index(place).map_err(|_| broken())?;
        let name = member.name().map_err(|_| broken())?.replace('\\', "/");
        if member.is_dir() || is_litter(&name) {
            continue;
        }
        if !is_table(&name) && !is_of_workbook(&name) {
            others.push(name);
            continue;
        }
        let mut content = Vec::new();
        member.take(left as u64 + 1).read_to_end(&mut content).map_err(|_| broken())?;
        left = left.checked_sub(content.len()).ok_or_else(|| Problem::Bomb { file: file.to_owned() })?;
        files.push(Member { name, bytes: content });
    }
    Ok(Members { files, asides: asides(&others) })
}

/// What systems put into archives by themselves.
fn is_litter(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    name.starts_with("__MACOSX/") || last.starts_with('.')
}

fn is_table(name: &str) -> bool {
    ends_in(name, &["csv", "tsv", "txt", "json", "jsonl", "xlsx"])
}

/// The parts of a workbook, which is a ZIP itself. They are unpacked here so that they are counted.
fn is_of_workbook(name: &str) -> bool {
    ends_in(name, &["xml", "rels"])
}

fn ends_in(name: &str, endings: &[&str]) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    endings.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

fn asides(others: &[String]) -> Vec<String> {
    let mut asides: Vec<String> =
        others.iter().take(NAMED).map(|name| format!("{} is no table; left out", shown(name))).collect();
    if let Some(more) = others.len().checked_sub(NAMED).filter(|more| *more > 0) {
        asides.push(format!("{more} more files are no tables; left out"));
    }
    asides
}
