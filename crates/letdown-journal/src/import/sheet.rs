//! One table: records out of text, within bounds.
//!
//! Exports come with every line end there is (LF, CRLF, the bare CR of old Macs, mixed), separated by commas, semicolons or tabs, with rows shorter and longer than the header. All of that is taken
//! as it comes. What is not text at all, or larger than any log of one family, is refused in one sentence.

use super::{FormatName, cells::shortened, error::Problem, header::Header, serial, source::Listed};
use crate::import::ImportError;
use csv::{ReaderBuilder, StringRecord};
use std::{
    borrow::Cow,
    io::{Chain, Read},
};

/// The most rows of one file that are read.
pub const MAX_ROWS: usize = 2_000_000;
/// The most columns a row may have.
pub const MAX_COLUMNS: usize = 200;
/// The longest a cell may be (bytes).
pub const MAX_CELL_BYTES: usize = 64 * 1024;

/// The longest text of a cell that is kept (bytes). Two notes and a name, each letter escaped six-fold, stay below what
/// an entry may hold.
pub(super) const TEXT_BYTES: usize = 3_000;

/// One table: its header, and its rows as often as they are asked for.
pub(super) struct Sheet<'a> {
    name: String,
    title: String,
    format: Option<FormatName>,
    /// Whether a time may be a bare number of days.
    counts_days: bool,
    cells: Cells<'a>,
    header: Header,
}

enum Cells<'a> {
    Csv { text: Cow<'a, str>, delimiter: u8 },
    Listed(Vec<(usize, StringRecord)>),
}

impl<'a> Sheet<'a> {
    /// A table written as CSV.
    pub(super) fn csv(file: &str, text: Cow<'a, str>) -> Result<Self, ImportError> {
        let delimiter = delimiter(&text);
        let mut header = Header::default();
        if let Some((_, record)) = records(file, &text, delimiter).next()? {
            header = Header::of(record);
        }
        let cells = Cells::Csv { text, delimiter };
        let (name, title) = (file.to_owned(), String::new());
        Ok(Self { name, title, format: None, counts_days: false, cells, header })
    }

    /// A table that was taken out of something else; `format` when only that one writes files of this kind.
    pub(super) fn listed(file: &str, format: Option<FormatName>, table: Listed) -> Result<Self, ImportError> {
        let header = Header::of(&StringRecord::from(table.header));
        let mut rows = Vec::with_capacity(table.rows.len());
        for (number, row) in table.rows {
            let record = StringRecord::from(row);
            check(file, number, &record)?;
            rows.push((number, record));
        }
        let (name, cells) = (file.to_owned(), Cells::Listed(rows));
        Ok(Self { name, title: table.title, format, counts_days: false, cells, header })
    }

    /// The same table, out of a workbook: a moment without the style of one is a number of days.
    pub(super) fn of_workbook(self) -> Self {
        Self { counts_days: true, ..self }
    }

    /// What messages call the file.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// What the table is called inside the file; empty when it is the only one.
    pub(super) fn title(&self) -> &str {
        &self.title
    }

    /// The only format that it can be.
    pub(super) fn format(&self) -> Option<FormatName> {
        self.format
    }

    pub(super) fn header(&self) -> &Header {
        &self.header
    }

    /// Visits the data rows: not the header, not its repetitions in files glued together, not blank lines.
    pub(super) fn each_row(
        &self,
        mut visit: impl FnMut(&Row<'_>) -> Result<(), ImportError>,
    ) -> Result<(), ImportError> {
        let (width, counts_days) = (self.header.width(), self.counts_days);
        match &self.cells {
            Cells::Listed(rows) => {
                let filled = rows.iter().filter(|(_, record)| !is_blank(record));
                filled
                    .map(|(number, record)| Row { number: *number, record, width, counts_days })
                    .try_for_each(|row| visit(&row))
            }
            Cells::Csv { text, delimiter } => {
                let mut records = records(&self.name, text, *delimiter);
                while let Some((number, record)) = records.next()? {
                    if number > 1 && !is_blank(record) && !self.header.is_repeated_by(record) {
                        visit(&Row { number, record, width, counts_days })?;
                    }
                }
                Ok(())
            }
        }
    }
}

fn records<'s>(file: &'s str, text: &'s str, delimiter: u8) -> Records<'s> {
    // Text holds no control character, so this one, put behind it, shows whether the last quote was closed.
    let reader = text.as_bytes().chain(END);
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter);
    Records { file, reader: builder.from_reader(reader), record: StringRecord::new(), number: 0 }
}

/// One data row.
pub(super) struct Row<'r> {
    /// Its place in the file; the header is row 1.
    pub(super) number: usize,
    record: &'r StringRecord,
    width: usize,
    counts_days: bool,
}

impl<'r> Row<'r> {
    /// A cell without the space around it; empty when the row is too short or the column is absent.
    pub(super) fn cell(&self, at: Option<usize>) -> &'r str {
        at.and_then(|at| self.record.get(at)).map_or("", str::trim)
    }

    /// A cell that holds a moment or a day.
    pub(super) fn moment(&self, at: Option<usize>) -> Cow<'r, str> {
        let text = self.cell(at);
        if self.counts_days { serial::moment(text) } else { Cow::Borrowed(text) }
    }

    /// A cell that holds a clock time, beside one that holds the day.
    pub(super) fn clock(&self, at: Option<usize>) -> Cow<'r, str> {
        let text = self.cell(at);
        if self.counts_days { serial::clock(text) } else { Cow::Borrowed(text) }
    }

    /// A cell as text to keep, `None` when it is empty.
    pub(super) fn text(&self, at: Option<usize>) -> Option<String> {
        Some(self.cell(at)).filter(|text| !text.is_empty()).map(|text| shortened(text, TEXT_BYTES).to_owned())
    }

    /// A note as text to keep. Commas that nobody quoted break the last cell of a row; a note is put together again.
    pub(super) fn note(&self, at: Option<usize>) -> Option<String> {
        let last = at.is_some_and(|at| at + 1 == self.width);
        let Some(start) = at.filter(|_| last && self.spill().next().is_some()) else {
            return self.text(at);
        };
        let pieces: Vec<&str> = self.record.iter().skip(start).collect();
        let whole = pieces.join(",");
        Some(shortened(whole.trim().trim_end_matches(','), TEXT_BYTES).to_owned())
    }

    /// Whether the cells may stand under the wrong columns.
    pub(super) fn is_shifted(&self, note: Option<usize>) -> bool {
        let note_is_last = note.is_some_and(|at| at + 1 == self.width);
        // A cell with a line break in it may have swallowed a row, up to the next quote.
        let swallowed = self.record.iter().any(|cell| cell.contains(['\n', '\r']));
        self.spill().next().is_some() && (swallowed || !note_is_last)
    }

    pub(super) fn has_long_text(&self) -> bool {
        self.record.iter().any(|cell| cell.len() > TEXT_BYTES)
    }

    fn spill(&self) -> impl Iterator<Item = &'r str> {
        self.record.iter().skip(self.width).filter(|cell| !cell.trim().is_empty())
    }
}

const END: &[u8] = b"\n\x01";

/// The records of a text, blank lines above the header left out.
struct Records<'s> {
    file: &'s str,
    reader: csv::Reader<Chain<&'s [u8], &'s [u8]>>,
    record: StringRecord,
    number: usize,
}

impl Records<'_> {
    fn next(&mut self) -> Result<Option<(usize, &StringRecord)>, ImportError> {
        loop {
            let more = self.reader.read_record(&mut self.record);
            let more = more.map_err(|_| Problem::NotText { file: self.file.to_owned() })?;
            if !more || is_end(&self.record) {
                return Ok(None);
            }
            if self.number > 0 || !is_blank(&self.record) {
                break;
            }
        }
        self.number += 1;
        check(self.file, self.number, &self.record)?;
        Ok(Some((self.number, &self.record)))
    }
}

/// What no log of one family has.
fn check(file: &str, row: usize, record: &StringRecord) -> Result<(), ImportError> {
    let (file, columns) = (file.to_owned(), record.len());
    if record.iter().next_back().is_some_and(|cell| cell.ends_with('\x01')) {
        return Err(Problem::OpenQuote { file, row }.into());
    }
    if columns > MAX_COLUMNS {
        return Err(Problem::TooManyColumns { file, row, columns }.into());
    }
    if record.iter().any(|cell| cell.len() > MAX_CELL_BYTES) {
        return Err(Problem::CellTooLong { file, row }.into());
    }
    if row > MAX_ROWS + 1 {
        return Err(Problem::TooManyRows { file }.into());
    }
    Ok(())
}

fn is_end(record: &StringRecord) -> bool {
    record.len() == 1 && record.get(0) == Some("\x01")
}

fn is_blank(record: &StringRecord) -> bool {
    record.iter().all(|cell| cell.trim().is_empty())
}

/// The separator that occurs most often, outside quotes, in the first line that says anything.
fn delimiter(text: &str) -> u8 {
    let line = first_line(text);
    let count = |mark: u8| {
        let mut quoted = false;
        let outside = |b: &&u8| {
            quoted ^= **b == b'"';
            **b == mark && !quoted
        };
        line.as_bytes().iter().filter(outside).count()
    };
    let (comma, semicolon, tab) = (count(b','), count(b';'), count(b'\t'));
    match () {
        () if semicolon > comma && semicolon >= tab => b';',
        () if tab > comma => b'\t',
        () => b',',
    }
}

fn first_line(text: &str) -> &str {
    text.split(['\n', '\r']).find(|line| !line.trim().is_empty()).unwrap_or("")
}
