//! Scale traces, through the public door.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up should stop")]
#![allow(clippy::float_cmp, reason = "what is promised to the digit is compared to the digit")]
#![allow(clippy::disallowed_methods, reason = "an oracle may compute with the mathematics of the platform")]

/// A corpus of simulated sessions has the published figures.
mod corpus;
/// Each disturbance of a simulated scale does what it says.
mod disturbances;
/// The truth of a simulated trace, against closed forms.
mod truth;

/// What scales send, and what is made of it.
mod scales;
