//! A journey to another time zone, as it is asked for.

use crate::{EngineError, error::said};
use jiff::civil::DateTime;
use letdown_journal::moment;
use std::fmt::{Display, Formatter, Result as Written};

/// A journey: when she leaves, how long she is on the way, and to where.
#[derive(Clone, Debug, PartialEq)]
pub struct Travel {
    /// When she leaves, on the clock at home.
    pub departs: DateTime,
    /// From there until she arrives (h).
    pub hours: f64,
    /// The zone in which she arrives, as the IANA names it.
    pub zone: String,
}

/// The shortest and the longest way (h).
const WAY_H: std::ops::RangeInclusive<f64> = 0.25..=72.0;

impl Travel {
    /// Reads `2026-12-20T14:00+11h` (or `+11h30`) and the name of a zone.
    ///
    /// ```
    /// use letdown_engine::plan::Travel;
    /// let travel = Travel::read("2026-12-20T14:00+11h30", "Asia/Tokyo").unwrap();
    /// assert_eq!((travel.hours, travel.to_string().as_str()), (11.5, "2026-12-20T14:00+11h30"));
    /// ```
    ///
    /// # Errors
    /// When it is no journey or the zone is none; the sentence shows how they are written.
    pub fn read(text: &str, zone: &str) -> Result<Self, EngineError> {
        let parts = text.trim().rsplit_once('+');
        let read = parts.and_then(|(at, way)| Some((at.trim().parse::<DateTime>().ok()?, way_h(way)?)));
        let (departs, hours) = read.ok_or_else(|| no_journey(text))?;
        moment::zone(zone.trim())?;
        Ok(Self { departs, hours, zone: zone.trim().to_owned() })
    }
}

/// As it is read.
impl Display for Travel {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        let minutes = (self.hours * 60.0).round() as i64;
        write!(f, "{}+{}h", self.departs.strftime("%Y-%m-%dT%H:%M"), minutes / 60)?;
        if minutes % 60 == 0 { Ok(()) } else { write!(f, "{:02}", minutes % 60) }
    }
}

/// `11h`, `11`, `11h30`, `11.5h` (h).
fn way_h(text: &str) -> Option<f64> {
    let (hours, minutes) = text.trim().split_once('h').unwrap_or((text.trim(), ""));
    let minutes = if minutes.is_empty() { 0.0 } else { minutes.parse::<u8>().ok().map(f64::from)? };
    let hours = hours.parse::<f64>().ok()?;
    Some(hours + minutes / 60.0).filter(|h| minutes < 60.0 && WAY_H.contains(h))
}

fn no_journey(text: &str) -> EngineError {
    said(format!(
        "{text:?} is no journey; write when you leave and how long you are on the way, like 2026-12-20T14:00+11h"
    ))
}
