//! Workbooks (.xlsx): each sheet is a table; dates that are stored as numbers become text again.

use super::Listed;
use crate::import::{ImportError, error::Problem, sheet::MAX_ROWS};
use calamine::{Data, ExcelDateTime, Range, Reader, Xlsx};
use jiff::{Unit, civil::DateTime};
use std::io::Cursor;

/// The most cells of one sheet. An empty sheet can claim a million rows of sixteen thousand columns.
const MAX_CELLS: usize = 20_000_000;

pub(super) fn tables(file: &str, bytes: &[u8]) -> Result<Vec<Listed>, ImportError> {
    let broken = |_| Problem::BrokenWorkbook { file: file.to_owned() };
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let mut tables = Vec::new();
    for title in book.sheet_names() {
        let range = book.worksheet_range(&title).map_err(broken)?;
        let (rows, columns) = range.get_size();
        if rows > MAX_ROWS || rows.saturating_mul(columns) > MAX_CELLS {
            return Err(Problem::TooManyRows { file: file.to_owned() }.into());
        }
        tables.extend(table(title, &range));
    }
    let several = tables.len() > 1;
    tables.iter_mut().filter(|_| !several).for_each(|table| table.title.clear());
    Ok(tables)
}

/// The table of a sheet: its first row that says anything is the header.
fn table(title: String, range: &Range<Data>) -> Option<Listed> {
    let first = range.start()?.0 as usize;
    let mut rows = range.rows().enumerate().map(|(at, row)| (first + at + 1, row.iter().map(text).collect()));
    let (_, header) =
        rows.find(|(_, row): &(usize, Vec<String>)| row.iter().any(|cell| !cell.trim().is_empty()))?;
    Some(Listed { title, header, rows: rows.collect() })
}

fn text(cell: &Data) -> String {
    match cell {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => format!("{number}"),
        Data::Bool(yes) => yes.to_string(),
        Data::DateTime(at) => moment(*at),
        Data::Error(_) | Data::Empty => String::new(),
    }
}

/// A day with its clock time, a clock time alone, or a length as hours, minutes and seconds.
fn moment(at: ExcelDateTime) -> String {
    let value = at.as_f64();
    if at.is_duration() || value < 1.0 {
        let seconds = (value * 86_400.0).round() as i64;
        return format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    }
    to_the_second(at).map(|at| at.strftime("%Y-%m-%d %H:%M:%S").to_string()).unwrap_or_default()
}

/// Times are kept as binary fractions of a day: 10:30 comes as 10:29:59.999.
fn to_the_second(at: ExcelDateTime) -> Option<DateTime> {
    let (year, month, day, hour, minute, second, milli) = at.to_ymd_hms_milli();
    let small = |n: u8| i8::try_from(n).ok();
    let (year, nanos) = (i16::try_from(year).ok()?, i32::from(milli) * 1_000_000);
    let exact =
        DateTime::new(year, small(month)?, small(day)?, small(hour)?, small(minute)?, small(second)?, nanos);
    exact.ok()?.round(Unit::Second).ok()
}
