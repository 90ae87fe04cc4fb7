//! Baby Tracker (Nighp): a ZIP of one CSV per activity, and one `pump.csv` per account, which has no baby in it.
//!
//! Seen: 2017 (`Time,Amount,Note`, units in the cells, no cell where there is no note), 2022 (sides, lengths such as
//! `"10 min"`), 2023 and later (units in the header), 2026 (24-hour clock). The phone's language decides the order of
//! day and month, and whether amounts are mL or oz.
//!
//! Milk *fed* and milk *pumped* are two tables. Expressed milk and formula share one header; there, and only there, the
//! file's name tells which it is.

use crate::import::{
    Answers, ImportError, SourceRow, cells, digest,
    format::{Columns, Format, FormatName, Line, NotOurs, Table},
    header::{Header, TimeColumn, VolumeColumn},
    settled::{Placed, Settled},
    sheet::{Row, Sheet},
};
use crate::{
    body::{Body, Bottle, Diaper, Milk, Nurse, Pump, Side, Stint},
    volume::{Intake, Output},
};

/// The app.
pub(super) struct Nighp;

pub(super) const NAME: FormatName = FormatName::new("nighp");

impl Format for Nighp {
    fn name(&self) -> FormatName {
        NAME
    }

    fn open(&self, sheet: &Sheet<'_>, _answers: &Answers) -> Result<Option<Box<dyn Table>>, ImportError> {
        let header = sheet.header();
        Ok(header
            .time("time")
            .filter(|_| header.has("note"))
            .and_then(|time| table(header, time, sheet.name())))
    }
}

fn table(header: &Header, time: TimeColumn, file: &str) -> Option<Box<dyn Table>> {
    let common = Common::of(header, time);
    let lengths = header.has_any(&["left duration", "right duration"]);
    let amounts = header.has_any(&["left amount", "right amount", "total amount"]);
    if common.baby.is_none() {
        let pump = amounts || lengths || header.has_only(&["time", "amount", "note"]);
        return pump.then(|| Box::new(PumpTable::of(header, common)) as _);
    }
    Some(match header.find("status") {
        _ if amounts => Box::new(PumpTable::of(header, common)),
        _ if lengths => Box::new(NursingTable { common, sides: Sides::of(header) }),
        _ if header.has("amount") && header.has_only(&["baby", "time", "amount", "note"]) => {
            Box::new(BottleTable::of(header, common, milk(file)))
        }
        Some(status) => Box::new(DiaperTable { common, status }),
        None => Box::new(NotOurs::new(&activity(header), common.columns)),
    })
}

/// Which milk a bottle table holds, by the name the app gives the file.
fn milk(file: &str) -> Milk {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file).to_lowercase();
    if name.contains("formula") {
        Milk::Formula
    } else if name.contains("express") || name.contains("pumped") {
        Milk::Expressed
    } else {
        Milk::Unknown
    }
}

/// What another table is about: the column behind the time says it, except for sleep, which only has a length.
fn activity(header: &Header) -> String {
    let subject =
        header.names().find(|name| !["", "baby", "time", "note"].contains(name)).unwrap_or("a note");
    if subject == "duration" { "sleep" } else { subject }.to_owned()
}

/// What every table has.
struct Common {
    time: TimeColumn,
    baby: Option<usize>,
    columns: Columns,
}

impl Common {
    fn of(header: &Header, time: TimeColumn) -> Self {
        let columns = Columns { times: vec![time], note: header.find("note"), ..Columns::default() };
        Self { time, baby: header.find("baby"), columns }
    }

    fn start(&self, row: &Row<'_>, settled: &Settled) -> Result<Placed, String> {
        settled.time(&self.time.text(row))
    }

    fn note(&self, row: &Row<'_>) -> Option<String> {
        row.note(self.columns.note)
    }

    fn line(&self, row: &Row<'_>, start: &Placed, body: Body) -> Line {
        Line::new(row, start, body, row.text(self.baby).as_deref())
    }
}

/// The lengths per side and in total, and the side that came first.
struct Sides {
    first: Option<usize>,
    left: Option<usize>,
    right: Option<usize>,
    total: Option<usize>,
}

struct Lengths {
    first: Option<Side>,
    left: Option<f64>,
    right: Option<f64>,
    total: Option<f64>,
}

impl Sides {
    fn of(header: &Header) -> Self {
        Self {
            first: header.find("start side"),
            left: header.find("left duration"),
            right: header.find("right duration"),
            total: header.find("total duration").or_else(|| header.find("total")),
        }
    }

    fn read(&self, row: &Row<'_>) -> Result<Lengths, String> {
        let minutes = |at| cells::minutes(row.cell(at));
        Ok(Lengths {
            first: side(row.cell(self.first)),
            left: minutes(self.left)?,
            right: minutes(self.right)?,
            total: minutes(self.total)?,
        })
    }
}

fn side(word: &str) -> Option<Side> {
    match word.to_lowercase().as_str() {
        "left" | "l" => Some(Side::Left),
        "right" | "r" => Some(Side::Right),
        _ => None,
    }
}

impl Lengths {
    /// The total, when it says more than the sum of the sides that the app puts there.
    fn own_total(&self) -> Option<f64> {
        let sides: Vec<f64> = [self.left, self.right].into_iter().flatten().collect();
        self.total.filter(|total| sides.is_empty() || (total - sides.iter().sum::<f64>()).abs() > 0.01)
    }

    /// How long a pump session ran. Where a side came first, one followed the other and the sum is its length; where
    /// none did, both ran together and the sum is arithmetic.
    fn of_session(&self) -> Option<f64> {
        let in_turn = self.first.is_some() && self.left.is_some() && self.right.is_some();
        if in_turn { self.total } else { self.own_total() }
    }

    fn stints(&self) -> Vec<Stint> {
        let (left, right) = ((Side::Left, self.left), (Side::Right, self.right));
        let in_order = if self.first == Some(Side::Right) { [right, left] } else { [left, right] };
        let stints: Vec<Stint> = in_order
            .into_iter()
            .filter(|(_, minutes)| minutes.is_some())
            .map(|(side, minutes)| Stint::of(side, minutes))
            .collect();
        match self.first.filter(|_| stints.is_empty()) {
            Some(side) => vec![Stint::of(side, None)],
            None => stints,
        }
    }
}

/// `pump.csv`: milk expressed now.
struct PumpTable {
    common: Common,
    sides: Sides,
    left: Option<VolumeColumn>,
    right: Option<VolumeColumn>,
    total: Option<VolumeColumn>,
}

impl PumpTable {
    fn of(header: &Header, mut common: Common) -> Self {
        let (left, right) = (header.volume("left amount"), header.volume("right amount"));
        let total = header.volume("total amount").or_else(|| header.volume("amount"));
        common.columns.volumes = [left, right, total].into_iter().flatten().collect();
        Self { common, sides: Sides::of(header), left, right, total }
    }
}

impl Table for PumpTable {
    fn columns(&self) -> &Columns {
        &self.common.columns
    }

    fn line(&self, row: &Row<'_>, settled: &Settled) -> Result<Line, String> {
        let start = self.common.start(row, settled)?;
        let lengths = self.sides.read(row)?;
        let output = |column| Ok::<_, String>(settled.volume(row, column)?.map(Output));
        let body = Body::Pump(Pump {
            minutes: lengths.of_session(),
            left_minutes: lengths.left,
            right_minutes: lengths.right,
            left: output(self.left)?,
            right: output(self.right)?,
            total: output(self.total)?,
            note: self.common.note(row),
            ..Pump::at(start.at.clone())
        });
        Ok(self.common.line(row, &start, body))
    }
}

struct NursingTable {
    common: Common,
    sides: Sides,
}

impl Table for NursingTable {
    fn columns(&self) -> &Columns {
        &self.common.columns
    }

    fn line(&self, row: &Row<'_>, settled: &Settled) -> Result<Line, String> {
        let start = self.common.start(row, settled)?;
        let lengths = self.sides.read(row)?;
        let body = Body::Nurse(Nurse {
            minutes: lengths.own_total(),
            stints: lengths.stints(),
            baby: row.text(self.common.baby),
            note: self.common.note(row),
            ..Nurse::at(start.at.clone())
        });
        Ok(self.common.line(row, &start, body))
    }
}

/// Milk a baby drank: expressed, formula, or a bottle whose file does not say.
struct BottleTable {
    common: Common,
    amount: Option<VolumeColumn>,
    milk: Milk,
}

impl BottleTable {
    fn of(header: &Header, mut common: Common, milk: Milk) -> Self {
        let amount = header.volume("amount");
        common.columns.volumes = amount.into_iter().collect();
        Self { common, amount, milk }
    }
}

/// A file renamed in between must not come in twice: a bottle of unsaid milk may be known as either milk, and one of
/// either milk as unsaid.
fn also(bottle: &Bottle, start: &Placed) -> Vec<String> {
    let others = match bottle.milk {
        Milk::Unknown => vec![Milk::Expressed, Milk::Formula],
        _ => vec![Milk::Unknown],
    };
    let named = |milk| Body::Bottle(Bottle { milk, ..bottle.clone() });
    others.into_iter().map(|m| digest::of(&named(m), start.written, bottle.baby.as_deref())).collect()
}

impl Table for BottleTable {
    fn columns(&self) -> &Columns {
        &self.common.columns
    }

    fn line(&self, row: &Row<'_>, settled: &Settled) -> Result<Line, String> {
        let start = self.common.start(row, settled)?;
        let bottle = Bottle {
            intake: settled.volume(row, self.amount)?.map(Intake),
            baby: row.text(self.common.baby),
            note: self.common.note(row),
            ..Bottle::at(start.at.clone(), self.milk.clone())
        };
        let also = also(&bottle, &start);
        let line = self.common.line(row, &start, Body::Bottle(bottle));
        Ok(Line { row: SourceRow { also, ..line.row }, ..line })
    }
}

struct DiaperTable {
    common: Common,
    status: usize,
}

impl Table for DiaperTable {
    fn columns(&self) -> &Columns {
        &self.common.columns
    }

    fn line(&self, row: &Row<'_>, settled: &Settled) -> Result<Line, String> {
        let start = self.common.start(row, settled)?;
        let status = row.cell(Some(self.status));
        let (wet, soiled) = match status.to_lowercase().as_str() {
            "wet" => (true, false),
            "dirty" => (false, true),
            "mixed" => (true, true),
            "dry" => (false, false),
            _ => return Err(format!("the status {} is not one I know", cells::shown(status))),
        };
        let body = Body::Diaper(Diaper {
            baby: row.text(self.common.baby),
            note: self.common.note(row),
            ..Diaper::at(start.at.clone(), wet, soiled)
        });
        Ok(self.common.line(row, &start, body))
    }
}
