//! Glow Baby: a ZIP of one CSV per activity. Bottles and growth are known; the tables of other activities have never been
//! seen and are left out.
//!
//! Every amount stands twice, `Amount(ml),Amount(oz)`: the one with fewer decimals is the one that was typed. An export
//! holds at most 5,000 rows, so families import several that overlap.

use crate::import::{
    Answers, ImportError, WeightUnit, cells,
    format::{Columns, Format, FormatName, Line, Table},
    header::{Header, TimeColumn, VolumeColumn},
    settled::Settled,
    sheet::{Row, Sheet},
};
use crate::{
    body::{Body, Bottle, Milk, Weight},
    volume::{Intake, Volume, VolumeUnit},
};

/// The app.
pub(super) struct Glow;

pub(super) const NAME: FormatName = FormatName::new("glow");

impl Format for Glow {
    fn name(&self) -> FormatName {
        NAME
    }

    fn open(&self, sheet: &Sheet<'_>, _answers: &Answers) -> Result<Option<Box<dyn Table>>, ImportError> {
        let header = sheet.header();
        let fed = header.time("time of feeding").filter(|_| header.has("milk type"));
        let grown = header.time("date").filter(|_| header.has_all(&["weight", "height", "head circ."]));
        Ok(match (fed, grown) {
            (Some(time), _) => Some(Box::new(BottleTable::of(header, time))),
            (_, Some(date)) => Some(Box::new(GrowthTable::of(header, date))),
            (None, None) => None,
        })
    }
}

struct BottleTable {
    time: TimeColumn,
    milk: Option<usize>,
    ml: Option<VolumeColumn>,
    oz: Option<VolumeColumn>,
    columns: Columns,
}

impl BottleTable {
    fn of(header: &Header, time: TimeColumn) -> Self {
        let amounts: Vec<VolumeColumn> =
            columns_named(header, "amount").map(|at| header.volume_at(at)).collect();
        let of = |unit| amounts.iter().find(|column| column.unit == Some(unit)).copied();
        let note = header.find("notes").or_else(|| header.find("note"));
        Self {
            time,
            milk: header.find("milk type"),
            ml: of(VolumeUnit::Ml),
            oz: of(VolumeUnit::Oz),
            columns: Columns { times: vec![time], volumes: amounts, note, ..Columns::default() },
        }
    }

    /// The amount that was typed, and what to say where the two do not agree.
    fn drunk(&self, row: &Row<'_>, settled: &Settled) -> Result<(Option<Volume>, Option<String>), String> {
        let (ml, oz) = (settled.volume(row, self.ml)?, settled.volume(row, self.oz)?);
        let (Some(in_ml), Some(in_oz)) = (&ml, &oz) else { return Ok((ml.or(oz), None)) };
        let apart = (in_ml.as_ml() - in_oz.as_ml()).abs() > APART_ML;
        let flag = apart.then(|| {
            format!("{:.1} ml and {:.1} ml (from oz) stand for one amount", in_ml.as_ml(), in_oz.as_ml())
        });
        let decimals = |column: Option<VolumeColumn>| decimals(row.cell(column.map(|c| c.at)));
        Ok((if decimals(self.oz) < decimals(self.ml) { oz } else { ml }, flag))
    }
}

/// More than rounding puts between the two amounts of a row (mL).
const APART_ML: f64 = 1.0;

/// The columns of a name; each unit has its own.
fn columns_named<'h>(header: &'h Header, wanted: &'h str) -> impl Iterator<Item = usize> + 'h {
    header.names().enumerate().filter(move |(_, name)| *name == wanted).map(|(at, _)| at)
}

fn decimals(text: &str) -> usize {
    text.split_once('.').map_or(0, |(_, decimals)| decimals.trim_end_matches('0').len())
}

impl Table for BottleTable {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn line(&self, row: &Row<'_>, settled: &Settled) -> Result<Line, String> {
        let start = settled.time(&self.time.text(row))?;
        let milk = match row.cell(self.milk).to_lowercase().as_str() {
            "breast milk" => Milk::Expressed,
            "formula" => Milk::Formula,
            _ => Milk::Unknown,
        };
        let (drunk, flag) = self.drunk(row, settled)?;
        let (intake, note) = (drunk.map(Intake), row.note(self.columns.note));
        let bottle = Bottle { intake, note, ..Bottle::at(start.at.clone(), milk) };
        let mut line = Line::new(row, &start, Body::Bottle(bottle), None);
        line.flags.extend(flag);
        Ok(line)
    }
}

/// Weights beside heights.
struct GrowthTable {
    date: TimeColumn,
    kg: Option<usize>,
    lb: Option<usize>,
    columns: Columns,
}

impl GrowthTable {
    fn of(header: &Header, date: TimeColumn) -> Self {
        let weights: Vec<usize> = columns_named(header, "weight").collect();
        let of = |unit: &str| {
            let texts: Vec<&str> = header.texts().collect();
            weights
                .iter()
                .copied()
                .find(|at| texts.get(*at).is_some_and(|text| text.to_lowercase().contains(unit)))
        };
        let columns = Columns { times: vec![date], ..Columns::default() };
        Self { date, kg: of("kg"), lb: of("lb"), columns }
    }

    /// The weight that was typed, with its unit. 0 stands for none.
    fn weighed<'r>(&self, row: &Row<'r>) -> Option<(&'r str, WeightUnit)> {
        let cell = |at, unit| {
            Some((row.cell(at), unit))
                .filter(|(text, _)| cells::number(text) != Some(0.0) && !text.is_empty())
        };
        let (kg, lb) = (cell(self.kg, WeightUnit::Kg), cell(self.lb, WeightUnit::Lb));
        match (kg, lb) {
            (Some(kg), Some(lb)) => Some(if decimals(lb.0) < decimals(kg.0) { lb } else { kg }),
            (kg, lb) => kg.or(lb),
        }
    }
}

impl Table for GrowthTable {
    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn not_ours(&self, row: &Row<'_>) -> Option<String> {
        self.weighed(row).is_none().then(|| "not ours: growth without a weight".to_owned())
    }

    fn line(&self, row: &Row<'_>, settled: &Settled) -> Result<Line, String> {
        let start = settled.date(&self.date.text(row))?;
        let (text, unit) = self.weighed(row).ok_or("the weight is missing")?;
        let (weight_g, typed) = settled.grams(text, Some(unit))?;
        let weight = Weight { typed, ..Weight::at(start.at.clone(), weight_g) };
        Ok(Line::new(row, &start, Body::Weight(weight), None))
    }
}
