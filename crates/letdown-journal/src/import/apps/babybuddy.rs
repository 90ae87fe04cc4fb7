//! Baby Buddy: the CSV or JSON of its admin pages, one file per model, and what its REST API answers.
//!
//! Native times of the admin pages are local, year first; files saved again by a spreadsheet come day first. The API
//! names a child by its number, and every time with its offset. Amounts and weights carry no
//! unit, because the app lets each family choose. Each breast is a row of its own, so two sides that follow each other
//! within [`join::PAUSE_MIN`] become one nursing.

use crate::import::{
    Answers, Draft, ImportError, cells,
    cells::shown,
    format::{Columns, Format, FormatName, Line, NotOurs, Table, with_sides},
    header::{Header, TimeColumn, VolumeColumn},
    join,
    settled::{Lasted, Placed, Settled},
    sheet::{Row, Sheet},
};
use crate::{
    body::{Body, Bottle, Diaper, Milk, Nurse, Pump, Side, Weight},
    volume::{Intake, Output},
};

/// The app.
pub(super) struct BabyBuddy;

pub(super) const NAME: FormatName = FormatName::new("babybuddy");

/// All that a table of pumpings has ever held; an amount elsewhere is something else.
const PUMPING: [&str; 15] = [
    "id",
    "child",
    "child_id",
    "child_first_name",
    "child_last_name",
    "start",
    "end",
    "time",
    "duration",
    "amount",
    "stash_amount",
    "parent",
    "parent_id",
    "notes",
    "tags",
];

impl Format for BabyBuddy {
    fn name(&self) -> FormatName {
        NAME
    }

    fn open(&self, sheet: &Sheet<'_>, _answers: &Answers) -> Result<Option<Box<dyn Table>>, ImportError> {
        let header = sheet.header();
        let exported = header.has_any(&["child_id", "child_first_name"]);
        Ok((exported || is_answer(header)).then(|| table(header)))
    }
}

/// Whether a list comes from the REST API: there a child is a number in `child`, beside what only one model has.
fn is_answer(header: &Header) -> bool {
    let timed = header.has_any(&["start", "time", "date"]);
    let model = header.has_all(&["start", "end", "type", "method"])
        || header.has_all(&["time", "wet", "solid"])
        || header.has_all(&["weight", "date"])
        || TELLS.iter().any(|(column, _)| header.has(column))
        || header.has("amount") && header.has_only(&PUMPING);
    header.has_all(&["id", "child"]) && timed && model
}

fn table(header: &Header) -> Box<dyn Table> {
    let at = ["start", "time", "date"].into_iter().find_map(|name| header.time(name));
    let Some(common) = at.map(|at| Common::of(header, at)) else {
        return Box::new(NotOurs::new(activity(header), Columns::default()));
    };
    if header.has_all(&["start", "end", "type", "method"]) {
        Box::new(FeedingTable::of(header, common))
    } else if header.has("amount") && header.has_only(&PUMPING) {
        Box::new(PumpingTable::of(header, common))
    } else if let Some(weight) = header.find("weight").filter(|_| header.has("date")) {
        Box::new(WeightTable::of(common, weight))
    } else if let (Some(wet), Some(solid)) = (header.find("wet"), header.find("solid")) {
        Box::new(ChangeTable { common, wet, solid })
    } else {
        Box::new(NotOurs::new(activity(header), common.columns))
    }
}

/// What a table of another model is about, by the column only it has.
const TELLS: [(&str, &str); 9] = [
    ("nap", "sleep"),
    ("milestone", "tummy time"),
    ("temperature", "temperature"),
    ("height", "height"),
    ("head_circumference", "head circumference"),
    ("bmi", "BMI"),
    ("dosage", "medicine"),
    ("medication", "medicine"),
    ("note", "a note"),
];

fn activity(header: &Header) -> &'static str {
    TELLS.iter().find(|(column, _)| header.has(column)).map_or("another activity", |(_, what)| what)
}

/// What every table has.
struct Common {
    start: TimeColumn,
    end: Option<usize>,
    id: Option<usize>,
    child: Option<usize>,
    first_name: Option<usize>,
    columns: Columns,
}

impl Common {
    fn of(header: &Header, start: TimeColumn) -> Self {
        let end = header.find("end");
        let mut times = vec![start];
        times.extend(end.map(|time| TimeColumn { date: None, time }));
        let note = header.find("notes").or_else(|| header.find("note"));
        Self {
            start,
            end,
            id: header.find("id"),
            child: header.find("child_id").or_else(|| header.find("child")),
            first_name: header.find("child_first_name"),
            columns: Columns { times, note, ..Columns::default() },
        }
    }

    fn start(&self, row: &Row<'_>, settled: &Settled) -> Result<Placed, String> {
        settled.time(&self.start.text(row))
    }

    /// The number tells children apart in every export, the name only in some.
    fn child(&self, row: &Row<'_>) -> Option<String> {
        row.text(self.child).map(|id| format!("child {id}")).or_else(|| row.text(self.first_name))
    }

    fn baby(&self, row: &Row<'_>) -> Option<String> {
        row.text(self.first_name).or_else(|| self.child(row))
    }

    fn note(&self, row: &Row<'_>) -> Option<String> {
        row.note(self.columns.note)
    }

    fn lasted(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Lasted, String> {
        settled.lasted(start, row.cell(self.end))
    }

    /// A line about a child; about her when there is no child in the body.
    fn line(
        &self,
        row: &Row<'_>,
        start: &Placed,
        lasted: Lasted,
        body: impl Fn(Option<f64>) -> Body,
    ) -> Line {
        let child = self.child(row).filter(|_| !matches!(body(None), Body::Pump(_)));
        let mut line = Line::lasting(row, start, lasted, child.as_deref(), body);
        line.row.row_id = row.text(self.id).filter(|id| id.len() <= 64);
        line
    }
}

struct FeedingTable {
    common: Common,
    kind: Option<usize>,
    method: Option<usize>,
    amount: Option<VolumeColumn>,
}

impl FeedingTable {
    fn of(header: &Header, mut common: Common) -> Self {
        let amount = header.volume("amount");
        common.columns.volumes = amount.into_iter().collect();
        Self { common, kind: header.find("type"), method: header.find("method"), amount }
    }

    fn bottle(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Line, String> {
        let kind = row.cell(self.kind);
        let milk = match kind.to_lowercase().as_str() {
            "breast milk" => Milk::Expressed,
            "fortified breast milk" => Milk::Fortified,
            "formula" => Milk::Formula,
            _ => return Err(format!("the type {} is not one I know", shown(kind))),
        };
        let bottle = Bottle {
            intake: settled.volume(row, self.amount)?.map(Intake),
            baby: self.common.baby(row),
            note: self.common.note(row),
            ..Bottle::at(start.at.clone(), milk)
        };
        let lasted = self.common.lasted(row, settled, start)?;
        Ok(self.common.line(row, start, lasted, |minutes| Body::Bottle(Bottle { minutes, ..bottle.clone() })))
    }

    fn nurse(
        &self,
        row: &Row<'_>,
        settled: &Settled,
        start: &Placed,
        sides: &[Side],
    ) -> Result<Line, String> {
        let nurse = Nurse {
            intake: settled.drunk(row, self.amount)?,
            baby: self.common.baby(row),
            note: self.common.note(row),
            ..Nurse::at(start.at.clone())
        };
        let lasted = self.common.lasted(row, settled, start)?;
        let body = |minutes| Body::Nurse(with_sides(nurse.clone(), sides, minutes));
        Ok(self.common.line(row, start, lasted, body))
    }
}

impl Table for FeedingTable {
    fn columns(&self) -> &Columns {
        &self.common.columns
    }

    fn not_ours(&self, row: &Row<'_>) -> Option<String> {
        row.cell(self.kind).eq_ignore_ascii_case("solid food").then(|| "not ours: solid food".to_owned())
    }

    fn line(&self, row: &Row<'_>, settled: &Settled) -> Result<Line, String> {
        let start = self.common.start(row, settled)?;
        let method = row.cell(self.method);
        match method.to_lowercase().as_str() {
            "left breast" => self.nurse(row, settled, &start, &[Side::Left]),
            "right breast" => self.nurse(row, settled, &start, &[Side::Right]),
            "both breasts" => self.nurse(row, settled, &start, &[Side::Left, Side::Right]),
            "bottle" | "parent fed" | "self fed" => self.bottle(row, settled, &start),
            _ => Err(format!("the method {} is not one I know", shown(method))),
        }
    }

    fn join(&self, lines: Vec<Line>) -> Vec<Draft> {
        join::nursings(lines)
    }
}

/// Pumping: with start and end, or in the old shape with one time.
struct PumpingTable {
    common: Common,
    amount: Option<VolumeColumn>,
}

impl PumpingTable {
    fn of(header: &Header, mut common: Common) -> Self {
        let amount = header.volume("amount");
        common.columns.volumes = amount.into_iter().collect();
        Self { common, amount }
    }
}

impl Table for PumpingTable {
    fn columns(&self) -> &Columns {
        &self.common.columns
    }

    fn line(&self, row: &Row<'_>, settled: &Settled) -> Result<Line, String> {
        let start = self.common.start(row, settled)?;
        let pump = Pump {
            total: settled.volume(row, self.amount)?.map(Output),
            note: self.common.note(row),
            ..Pump::at(start.at.clone())
        };
        let lasted = self.common.lasted(row, settled, &start)?;
        Ok(self.common.line(row, &start, lasted, |minutes| Body::Pump(Pump { minutes, ..pump.clone() })))
    }
}

struct WeightTable {
    common: Common,
    weight: usize,
}

impl WeightTable {
    fn of(mut common: Common, weight: usize) -> Self {
        common.columns.weight = Some(weight);
        Self { common, weight }
    }
}

impl Table for WeightTable {
    fn columns(&self) -> &Columns {
        &self.common.columns
    }

    fn line(&self, row: &Row<'_>, settled: &Settled) -> Result<Line, String> {
        let start = settled.date(&self.common.start.text(row))?;
        let (weight_g, typed) = settled.grams(row.cell(Some(self.weight)), None)?;
        let (baby, note) = (self.common.baby(row), self.common.note(row));
        let weight = Weight { typed, baby, note, ..Weight::at(start.at.clone(), weight_g) };
        Ok(self.common.line(row, &start, Lasted::default(), |_| Body::Weight(weight.clone())))
    }
}

struct ChangeTable {
    common: Common,
    wet: usize,
    solid: usize,
}

impl Table for ChangeTable {
    fn columns(&self) -> &Columns {
        &self.common.columns
    }

    fn line(&self, row: &Row<'_>, settled: &Settled) -> Result<Line, String> {
        let start = self.common.start(row, settled)?;
        let (wet, soiled) = (cells::yes(row.cell(Some(self.wet)))?, cells::yes(row.cell(Some(self.solid)))?);
        let (baby, note) = (self.common.baby(row), self.common.note(row));
        let diaper = Diaper { baby, note, ..Diaper::at(start.at.clone(), wet, soiled) };
        Ok(self.common.line(row, &start, Lasted::default(), |_| Body::Diaper(diaper.clone())))
    }
}
