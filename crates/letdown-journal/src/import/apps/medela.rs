//! Medela Family: a CSV of pump sessions. **Not tested on a real file.** All that is known are positions, from a script
//! that draws such exports: a header, the date in the first column (day-month-year), the volume in the fifth, newest
//! first. Nothing in that tells it from another table, so it is read only when it is asked for by name.
//!
//! Where the clock time stands is not known: it is the first other column that holds clock times and nothing else.

use crate::import::{
    Answers, ImportError,
    format::{Columns, Format, FormatName, Line, Table},
    header::{TimeColumn, VolumeColumn},
    settled::Settled,
    sheet::{Row, Sheet},
    stamp,
};
use crate::{
    body::{Body, Pump},
    volume::Output,
};

/// The app.
pub(super) struct Medela;

pub(super) const NAME: FormatName = FormatName::new("medela");

const DATE: usize = 0;
const VOLUME: usize = 4;

impl Format for Medela {
    fn name(&self) -> FormatName {
        NAME
    }

    fn open(&self, sheet: &Sheet<'_>, answers: &Answers) -> Result<Option<Box<dyn Table>>, ImportError> {
        if answers.format != Some(NAME) || sheet.header().width() <= VOLUME {
            return Ok(None);
        }
        let start = match clock(sheet)? {
            Some(time) => TimeColumn { date: Some(DATE), time },
            None => TimeColumn { date: None, time: DATE },
        };
        let volume = sheet.header().volume_at(VOLUME);
        let columns = Columns { times: vec![start], volumes: vec![volume], ..Columns::default() };
        Ok(Some(Box::new(Sessions { start, volume, columns })))
    }
}

/// The column of the clock times at which sessions began.
fn clock(sheet: &Sheet<'_>) -> Result<Option<usize>, ImportError> {
    let ends = |name: &str| name.contains("end");
    let names = sheet.header().names().enumerate();
    let mut columns: Vec<(usize, bool)> = names
        .filter(|(at, name)| ![DATE, VOLUME].contains(at) && !ends(name))
        .map(|(at, _)| (at, false))
        .collect();
    sheet.each_row(|row| {
        columns.retain_mut(|(at, seen)| {
            let cell = row.cell(Some(*at));
            *seen |= !cell.is_empty();
            cell.is_empty() || stamp::clock_alone(cell).is_some()
        });
        Ok(())
    })?;
    Ok(columns.into_iter().find(|(_, seen)| *seen).map(|(at, _)| at))
}

struct Sessions {
    start: TimeColumn,
    volume: VolumeColumn,
    columns: Columns,
}

impl Table for Sessions {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn line(&self, row: &Row<'_>, settled: &Settled) -> Result<Line, String> {
        let start = settled.time(&self.start.text(row))?;
        let Some(total) = settled.volume(row, Some(self.volume))? else {
            return Err("there is no amount in the fifth column; it may be no pump session".to_owned());
        };
        let pump = Pump { total: Some(Output(total)), ..Pump::at(start.at.clone()) };
        Ok(Line::new(row, &start, Body::Pump(pump), None))
    }
}
