//! The journal of one family: what was written down, by whom, and how it is read back.
//!
//! **Words.** An [`Entry`](entry::Entry) is one immutable fact: a pump session, a nursing, a bottle, or a new version
//! or the deletion of one. The journal only grows. [`Folded`](fold::Folded) is what is true now: for every fact its
//! newest version. A [`Body`](body::Body) is what the fact says; the envelope around it never looks inside.
//!
//! **Output is not intake.** What a pump brought is an [`Output`](volume::Output), what a baby drank is an
//! [`Intake`](volume::Intake): two types, and no way from one to the other.
//!
//! This crate is pure: bytes and `now` come in, entries go out. It knows no physiology, no database and no clock.
//!
//! ```
//! use letdown_journal::{author::Author, body::{Body, Pump}, fold::Folded, moment, volume::Output};
//!
//! let start = moment::parse("2026-11-24T03:10:00+01:00[Europe/Berlin]", None)?.at;
//! let pump = Pump { minutes: Some(18.0), total: Some(Output::ml(135.0)?), ..Pump::at(start) };
//!
//! let mut author = Author::new("phone")?;
//! let entry = author.put(&Body::Pump(pump), 1_795_500_000_000, [7; 10]);
//! let folded = Folded::of([entry]);
//! assert_eq!(folded.alive().count(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod moment;
pub mod volume;

pub mod body;
pub mod doubt;

pub mod author;
pub mod entry;
pub mod fold;
pub mod hybrid_clock;
mod same;

pub mod import;

pub mod export;
