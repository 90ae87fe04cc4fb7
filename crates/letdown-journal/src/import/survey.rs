//! The first pass over a file: evidence, no values.

use super::{
    DateOrder, ImportError, cells,
    format::Table,
    sheet::{Row, Sheet},
    stamp::{Stamp, Tells},
};
use crate::volume::VolumeUnit;
use jiff::civil::Date;

/// What a file shows about itself.
#[derive(Default)]
pub(super) struct Survey {
    /// Data rows.
    pub(super) rows: usize,
    /// The first of them.
    pub(super) first_row: usize,
    /// The first row whose date only makes sense month first.
    pub(super) month_first: Option<Seen>,
    /// The first row whose date only makes sense day first.
    pub(super) day_first: Option<Seen>,
    /// The first row of ours whose date could be either of two days, month first and day first.
    pub(super) either: Option<(Seen, Date, Date)>,
    /// The first row of ours whose time names no offset.
    pub(super) no_zone: Option<Seen>,
    /// Amounts without a unit.
    pub(super) amounts: Amounts,
    /// Weights without a unit.
    pub(super) weights: Weights,
    /// Whether any row is ours.
    pub(super) ours: bool,
}

/// A cell to show in a message.
#[derive(Clone)]
pub(super) struct Seen {
    pub(super) row: usize,
    pub(super) text: String,
}

/// Amounts without a unit, as far as the unit can be told from them.
#[derive(Default)]
pub(super) struct Amounts {
    pub(super) first: Option<Seen>,
    count: usize,
    above_16: usize,
    above_14: usize,
    fractions: usize,
}

/// Weights without a unit.
#[derive(Default)]
pub(super) struct Weights {
    pub(super) first_row: Option<usize>,
    up_to_100: usize,
}

impl Survey {
    pub(super) fn of(sheet: &Sheet<'_>, table: &dyn Table) -> Result<Self, ImportError> {
        let mut survey = Self::default();
        sheet.each_row(|row| {
            survey.look(row, table);
            Ok(())
        })?;
        Ok(survey)
    }

    fn look(&mut self, row: &Row<'_>, table: &dyn Table) {
        let columns = table.columns();
        let ours = table.not_ours(row).is_none() && !row.is_shifted(columns.note);
        self.rows += 1;
        self.ours |= ours;
        if self.rows == 1 {
            self.first_row = row.number;
        }
        for time in &columns.times {
            self.time(row.number, &time.text(row), ours, columns.zone.is_some());
        }
        if !ours {
            return;
        }
        for amount in table.amounts(row) {
            self.amounts.look(row.number, amount);
        }
        self.weights.look(row.number, table.weight(row));
    }

    fn time(&mut self, row: usize, text: &str, ours: bool, in_zone: bool) {
        let Some(stamp) = Stamp::read(text) else { return };
        let seen = || Seen { row, text: text.to_owned() };
        match stamp.tells() {
            Tells::Only(DateOrder::Mdy) => _ = self.month_first.get_or_insert_with(seen),
            Tells::Only(DateOrder::Dmy) => _ = self.day_first.get_or_insert_with(seen),
            Tells::Either { month_first, day_first } if ours => {
                self.either.get_or_insert_with(|| (seen(), month_first, day_first));
            }
            Tells::Either { .. } | Tells::Nothing => {}
        }
        if ours && !in_zone && matches!(stamp, Stamp::Local { .. }) {
            self.no_zone.get_or_insert_with(seen);
        }
    }
}

impl Amounts {
    fn look(&mut self, row: usize, text: &str) {
        let Ok(Some((value, None))) = cells::amount(text) else { return };
        self.first.get_or_insert_with(|| Seen { row, text: text.to_owned() });
        self.count += 1;
        self.above_16 += usize::from(value > 16.0);
        self.above_14 += usize::from(value > 14.0);
        self.fractions += usize::from(value.fract() != 0.0);
    }

    /// The unit, when the amounts leave no doubt: nobody pumps 16 oz half of the time, and nobody writes 3.5 mL in a log
    /// in which nothing is above 14 mL.
    pub(super) fn compelling(&self) -> Option<(VolumeUnit, &'static str)> {
        if self.above_16 * 2 > self.count {
            Some((VolumeUnit::Ml, "most amounts are above 16"))
        } else if self.above_14 == 0 && self.fractions > 0 {
            Some((VolumeUnit::Oz, "no amount is above 14, and some are fractions"))
        } else {
            None
        }
    }
}

impl Weights {
    fn look(&mut self, row: usize, text: &str) {
        let Some(value) = cells::number(text) else { return };
        self.first_row.get_or_insert(row);
        self.up_to_100 += usize::from(value <= 100.0);
    }

    pub(super) fn all_above_100(&self) -> bool {
        self.up_to_100 == 0
    }
}
