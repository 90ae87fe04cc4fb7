//! Exports of other apps: bytes in, drafts out.
//!
//! **Words.** A *file* is one CSV table of one app. Its *header* names its columns and gives its format away; file
//! names are never trusted for that. A *row* is a record behind the header, counted as people count them: the header
//! is row 1. A *draft* is what one row, or two rows that belong together, say. *Admission* compares drafts with the
//! journal and drops the rows it already knows.
//!
//! A file is read twice. The first pass, the survey, only gathers evidence: can this date be read both ways, does
//! this amount carry a unit? Then it is settled once per file, from the evidence, from sibling files and from the
//! caller's [`Answers`]; what stays open comes back as an error that [`needs`](ImportError::needs) an answer. The second
//! pass makes the drafts. Nothing is guessed in silence: a row that cannot be read is skipped with its reason, what
//! looks odd is kept and flagged, and an error in one file means that none is imported.
//!
//! A new format is one file with its `Format`, and one line in `FORMATS`.

mod answers;
mod column_map;
mod error;

mod admit;
mod digest;

mod cells;
mod header;
mod sheet;
mod stamp;

mod format;
mod settle;
mod settled;
mod survey;

mod babybuddy;
mod generic;
mod letdown_csv;
mod nighp;

pub use admit::{Admission, FileCounts, admit};
pub use answers::{Answers, DateOrder, Question, WeightUnit};
pub use column_map::ColumnMap;
pub use error::ImportError;
pub use format::FormatName;
pub use sheet::{MAX_BYTES, MAX_CELL_BYTES, MAX_COLUMNS, MAX_ROWS};

use crate::{body::Body, doubt::doubts};
use error::Problem;
use format::{Format, Line, Table};
use jiff::Timestamp;
use serde::Serialize;
use settle::settle;
use settled::Settled;
use sheet::{Row, Sheet};
use survey::Survey;

/// Every format, tried from the top. The generic one stands last: it takes any file once the caller has mapped it.
const FORMATS: [&dyn Format; 4] =
    [&nighp::Nighp, &babybuddy::BabyBuddy, &letdown_csv::LetdownCsv, &generic::Generic];

/// One file to import.
#[derive(Clone, Copy, Debug)]
pub struct NamedBytes<'a> {
    /// What messages call it.
    pub name: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
}

/// What one file says.
#[derive(Clone, Debug, PartialEq)]
pub struct FileReading {
    /// The file's name as given.
    pub file: String,
    /// The format it was read as.
    pub format: FormatName,
    /// Data rows, without headers and blank lines.
    pub read: usize,
    /// What its rows say, in the order of the file.
    pub drafts: Vec<Draft>,
    /// Rows that were not taken.
    pub skipped: Vec<Skipped>,
    /// What should be looked at.
    pub flags: Vec<Flag>,
}

/// What one row, or two rows that belong together, say.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The fact, its source not yet set.
    pub body: Body,
    /// The rows it was made of, in the order they happened.
    pub rows: Vec<SourceRow>,
}

/// A row that a draft was made of.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceRow {
    /// Its place in the file; the header is row 1.
    pub row: usize,
    /// The digest of its meaning, 32 hex digits.
    pub digest: String,
    /// Other digests the same row may be known under, for example with the milk left unsaid.
    pub also: Vec<String>,
    /// The app's own identifier of the row.
    pub row_id: Option<String>,
    /// What the row says by itself, when the draft joins it with another.
    pub alone: Option<Box<Body>>,
}

/// A row that was not taken, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// Its place in the file; the header is row 1.
    pub row: usize,
    /// Why, in words that fit behind "row 7: ".
    pub reason: String,
}

/// Something to look at. The value is kept as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Flag {
    /// Its place in the file; the header is row 1.
    pub row: usize,
    /// What, in words that fit behind "row 7: ".
    pub what: String,
}

/// Reads files of known formats. `now` only serves to flag what lies in the future.
///
/// ```
/// use letdown_journal::{body::Body, import::{Answers, NamedBytes, Question, read}, moment};
/// let pump = NamedBytes { name: "pump.csv", bytes: b"Time,Amount,Note\n\"11/24/26, 3:10 AM\",135 ml,calm\n" };
/// let now = "2026-11-25T12:00Z".parse()?;
///
/// let open = read(&[pump], &Answers::default(), now).unwrap_err();
/// assert_eq!(open.needs(), Some(Question::Zone));
///
/// let answers = Answers { zone: Some(moment::zone("Europe/Berlin")?), ..Answers::default() };
/// let reading = read(&[pump], &answers, now)?.remove(0);
/// assert_eq!((reading.format.as_str(), reading.read), ("nighp", 1));
/// let Body::Pump(pump) = &reading.drafts[0].body else { unreachable!() };
/// assert_eq!(pump.start.to_string(), "2026-11-24T03:10:00+01:00[Europe/Berlin]");
/// assert_eq!(pump.output_ml(), Some(135.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When a file is not text, too large, of no known format, without any readable row, or contradicts itself, and when
/// something only the caller can know is still open. Any error stands for the whole call.
pub fn read(
    files: &[NamedBytes<'_>],
    answers: &Answers,
    now: Timestamp,
) -> Result<Vec<FileReading>, ImportError> {
    let opened = files.iter().map(|file| Opened::new(file, answers)).collect::<Result<Vec<_>, _>>()?;
    if let Some(first) = opened.first().filter(|_| opened.iter().all(|o| o.survey.rows == 0)) {
        return Err(Problem::HeaderOnly { file: first.sheet.name().to_owned() }.into());
    }
    let settled = settle(&opened, answers)?;
    opened.iter().zip(settled).map(|(file, settled)| file.read(&settled, now)).collect()
}

/// A file of a known format, surveyed.
struct Opened<'a> {
    sheet: Sheet<'a>,
    format: FormatName,
    table: Box<dyn Table>,
    survey: Survey,
}

impl<'a> Opened<'a> {
    fn new(file: &NamedBytes<'a>, answers: &Answers) -> Result<Self, ImportError> {
        let sheet = Sheet::open(file)?;
        let (format, table) = recognise(&sheet, answers)?;
        let survey = Survey::of(&sheet, table.as_ref())?;
        Ok(Self { sheet, format, table, survey })
    }

    fn read(&self, settled: &Settled, now: Timestamp) -> Result<FileReading, ImportError> {
        let mut taken = Taken { flags: settled.flags.clone(), ..Taken::default() };
        self.sheet.each_row(|row| {
            taken.row(row, self.table.as_ref(), settled);
            Ok(())
        })?;
        taken.at_least_one(self.sheet.name())?;
        Ok(self.reading(taken, now))
    }

    fn reading(&self, taken: Taken, now: Timestamp) -> FileReading {
        let drafts = self.table.join(taken.lines);
        let mut flags = taken.flags;
        for draft in &drafts {
            let row = draft.rows.first().map_or(1, |r| r.row);
            flags.extend(doubts(&draft.body, now).iter().map(|d| Flag { row, what: d.to_string() }));
        }
        if self.survey.rows == 0 {
            flags.push(Flag { row: 1, what: "this file holds column names and no rows yet".to_owned() });
        }
        flags.sort_by_key(|flag| flag.row);
        FileReading {
            file: self.sheet.name().to_owned(),
            format: self.format,
            read: self.survey.rows,
            drafts,
            skipped: taken.skipped,
            flags,
        }
    }
}

fn recognise(sheet: &Sheet<'_>, answers: &Answers) -> Result<(FormatName, Box<dyn Table>), ImportError> {
    let header = sheet.header();
    if header.looks_like_data() {
        return Err(Problem::NoHeader { file: sheet.name().to_owned() }.into());
    }
    for format in FORMATS.iter().filter(|f| answers.format.is_none_or(|named| named == f.name())) {
        if let Some(table) = format.open(header, sheet.name(), answers)? {
            return Ok((format.name(), table));
        }
    }
    let (file, columns) = (sheet.name().to_owned(), header.list());
    Err(match answers.format.filter(|named| *named != generic::NAME) {
        Some(format) => Problem::NotThisFormat { file, format, columns },
        None => Problem::Unknown { file, columns, example: ColumnMap::example(header) },
    }
    .into())
}

/// What the second pass has taken from a file so far.
#[derive(Default)]
struct Taken {
    lines: Vec<Line>,
    skipped: Vec<Skipped>,
    flags: Vec<Flag>,
    not_ours: usize,
}

impl Taken {
    fn row(&mut self, row: &Row<'_>, table: &dyn Table, settled: &Settled) {
        if let Some(reason) = table.not_ours(row) {
            self.not_ours += 1;
            return self.skipped.push(Skipped { row: row.number, reason });
        }
        match line(row, table, settled) {
            Ok(mut line) => {
                let said = std::mem::take(&mut line.flags);
                self.flags.extend(said.into_iter().map(|what| Flag { row: row.number, what }));
                self.lines.push(line);
            }
            Err(reason) => self.skipped.push(Skipped { row: row.number, reason }),
        }
    }

    /// A file in which every row is a riddle was read as the wrong thing.
    fn at_least_one(&self, file: &str) -> Result<(), ImportError> {
        match self.skipped.first().filter(|_| self.lines.is_empty() && self.not_ours == 0) {
            Some(first) => Err(Problem::NothingReadable {
                file: file.to_owned(),
                row: first.row,
                reason: first.reason.clone(),
            }
            .into()),
            None => Ok(()),
        }
    }
}

fn line(row: &Row<'_>, table: &dyn Table, settled: &Settled) -> Result<Line, String> {
    if row.is_shifted(table.columns().note) {
        return Err("it has more cells than the header; is a comma or a quote missing?".to_owned());
    }
    let mut line = table.line(row, settled)?;
    if row.has_long_text() {
        let what = format!("a text is longer than {} bytes; only its beginning is kept", sheet::TEXT_BYTES);
        line.flags.push(what);
    }
    Ok(line)
}
