//! What a scale under the bottle saw: when milk came, how often, how long, when flow slowed.
//!
//! A scale sends bytes ([`scales`]), its app writes files ([`files`]); both become readings ([`reading`]). Readings hold
//! more than milk: a bottle that is lifted, a touch, a hole in the air. A [`Watch`](watch::Watch) takes that out, and milk
//! is left, second by second ([`series`], kept small by [`packed`]). In it are let-downs and phases ([`found`], drawn by
//! [`plot`]), by a rhythm that is hers or that of women in general ([`flow`]). Without a scale, [`taps`] tell the same,
//! less surely. [`simulate`] makes traces whose truth is known.
//!
//! Data in, data out: no clock, no file, no journal, no body model. Times are seconds on the caller's clock, masses
//! grams, volumes mL.

pub mod error;
pub mod files;
pub mod found;
pub mod packed;
pub mod plot;
pub mod reading;
pub mod series;
pub mod taps;

pub mod scales;

pub mod flow;
mod massage;
mod phases;
mod standing;
mod steady;
mod total;
pub mod watch;

pub mod random;
pub mod simulate;

pub use watch::detect;
