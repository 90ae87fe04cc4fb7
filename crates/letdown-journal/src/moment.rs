//! A point in time as the log's owner wrote it: a clock time in a zone.
//!
//! Days follow the clock on her wall, durations follow the real hours, so an event keeps both: jiff's
//! [`ZonedDateTime`] carries the instant and the zone. On the wire it is RFC 9557 text,
//! `2026-11-24T03:10:00+01:00[Europe/Berlin]`.
//!
//! Clocks jump twice a year. A clock time in the spring gap is moved forward by the gap; one that occurs twice in autumn
//! takes the earlier offset. Both are said aloud as an [`Oddity`], neither is refused.

use jiff::{ZonedDateTime, civil::DateTime, tz::TimeZone};

/// A clock time in its zone.
pub type Moment = ZonedDateTime;

/// A moment, and what was odd about the clock time it came from.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The moment.
    pub at: Moment,
    /// What the clock change did to it, if anything.
    pub oddity: Option<Oddity>,
}

/// What a change of the clocks did to a local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// The clock time was skipped in spring; the moment lies after the gap.
    SpringGap,
    /// The clock time occurred twice in autumn; the moment is the first of the two.
    Twice,
}

impl Oddity {
    /// The oddity in words that fit behind "row 7: ".
    pub fn what(self) -> &'static str {
        match self {
            Self::SpringGap => "the clocks skipped this time in spring; moved forward by the gap",
            Self::Twice => "the clocks showed this time twice in autumn; read as the first",
        }
    }
}

/// Why a time could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MomentError {
    /// The text is not a time.
    #[error(
        "{text:?} is not a time I can read; write it like 2026-11-24T03:10 or 2026-11-24T03:10:00+01:00[Europe/Berlin]"
    )]
    Unreadable {
        /// The text as given.
        text: String,
    },
    /// The text has neither offset nor zone, and no zone was given.
    #[error("{text:?} names no time zone; say which one with --tz, for example --tz Europe/Berlin")]
    NeedsZone {
        /// The text as given.
        text: String,
    },
    /// The zone is not in the time zone database.
    #[error("{name:?} is not a time zone I know; zones look like Europe/Berlin or America/New_York")]
    UnknownZone {
        /// The name as given.
        name: String,
    },
}

/// The zone of that name.
///
/// ```
/// assert!(letdown_journal::moment::zone("Australia/Perth").is_ok());
/// assert!(letdown_journal::moment::zone("Perth").is_err());
/// ```
///
/// # Errors
/// When the name is not in the IANA database.
pub fn zone(name: &str) -> Result<TimeZone, MomentError> {
    TimeZone::get(name).map_err(|_| MomentError::UnknownZone { name: name.to_owned() })
}

/// The moment at which the clocks of a zone show a local time.
///
/// ```
/// use letdown_journal::moment::{self, Oddity};
/// let berlin = moment::zone("Europe/Berlin")?;
/// let placed = moment::place("2026-03-29T02:30".parse()?, &berlin);
/// assert_eq!(placed.at.to_string(), "2026-03-29T03:30:00+02:00[Europe/Berlin]");
/// assert_eq!(placed.oddity, Some(Oddity::SpringGap));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn place(local: DateTime, zone: &TimeZone) -> Placed {
    let ambiguous = zone.to_ambiguous_zoned_datetime(local);
    let oddity = match ambiguous.offset() {
        jiff::tz::AmbiguousOffset::Unambiguous { .. } => None,
        jiff::tz::AmbiguousOffset::Gap { .. } => Some(Oddity::SpringGap),
        jiff::tz::AmbiguousOffset::Fold { .. } => Some(Oddity::Twice),
    };
    let at = ambiguous.compatible().unwrap_or_else(|_| Moment::new(jiff::Timestamp::MAX, zone.clone()));
    Placed { at, oddity }
}

/// Reads RFC 9557 or RFC 3339 text, or a bare local time when a zone is given.
///
/// A time with an offset but no zone is shown in `zone` when there is one, else it keeps its offset.
///
/// # Errors
/// When the text is not a time, or is a bare local time and `zone` is `None`.
pub fn parse(text: &str, zone: Option<&TimeZone>) -> Result<Placed, MomentError> {
    let text = text.trim();
    if let Ok(at) = text.parse::<Moment>() {
        return Ok(Placed { at, oddity: None });
    }
    if let Ok(instant) = text.parse::<jiff::Timestamp>() {
        let zone = zone.cloned().unwrap_or_else(|| offset_of(text));
        return Ok(Placed { at: Moment::new(instant, zone), oddity: None });
    }
    let local = text.parse::<DateTime>().map_err(|_| MomentError::Unreadable { text: text.to_owned() })?;
    let zone = zone.ok_or_else(|| MomentError::NeedsZone { text: text.to_owned() })?;
    Ok(place(local, zone))
}

/// The fixed zone of an RFC 3339 text, UTC when it says `Z`.
fn offset_of(text: &str) -> TimeZone {
    let pieces = jiff::fmt::temporal::DateTimeParser::new().parse_pieces(text);
    match pieces.ok().and_then(|p| p.to_numeric_offset()) {
        Some(offset) => TimeZone::fixed(offset),
        None => TimeZone::UTC,
    }
}
