//! The log that the stories import: six weeks of pumping, invented, that end yesterday.
//!
//! A file in the repository would grow old, and a forecast from an old log is another story. The shape is that of Baby
//! Tracker's export of 2017, which leaves zone and order of the date open, so that the page has to ask.

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, date},
    tz::TimeZone,
};

const DAYS: i64 = 42;
const HOURS: [i64; 6] = [2, 6, 10, 14, 18, 22];

/// The log as it would have been exported just now.
pub(crate) fn until_yesterday() -> String {
    log(Timestamp::now().to_zoned_datetime(TimeZone::UTC).date())
}

/// The log of the days before `today`.
fn log(today: Date) -> String {
    let days = (1..=DAYS).rev().map(|back| today.saturating_sub(back.days()));
    let rows = days.flat_map(|day| HOURS.map(|hour| row(day, hour)));
    ["Time,Amount,Note\n".to_owned()].into_iter().chain(rows).collect()
}

fn row(day: Date, hour: i64) -> String {
    let (clock, half) = ((hour + 11) % 12 + 1, if hour < 12 { "AM" } else { "PM" });
    let count = i64::from((day - date(1970, 1, 1)).get_days());
    let minute = (count * 7 + hour * 11) % 60;
    let (month, of_month, year) = (day.month(), day.day(), day.year() % 100);
    format!("\"{month}/{of_month}/{year:02}, {clock}:{minute:02} {half}\",{} ml\n", ml(count, hour))
}

/// More in the morning, and never quite the same.
fn ml(day: i64, hour: i64) -> i64 {
    let morning = if hour < 9 { 35 } else { 0 };
    75 + morning + (day * 37 + hour * 53) % 23
}

#[cfg(test)]
mod tests {
    use super::log;
    use jiff::civil::date;

    #[test]
    fn the_log_ends_yesterday() {
        let log = log(date(2026, 11, 24));
        assert_eq!(log.lines().count(), 1 + 42 * 6);
        assert!(log.starts_with("Time,Amount,Note\n\"10/13/26, 2:"));
        let last = log.lines().last().unwrap();
        assert!(
            last.starts_with("\"11/23/26, 10:") && last.contains(" PM\",") && last.ends_with(" ml"),
            "{last}"
        );
    }
}
