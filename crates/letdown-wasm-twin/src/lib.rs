//! The twin of one mother in the browser: thin bindings, no logic.
//!
//! It reads the same entries as the journal's module, `letdown-wasm`, in a worker of its own, and takes its time. Values
//! cross as JSON text; errors as JavaScript `Error`s whose message is a sentence for a person. `now` is RFC 9557 text.
//! Everything behind is `letdown_engine::notebook`.

#![allow(
    clippy::missing_errors_doc,
    reason = "every call throws a sentence of the engine's own error, documented there"
)]

use js_sys::Error;
use letdown_engine::notebook::Notebook;
use letdown_journal::{
    entry::Entry,
    moment::{self, Moment},
};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// A journal that is read, and the twin of who keeps it, for one worker.
#[wasm_bindgen]
pub struct Twin(Notebook);

#[wasm_bindgen]
impl Twin {
    /// An empty journal of a device.
    #[wasm_bindgen(constructor)]
    pub fn new(device: &str) -> Result<Twin, Error> {
        Notebook::new(device).map(Twin).map_err(said)
    }

    /// Takes a JSON list of entries in (UTF-8), in any order, once.
    pub fn add(&mut self, entries: &[u8]) -> Result<(), Error> {
        let entries = Entry::read_list(std::str::from_utf8(entries).map_err(said)?).map_err(said)?;
        self.0.add(entries).map_err(said)
    }

    /// A twin at once, which says that it is provisional.
    pub fn take_in(&mut self, now: &str) -> Result<String, Error> {
        let now = at(now)?;
        write(&self.0.take_in(&now))
    }

    /// Fits the twin; takes seconds.
    pub fn fit(&mut self, now: &str) -> Result<String, Error> {
        let now = at(now)?;
        write(&self.0.fit(&now))
    }

    /// Today.
    pub fn today(&self, now: &str) -> Result<String, Error> {
        write(&self.0.today(&at(now)?))
    }

    /// The days to come.
    pub fn forecast(&self, now: &str, days: u32) -> Result<String, Error> {
        write(&self.0.forecast(&at(now)?, days).map_err(said)?)
    }

    /// The fit as bytes, to be kept until the next visit; nothing before there is one.
    pub fn keep_fit(&self) -> Option<Vec<u8>> {
        self.0.keep_fit()
    }

    /// The fit of an earlier visit: [`Twin::take_in`] begins with it.
    pub fn remember_fit(&mut self, fit: &[u8]) -> Result<(), Error> {
        self.0.remember_fit(fit).map_err(said)
    }

    /// What the coach knows before a session that begins now.
    pub fn coach_knows(&self, now: &str) -> Result<String, Error> {
        write(&self.0.coach_knows(&at(now)?))
    }

    /// How right the forecasts of the last whole days were.
    pub fn lately(&self, now: &str, days: u32) -> Result<String, Error> {
        write(&self.0.lately(&at(now)?, days).map_err(said)?)
    }
}

fn said(e: impl std::fmt::Display) -> Error {
    Error::new(&e.to_string())
}

fn at(now: &str) -> Result<Moment, Error> {
    moment::parse(now, None).map(|placed| placed.at).map_err(said)
}

fn write(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(said)
}
