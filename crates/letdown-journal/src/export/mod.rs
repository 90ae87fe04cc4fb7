//! Everything out again: the journal as a table, as lines of JSON, as a calendar.
//!
//! **Words.** A *standing* fact is one that was not taken back; it is shown as its newest version says. A [`Choice`]
//! narrows what goes out by kind and by start. Bodies are read as JSON here, not as the kinds that this version knows:
//! what a newer version wrote goes out as well.
//!
//! - [`csv`]: one table of the standing facts, for a spreadsheet, and for our own import.
//! - [`json_lines`]: every version and every deletion, for good.
//! - [`calendar`]: the sessions, for a calendar.
//!
//! ```
//! use letdown_journal::{author::Author, body::{Body, Pump}, export::{self, Choice}, fold::Folded, moment};
//! let at = moment::parse("2026-11-24T03:10:00+01:00[Europe/Berlin]", None)?.at;
//! let pump = Pump { minutes: Some(18.0), note: Some("=calm".into()), ..Pump::at(at) };
//! let journal = Folded::of([Author::new("phone")?.put(&Body::Pump(pump), 1_000, [1; 10])]);
//! let facts = export::standing(&journal, &Choice::default());
//! assert_eq!(
//!     export::csv::table(&facts),
//!     "kind,start,minutes,note\r\npump,2026-11-24T03:10:00+01:00[Europe/Berlin],18.0,'=calm\r\n",
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod calendar;
pub mod csv;
pub mod json_lines;
pub mod reminders;

pub(crate) mod cell;

use crate::{
    entry::{Entry, EntryId},
    fold::Folded,
    moment::{self, Moment},
};
use jiff::Timestamp;
use serde::Deserialize;
use std::collections::BTreeSet;

/// Which facts go out. The default takes all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// Only this kind.
    pub kind: Option<String>,
    /// Only what began at this instant or later.
    pub from: Option<Timestamp>,
    /// Only what began before this instant.
    pub before: Option<Timestamp>,
}

impl Choice {
    /// Whether this version of a fact is meant. One whose start cannot be read is in no window of time.
    fn takes(&self, entry: &Entry) -> bool {
        let within = |at: Timestamp| {
            self.from.is_none_or(|from| from <= at) && self.before.is_none_or(|before| at < before)
        };
        let all_times = self.from.is_none() && self.before.is_none();
        self.kind.as_ref().is_none_or(|kind| *kind == entry.kind)
            && (all_times || start(entry).is_some_and(|at| within(at.timestamp())))
    }
}

/// The standing facts, the oldest first. Those without a readable start come last.
pub fn standing<'a>(journal: &'a Folded, choice: &Choice) -> Vec<&'a Entry> {
    let mut facts: Vec<&Entry> = journal.alive().filter(|entry| choice.takes(entry)).collect();
    facts.sort_by_cached_key(|entry| {
        let at = start(entry).map(|at| at.timestamp());
        (at.is_none(), at, entry.root)
    });
    facts
}

/// Every version of the facts of which some version is meant, in the order in which they came.
pub fn versions<'a>(entries: &'a [Entry], choice: &Choice) -> Vec<&'a Entry> {
    let roots: BTreeSet<EntryId> = entries.iter().filter(|e| choice.takes(e)).map(|e| e.root).collect();
    entries.iter().filter(|e| roots.contains(&e.root)).collect()
}

/// When what an entry tells of began; `None` when its body does not say it in a way that can be read.
pub fn start(entry: &Entry) -> Option<Moment> {
    #[derive(Deserialize)]
    struct Started {
        start: String,
    }
    let started: Started = serde_json::from_str(entry.body.get()).ok()?;
    moment::parse(&started.start, None).ok().map(|placed| placed.at)
}
