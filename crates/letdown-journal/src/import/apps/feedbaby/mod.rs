//! Feed Baby: one CSV per table, with a space before each name in the older headers.
//!
//! Times are written clock first: `17:50:38 05-29-2014`. A bottle has its amount twice, in ounces and in whole mL; the
//! column `Unit`, where there is one, says which was typed. Each breast and each pumped side may be a row of its own.
//! The length of a feed leaves pauses out, its end does not.

mod feeds;

use crate::import::{
    Answers, Draft, ImportError, cells,
    cells::shown,
    format::{Columns, Format, FormatName, Line, NotOurs, Table},
    header::{Header, TimeColumn, VolumeColumn},
    join,
    settled::{Lasted, Placed, Settled},
    sheet::{Row, Sheet},
};
use crate::{
    body::{Body, Diaper, Pump, Side, Weight},
    volume::Output,
};
use feeds::FeedTable;

/// The app.
pub(super) struct FeedBaby;

pub(super) const NAME: FormatName = FormatName::new("feedbaby");

impl Format for FeedBaby {
    fn name(&self) -> FormatName {
        NAME
    }

    fn open(&self, sheet: &Sheet<'_>, _answers: &Answers) -> Result<Option<Box<dyn Table>>, ImportError> {
        let header = sheet.header();
        if !header.has("id") {
            return Ok(None);
        }
        Ok(match header.find("time") {
            Some(time) if header.has_only(&["id", "time", "type", "notes"]) && header.has("type") => {
                is_clock_first(sheet, time)?.then(|| {
                    Box::new(DiaperTable { common: Common::of(header, "time"), kind: header.find("type") })
                        as _
                })
            }
            _ => table(header),
        })
    }
}

/// The table behind a header that no other app has.
fn table(header: &Header) -> Option<Box<dyn Table>> {
    if header.has_all(&["start time", "feed type", "quantity"]) {
        Some(Box::new(FeedTable::of(header)))
    } else if header.has_all(&["pumping time", "side", "quantity"]) {
        Some(Box::new(PumpingTable::of(header)))
    } else if header.has_all(&["day", "weight"]) && header.has_any(&["height", "head", "weight unit"]) {
        Some(Box::new(GrowthTable::of(header)))
    } else if header.has_all(&["start time", "end time", "feeding history id"]) {
        Some(Box::new(NotOurs::new("a pause; the length of its feed leaves it out", Columns::default())))
    } else if header.has_all(&["start time", "end time", "approximate duration"]) {
        Some(Box::new(NotOurs::new("sleep", Columns::default())))
    } else {
        None
    }
}

/// Whether the first row writes its time as only this app does. Its table of diapers is named too plainly to be known
/// by its header.
fn is_clock_first(sheet: &Sheet<'_>, time: usize) -> Result<bool, ImportError> {
    let mut first = None;
    sheet.each_row(|row| {
        first.get_or_insert_with(|| row.cell(Some(time)).split(' ').next().is_some_and(|w| w.contains(':')));
        Ok(())
    })?;
    Ok(first == Some(true))
}

/// How the app writes a comma in a note.
const COMMA: &str = "<<<COMMA>>>";

/// What every table has.
struct Common {
    start: TimeColumn,
    end: Option<usize>,
    id: Option<usize>,
    columns: Columns,
}

impl Common {
    fn of(header: &Header, start: &str) -> Self {
        let start = TimeColumn { date: None, time: header.find(start).unwrap_or_default() };
        let end = header.find("end time").or_else(|| header.find("finished time"));
        let mut times = vec![start];
        times.extend(end.map(|time| TimeColumn { date: None, time }));
        let columns = Columns { times, note: header.find("notes"), ..Columns::default() };
        Self { start, end, id: header.find("id"), columns }
    }

    fn start(&self, row: &Row<'_>, settled: &Settled) -> Result<Placed, String> {
        settled.time(&self.start.text(row))
    }

    fn note(&self, row: &Row<'_>) -> Option<String> {
        row.note(self.columns.note).map(|note| note.replace(COMMA, ","))
    }

    fn line(
        &self,
        row: &Row<'_>,
        start: &Placed,
        lasted: Lasted,
        body: impl Fn(Option<f64>) -> Body,
    ) -> Line {
        let mut line = Line::lasting(row, start, lasted, None, body);
        line.row.row_id = row.text(self.id).filter(|id| id.len() <= 64);
        line
    }
}

struct PumpingTable {
    common: Common,
    side: Option<usize>,
    quantity: Option<VolumeColumn>,
    duration: Option<usize>,
}

impl PumpingTable {
    fn of(header: &Header) -> Self {
        let mut common = Common::of(header, "pumping time");
        let unit_at = header.find("unit");
        let quantity = header.volume("quantity").map(|column| VolumeColumn { unit_at, ..column });
        common.columns.volumes = quantity.into_iter().collect();
        Self { common, side: header.find("side"), quantity, duration: header.find("duration") }
    }

    /// The length between the two times, else the one written.
    fn lasted(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Lasted, String> {
        let between = settled.lasted(start, row.cell(self.common.end))?;
        if between.written.is_some_and(|minutes| minutes != 0.0) {
            return Ok(between);
        }
        let written = cells::minutes(row.cell(self.duration))?.filter(|minutes| *minutes > 0.0);
        Ok(written.map_or_else(Lasted::default, Lasted::minutes))
    }
}

impl Table for PumpingTable {
    fn columns(&self) -> &Columns {
        &self.common.columns
    }

    fn line(&self, row: &Row<'_>, settled: &Settled) -> Result<Line, String> {
        let start = self.common.start(row, settled)?;
        let output = settled.volume(row, self.quantity)?.map(Output);
        let bare = Pump { note: self.common.note(row), ..Pump::at(start.at.clone()) };
        let side = row.cell(self.side);
        let sides: &[Side] = match side.to_lowercase().as_str() {
            "left" => &[Side::Left],
            "right" => &[Side::Right],
            "left_and_right" | "both" | "" => &[],
            _ => return Err(format!("the side {} is neither left nor right nor both", shown(side))),
        };
        let body = |minutes| {
            let (bare, output) = (bare.clone(), output.clone());
            Body::Pump(match sides {
                [Side::Left] => Pump { left: output, left_minutes: minutes, ..bare },
                [Side::Right] => Pump { right: output, right_minutes: minutes, ..bare },
                _ => Pump { total: output, minutes, ..bare },
            })
        };
        Ok(self.common.line(row, &start, self.lasted(row, settled, &start)?, body))
    }

    fn join(&self, lines: Vec<Line>) -> Vec<Draft> {
        join::pumpings(lines)
    }
}

struct GrowthTable {
    common: Common,
    weight: Option<usize>,
    unit: Option<usize>,
}

/// Grams in one ounce of weight.
const G_PER_OZ: f64 = 28.349_523_125;

impl GrowthTable {
    fn of(header: &Header) -> Self {
        let common = Common::of(header, "day");
        Self { common, weight: header.find("weight"), unit: header.find("weight unit") }
    }
}

impl Table for GrowthTable {
    fn columns(&self) -> &Columns {
        &self.common.columns
    }

    fn not_ours(&self, row: &Row<'_>) -> Option<String> {
        // What was not measured is written as 0.
        let weight = cells::number(row.cell(self.weight));
        let missing = row.cell(self.weight).is_empty() || weight == Some(0.0);
        missing.then(|| "not ours: height and head circumference".to_owned())
    }

    fn line(&self, row: &Row<'_>, settled: &Settled) -> Result<Line, String> {
        let start = settled.date(&self.common.start.text(row))?;
        let (text, unit) = (row.cell(self.weight), row.cell(self.unit));
        let ounces = cells::number(text).filter(|_| unit.is_empty() || unit.eq_ignore_ascii_case("oz"));
        let (weight_g, typed) = match ounces {
            Some(oz) => (oz * G_PER_OZ, Some(format!("{oz} oz"))),
            None => settled.grams(&format!("{text} {unit}"), None)?,
        };
        if weight_g > 1_000_000.0 {
            return Err(format!("{} is more than a ton; is the unit right?", shown(text)));
        }
        let note = self.common.note(row);
        let weight = Weight { typed, note, ..Weight::at(start.at.clone(), weight_g) };
        let body = |_| Body::Weight(weight.clone());
        let mut line = self.common.line(row, &start, Lasted::default(), body);
        if unit.is_empty() && ounces.is_some() {
            line.flags.push("this weight has no unit; read as ounces".to_owned());
        }
        Ok(line)
    }
}

struct DiaperTable {
    common: Common,
    kind: Option<usize>,
}

impl Table for DiaperTable {
    fn columns(&self) -> &Columns {
        &self.common.columns
    }

    fn line(&self, row: &Row<'_>, settled: &Settled) -> Result<Line, String> {
        let start = self.common.start(row, settled)?;
        let kind = row.cell(self.kind);
        let word = kind.to_lowercase();
        let has_any = |words: &[&str]| words.iter().any(|w| word.contains(w));
        let both = has_any(&["both", "mixed"]);
        let (wet, soiled) =
            (both || has_any(&["wet", "wee", "pee", "urine"]), both || has_any(&["dirty", "poo", "soiled"]));
        if !wet && !soiled {
            return Err(format!("the type {} is not one I know", shown(kind)));
        }
        let diaper = Diaper { note: self.common.note(row), ..Diaper::at(start.at.clone(), wet, soiled) };
        Ok(self.common.line(row, &start, Lasted::default(), |_| Body::Diaper(diaper.clone())))
    }
}
