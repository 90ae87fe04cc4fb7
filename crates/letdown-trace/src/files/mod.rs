//! Files in which a scale's readings were kept: a table (CSV), or what a scale app saves (JSON).
//!
//! A file is known by what stands in it, not by its name. What cannot be read is an error that names the row; what is left
//! out, because a row holds no mass, is told as a [`Remark`]. Readings that come twice or out of order stay as they are:
//! what to make of them is the business of whoever looks for milk.

mod brew;
mod clock;
mod header;
mod line;
mod table;
mod unit;

use crate::{
    error::{Problem, TraceError},
    reading::Reading,
};
use std::fmt;

/// The largest file (bytes): an hour in a scale app's JSON, which writes down a kilobyte for each reading, and as much
/// again.
pub const MAX_BYTES: usize = 64 << 20;
/// The most readings: six hours at forty a second. Scales send ten.
pub const MAX_ROWS: usize = 900_000;
/// The longest time from the first reading (s): six hours. No session is as long; a file that is has its time in another
/// unit, or holds a day.
pub const MAX_SPAN_S: f64 = 21_600.0;
/// The heaviest load (g): no kitchen scale carries more than 20 kg.
pub const MAX_MASS_G: f64 = 20_000.0;

/// What stood in a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Log {
    /// Who wrote it.
    pub format: Format,
    /// Its readings, in the order of the file. Where it has two scales: their sum.
    pub readings: Vec<Reading>,
    /// The scales one by one, where it has two.
    pub sides: Option<Sides>,
    /// What the reader decided or left out.
    pub remarks: Vec<Remark>,
}

/// Readings of two scales, one under each bottle.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sides {
    /// Those of the left.
    pub left: Vec<Reading>,
    /// Those of the right.
    pub right: Vec<Reading>,
}

/// Who wrote a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A table with a column of times and one or two of masses.
    Table,
    /// Beanconqueror's record of a brew, JSON.
    Beanconqueror,
    /// The log of a Decent espresso machine, a table.
    Decent,
}

impl Format {
    /// Its name in files and answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Table => "csv",
            Self::Beanconqueror => "beanconqueror",
            Self::Decent => "decent",
        }
    }
}

/// Something the reader of a file decided or left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// Rows without a mass, which were left out.
    NoMass {
        /// How many.
        rows: usize,
        /// The number of the first.
        first: usize,
    },
    /// A column that names no unit.
    Assumed {
        /// The column.
        column: String,
        /// The unit it was read in.
        unit: &'static str,
    },
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoMass { rows: 1, first } => write!(f, "row {first} holds no mass and was left out"),
            Self::NoMass { rows, first } => {
                write!(f, "{rows} rows hold no mass and were left out, the first is row {first}")
            }
            Self::Assumed { column, unit } => {
                write!(f, "the column {} names no unit and was read in {unit}", crate::error::shown(column))
            }
        }
    }
}

/// Reads a file. `name` only stands in errors.
///
/// In a table times stay on the file's clock; in an app's JSON the first reading is at 0 s.
///
/// # Errors
///
/// One sentence that names the file, the row, the field, and the mend.
///
/// ```
/// use letdown_trace::{files, reading::Reading};
/// let log = files::read("mine.csv", b"t_s,mass_g\n4.0,0.1\n4.1,0.3\n")?;
/// assert_eq!(log.readings, [Reading::new(4.0, 0.1), Reading::new(4.1, 0.3)]);
/// let error = files::read("mine.csv", b"t_s,mass_g\n4.0,heavy\n").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "mine.csv, row 2, column \"mass_g\": \"heavy\" is not a number; correct it or take the row out"
/// );
/// # Ok::<(), letdown_trace::error::TraceError>(())
/// ```
pub fn read(name: &str, bytes: &[u8]) -> Result<Log, TraceError> {
    let file = || name.to_owned();
    if bytes.len() > MAX_BYTES {
        return Err(Problem::TooLarge { file: file(), bytes: bytes.len() }.into());
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0x1f, 0x8b]) {
        return Err(Problem::Packed { file: file() }.into());
    }
    let text = std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\0'));
    let text = text.ok_or_else(|| Problem::NotText { file: file() })?;
    let text = text.trim_start_matches('\u{feff}');
    let log = match text.trim_start().chars().next() {
        None => return Err(Problem::Empty { file: file() }.into()),
        Some('{' | '[') => brew::read(name, text)?,
        Some(_) => table::read(name, text)?,
    };
    Ok(log)
}

/// Refuses what lies too far from the first reading.
fn within_span(name: &str, row: usize, first_s: f64, t_s: f64) -> Result<(), Problem> {
    let far_s = (t_s - first_s).abs();
    if far_s <= MAX_SPAN_S {
        Ok(())
    } else {
        Err(Problem::TooLong { file: name.to_owned(), row, hours: far_s / 3600.0 })
    }
}
