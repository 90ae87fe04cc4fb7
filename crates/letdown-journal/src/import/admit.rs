//! Admission: of what the files say, only what the journal does not know yet.

use super::{Draft, FileReading, Flag, FormatName, Skipped, SourceRow};
use crate::{
    body::{Body, Bottle, Diaper, Nurse, Pump, Source, Weight},
    fold::{Fact, Folded},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is new in the files of one import.
#[derive(Clone, Debug, PartialEq)]
pub struct Admission {
    /// The new facts, each with its source.
    pub bodies: Vec<Body>,
    /// What became of the rows, file by file.
    pub files: Vec<FileCounts>,
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
    /// Rows that were not taken.
    pub skipped: Vec<Skipped>,
    /// What should be looked at.
    pub flags: Vec<Flag>,
}

/// Compares what files say with the journal. A row is known when any version of any fact has its digest, also one that
/// was taken back: what she deleted does not come in again. Only an import that was undone leaves no trace.
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
    let mut gate = Gate { known: known(journal), batch, bodies: Vec::new() };
    let files = readings.into_iter().map(|reading| gate.file(reading)).collect();
    Admission { bodies: gate.bodies, files }
}

/// The digests of every version of every fact, but for undone imports: of the rows it came from, and of all it says.
fn known(journal: &Folded) -> BTreeSet<String> {
    #[derive(Deserialize)]
    struct Sourced {
        source: Option<Source>,
    }
    let source = |json: &str| serde_json::from_str::<Sourced>(json).ok()?.source;
    let versions = journal.facts().filter(|fact| !fact.is_undone_import()).flat_map(Fact::versions);
    let digests = versions.flat_map(|entry| {
        let of_rows = source(entry.body.get()).map_or_else(Vec::new, |source| source.digests);
        of_rows.into_iter().chain(super::letdown_csv::exact_digest(entry))
    });
    digests.collect()
}

struct Gate<'a> {
    known: BTreeSet<String>,
    batch: &'a str,
    bodies: Vec<Body>,
}

impl Gate<'_> {
    fn file(&mut self, reading: FileReading) -> FileCounts {
        let mut counts = FileCounts {
            file: reading.file,
            format: reading.format,
            read: reading.read,
            rows_imported: 0,
            rows_duplicate: 0,
            imported: [Pump::KIND, Nurse::KIND, Bottle::KIND, Weight::KIND, Diaper::KIND]
                .map(|k| (k, 0))
                .into(),
            skipped: reading.skipped,
            flags: reading.flags,
        };
        for draft in reading.drafts {
            self.draft(draft, &mut counts);
        }
        counts
    }

    /// Of a draft of which some rows are known, each of the others stands for itself.
    fn draft(&mut self, draft: Draft, counts: &mut FileCounts) {
        let rows = draft.rows.len();
        let new: Vec<SourceRow> = draft.rows.into_iter().filter(|row| self.is_new(row)).collect();
        counts.rows_imported += new.len();
        counts.rows_duplicate += rows - new.len();
        if new.len() == rows {
            return self.take(draft.body, &new, counts);
        }
        for mut row in new {
            let alone = row.alone.take().map_or_else(|| draft.body.clone(), |body| *body);
            self.take(alone, &[row], counts);
        }
    }

    fn is_new(&mut self, row: &SourceRow) -> bool {
        !row.also.iter().any(|digest| self.known.contains(digest)) && self.known.insert(row.digest.clone())
    }

    fn take(&mut self, mut body: Body, rows: &[SourceRow], counts: &mut FileCounts) {
        *counts.imported.entry(body.kind()).or_default() += 1;
        *body.source_mut() = Some(Source {
            app: counts.format.as_str().to_owned(),
            batch: self.batch.to_owned(),
            digests: rows.iter().map(|row| row.digest.clone()).collect(),
            row_ids: rows.iter().filter_map(|row| row.row_id.clone()).collect(),
        });
        self.bodies.push(body);
    }
}
