//! Nursing (Droste): the backup of the app, a record per line, each with its kind in front and no header.
//!
//! Kinds: 5 is one breast of a nursing (side 0 or 1), 14 one side of a pump session (9 or 10, with the amount behind),
//! 15 a bottle, 12 a weight, 13 a child; 4 and 10 are activities of the family's own. Days come first. Which number is
//! left is nowhere written; a mother who worked on her own log took 0 for left, and so does this, with a flag.

use crate::import::{
    Answers, DateOrder, Draft, ImportError,
    cells::{amount, shown},
    format::{Columns, Format, FormatName, Line, Table, with_sides},
    header::{Header, TimeColumn, VolumeColumn},
    join,
    settled::{Lasted, Placed, Settled},
    sheet::{Row, Sheet},
    source::Listed,
    stamp::Stamp,
};
use crate::{
    body::{Body, Bottle, Milk, Nurse, Pump, Side, Weight},
    volume::{Intake, Output},
};
use csv::{ReaderBuilder, StringRecord};
use std::collections::BTreeMap;

/// The app.
pub(super) struct Droste;

pub(super) const NAME: FormatName = FormatName::new("droste");

/// The columns that the records are sorted into.
const COLUMNS: [&str; 10] =
    ["kind", "start", "end", "side", "content", "amount", "weight", "note", "child", "name"];

impl Format for Droste {
    fn name(&self) -> FormatName {
        NAME
    }

    fn unfold(&self, text: &str) -> Option<Vec<Listed>> {
        let first = text.lines().find(|line| !line.trim().is_empty())?;
        let (kind, _) = first.trim().strip_prefix('"')?.split_once("\";\"")?;
        kind.parse::<u8>().ok()?;
        let records = records(text);
        let known = records.iter().any(|(_, record)| is_known(record));
        let header = COLUMNS.map(str::to_owned).to_vec();
        let names = names(&records);
        let rows = records.iter().map(|(number, record)| (*number, row(record, &names))).collect();
        known.then(|| vec![Listed { title: String::new(), header, rows }])
    }

    fn open(&self, sheet: &Sheet<'_>, _answers: &Answers) -> Result<Option<Box<dyn Table>>, ImportError> {
        if sheet.format() != Some(NAME) {
            return Ok(None);
        }
        let mut records = Records::of(sheet.header());
        sheet.each_row(|row| {
            let first = match (row.cell(records.kind), row.cell(records.side)) {
                ("5", "0" | "1") => &mut records.first_nursing,
                ("14", "9" | "10") => &mut records.first_pumping,
                _ => return Ok(()),
            };
            first.get_or_insert(row.number);
            Ok(())
        })?;
        Ok(Some(Box::new(records)))
    }
}

fn records(text: &str) -> Vec<(usize, StringRecord)> {
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(b';').from_reader(text.as_bytes());
    (1..).zip(reader.records().filter_map(Result::ok)).collect()
}

/// Whether a record is one of those that no other app writes: a kind of ours and its time.
fn is_known(record: &StringRecord) -> bool {
    matches!(record.get(0), Some("5" | "12" | "14" | "15"))
        && matches!(record.get(1).and_then(Stamp::read), Some(Stamp::Local { time: Some(_), .. }))
}

/// The names of the children.
fn names(records: &[(usize, StringRecord)]) -> BTreeMap<String, String> {
    let children = records.iter().filter(|(_, record)| record.get(0) == Some("13"));
    children.map(|(_, record)| (field(record, 1), field(record, 2))).collect()
}

/// A field as text; the app spells out what is empty.
fn field(record: &StringRecord, at: usize) -> String {
    let text = record.get(at).unwrap_or_default().trim();
    if matches!(text, "__EMPTY__" | "null") { String::new() } else { text.to_owned() }
}

/// A record under the columns of the table. Each kind has its fields at other places.
fn row(record: &StringRecord, names: &BTreeMap<String, String>) -> Vec<String> {
    let places: &[(&str, usize)] = match record.get(0) {
        Some("5") => &[("start", 1), ("end", 2), ("side", 3), ("note", 5), ("child", 6)],
        Some("14") => &[("start", 1), ("end", 2), ("side", 3), ("note", 5), ("child", 6), ("amount", 7)],
        Some("15") => &[("start", 1), ("end", 2), ("content", 3), ("amount", 5), ("note", 7), ("child", 8)],
        Some("12") => &[("start", 1), ("child", 2), ("weight", 3)],
        _ => &[],
    };
    let cell = |column: &str| {
        let place = places.iter().find(|(named, _)| *named == column);
        place.map(|(_, at)| field(record, *at)).unwrap_or_default()
    };
    let mut row: Vec<String> = COLUMNS.iter().map(|column| cell(column)).collect();
    row.iter_mut().take(1).for_each(|kind| *kind = field(record, 0));
    if let Some(name) = names.get(&cell("child")) {
        row.iter_mut().skip(COLUMNS.len() - 1).for_each(|last| last.clone_from(name));
    }
    row
}

/// The records of a backup.
struct Records {
    kind: Option<usize>,
    start: TimeColumn,
    end: Option<usize>,
    side: Option<usize>,
    content: Option<usize>,
    amount: Option<VolumeColumn>,
    weight: Option<usize>,
    child: Option<usize>,
    name: Option<usize>,
    columns: Columns,
    /// The first rows that name a side.
    first_nursing: Option<usize>,
    first_pumping: Option<usize>,
}

impl Records {
    fn of(header: &Header) -> Self {
        let start = TimeColumn { date: None, time: header.find("start").unwrap_or_default() };
        let (amount, weight) = (header.volume("amount"), header.find("weight"));
        Self {
            kind: header.find("kind"),
            start,
            end: header.find("end"),
            side: header.find("side"),
            content: header.find("content"),
            amount,
            weight,
            child: header.find("child"),
            name: header.find("name"),
            columns: Columns {
                times: vec![start],
                volumes: amount.into_iter().collect(),
                weight,
                note: header.find("note"),
                date_order: Some(DateOrder::Dmy),
                ..Columns::default()
            },
            first_nursing: None,
            first_pumping: None,
        }
    }

    /// The number tells children apart, also those without a name.
    fn child(&self, row: &Row<'_>) -> Option<String> {
        row.text(self.child).map(|id| format!("child {id}"))
    }

    fn baby(&self, row: &Row<'_>) -> Option<String> {
        row.text(self.name).or_else(|| self.child(row))
    }

    fn lasting(
        &self,
        row: &Row<'_>,
        settled: &Settled,
        start: &Placed,
        body: impl Fn(Option<f64>) -> Body,
    ) -> Result<Line, String> {
        let lasted = settled.lasted(start, row.cell(self.end))?;
        let child = self.child(row).filter(|_| !matches!(body(None), Body::Pump(_)));
        Ok(Line::lasting(row, start, lasted, child.as_deref(), body))
    }

    fn nursing(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Line, String> {
        let side = self.side(row, ["0", "1"])?;
        let nurse =
            Nurse { baby: self.baby(row), note: row.note(self.columns.note), ..Nurse::at(start.at.clone()) };
        let line =
            self.lasting(row, settled, start, |min| Body::Nurse(with_sides(nurse.clone(), &[side], min)))?;
        Ok(Self::with_guess(line, self.first_nursing, "side 0 is read as left, side 1 as right"))
    }

    fn pumping(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Line, String> {
        let side = self.side(row, ["9", "10"])?;
        let output = settled.volume(row, self.amount)?.map(Output);
        let bare = Pump { note: row.note(self.columns.note), ..Pump::at(start.at.clone()) };
        let body = |minutes| {
            let (bare, output) = (bare.clone(), output.clone());
            Body::Pump(match side {
                Side::Left => Pump { left: output, left_minutes: minutes, ..bare },
                Side::Right => Pump { right: output, right_minutes: minutes, ..bare },
            })
        };
        let line = self.lasting(row, settled, start, body)?;
        Ok(Self::with_guess(line, self.first_pumping, "side 9 is read as left, side 10 as right"))
    }

    fn side(&self, row: &Row<'_>, [left, right]: [&str; 2]) -> Result<Side, String> {
        match row.cell(self.side) {
            side if side == left => Ok(Side::Left),
            side if side == right => Ok(Side::Right),
            other => Err(format!("the side {} is neither {left} nor {right}", shown(other))),
        }
    }

    /// Says once what was guessed.
    fn with_guess(mut line: Line, first: Option<usize>, guess: &str) -> Line {
        if first == Some(line.row.row) {
            line.flags.push(format!("{guess}; the backup does not say which is which"));
        }
        line
    }

    fn bottle(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Line, String> {
        let content = row.cell(self.content);
        let milk = milk(content);
        let says_more = milk == Milk::Unknown && !matches!(amount(content), Ok(None | Some(_)));
        let notes = [row.text(self.content).filter(|_| says_more), row.note(self.columns.note)];
        let notes: Vec<String> = notes.into_iter().flatten().collect();
        let bottle = Bottle {
            intake: settled.volume(row, self.amount)?.map(Intake),
            baby: self.baby(row),
            note: (!notes.is_empty()).then(|| notes.join("\n")),
            ..Bottle::at(start.at.clone(), milk)
        };
        let nothing = bottle.intake.as_ref().is_some_and(|intake| intake.as_ml() == 0.0);
        // A bottle begins and ends in the same second unless somebody set its end.
        let took = |minutes: Option<f64>| minutes.filter(|m| *m > 0.0);
        let body = |min| Body::Bottle(Bottle { minutes: took(min), ..bottle.clone() });
        let mut line = self.lasting(row, settled, start, body)?;
        line.flags.extend(nothing.then(|| "a bottle of 0 ml; was its amount left out?".to_owned()));
        Ok(line)
    }

    fn weight(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Line, String> {
        let (weight_g, typed) = settled.grams(row.cell(self.weight), None)?;
        let weight = Weight { typed, baby: self.baby(row), ..Weight::at(start.at.clone(), weight_g) };
        let child = self.child(row);
        let body = |_| Body::Weight(weight.clone());
        Ok(Line::lasting(row, start, Lasted::default(), child.as_deref(), body))
    }
}

/// The milk that the family's own word for a bottle names. A mixture is none of them.
fn milk(content: &str) -> Milk {
    match content.to_lowercase().as_str() {
        "kunstvoeding" | "formula" | "pre" => Milk::Formula,
        "gekolfd" | "afgekolfd" | "moedermelk" | "pumped" | "expressed" | "breast milk" | "muttermilch" => {
            Milk::Expressed
        }
        _ => Milk::Unknown,
    }
}

impl Table for Records {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn not_ours(&self, row: &Row<'_>) -> Option<String> {
        let what = match row.cell(self.kind) {
            "5" | "14" | "15" => return None,
            "12" if !row.cell(self.weight).is_empty() => return None,
            "12" => "height and head circumference",
            "13" => "the child",
            "10" => "the name of an activity",
            _ => "another activity",
        };
        Some(format!("not ours: {what}"))
    }

    fn line(&self, row: &Row<'_>, settled: &Settled) -> Result<Line, String> {
        let start = settled.time(&self.start.text(row))?;
        match row.cell(self.kind) {
            "5" => self.nursing(row, settled, &start),
            "14" => self.pumping(row, settled, &start),
            "15" => self.bottle(row, settled, &start),
            _ => self.weight(row, settled, &start),
        }
    }

    fn join(&self, lines: Vec<Line>) -> Vec<Draft> {
        join::nursings_and_pumpings(lines)
    }
}
