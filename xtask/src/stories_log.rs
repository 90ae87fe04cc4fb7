//! The log that the stories import: six weeks of pumping, invented, that end yesterday.
//!
//! A file in the repository would grow old, and a forecast from an old log is another story. The shape is that of Baby
//! Tracker's export of 2017, which leaves zone and order of the date open, so that the page has to ask.

use std::time::{SystemTime, UNIX_EPOCH};

const DAYS: i64 = 42;
const HOURS: [i64; 6] = [2, 6, 10, 14, 18, 22];

/// The log as it would have been exported just now.
pub(crate) fn until_yesterday() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    log((seconds / 86_400).cast_signed())
}

/// The log of the days before `today` (days since 1970).
fn log(today: i64) -> String {
    let rows = (today - DAYS..today).flat_map(|day| HOURS.map(|hour| row(day, hour)));
    ["Time,Amount,Note\n".to_owned()].into_iter().chain(rows).collect()
}

fn row(day: i64, hour: i64) -> String {
    let (year, month, date) = date(day);
    let (clock, half) = ((hour + 11) % 12 + 1, if hour < 12 { "AM" } else { "PM" });
    let minute = (day * 7 + hour * 11) % 60;
    format!("\"{month}/{date}/{:02}, {clock}:{minute:02} {half}\",{} ml\n", year % 100, ml(day, hour))
}

/// More in the morning, and never quite the same.
fn ml(day: i64, hour: i64) -> i64 {
    let morning = if hour < 9 { 35 } else { 0 };
    75 + morning + (day * 37 + hour * 53) % 23
}

/// Year, month and day of a number of days since 1970-01-01, by Howard Hinnant's `civil_from_days`.
fn date(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year + year / 4 - year / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (era * 400 + year + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::{date, log};

    #[test]
    fn days_have_their_dates() {
        let cases =
            [(0, (1970, 1, 1)), (59, (1970, 3, 1)), (19_782, (2024, 2, 29)), (20_781, (2026, 11, 24))];
        for (days, expected) in cases {
            assert_eq!(date(days), expected);
        }
    }

    #[test]
    fn the_log_ends_yesterday() {
        let log = log(20_781);
        assert_eq!(log.lines().count(), 1 + 42 * 6);
        assert!(log.starts_with("Time,Amount,Note\n\"10/13/26, 2:"));
        let last = log.lines().last().unwrap();
        assert!(
            last.starts_with("\"11/23/26, 10:") && last.contains(" PM\",") && last.ends_with(" ml"),
            "{last}"
        );
    }
}
