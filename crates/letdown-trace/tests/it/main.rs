//! Scale traces, through the public door.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up should stop")]
#![allow(clippy::float_cmp, reason = "what is promised to the digit is compared to the digit")]

/// What scales send, and what is made of it.
mod scales;
