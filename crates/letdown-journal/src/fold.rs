//! What is true now: for every fact the version with the greatest `(hlc, device)`.
//!
//! The fold does not depend on the order in which entries arrive, and takes the same entry twice as once. Versions that
//! did not win stay readable.

use crate::{
    author::UNDONE_IMPORT,
    entry::{Entry, EntryId, Op},
};
use std::collections::BTreeMap;

/// A journal, folded.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    facts: BTreeMap<EntryId, Fact>,
}

/// All versions of one fact, the winning one first.
#[derive(Clone, Debug)]
pub struct Fact {
    versions: Vec<Entry>,
}

impl Fact {
    /// The version that stands, also when it is a deletion.
    pub fn newest(&self) -> &Entry {
        &self.versions[0]
    }

    /// All versions, the newest first.
    pub fn versions(&self) -> &[Entry] {
        &self.versions
    }

    /// Whether the fact stands.
    pub fn is_alive(&self) -> bool {
        self.newest().op == Op::Put
    }

    /// Whether the fact went because the import it came with was undone.
    pub fn is_undone_import(&self) -> bool {
        !self.is_alive() && self.newest().body.get() == UNDONE_IMPORT
    }
}

impl Folded {
    /// Folds entries, in any order.
    pub fn of(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut folded = Self::default();
        for entry in entries {
            folded.add(entry);
        }
        folded
    }

    /// Adds one entry.
    pub fn add(&mut self, entry: Entry) {
        let fact = self.facts.entry(entry.root).or_insert_with(|| Fact { versions: Vec::with_capacity(1) });
        let rank = |e: &Entry| (e.hlc, e.device.clone(), e.id);
        let place = fact.versions.partition_point(|v| rank(v) > rank(&entry));
        let known = fact.versions.get(place).is_some_and(|v| v.id == entry.id);
        if !known {
            fact.versions.insert(place, entry);
        }
    }

    /// One fact by the id of its first version.
    pub fn fact(&self, root: EntryId) -> Option<&Fact> {
        self.facts.get(&root)
    }

    /// All facts, also those taken back, in the order of their roots.
    pub fn facts(&self) -> impl Iterator<Item = &Fact> {
        self.facts.values()
    }

    /// The standing version of every fact that was not taken back.
    pub fn alive(&self) -> impl Iterator<Item = &Entry> {
        self.facts.values().filter(|f| f.is_alive()).map(Fact::newest)
    }
}
