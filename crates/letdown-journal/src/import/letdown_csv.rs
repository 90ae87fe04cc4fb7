//! Our own simple CSV of pump sessions, as `letdown simulate-log --csv` writes it.
//!
//! `start,minutes,left_ml,right_ml,total_ml,note,simulated`, in any order; `start` and at least one of the others. A row
//! that says it is simulated becomes an entry that says so.

use super::{
    Answers, ImportError, cells,
    format::{Columns, Format, FormatName, Line, Table},
    header::{Header, TimeColumn, VolumeColumn},
    settled::Settled,
    sheet::{Row, Sheet},
};
use crate::{
    body::{Body, Pump, SIMULATED},
    volume::{Output, VolumeUnit},
};

/// The table of all kinds that an export writes; it begins with `kind,start`.
mod all_kinds;

pub(super) use all_kinds::exact_digest;

/// Our own CSV.
pub(super) struct LetdownCsv;

pub(super) const NAME: FormatName = FormatName::new("letdown");

const COLUMNS: [&str; 7] = ["start", "minutes", "left_ml", "right_ml", "total_ml", "note", "simulated"];

impl Format for LetdownCsv {
    fn name(&self) -> FormatName {
        NAME
    }

    fn open(&self, sheet: &Sheet<'_>, answers: &Answers) -> Result<Option<Box<dyn Table>>, ImportError> {
        let header = sheet.header();
        if let Some(table) = all_kinds::Facts::of(header).filter(|_| answers.map.is_none()) {
            return Ok(Some(Box::new(table)));
        }
        let fits = header.has_only(&COLUMNS) && header.has_any(&COLUMNS[1..]);
        Ok(header.time("start").filter(|_| fits).map(|start| Box::new(Sessions::of(header, start)) as _))
    }
}

struct Sessions {
    start: TimeColumn,
    minutes: Option<usize>,
    left: Option<VolumeColumn>,
    right: Option<VolumeColumn>,
    total: Option<VolumeColumn>,
    simulated: Option<usize>,
    columns: Columns,
}

impl Sessions {
    fn of(header: &Header, start: TimeColumn) -> Self {
        let volume =
            |name| header.find(name).map(|at| VolumeColumn { at, unit: Some(VolumeUnit::Ml), unit_at: None });
        Self {
            start,
            minutes: header.find("minutes"),
            left: volume("left_ml"),
            right: volume("right_ml"),
            total: volume("total_ml"),
            simulated: header.find("simulated"),
            columns: Columns { times: vec![start], note: header.find("note"), ..Columns::default() },
        }
    }
}

impl Table for Sessions {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn line(&self, row: &Row<'_>, settled: &Settled) -> Result<Line, String> {
        let start = settled.time(&self.start.text(row))?;
        let output = |column| Ok::<_, String>(settled.volume(row, column)?.map(Output));
        let mut pump = Pump {
            minutes: cells::minutes(row.cell(self.minutes))?,
            left: output(self.left)?,
            right: output(self.right)?,
            total: output(self.total)?,
            note: row.note(self.columns.note),
            ..Pump::at(start.at.clone())
        };
        if cells::yes(row.cell(self.simulated))? {
            pump.extra.insert(SIMULATED.to_owned(), true.into());
        }
        Ok(Line::new(row, &start, Body::Pump(pump), None))
    }
}
