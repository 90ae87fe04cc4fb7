//! Which imports a journal holds, so that one of them can be taken back.

use super::undo::source;
use crate::{
    entry::Op,
    fold::{Fact, Folded},
};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;

/// An import of which something stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PastImport {
    /// Its name, for an undo.
    pub batch: String,
    /// The app that its facts came from; of several, the one with the most.
    pub app: String,
    /// How many facts an undo would take back or set back.
    pub entries: usize,
    /// When it was made.
    pub at: String,
}

/// The imports of a journal of which something stands, the newest first.
pub fn past(journal: &Folded) -> Vec<PastImport> {
    let mut found: BTreeMap<String, Tally> = BTreeMap::new();
    let standing = journal.facts().filter(|fact| fact.is_alive()).map(Fact::newest);
    for entry in standing.filter(|entry| entry.op == Op::Put) {
        let Some(source) = source(entry) else { continue };
        let tally = found.entry(source.batch).or_default();
        *tally.apps.entry(source.app).or_default() += 1;
        let wall_ms = entry.hlc.wall_ms();
        tally.first_ms = Some(tally.first_ms.map_or(wall_ms, |first| first.min(wall_ms)));
    }
    let mut imports: Vec<(u64, PastImport)> = found.into_iter().map(Tally::told).collect();
    imports.sort_by(|(a_ms, a), (b_ms, b)| b_ms.cmp(a_ms).then_with(|| b.batch.cmp(&a.batch)));
    imports.into_iter().map(|(_, import)| import).collect()
}

#[derive(Default)]
struct Tally {
    /// Facts by app.
    apps: BTreeMap<String, usize>,
    /// When its first entry was written (Unix milliseconds).
    first_ms: Option<u64>,
}

impl Tally {
    fn told((batch, tally): (String, Self)) -> (u64, PastImport) {
        let wall_ms = tally.first_ms.unwrap_or(0);
        let at = i64::try_from(wall_ms).ok().and_then(|ms| Timestamp::from_millisecond(ms).ok());
        let entries = tally.apps.values().sum();
        let most = tally.apps.into_iter().max_by_key(|(_, n)| *n);
        let app = most.map(|(app, _)| app).unwrap_or_default();
        (wall_ms, PastImport { batch, app, entries, at: at.unwrap_or_default().to_string() })
    }
}
