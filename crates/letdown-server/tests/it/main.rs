//! The server, tested through its router, and once through a real socket.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up should stop")]

mod helpers;

/// Entries in and out.
mod entries;

/// What is wrong with a request, and with the store.
mod refusals;

/// Other names and other origins.
mod guard;

/// The exact headers.
mod headers;

/// The web app's files.
mod web_app;

/// Through a socket, with an orderly end.
mod socket;

/// Bodies never reach the log.
mod log;
