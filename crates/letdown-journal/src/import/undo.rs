//! Taking an import back.

use crate::{
    author::Author,
    body::{Body, Source},
    entry::{Entry, Op},
    fold::{Fact, Folded},
};

/// The entries that take an import back: facts that it brought go, facts that it changed stand as they did before. Facts
/// that a later import changed once more belong to that one. `random` gives ten random bytes per entry.
pub fn undo(
    journal: &Folded,
    batch: &str,
    author: &mut Author,
    now_ms: u64,
    random: &mut dyn FnMut() -> [u8; 10],
) -> Vec<Entry> {
    let of_batch = |entry: &Entry| entry.op == Op::Put && source(entry).is_some_and(|s| s.batch == batch);
    let touched = journal.facts().filter(|fact| fact.is_alive() && of_batch(fact.newest()));
    let mut entries = Vec::new();
    for fact in touched {
        entries.push(match before(fact, batch) {
            Some(body) => author.edit(fact.newest(), &body, now_ms, random()),
            None => author.undo_import(fact.newest(), now_ms, random()),
        });
    }
    entries
}

/// What a fact said before an import changed it; `None` when the import brought it.
fn before(fact: &Fact, batch: &str) -> Option<Body> {
    let earlier = |entry: &&Entry| entry.op == Op::Put && source(entry).is_none_or(|s| s.batch != batch);
    let mut body = fact.versions().iter().find(earlier)?.body().ok()??;
    if let Some(source) = body.source_mut() {
        source.undone.push(batch.to_owned());
    }
    Some(body)
}

/// Where an entry was imported from.
pub(super) fn source(entry: &Entry) -> Option<Source> {
    entry.body().ok()??.source().cloned()
}
