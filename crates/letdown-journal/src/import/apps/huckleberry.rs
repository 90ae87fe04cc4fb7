//! Huckleberry: one table of everything, as CSV or as a workbook. No export was at hand; the format is known from the
//! tests of four other importers, which agree.
//!
//! What `Start Condition` and `End Condition` hold depends on the type of the row: the breasts in the order nursed
//! (`00:06R`, hours and minutes), the milk in a bottle and how much, the output of the left and of the right side, a
//! weight, what was in a diaper. Units stand in the cells. Minutes, local time.

use crate::import::{
    Answers, ImportError, WeightUnit, cells,
    cells::shown,
    format::{Columns, Format, FormatName, Line, Table},
    header::{Header, TimeColumn, VolumeColumn},
    held,
    settled::{Lasted, Placed, Settled},
    sheet::{Row, Sheet},
};
use crate::{
    body::{Body, Bottle, Diaper, Milk, Nurse, Pump, Side, Stint, Weight},
    volume::{Intake, Output, Volume},
};

/// The app.
pub(super) struct Huckleberry;

pub(super) const NAME: FormatName = FormatName::new("huckleberry");

impl Format for Huckleberry {
    fn name(&self) -> FormatName {
        NAME
    }

    fn open(&self, sheet: &Sheet<'_>, _answers: &Answers) -> Result<Option<Box<dyn Table>>, ImportError> {
        let header = sheet.header();
        let condition = |which: &str| header.find(which).or_else(|| header.find(&format!("{which}s")));
        let (first, last) = (condition("start condition"), condition("end condition"));
        let known = header.has_all(&["type", "end"]) && first.is_some() && last.is_some();
        let Some(start) = header.time("start").filter(|_| known) else { return Ok(None) };
        let mut log = Log::of(header, start, first, last);
        log.first_sides = first_sides(sheet, &log)?;
        Ok(Some(Box::new(log)))
    }
}

/// The first pump session with two amounts. What they mean is shown there, once.
fn first_sides(sheet: &Sheet<'_>, log: &Log) -> Result<Option<usize>, ImportError> {
    let mut found = None;
    sheet.each_row(|row| {
        let both = !row.cell(log.first).is_empty() && !row.cell(log.last).is_empty();
        if found.is_none() && both && log.kind(row) == Kind::Pump {
            found = Some(row.number);
        }
        Ok(())
    })?;
    Ok(found)
}

struct Log {
    kind: Option<usize>,
    start: TimeColumn,
    end: Option<usize>,
    duration: Option<usize>,
    first: Option<usize>,
    place: Option<usize>,
    last: Option<usize>,
    first_sides: Option<usize>,
    columns: Columns,
}

/// What a row is about.
#[derive(PartialEq)]
enum Kind {
    Breast,
    Bottle,
    Pump,
    Diaper,
    Growth,
    /// A feed that names neither breast nor bottle.
    Feed,
    Other,
}

impl Log {
    fn of(header: &Header, start: TimeColumn, first: Option<usize>, last: Option<usize>) -> Self {
        let end = header.find("end");
        let times = [Some(start), end.map(|time| TimeColumn { date: None, time })];
        let times = times.into_iter().flatten().collect();
        Self {
            kind: header.find("type"),
            start,
            end,
            duration: header.find("duration"),
            first,
            place: header.find("start location"),
            last,
            first_sides: None,
            columns: Columns { times, note: header.find("notes"), ..Columns::default() },
        }
    }

    fn kind(&self, row: &Row<'_>) -> Kind {
        match row.cell(self.kind).to_lowercase().as_str() {
            "feed" => self.feed(row),
            "pump" => Kind::Pump,
            "diaper" => Kind::Diaper,
            "growth" => Kind::Growth,
            _ => Kind::Other,
        }
    }

    fn feed(&self, row: &Row<'_>) -> Kind {
        match row.cell(self.place).to_lowercase().as_str() {
            "breast" => Kind::Breast,
            "bottle" => Kind::Bottle,
            _ if [self.first, self.last].iter().any(|at| row.cell(*at).contains(':')) => Kind::Breast,
            _ if is_amount(row.cell(self.first)) || is_amount(row.cell(self.last)) => Kind::Bottle,
            _ => Kind::Feed,
        }
    }

    /// From the start to the end; without an end the length as it is written.
    fn lasted(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Lasted, String> {
        let end = row.cell(self.end);
        match length(row.cell(self.duration))? {
            Some(minutes) if end.is_empty() => Ok(Lasted::minutes(minutes)),
            _ => settled.lasted(start, end),
        }
    }

    fn nurse(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Line, String> {
        let lasted = self.lasted(row, settled, start)?;
        let written: Vec<Stretch> = [self.first, self.last]
            .into_iter()
            .filter_map(|at| Stretch::read(row.cell(at)).transpose())
            .collect::<Result<_, _>>()?;
        let sides = Sides::of(&written, lasted.written);
        let nurse =
            Nurse { stints: sides.stints, note: row.note(self.columns.note), ..Nurse::at(start.at.clone()) };
        let at_breast: f64 = nurse.stints.iter().filter_map(|stint| stint.minutes).sum();
        let body = |whole: Option<f64>| {
            let minutes = whole.filter(|whole| nurse.stints.is_empty() || at_breast < *whole);
            Body::Nurse(Nurse { minutes, ..nurse.clone() })
        };
        let mut line = Line::lasting(row, start, lasted, None, body);
        line.flags.extend(sides.flag.map(str::to_owned));
        Ok(line)
    }

    /// How much a bottle held stands last, else first in place of the milk.
    fn amount_at(&self, row: &Row<'_>) -> Option<usize> {
        if row.cell(self.last).is_empty() {
            self.first.filter(|_| is_amount(row.cell(self.first)))
        } else {
            self.last
        }
    }

    fn milk_word<'r>(&self, row: &Row<'r>) -> &'r str {
        let word = row.cell(self.first);
        if is_amount(word) { "" } else { word }
    }

    fn bottle(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Line, String> {
        let word = self.milk_word(row);
        let milk = held::milk(word);
        let unsure =
            milk.is_none().then(|| format!("the bottle held {}; which milk is left open", shown(word)));
        let bottle = Bottle {
            intake: volume(row, settled, self.amount_at(row))?.map(Intake),
            note: row.note(self.columns.note),
            ..Bottle::at(start.at.clone(), milk.unwrap_or(Milk::Unknown))
        };
        let lasted = self.lasted(row, settled, start)?;
        let body = |minutes| Body::Bottle(Bottle { minutes, ..bottle.clone() });
        let mut line = Line::lasting(row, start, lasted, None, body);
        line.flags.extend(unsure);
        Ok(line)
    }

    /// Two amounts are left and right; one alone is the whole.
    fn pump(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Line, String> {
        let first = volume(row, settled, self.first)?.map(Output);
        let last = volume(row, settled, self.last)?.map(Output);
        let (left, right, total) = match (first, last) {
            (Some(left), Some(right)) => (Some(left), Some(right), None),
            (alone, None) | (None, alone) => (None, None, alone),
        };
        let note = row.note(self.columns.note);
        let pump = Pump { left, right, total, note, ..Pump::at(start.at.clone()) };
        let lasted = self.lasted(row, settled, start)?;
        let body = |minutes| Body::Pump(Pump { minutes, ..pump.clone() });
        let mut line = Line::lasting(row, start, lasted, None, body);
        line.flags.extend((self.first_sides == Some(row.number)).then(|| SIDES_SHOWN.to_owned()));
        Ok(line)
    }

    /// The weight stands first; some put it last. What stands last else is the size of the head.
    fn weight_cell<'r>(&self, row: &Row<'r>) -> &'r str {
        let (first, last) = (row.cell(self.first), row.cell(self.last));
        let unit =
            |text: &str| text.find(char::is_alphabetic).and_then(|at| WeightUnit::named(text.get(at..)?));
        if first.is_empty() && unit(last).is_some() { last } else { first }
    }

    fn weigh(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Line, String> {
        let (weight_g, typed) = settled.grams(self.weight_cell(row), None)?;
        let note = row.note(self.columns.note);
        let weight = Weight { typed, note, ..Weight::at(start.at.clone(), weight_g) };
        Ok(Line::new(row, start, Body::Weight(weight), None))
    }

    /// What a diaper held stands last; some put it first. Its colour stands under `Duration`.
    fn diaper(&self, row: &Row<'_>, start: &Placed) -> Result<Line, String> {
        let (first, last) = (row.cell(self.first), row.cell(self.last));
        let held = held::diaper(last).or_else(|| held::diaper(first));
        let (wet, soiled) =
            held.ok_or_else(|| format!("{} does not say what the diaper held", shown(last)))?;
        let note = row.note(self.columns.note);
        let diaper = Diaper { note, ..Diaper::at(start.at.clone(), wet, soiled) };
        Ok(Line::new(row, start, Body::Diaper(diaper), None))
    }
}

const SIDES_SHOWN: &str = "the app does not name the sides of a pump session; the first amount is read as left, the second as right";

impl Table for Log {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn amounts<'r>(&self, row: &Row<'r>) -> Vec<&'r str> {
        match self.kind(row) {
            Kind::Pump => vec![row.cell(self.first), row.cell(self.last)],
            Kind::Bottle => vec![row.cell(self.amount_at(row))],
            _ => Vec::new(),
        }
    }

    fn weight<'r>(&self, row: &Row<'r>) -> &'r str {
        if self.kind(row) == Kind::Growth { self.weight_cell(row) } else { "" }
    }

    fn not_ours(&self, row: &Row<'_>) -> Option<String> {
        let kind = row.cell(self.kind);
        match self.kind(row) {
            Kind::Bottle if held::is_no_milk(self.milk_word(row)) => {
                Some(format!("not ours: {}", self.milk_word(row).to_lowercase()))
            }
            Kind::Growth if self.weight_cell(row).is_empty() => {
                Some("not ours: growth without a weight".to_owned())
            }
            Kind::Other if !kind.is_empty() => {
                Some(format!("not ours: {}", cells::shortened(kind, 40).to_lowercase()))
            }
            _ => None,
        }
    }

    fn line(&self, row: &Row<'_>, settled: &Settled) -> Result<Line, String> {
        let start = settled.time(&self.start.text(row))?;
        match self.kind(row) {
            Kind::Breast => self.nurse(row, settled, &start),
            Kind::Bottle => self.bottle(row, settled, &start),
            Kind::Pump => self.pump(row, settled, &start),
            Kind::Diaper => self.diaper(row, &start),
            Kind::Growth => self.weigh(row, settled, &start),
            Kind::Feed => Err("the feed says neither breast nor bottle".to_owned()),
            Kind::Other => Err("the row does not say what it is about".to_owned()),
        }
    }
}

fn volume(row: &Row<'_>, settled: &Settled, at: Option<usize>) -> Result<Option<Volume>, String> {
    settled.volume(row, at.map(|at| VolumeColumn { at, unit: None, unit_at: None }))
}

fn is_amount(text: &str) -> bool {
    matches!(cells::amount(text), Ok(Some(_)))
}

/// A length: `0:15` and `00:15` are hours and minutes.
fn length(text: &str) -> Result<Option<f64>, String> {
    match pair(text) {
        Some((hours, minutes)) => cells::checked(hours * 60.0 + minutes).map(Some),
        None => cells::minutes(text),
    }
}

/// Two numbers with a colon between them, the second below 60.
fn pair(text: &str) -> Option<(f64, f64)> {
    let (a, b) = text.split_once(':')?;
    Some((cells::number(a.trim())?, cells::number(b.trim()).filter(|b| *b < 60.0)?))
}

/// One breast as written: `00:06R`.
struct Stretch {
    side: Option<Side>,
    /// Read as hours and minutes (min).
    in_hours: f64,
    /// Read as minutes and seconds (min).
    in_minutes: f64,
}

impl Stretch {
    fn read(text: &str) -> Result<Option<Self>, String> {
        if text.is_empty() {
            return Ok(None);
        }
        let unreadable = || format!("{} is not a side that I can read", shown(text));
        let (digits, letter) = text.split_at(text.find(char::is_alphabetic).unwrap_or(text.len()));
        let side = match letter.to_lowercase().as_str() {
            "l" | "left" => Some(Side::Left),
            "r" | "right" => Some(Side::Right),
            "" => None,
            _ => return Err(unreadable()),
        };
        let (a, b) = pair(digits.trim()).ok_or_else(unreadable)?;
        let (in_hours, in_minutes) = (cells::checked(a * 60.0 + b)?, a + b / 60.0);
        Ok(Some(Self { side, in_hours, in_minutes }))
    }
}

/// Both breasts of a row, in the order nursed.
#[derive(Default)]
struct Sides {
    stints: Vec<Stint>,
    flag: Option<&'static str>,
}

/// How much longer than the whole its sides may be together (min): each is rounded by itself.
const ROUNDING_MIN: f64 = 2.0;

impl Sides {
    /// Some write minutes and seconds: then hours would be longer than the whole.
    fn of(written: &[Stretch], whole: Option<f64>) -> Self {
        let longer = |sum: f64| whole.is_some_and(|whole| sum > whole + ROUNDING_MIN);
        let in_hours: f64 = written.iter().map(|s| s.in_hours).sum();
        let in_minutes: f64 = written.iter().map(|s| s.in_minutes).sum();
        let seconds = longer(in_hours) && !longer(in_minutes);
        let some = written.iter().filter(|s| s.in_hours > 0.0 || in_hours == 0.0);
        let stint =
            |s: &Stretch| Some(Stint::of(s.side?, Some(if seconds { s.in_minutes } else { s.in_hours })));
        let Some(stints) = some.map(stint).collect() else {
            return Self { stints: Vec::new(), flag: Some("its sides are not named; they are left open") };
        };
        let flag =
            seconds.then_some("as hours its sides are longer than the whole; read as minutes and seconds");
        Self { stints, flag }
    }
}
