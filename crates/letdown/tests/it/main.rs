//! The command, tested through its own door: one file per promise.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up should stop")]

/// The command in a fresh folder, and what it said.
mod home;

/// What cannot be read is refused in one sentence, and nothing comes in.
mod broken_files;
/// What only the caller can know is asked for by name.
mod questions;

/// Records of a Baby Buddy server.
mod babybuddy_server;

/// The same import twice, in vain, and taken back.
mod import_again;
/// No row of a file is lost without a word.
mod import_counts;
/// What a row means: output is not intake, what is odd is kept, what was typed is kept.
mod import_meaning;

/// Supply now, the days to come, and how good earlier forecasts were.
mod answers;
/// Entries written down and listed.
mod entries;
/// Everything out again.
mod export;
/// One page for a consultant.
mod page;

/// Backup, restore, erase.
mod keeping_safe;

/// Let-downs in a scale's log.
mod detect;
/// Every kind is written down, changed, taken back and found.
mod kinds;

/// Scenarios lived through, and their logs read again.
mod simulated_logs;

/// A scale that is not there.
mod scales;

/// One session second by second, and the table of experiments.
mod sessions;

/// A declared session in front of the coach.
mod coach;

/// Where the journal is, and when one is made.
mod journal_folder;
/// Every number has its unit, and no word blames.
mod words;
/// A command that makes no sense changes nothing.
mod wrong_use;

/// The web app and the door of the journal.
mod serving;

/// An experiment on herself, from the question to one page.
mod trials;

/// Which sessions, how long and when.
mod plan;
