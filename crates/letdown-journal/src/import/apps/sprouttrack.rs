//! Sprout Track: the activity log of one baby, as CSV or as a workbook.
//!
//! Whatever the phone's language, days are written month first and clocks with AM and PM; the names of columns and
//! activities follow the language, and the English ones are read here. The unit of an amount stands in a column of its
//! own. Each breast is a row of its own, and its `Time` may be its end: `Start Time` says when it began. A pump session writes its sides into one cell: `L: 2, R: 1.5, Total: 3.5`.

use crate::import::{
    Answers, DateOrder, Draft, ImportError, cells,
    cells::shown,
    format::{Columns, Format, FormatName, Line, Table, with_sides},
    header::{Header, TimeColumn, VolumeColumn},
    join,
    settled::{Lasted, Placed, Settled},
    sheet::{Row, Sheet},
    stamp,
};
use crate::{
    body::{Body, Bottle, Diaper, Milk, Nurse, Pump, Side, Weight},
    volume::{Intake, Output, Volume, VolumeUnit},
};

/// The app.
pub(super) struct SproutTrack;

pub(super) const NAME: FormatName = FormatName::new("sprouttrack");

impl Format for SproutTrack {
    fn name(&self) -> FormatName {
        NAME
    }

    fn open(&self, sheet: &Sheet<'_>, _answers: &Answers) -> Result<Option<Box<dyn Table>>, ImportError> {
        let header = sheet.header();
        let known = header.has_all(&["date", "time", "activity type", "sub-type", "amount", "details"]);
        if !known {
            return Ok(None);
        }
        let mut log = Log::of(header);
        log.usual_unit = usual_unit(sheet, &log)?;
        Ok(Some(Box::new(log)))
    }
}

/// The unit that all amounts of milk with a unit share. A row without one follows it.
fn usual_unit(sheet: &Sheet<'_>, log: &Log) -> Result<Option<VolumeUnit>, ImportError> {
    let mut seen: Vec<VolumeUnit> = Vec::new();
    sheet.each_row(|row| {
        let is_milk = matches!(Activity::of(row, log), Activity::Bottle | Activity::Pump);
        seen.extend(VolumeUnit::named(row.cell(log.unit)).filter(|unit| is_milk && !seen.contains(unit)));
        Ok(())
    })?;
    Ok(match seen[..] {
        [only] => Some(only),
        _ => None,
    })
}

/// What a row is about.
enum Activity {
    Breast,
    Bottle,
    Pump,
    Diaper,
    Weight,
    Other(String),
}

impl Activity {
    fn of(row: &Row<'_>, log: &Log) -> Self {
        let (kind, sub) = (row.cell(log.kind).to_lowercase(), row.cell(log.sub).to_lowercase());
        match (kind.as_str(), sub.as_str()) {
            ("feed", "breast") => Self::Breast,
            ("feed", "solids") => Self::Other("solid food".to_owned()),
            ("feed", _) => Self::Bottle,
            ("pump", _) => Self::Pump,
            ("diaper", _) => Self::Diaper,
            ("measurement", "weight") => Self::Weight,
            ("milk adjust", _) => Self::Other("a correction of the milk in store".to_owned()),
            ("", _) => Self::Other("a row without an activity".to_owned()),
            ("measurement", other) | (other, _) => Self::Other(other.to_owned()),
        }
    }
}

/// The log, all activities in one table.
struct Log {
    start: TimeColumn,
    began: Option<usize>,
    end: Option<usize>,
    kind: Option<usize>,
    sub: Option<usize>,
    duration: Option<usize>,
    amount: Option<VolumeColumn>,
    unit: Option<usize>,
    details: Option<usize>,
    usual_unit: Option<VolumeUnit>,
    columns: Columns,
}

impl Log {
    fn of(header: &Header) -> Self {
        let start = TimeColumn { date: header.find("date"), time: header.find("time").unwrap_or_default() };
        let unit = header.find("unit");
        Self {
            start,
            began: header.find("start time"),
            end: header.find("end time"),
            kind: header.find("activity type"),
            sub: header.find("sub-type"),
            duration: header.find("duration"),
            amount: header.volume("amount"),
            unit,
            details: header.find("details"),
            usual_unit: None,
            columns: Columns {
                times: vec![start],
                note: header.find("notes"),
                date_order: Some(DateOrder::Mdy),
                ..Columns::default()
            },
        }
    }

    fn start(&self, row: &Row<'_>, settled: &Settled) -> Result<Placed, String> {
        let logged = settled.time(&self.start.text(row))?;
        Ok(stamp::clock_alone(row.cell(self.began)).map_or(logged.clone(), |began| logged.nearest(began)))
    }

    fn note(&self, row: &Row<'_>) -> Option<String> {
        row.note(self.columns.note)
    }

    /// The length as written, else until the end.
    fn lasted(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Lasted, String> {
        match cells::minutes(row.cell(self.duration))? {
            Some(minutes) => Ok(Lasted::minutes(minutes)),
            None => settled.lasted(start, row.cell(self.end)),
        }
    }

    /// An amount of milk, in the unit of its row, else in the one that all others share.
    fn volume(&self, row: &Row<'_>, settled: &Settled, text: &str) -> Result<Option<Volume>, String> {
        let Some((value, in_cell)) = cells::amount(text.trim())? else { return Ok(None) };
        let word = row.cell(self.unit);
        let in_row = VolumeUnit::named(word);
        if in_row.is_none() && !word.is_empty() {
            return Err(format!("the unit {} is not one I know for milk; I know ml and oz", shown(word)));
        }
        let unit = in_cell.or(in_row).or(self.usual_unit).or(settled.unit);
        let unit = unit.ok_or("the amount has no unit; say --unit ml or --unit oz")?;
        Volume::typed(value, unit).map(Some).map_err(|e| e.to_string())
    }

    fn amount<'r>(&self, row: &Row<'r>) -> &'r str {
        row.cell(self.amount.map(|amount| amount.at))
    }

    fn breast(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Line, String> {
        let details = row.cell(self.details).to_lowercase();
        let side = details.split(';').find_map(|part| part.trim().strip_prefix("side:"));
        let sides: &[Side] = match side.map(str::trim) {
            Some("left") => &[Side::Left],
            Some("right") => &[Side::Right],
            Some(other) => return Err(format!("the side {} is neither left nor right", shown(other))),
            None => &[],
        };
        let drunk = self.volume(row, settled, self.amount(row))?.filter(|volume| volume.as_ml() > 0.0);
        let nurse = Nurse { intake: drunk.map(Intake), note: self.note(row), ..Nurse::at(start.at.clone()) };
        let lasted = self.lasted(row, settled, start)?;
        let body = |minutes| Body::Nurse(with_sides(nurse.clone(), sides, minutes));
        Ok(Line::lasting(row, start, lasted, None, body))
    }

    fn bottle(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Line, String> {
        let sub = row.cell(self.sub);
        let (milk, mixed) = match sub.to_lowercase().as_str() {
            "breast milk" => (Milk::Expressed, false),
            "formula" => (Milk::Formula, false),
            "formula\\breast" | "formula/breast" => (Milk::Unknown, true),
            _ => (Milk::Unknown, false),
        };
        let parts = [row.text(self.details).filter(|_| mixed), self.note(row)];
        let notes: Vec<String> = parts.into_iter().flatten().collect();
        let bottle = Bottle {
            intake: self.volume(row, settled, self.amount(row))?.map(Intake),
            note: (!notes.is_empty()).then(|| notes.join("\n")),
            ..Bottle::at(start.at.clone(), milk)
        };
        let lasted = self.lasted(row, settled, start)?;
        let mut line = Line::lasting(row, start, lasted, None, |minutes| {
            Body::Bottle(Bottle { minutes, ..bottle.clone() })
        });
        if mixed {
            let what = "this bottle held breast milk and formula; how much of each stands in its note";
            line.flags.push(what.to_owned());
        }
        Ok(line)
    }

    fn pump(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Line, String> {
        let mut pump = Pump { note: self.note(row), ..Pump::at(start.at.clone()) };
        for part in self.amount(row).split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once(':').unwrap_or(("total", part));
            let output = self.volume(row, settled, value)?.map(Output);
            match name.trim().to_lowercase().as_str() {
                "l" => pump.left = output,
                "r" => pump.right = output,
                "total" => pump.total = output,
                _ => return Err(format!("{} is not an amount I can read", shown(part))),
            }
        }
        let lasted = self.lasted(row, settled, start)?;
        Ok(Line::lasting(row, start, lasted, None, |minutes| Body::Pump(Pump { minutes, ..pump.clone() })))
    }

    fn diaper(&self, row: &Row<'_>, start: &Placed) -> Result<Line, String> {
        let sub = row.cell(self.sub);
        let (wet, soiled) = match sub.to_lowercase().as_str() {
            "wet" => (true, false),
            "dirty" => (false, true),
            "both" => (true, true),
            _ => return Err(format!("the diaper {} is not one I know", shown(sub))),
        };
        let diaper = Diaper { note: self.note(row), ..Diaper::at(start.at.clone(), wet, soiled) };
        Ok(Line::new(row, start, Body::Diaper(diaper), None))
    }

    fn weight(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Line, String> {
        let (amount, unit) = (self.amount(row), row.cell(self.unit));
        let (weight_g, typed) = match cells::number(amount).filter(|_| unit.eq_ignore_ascii_case("oz")) {
            Some(oz) => settled.grams(&format!("{} lb", oz / 16.0), None)?,
            None => settled.grams(format!("{amount} {unit}").trim(), None)?,
        };
        let weight = Weight { typed, note: self.note(row), ..Weight::at(start.at.clone(), weight_g) };
        Ok(Line::new(row, start, Body::Weight(weight), None))
    }
}

impl Table for Log {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn not_ours(&self, row: &Row<'_>) -> Option<String> {
        match Activity::of(row, self) {
            Activity::Other(what) => Some(format!("not ours: {}", cells::shortened(&what, 60))),
            _ => None,
        }
    }

    fn line(&self, row: &Row<'_>, settled: &Settled) -> Result<Line, String> {
        let start = self.start(row, settled)?;
        match Activity::of(row, self) {
            Activity::Breast => self.breast(row, settled, &start),
            Activity::Bottle => self.bottle(row, settled, &start),
            Activity::Pump => self.pump(row, settled, &start),
            Activity::Diaper => self.diaper(row, &start),
            Activity::Weight => self.weight(row, settled, &start),
            Activity::Other(what) => Err(format!("not ours: {what}")),
        }
    }

    fn join(&self, lines: Vec<Line>) -> Vec<Draft> {
        join::nursings_that_overlap(lines)
    }
}
