//! Entries that come in as they are: which of them the journal has not got, and which it must not take.
//!
//! An entry is known by its identity. A fact that came into two journals from the same export has two identities and one
//! meaning: it is known by its digests, and what stands here stays. Nothing is taken that would contradict an entry that
//! is there, because a journal that holds two truths under one name can no longer be kept in step.

use super::{Flag, Skipped, holdings::Holdings};
use crate::{
    body::Body,
    entry::{DeviceId, Entry, EntryId, Op},
    fold::{Fact, Folded},
};
use std::collections::{BTreeMap, BTreeSet};

/// All entries by their names, those of the journal and those that come in with it.
pub(super) struct Ledger {
    by_id: BTreeMap<EntryId, Entry>,
    by_place: BTreeMap<(DeviceId, u64), EntryId>,
}

/// What became of the entries of one file.
#[derive(Default)]
pub(super) struct Merged {
    pub(super) new: Vec<Entry>,
    pub(super) known: usize,
    pub(super) skipped: Vec<Skipped>,
    pub(super) flags: Vec<Flag>,
}

impl Ledger {
    pub(super) fn of(journal: &Folded) -> Self {
        let mut ledger = Self { by_id: BTreeMap::new(), by_place: BTreeMap::new() };
        journal.facts().flat_map(Fact::versions).for_each(|entry| ledger.write(entry));
        ledger
    }

    fn write(&mut self, entry: &Entry) {
        self.by_place.insert((entry.device.clone(), entry.seq), entry.id);
        self.by_id.insert(entry.id, entry.clone());
    }

    /// Sorts the entries of a file into new, known, and those that must stay out.
    pub(super) fn merge(&mut self, entries: Vec<(usize, Entry)>, holdings: &mut Holdings<'_>) -> Merged {
        let mut merged = Merged::default();
        let elsewhere = known_by_meaning(&entries, holdings, &mut merged.flags);
        for (row, entry) in entries {
            match self.contradiction(&entry) {
                Some(reason) => merged.skipped.push(Skipped { row, reason: reason.to_owned() }),
                None if self.by_id.contains_key(&entry.id) || elsewhere.contains(&entry.root) => {
                    merged.known += 1;
                }
                None => {
                    self.write(&entry);
                    merged.new.push(entry);
                }
            }
        }
        merged.new.iter().for_each(|entry| holdings.learn_entry(entry));
        merged
    }

    fn contradiction(&self, entry: &Entry) -> Option<&'static str> {
        match (self.by_id.get(&entry.id), self.by_place.get(&(entry.device.clone(), entry.seq))) {
            (Some(there), _) if !there.is_a_copy_of(entry) => {
                Some("an entry of this id is there and says something else; that one stays")
            }
            (None, Some(_)) => Some("another entry has its device and number; that one stays"),
            _ => None,
        }
    }
}

/// The facts that the journal holds under another identity.
fn known_by_meaning(
    entries: &[(usize, Entry)],
    holdings: &Holdings<'_>,
    flags: &mut Vec<Flag>,
) -> BTreeSet<EntryId> {
    let mut newest: BTreeMap<EntryId, (usize, &Entry)> = BTreeMap::new();
    let rank = |entry: &Entry| (entry.hlc, entry.device.clone(), entry.id);
    for (row, entry) in entries.iter().filter(|(_, entry)| entry.op == Op::Put) {
        let held = newest.entry(entry.root).or_insert((*row, entry));
        if rank(held.1) < rank(entry) {
            *held = (*row, entry);
        }
    }
    let mut known = BTreeSet::new();
    for (root, (row, entry)) in newest.into_iter().filter(|(root, _)| !holdings.has(*root)) {
        let says_the_same = holdings.knows_exactly(entry);
        if !says_the_same && !holdings.knows_rows_of(entry) {
            continue;
        }
        known.insert(root);
        if !says_the_same {
            let what = "the journal has this event from the same app and says it otherwise; that stays";
            flags.push(Flag { row, what: what.to_owned() });
        }
    }
    known
}

/// The kind of an entry as counts name it.
pub(super) fn counted_as(entry: &Entry) -> &'static str {
    Body::KINDS.iter().find(|kind| **kind == entry.kind).copied().unwrap_or("other")
}
