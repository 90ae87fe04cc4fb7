//! The journal, tested from outside: one file per promise.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up should stop")]

/// Bodies and envelopes survive the wire, unknown fields and kinds included.
mod round_trip;

/// The fold picks the same winner in every order, by a 30-line oracle.
mod fold_order;

/// Clock times in gaps and overlaps.
mod moments;

/// What is odd is flagged.
mod doubts;
