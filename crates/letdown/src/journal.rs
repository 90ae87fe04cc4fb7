//! The journal on disk, opened as a notebook.

use crate::{cli::Cli, clock, outcome::Trouble, say, whole_file};
use letdown_engine::{
    notebook::{Notebook, SEED},
    observed::Observed,
    twin::{Fitted, Twin},
};
use letdown_journal::entry::{DeviceId, Entry};
use letdown_store::{DataFolder, Store};
use std::path::{Path, PathBuf};

/// An open journal.
pub struct Journal {
    /// Where it is.
    pub folder: DataFolder,
    /// What it says.
    pub notebook: Notebook,
}

impl Journal {
    /// Opens the journal, which must be there.
    pub fn open(cli: &Cli) -> Result<Self, Trouble> {
        Self::read(DataFolder::open(&place(cli)?)?)
    }

    /// Opens the journal, or makes one in an empty place and says so.
    pub fn open_or_make(cli: &Cli) -> Result<Self, Trouble> {
        let place = place(cli)?;
        let (journal, device) = names()?;
        let opened = DataFolder::open_or_create(&place, &journal, &device)?;
        if opened.made {
            say::aside(&format!("made a new journal in {}", place.display()));
        }
        Self::read(opened.folder)
    }

    /// What the journal says; nothing where one could be made. For looking before one is made.
    pub fn peek(cli: &Cli) -> Result<Notebook, Trouble> {
        if is_free(&place(cli)?) { Ok(Notebook::new("preview")?) } else { Ok(Self::open(cli)?.notebook) }
    }

    /// Whether there is one, sound or not.
    pub fn is_there(cli: &Cli) -> Result<bool, Trouble> {
        Ok(!is_free(&place(cli)?))
    }

    /// Makes a journal in an empty place.
    pub fn make(cli: &Cli) -> Result<PathBuf, Trouble> {
        let place = place(cli)?;
        let (journal, device) = names()?;
        DataFolder::create(&place, &journal, &device)?;
        Ok(place)
    }

    fn read(folder: DataFolder) -> Result<Self, Trouble> {
        let mut notebook = Notebook::new(folder.device().as_str())?;
        notebook.add(folder.store().all()?)?;
        Ok(Self { folder, notebook })
    }

    /// The twin of a log: the fit that was kept, where it is one of this very log, else a fit of it, which takes seconds and
    /// is kept. A fit that cannot be kept is only made again next time, so nothing is said of it.
    pub fn twin(&self, observed: &Observed) -> Twin {
        let file = self.folder.reckoned();
        let kept = std::fs::read(&file).ok();
        if let Some(fitted) = kept.and_then(|bytes| Fitted::read(&bytes, observed).ok()) {
            return Twin::Ready(Box::new(fitted));
        }
        let twin = Twin::usual(observed, SEED);
        if let Twin::Ready(fitted) = &twin {
            let _ = whole_file::keep(&file, &fitted.write());
        }
        twin
    }

    /// Stores what `write` makes of the notebook. When another process wrote meanwhile, reads again and tries once more.
    pub fn store(
        &mut self,
        mut write: impl FnMut(&mut Notebook) -> Result<Vec<Entry>, Trouble>,
    ) -> Result<Vec<Entry>, Trouble> {
        let entries = write(&mut self.notebook)?;
        match self.folder.store_mut().append(&entries) {
            Ok(_) => Ok(entries),
            Err(e) if e.is_conflict() => {
                self.notebook.add(self.folder.store().all()?)?;
                let entries = write(&mut self.notebook)?;
                self.folder.store_mut().append(&entries)?;
                Ok(entries)
            }
            Err(e) => Err(e.into()),
        }
    }
}

/// `--data`, else `LETDOWN_DATA`, else the user's data folder.
pub fn place(cli: &Cli) -> Result<PathBuf, Trouble> {
    let given = cli
        .data
        .clone()
        .or_else(|| std::env::var_os("LETDOWN_DATA").filter(|v| !v.is_empty()).map(PathBuf::from));
    let absolute = |name| std::env::var_os(name).map(PathBuf::from).filter(|p| p.is_absolute());
    given
        .or_else(|| absolute("XDG_DATA_HOME").map(|p| p.join("letdown")))
        .or_else(|| absolute("HOME").map(|p| p.join(".local/share/letdown")))
        .ok_or_else(|| {
            Trouble::WrongUse(
                "there is no home folder to keep the journal in; say where with --data DIR".into(),
            )
        })
}

/// Whether nothing is there but what a fresh file system holds, or a making that was cut short left behind.
fn is_free(place: &Path) -> bool {
    let is_nothing = |name: &str| {
        name == "lost+found"
            || ["letdown.toml.new", "journal.sqlite3.new"].iter().any(|new| name.starts_with(new))
    };
    match std::fs::read_dir(place) {
        Ok(items) => items.flatten().all(|item| is_nothing(&item.file_name().to_string_lossy())),
        Err(_) => !place.exists(),
    }
}

/// Names for a new journal and this machine's pen.
fn names() -> Result<(String, DeviceId), Trouble> {
    Ok((format!("j-{}", hex(clock::random()?)), new_device()?))
}

/// A name for this machine's pen that no other has.
pub fn new_device() -> Result<DeviceId, Trouble> {
    DeviceId::new(format!("cli-{}", hex(clock::random()?))).map_err(Trouble::could_not)
}

fn hex([a, b, c, d, e, f, g, h, ..]: [u8; 10]) -> String {
    format!("{:016x}", u64::from_be_bytes([a, b, c, d, e, f, g, h]))
}
