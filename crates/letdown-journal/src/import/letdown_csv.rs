//! Our own simple CSV of pump sessions, as `letdown simulate-log --csv` writes it.
//!
//! `start,minutes,left_ml,right_ml,total_ml,note`, in any order; `start` and at least one of the others.

use super::{
    Answers, ImportError, cells,
    format::{Columns, Format, FormatName, Line, Table},
    header::{Header, TimeColumn, VolumeColumn},
    settled::Settled,
    sheet::{Row, Sheet},
};
use crate::{
    body::{Body, Pump},
    volume::{Output, VolumeUnit},
};

/// Our own CSV.
pub(super) struct LetdownCsv;

pub(super) const NAME: FormatName = FormatName::new("letdown");

const COLUMNS: [&str; 6] = ["start", "minutes", "left_ml", "right_ml", "total_ml", "note"];

impl Format for LetdownCsv {
    fn name(&self) -> FormatName {
        NAME
    }

    fn open(&self, sheet: &Sheet<'_>, _answers: &Answers) -> Result<Option<Box<dyn Table>>, ImportError> {
        let header = sheet.header();
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
        let body = Body::Pump(Pump {
            minutes: cells::minutes(row.cell(self.minutes))?,
            left: output(self.left)?,
            right: output(self.right)?,
            total: output(self.total)?,
            note: row.note(self.columns.note),
            ..Pump::at(start.at.clone())
        });
        Ok(Line::new(row, &start, body, None))
    }
}
