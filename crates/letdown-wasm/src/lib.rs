//! The journal in the browser: thin bindings, no logic.
//!
//! Values cross as JSON text; errors as JavaScript `Error`s whose message is a sentence for a person. `now` is RFC 9557
//! text, randomness comes from the page. Everything behind is `letdown_engine::notebook`. The twin,
//! the imports of other apps' files and a session that goes on are modules of their own, which a page loads when it needs
//! them: what answers at once is small.

#![allow(
    clippy::missing_errors_doc,
    reason = "every call throws a sentence of the engine's own error, documented there"
)]
#![allow(clippy::needless_pass_by_value, reason = "values of the browser are handed over, not lent")]

use js_sys::Error;
use letdown_engine::notebook::{Notebook, PumpDraft};
use letdown_journal::{
    author::tens,
    entry::Entry,
    moment::{self, Moment},
};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::prelude::*;

/// A journal and the pen of one device, for one worker.
#[wasm_bindgen]
pub struct Engine(Notebook);

#[wasm_bindgen]
impl Engine {
    /// An empty journal of a device.
    #[wasm_bindgen(constructor)]
    pub fn new(device: &str) -> Result<Engine, Error> {
        Notebook::new(device).map(Engine).map_err(said)
    }

    /// Takes a JSON list of entries in (UTF-8), in any order, once.
    pub fn add(&mut self, entries: &[u8]) -> Result<(), Error> {
        let entries = Entry::read_list(std::str::from_utf8(entries).map_err(said)?).map_err(said)?;
        self.0.add(entries).map_err(said)
    }

    /// Facts that stand.
    pub fn entry_count(&self) -> u32 {
        count(self.0.entry_count())
    }

    /// A new entry of a kind; `fields` is a JSON object of its fields.
    pub fn log(&self, kind: &str, fields: &str, now: &str, random: &[u8]) -> Result<String, Error> {
        self.0.log(kind, read(fields)?, &at(now)?, ten(random, 0)?).map(|e| e.write()).map_err(said)
    }

    /// A new version of a fact in which `fields` are said anew; `null` takes one away.
    pub fn edit(&self, root: &str, fields: &str, now: &str, random: &[u8]) -> Result<String, Error> {
        self.0.edit(root, read(fields)?, &at(now)?, ten(random, 0)?).map(|e| e.write()).map_err(said)
    }

    /// The facts that a query, `{from, to, text, kind, skip, limit}`, finds, the newest first.
    pub fn find(&self, query: &str, now: &str) -> Result<String, Error> {
        write(&self.0.find(&read(query)?, &at(now)?).map_err(said)?)
    }

    /// Reads what the next search looks at, of at most `most` entries; says how many are left.
    pub fn read_ahead(&self, most: u32) -> u32 {
        count(self.0.read_ahead(most as usize))
    }

    /// The babies there are.
    pub fn babies(&self) -> Result<String, Error> {
        write(&self.0.babies())
    }

    /// The entry of a pump session.
    pub fn log_pump(&self, draft: &str, now: &str, random: &[u8]) -> Result<String, Error> {
        let draft: PumpDraft = read(draft)?;
        self.0.log_pump(draft, &at(now)?, ten(random, 0)?).map(|e| e.write()).map_err(said)
    }

    /// The entry that takes a fact back.
    pub fn remove(&self, root: &str, now: &str, random: &[u8]) -> Result<String, Error> {
        self.0.remove(root, &at(now)?, ten(random, 0)?).map(|e| e.write()).map_err(said)
    }

    /// The entry that lets a fact stand again.
    pub fn restore(&self, root: &str, now: &str, random: &[u8]) -> Result<String, Error> {
        self.0.restore(root, &at(now)?, ten(random, 0)?).map(|e| e.write()).map_err(said)
    }

    /// The newest facts first.
    pub fn sessions(&self, now: &str, limit: u32) -> Result<String, Error> {
        write(&self.0.lines(&at(now)?, limit as usize))
    }

    /// The entries that take an import back; ten random bytes for each.
    pub fn undo_import(&self, batch: &str, now: &str, random: &[u8]) -> Result<String, Error> {
        let entries = self.0.undo_import(batch, &at(now)?, &mut tens(random)).map_err(said)?;
        Ok(Entry::write_list(&entries))
    }

    /// The entries of the example, from 32 random bytes.
    pub fn example(&self, now: &str, random: &[u8]) -> Result<String, Error> {
        let seed = random.iter().take(8).fold(0u64, |seed, byte| seed << 8 | u64::from(*byte));
        let entries = self.0.example(&at(now)?, seed, &mut tens(random)).map_err(said)?;
        Ok(Entry::write_list(&entries))
    }

    /// Whether the example stands.
    pub fn has_example(&self) -> bool {
        self.0.example_count() > 0
    }

    /// How many facts of the example stand.
    pub fn example_count(&self) -> u32 {
        count(self.0.example_count())
    }

    /// The entries that take the example back; ten random bytes for each.
    pub fn clear_example(&self, now: &str, random: &[u8]) -> Result<String, Error> {
        Ok(Entry::write_list(&self.0.clear_example(&at(now)?, &mut tens(random))))
    }

    /// What the coach knows before a session that begins now, as far as it needs no twin.
    pub fn coach_knows(&self, now: &str) -> Result<String, Error> {
        write(&self.0.coach_knows(&at(now)?))
    }

    /// Her trials, the newest first.
    pub fn trials(&self, now: &str) -> Result<String, Error> {
        write(&self.0.trials(&at(now)?))
    }

    /// What a session that begins now was drawn to be, and the entry that keeps it, where it is drawn only now:
    /// `{next, entry}`, the entry as JSON text or `null`. Here, so that a draw waits for no answer that takes seconds.
    pub fn next_of_trial(&self, now: &str, random: &[u8]) -> Result<String, Error> {
        let (next, entry) = self.0.next_of_trial(&at(now)?, ten(random, 0)?).map_err(said)?;
        write(&serde_json::json!({ "next": next, "entry": entry.map(|e| e.write()) }))
    }

    /// The entry that ends the trial that runs, or lets the newest go on.
    pub fn turn_trial(&self, go_on: bool, now: &str, random: &[u8]) -> Result<String, Error> {
        self.0.turn_trial(go_on, &at(now)?, ten(random, 0)?).map(|e| e.write()).map_err(said)
    }

    /// Today, as far as it needs no twin.
    pub fn today(&self, now: &str) -> Result<String, Error> {
        write(&self.0.today(&at(now)?))
    }

    /// The days behind her.
    pub fn history(&self, now: &str, days: u32) -> Result<String, Error> {
        write(&self.0.history(&at(now)?, days))
    }
}

fn said(e: impl std::fmt::Display) -> Error {
    Error::new(&e.to_string())
}

fn at(now: &str) -> Result<Moment, Error> {
    moment::parse(now, None).map(|placed| placed.at).map_err(said)
}

fn read<T: DeserializeOwned>(json: &str) -> Result<T, Error> {
    serde_json::from_str(json).map_err(said)
}

fn write(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(said)
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Ten bytes at a place.
fn ten(random: &[u8], place: usize) -> Result<[u8; 10], Error> {
    let bytes = random.get(10 * place..10 * place + 10).and_then(|b| b.try_into().ok());
    bytes.ok_or_else(|| said("ten random bytes are needed for each entry"))
}
