//! Any table at all, once the caller has said what its columns mean.

use super::{
    Answers, ColumnMap, ImportError, cells,
    cells::shown,
    column_map::Kind,
    error::Problem,
    format::{Columns, Format, FormatName, Line, Table, with_sides},
    header::{Header, TimeColumn, VolumeColumn},
    settled::{Lasted, Placed, Settled},
    sheet::{Row, Sheet},
};
use crate::{
    body::{Body, Bottle, Diaper, Nurse, Pump, Side, Weight},
    volume::{Intake, Output},
};

/// A table of nobody's in particular.
pub(super) struct Generic;

pub(super) const NAME: FormatName = FormatName::new("generic");

impl Format for Generic {
    fn name(&self) -> FormatName {
        NAME
    }

    fn open(&self, sheet: &Sheet<'_>, answers: &Answers) -> Result<Option<Box<dyn Table>>, ImportError> {
        let header = sheet.header();
        let Some(map) = &answers.map else { return Ok(None) };
        Mapped::of(&Finder { header, file: sheet.name(), map }).map(|table| Some(Box::new(table) as _))
    }
}

/// Finds the columns that a map names.
struct Finder<'a> {
    header: &'a Header,
    file: &'a str,
    map: &'a ColumnMap,
}

impl Finder<'_> {
    fn column(&self, key: &'static str) -> Result<Option<usize>, ImportError> {
        let Some(wanted) = self.map.column(key) else { return Ok(None) };
        let found = self.header.find_written(wanted);
        found.map(Some).ok_or_else(|| {
            let (file, columns) = (self.file.to_owned(), self.header.list());
            Problem::MissingColumn { file, key, wanted: wanted.to_owned(), columns }.into()
        })
    }

    fn volume(&self, key: &'static str) -> Result<Option<VolumeColumn>, ImportError> {
        let column = self.column(key)?.map(|at| self.header.volume_at(at));
        Ok(column.map(|c| VolumeColumn { unit: c.unit.or(self.map.unit), ..c }))
    }

    fn time(&self) -> Result<TimeColumn, ImportError> {
        let time = self.column("time")?.ok_or(Problem::MapNeeds { what: "which column holds the time" })?;
        Ok(TimeColumn { date: self.column("date")?, time })
    }
}

/// A mapped table.
struct Mapped {
    map: ColumnMap,
    time: TimeColumn,
    end: Option<usize>,
    minutes: Option<usize>,
    left: Option<VolumeColumn>,
    right: Option<VolumeColumn>,
    total: Option<VolumeColumn>,
    weight: Option<usize>,
    wet: Option<usize>,
    soiled: Option<usize>,
    side: Option<usize>,
    baby: Option<usize>,
    columns: Columns,
}

impl Mapped {
    fn of(find: &Finder<'_>) -> Result<Self, ImportError> {
        let (left, right) = (find.volume("left")?, find.volume("right")?);
        let total = find.volume("volume")?.or(find.volume("total")?);
        let mut table = Self {
            map: find.map.clone(),
            time: find.time()?,
            end: find.column("end")?,
            minutes: find.column("minutes")?,
            left,
            right,
            total,
            weight: find.column("weight")?,
            wet: find.column("wet")?,
            soiled: find.column("soiled")?,
            side: find.column("side")?,
            baby: find.column("baby")?.filter(|_| find.map.kind != Kind::Pump),
            columns: Columns::default(),
        };
        table.columns = Columns { note: find.column("note")?, ..table.surveyed() };
        Ok(table)
    }

    /// Where the survey has to look, for this kind of row.
    fn surveyed(&self) -> Columns {
        let volumes = match self.map.kind {
            Kind::Pump => vec![self.left, self.right, self.total],
            Kind::Bottle => vec![self.total],
            Kind::Nurse | Kind::Weight | Kind::Diaper => Vec::new(),
        };
        let mut times = vec![self.time];
        times.extend(self.end.map(|time| TimeColumn { date: None, time }));
        Columns {
            times,
            volumes: volumes.into_iter().flatten().collect(),
            weight: self.weight.filter(|_| self.map.kind == Kind::Weight && self.map.weight_unit.is_none()),
            ..Columns::default()
        }
    }

    fn lasted(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Lasted, String> {
        match cells::minutes(row.cell(self.minutes))? {
            Some(minutes) => Ok(Lasted::minutes(minutes)),
            None => settled.lasted(start, row.cell(self.end)),
        }
    }

    fn body(
        &self,
        row: &Row<'_>,
        settled: &Settled,
        start: &Placed,
        minutes: Option<f64>,
    ) -> Result<Body, String> {
        let (at, note, baby) = (start.at.clone(), row.note(self.columns.note), row.text(self.baby));
        Ok(match self.map.kind {
            Kind::Pump => Body::Pump(Pump { note, ..self.pump(row, settled, start, minutes)? }),
            Kind::Nurse => {
                let nurse = Nurse { baby, note, ..Nurse::at(at) };
                Body::Nurse(with_sides(nurse, sides(row.cell(self.side))?, minutes))
            }
            Kind::Bottle => {
                let intake = settled.volume(row, self.total)?.map(Intake);
                Body::Bottle(Bottle { minutes, intake, baby, note, ..Bottle::at(at, self.map.milk.clone()) })
            }
            Kind::Weight => {
                let (weight_g, typed) = settled.grams(row.cell(self.weight), self.map.weight_unit)?;
                Body::Weight(Weight { typed, baby, note, ..Weight::at(at, weight_g) })
            }
            Kind::Diaper => {
                let (wet, soiled) = (cells::yes(row.cell(self.wet))?, cells::yes(row.cell(self.soiled))?);
                Body::Diaper(Diaper { baby, note, ..Diaper::at(at, wet, soiled) })
            }
        })
    }

    /// A pump session; a row that names one side gives its volume and its length to that side.
    fn pump(
        &self,
        row: &Row<'_>,
        settled: &Settled,
        start: &Placed,
        minutes: Option<f64>,
    ) -> Result<Pump, String> {
        let output = |column| Ok::<_, String>(settled.volume(row, column)?.map(Output));
        let (left, right, whole) = (output(self.left)?, output(self.right)?, output(self.total)?);
        let bare = Pump { left, right, ..Pump::at(start.at.clone()) };
        Ok(match sides(row.cell(self.side))? {
            [Side::Left] if self.left.is_none() => Pump { left: whole, left_minutes: minutes, ..bare },
            [Side::Right] if self.right.is_none() => Pump { right: whole, right_minutes: minutes, ..bare },
            _ => Pump { total: whole, minutes, ..bare },
        })
    }
}

impl Table for Mapped {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn line(&self, row: &Row<'_>, settled: &Settled) -> Result<Line, String> {
        let text = self.time.text(row);
        let in_days = self.map.kind == Kind::Weight;
        let start = if in_days { settled.date(&text)? } else { settled.time(&text)? };
        let lasted = self.lasted(row, settled, &start)?;
        let written = self.body(row, settled, &start, lasted.written)?;
        let mut line = Line::new(row, &start, written, row.text(self.baby).as_deref());
        line.body = self.body(row, settled, &start, lasted.real)?;
        line.flags.extend(lasted.flag);
        Ok(line)
    }
}

/// The sides a cell names; none when it is empty.
fn sides(word: &str) -> Result<&'static [Side], String> {
    match word.to_lowercase().as_str() {
        "" => Ok(&[]),
        "l" | "left" => Ok(&[Side::Left]),
        "r" | "right" => Ok(&[Side::Right]),
        "b" | "both" => Ok(&[Side::Left, Side::Right]),
        _ => Err(format!("the side {} is neither left nor right nor both", shown(word))),
    }
}
