//! The present, and randomness: the only place where the command asks the machine for either.

use crate::{cli::Cli, outcome::Trouble};
use jiff::tz::TimeZone;
use letdown_journal::moment::{self, Moment};

/// What "now" is: `--at`, else the clock. Times without a zone are read in `--tz`, else in `journal_zone`.
pub fn now(cli: &Cli, journal_zone: Option<&TimeZone>) -> Result<Moment, Trouble> {
    let zone = zone(cli, journal_zone)?;
    match &cli.at {
        Some(text) => Ok(moment::parse(text, zone.as_ref())?.at),
        None => Ok(Moment::new(jiff::Timestamp::now(), zone.unwrap_or_else(TimeZone::system))),
    }
}

/// The zone of times that name none: `--tz`, else that of the newest entry.
pub fn zone(cli: &Cli, journal_zone: Option<&TimeZone>) -> Result<Option<TimeZone>, Trouble> {
    let named = cli.tz.as_deref().map(moment::zone).transpose()?;
    Ok(named.or_else(|| journal_zone.cloned()))
}

/// Ten random bytes.
pub fn random() -> Result<[u8; 10], Trouble> {
    let mut bytes = [0; 10];
    getrandom::fill(&mut bytes)
        .map_err(|e| Trouble::could_not(format!("this machine gives no random numbers: {e}")))?;
    Ok(bytes)
}

/// A source of ten bytes that differ each time.
pub fn distinct() -> Result<impl FnMut() -> [u8; 10], Trouble> {
    let seed = random()?;
    let mut counter = 0u64;
    Ok(move || {
        counter += 1;
        let mut bytes = seed;
        for (byte, c) in bytes.iter_mut().rev().zip(counter.to_le_bytes()) {
            *byte ^= c;
        }
        bytes
    })
}
