//! The hybrid logical clock that orders versions of a fact.
//!
//! Phones disagree about the time, so "the later version wins" cannot be read off wall clocks alone. A [`Stamp`] is the
//! largest wall time its author has seen, plus a counter for what happened within that millisecond: it never runs
//! backwards for one author, and an edit always stands above the version it was made from. When an event happened is
//! inside the body and never orders versions.

use std::{fmt, str::FromStr};

/// A reading of the hybrid clock, ordered by time and then by counter.
///
/// On the wire it is fixed-width hexadecimal text, `0192f1c4a3b0-0003`, so text order is clock order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    wall_ms: u64,
    counter: u16,
}

/// Why a text is no stamp.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a stamp of the hybrid clock; it looks like 0192f1c4a3b0-0003")]
pub struct StampError {
    text: String,
}

impl Stamp {
    const MAX_WALL_MS: u64 = (1 << 48) - 1;

    /// A stamp from its parts; the wall time is Unix milliseconds, at most 48 bits.
    pub fn new(wall_ms: u64, counter: u16) -> Self {
        Self { wall_ms: wall_ms.min(Self::MAX_WALL_MS), counter }
    }

    /// The next stamp of an author whose wall clock shows `now_ms` (Unix milliseconds).
    ///
    /// ```
    /// use letdown_journal::hybrid_clock::Stamp;
    /// let first = Stamp::default().next(1_000);
    /// let again = first.next(1_000);
    /// let clock_set_back = again.next(10);
    /// assert!(first < again && again < clock_set_back);
    /// ```
    #[must_use]
    pub fn next(self, now_ms: u64) -> Self {
        if self.wall_ms < now_ms {
            Self::new(now_ms, 0)
        } else if self.counter < u16::MAX {
            Self::new(self.wall_ms, self.counter + 1)
        } else if self.wall_ms < Self::MAX_WALL_MS {
            Self::new(self.wall_ms + 1, 0)
        } else {
            self
        }
    }

    /// The wall time of the stamp (Unix milliseconds).
    pub fn wall_ms(self) -> u64 {
        self.wall_ms
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012x}-{:04x}", self.wall_ms, self.counter)
    }
}

impl FromStr for Stamp {
    type Err = StampError;

    fn from_str(text: &str) -> Result<Self, StampError> {
        let error = || StampError { text: text.chars().take(40).collect() };
        let (wall, counter) = text.split_once('-').ok_or_else(error)?;
        let hex = |t: &str| t.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if wall.len() != 12 || counter.len() != 4 || !hex(wall) || !hex(counter) {
            return Err(error());
        }
        Ok(Self {
            wall_ms: u64::from_str_radix(wall, 16).map_err(|_| error())?,
            counter: u16::from_str_radix(counter, 16).map_err(|_| error())?,
        })
    }
}
