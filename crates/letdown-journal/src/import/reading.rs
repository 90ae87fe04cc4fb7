//! The reading of files: opened, recognised, surveyed, settled, taken row by row.

use super::{
    Answers, ColumnMap, FormatName, ImportError, NamedBytes,
    apps::FORMATS,
    babies,
    error::Problem,
    format::{Columns, Line, NotOurs, Table},
    generic,
    own_lines::{self, OwnLines},
    settle::settle,
    settled::Settled,
    sheet::{Row, Sheet, TEXT_BYTES},
    source::{self, Document, Listed},
    survey::Survey,
};
use crate::{body::Body, doubt::doubts, entry::Entry};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;

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
    /// Entries of our own, each with the number of its line: they come in as they are.
    pub entries: Vec<(usize, Entry)>,
    /// Rows that were not taken.
    pub skipped: Vec<Skipped>,
    /// What should be looked at.
    pub flags: Vec<Flag>,
}

impl FileReading {
    /// Whether a row may be known by all that an entry says.
    pub(super) fn is_our_own_table(&self) -> bool {
        self.drafts.iter().flat_map(|draft| &draft.rows).any(|row| !row.also.is_empty())
    }
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
    /// Which table of the file it stands in, from 0.
    pub table: usize,
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
    read_watched(files, answers, now, &mut |_| true)
}

/// How far a reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Rows taken so far.
    pub done: usize,
    /// Rows of all files together.
    pub all: usize,
}

/// [`read`], telling `watch` every thousand rows how far it is. Where `watch` answers `false` the reading stops.
///
/// # Errors
/// As [`read`], and when it was stopped.
pub fn read_watched(
    files: &[NamedBytes<'_>],
    answers: &Answers,
    now: Timestamp,
    watch: &mut dyn FnMut(Progress) -> bool,
) -> Result<Vec<FileReading>, ImportError> {
    let mut documents = Vec::new();
    for file in files {
        documents.extend(source::open(file, &unfold)?);
    }
    let mut own = own_lines(&mut documents, answers)?;
    let mut opened = Vec::new();
    for (place, document) in documents.iter().enumerate() {
        opened.extend(recognised(place, document, answers)?);
    }
    at_least_one_is_known(&documents, &opened, &own, answers)?;
    let opened: Vec<Opened<'_>> = opened.into_iter().map(Sighted::survey).collect::<Result<_, _>>()?;
    if let Some(first) = opened.first().filter(|_| opened.iter().all(|o| o.survey.rows == 0)) {
        return Err(Problem::HeaderOnly { file: first.sheet.name().to_owned() }.into());
    }
    let settled = settle(&opened, answers)?;
    let mut steps = Steps { done: 0, all: opened.iter().map(|o| o.survey.rows).sum(), watch };
    let mut readings: Vec<FileReading> = Vec::new();
    for (place, document) in documents.iter().enumerate() {
        let tables = opened.iter().zip(&settled).filter(|(table, _)| table.document == place);
        readings.push(match own.remove(&place) {
            Some(lines) => of_lines(document, lines),
            None => reading(document, tables, now, &mut steps)?,
        });
    }
    readings.iter_mut().try_for_each(|reading| babies::settle(reading, answers))?;
    Ok(readings)
}

/// Our own entries, by the place of the document that holds them.
fn own_lines(
    documents: &mut [Document<'_>],
    answers: &Answers,
) -> Result<BTreeMap<usize, OwnLines>, ImportError> {
    let mut own = BTreeMap::new();
    for (place, document) in documents.iter_mut().enumerate() {
        let Some(lines) = document.lines.take() else { continue };
        if let Some(format) = answers.format.filter(|named| *named != own_lines::NAME) {
            return Err(Problem::OwnLines { file: document.name.clone(), format }.into());
        }
        own.insert(place, lines);
    }
    Ok(own)
}

/// What a document of our own entries says.
fn of_lines(document: &Document<'_>, lines: OwnLines) -> FileReading {
    let aside = |what: &String| Flag { row: 1, what: what.clone() };
    FileReading {
        file: document.name.clone(),
        format: own_lines::NAME,
        read: lines.entries.len() + lines.skipped.len(),
        drafts: Vec::new(),
        entries: lines.entries,
        skipped: lines.skipped,
        flags: document.asides.iter().map(aside).chain(lines.flags).collect(),
    }
}

/// The tables of a text that is no CSV, and the format that writes such text.
pub(super) fn unfold(text: &str) -> Option<(FormatName, Vec<Listed>)> {
    FORMATS.iter().find_map(|format| Some((format.name(), format.unfold(text)?)))
}

/// A table whose format is known, or that lies beside such tables.
struct Sighted<'a> {
    document: usize,
    sheet: &'a Sheet<'a>,
    format: Option<FormatName>,
    table: Box<dyn Table>,
}

/// The same, surveyed.
pub(super) struct Opened<'a> {
    document: usize,
    pub(super) sheet: &'a Sheet<'a>,
    pub(super) format: FormatName,
    pub(super) table: Box<dyn Table>,
    pub(super) survey: Survey,
}

impl<'a> Sighted<'a> {
    fn survey(self) -> Result<Opened<'a>, ImportError> {
        let survey = Survey::of(self.sheet, self.table.as_ref())?;
        let format = self.format.unwrap_or(generic::NAME);
        Ok(Opened { document: self.document, sheet: self.sheet, format, table: self.table, survey })
    }
}

/// The tables of a document. A single table must be known; among several, or in a ZIP, an unknown one is left out.
fn recognised<'a>(
    place: usize,
    document: &'a Document<'a>,
    answers: &Answers,
) -> Result<Vec<Sighted<'a>>, ImportError> {
    let alone = document.sheets.len() == 1 && !document.packed;
    let mut tables = Vec::new();
    for sheet in &document.sheets {
        let known = match recognise(sheet, answers) {
            Ok(known) => known,
            Err(e) if alone => return Err(e),
            Err(_) => None,
        };
        let (format, table) = match known {
            Some((format, table)) => (Some(format), table),
            None if alone => return Err(unknown(sheet, answers)),
            None => (None, Box::new(NotOurs::new("a table that I do not know", Columns::default())) as _),
        };
        tables.push(Sighted { document: place, sheet, format, table });
    }
    // What is not known goes by the name of what lies beside it.
    let beside = tables.iter().find_map(|table| table.format);
    for table in &mut tables {
        table.format = table.format.or(beside);
    }
    Ok(tables)
}

fn at_least_one_is_known(
    documents: &[Document<'_>],
    tables: &[Sighted<'_>],
    own: &BTreeMap<usize, OwnLines>,
    answers: &Answers,
) -> Result<(), ImportError> {
    let of = |place| tables.iter().filter(move |table| table.document == place);
    let known = |place: usize| own.contains_key(&place) || of(place).any(|table| table.format.is_some());
    let is_lost = |(place, document): &(usize, &Document<'_>)| {
        !known(*place) && (!document.packed || !(0..documents.len()).any(known))
    };
    match documents.iter().enumerate().find(is_lost).and_then(|(place, _)| of(place).next()) {
        Some(table) => Err(unknown(table.sheet, answers)),
        None => Ok(()),
    }
}

/// A table and the format that knows it.
pub(super) type Known = (FormatName, Box<dyn Table>);

pub(super) fn recognise(sheet: &Sheet<'_>, answers: &Answers) -> Result<Option<Known>, ImportError> {
    if sheet.format().is_none() && sheet.header().looks_like_data() {
        return Err(Problem::NoHeader { file: sheet.name().to_owned() }.into());
    }
    let wanted = answers.format.or(sheet.format());
    for format in FORMATS.iter().filter(|f| wanted.is_none_or(|named| named == f.name())) {
        if let Some(table) = format.open(sheet, answers)? {
            return Ok(Some((format.name(), table)));
        }
    }
    Ok(None)
}

fn unknown(sheet: &Sheet<'_>, answers: &Answers) -> ImportError {
    let (file, columns) = (sheet.name().to_owned(), sheet.header().list());
    match answers.format.filter(|named| *named != generic::NAME) {
        Some(format) => Problem::NotThisFormat { file, format, columns },
        None => Problem::Unknown { file, columns, example: ColumnMap::example(sheet.header()) },
    }
    .into()
}

/// Counts rows, and tells whoever watches.
struct Steps<'w> {
    done: usize,
    all: usize,
    watch: &'w mut dyn FnMut(Progress) -> bool,
}

/// Rows between two looks.
const STEP: usize = 1_000;

impl Steps<'_> {
    fn step(&mut self, file: &str) -> Result<(), ImportError> {
        self.done += 1;
        let go_on = !self.done.is_multiple_of(STEP) && self.done != self.all
            || (self.watch)(Progress { done: self.done, all: self.all });
        if go_on { Ok(()) } else { Err(Problem::Stopped { file: file.to_owned() }.into()) }
    }
}

/// What a document says, all its tables together.
fn reading<'t>(
    document: &Document<'_>,
    tables: impl Iterator<Item = (&'t Opened<'t>, &'t Settled)>,
    now: Timestamp,
    steps: &mut Steps<'_>,
) -> Result<FileReading, ImportError> {
    let mut whole = FileReading {
        file: document.name.clone(),
        format: generic::NAME,
        read: 0,
        drafts: Vec::new(),
        entries: Vec::new(),
        skipped: Vec::new(),
        flags: document.asides.iter().map(|what| Flag { row: 1, what: what.clone() }).collect(),
    };
    let (mut ours, mut first_riddle) = (false, None);
    for (table, (opened, settled)) in tables.enumerate() {
        whole.format = opened.format;
        let mut taken = Taken { table, flags: settled.flags.clone(), ..Taken::default() };
        opened.sheet.each_row(|row| {
            taken.row(row, opened.table.as_ref(), settled);
            steps.step(&document.name)
        })?;
        ours |= !taken.lines.is_empty() || taken.not_ours > 0;
        first_riddle = first_riddle.or_else(|| taken.skipped.first().cloned());
        let title = if document.sheets.len() > 1 { opened.sheet.title() } else { "" };
        taken.into_reading(&mut whole, opened, title);
    }
    // A file in which every row is a riddle was read as the wrong thing.
    if let Some(Skipped { row, reason }) = first_riddle.filter(|_| !ours) {
        return Err(Problem::NothingReadable { file: document.name.clone(), row, reason }.into());
    }
    for draft in &whole.drafts {
        let row = draft.rows.first().map_or(1, |r| r.row);
        whole.flags.extend(doubts(&draft.body, now).iter().map(|d| Flag { row, what: d.to_string() }));
    }
    whole.flags.sort_by_key(|flag| flag.row);
    Ok(whole)
}

/// What the second pass has taken from a file so far.
#[derive(Default)]
struct Taken {
    table: usize,
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
        match lines(row, table, settled) {
            Ok(lines) => {
                for mut line in lines {
                    let said = std::mem::take(&mut line.flags);
                    self.flags.extend(said.into_iter().map(|what| Flag { row: row.number, what }));
                    line.row.table = self.table;
                    self.lines.push(line);
                }
            }
            Err(reason) => self.skipped.push(Skipped { row: row.number, reason }),
        }
    }

    fn into_reading(self, whole: &mut FileReading, opened: &Opened<'_>, title: &str) {
        let said = |what: String| if title.is_empty() { what } else { format!("{title}: {what}") };
        whole.read += opened.survey.rows;
        whole.drafts.extend(opened.table.join(self.lines));
        whole.skipped.extend(self.skipped.into_iter().map(|s| Skipped { reason: said(s.reason), ..s }));
        whole.flags.extend(self.flags.into_iter().map(|f| Flag { what: said(f.what), ..f }));
        if opened.survey.rows == 0 {
            whole
                .flags
                .push(Flag { row: 1, what: said("this file holds column names and no rows yet".to_owned()) });
        }
    }
}

fn lines(row: &Row<'_>, table: &dyn Table, settled: &Settled) -> Result<Vec<Line>, String> {
    if row.is_shifted(table.columns().note) {
        return Err("it has more cells than the header; is a comma or a quote missing?".to_owned());
    }
    let mut lines = table.lines(row, settled)?;
    if let Some(first) = lines.first_mut().filter(|_| row.has_long_text() && !table.keeps_long_texts()) {
        let what = format!("a text is longer than {TEXT_BYTES} bytes; only its beginning is kept");
        first.flags.push(what);
    }
    Ok(lines)
}
