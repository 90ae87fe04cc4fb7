//! A table: a column of times, one or two of masses, and whatever else it holds.

use super::{
    Format, Log, MAX_MASS_G, MAX_ROWS, Remark, Sides,
    clock::Days,
    header::{Column, Header, Masses},
    line, unit, within_span,
};
use crate::{error::Problem, reading::Reading};
use std::borrow::Cow;

/// Two scales were heard together when not more than this lies between them (s): both send at least once a second.
const TOGETHER_S: f64 = 1.0;

pub(super) fn read(file: &str, text: &str) -> Result<Log, Problem> {
    let mut lines = line::lines(text);
    let (row, first) = lines.next().ok_or_else(|| Problem::Empty { file: file.to_owned() })?;
    let separator = line::separator(first);
    let names = line::cells(first, separator).ok_or_else(|| open_quote(file, row))?;
    if names.iter().all(|name| unit::number(name, separator != ',').is_some()) {
        return Err(Problem::NoHeader { file: file.to_owned(), row });
    }
    let header = Header::read(file, &names)?;
    let mut rows = Rows::new(file, &header, separator != ',');
    for (row, line) in lines {
        let cells = line::cells(line, separator).ok_or_else(|| open_quote(file, row))?;
        rows.see(row, &cells)?;
    }
    rows.finish()
}

fn open_quote(file: &str, row: usize) -> Problem {
    Problem::OpenQuote { file: file.to_owned(), row }
}

/// The rows seen so far.
struct Rows<'a> {
    file: &'a str,
    header: &'a Header,
    comma: bool,
    days: Days,
    first_s: Option<f64>,
    seen: usize,
    sides: Sides,
    readings: Vec<Reading>,
    no_mass: usize,
    first_no_mass: usize,
}

impl<'a> Rows<'a> {
    fn new(file: &'a str, header: &'a Header, comma: bool) -> Self {
        Self {
            file,
            header,
            comma,
            days: Days::default(),
            first_s: None,
            seen: 0,
            sides: Sides::default(),
            readings: Vec::new(),
            no_mass: 0,
            first_no_mass: 0,
        }
    }

    fn see(&mut self, row: usize, cells: &[Cow<'_, str>]) -> Result<(), Problem> {
        if cells.iter().all(|cell| cell.is_empty()) {
            return Ok(());
        }
        self.seen += 1;
        if self.seen > MAX_ROWS {
            return Err(Problem::TooManyRows { file: self.file.to_owned() });
        }
        match &self.header.masses {
            Masses::One(column) => {
                let Some(mass_g) = self.mass(row, cells, column)? else {
                    self.without_mass(row);
                    return Ok(());
                };
                let t_s = self.time(row, cells)?;
                self.readings.push(Reading { t_s, mass_g });
            }
            Masses::Two { left, right } => {
                let (left, right) = (self.mass(row, cells, left)?, self.mass(row, cells, right)?);
                if left.or(right).is_none() {
                    self.without_mass(row);
                    return Ok(());
                }
                let t_s = self.time(row, cells)?;
                self.sides.left.extend(left.map(|mass_g| Reading { t_s, mass_g }));
                self.sides.right.extend(right.map(|mass_g| Reading { t_s, mass_g }));
                self.readings.extend(self.sides.sum_at(t_s));
            }
        }
        Ok(())
    }

    fn without_mass(&mut self, row: usize) {
        if self.no_mass == 0 {
            self.first_no_mass = row;
        }
        self.no_mass += 1;
    }

    fn time(&mut self, row: usize, cells: &[Cow<'_, str>]) -> Result<f64, Problem> {
        let column = &self.header.time;
        let text = cells.get(column.at).map_or("", |cell| cell.as_ref());
        if text.is_empty() {
            let column = column.name.clone();
            return Err(Problem::NoCell { file: self.file.to_owned(), row, column });
        }
        let plain = unit::number(text, self.comma).map(|number| number * column.unit.0);
        let on_a_clock = || self.days.read(text, self.comma);
        let t_s = plain.or_else(on_a_clock).ok_or_else(|| self.not(row, column, text, "a time"))?;
        within_span(self.file, row, *self.first_s.get_or_insert(t_s), t_s)?;
        Ok(t_s)
    }

    /// The mass in a row, `None` when it holds none.
    fn mass(&self, row: usize, cells: &[Cow<'_, str>], column: &Column) -> Result<Option<f64>, Problem> {
        let text = cells.get(column.at).map_or("", |cell| cell.as_ref());
        if ["", "-", "nan", "null", "none", "n/a", "na"].contains(&text.to_lowercase().as_str()) {
            return Ok(None);
        }
        let number = unit::number(text, self.comma);
        let mass_g = number.ok_or_else(|| self.not(row, column, text, "a number"))? * column.unit.0;
        if mass_g.abs() > MAX_MASS_G {
            let (file, column) = (self.file.to_owned(), column.name.clone());
            return Err(Problem::TooHeavy { file, row, column, text: text.to_owned() });
        }
        Ok(Some(mass_g))
    }

    fn not(&self, row: usize, column: &Column, text: &str, what: &'static str) -> Problem {
        let (file, column) = (self.file.to_owned(), column.name.clone());
        Problem::Cell { file, row, column, text: text.to_owned(), what }
    }

    fn finish(self) -> Result<Log, Problem> {
        if self.first_s.is_none() {
            return Err(Problem::NoReadings { file: self.file.to_owned() });
        }
        let mut remarks = self.header.remarks();
        if self.no_mass > 0 {
            remarks.push(Remark::NoMass { rows: self.no_mass, first: self.first_no_mass });
        }
        let has_two = matches!(self.header.masses, Masses::Two { .. });
        let format = if self.header.is_decent { Format::Decent } else { Format::Table };
        Ok(Log { format, readings: self.readings, sides: has_two.then_some(self.sides), remarks })
    }
}

impl Sides {
    /// The sum of both, where both were heard around `t_s`.
    fn sum_at(&self, t_s: f64) -> Option<Reading> {
        let near = |side: &Vec<Reading>| side.last().copied().filter(|r| (r.t_s - t_s).abs() <= TOGETHER_S);
        let (left, right) = (near(&self.left)?, near(&self.right)?);
        Some(Reading { t_s, mass_g: left.mass_g + right.mass_g })
    }
}
