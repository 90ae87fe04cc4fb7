//! The header of a table: names to find columns by, and the units some of them carry.
//!
//! Generations of one app write `Left Amount (ml)`, `Left amount (oz.)` and `Left Amount`. So a column is found by its
//! name without the bracket, case-blind, and the bracket is read as a unit.

use super::{cells::shown, sheet::Row, stamp::Stamp};
use crate::volume::VolumeUnit;
use csv::StringRecord;
use std::borrow::Cow;

/// The columns of a table.
#[derive(Default)]
pub(super) struct Header {
    columns: Vec<Column>,
}

struct Column {
    /// As written, without the space around it.
    text: String,
    /// In lower case, without a bracket at its end.
    name: String,
    /// What the bracket holds.
    bracket: Option<String>,
}

/// A column of volumes.
#[derive(Clone, Copy)]
pub(super) struct VolumeColumn {
    pub(super) at: usize,
    pub(super) unit: Option<VolumeUnit>,
    /// The column that names the unit of each row.
    pub(super) unit_at: Option<usize>,
}

impl VolumeColumn {
    /// The unit that a row names beside the amount, else the one of the header.
    pub(super) fn unit_in(&self, row: &Row<'_>) -> Option<VolumeUnit> {
        unit(row.cell(self.unit_at)).or(self.unit)
    }
}

/// The unit a cell names; some apps name the system it belongs to.
fn unit(word: &str) -> Option<VolumeUnit> {
    VolumeUnit::named(word).or_else(|| match word.to_lowercase().as_str() {
        "imperial" => Some(VolumeUnit::Oz),
        "metric" => Some(VolumeUnit::Ml),
        _ => None,
    })
}

/// Where a time stands: in one cell, or as a date and a clock time in two.
#[derive(Clone, Copy)]
pub(super) struct TimeColumn {
    pub(super) date: Option<usize>,
    pub(super) time: usize,
}

impl TimeColumn {
    pub(super) fn text<'r>(&self, row: &Row<'r>) -> Cow<'r, str> {
        let date = row.moment(self.date);
        if date.is_empty() {
            return row.moment(Some(self.time));
        }
        // Workbooks give every date a clock time.
        let day = date.strip_suffix(" 00:00:00").unwrap_or(&date);
        Cow::Owned(format!("{day} {}", row.clock(Some(self.time))))
    }
}

impl Header {
    pub(super) fn of(record: &StringRecord) -> Self {
        Self { columns: record.iter().map(Column::of).collect() }
    }

    pub(super) fn width(&self) -> usize {
        self.columns.len()
    }

    /// The column of that name.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.name == name)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    pub(super) fn has_all(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.has(name))
    }

    pub(super) fn has_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.has(name))
    }

    /// Whether every column that has a name has one of these.
    pub(super) fn has_only(&self, names: &[&str]) -> bool {
        self.names().all(|name| name.is_empty() || names.contains(&name))
    }

    /// The column with that text, else the one with that name.
    pub(super) fn find_written(&self, text: &str) -> Option<usize> {
        let wanted = text.trim().to_lowercase();
        self.columns.iter().position(|c| c.text.to_lowercase() == wanted).or_else(|| self.find(&wanted))
    }

    pub(super) fn time(&self, name: &str) -> Option<TimeColumn> {
        self.find(name).map(|time| TimeColumn { date: None, time })
    }

    pub(super) fn volume(&self, name: &str) -> Option<VolumeColumn> {
        self.find(name).map(|at| self.volume_at(at))
    }

    pub(super) fn volume_at(&self, at: usize) -> VolumeColumn {
        let bracket = self.columns.get(at).and_then(|c| c.bracket.as_deref());
        VolumeColumn { at, unit: bracket.and_then(VolumeUnit::named), unit_at: None }
    }

    /// The names, in lower case and without brackets, in their order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|c| c.name.as_str())
    }

    /// The columns as written, in their order.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|c| c.text.as_str())
    }

    /// The columns as one line of a message.
    pub(super) fn list(&self) -> String {
        const MOST: usize = 30;
        let mut listed: Vec<String> = self.texts().filter(|t| !t.is_empty()).take(MOST).map(shown).collect();
        if self.width() > MOST {
            listed.push(format!("and {} more", self.width() - MOST));
        }
        listed.join(", ")
    }

    /// Whether the record is this header once more.
    pub(super) fn is_repeated_by(&self, record: &StringRecord) -> bool {
        record.len() == self.width() && self.texts().zip(record).all(|(text, cell)| text == cell.trim())
    }

    /// A column is named after what it holds; a column named like a moment is a row without a header above it.
    pub(super) fn looks_like_data(&self) -> bool {
        self.texts().any(|text| Stamp::read(text).is_some())
    }
}

impl Column {
    fn of(cell: &str) -> Self {
        let text = cell.trim();
        let (name, bracket) = match text.strip_suffix(')').and_then(|open| open.rsplit_once('(')) {
            Some((name, bracket)) => (name.trim(), Some(bracket.trim().to_owned())),
            None => (text, None),
        };
        Self { text: text.to_owned(), name: name.to_lowercase(), bracket }
    }
}
