//! Days since 1900 in a workbook: 45251.5 is noon of 21 November 2023.
//!
//! A cell with the style of a date is read as one anyway. Without a style it is a bare number, and only the column tells
//! that it is a time; so only columns of times are read this way, and only numbers between 2000 and 2100.

use jiff::{SignedDuration, civil::DateTime};
use std::borrow::Cow;

/// The first days of 2000 and of 2100, as workbooks count them.
const DAYS: std::ops::Range<f64> = 36_526.0..73_051.0;
/// Day 0: the count runs from here, because it knows a 29 February 1900.
const DAY_ZERO: DateTime = jiff::civil::datetime(1899, 12, 30, 0, 0, 0, 0);
/// Seconds in a day.
const DAY_S: f64 = 86_400.0;

/// A number of days as a moment; any other text as it is.
pub(super) fn moment(text: &str) -> Cow<'_, str> {
    let Some(days) = number(text).filter(|days| DAYS.contains(days)) else { return Cow::Borrowed(text) };
    let since = SignedDuration::from_secs((days * DAY_S).round() as i64);
    match DAY_ZERO.checked_add(since) {
        Ok(at) => Cow::Owned(at.strftime("%Y-%m-%d %H:%M:%S").to_string()),
        Err(_) => Cow::Borrowed(text),
    }
}

/// A part of a day, beside a column of days, as a clock time; any other text as it is.
pub(super) fn clock(text: &str) -> Cow<'_, str> {
    let Some(day) = number(text).filter(|day| (0.0..1.0).contains(day)) else { return Cow::Borrowed(text) };
    // Half a second before midnight is still this day.
    let seconds = ((day * DAY_S).round() as u32).min(86_399);
    Cow::Owned(format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60))
}

/// A number as a workbook writes it: digits and at most a point.
fn number(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    text.parse().ok().filter(|_| plain)
}

#[cfg(test)]
mod tests {
    use super::{clock, moment};

    #[test]
    fn days_between_2000_and_2100_are_moments() {
        let cases = [
            ("45251.5", "2023-11-21 12:00:00"),
            ("46056.4375", "2026-02-03 10:30:00"),
            ("46057", "2026-02-04 00:00:00"),
            ("46056.999999999", "2026-02-04 00:00:00"),
            ("36526", "2000-01-01 00:00:00"),
            ("73050.5", "2099-12-31 12:00:00"),
            ("36525.9", "36525.9"),
            ("73051", "73051"),
            ("1700568000", "1700568000"),
            ("-45251", "-45251"),
            ("4e4", "4e4"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(moment(text), expected);
        }
    }

    #[test]
    fn parts_of_a_day_are_clock_times() {
        assert_eq!((clock("0.8125"), clock("0")), ("19:30:00".into(), "0:00:00".into()));
        assert_eq!((clock("0.9999999"), clock("1")), ("23:59:59".into(), "1".into()));
    }
}
