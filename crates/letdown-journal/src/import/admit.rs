//! Admission: of what the files say, only what the journal does not know yet.

use super::{
    Draft, FileReading, Flag, FormatName, Skipped, SourceRow,
    holdings::{Change, Holdings, Span},
    merge::{Ledger, counted_as},
};
use crate::{
    author::Author,
    body::{Body, Bottle, Diaper, Nurse, Pump, Source, Weight},
    entry::Entry,
    fold::Folded,
};
use jiff::civil::DateTime;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What is new in the files of one import.
#[derive(Clone, Debug, PartialEq)]
pub struct Admission {
    /// The new facts, each with its source.
    pub bodies: Vec<Body>,
    /// Facts that the app has changed meanwhile: the version that stands, and the new one.
    pub versions: Vec<(Entry, Body)>,
    /// Entries of our own lines: they come in as they are, under the devices that wrote them.
    pub as_they_are: Vec<Entry>,
    /// What became of the rows, file by file.
    pub files: Vec<FileCounts>,
}

impl Admission {
    /// The entries that bring it into the journal, those that come as they are at the end. `random` gives ten random bytes per entry.
    pub fn entries(
        &self,
        author: &mut Author,
        now_ms: u64,
        random: &mut dyn FnMut() -> [u8; 10],
    ) -> Vec<Entry> {
        self.as_they_are.iter().for_each(|entry| author.saw(entry));
        let mut entries = Vec::with_capacity(self.len());
        entries.extend(self.bodies.iter().map(|body| author.put(body, now_ms, random())));
        let versions = self.versions.iter();
        entries.extend(versions.map(|(earlier, body)| author.edit(earlier, body, now_ms, random())));
        entries.extend(self.as_they_are.iter().cloned());
        entries
    }

    /// How many entries it brings.
    pub fn len(&self) -> usize {
        self.bodies.len() + self.versions.len() + self.as_they_are.len()
    }

    /// Whether it brings nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What became of the rows of one file. `read` is `rows_imported + rows_duplicate` and the rows in `skipped`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FileCounts {
    /// The file's name as given.
    pub file: String,
    /// The format it was read as.
    pub format: FormatName,
    /// Data rows, without headers and blank lines.
    pub read: usize,
    /// Rows that became facts.
    pub rows_imported: usize,
    /// Rows that the journal, or an earlier row of this import, already holds.
    pub rows_duplicate: usize,
    /// New facts by kind. Two rows can make one fact.
    pub imported: BTreeMap<&'static str, usize>,
    /// New versions of facts that were there, by kind. Their rows count as imported.
    pub changed: BTreeMap<&'static str, usize>,
    /// Rows that were not taken.
    pub skipped: Vec<Skipped>,
    /// What should be looked at.
    pub flags: Vec<Flag>,
}

/// Compares what files say with the journal. A row is known when any version of any fact has its digest, also one that
/// was taken back: what she deleted does not come in again. Only an import that was undone leaves no trace.
///
/// A row that the app changed becomes a new version of its fact, unless she changed or deleted the fact here, or the file
/// is older than the one that the fact came with.
///
/// ```
/// use letdown_journal::{author::Author, fold::Folded, import::{Answers, NamedBytes, admit, read}};
/// let csv = NamedBytes { name: "log.csv", bytes: b"start,total_ml\n2026-11-24T03:10:00+01:00[Europe/Berlin],135\n" };
/// let readings = || read(&[csv], &Answers::default(), "2026-11-25T12:00Z".parse().unwrap());
///
/// let first = admit(readings()?, &Folded::default(), "batch-1");
/// assert_eq!((first.files[0].rows_imported, first.files[0].imported["pump"]), (1, 1));
///
/// let mut author = Author::new("phone")?;
/// let journal = Folded::of(first.bodies.iter().map(|body| author.put(body, 1_000, [1; 10])));
/// let again = admit(readings()?, &journal, "batch-2");
/// assert_eq!((again.bodies.len(), again.files[0].rows_duplicate), (0, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn admit(readings: Vec<FileReading>, journal: &Folded, batch: &str) -> Admission {
    let spans = readings.iter().map(|r| Span::of(r.format.as_str(), &r.drafts)).collect();
    let any_entries = readings.iter().any(|reading| !reading.entries.is_empty());
    let mut gate = Gate {
        holdings: Holdings::of(journal, any_entries || readings.iter().any(FileReading::is_our_own_table)),
        ledger: any_entries.then(|| Ledger::of(journal)),
        spans,
        batch,
        bodies: Vec::new(),
        versions: Vec::new(),
        as_they_are: Vec::new(),
    };
    let files = readings.into_iter().enumerate().map(|(at, reading)| gate.file(at, reading)).collect();
    Admission { bodies: gate.bodies, versions: gate.versions, as_they_are: gate.as_they_are, files }
}

struct Gate<'a> {
    holdings: Holdings<'a>,
    /// The names of all entries, where entries of our own come in.
    ledger: Option<Ledger>,
    /// The files of this import.
    spans: Vec<Span>,
    batch: &'a str,
    bodies: Vec<Body>,
    versions: Vec<(Entry, Body)>,
    as_they_are: Vec<Entry>,
}

/// One file on its way through the gate.
struct File {
    at: usize,
    counts: FileCounts,
    new_rows: BTreeSet<(usize, usize)>,
    known_rows: BTreeSet<(usize, usize)>,
}

impl Gate<'_> {
    fn file(&mut self, at: usize, reading: FileReading) -> FileCounts {
        let mut file = File {
            at,
            new_rows: BTreeSet::new(),
            known_rows: BTreeSet::new(),
            counts: FileCounts {
                file: reading.file,
                format: reading.format,
                read: reading.read,
                rows_imported: 0,
                rows_duplicate: 0,
                imported: [Pump::KIND, Nurse::KIND, Bottle::KIND, Weight::KIND, Diaper::KIND]
                    .map(|k| (k, 0))
                    .into(),
                changed: BTreeMap::new(),
                skipped: reading.skipped,
                flags: reading.flags,
            },
        };
        for draft in reading.drafts {
            self.draft(draft, &mut file);
        }
        let mut counts = file.counted();
        self.entries(reading.entries, &mut counts);
        counts
    }

    /// Entries of our own: new facts are imported, new versions and deletions of others change them.
    fn entries(&mut self, entries: Vec<(usize, Entry)>, counts: &mut FileCounts) {
        let Some(ledger) = self.ledger.as_mut().filter(|_| !entries.is_empty()) else { return };
        let mut merged = ledger.merge(entries, &mut self.holdings);
        counts.rows_imported += merged.new.len();
        counts.rows_duplicate += merged.known;
        for entry in &merged.new {
            let by_kind = if entry.id == entry.root { &mut counts.imported } else { &mut counts.changed };
            *by_kind.entry(counted_as(entry)).or_default() += 1;
        }
        counts.skipped.append(&mut merged.skipped);
        counts.skipped.sort_by_key(|skipped| skipped.row);
        counts.flags.append(&mut merged.flags);
        counts.flags.sort_by_key(|flag| flag.row);
        self.as_they_are.append(&mut merged.new);
    }

    fn draft(&mut self, draft: Draft, file: &mut File) {
        let new = draft.rows.iter().filter(|row| !self.holdings.knows(row)).count();
        if new == 0 {
            return self.known(draft, file);
        }
        // What a newer file of this import says otherwise comes with that one.
        if self.is_superseded(&draft, file) {
            return file.all_known(&draft);
        }
        let change = self.spans.get(file.at).and_then(|span| self.holdings.change(file.app(), &draft, span));
        match change {
            // One row can be the changed one; another of the same minute is another event.
            Some(Change::Version(earlier)) if self.has_version(&earlier) => self.new_fact(draft, file),
            Some(Change::Version(earlier)) => self.version(*earlier, draft, file),
            Some(Change::Older) => file.all_known(&draft),
            Some(Change::Hers) => {
                file.flag(&draft, "the app says otherwise now; what you changed here stays");
                file.all_known(&draft);
            }
            None => self.new_fact(draft, file),
        }
    }

    /// A draft whose rows are all known can still bring a note that was written later.
    fn known(&mut self, draft: Draft, file: &mut File) {
        if !self.has_the_last_note(&draft, file) {
            return file.all_known(&draft);
        }
        let annotated = self.holdings.annotation(&draft, self.until(file));
        if let Some(earlier) = annotated.filter(|earlier| !self.has_version(earlier)) {
            return self.version(*earlier, draft, file);
        }
        file.all_known(&draft);
        if let Some(place) = self.holdings.new_fact_of(&draft) {
            self.annotate(place, draft, file);
        }
    }

    /// Whether the note of a draft is the one that stays, so that the same files say the same once more: of rows that
    /// say the same the first one's in its file, and of several files the newest one's.
    fn has_the_last_note(&self, draft: &Draft, file: &File) -> bool {
        let Some(own) = self.spans.get(file.at) else { return false };
        let note = draft.body.note();
        let mut newer = self.newer_than(own, file).filter_map(|span| span.note_beside(draft));
        note.is_some() && own.note_beside(draft) == note && newer.all(|other| Some(other) == note)
    }

    /// Of two files of this import that say the same, the newer one has the note.
    fn annotate(&mut self, place: usize, draft: Draft, file: &File) {
        let Some(said) = self.bodies.get(place).and_then(Body::source) else { return };
        let until = said.until.as_deref().and_then(|until| until.parse().ok());
        if said.digests.len() == 1 && self.until(file) >= until {
            let body = self.sourced(draft.body, &draft.rows, file);
            self.bodies.splice(place..=place, [body]);
        }
    }

    /// Whether a newer file of this import says otherwise about the same event.
    fn is_superseded(&self, draft: &Draft, file: &File) -> bool {
        let Some(own) = self.spans.get(file.at) else { return false };
        self.newer_than(own, file).any(|span| span.supersedes(file.app(), draft, own))
    }

    /// The newer files of this import. Of two that end alike the later one counts as the newer.
    fn newer_than<'s>(&'s self, own: &'s Span, file: &File) -> impl Iterator<Item = &'s Span> {
        let from = (own.until, file.at);
        let spans = self.spans.iter().enumerate();
        spans.filter(move |(at, span)| (span.until, *at) > from).map(|(_, span)| span)
    }

    /// Whether this import already brings a new version of a fact.
    fn has_version(&self, earlier: &Entry) -> bool {
        self.versions.iter().any(|(other, _)| other.root == earlier.root)
    }

    fn until(&self, file: &File) -> Option<DateTime> {
        self.spans.get(file.at)?.until
    }

    /// Of a draft of which some rows are known, each of the others stands for itself.
    fn new_fact(&mut self, draft: Draft, file: &mut File) {
        let rows = draft.rows.len();
        let mut new = Vec::new();
        for row in draft.rows {
            if self.holdings.knows(&row) {
                file.known_rows.insert((row.table, row.row));
            } else {
                file.new_rows.insert((row.table, row.row));
                new.push(row);
            }
        }
        if new.len() == rows {
            return self.take(draft.body, &new, file);
        }
        for mut row in new {
            let alone = row.alone.take().map_or_else(|| draft.body.clone(), |body| *body);
            self.take(alone, &[row], file);
        }
    }

    fn take(&mut self, body: Body, rows: &[SourceRow], file: &mut File) {
        *file.counts.imported.entry(body.kind()).or_default() += 1;
        for row in rows {
            self.holdings.learn(row, self.bodies.len());
        }
        let body = self.sourced(body, rows, file);
        self.bodies.push(body);
    }

    fn version(&mut self, earlier: Entry, draft: Draft, file: &mut File) {
        *file.counts.changed.entry(draft.body.kind()).or_default() += 1;
        // A row that is known came once more because its note was written later.
        let known = |row: &&SourceRow| self.holdings.knows(row);
        let all_known = draft.rows.iter().all(|row| known(&row));
        for row in &draft.rows {
            let rows = if all_known || !known(&row) { &mut file.new_rows } else { &mut file.known_rows };
            rows.insert((row.table, row.row));
        }
        for row in &draft.rows {
            self.holdings.learn(row, usize::MAX);
        }
        let body = self.sourced(draft.body, &draft.rows, file);
        self.versions.push((earlier, body));
    }

    fn sourced(&self, mut body: Body, rows: &[SourceRow], file: &File) -> Body {
        *body.source_mut() = Some(Source {
            app: file.app().to_owned(),
            batch: self.batch.to_owned(),
            digests: rows.iter().map(|row| row.digest.clone()).collect(),
            row_ids: rows.iter().filter_map(|row| row.row_id.clone()).collect(),
            until: self.until(file).map(|until| until.to_string()),
            undone: Vec::new(),
        });
        body
    }
}

impl File {
    fn app(&self) -> &'static str {
        self.counts.format.as_str()
    }

    fn all_known(&mut self, draft: &Draft) {
        self.known_rows.extend(draft.rows.iter().map(|row| (row.table, row.row)));
    }

    fn flag(&mut self, draft: &Draft, what: &str) {
        let row = draft.rows.first().map_or(1, |row| row.row);
        self.counts.flags.push(Flag { row, what: what.to_owned() });
    }

    /// A row that brought anything new is imported, whatever else of it was known.
    fn counted(mut self) -> FileCounts {
        self.counts.rows_imported = self.new_rows.len();
        self.counts.rows_duplicate = self.known_rows.difference(&self.new_rows).count();
        self.counts.flags.sort_by_key(|flag| flag.row);
        self.counts
    }
}
