//! What stands in a journal, in order of time. Of an entry only its start and its baby are read as it arrives; the rest
//! is read when somebody asks, and once: a log of years is listed before all of it was read.

use crate::{example, says::says};
use jiff::Timestamp;
use letdown_journal::{
    body::{Body, BodyError},
    entry::{Entry, EntryId},
    fold::Fact,
};
use serde::Deserialize;
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

/// The facts of a journal that were not taken back.
#[derive(Clone, Debug, Default)]
pub(crate) struct Standing {
    facts: BTreeMap<EntryId, Reading>,
    in_time: BTreeSet<(Timestamp, EntryId)>,
}

/// One fact, as far as it was read.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    entry: Entry,
    at: Option<Timestamp>,
    baby: Option<String>,
    example: bool,
    body: OnceLock<Result<Option<Body>, BodyError>>,
    words: OnceLock<String>,
}

impl Standing {
    /// Takes in what a fact says now.
    pub(crate) fn see(&mut self, fact: &Fact) {
        let root = fact.newest().root;
        let now = fact.is_alive().then(|| Reading::of(fact.newest()));
        let at = now.as_ref().and_then(Reading::at);
        let before = match now {
            Some(reading) => self.facts.insert(root, reading),
            None => self.facts.remove(&root),
        };
        if let Some(earlier) = before.and_then(|reading| reading.at) {
            self.in_time.remove(&(earlier, root));
        }
        self.in_time.extend(at.map(|at| (at, root)));
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.facts.len()
    }

    /// All of them, in the order of their roots.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Reading> {
        self.facts.values()
    }

    /// Those whose start is known, the newest first.
    pub(crate) fn newest_first(&self) -> impl Iterator<Item = &Reading> {
        self.in_time.iter().rev().filter_map(|(_, root)| self.facts.get(root))
    }
}

impl Reading {
    fn of(entry: &Entry) -> Self {
        #[derive(Deserialize)]
        struct Glimpse<'a> {
            #[serde(borrow)]
            start: Option<Cow<'a, str>>,
            #[serde(borrow)]
            baby: Option<Cow<'a, str>>,
        }
        let json = entry.body.get();
        let glimpse = serde_json::from_str::<Glimpse<'_>>(json).ok();
        let (start, baby) = glimpse.map_or((None, None), |seen| (seen.start, seen.baby));
        let body = OnceLock::new();
        // A start that names its instant; one that does not is left to the body's own reading.
        let at = start.and_then(|text| text.trim().parse().ok());
        let at = at.or_else(|| Some(read(&body, entry).ok()?.as_ref()?.start().timestamp()));
        let example = json.contains(example::MARK) && example::is_marked(json);
        Self {
            entry: entry.clone(),
            at,
            baby: baby.map(Cow::into_owned),
            example,
            body,
            words: OnceLock::new(),
        }
    }

    /// The version that stands.
    pub(crate) fn entry(&self) -> &Entry {
        &self.entry
    }

    /// When it began.
    pub(crate) fn at(&self) -> Option<Timestamp> {
        self.at
    }

    /// The baby it names.
    pub(crate) fn baby(&self) -> Option<&str> {
        self.baby.as_deref()
    }

    /// Whether it belongs to the example.
    pub(crate) fn is_example(&self) -> bool {
        self.example
    }

    /// What it says; `None` for a kind that this version does not know.
    pub(crate) fn body(&self) -> Result<Option<&Body>, &BodyError> {
        read(&self.body, &self.entry).map(Option::as_ref)
    }

    /// What a search looks at, in small letters: its kind, its plain words and its note.
    pub(crate) fn words(&self) -> &str {
        self.words.get_or_init(|| {
            let Ok(Some(body)) = self.body() else { return String::new() };
            let note = body.note().unwrap_or_default();
            format!("{}\n{}\n{note}", self.entry.kind, says(body)).to_lowercase()
        })
    }

    /// Whether its words were asked for before.
    pub(crate) fn is_read(&self) -> bool {
        self.words.get().is_some()
    }
}

fn read<'r>(
    body: &'r OnceLock<Result<Option<Body>, BodyError>>,
    entry: &Entry,
) -> Result<&'r Option<Body>, &'r BodyError> {
    body.get_or_init(|| entry.body()).as_ref()
}
