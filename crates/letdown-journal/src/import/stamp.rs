//! Times as they stand in a cell, before the zone and the order of day and month are known.
//!
//! `2/20/17, 9:23 AM`, `8/9/23 5:38 pm` with a narrow no-break space, `7/1/25, 15:55`, `25/02/2024 19:01`,
//! `2020-02-17 03:04:09`, `17:50:38 05-29-2014`, `15 May 2014`, `Jun 13, 2022` and RFC 9557 text are all read, and so
//! are seconds or milliseconds since 1970 (`1779120000.5`) of this century. Years of two digits lie in this century.

use super::DateOrder;
use crate::moment::{self, Moment};
use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};

/// A time as written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Stamp {
    /// It names its offset, and perhaps its zone: no question is left.
    Fixed {
        /// The moment, in the offset or zone it names.
        at: Moment,
        /// Whether a zone is named, not just an offset.
        in_zone: bool,
    },
    /// A date, and perhaps what a clock on a wall showed.
    Local {
        /// The date.
        day: Day,
        /// The clock time.
        time: Option<Time>,
    },
}

/// A date as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Day {
    /// Year first: no question is left.
    Known(Date),
    /// Two numbers before the year.
    Slashed {
        /// What it is read month first, when it is a date then.
        month_first: Option<Date>,
        /// What it is read day first, when it is a date then.
        day_first: Option<Date>,
    },
}

/// What a date tells about the order of day and month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Tells {
    /// Nothing: it is the same day either way, or no date.
    Nothing,
    /// It only makes sense in one order.
    Only(DateOrder),
    /// It could be either of two days.
    Either {
        /// Read month first.
        month_first: Date,
        /// Read day first.
        day_first: Date,
    },
}

impl Stamp {
    pub(super) fn read(text: &str) -> Option<Self> {
        const LONGEST: usize = 80;
        let text = text.trim();
        if text.is_empty() || text.len() > LONGEST {
            return None;
        }
        written(text).or_else(|| standard(text)).or_else(|| counted(text))
    }

    pub(super) fn tells(&self) -> Tells {
        match self {
            Self::Local { day: Day::Slashed { month_first, day_first }, .. } => {
                match (month_first, day_first) {
                    (Some(_), None) => Tells::Only(DateOrder::Mdy),
                    (None, Some(_)) => Tells::Only(DateOrder::Dmy),
                    (Some(month_first), Some(day_first)) if month_first != day_first => {
                        Tells::Either { month_first: *month_first, day_first: *day_first }
                    }
                    _ => Tells::Nothing,
                }
            }
            _ => Tells::Nothing,
        }
    }
}

impl Day {
    /// The date in an order; without one, when it is the same either way.
    pub(super) fn in_order(self, order: Option<DateOrder>) -> Option<Date> {
        match (self, order) {
            (Self::Known(date), _) => Some(date),
            (Self::Slashed { month_first, .. }, Some(DateOrder::Mdy)) => month_first,
            (Self::Slashed { day_first, .. }, Some(DateOrder::Dmy)) => day_first,
            (Self::Slashed { month_first, day_first }, None) => month_first.filter(|m| Some(*m) == day_first),
        }
    }
}

/// A clock time alone, for tables that keep the date in another column.
pub(super) fn clock_alone(text: &str) -> Option<Time> {
    clock(&text.split_whitespace().collect::<String>())
}

fn written(text: &str) -> Option<Stamp> {
    let words: Vec<&str> =
        text.split(|c: char| c == ',' || c.is_whitespace()).filter(|word| !word.is_empty()).collect();
    let (day, rest) = day_first(&words).or_else(|| day_last(&words)).or_else(|| day_in_words(&words))?;
    let time = if rest.is_empty() { None } else { Some(clock(&rest.concat())?) };
    Some(Stamp::Local { day, time })
}

/// A day, and the words of the clock time.
type DayAndRest<'w> = (Day, &'w [&'w str]);

fn day_first<'w>(words: &'w [&'w str]) -> Option<DayAndRest<'w>> {
    let (first, rest) = words.split_first()?;
    Some((day(first)?, rest))
}

/// `17:50:38 05-29-2014`
fn day_last<'w>(words: &'w [&'w str]) -> Option<DayAndRest<'w>> {
    let (last, rest) = words.split_last().filter(|(_, rest)| !rest.is_empty())?;
    Some((day(last)?, rest))
}

/// `15 May 2014`, `May 15, 2014`
fn day_in_words<'w>(words: &'w [&'w str]) -> Option<DayAndRest<'w>> {
    let (head, rest) = words.split_at_checked(3)?;
    let [a, b, year] = head else { return None };
    let (day, month) = match (month(a), month(b)) {
        (None, Some(month)) => (a, month),
        (Some(month), None) => (b, month),
        _ => return None,
    };
    let year = digits(year).filter(|_| year.len() == 4)?;
    let date = Date::new(year, month, i8::try_from(digits(day)?).ok()?).ok()?;
    Some((Day::Known(date), rest))
}

/// The month that an English name, or its beginning, names.
fn month(word: &str) -> Option<i8> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.trim_end_matches('.').to_lowercase();
    let named = |name: &&str| word.len() >= 3 && name.starts_with(&word);
    NAMES.iter().position(named).and_then(|at| i8::try_from(at + 1).ok())
}

fn standard(text: &str) -> Option<Stamp> {
    if let Ok(placed) = moment::parse(text, None) {
        return Some(Stamp::Fixed { at: placed.at, in_zone: text.ends_with(']') });
    }
    // Bare digits are a number before they are a date without dashes.
    let local: DateTime = text.contains(['-', ':']).then(|| text.parse().ok())??;
    Some(Stamp::Local { day: Day::Known(local.date()), time: Some(local.time()) })
}

/// Seconds or milliseconds since 1970, as long as they lie in this century.
fn counted(text: &str) -> Option<Stamp> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let plain = whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit());
    let milliseconds = match whole.len() {
        9 | 10 if plain => whole.parse::<i64>().ok()? * 1_000 + thousandths(fraction),
        12 | 13 if plain => whole.parse().ok()?,
        _ => return None,
    };
    let in_this_century = (946_684_800_000..4_102_444_800_000).contains(&milliseconds);
    let at = Timestamp::from_millisecond(milliseconds).ok().filter(|_| in_this_century)?;
    Some(Stamp::Fixed { at: Moment::new(at, TimeZone::UTC), in_zone: false })
}

fn thousandths(fraction: &str) -> i64 {
    let digits = fraction.bytes().chain(*b"000").take(3);
    digits.fold(0, |sum, digit| sum * 10 + i64::from(digit.saturating_sub(b'0')))
}

fn day(word: &str) -> Option<Day> {
    let mut numbers = word.split(['/', '-', '.']);
    let (a, b, c) = (numbers.next()?, numbers.next()?, numbers.next()?);
    if numbers.next().is_some() {
        return None;
    }
    if a.len() == 4 {
        return date(digits(a)?, b, c).map(Day::Known);
    }
    let year = match c.len() {
        2 => 2000 + digits(c)?,
        4 => digits(c)?,
        _ => return None,
    };
    let (month_first, day_first) = (date(year, a, b), date(year, b, a));
    (month_first.is_some() || day_first.is_some()).then_some(Day::Slashed { month_first, day_first })
}

fn date(year: i16, month: &str, day: &str) -> Option<Date> {
    Date::new(year, i8::try_from(digits(month)?).ok()?, i8::try_from(digits(day)?).ok()?).ok()
}

/// `19:01`, `03:04:09.5`, `9:23AM`, `9:23a.m.`; also the `22:50 PM` and `0:00 AM` that some apps print.
fn clock(word: &str) -> Option<Time> {
    let (numbers, half) = word.split_at(word.find(char::is_alphabetic).unwrap_or(word.len()));
    let mut parts = numbers.split(':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next().unwrap_or("0"));
    if parts.next().is_some() || minute.len() > 2 || hour.len() > 2 {
        return None;
    }
    let hour = hour_of_day(digits(hour)?, half)?;
    let (second, fraction) = second.split_once(['.', ',']).unwrap_or((second, "0"));
    // What stands behind the fraction would be an offset, and must not get lost.
    let second = digits(second).filter(|_| fraction.bytes().all(|b| b.is_ascii_digit()))?;
    Time::new(hour, i8::try_from(digits(minute)?).ok()?, i8::try_from(second).ok()?, 0).ok()
}

fn hour_of_day(hour: i16, half: &str) -> Option<i8> {
    let half: String = half.chars().filter(|c| *c != '.').collect::<String>().to_lowercase();
    let hour = match (half.as_str(), hour) {
        ("", hour) | ("am", hour @ 0..=11) | ("pm", hour @ 12..=23) => hour,
        ("am", 12) => 0,
        ("pm", 1..=11) => hour + 12,
        _ => return None,
    };
    i8::try_from(hour).ok()
}

/// A small number without a sign.
fn digits(text: &str) -> Option<i16> {
    let plain = !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    fn read(text: &str) -> Option<String> {
        match Stamp::read(text)? {
            Stamp::Fixed { at, .. } => Some(at.timestamp().to_string()),
            Stamp::Local { time, .. } => Some(format!("local {time:?}")),
        }
    }

    fn local(text: &str) -> Option<(Date, Option<Time>)> {
        match Stamp::read(text)? {
            Stamp::Local { day, time } => Some((day.in_order(Some(DateOrder::Mdy))?, time)),
            Stamp::Fixed { .. } => None,
        }
    }

    #[test]
    fn an_offset_behind_a_fraction_is_not_lost() {
        assert_eq!(read("2026-03-17 01:45:00.000-0400").as_deref(), Some("2026-03-17T05:45:00Z"));
        assert_eq!(read("2026-03-17 01:45:00-0400").as_deref(), Some("2026-03-17T05:45:00Z"));
        assert_eq!(read("2026-03-17T01:45:00.250+01:00").as_deref(), Some("2026-03-17T00:45:00.25Z"));
        assert_eq!(read("2026-03-17 01:45:00.000").as_deref(), Some("local Some(01:45:00)"));
    }

    #[test]
    fn seconds_since_1970_are_a_time_in_this_century() {
        assert_eq!(read("1779120000").as_deref(), Some("2026-05-18T16:00:00Z"));
        assert_eq!(read("1779120000.5").as_deref(), Some("2026-05-18T16:00:00.5Z"));
        assert_eq!(read("1779120000000").as_deref(), Some("2026-05-18T16:00:00Z"));
        assert_eq!(read("946684800").as_deref(), Some("2000-01-01T00:00:00Z"));
        for other in ["0", "60", "20260517", "946684799", "4102444800", "1779120000.x", "17791200001"] {
            assert_eq!(read(other), None, "{other}");
        }
    }

    #[test]
    fn a_clock_time_may_stand_before_its_day() {
        let at = (date(2014, 5, 29), Some(time(17, 50, 38, 0)));
        assert_eq!(local("17:50:38 05-29-2014"), Some(at));
        assert_eq!(local("5:50:38 PM 5/29/2014"), Some(at));
        assert_eq!(local("05-29-2014 17:50:38"), Some(at));
        assert_eq!(local("17:50:38"), None);
        assert_eq!(local("17:50:38 05-29"), None);
    }

    #[test]
    fn a_month_may_be_a_word() {
        assert_eq!(local("15 May 2014"), Some((date(2014, 5, 15), None)));
        assert_eq!(local("Sept. 3, 2024 8:45 AM"), Some((date(2024, 9, 3), Some(time(8, 45, 0, 0)))));
        assert_eq!(local("31 June 2014"), None);
        assert_eq!(local("15 Ma 2014"), None);
        assert_eq!(local("15 May 14"), None);
        assert_eq!(local("May June 2014"), None);
    }
}
