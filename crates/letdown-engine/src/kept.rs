//! A fitted twin as bytes, so that the next visit begins with an answer.
//!
//! What is kept is the fit and the hour it was made at. The log is read again from the journal as it was known then; where
//! it is no longer the same (an older session was mended or written down since), the fit no longer stands for it and is
//! refused. Answers from a fit that was read back are those of the fit itself, digit for digit.

use crate::{
    EngineError,
    error::Problem,
    observed::Observed,
    standing::Standing,
    twin::{Basis, Fitted},
};
use letdown_fit::posterior::Posterior;
use letdown_journal::moment::{self, Moment};

impl Fitted {
    /// The fit as bytes: the hour it was made at, as text behind its length (two bytes), then the draws.
    pub fn write(&self) -> Vec<u8> {
        let at = self.at.to_string();
        let length = u16::try_from(at.len()).unwrap_or(0);
        let mut out = length.to_le_bytes().to_vec();
        out.extend(at.bytes().take(usize::from(length)));
        out.extend(self.posterior.write());
        out
    }

    /// A fit that was kept, where it is one of this very log.
    ///
    /// # Errors
    /// When the bytes are no fit, or that of another log.
    pub fn read(bytes: &[u8], observed: &Observed) -> Result<Self, EngineError> {
        let (_, draws) = parted(bytes)?;
        let reading = observed.reading();
        let log = observed.fit_log(&reading).ok_or_else(|| said("the log it was of is gone"))?;
        let posterior = Posterior::read(draws, &log).map_err(said)?;
        Ok(Self { at: observed.now.clone(), log, reading, posterior, basis: Basis::Fit })
    }

    /// A fit that was kept, of the log as it was known when it was fitted.
    pub(crate) fn read_then(bytes: &[u8], standing: &Standing) -> Result<Self, EngineError> {
        let (at, _) = parted(bytes)?;
        Self::read(bytes, &Observed::of(standing, &at))
    }
}

fn parted(bytes: &[u8]) -> Result<(Moment, &[u8]), EngineError> {
    let parts = bytes.split_first_chunk().and_then(|(length, rest)| {
        let (at, draws) = rest.split_at_checked(usize::from(u16::from_le_bytes(*length)))?;
        Some((std::str::from_utf8(at).ok()?, draws))
    });
    let (at, draws) = parts.ok_or_else(|| said("it was cut short"))?;
    Ok((moment::parse(at, None)?.at, draws))
}

fn said(why: impl std::fmt::Display) -> EngineError {
    Problem::Request(why.to_string()).into()
}
