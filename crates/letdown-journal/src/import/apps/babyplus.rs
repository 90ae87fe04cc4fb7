//! Baby+ (Philips): one JSON with a list per activity.
//!
//! Later versions write flat lists, `baby_nursingfeed` and others, in which a baby is a number; in 2019 each baby held
//! its own, `babies[].feed.breastfeed`, one row per breast. Times name their offset, or count seconds since 1970; an end
//! in 1970 is none. Lengths are seconds. Only expressed milk is output; a bottle says whether it is formula.

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
    body::{Body, Bottle, Diaper, Milk, Nurse, Pump, Side, Stint, Weight},
    volume::{Intake, Output, Volume, VolumeUnit},
};

/// The app.
pub(super) struct BabyPlus;

pub(super) const NAME: FormatName = FormatName::new("babyplus");

impl Format for BabyPlus {
    fn name(&self) -> FormatName {
        NAME
    }

    fn open(&self, sheet: &Sheet<'_>, _answers: &Answers) -> Result<Option<Box<dyn Table>>, ImportError> {
        let (path, header) = (sheet.title().to_lowercase(), sheet.header());
        let start = header.time("startdate").or_else(|| header.time("date"));
        let flat = ["baby_", "my_", "health_"].iter().any(|list| path.starts_with(list));
        let ours = flat && header.has("babyid") || path.starts_with("babies.");
        Ok(start.filter(|_| ours).map(|start| table(&path, header, start)))
    }
}

fn table(path: &str, header: &Header, start: TimeColumn) -> Box<dyn Table> {
    let list = path.rsplit('.').next().unwrap_or(path);
    let (what, list) = (What::of(list), list.trim_start_matches("baby_").trim_start_matches("my_"));
    let common = Common::of(header, start);
    match what {
        Some(what) => Box::new(List::of(what, header, common)),
        None => Box::new(NotOurs::new(&list.replace('_', " "), common.columns)),
    }
}

/// What a list holds.
#[derive(Clone, Copy, PartialEq)]
enum What {
    Nursing,
    Bottle,
    Pump,
    Nappy,
    Weight,
}

impl What {
    fn of(list: &str) -> Option<Self> {
        let has = |words: &[&str]| words.iter().any(|word| list.contains(word));
        match () {
            () if has(&["expressing", "pump"]) => Some(Self::Pump),
            () if has(&["nursing", "breastfeed"]) => Some(Self::Nursing),
            () if has(&["bottle"]) => Some(Self::Bottle),
            () if has(&["nappy", "diaper"]) => Some(Self::Nappy),
            () if has(&["growth", "weight"]) => Some(Self::Weight),
            () => None,
        }
    }
}

/// What every list has.
struct Common {
    start: TimeColumn,
    end: Option<usize>,
    key: Option<usize>,
    number: Option<usize>,
    name: Option<usize>,
    columns: Columns,
}

impl Common {
    fn of(header: &Header, start: TimeColumn) -> Self {
        let end = header.find("enddate");
        let mut times = vec![start];
        times.extend(end.map(|time| TimeColumn { date: None, time }));
        Self {
            start,
            end,
            key: header.find("pk"),
            number: header.find("babyid"),
            name: header.find("babies.name"),
            columns: Columns { times, note: header.find("note"), ..Columns::default() },
        }
    }

    fn baby(&self, row: &Row<'_>) -> Option<String> {
        row.text(self.name).or_else(|| row.text(self.number).map(|number| format!("baby {number}")))
    }

    /// The end, unless it stands at the beginning of 1970: that one is still to come.
    fn end<'r>(&self, row: &Row<'r>) -> &'r str {
        let end = row.cell(self.end);
        let none = end.starts_with("1970-01-01")
            || end.starts_with("1969-12-31")
            || end.trim_start_matches(['0', '.']).is_empty();
        if none { "" } else { end }
    }
}

/// One list.
struct List {
    what: What,
    common: Common,
    totals: Vec<VolumeColumn>,
    lefts: Vec<VolumeColumn>,
    rights: Vec<VolumeColumn>,
    seconds: Option<usize>,
    left_seconds: Option<usize>,
    right_seconds: Option<usize>,
    side: Option<usize>,
    first_side: Option<usize>,
    formula: Option<usize>,
    kind: Option<usize>,
    weight: Option<usize>,
}

impl List {
    fn of(what: What, header: &Header, mut common: Common) -> Self {
        let find = |names: &[&str]| names.iter().find_map(|name| header.find(name));
        let (totals, lefts, rights) =
            (volumes(header, ""), volumes(header, "left"), volumes(header, "right"));
        let weight = header.find("weight");
        common.columns.volumes = match what {
            What::Pump => [&totals[..], &lefts, &rights].concat(),
            What::Bottle => totals.clone(),
            What::Nursing | What::Nappy | What::Weight => Vec::new(),
        };
        common.columns.weight = weight.filter(|_| what == What::Weight);
        Self {
            what,
            totals,
            lefts,
            rights,
            seconds: find(&["duration", "durationseconds"]),
            left_seconds: header.find("leftduration"),
            right_seconds: header.find("rightduration"),
            side: find(&["nursingside", "side"]),
            first_side: header.find("startingbreast"),
            formula: header.find("isformula"),
            kind: header.find("type"),
            weight,
            common,
        }
    }

    /// How long it took: the length that is written, else up to its end.
    fn lasted(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Lasted, String> {
        match minutes(row, self.seconds)? {
            Some(minutes) => Ok(Lasted::minutes(minutes)),
            None => settled.lasted(start, self.common.end(row)),
        }
    }

    fn nurse(&self, row: &Row<'_>, start: &Placed) -> Result<impl Fn(Option<f64>) -> Body, String> {
        let stints = self.stints(row)?;
        let sides = sides(row.cell(self.side))?;
        let (baby, note) = (self.common.baby(row), row.note(self.common.columns.note));
        let nurse = Nurse { baby, note, ..Nurse::at(start.at.clone()) };
        Ok(move |whole: Option<f64>| {
            if stints.is_empty() {
                return Body::Nurse(with_sides(nurse.clone(), sides, whole));
            }
            // The end says more than the sides where there was a pause.
            let sum: f64 = stints.iter().filter_map(|stint| stint.minutes).sum();
            let minutes = whole.filter(|whole| whole - sum > 1.0);
            Body::Nurse(Nurse { minutes, stints: stints.clone(), ..nurse.clone() })
        })
    }

    fn stints(&self, row: &Row<'_>) -> Result<Vec<Stint>, String> {
        let left = (Side::Left, minutes(row, self.left_seconds)?);
        let right = (Side::Right, minutes(row, self.right_seconds)?);
        let right_first = sides(row.cell(self.first_side))? == [Side::Right];
        let in_order = if right_first { [right, left] } else { [left, right] };
        let nursed = in_order.into_iter().filter(|(_, minutes)| minutes.is_some());
        Ok(nursed.map(|(side, minutes)| Stint::of(side, minutes)).collect())
    }

    fn pump(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Pump, String> {
        let output = |columns| Ok::<_, String>(volume(row, settled, columns)?.map(Output));
        let (left, right, total) = (output(&self.lefts)?, output(&self.rights)?, output(&self.totals)?);
        let bare = Pump {
            left_minutes: minutes(row, self.left_seconds)?,
            right_minutes: minutes(row, self.right_seconds)?,
            note: row.note(self.common.columns.note),
            ..Pump::at(start.at.clone())
        };
        Ok(match sides(row.cell(self.side))? {
            [Side::Left] if left.is_none() => Pump { left: total, right, ..bare },
            [Side::Right] if right.is_none() => Pump { left, right: total, ..bare },
            _ => Pump { left, right, total, ..bare },
        })
    }

    fn milk(&self, row: &Row<'_>) -> Result<Milk, String> {
        let kind = row.cell(self.kind).to_lowercase();
        Ok(match row.cell(self.formula) {
            "" if kind.contains("formula") => Milk::Formula,
            "" if kind.contains("breast") || kind.contains("express") => Milk::Expressed,
            "" => Milk::Unknown,
            formula if cells::yes(formula)? => Milk::Formula,
            _ => Milk::Expressed,
        })
    }

    fn diaper(&self, row: &Row<'_>, start: &Placed) -> Result<Diaper, String> {
        let kind = row.cell(self.kind);
        let (wet, soiled) = match kind.to_lowercase().as_str() {
            "wet" => (true, false),
            "soiled" | "dirty" => (false, true),
            "mixed" | "both" => (true, true),
            "dry" | "clean" => (false, false),
            _ => return Err(format!("the type {} is not one I know", shown(kind))),
        };
        Ok(Diaper::at(start.at.clone(), wet, soiled))
    }

    fn bottle(&self, row: &Row<'_>, settled: &Settled, start: &Placed) -> Result<Bottle, String> {
        let intake = volume(row, settled, &self.totals)?.map(Intake);
        Ok(Bottle { intake, ..Bottle::at(start.at.clone(), self.milk(row)?) })
    }
}

impl Table for List {
    fn columns(&self) -> &Columns {
        &self.common.columns
    }

    fn not_ours(&self, row: &Row<'_>) -> Option<String> {
        let weight = row.cell(self.weight);
        let unweighed = self.what == What::Weight && cells::number(weight).unwrap_or_default() == 0.0;
        unweighed.then(|| "not ours: growth without a weight".to_owned())
    }

    fn line(&self, row: &Row<'_>, settled: &Settled) -> Result<Line, String> {
        let text = self.common.start.text(row);
        let in_days = self.what == What::Weight;
        let start = if in_days { settled.date(&text)? } else { settled.time(&text)? };
        let (baby, note) = (self.common.baby(row), row.note(self.common.columns.note));
        let about = baby.as_deref();
        let mut line = match self.what {
            What::Nursing => {
                let (lasted, body) = (self.lasted(row, settled, &start)?, self.nurse(row, &start)?);
                Line::lasting(row, &start, lasted, about, body)
            }
            What::Pump => {
                let (lasted, pump) = (self.lasted(row, settled, &start)?, self.pump(row, settled, &start)?);
                Line::lasting(row, &start, lasted, None, |minutes| {
                    Body::Pump(Pump { minutes, ..pump.clone() })
                })
            }
            What::Bottle => {
                let bottle = Bottle { baby: baby.clone(), note, ..self.bottle(row, settled, &start)? };
                let lasted = self.lasted(row, settled, &start)?;
                let body = |minutes| Body::Bottle(Bottle { minutes, ..bottle.clone() });
                Line::lasting(row, &start, lasted, about, body)
            }
            What::Nappy => {
                let diaper = Diaper { baby: baby.clone(), note, ..self.diaper(row, &start)? };
                Line::new(row, &start, Body::Diaper(diaper), about)
            }
            What::Weight => {
                let (weight_g, typed) = settled.grams(row.cell(self.weight), None)?;
                let weight =
                    Weight { typed, baby: baby.clone(), note, ..Weight::at(start.at.clone(), weight_g) };
                Line::new(row, &start, Body::Weight(weight), about)
            }
        };
        line.row.row_id = row.text(self.common.key).filter(|key| key.len() <= 64);
        Ok(line)
    }

    fn join(&self, lines: Vec<Line>) -> Vec<Draft> {
        join::nursings(lines)
    }
}

/// The columns of one amount, each with the unit in its name: a list holds one of them.
fn volumes(header: &Header, side: &str) -> Vec<VolumeColumn> {
    let named = |name: &str, unit| {
        let spelled = [format!("{side}{name}"), name.replacen("amount", &format!("amount{side}"), 1)];
        spelled.iter().find_map(|name| header.find(name)).map(|at| VolumeColumn { at, unit, unit_at: None })
    };
    let units = [("amountml", Some(VolumeUnit::Ml)), ("amountoz", Some(VolumeUnit::Oz)), ("amount", None)];
    units.into_iter().filter_map(|(name, unit)| named(name, unit)).collect()
}

fn volume(row: &Row<'_>, settled: &Settled, columns: &[VolumeColumn]) -> Result<Option<Volume>, String> {
    let filled = columns.iter().find(|column| !row.cell(Some(column.at)).is_empty());
    settled.volume(row, filled.copied())
}

/// Seconds as minutes; none when there are none.
fn minutes(row: &Row<'_>, at: Option<usize>) -> Result<Option<f64>, String> {
    let text = row.cell(at);
    let seconds = cells::number(text).filter(|_| !text.is_empty());
    match seconds {
        None if text.is_empty() => Ok(None),
        None => Err(format!("the length {} is not one I can read", shown(text))),
        Some(0.0) => Ok(None),
        Some(seconds) => cells::checked(seconds / 60.0).map(Some),
    }
}

fn sides(word: &str) -> Result<&'static [Side], String> {
    match word.to_lowercase().as_str() {
        "" | "none" => Ok(&[]),
        "left" | "l" => Ok(&[Side::Left]),
        "right" | "r" => Ok(&[Side::Right]),
        "both" | "b" => Ok(&[Side::Left, Side::Right]),
        _ => Err(format!("the side {} is neither left nor right nor both", shown(word))),
    }
}
