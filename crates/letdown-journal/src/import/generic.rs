//! Any table at all, once the caller has said what its columns mean.

use super::{
    Answers, ColumnMap, ImportError, WeightUnit, cells,
    cells::shown,
    error::Problem,
    format::{Columns, Format, FormatName, Line, Table, with_sides},
    header::{Header, TimeColumn, VolumeColumn},
    settled::{Lasted, Placed, Settled},
    sheet::{Row, Sheet},
    words::{Called, Kind},
};
use crate::{
    body::{Body, Bottle, Diaper, Milk, Nurse, Pump, Side, Stint, Weight},
    volume::{Intake, Output, Volume, VolumeUnit},
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
    seconds: Option<usize>,
    left_minutes: Option<usize>,
    right_minutes: Option<usize>,
    left: Option<VolumeColumn>,
    right: Option<VolumeColumn>,
    total: Option<VolumeColumn>,
    weight: Option<usize>,
    wet: Option<usize>,
    soiled: Option<usize>,
    side: Option<usize>,
    baby: Option<usize>,
    kind: Option<usize>,
    milk: Option<usize>,
    unit: Option<usize>,
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
            seconds: find.column("seconds")?,
            left_minutes: find.column("left_minutes")?,
            right_minutes: find.column("right_minutes")?,
            left,
            right,
            total,
            weight: find.column("weight")?,
            wet: find.column("wet")?,
            soiled: find.column("soiled")?,
            side: find.column("side")?,
            baby: find.column("baby")?,
            kind: find.column("kind")?,
            milk: find.column("milk")?,
            unit: find.column("unit")?,
            columns: Columns::default(),
        };
        table.columns = Columns { note: find.column("note")?, ..table.surveyed() };
        Ok(table)
    }

    /// Where the survey has to look, for this kind of row. Where a column says the unit, nothing is open.
    fn surveyed(&self) -> Columns {
        let volumes = match self.map.kind {
            _ if self.unit.is_some() => Vec::new(),
            Some(Kind::Pump) | None => vec![self.left, self.right, self.total],
            Some(Kind::Bottle | Kind::Nurse) => vec![self.total],
            Some(Kind::Weight | Kind::Diaper) => Vec::new(),
        };
        let weighed = matches!(self.map.kind, Some(Kind::Weight) | None);
        let mut times = vec![self.time];
        times.extend(self.end.map(|time| TimeColumn { date: None, time }));
        Columns {
            times,
            volumes: volumes.into_iter().flatten().collect(),
            weight: self.weight.filter(|_| weighed && self.unit.is_none() && self.map.weight_unit.is_none()),
            zone: self.map.zone.clone(),
            ..Columns::default()
        }
    }

    fn called(&self, row: &Row<'_>) -> Called {
        match self.map.kind {
            Some(kind) => Called::Ours(kind, None),
            None => self.map.words.kind(row.cell(self.kind)),
        }
    }

    /// Which milk a bottle held, and what to say when its word is not known.
    fn milk(&self, row: &Row<'_>, called: Option<Milk>) -> (Milk, Option<String>) {
        let word = row.cell(self.milk);
        match self.map.words.milk(word).or(called) {
            Some(milk) => (milk, None),
            None if word.is_empty() => (self.map.milk.clone(), None),
            None => {
                let what =
                    format!("the milk {} is not one I know; say word:...=formula or expressed", shown(word));
                (Milk::Unknown, Some(what))
            }
        }
    }

    fn volume(
        &self,
        row: &Row<'_>,
        settled: &Settled,
        column: Option<VolumeColumn>,
    ) -> Result<Option<Volume>, String> {
        let unit = VolumeUnit::named(row.cell(self.unit));
        settled.volume(row, column.map(|column| VolumeColumn { unit: unit.or(column.unit), ..column }))
    }

    fn lasted(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Lasted, String> {
        let seconds = cells::minutes(row.cell(self.seconds))?.map(|seconds| seconds / 60.0);
        match cells::minutes(row.cell(self.minutes))?.or(seconds) {
            Some(minutes) => Ok(Lasted::minutes(minutes)),
            None => settled.lasted(start, &row.moment(self.end)),
        }
    }

    fn body(
        &self,
        row: &Row<'_>,
        settled: &Settled,
        start: &Placed,
        (kind, milk): (Kind, Milk),
        minutes: Option<f64>,
    ) -> Result<Body, String> {
        let (at, note, baby) = (start.at.clone(), row.note(self.columns.note), row.text(self.baby));
        Ok(match kind {
            Kind::Pump => Body::Pump(Pump { note, ..self.pump(row, settled, start, minutes)? }),
            Kind::Nurse => {
                let drunk = self.volume(row, settled, self.total)?.filter(|volume| volume.as_ml() > 0.0);
                let nurse = Nurse { intake: drunk.map(Intake), baby, note, ..Nurse::at(at) };
                Body::Nurse(self.nurse(row, nurse, minutes)?)
            }
            Kind::Bottle => {
                let intake = self.volume(row, settled, self.total)?.map(Intake);
                Body::Bottle(Bottle { minutes, intake, baby, note, ..Bottle::at(at, milk) })
            }
            Kind::Weight => {
                let unit = WeightUnit::named(row.cell(self.unit)).or(self.map.weight_unit);
                let text = row
                    .cell(Some(self.weight.ok_or("no column is named that holds the weight (weight=...)")?));
                let (weight_g, typed) = settled.grams(text, unit)?;
                Body::Weight(Weight { typed, baby, note, ..Weight::at(at, weight_g) })
            }
            Kind::Diaper => {
                let (wet, soiled) = (cells::yes(row.cell(self.wet))?, cells::yes(row.cell(self.soiled))?);
                Body::Diaper(Diaper { baby, note, ..Diaper::at(at, wet, soiled) })
            }
        })
    }

    /// A nursing: the length of each side where it is said, else the length of all.
    fn nurse(&self, row: &Row<'_>, nurse: Nurse, minutes: Option<f64>) -> Result<Nurse, String> {
        let sides = [(Side::Left, self.left_minutes), (Side::Right, self.right_minutes)];
        let mut stints = Vec::new();
        for (side, column) in sides {
            let nursed = cells::minutes(row.cell(column))?.filter(|minutes| *minutes > 0.0);
            stints.extend(nursed.map(|minutes| Stint::of(side, Some(minutes))));
        }
        if stints.is_empty() {
            return Ok(with_sides(nurse, self.map.words.sides(row.cell(self.side))?, minutes));
        }
        Ok(Nurse { minutes, stints, ..nurse })
    }

    /// A pump session; a row that names one side gives its volume and its length to that side.
    fn pump(
        &self,
        row: &Row<'_>,
        settled: &Settled,
        start: &Placed,
        minutes: Option<f64>,
    ) -> Result<Pump, String> {
        let output = |column| Ok::<_, String>(self.volume(row, settled, column)?.map(Output));
        let (left, right, whole) = (output(self.left)?, output(self.right)?, output(self.total)?);
        let left_minutes = cells::minutes(row.cell(self.left_minutes))?;
        let right_minutes = cells::minutes(row.cell(self.right_minutes))?;
        let bare = Pump { left_minutes, right_minutes, left, right, ..Pump::at(start.at.clone()) };
        Ok(match self.map.words.sides(row.cell(self.side))? {
            [Side::Left] if self.left.is_none() => {
                Pump { left: whole, left_minutes: left_minutes.or(minutes), ..bare }
            }
            [Side::Right] if self.right.is_none() => {
                Pump { right: whole, right_minutes: right_minutes.or(minutes), ..bare }
            }
            _ => Pump { total: whole, minutes, ..bare },
        })
    }
}

impl Table for Mapped {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn not_ours(&self, row: &Row<'_>) -> Option<String> {
        let other = self.called(row) == Called::NotOurs;
        other.then(|| format!("not ours: {}", shown(row.cell(self.kind))))
    }

    fn line(&self, row: &Row<'_>, settled: &Settled) -> Result<Line, String> {
        let Called::Ours(kind, milk) = self.called(row) else { return Err(unknown(row.cell(self.kind))) };
        let text = self.time.text(row);
        let in_days = kind == Kind::Weight;
        let start = if in_days { settled.date(&text)? } else { settled.time(&text)? };
        let lasted = self.lasted(row, settled, &start)?;
        let (milk, unsure) = self.milk(row, milk);
        let is = || (kind, milk.clone());
        let baby = row.text(self.baby).filter(|_| kind != Kind::Pump);
        let written = self.body(row, settled, &start, is(), lasted.written)?;
        let mut line = Line::new(row, &start, written, baby.as_deref());
        line.body = self.body(row, settled, &start, is(), lasted.real)?;
        line.flags.extend(lasted.flag);
        line.flags.extend(unsure.filter(|_| kind == Kind::Bottle));
        Ok(line)
    }
}

fn unknown(word: &str) -> String {
    if word.is_empty() {
        return "it does not say what it is".to_owned();
    }
    format!("{} is no kind I know; say word:...=pump (or nurse, bottle, weight, diaper, skip)", shown(word))
}
