//! Hatch (Grow, Hatch Baby): one table for every activity, as CSV with an empty column at its end, or as text in blocks
//! between `=== BEGIN Feedings ===` and `=== END Feedings ===`.
//!
//! The CSV shows a 24-hour clock with am and pm, `22:50 PM`, and amounts without a unit; the text a 12-hour clock,
//! `0.30oz` and `4lb 2.70oz`. Volumes and weights share the column `Amount`: they are put apart first, so that each is
//! surveyed for what it is.

use crate::import::{
    Answers, ImportError, MAX_CELL_BYTES, cells,
    cells::shown,
    format::{Columns, Format, FormatName, Line, Table, with_sides},
    header::{Header, TimeColumn, VolumeColumn},
    settled::{Lasted, Placed, Settled},
    sheet::{Row, Sheet},
    source::Listed,
};
use crate::{
    body::{Body, Bottle, Diaper, Milk, Nurse, Pump, Side, Weight},
    volume::{Intake, Output},
};
use csv::{ReaderBuilder, StringRecord};
use std::io::Read;

/// The app.
pub(super) struct Hatch;

pub(super) const NAME: FormatName = FormatName::new("hatch");

const HEADER: [&str; 6] = ["baby name", "start time", "end time", "activity", "amount", "info"];
/// The column that weights are moved to.
const WEIGHT: &str = "Weight";

impl Format for Hatch {
    fn name(&self) -> FormatName {
        NAME
    }

    fn unfold(&self, text: &str) -> Option<Vec<Listed>> {
        let line = text.split(['\n', '\r']).find(|line| !line.trim().is_empty())?;
        let line = line.to_lowercase();
        HEADER.iter().all(|name| line.contains(name) && line.contains(',')).then(|| unfolded(text))?
    }

    fn open(&self, sheet: &Sheet<'_>, _answers: &Answers) -> Result<Option<Box<dyn Table>>, ImportError> {
        let header = sheet.header();
        let start = header.time("start time").filter(|_| header.has_all(&HEADER));
        Ok(start.map(|start| Box::new(Log::of(header, start)) as _))
    }
}

/// The table in a text, with weights in a column of their own. Rows are counted by lines.
fn unfolded(text: &str) -> Option<Vec<Listed>> {
    let mut records = records(text).into_iter().filter(|(_, record)| !is_mark(record));
    let (_, header) = records.next()?;
    let names = Header::of(&header);
    let (activity, amount) = (names.find("activity")?, names.find("amount")?);
    let beside = amount + 1;
    let rows = records.filter(|(_, record)| !names.is_repeated_by(record)).map(|(line, record)| {
        let mut cells = texts(&record);
        let is_weight = record.get(activity).is_some_and(|word| Activity::of(word) == Some(Activity::Weight));
        let weight = cells.get_mut(amount).filter(|_| is_weight).map(std::mem::take);
        if cells.len() >= beside {
            cells.insert(beside, weight.unwrap_or_default());
        }
        (line, cells)
    });
    let mut header = texts(&header);
    header.insert(beside, WEIGHT.to_owned());
    Some(vec![Listed { title: String::new(), header, rows: rows.collect() }])
}

fn texts(record: &StringRecord) -> Vec<String> {
    record.iter().map(str::to_owned).collect()
}

/// The records of a text, each with the line it begins on. A quote that never closes ends the last one with a control
/// character, as in any table.
fn records(text: &str) -> Vec<(usize, StringRecord)> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let (mut records, mut open, mut begun) = (Vec::new(), String::new(), 1);
    for (at, line) in text.split('\n').enumerate() {
        if open.is_empty() {
            begun = at + 1;
        }
        open.push_str(line);
        if open.trim().is_empty() {
            open.clear();
            continue;
        }
        open.push('\n');
        let record = record(&open);
        let closed = !record.iter().next_back().is_some_and(|cell| cell.ends_with('\x01'));
        if closed || open.len() > MAX_CELL_BYTES {
            records.push((begun, record));
            open.clear();
        }
    }
    if !open.is_empty() {
        records.push((begun, record(&open)));
    }
    records
}

/// The first record of a text.
fn record(text: &str) -> StringRecord {
    let bytes = text.as_bytes().chain(&b"\x01"[..]);
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).buffer_capacity(512);
    builder.from_reader(bytes).records().next().and_then(Result::ok).unwrap_or_default()
}

/// The lines around blocks.
fn is_mark(record: &StringRecord) -> bool {
    record.get(0).unwrap_or_default().trim_start().starts_with("===")
}

#[derive(Clone, Copy, PartialEq)]
enum Activity {
    Feeding,
    Pump,
    Diaper,
    Weight,
}

impl Activity {
    fn of(word: &str) -> Option<Self> {
        match word.trim().to_lowercase().as_str() {
            "feeding" | "feed" => Some(Self::Feeding),
            "pump" | "pumping" => Some(Self::Pump),
            "diaper" => Some(Self::Diaper),
            "weight" => Some(Self::Weight),
            _ => None,
        }
    }
}

/// The table of everything.
struct Log {
    start: TimeColumn,
    end: Option<usize>,
    baby: Option<usize>,
    activity: Option<usize>,
    amount: Option<VolumeColumn>,
    weight: Option<usize>,
    duration: Option<usize>,
    info: Option<usize>,
    columns: Columns,
}

impl Log {
    fn of(header: &Header, start: TimeColumn) -> Self {
        let (end, amount, weight) = (header.find("end time"), header.volume("amount"), header.find("weight"));
        let mut times = vec![start];
        times.extend(end.map(|time| TimeColumn { date: None, time }));
        let volumes = amount.into_iter().collect();
        // Where a spreadsheet saved the table again, weights still stand among the amounts.
        let columns = Columns { times, volumes, weight, note: header.find("notes"), ..Columns::default() };
        Self {
            start,
            end,
            baby: header.find("baby name"),
            activity: header.find("activity"),
            amount,
            weight: weight.or(amount.map(|column| column.at)),
            duration: header.find("duration"),
            info: header.find("info"),
            columns,
        }
    }

    /// How long it took: up to its end, else the length written in words. No length at all is written as 0.
    fn lasted(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Lasted, String> {
        let lasted = settled.lasted(start, row.cell(self.end))?;
        let words = row.cell(self.duration);
        if lasted.real.is_none() && lasted.flag.is_none() && words.contains(char::is_alphabetic) {
            return Ok(cells::minutes(words)?.map_or_else(Lasted::default, Lasted::minutes));
        }
        let none = lasted.real.is_none_or(|minutes| minutes == 0.0) && lasted.flag.is_none();
        Ok(if none { Lasted::default() } else { lasted })
    }

    /// A feeding: at the breast when a side or the breast is named, else a bottle.
    fn feeding(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Line, String> {
        let info = row.cell(self.info).to_lowercase();
        let lasted = self.lasted(row, settled, start)?;
        let (baby, note) = (row.text(self.baby), row.note(self.columns.note));
        if let Some(sides) = sides(&info) {
            let intake = settled.drunk(row, self.amount)?;
            let nurse = Nurse { intake, baby: baby.clone(), note, ..Nurse::at(start.at.clone()) };
            let body = |minutes| Body::Nurse(with_sides(nurse.clone(), sides, minutes));
            return Ok(Line::lasting(row, start, lasted, baby.as_deref(), body));
        }
        let intake = settled.volume(row, self.amount)?.map(Intake);
        let bottle = Bottle { intake, baby: baby.clone(), note, ..Bottle::at(start.at.clone(), milk(&info)) };
        let body = |minutes| Body::Bottle(Bottle { minutes, ..bottle.clone() });
        Ok(Line::lasting(row, start, lasted, baby.as_deref(), body))
    }

    fn pump(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Line, String> {
        let total = settled.volume(row, self.amount)?.map(Output);
        let bare = Pump { note: row.note(self.columns.note), ..Pump::at(start.at.clone()) };
        let lasted = self.lasted(row, settled, start)?;
        let side = sides(&row.cell(self.info).to_lowercase()).unwrap_or_default();
        let body = |minutes| {
            let (bare, total) = (bare.clone(), total.clone());
            Body::Pump(match side {
                [Side::Left] => Pump { left: total, left_minutes: minutes, ..bare },
                [Side::Right] => Pump { right: total, right_minutes: minutes, ..bare },
                _ => Pump { minutes, total, ..bare },
            })
        };
        Ok(Line::lasting(row, start, lasted, None, body))
    }

    /// What was in it stands in `Amount` of the CSV, and in `Info` of the text.
    fn diaper(&self, row: &Row<'_>, start: &Placed) -> Result<Line, String> {
        let said = [row.cell(self.info), row.cell(self.amount.map(|column| column.at))];
        let said = said.into_iter().find(|word| !word.is_empty()).unwrap_or_default();
        let word = said.to_lowercase();
        let (wet, soiled) = match word.as_str() {
            "both" => (true, true),
            "dry" => (false, false),
            _ => (word.contains("wet"), word.contains("dirty")),
        };
        if !wet && !soiled && word != "dry" {
            return Err(format!("the diaper {} is not one I know", shown(said)));
        }
        let (baby, note) = (row.text(self.baby), row.note(self.columns.note));
        let diaper = Diaper { baby: baby.clone(), note, ..Diaper::at(start.at.clone(), wet, soiled) };
        Ok(Line::new(row, start, Body::Diaper(diaper), baby.as_deref()))
    }

    fn weight(&self, row: &Row<'_>, settled: &Settled) -> Result<Line, String> {
        let start = settled.date(&self.start.text(row))?;
        let (weight_g, typed) = settled.grams(row.cell(self.weight), None)?;
        let (baby, note) = (row.text(self.baby), row.note(self.columns.note));
        let weight = Weight { typed, baby: baby.clone(), note, ..Weight::at(start.at.clone(), weight_g) };
        Ok(Line::new(row, &start, Body::Weight(weight), baby.as_deref()))
    }
}

impl Table for Log {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn not_ours(&self, row: &Row<'_>) -> Option<String> {
        let word = row.cell(self.activity);
        let other = Activity::of(word).is_none() && !word.is_empty();
        other.then(|| format!("not ours: {}", cells::shortened(word, 60).to_lowercase()))
    }

    fn line(&self, row: &Row<'_>, settled: &Settled) -> Result<Line, String> {
        let start = || settled.time(&self.start.text(row));
        match Activity::of(row.cell(self.activity)) {
            Some(Activity::Feeding) => self.feeding(row, settled, &start()?),
            Some(Activity::Pump) => self.pump(row, settled, &start()?),
            Some(Activity::Diaper) => self.diaper(row, &start()?),
            Some(Activity::Weight) => self.weight(row, settled),
            None => Err("the activity is missing".to_owned()),
        }
    }
}

/// The sides that were nursed; `None` when it was no breast.
fn sides(info: &str) -> Option<&'static [Side]> {
    let has = |word| info.contains(word);
    match (has("left"), has("right")) {
        (true, false) => Some(&[Side::Left]),
        (false, true) => Some(&[Side::Right]),
        (true, true) => Some(&[Side::Left, Side::Right]),
        _ if has("both") => Some(&[Side::Left, Side::Right]),
        _ if has("nurs") || has("breast") && !has("milk") && !has("bottle") => Some(&[]),
        _ => None,
    }
}

fn milk(info: &str) -> Milk {
    if info.contains("formula") {
        Milk::Formula
    } else if info.contains("breast") {
        Milk::Expressed
    } else {
        Milk::Unknown
    }
}
