//! A pump session in the browser, one that goes on or one that is looked inside: thin bindings, no logic.
//!
//! A module of its own, which a page loads only while somebody follows a session or looks inside one. Values cross as
//! JSON text; errors as JavaScript `Error`s whose message is a sentence for a person. Times are seconds since the session
//! began; the page says how late it is. Everything behind is `letdown_engine::live`, `letdown_engine::coach` and
//! `letdown_engine::inside`.

#![allow(
    clippy::missing_errors_doc,
    reason = "every call throws a sentence of the engine's own error, documented there"
)]

use js_sys::Error;
use letdown_engine::{
    coach::{Coach, Prompt, Said},
    live::Live,
};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::prelude::*;

/// A pump session that goes on; it needs no journal.
#[wasm_bindgen]
pub struct Session(Live);

#[wasm_bindgen]
impl Session {
    /// With a scale under the bottle.
    pub fn scale() -> Session {
        Session(Live::scale())
    }

    /// With a simulated scale under the bottle of a simulated woman: one of a few, by chance.
    pub fn simulated(chance: u32) -> Session {
        Session(Live::simulated(u64::from(chance)))
    }

    /// With what she has tapped so far, `{v, taps: [{t_s, tap, ml}]}`.
    pub fn taps(taps: &str) -> Result<Session, Error> {
        Live::taps(taps).map(Session).map_err(told)
    }

    /// What the scale sent: times (s) and masses (g) in turn.
    pub fn see(&mut self, t_s_and_mass_g: &[f64]) {
        self.0.see(t_s_and_mass_g);
    }

    /// The session as it stands so many seconds after it began.
    pub fn look(&mut self, now_s: f64) -> Result<String, Error> {
        write(&self.0.look(now_s).map_err(told)?)
    }

    /// What the coach says so many seconds after it began, `{prompt, said}`: a prompt or `null`, and what was said so far,
    /// to be handed in again. `knows` is what the twin's `coach_knows` answered, or `{}`.
    pub fn coach(&mut self, knows: &str, said: &str, now_s: f64) -> Result<String, Error> {
        let look = self.0.look(now_s).map_err(told)?;
        let mut coach = Coach::again(read(knows)?, read(said)?);
        let prompt = coach.step(now_s, &look);
        write(&Coached { prompt, said: coach.said() })
    }

    /// The fields of its entry, when it ends so many seconds after it began.
    pub fn end(&mut self, now_s: f64) -> Result<String, Error> {
        write(&self.0.end(now_s).map_err(told)?)
    }
}

/// A session of a simulated woman, second by second.
#[wasm_bindgen]
pub fn inside(settings: &str) -> Result<String, Error> {
    let settings = read(settings)?;
    write(&letdown_engine::inside::look(&settings).map_err(told)?)
}

/// What the coach says, and what was said so far.
#[derive(Serialize)]
struct Coached<'a> {
    prompt: Option<Prompt>,
    said: &'a [Said],
}

fn read<T: DeserializeOwned>(json: &str) -> Result<T, Error> {
    serde_json::from_str(json).map_err(told)
}

fn told(e: impl std::fmt::Display) -> Error {
    Error::new(&e.to_string())
}

fn write(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(told)
}
