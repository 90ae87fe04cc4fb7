//! Sessions to come as events of a calendar, each with a reminder: iCalendar, RFC 5545, with VALARM.

use super::calendar::{escaped, framed, utc};
use jiff::{SignedDuration, Timestamp};

/// Something to be reminded of.
#[derive(Clone, Debug, PartialEq)]
pub struct Reminder {
    /// When it begins.
    pub at: Timestamp,
    /// How long it takes (min).
    pub minutes: f64,
    /// What it is.
    pub text: String,
}

/// The calendar of what is to come, each with an alarm so many minutes before. `written` is when it was planned.
///
/// The same session of the same plan has the same UID, so that a calendar that is read again does not hold it twice.
///
/// ```
/// use letdown_journal::export::reminders::{Reminder, calendar};
/// let at = "2026-11-24T02:10:00Z".parse()?;
/// let text = calendar(&[Reminder { at, minutes: 20.0, text: "Pump 20 min".into() }], at, 10);
/// for line in ["DTSTART:20261124T021000Z", "DTEND:20261124T023000Z", "SUMMARY:Pump 20 min", "TRIGGER:-PT10M"] {
///     assert!(text.lines().any(|l| l == line), "{text}");
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn calendar(reminders: &[Reminder], written: Timestamp, before_min: u32) -> String {
    framed(reminders.iter().flat_map(|reminder| event(reminder, written, before_min)))
}

fn event(reminder: &Reminder, written: Timestamp, before_min: u32) -> Vec<String> {
    let seconds = (reminder.minutes * 60.0).round().clamp(60.0, 86_400.0) as i64;
    let end = reminder.at.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(reminder.at);
    let text = escaped(&reminder.text);
    vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:plan-{}@letdown", utc(reminder.at)),
        format!("DTSTAMP:{}", utc(written)),
        format!("DTSTART:{}", utc(reminder.at)),
        format!("DTEND:{}", utc(end)),
        format!("SUMMARY:{text}"),
        "BEGIN:VALARM".to_owned(),
        "ACTION:DISPLAY".to_owned(),
        format!("DESCRIPTION:{text}"),
        format!("TRIGGER:-PT{before_min}M"),
        "END:VALARM".to_owned(),
        "END:VEVENT".to_owned(),
    ]
}
