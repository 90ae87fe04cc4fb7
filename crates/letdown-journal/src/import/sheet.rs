//! Text out of bytes, records out of text, within bounds.
//!
//! Exports come with every line end there is (LF, CRLF, the bare CR of old Macs, mixed), with and without a byte order
//! mark, separated by commas, semicolons or tabs, with rows shorter and longer than the header. All of that is taken
//! as it comes. What is not text at all, or larger than any log of one family, is refused in one sentence.

use super::{NamedBytes, cells::shortened, error::Problem, header::Header};
use crate::import::ImportError;
use csv::{ReaderBuilder, StringRecord};
use std::{
    borrow::Cow,
    io::{Chain, Read},
};

/// The largest file that is read (bytes): ten years of a busy log are below 5 MiB.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;
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
    name: &'a str,
    text: Cow<'a, str>,
    delimiter: u8,
    header: Header,
}

impl<'a> Sheet<'a> {
    pub(super) fn open(file: &NamedBytes<'a>) -> Result<Self, ImportError> {
        let text = decode(file)?;
        let delimiter = delimiter(&text);
        let mut sheet = Self { name: file.name, text, delimiter, header: Header::default() };
        if let Some((_, record)) = sheet.records().next()? {
            sheet.header = Header::of(record);
        }
        Ok(sheet)
    }

    pub(super) fn name(&self) -> &'a str {
        self.name
    }

    pub(super) fn header(&self) -> &Header {
        &self.header
    }

    /// Visits the data rows: not the header, not its repetitions in files glued together, not blank lines.
    pub(super) fn each_row(
        &self,
        mut visit: impl FnMut(&Row<'_>) -> Result<(), ImportError>,
    ) -> Result<(), ImportError> {
        let mut records = self.records();
        let width = self.header.width();
        while let Some((number, record)) = records.next()? {
            if number > 1 && !is_blank(record) && !self.header.is_repeated_by(record) {
                visit(&Row { number, record, width })?;
            }
        }
        Ok(())
    }

    fn records(&self) -> Records<'_> {
        // Text holds no control character, so this one, put behind it, shows whether the last quote was closed.
        let reader = self.text.as_bytes().chain(END);
        Records {
            file: self.name,
            reader: ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .delimiter(self.delimiter)
                .from_reader(reader),
            record: StringRecord::new(),
            number: 0,
        }
    }
}

/// One data row.
pub(super) struct Row<'r> {
    /// Its place in the file; the header is row 1.
    pub(super) number: usize,
    record: &'r StringRecord,
    width: usize,
}

impl<'r> Row<'r> {
    /// A cell without the space around it; empty when the row is too short or the column is absent.
    pub(super) fn cell(&self, at: Option<usize>) -> &'r str {
        at.and_then(|at| self.record.get(at)).map_or("", str::trim)
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
        self.check()?;
        Ok(Some((self.number, &self.record)))
    }

    fn check(&self) -> Result<(), ImportError> {
        let (file, row, columns) = (self.file.to_owned(), self.number, self.record.len());
        if self.record.iter().next_back().is_some_and(|cell| cell.ends_with('\x01')) {
            return Err(Problem::OpenQuote { file, row }.into());
        }
        if columns > MAX_COLUMNS {
            return Err(Problem::TooManyColumns { file, row, columns }.into());
        }
        if self.record.iter().any(|cell| cell.len() > MAX_CELL_BYTES) {
            return Err(Problem::CellTooLong { file, row }.into());
        }
        if row > MAX_ROWS + 1 {
            return Err(Problem::TooManyRows { file }.into());
        }
        Ok(())
    }
}

fn is_end(record: &StringRecord) -> bool {
    record.len() == 1 && record.get(0) == Some("\x01")
}

fn is_blank(record: &StringRecord) -> bool {
    record.iter().all(|cell| cell.trim().is_empty())
}

fn decode<'a>(file: &NamedBytes<'a>) -> Result<Cow<'a, str>, ImportError> {
    let name = || file.name.to_owned();
    let bytes = file.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file.bytes);
    if bytes.len() > MAX_BYTES {
        return Err(Problem::TooLarge { file: name(), bytes: bytes.len() }.into());
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(Problem::Packed { file: name() }.into());
    }
    if bytes.iter().any(|b| is_noise(*b)) {
        return Err(Problem::NotText { file: name() }.into());
    }
    let text = std::str::from_utf8(bytes).map(Cow::Borrowed);
    let text = text.ok().or_else(|| windows_1252(bytes).map(Cow::Owned));
    let text = text.ok_or_else(|| Problem::NotText { file: name() })?;
    if text.chars().all(char::is_whitespace) {
        return Err(Problem::Empty { file: name() }.into());
    }
    Ok(text)
}

/// Control characters that no text editor writes. Vertical tab and form feed do occur: spreadsheets put them in notes.
fn is_noise(byte: u8) -> bool {
    byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

/// What Windows-1252 shows where Latin-1 has control characters; `\0` where it shows nothing.
const WINDOWS_1252: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“',
    '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

fn windows_1252(bytes: &[u8]) -> Option<String> {
    let letter = |byte: &u8| match byte {
        0x80..=0x9f => WINDOWS_1252.get(usize::from(byte - 0x80)).copied().filter(|c| *c != '\0'),
        other => Some(char::from(*other)),
    };
    bytes.iter().map(letter).collect()
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
