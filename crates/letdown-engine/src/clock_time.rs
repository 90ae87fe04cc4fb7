//! A time of day as it is typed.

use crate::{EngineError, error::said};
use jiff::civil::Time;

/// "05:00", "5", " 05:00 ".
///
/// # Errors
/// When it is none; the sentence says how to write one.
pub(crate) fn time_of_day(text: &str) -> Result<Time, EngineError> {
    let (hour, minute) = text.trim().split_once(':').unwrap_or((text.trim(), "0"));
    let number = |text: &str| text.trim().parse::<i8>().ok();
    let time = number(hour).zip(number(minute)).and_then(|(h, m)| Time::new(h, m, 0, 0).ok());
    time.ok_or_else(|| said(format!("{text:?} is no time of day; write it like 05:00")))
}
