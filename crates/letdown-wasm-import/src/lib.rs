//! Files in the browser, in and out: the import of other apps' files, the journal as files. Thin bindings, no logic.
//!
//! A module of its own, because readers of archives and workbooks are large and most days nobody imports anything: the
//! page loads it when a file is chosen. Values cross as JSON text; errors as JavaScript `Error`s whose message is a
//! sentence for a person. `now` is RFC 9557 text, randomness comes from the page.

#![allow(
    clippy::missing_errors_doc,
    reason = "every call throws a sentence of the journal's own errors, documented there"
)]
#![allow(clippy::needless_pass_by_value, reason = "values of the browser are handed over, not lent")]

use js_sys::{Array, Error, Function, Reflect, Uint8Array};
use letdown_journal::{
    author::{Author, tens},
    entry::Entry,
    export::{self, Choice, csv, json_lines},
    fold::{Fact, Folded},
    import::{
        AnswersWire, Arrival, ImportError, NamedBytes, Preview, Progress, Question, babies, past, samples,
    },
    moment::{self, Moment},
};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// A journal that files are read against, and the last reading.
#[wasm_bindgen]
pub struct Importer {
    device: String,
    journal: Folded,
    arrival: Option<Arrival>,
}

#[wasm_bindgen]
impl Importer {
    /// An empty journal of a device.
    #[wasm_bindgen(constructor)]
    pub fn new(device: &str) -> Importer {
        Importer { device: device.to_owned(), journal: Folded::default(), arrival: None }
    }

    /// Takes a JSON list of entries in, in any order, once.
    pub fn add(&mut self, entries: &str) -> Result<(), Error> {
        for entry in Entry::read_list(entries).map_err(said)? {
            self.journal.add(entry);
        }
        Ok(())
    }

    /// Reads files, `[{name, bytes}]`, and says what they would bring, or what it needs to know. `watch` is called with
    /// the rows read so far and the rows there are.
    pub fn read(
        &mut self,
        files: Array,
        answers: &str,
        now: &str,
        watch: &Function,
    ) -> Result<String, Error> {
        let files = given(&files)?;
        let answers: AnswersWire = serde_json::from_str(answers).map_err(said)?;
        let mut tell = |seen: Progress| {
            // A page that cannot show progress is no reason to stop.
            let _ = watch.call2(&JsValue::NULL, &count(seen.done), &count(seen.all));
            true
        };
        match Arrival::read(&named(&files), &answers, &self.journal, &self.device, &at(now)?, &mut tell) {
            Ok(arrival) => {
                let preview = &self.arrival.insert(arrival).preview;
                write(&Reading { preview: Some(preview), ..Reading::default() })
            }
            Err(e) => asked(&e, &self.journal),
        }
    }

    /// The entries of what was read last; ten random bytes for each.
    pub fn take(&mut self, now: &str, random: &[u8]) -> Result<String, Error> {
        let arrival = self.arrival.take().ok_or_else(|| said("no file has been read"))?;
        let versions = self.journal.facts().flat_map(Fact::versions);
        let mut author = Author::after(&self.device, versions).map_err(said)?;
        Ok(Entry::write_list(&arrival.entries(&mut author, &at(now)?, &mut tens(random))))
    }

    /// The tables of files whose columns nobody has explained, with at most so many rows of each.
    pub fn sample(&self, files: Array, rows: u32) -> Result<String, Error> {
        write(&samples(&named(&given(&files)?), rows as usize).map_err(said)?)
    }

    /// The imports of which something stands, the newest first.
    pub fn past(&self) -> Result<String, Error> {
        write(&past(&self.journal))
    }

    /// The standing facts as one table.
    pub fn export_csv(&self) -> String {
        csv::table(&export::standing(&self.journal, &Choice::default()))
    }

    /// Every version and every deletion, in the order in which they were written.
    pub fn export_lines(&self) -> String {
        let mut entries: Vec<&Entry> = self.journal.facts().flat_map(Fact::versions).collect();
        entries.sort_by_key(|entry| (entry.hlc, entry.id));
        json_lines::lines(entries)
    }
}

#[derive(Default, Serialize)]
struct Reading<'a> {
    needs: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    example: Option<TwoDates>,
    /// The babies there are, when that is the question.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    babies: Vec<String>,
    #[serde(flatten)]
    preview: Option<&'a Preview>,
}

/// A date that can be read in two ways.
#[derive(Serialize)]
struct TwoDates {
    text: String,
    mdy: String,
    dmy: String,
}

/// What has to be answered first; any other reason is thrown.
fn asked(e: &ImportError, journal: &Folded) -> Result<String, Error> {
    let needs = match e.needs() {
        Some(Question::Zone) => "zone",
        Some(Question::DateOrder) => "date_order",
        Some(Question::Unit) => "unit",
        Some(Question::WeightUnit) => "weight_unit",
        Some(Question::Columns) => "columns",
        Some(Question::Baby) => "baby",
        None => return Err(said(e)),
    };
    let example = e.two_readings().map(|(text, month_first, day_first)| TwoDates {
        text: text.to_owned(),
        mdy: month_first.to_string(),
        dmy: day_first.to_string(),
    });
    let babies = if needs == "baby" { babies(journal) } else { Vec::new() };
    write(&Reading { needs: Some(needs), message: Some(e.to_string()), example, babies, preview: None })
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

fn count(n: usize) -> JsValue {
    JsValue::from_f64(n as f64)
}

type Files = Vec<(String, Vec<u8>)>;

fn given(files: &Array) -> Result<Files, Error> {
    files.iter().map(|f| file(&f)).collect()
}

fn named(files: &Files) -> Vec<NamedBytes<'_>> {
    files.iter().map(|(name, bytes)| NamedBytes { name, bytes }).collect()
}

fn file(given: &JsValue) -> Result<(String, Vec<u8>), Error> {
    let field =
        |name: &str| Reflect::get(given, &name.into()).map_err(|_| said("a file needs a name and bytes"));
    let name = field("name")?.as_string().ok_or_else(|| said("a file needs a name"))?;
    Ok((name, Uint8Array::new(&field("bytes")?).to_vec()))
}
