//! Baby Connect: one CSV of everything, in the app's own sentences.
//!
//! Seen: `Date and Time` in the phone's language, and a newer generation with `Start Time`, year first, and the name of
//! the child. Which breast, in which order and how long stands only in the sentence: `Baby nursed (5m left, 5m right)`;
//! so does the unit of a bottle. `Duration` is the time at the breast, the end is where the entry was closed, pauses
//! included.

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
    volume::{Intake, Output, Volume, VolumeUnit},
};

/// The app.
pub(super) struct BabyConnect;

pub(super) const NAME: FormatName = FormatName::new("babyconnect");

impl Format for BabyConnect {
    fn name(&self) -> FormatName {
        NAME
    }

    fn open(&self, sheet: &Sheet<'_>, _answers: &Answers) -> Result<Option<Box<dyn Table>>, ImportError> {
        let header = sheet.header();
        let start = header.time("date and time").or_else(|| header.time("start time"));
        let known = header.has_all(&["activity", "quantity", "extra data", "text"]);
        Ok(start.filter(|_| known).map(|start| Box::new(Log::of(header, start)) as _))
    }
}

struct Log {
    start: TimeColumn,
    end: Option<usize>,
    duration: Option<usize>,
    activity: Option<usize>,
    quantity: Option<usize>,
    extra: Option<usize>,
    text: Option<usize>,
    child: Option<usize>,
    columns: Columns,
}

/// What of a row is ours.
enum Activity {
    Nursing,
    Bottle,
    Expressed,
    Weight,
    Diaper,
}

impl Log {
    fn of(header: &Header, start: TimeColumn) -> Self {
        let end = header.find("end time");
        let times = [Some(start), end.map(|time| TimeColumn { date: None, time })];
        let times = times.into_iter().flatten().collect();
        Self {
            start,
            end,
            duration: header.find("duration"),
            activity: header.find("activity"),
            quantity: header.find("quantity"),
            extra: header.find("extra data"),
            text: header.find("text"),
            child: header.find("child name"),
            columns: Columns { times, note: header.find("notes"), ..Columns::default() },
        }
    }

    fn activity(&self, row: &Row<'_>) -> Option<Activity> {
        match row.cell(self.activity).to_lowercase().as_str() {
            "nursing" => Some(Activity::Nursing),
            "bottle" => Some(Activity::Bottle),
            "expressed" => Some(Activity::Expressed),
            "weight" => Some(Activity::Weight),
            "diaper" => Some(Activity::Diaper),
            _ => None,
        }
    }

    /// The unit of an amount: beside it, else in the sentence.
    fn unit(&self, row: &Row<'_>) -> Option<VolumeUnit> {
        VolumeUnit::named(row.cell(self.extra)).or_else(|| unit_in(row.cell(self.text)))
    }

    fn volume(&self, row: &Row<'_>, settled: &Settled) -> Result<Option<Volume>, String> {
        let column = self.quantity.map(|at| VolumeColumn { at, unit: self.unit(row), unit_at: None });
        settled.volume(row, column)
    }

    /// From the start to the end, pauses included; without an end the length as it is written.
    fn lasted(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Lasted, String> {
        let (end, duration) = (row.cell(self.end), cells::minutes(row.cell(self.duration))?);
        let to_end = settled.lasted(start, end)?;
        Ok(match duration {
            // Entries without a length come with an end that is their start.
            None if to_end.real == Some(0.0) => Lasted::default(),
            Some(minutes) if end.is_empty() => Lasted::minutes(minutes),
            _ => to_end,
        })
    }

    /// A line about the child; about her when there is no child in the body.
    fn line(
        &self,
        row: &Row<'_>,
        start: &Placed,
        lasted: Lasted,
        body: impl Fn(Option<f64>) -> Body,
    ) -> Line {
        let child = row.text(self.child).filter(|_| !matches!(body(None), Body::Pump(_)));
        Line::lasting(row, start, lasted, child.as_deref(), body)
    }

    fn nurse(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Line, String> {
        let stints = brackets(row.cell(self.text)).find_map(stints).unwrap_or_default();
        let at_breast: f64 = stints.iter().filter_map(|stint| stint.minutes).sum();
        let nurse = Nurse {
            stints,
            baby: row.text(self.child),
            note: row.text(self.columns.note),
            ..Nurse::at(start.at.clone())
        };
        let lasted = self.lasted(row, settled, start)?;
        let body = |whole: Option<f64>| {
            // Each side is rounded by itself, so their sum may be a minute more than the whole.
            let minutes = whole.filter(|whole| nurse.stints.is_empty() || at_breast < *whole);
            Body::Nurse(Nurse { minutes, ..nurse.clone() })
        };
        Ok(self.line(row, start, lasted, body))
    }

    fn bottle(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Line, String> {
        let word = row.cell(self.extra);
        let milk = held::milk(word);
        let unsure =
            milk.is_none().then(|| format!("the bottle held {}; which milk is left open", shown(word)));
        let bottle = Bottle {
            intake: self.volume(row, settled)?.map(Intake),
            baby: row.text(self.child),
            note: row.text(self.columns.note),
            ..Bottle::at(start.at.clone(), milk.unwrap_or(Milk::Unknown))
        };
        let lasted = self.lasted(row, settled, start)?;
        let mut line =
            self.line(row, start, lasted, |minutes| Body::Bottle(Bottle { minutes, ..bottle.clone() }));
        line.flags.extend(unsure);
        Ok(line)
    }

    fn pump(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Line, String> {
        let total = self.volume(row, settled)?;
        let unit = self.unit(row).or(settled.unit);
        let typed = |value| unit.and_then(|unit| Volume::typed(value, unit).ok()).map(Output);
        let (left, right) = brackets(row.cell(self.text)).find_map(sides).unwrap_or_default();
        let pump = Pump {
            left: left.and_then(typed),
            right: right.and_then(typed),
            total: total.map(Output),
            note: row.text(self.columns.note),
            ..Pump::at(start.at.clone())
        };
        let lasted = self.lasted(row, settled, start)?;
        Ok(self.line(row, start, lasted, |minutes| Body::Pump(Pump { minutes, ..pump.clone() })))
    }

    fn weigh(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Line, String> {
        let unit = WeightUnit::named(row.cell(self.extra));
        let (weight_g, typed) = settled.grams(row.cell(self.quantity), unit)?;
        let (baby, note) = (row.text(self.child), row.text(self.columns.note));
        let weight = Weight { typed, baby, note, ..Weight::at(start.at.clone(), weight_g) };
        Ok(self.line(row, start, Lasted::default(), |_| Body::Weight(weight.clone())))
    }

    fn diaper(&self, row: &Row<'_>, start: &Placed) -> Result<Line, String> {
        let text = row.cell(self.text);
        let held = held::diaper(row.cell(self.extra)).or_else(|| held::diaper(text));
        let (wet, soiled) =
            held.ok_or_else(|| format!("{} does not say what the diaper held", shown(text)))?;
        let (baby, note) = (row.text(self.child), row.text(self.columns.note));
        let diaper = Diaper { baby, note, ..Diaper::at(start.at.clone(), wet, soiled) };
        Ok(self.line(row, start, Lasted::default(), |_| Body::Diaper(diaper.clone())))
    }
}

impl Table for Log {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn amounts<'r>(&self, row: &Row<'r>) -> Vec<&'r str> {
        let milk = matches!(self.activity(row), Some(Activity::Bottle | Activity::Expressed));
        let open = milk && self.unit(row).is_none();
        open.then(|| row.cell(self.quantity)).into_iter().collect()
    }

    fn weight<'r>(&self, row: &Row<'r>) -> &'r str {
        let named = WeightUnit::named(row.cell(self.extra)).is_some();
        let open = matches!(self.activity(row), Some(Activity::Weight)) && !named;
        if open { row.cell(self.quantity) } else { "" }
    }

    fn not_ours(&self, row: &Row<'_>) -> Option<String> {
        let (activity, extra) = (row.cell(self.activity), row.cell(self.extra));
        match self.activity(row) {
            Some(Activity::Bottle) if held::is_no_milk(extra) => {
                Some(format!("not ours: {}", extra.to_lowercase()))
            }
            None if !activity.is_empty() => {
                Some(format!("not ours: {}", cells::shortened(activity, 40).to_lowercase()))
            }
            _ => None,
        }
    }

    fn line(&self, row: &Row<'_>, settled: &Settled) -> Result<Line, String> {
        let start = settled.time(&self.start.text(row))?;
        match self.activity(row) {
            Some(Activity::Nursing) => self.nurse(row, settled, &start),
            Some(Activity::Bottle) => self.bottle(row, settled, &start),
            Some(Activity::Expressed) => self.pump(row, settled, &start),
            Some(Activity::Weight) => self.weigh(row, settled, &start),
            Some(Activity::Diaper) => self.diaper(row, &start),
            None => Err("the row does not say what it is about".to_owned()),
        }
    }
}

/// The unit behind the first number of a sentence: `Baby drank 8.2 oz of formula (30m)`.
fn unit_in(text: &str) -> Option<VolumeUnit> {
    let mut words = text.split_whitespace().skip_while(|word| cells::number(word).is_none());
    words.nth(1).and_then(VolumeUnit::named)
}

/// What stands in brackets.
fn brackets(text: &str) -> impl Iterator<Item = &str> {
    text.split('(').skip(1).filter_map(|open| open.split_once(')')).map(|(inside, _)| inside.trim())
}

/// `5m left, 5m right`, in the order nursed.
fn stints(inside: &str) -> Option<Vec<Stint>> {
    let stint = |piece: &str| {
        let (length, side) = piece.trim().rsplit_once(' ')?;
        let side = match side {
            "left" => Side::Left,
            "right" => Side::Right,
            _ => return None,
        };
        Some(Stint::of(side, cells::minutes(length.trim()).ok()?))
    };
    inside.split(',').map(stint).collect()
}

/// `30L, 30R`: what each side gave.
fn sides(inside: &str) -> Option<(Option<f64>, Option<f64>)> {
    let (mut left, mut right) = (None, None);
    for piece in inside.split(',').map(str::trim) {
        match (piece.strip_suffix('L'), piece.strip_suffix('R')) {
            (Some(amount), _) => left = Some(cells::number(amount.trim())?),
            (_, Some(amount)) => right = Some(cells::number(amount.trim())?),
            _ => return None,
        }
    }
    Some((left, right))
}
