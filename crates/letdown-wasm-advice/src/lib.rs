//! Plans, retraining, trials, what-if and what the log says, in the browser: thin bindings, no logic.
//!
//! It reads the same entries as the journal's module, `letdown-wasm`, and takes the fit that `letdown-wasm-twin` made, in a
//! worker of its own. Values cross as JSON text; errors as JavaScript `Error`s whose message is a sentence for a person.
//! `now` is RFC 9557 text, randomness comes from the page. Everything behind is `letdown_engine::advice`.

#![allow(
    clippy::missing_errors_doc,
    reason = "every call throws a sentence of the engine's own error, documented there"
)]

use js_sys::Error;
use letdown_engine::advice::Advice as Engine;
use letdown_journal::{
    entry::Entry,
    moment::{self, Moment},
};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::prelude::*;

/// A journal that is read, the fit of who keeps it, and the plan that was asked for last.
#[wasm_bindgen]
pub struct Advice(Engine);

#[wasm_bindgen]
impl Advice {
    /// An empty journal of a device.
    #[wasm_bindgen(constructor)]
    pub fn new(device: &str) -> Result<Advice, Error> {
        Engine::new(device).map(Advice).map_err(said)
    }

    /// Takes a JSON list of entries in (UTF-8), in any order, once.
    pub fn add(&mut self, entries: &[u8]) -> Result<(), Error> {
        let entries = Entry::read_list(std::str::from_utf8(entries).map_err(said)?).map_err(said)?;
        self.0.notebook.add(entries).map_err(said)
    }

    /// The fit that the twin's module made.
    pub fn remember_fit(&mut self, fit: &[u8]) -> Result<(), Error> {
        self.0.notebook.remember_fit(fit).map_err(said)
    }

    /// The twin from that fit, with what was logged since taken in; a first look where there is none.
    pub fn take_in(&mut self, now: &str) -> Result<String, Error> {
        let now = at(now)?;
        write(&self.0.notebook.take_in(&now))
    }

    /// What a change, `add 05:00`, would bring.
    pub fn what_if(&self, change: &str, now: &str, days: u32) -> Result<String, Error> {
        write(&self.0.notebook.what_if(change, &at(now)?, days).map_err(said)?)
    }

    /// What the log says about how her body works.
    pub fn insights(&self, now: &str) -> Result<String, Error> {
        write(&self.0.notebook.insights(&at(now)?))
    }

    /// A plan for a wish, `{goal, by, to, babies, travel, to_zone, sleep, away, days, commute_min, breaks, most_sessions}`.
    pub fn plan(&mut self, wish: &str, now: &str) -> Result<String, Error> {
        let (wish, now) = (read(wish)?, at(now)?);
        write(&self.0.plan(&wish, &now).map_err(said)?)
    }

    /// What came of the plan that was kept, or `null`.
    pub fn followed(&self, now: &str) -> Result<String, Error> {
        write(&self.0.followed(&at(now)?))
    }

    /// The entry that keeps the plan that was asked for last.
    pub fn keep_plan(&self, now: &str, random: &[u8]) -> Result<String, Error> {
        self.0.keep_plan(&at(now)?, some(random, 0)?).map(|e| e.write()).map_err(said)
    }

    /// That plan as a calendar file, with a reminder so many minutes before each session.
    pub fn plan_calendar(&self, now: &str, remind_min: u32) -> Result<String, Error> {
        self.0.plan_calendar(&at(now)?, remind_min).map_err(said)
    }

    /// How her reflex is retrained; `asked` is `{to, within_min}`.
    pub fn retraining(&self, asked: &str, now: &str) -> Result<String, Error> {
        write(&self.0.retraining(&read(asked)?, &at(now)?).map_err(said)?)
    }

    /// What a trial, `{question, latency, by_day, smallest_percent}`, would take.
    pub fn plan_trial(&self, asked: &str, now: &str) -> Result<String, Error> {
        write(&self.0.plan_trial(&read(asked)?, &at(now)?).map_err(said)?)
    }

    /// The entry that begins it; fourteen random bytes.
    pub fn start_trial(&self, asked: &str, now: &str, random: &[u8]) -> Result<String, Error> {
        let random = (some(random, 0)?, some(random, 10)?);
        self.0.start_trial(&read(asked)?, &at(now)?, random).map(|e| e.write()).map_err(said)
    }

    /// The one page of a trial; an empty id is that which runs, else the newest. Takes seconds.
    pub fn page_of_trial(&self, id: &str, now: &str) -> Result<String, Error> {
        let id = Some(id).filter(|id| !id.is_empty());
        write(&self.0.notebook.page_of_trial(&at(now)?, id).map_err(said)?)
    }

    /// One page for a consultant.
    pub fn report(&self, now: &str) -> Result<String, Error> {
        write(&self.0.report(&at(now)?))
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

/// So many bytes at a place.
fn some<const N: usize>(random: &[u8], place: usize) -> Result<[u8; N], Error> {
    let bytes = random.get(place..place + N).and_then(|b| b.try_into().ok());
    bytes.ok_or_else(|| said("more random bytes are needed for an entry"))
}
