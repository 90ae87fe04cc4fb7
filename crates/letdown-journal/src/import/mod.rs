//! Exports of other apps: bytes in, drafts out.
//!
//! **Words.** A *file* holds one table of one app, or several: a ZIP, a workbook and JSON are opened first. The *header*
//! of a table names its columns and gives its format away; file names are never trusted for that. A *row* is a record behind the header, counted as people count them: the header
//! is row 1. A *draft* is what one row, or two rows that belong together, say. *Admission* compares drafts with the
//! journal and drops the rows it already knows.
//!
//! A file is read twice. The first pass, the survey, only gathers evidence: can this date be read both ways, does
//! this amount carry a unit? Then it is settled once per file, from the evidence, from sibling files and from the
//! caller's [`Answers`]; what stays open comes back as an error that [`needs`](ImportError::needs) an answer. The second
//! pass makes the drafts. Nothing is guessed in silence: a row that cannot be read is skipped with its reason, what
//! looks odd is kept and flagged, and an error in one file means that none is imported.
//!
//! A new app is one file in `apps/` with its `Format`, and one line in `FORMATS`.

mod answers;
mod column_map;
mod error;
mod words;

mod admit;
mod arrival;
mod digest;
mod holdings;

mod cells;
mod header;
mod held;
mod serial;
mod sheet;
mod source;
mod stamp;

mod format;
mod settle;
mod settled;
mod survey;

mod apps;
mod babies;
mod generic;
mod join;
mod letdown_csv;
mod merge;
mod own_lines;
mod past;
mod reading;
mod sample;
mod undo;

pub use admit::{Admission, FileCounts, admit};
pub use answers::{Answers, DateOrder, Question, WeightUnit};
pub use arrival::{AnswersWire, Arrival, Preview};
pub use babies::babies;
pub use column_map::ColumnMap;
pub use error::ImportError;
pub use format::FormatName;
pub use past::{PastImport, past};
pub use reading::{Draft, FileReading, Flag, Progress, Skipped, SourceRow, read, read_watched};
pub use sample::{Sample, samples};
pub use sheet::{MAX_CELL_BYTES, MAX_COLUMNS, MAX_ROWS};
pub use source::MAX_BYTES;
pub use undo::undo;

/// One file to import.
#[derive(Clone, Copy, Debug)]
pub struct NamedBytes<'a> {
    /// What messages call it.
    pub name: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
}
