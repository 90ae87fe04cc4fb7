//! What a format must offer: know its header, say where things stand, turn a row into a line.

use super::{
    Answers, DateOrder, Draft, ImportError, SourceRow, digest,
    error::Problem,
    header::{TimeColumn, VolumeColumn},
    settled::{Lasted, Placed, Settled},
    sheet::{Row, Sheet},
    source::Listed,
};
use crate::body::{Body, Nurse, Side, Stint};
use jiff::tz::TimeZone;
use serde::Serialize;

/// The name of a format, as `--format` and the journal know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct FormatName(&'static str);

impl FormatName {
    pub(super) const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// Every format there is.
    pub fn all() -> impl Iterator<Item = Self> {
        super::apps::FORMATS.iter().map(|format| format.name())
    }

    /// The format of that name.
    ///
    /// ```
    /// use letdown_journal::import::FormatName;
    /// assert_eq!(FormatName::named("BabyBuddy")?.as_str(), "babybuddy");
    /// assert!(FormatName::named("paper").unwrap_err().to_string().contains("nighp"));
    /// # Ok::<(), letdown_journal::import::ImportError>(())
    /// ```
    ///
    /// # Errors
    /// When there is none of that name; the error lists those there are.
    pub fn named(name: &str) -> Result<Self, ImportError> {
        Self::all().find(|f| f.0.eq_ignore_ascii_case(name.trim())).ok_or_else(|| {
            let known: Vec<&str> = Self::all().map(|f| f.0).collect();
            Problem::FormatName { name: name.to_owned(), known: known.join(", ") }.into()
        })
    }

    /// The name.
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

impl std::fmt::Display for FormatName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

/// One app's exports.
pub(super) trait Format: Sync {
    fn name(&self) -> FormatName;

    /// The tables of a text that only this app writes and that is neither CSV nor JSON; `None` for any other text.
    fn unfold(&self, _text: &str) -> Option<Vec<Listed>> {
        None
    }

    /// The table behind a header, `None` when it is not one of this app's. The file's name may only tell apart tables
    /// whose headers are the same.
    fn open(&self, sheet: &Sheet<'_>, answers: &Answers) -> Result<Option<Box<dyn Table>>, ImportError>;
}

/// One table of one app.
pub(super) trait Table {
    /// Where times, volumes and weights stand.
    fn columns(&self) -> &Columns;

    /// The amounts of a row whose unit must be asked for when they name none.
    fn amounts<'r>(&self, row: &Row<'r>) -> Vec<&'r str> {
        let bare = self.columns().volumes.iter().filter(|volume| volume.unit_in(row).is_none());
        bare.map(|volume| row.cell(Some(volume.at))).collect()
    }

    /// The weight of a row whose unit must be asked for when it names none.
    fn weight<'r>(&self, row: &Row<'r>) -> &'r str {
        row.cell(self.columns().weight)
    }

    /// Whether texts are kept whole, however long.
    fn keeps_long_texts(&self) -> bool {
        false
    }

    /// Why a row is none of ours, when it is not: another activity, solid food.
    fn not_ours(&self, _row: &Row<'_>) -> Option<String> {
        None
    }

    /// What one row says, or why it cannot be read.
    fn line(&self, row: &Row<'_>, settled: &Settled) -> Result<Line, String>;

    /// The same where one row can say several things.
    fn lines(&self, row: &Row<'_>, settled: &Settled) -> Result<Vec<Line>, String> {
        self.line(row, settled).map(|line| vec![line])
    }

    /// Puts rows together that are one event.
    fn join(&self, lines: Vec<Line>) -> Vec<Draft> {
        lines.into_iter().map(Draft::from).collect()
    }
}

/// Where the survey has to look.
#[derive(Clone, Default)]
pub(super) struct Columns {
    pub(super) times: Vec<TimeColumn>,
    pub(super) volumes: Vec<VolumeColumn>,
    pub(super) weight: Option<usize>,
    pub(super) note: Option<usize>,
    /// The order of day and month, where the app writes it the same way everywhere.
    pub(super) date_order: Option<DateOrder>,
    /// Where the clock hung that its times were read from, where the caller says so for this table alone.
    pub(super) zone: Option<TimeZone>,
}

/// What one row says.
pub(super) struct Line {
    pub(super) body: Body,
    pub(super) row: SourceRow,
    pub(super) flags: Vec<String>,
}

impl Line {
    /// A line that began at `placed`. `baby` is what tells babies apart in this app.
    pub(super) fn new(row: &Row<'_>, placed: &Placed, body: Body, baby: Option<&str>) -> Self {
        let digest = digest::of(&body, placed.written, baby);
        let row =
            SourceRow { row: row.number, table: 0, digest, also: Vec::new(), row_id: None, alone: None };
        Self { body, row, flags: placed.oddity.map(|o| o.what().to_owned()).into_iter().collect() }
    }

    /// A line that lasted. `body` is told the length: in real time to keep it, by the hands of the clock for the digest,
    /// which must not depend on the zone.
    pub(super) fn lasting(
        row: &Row<'_>,
        placed: &Placed,
        lasted: Lasted,
        baby: Option<&str>,
        body: impl Fn(Option<f64>) -> Body,
    ) -> Self {
        let mut line = Self::new(row, placed, body(lasted.written), baby);
        line.body = body(lasted.real);
        line.flags.extend(lasted.flag);
        line
    }
}

impl From<Line> for Draft {
    fn from(line: Line) -> Self {
        Self { body: line.body, rows: vec![line.row] }
    }
}

/// A nursing of which one length is known. One side takes the whole length; of two sides only the length together is known.
pub(super) fn with_sides(nurse: Nurse, sides: &[Side], minutes: Option<f64>) -> Nurse {
    let alone = minutes.filter(|_| sides.len() == 1);
    let stints = sides.iter().map(|side| Stint::of(*side, alone)).collect();
    Nurse { minutes: minutes.filter(|_| sides.len() != 1), stints, ..nurse }
}

/// A table of a known app that holds nothing of ours.
pub(super) struct NotOurs {
    columns: Columns,
    reason: String,
}

impl NotOurs {
    pub(super) fn new(what: &str, columns: Columns) -> Self {
        Self { columns, reason: format!("not ours: {what}") }
    }
}

impl Table for NotOurs {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn not_ours(&self, _row: &Row<'_>) -> Option<String> {
        Some(self.reason.clone())
    }

    fn line(&self, _row: &Row<'_>, _settled: &Settled) -> Result<Line, String> {
        Err(self.reason.clone())
    }
}
