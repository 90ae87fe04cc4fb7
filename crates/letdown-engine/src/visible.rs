//! The facts that a journal holds at an hour, in order of time: every kind, not only sessions.

use letdown_journal::{body::Body, entry::EntryId, fold::Folded, moment::Moment};

/// What is visible at `now`: it stands, can be read, and has ended by then. In order of its start.
pub(crate) fn visible(journal: &Folded, now: &Moment) -> Vec<(EntryId, Body)> {
    let read = journal.alive().filter_map(|entry| Some((entry.root, entry.body().ok()??)));
    let mut bodies: Vec<(EntryId, Body)> =
        read.filter(|(_, body)| body.end().timestamp() <= now.timestamp()).collect();
    bodies.sort_by_key(|(root, body)| (body.start().timestamp(), *root));
    bodies
}
