//! `PiyoLog`: the text of a day or a month, in Japanese or in English.
//!
//! Days stand between lines of dashes: the date, the baby with its age, one line per event, the totals of the day, and
//! perhaps a diary, in which anything may be written. Older texts put one space between the parts of an event, newer
//! ones three, and a clock of twelve hours where the phone shows one. The events become one table here; a row has the
//! number of its line.
//!
//! 搾乳 is milk pumped, 搾母乳 is expressed milk fed.

mod event;
mod text;

use crate::import::{
    Answers, ImportError,
    cells::shown,
    format::{Columns, Format, FormatName, Line, Table},
    header::{TimeColumn, VolumeColumn},
    settled::{Placed, Settled},
    sheet::{Row, Sheet},
    source::Listed,
};
use crate::{
    body::{Body, Bottle, Diaper, Milk, Nurse, Pump, Weight},
    volume::{Intake, Output},
};
use event::What;

/// The app.
pub(super) struct PiyoLog;

pub(super) const NAME: FormatName = FormatName::new("piyolog");

impl Format for PiyoLog {
    fn name(&self) -> FormatName {
        NAME
    }

    fn unfold(&self, text: &str) -> Option<Vec<Listed>> {
        text::table(text).map(|table| vec![table])
    }

    fn open(&self, sheet: &Sheet<'_>, _answers: &Answers) -> Result<Option<Box<dyn Table>>, ImportError> {
        Ok((sheet.format() == Some(NAME)).then(|| Box::new(Events::of(sheet)) as _))
    }
}

/// The events of all days.
struct Events {
    time: TimeColumn,
    what: Option<usize>,
    amount: Option<VolumeColumn>,
    weight: Option<usize>,
    sides: Option<usize>,
    baby: Option<usize>,
    columns: Columns,
}

impl Events {
    fn of(sheet: &Sheet<'_>) -> Self {
        let header = sheet.header();
        let time = TimeColumn { date: header.find("day"), time: header.find("time").unwrap_or_default() };
        let (amount, weight) = (header.volume("amount"), header.find("weight"));
        let columns = Columns {
            times: vec![time],
            volumes: amount.into_iter().collect(),
            weight,
            note: header.find("note"),
            ..Columns::default()
        };
        let find = |name| header.find(name);
        Self { time, what: find("what"), amount, weight, sides: find("sides"), baby: find("baby"), columns }
    }

    fn nurse(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Line, String> {
        let nurse = Nurse {
            stints: event::stints(row.cell(self.sides))?,
            intake: settled.drunk(row, self.amount)?,
            baby: row.text(self.baby),
            note: row.note(self.columns.note),
            ..Nurse::at(start.at.clone())
        };
        Ok(self.line(row, start, Body::Nurse(nurse)))
    }

    fn bottle(&self, row: &Row<'_>, settled: &Settled, start: &Placed, milk: Milk) -> Result<Body, String> {
        Ok(Body::Bottle(Bottle {
            intake: settled.volume(row, self.amount)?.map(Intake),
            baby: row.text(self.baby),
            note: row.note(self.columns.note),
            ..Bottle::at(start.at.clone(), milk)
        }))
    }

    fn pump(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Body, String> {
        Ok(Body::Pump(Pump {
            total: settled.volume(row, self.amount)?.map(Output),
            note: row.note(self.columns.note),
            ..Pump::at(start.at.clone())
        }))
    }

    fn weight(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Body, String> {
        let (weight_g, typed) = settled.grams(row.cell(self.weight), None)?;
        let (baby, note) = (row.text(self.baby), row.note(self.columns.note));
        Ok(Body::Weight(Weight { typed, baby, note, ..Weight::at(start.at.clone(), weight_g) }))
    }

    fn diaper(&self, row: &Row<'_>, start: &Placed, wet: bool) -> Body {
        let (baby, note) = (row.text(self.baby), row.note(self.columns.note));
        Body::Diaper(Diaper { baby, note, ..Diaper::at(start.at.clone(), wet, !wet) })
    }

    fn line(&self, row: &Row<'_>, start: &Placed, body: Body) -> Line {
        let baby = row.text(self.baby).filter(|_| !matches!(body, Body::Pump(_)));
        Line::new(row, start, body, baby.as_deref())
    }
}

impl Table for Events {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn not_ours(&self, row: &Row<'_>) -> Option<String> {
        What::named(row.cell(self.what)).not_ours().map(|what| format!("not ours: {what}"))
    }

    fn line(&self, row: &Row<'_>, settled: &Settled) -> Result<Line, String> {
        if row.cell(self.time.date).is_empty() {
            return Err(format!("{} stands before any day", shown(row.cell(self.what))));
        }
        let start = settled.time(&self.time.text(row))?;
        let body = match What::named(row.cell(self.what)) {
            What::Nursing => return self.nurse(row, settled, &start),
            What::Formula => self.bottle(row, settled, &start, Milk::Formula)?,
            What::ExpressedFed => self.bottle(row, settled, &start, Milk::Expressed)?,
            What::Pumped => self.pump(row, settled, &start)?,
            What::Weight => self.weight(row, settled, &start)?,
            What::Wet => self.diaper(row, &start, true),
            What::Soiled => self.diaper(row, &start, false),
            What::Other(other) => return Err(format!("not ours: {other}")),
        };
        Ok(self.line(row, &start, body))
    }
}
