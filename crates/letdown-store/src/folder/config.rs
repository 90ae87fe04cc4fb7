//! `letdown.toml`: which journal the folder holds, and what this machine is called in it.

use crate::error::Problem;
use letdown_journal::entry::DeviceId;
use std::{fs, io::Write, path::Path};

/// The version of `letdown.toml` this code writes.
const FORMAT: i64 = 1;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Config {
    pub(super) journal: String,
    pub(super) device: DeviceId,
}

impl Config {
    pub(super) fn new(journal: &str, device: &DeviceId) -> Result<Self, Problem> {
        // The names of journals and of devices follow the same rule.
        DeviceId::new(journal)
            .map(|name| Self { journal: name.to_string(), device: device.clone() })
            .map_err(|_| Problem::JournalName { text: journal.chars().take(80).collect() })
    }

    pub(super) fn read(path: &Path) -> Result<Self, Problem> {
        let text = fs::read_to_string(path).map_err(|e| Problem::of_file(path, e))?;
        parse(&text).map_err(|wrong| wrong.at(path))
    }

    /// Writes the file and waits until it is on the disk.
    pub(super) fn write(&self, path: &Path) -> Result<(), Problem> {
        let write = || {
            let mut file = fs::File::create(path)?;
            file.write_all(self.text().as_bytes())?;
            file.sync_all()
        };
        write().map_err(|e| Problem::of_file(path, e))
    }

    fn text(&self) -> String {
        let Self { journal, device } = self;
        format!(
            "# This folder holds a Letdown journal. Keep this file and journal.sqlite3 together.\n\
             format = {FORMAT}\njournal = \"{journal}\"\n\
             # What this machine is called in the journal. Two machines never share a name.\ndevice = \"{device}\"\n"
        )
    }
}

enum Wrong {
    Newer(i64),
    Detail(String),
}

impl Wrong {
    fn at(self, path: &Path) -> Problem {
        let path = path.to_owned();
        match self {
            Self::Newer(format) => Problem::Newer { path, format },
            Self::Detail(detail) => Problem::Config { path, detail },
        }
    }
}

fn parse(text: &str) -> Result<Config, Wrong> {
    let table: toml::Table =
        text.parse().map_err(|e: toml::de::Error| Wrong::Detail(e.message().to_owned()))?;
    let missing = |key: &str| Wrong::Detail(format!("it has no `{key}`"));
    let format = table.get("format").and_then(toml::Value::as_integer).ok_or_else(|| missing("format"))?;
    if FORMAT < format {
        return Err(Wrong::Newer(format));
    }
    let name = |key: &str| {
        let text = table.get(key).and_then(toml::Value::as_str).ok_or_else(|| missing(key))?;
        DeviceId::new(text).map_err(|e| Wrong::Detail(format!("`{key}`: {e}")))
    };
    Ok(Config { journal: name("journal")?.to_string(), device: name("device")? })
}
