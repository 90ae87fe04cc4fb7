//! The store, tested from outside: one file per promise.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up should stop")]

mod helpers;

/// Order, idempotence, conflicts, all or nothing, bytes.
mod append;

/// Pages cover everything once.
mod paging;

/// Several writers at once wait for each other.
mod contention;

/// Acknowledged entries survive `kill -9`, and a writer that acknowledges too early is caught.
mod kill_nine;

/// A backup is one state of the journal, comes back whole, and is refused when a single byte of it is another.
mod backups;

/// A restore that is killed leaves no half journal, and one that works entry by entry is caught.
mod killed_restore;

/// Erasing leaves nothing, and nothing of others goes.
mod erasing;

/// Files that are not a sound journal of this version are refused and left as they were.
mod refused_files;

/// Damage anywhere in the file is noticed or harmless.
mod damage;

/// Making and opening the data folder.
mod folder_cases;

/// What a user who may not write is told.
mod permissions;
