//! A fit as bytes, so that it is there again without being computed anew.
//!
//! The log is not among them: whoever reads the bytes back says which log the fit is of, and a mark tells whether it is
//! that one, number for number.
//!
//! ```text
//! "LDFIT" version:u8 mark:u64 traits_in_all:u16 breasts:u8
//! sessions:u32 r_hat:f64 ess:f64 divergences:u32 drawn:u32 climbing:u32 gradients:u32
//! fitted:u16 {trait:u16 deviation:f64}*    draws:u32 {value:f64 * traits_in_all}*
//! ```
//! All little-endian.

use crate::{
    FitError,
    coordinates::Layout,
    error::Problem,
    log::{Breasts, Log},
    posterior::{Posterior, Report, Warm},
    traits::{ALL, COUNT, Trait, Traits},
};
use core::fmt::{self, Write};

const NAME: &[u8] = b"LDFIT";
/// Grows with whatever makes an older fit mean something else: a prior, an equation, the order of traits.
const VERSION: u8 = 2;
/// More draws than a fit ever keeps are no fit of ours.
const MOST_DRAWS: u32 = 100_000;

impl Posterior {
    /// The fit as bytes, some 300 for each draw.
    pub fn write(&self) -> Vec<u8> {
        let mut out = NAME.to_vec();
        out.push(VERSION);
        out.extend(mark(self.log()).to_le_bytes());
        out.extend((COUNT as u16).to_le_bytes());
        out.push(breasts_byte(self.log().breasts()));
        let r = &self.report;
        out.extend(count(r.sessions));
        out.extend(r.r_hat.to_le_bytes());
        out.extend(r.ess.to_le_bytes());
        out.extend([r.divergences, r.drawn, r.climbing, r.gradients].map(count).as_flattened());
        out.extend((self.warm().0.len() as u16).to_le_bytes());
        for (of, deviation) in &self.warm().0 {
            out.extend((*of as u16).to_le_bytes());
            out.extend(deviation.to_le_bytes());
        }
        out.extend(count(self.draws.len()));
        for draw in &self.draws {
            out.extend(ALL.iter().flat_map(|t| draw.get(*t).to_le_bytes()));
        }
        out
    }

    /// The fit of a log, from the bytes that [`Posterior::write`] made of it.
    ///
    /// # Errors
    /// When the bytes are no fit, were cut short, were made by another version, or are the fit of another log.
    pub fn read(bytes: &[u8], log: &Log) -> Result<Self, FitError> {
        let mut rest = Rest(bytes);
        let known = rest.take(NAME.len())? == NAME && rest.take(1)? == [VERSION];
        if !known {
            return Err(unreadable("it was made by another version"));
        }
        if u64::from_le_bytes(rest.some()?) != mark(log) {
            return Err(unreadable("it is of another log"));
        }
        let same_traits = usize::from(u16::from_le_bytes(rest.some()?)) == COUNT;
        if !same_traits || rest.take(1)? != [breasts_byte(log.breasts())] {
            return Err(unreadable("it was made by another version"));
        }
        let report = Report {
            sessions: rest.count()?,
            r_hat: rest.number()?,
            ess: rest.finite()?,
            divergences: rest.count()?,
            drawn: rest.count()?,
            climbing: rest.count()?,
            gradients: rest.count()?,
        };
        let warm = rest.warm()?;
        let draws = rest.draws(log.breasts())?;
        let layout = Layout::of(log);
        let fits = layout.active().iter().eq(warm.iter().map(|(t, _)| t));
        if !fits || !rest.0.is_empty() || draws.is_empty() {
            return Err(unreadable("it does not belong together"));
        }
        Ok(Self::again(log, layout, Warm(warm), draws, report))
    }
}

/// What is still unread.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, n: usize) -> Result<&'a [u8], FitError> {
        let (taken, rest) = self.0.split_at_checked(n).ok_or_else(|| unreadable("it was cut short"))?;
        self.0 = rest;
        Ok(taken)
    }

    fn some<const N: usize>(&mut self) -> Result<[u8; N], FitError> {
        self.take(N)?.try_into().map_err(|_| unreadable("it was cut short"))
    }

    fn count(&mut self) -> Result<usize, FitError> {
        self.some().map(u32::from_le_bytes).map(|n| n as usize)
    }

    fn number(&mut self) -> Result<f64, FitError> {
        self.some().map(f64::from_le_bytes)
    }

    fn finite(&mut self) -> Result<f64, FitError> {
        self.number().and_then(|x| if x.is_finite() { Ok(x) } else { Err(unreadable("a number is none")) })
    }

    fn warm(&mut self) -> Result<Vec<(Trait, f64)>, FitError> {
        let fitted = u16::from_le_bytes(self.some()?);
        let one = |_| {
            let index = usize::from(u16::from_le_bytes(self.some()?));
            let of = ALL.get(index).ok_or_else(|| unreadable("it does not belong together"))?;
            Ok((*of, self.finite()?))
        };
        (0..fitted).map(one).collect()
    }

    fn draws(&mut self, breasts: Breasts) -> Result<Vec<Traits>, FitError> {
        let draws = u32::from_le_bytes(self.some()?);
        if draws > MOST_DRAWS {
            return Err(unreadable("it does not belong together"));
        }
        let one = |_| {
            let mut values = [0.0; COUNT];
            for value in &mut values {
                *value = self.finite()?;
            }
            Ok(Traits::new(breasts, |t| values[t as usize]))
        };
        (0..draws).map(one).collect()
    }
}

fn unreadable(why: &'static str) -> FitError {
    Problem::Kept { why }.into()
}

fn count(n: usize) -> [u8; 4] {
    u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes()
}

fn breasts_byte(breasts: Breasts) -> u8 {
    match breasts {
        Breasts::One => 1,
        Breasts::Two => 2,
    }
}

/// A mark of everything in a log: FNV-1a of its text, in which numbers stand to the last digit.
///
/// Fowler, Noll, Vo, Eastlake, draft-eastlake-fnv-21. It tells logs apart that differ by chance, not on purpose.
fn mark(log: &Log) -> u64 {
    struct Fnv(u64);
    impl Write for Fnv {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0 = text.bytes().fold(self.0, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
            Ok(())
        }
    }
    let mut fnv = Fnv(0xcbf2_9ce4_8422_2325);
    // Writing into a number does not fail.
    let _ = write!(fnv, "{log:?}");
    fnv.0
}
