//! The fit, tested from outside: one file per promise.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up should stop")]

/// Logs made by the model itself.
mod simulated;

/// The hand-written gradient against central differences.
mod gradient;
