//! The page, tested from outside: one file per promise.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up should stop")]

/// Journals to make pages of.
mod journals;

/// It is one page, whatever a journal holds.
mod one_page;

/// The same report gives the same bytes, and they are a PDF that can be read aloud and searched.
mod bytes;

/// What the page says, and what it never says.
mod said;
