//! A file for somebody else, written whole or not at all.
//!
//! It is written beside its place under another name and gets its own when it is on the disk. What it holds is hers, so
//! it is closed to other users of the machine. A file that is there already is replaced only when that was asked for,
//! and a journal never.

use crate::{clock, outcome::Trouble};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

/// Whether a file that is there may be replaced.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Replace {
    /// It stays.
    No,
    /// It goes (`--force`).
    Yes,
}

impl Replace {
    /// As `--force` says.
    pub fn when(force: bool) -> Self {
        if force { Self::Yes } else { Self::No }
    }
}

/// Writes `bytes` to `path`; `data` is the folder of the journal, in which no such file may lie.
pub fn write(path: &Path, bytes: impl AsRef<[u8]>, replace: Replace, data: &Path) -> Result<(), Trouble> {
    let there = fs::metadata(path);
    if there.as_ref().is_ok_and(|there| !there.is_file()) {
        return Err(Trouble::could_not(format!(
            "{} is no file that I could write; name another",
            path.display()
        )));
    }
    if there.is_ok() && replace == Replace::No {
        return Err(taken(path));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if is_inside(folder, data) {
        let what = "lies in the folder of the journal itself; name a file somewhere else";
        return Err(Trouble::could_not(format!("{} {what}", path.display())));
    }
    let new = folder.join(new_name(path)?);
    let written = write_new(&new, bytes.as_ref()).and_then(|()| name(&new, path, replace));
    if written.is_err() {
        let _ = fs::remove_file(&new);
    }
    written.map_err(|e| not_written(path, &e))
}

/// Writes a file of the journal's own folder, in the place of what was there.
pub fn keep(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    let new = path.with_file_name(new_name(path)?);
    let written = write_new(&new, bytes).and_then(|()| name(&new, path, Replace::Yes));
    if written.is_err() {
        let _ = fs::remove_file(&new);
    }
    written.map_err(|e| not_written(path, &e))
}

fn taken(path: &Path) -> Trouble {
    let what = "is there already; nothing was written. Name another file, or say --force to replace it";
    Trouble::could_not(format!("{} {what}", path.display()))
}

/// Why a file could not be written, and how to mend it.
pub fn not_written(path: &Path, e: &io::Error) -> Trouble {
    let shown = path.display();
    match e.kind() {
        io::ErrorKind::AlreadyExists => taken(path),
        io::ErrorKind::NotFound => {
            Trouble::could_not(format!("the folder of {shown} is not there; make it, or name another file"))
        }
        _ => Trouble::could_not(format!("{shown} cannot be written: {e}; name another file")),
    }
}

fn is_inside(folder: &Path, data: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().ok();
    real(folder).zip(real(data)).is_some_and(|(folder, data)| folder.starts_with(data))
}

fn new_name(path: &Path) -> Result<PathBuf, Trouble> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.ok_or_else(|| Trouble::wrong_use(format!("{} names no file", path.display())))?;
    let [a, b, c, d, ..] = clock::random()?;
    Ok(format!(".{name}.{:08x}.new", u32::from_be_bytes([a, b, c, d])).into())
}

fn write_new(new: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(new)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Gives the file its name. A link, unlike a renaming, never replaces what came there in the meantime.
fn name(new: &Path, path: &Path, replace: Replace) -> io::Result<()> {
    match replace {
        Replace::Yes => fs::rename(new, path)?,
        Replace::No => match fs::hard_link(new, path) {
            Ok(()) => fs::remove_file(new)?,
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => return Err(e),
            // Some file systems know no links.
            Err(_) => fs::rename(new, path)?,
        },
    }
    // The name is there; that it also survives a power cut is asked for, and some file systems cannot promise it.
    let _ = new.parent().map(File::open).and_then(Result::ok).map(|folder| folder.sync_all());
    Ok(())
}
