//! What the journal already holds of other apps' rows, and which of it a changed row is about.
//!
//! A row is *known* when any version of any fact has its digest. A row that is not known may still be about a fact that
//! is there: the app's own identifier says so, or, where there is none, the same app, kind, clock time, baby and milk
//! when the old row no longer stands in the file and the file is an export of the same log. Then it is a new version of
//! that fact, unless she changed or deleted the fact here, which wins, or the file is older than the one that the fact
//! came with.

use super::{Draft, SourceRow};
use crate::{
    body::{Body, Extra, Pump, Source},
    entry::{Entry, EntryId, Op},
    fold::{Fact, Folded},
};
use jiff::{SignedDuration, civil::DateTime};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Facts of other apps, by everything a row can name them with.
pub(super) struct Holdings<'j> {
    journal: &'j Folded,
    exactly: bool,
    by_digest: BTreeMap<String, Holder>,
    /// The notes of all versions of each fact.
    notes: BTreeMap<EntryId, Vec<String>>,
    by_row_id: BTreeMap<RowId, EntryId>,
    by_place: BTreeMap<Place, Vec<EntryId>>,
    logs: BTreeMap<LogOf, Vec<Event>>,
}

/// What holds a row.
#[derive(Clone, Copy)]
enum Holder {
    /// A fact of the journal.
    Fact(EntryId),
    /// A fact that this import brings, by its place among them.
    New(usize),
}

/// App, kind, and the app's own identifier.
type RowId = (String, String, String);

/// What a row without an identifier is known by when its values changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    app: String,
    kind: String,
    start: DateTime,
    baby: Option<String>,
    milk: Option<String>,
}

/// App, kind and baby: what one log is about.
type LogOf = (String, String, Option<String>);

/// When something happened, and the digests of its rows.
pub(super) type Event = (DateTime, Vec<String>);

/// What a file holds and from when to when.
#[derive(Default)]
pub(super) struct Span {
    present: BTreeSet<String>,
    logs: BTreeMap<LogOf, Vec<Event>>,
    places: BTreeSet<Place>,
    row_ids: BTreeMap<RowId, DateTime>,
    /// The first note that is written beside each row.
    notes: BTreeMap<String, String>,
    from: Option<DateTime>,
    /// The clock time of its newest row.
    pub(super) until: Option<DateTime>,
}

impl Span {
    pub(super) fn of(app: &str, drafts: &[Draft]) -> Self {
        let mut span = Self::default();
        for draft in drafts {
            let start = draft.body.start().datetime();
            let digests: Vec<String> = draft.rows.iter().map(|row| row.digest.clone()).collect();
            span.present.extend(digests.iter().cloned());
            span.from = Some(span.from.map_or(start, |from| from.min(start)));
            span.until = span.until.max(Some(start));
            span.row_ids.extend(row_ids(app, draft).map(|id| (id, start)));
            if let ([row], Some(note)) = (&draft.rows[..], draft.body.note()) {
                span.notes.entry(row.digest.clone()).or_insert_with(|| note.to_owned());
            }
            if let Some(place) = Place::of(app, &draft.body) {
                span.logs.entry(place.log()).or_default().push((start, digests));
                span.places.insert(place);
            }
        }
        span
    }

    /// Whether events are of the same log as this file: where it reaches, at least half of them stand in it. Two
    /// children in two files without their names are two logs, however alike their hours.
    fn continues(&self, events: &[Event]) -> bool {
        let within = |at: DateTime| self.from.is_some_and(|f| f <= at) && self.until.is_some_and(|u| at <= u);
        let reached: Vec<&Event> = events.iter().filter(|(at, _)| within(*at)).collect();
        let shared = reached.iter().filter(|(_, digests)| digests.iter().any(|d| self.present.contains(d)));
        2 * shared.count() >= reached.len()
    }

    /// The note that this file has beside the only row of a draft: of rows that say the same, the first one's.
    pub(super) fn note_beside(&self, draft: &Draft) -> Option<&str> {
        let [row] = &draft.rows[..] else { return None };
        self.notes.get(&row.digest).map(String::as_str)
    }

    /// Whether this file, the newer one of two of one log, says otherwise about an event.
    pub(super) fn supersedes(&self, app: &str, draft: &Draft, older: &Self) -> bool {
        let gone = draft.rows.iter().all(|row| !self.present.contains(&row.digest));
        let mut ids = row_ids(app, draft).peekable();
        if ids.peek().is_some() {
            let start = draft.body.start().datetime();
            let near = |at: &DateTime| start.duration_until(*at).abs() <= MOVED;
            return gone && ids.all(|id| self.row_ids.get(&id).is_some_and(near));
        }
        let Some(place) = Place::of(app, &draft.body).filter(|_| gone) else { return false };
        let same_log =
            || place.is_hers() || older.logs.get(&place.log()).is_some_and(|log| self.continues(log));
        self.places.contains(&place) && same_log()
    }
}

/// The app's own identifiers of the rows of a draft.
fn row_ids<'d>(app: &'d str, draft: &'d Draft) -> impl Iterator<Item = RowId> + 'd {
    let ids = draft.rows.iter().filter_map(|row| row.row_id.as_ref());
    ids.map(move |id| (app.to_owned(), draft.body.kind().to_owned(), id.clone()))
}

/// What a body says, as far as rows are told apart by it.
#[derive(Deserialize)]
struct Said {
    start: String,
    baby: Option<String>,
    milk: Option<String>,
    note: Option<String>,
    source: Option<Source>,
}

/// What a changed row is to a fact.
pub(super) enum Change {
    /// A new version of it.
    Version(Box<Entry>),
    /// Older than what the journal holds.
    Older,
    /// Something that she changed or deleted here.
    Hers,
}

/// How far apart an edit moves an event at most. Identifiers start again when an app is set up anew.
const MOVED: SignedDuration = SignedDuration::from_hours(36);

impl<'j> Holdings<'j> {
    /// What a journal holds. Only our own tables and lines are known by all that an entry says, `exactly`.
    pub(super) fn of(journal: &'j Folded, exactly: bool) -> Self {
        let (by_digest, notes, by_row_id, by_place, logs) = Default::default();
        let mut holdings = Self { journal, exactly, by_digest, notes, by_row_id, by_place, logs };
        journal.facts().filter(|fact| !fact.is_undone_import()).for_each(|fact| holdings.hold(fact));
        holdings
    }

    fn hold(&mut self, fact: &Fact) {
        let root = fact.newest().root;
        let versions: Vec<(&Entry, Option<Said>)> =
            puts(fact).map(|entry| (entry, Said::of(entry))).collect();
        let standing = versions.first().and_then(|(entry, said)| Some((entry, said.as_ref()?)));
        let undone: &[String] = match standing.and_then(|(_, said)| said.source.as_ref()) {
            Some(source) => &source.undone,
            None => &[],
        };
        let notes = versions.iter().filter_map(|(_, said)| said.as_ref()?.note.clone());
        self.notes.entry(root).or_default().extend(notes);
        for (version, said) in &versions {
            let source = said.as_ref().and_then(|said| said.source.as_ref());
            if source.is_some_and(|source| undone.contains(&source.batch)) {
                continue;
            }
            let of_rows = source.map_or_else(Vec::new, |source| source.digests.clone());
            let exact = self.exactly.then(|| super::letdown_csv::exact_digest(version)).flatten();
            let digests = of_rows.into_iter().chain(exact);
            self.by_digest.extend(digests.map(|digest| (digest, Holder::Fact(root))));
        }
        let Some((entry, said)) = standing else { return };
        let Some(source) = &said.source else { return };
        for id in &source.row_ids {
            self.by_row_id.insert((source.app.clone(), entry.kind.clone(), id.clone()), root);
        }
        if let Some(place) = said.place(&source.app, &entry.kind) {
            let event = (place.start, source.digests.clone());
            self.logs.entry(place.log()).or_default().push(event);
            self.by_place.entry(place).or_default().push(root);
        }
    }

    /// Whether a row is known.
    pub(super) fn knows(&self, row: &SourceRow) -> bool {
        [&row.digest].into_iter().chain(&row.also).any(|digest| self.by_digest.contains_key(digest))
    }

    /// Whether a fact is in the journal, also one that was taken back.
    pub(super) fn has(&self, root: EntryId) -> bool {
        self.journal.fact(root).is_some()
    }

    /// Whether a fact of the journal says, or said, exactly what an entry says.
    pub(super) fn knows_exactly(&self, entry: &Entry) -> bool {
        super::letdown_csv::exact_digest(entry).is_some_and(|digest| self.by_digest.contains_key(&digest))
    }

    /// Whether all rows that an entry was imported from are known.
    pub(super) fn knows_rows_of(&self, entry: &Entry) -> bool {
        let digests = Said::of(entry).and_then(|said| said.source).map_or_else(Vec::new, |s| s.digests);
        !digests.is_empty() && digests.iter().all(|digest| self.by_digest.contains_key(digest))
    }

    /// Remembers an entry that comes in as it is.
    pub(super) fn learn_entry(&mut self, entry: &Entry) {
        let digests = Said::of(entry).and_then(|said| said.source).map_or_else(Vec::new, |s| s.digests);
        let digests = digests.into_iter().chain(super::letdown_csv::exact_digest(entry));
        self.by_digest.extend(digests.map(|digest| (digest, Holder::New(usize::MAX))));
    }

    /// Remembers a row that comes in with the fact of that place among the new ones.
    pub(super) fn learn(&mut self, row: &SourceRow, place: usize) {
        self.by_digest.insert(row.digest.clone(), Holder::New(place));
    }

    /// The new fact of this import that holds the only row of a draft.
    pub(super) fn new_fact_of(&self, draft: &Draft) -> Option<usize> {
        match (&draft.rows[..], draft.rows.first().and_then(|row| self.by_digest.get(&row.digest))) {
            ([_], Some(Holder::New(place))) => Some(*place),
            _ => None,
        }
    }

    /// What a draft with new rows changes, if it is about a fact that is there.
    pub(super) fn change(&self, app: &str, draft: &Draft, file: &Span) -> Option<Change> {
        let fact = self.by_identifier(app, draft).or_else(|| self.by_place(app, draft, file))?;
        Some(judged(fact, file.until))
    }

    /// Where a row is known and only its note is another one. A fact of two rows keeps its own.
    pub(super) fn annotation(&self, draft: &Draft, until: Option<DateTime>) -> Option<Box<Entry>> {
        let [row] = &draft.rows[..] else { return None };
        let Holder::Fact(root) = self.by_digest.get(&row.digest)? else { return None };
        let fact = self.journal.fact(*root)?;
        let note = draft.body.note()?;
        if self.notes.get(root).is_some_and(|notes| notes.iter().any(|written| written == note)) {
            return None;
        }
        let (_, standing) = standing(fact)?;
        let is_joined = standing.source.is_some_and(|source| source.digests.len() > 1);
        match judged(fact, until) {
            Change::Version(entry) if !is_joined => Some(entry),
            _ => None,
        }
    }

    fn by_identifier(&self, app: &str, draft: &Draft) -> Option<&'j Fact> {
        let ids: BTreeSet<&String> = draft.rows.iter().filter_map(|row| row.row_id.as_ref()).collect();
        let roots: BTreeSet<EntryId> =
            row_ids(app, draft).filter_map(|id| self.by_row_id.get(&id).copied()).collect();
        let fact = self.journal.fact(*roots.first().filter(|_| roots.len() == 1)?)?;
        let (_, said) = standing(fact)?;
        let whole = said.source.as_ref()?.row_ids.iter().all(|id| ids.contains(id));
        let moved = said.clock()?.duration_until(draft.body.start().datetime()).abs();
        (whole && moved <= MOVED).then_some(fact)
    }

    fn by_place(&self, app: &str, draft: &Draft, file: &Span) -> Option<&'j Fact> {
        if draft.rows.iter().any(|row| row.row_id.is_some()) {
            return None;
        }
        let place = Place::of(app, &draft.body)?;
        let roots = self.by_place.get(&place)?;
        let facts = roots.iter().filter_map(|root| self.journal.fact(*root));
        let vanished: Vec<&Fact> = facts.filter(|fact| has_vanished(fact, file)).collect();
        let same_log =
            || place.is_hers() || self.logs.get(&place.log()).is_some_and(|log| file.continues(log));
        vanished.first().copied().filter(|_| vanished.len() == 1 && same_log())
    }
}

/// Whether no row of a fact stands in a file any longer.
fn has_vanished(fact: &Fact, file: &Span) -> bool {
    let source = standing(fact).and_then(|(_, said)| said.source);
    source.is_some_and(|s| s.row_ids.is_empty() && s.digests.iter().all(|d| !file.present.contains(d)))
}

impl Place {
    fn log(&self) -> LogOf {
        (self.app.clone(), self.kind.clone(), self.baby.clone())
    }

    /// Whether it is about her, of whom there is one, and not about a baby.
    fn is_hers(&self) -> bool {
        [Pump::KIND, "hand"].contains(&self.kind.as_str())
    }

    /// Where a body stands in an app.
    pub(super) fn of(app: &str, body: &Body) -> Option<Self> {
        let milk = match body {
            Body::Bottle(bottle) => Some(bottle.milk.as_str().to_owned()),
            Body::Bag(bag) => bag.milk.as_ref().map(|milk| milk.as_str().to_owned()),
            other => text_of(other.extra(), "milk").ok()?,
        };
        let baby = match body.baby() {
            Some(baby) => Some(baby.to_owned()),
            None => text_of(body.extra(), "baby").ok()?,
        };
        let (app, kind, start) = (app.to_owned(), body.kind().to_owned(), body.start().datetime());
        Some(Self { app, kind, start, baby, milk })
    }
}

/// A field that this version does not know, as a text, if it is one.
fn text_of(extra: &Extra, field: &str) -> Result<Option<String>, ()> {
    match extra.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(()),
    }
}

impl Said {
    fn of(entry: &Entry) -> Option<Self> {
        serde_json::from_str(entry.body.get()).ok()
    }

    fn clock(&self) -> Option<DateTime> {
        crate::moment::parse(&self.start, None).ok().map(|placed| placed.at.datetime())
    }

    fn place(&self, app: &str, kind: &str) -> Option<Place> {
        let (baby, milk) = (self.baby.clone(), self.milk.clone());
        Some(Place { app: app.to_owned(), kind: kind.to_owned(), start: self.clock()?, baby, milk })
    }
}

fn judged(fact: &Fact, until: Option<DateTime>) -> Change {
    let known_until = standing(fact).and_then(|(_, said)| said.source?.until?.parse::<DateTime>().ok());
    let older = until.zip(known_until).is_some_and(|(file, known)| file < known);
    match () {
        () if !fact.is_alive() || is_edited_here(fact) => Change::Hers,
        () if older => Change::Older,
        () => Change::Version(Box::new(fact.newest().clone())),
    }
}

/// An edit keeps the source of the version before; every import brings one of its own.
fn is_edited_here(fact: &Fact) -> bool {
    let source = |entry: &Entry| Said::of(entry).and_then(|said| said.source);
    let mut pairs = fact.versions().windows(2);
    pairs.any(|pair| pair.iter().all(|v| v.op == Op::Put) && source(&pair[0]) == source(&pair[1]))
}

/// The version that stands, or stood until it was deleted.
fn standing(fact: &Fact) -> Option<(&Entry, Said)> {
    let entry = puts(fact).next()?;
    Some((entry, Said::of(entry)?))
}

fn puts(fact: &Fact) -> impl Iterator<Item = &Entry> {
    fact.versions().iter().filter(|version| version.op == Op::Put)
}
