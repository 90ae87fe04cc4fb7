//! An import on its way: read with the answers given, shown, then taken.

use super::{
    Admission, Answers, ColumnMap, DateOrder, FileCounts, FormatName, ImportError, NamedBytes, Progress,
    WeightUnit, admit, babies, error::Problem, read_watched,
};
use crate::{
    author::Author,
    body::{Body, Source},
    entry::{Entry, Op},
    fold::{Fact, Folded},
    moment::{self, Moment},
    volume::VolumeUnit,
};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What the caller knows about files to import, in words.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AnswersWire {
    /// The IANA name of the zone of times that name none.
    pub tz: Option<String>,
    /// `mdy` or `dmy`.
    pub date_order: Option<String>,
    /// `ml` or `oz`.
    pub unit: Option<String>,
    /// `kg`, `g` or `lb`.
    pub weight_unit: Option<String>,
    /// `time=Time,volume=Amount,...`
    pub map: Option<String>,
    /// The name of a format.
    pub format: Option<String>,
    /// Whose rows are that name no baby.
    pub baby: Option<String>,
}

/// What an import would bring.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Preview {
    /// The import, for an undo.
    pub batch: String,
    /// Each file.
    pub files: Vec<FileCounts>,
    /// How many entries it would add.
    pub entries: usize,
    /// How many of them are entries of our own that come in as they are; an undo leaves those.
    pub as_they_are: usize,
    /// When the first of them began.
    pub from: Option<String>,
    /// When the last of them began.
    pub to: Option<String>,
}

/// Files that were read, before their entries are in the journal.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// What they would bring.
    pub preview: Preview,
    admission: Admission,
}

impl Arrival {
    /// Reads files against a journal. `device` names the one that reads; `watch` is told how far it is.
    ///
    /// # Errors
    /// When a file cannot be read, [`needs`](ImportError::needs) an answer, or `watch` stopped it.
    pub fn read(
        files: &[NamedBytes<'_>],
        answers: &AnswersWire,
        journal: &Folded,
        device: &str,
        now: &Moment,
        watch: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<Self, ImportError> {
        let home = if answers.tz.is_none() { zone(journal) } else { None };
        let answers = Answers { babies: babies(journal), ..answers.check(home)? };
        let readings = read_watched(files, &answers, now.timestamp(), watch)?;
        let batch = free_batch(journal, device, now);
        let admission = admit(readings, journal, &batch);
        let starts = starts(&admission);
        let preview = Preview {
            batch,
            files: admission.files.clone(),
            entries: admission.len(),
            as_they_are: admission.as_they_are.len(),
            from: starts.iter().min().map(ToString::to_string),
            to: starts.iter().max().map(ToString::to_string),
        };
        Ok(Self { preview, admission })
    }

    /// Its entries. `random` gives ten random bytes per entry.
    pub fn entries(
        &self,
        author: &mut Author,
        now: &Moment,
        random: &mut dyn FnMut() -> [u8; 10],
    ) -> Vec<Entry> {
        let now_ms = u64::try_from(now.timestamp().as_millisecond()).unwrap_or(0);
        self.admission.entries(author, now_ms, random)
    }
}

impl AnswersWire {
    /// The answers, checked. Times without a zone are read in `zone` unless the answers name one.
    ///
    /// # Errors
    /// When a word is none of those it may be.
    pub fn check(&self, zone: Option<TimeZone>) -> Result<Answers, ImportError> {
        let word = |what: &str, given: &str, known: &str| {
            ImportError::from(Problem::Answer { said: format!("{given:?} is not {what}; it is {known}") })
        };
        let named = self.tz.as_deref().map(moment::zone).transpose().map_err(Problem::Moment)?;
        Ok(Answers {
            format: self.format.as_deref().map(FormatName::named).transpose()?,
            zone: named.or(zone),
            date_order: choice(self.date_order.as_deref(), DateOrder::named, |w| {
                word("a date order", w, "mdy or dmy")
            })?,
            unit: choice(self.unit.as_deref(), VolumeUnit::named, |w| word("a unit", w, "ml or oz"))?,
            weight_unit: choice(self.weight_unit.as_deref(), WeightUnit::named, |w| {
                word("a unit of weight", w, "kg, g or lb")
            })?,
            map: self.map.as_deref().map(ColumnMap::parse).transpose()?,
            baby: self.baby.clone().filter(|name| !name.trim().is_empty()),
            babies: Vec::new(),
        })
    }
}

/// When the facts that come in began.
fn starts(admission: &Admission) -> Vec<Moment> {
    let own = admission.as_they_are.iter().filter(|entry| entry.op == Op::Put);
    let own = own.filter_map(|entry| Some(entry.body().ok()??.start().clone()));
    admission.bodies.iter().map(|body| body.start().clone()).chain(own).collect()
}

fn choice<T>(
    word: Option<&str>,
    named: impl Fn(&str) -> Option<T>,
    unknown: impl Fn(&str) -> ImportError,
) -> Result<Option<T>, ImportError> {
    word.map(|w| named(w).ok_or_else(|| unknown(w))).transpose()
}

/// The zone of the newest entry.
fn zone(journal: &Folded) -> Option<TimeZone> {
    #[derive(Deserialize)]
    struct Started {
        start: String,
    }
    let start = |entry: &Entry| {
        // What this version knows nothing of may mean another thing by `start`.
        let known = Body::KINDS.contains(&entry.kind.as_str());
        let said: Started = serde_json::from_str(entry.body.get()).ok().filter(|_| known)?;
        Some(moment::parse(&said.start, None).ok()?.at)
    };
    let starts = journal.alive().filter_map(start);
    starts.max_by_key(Moment::timestamp).map(|at| at.time_zone().clone())
}

/// A name for an import that no other has, also none that was taken back or made at the same moment.
fn free_batch(journal: &Folded, device: &str, now: &Moment) -> String {
    let now_ms = u64::try_from(now.timestamp().as_millisecond()).unwrap_or(0);
    let first = format!("import-{device}-{now_ms:012x}");
    // Few entries name it, and reading all of them takes long.
    let versions = journal.facts().flat_map(Fact::versions).filter(|v| v.body.get().contains(&first));
    let taken: BTreeSet<String> =
        versions.filter_map(batch).filter(|batch| batch.starts_with(&first)).collect();
    let named = |n: usize| if n == 1 { first.clone() } else { format!("{first}-{n}") };
    (1..=taken.len() + 1).map(named).find(|name| !taken.contains(name)).unwrap_or_default()
}

/// The import that an entry came with.
fn batch(entry: &Entry) -> Option<String> {
    #[derive(Deserialize)]
    struct Sourced {
        source: Option<Source>,
    }
    let sourced: Sourced = serde_json::from_str(entry.body.get()).ok()?;
    sourced.source.map(|source| source.batch)
}
