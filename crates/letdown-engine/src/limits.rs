//! Limits of all advice, from `docs/safety.md`: a plan, a coach, a trial, a what-if, a step of retraining keep them alike.

/// No session is planned, drawn or led on for longer (min).
pub const LONGEST_MIN: f64 = 30.0;
/// The most pump sessions that a day is given.
pub const MOST_SESSIONS: usize = 12;
/// Numbers of a log older than this say how old they are (h).
pub const OLD_H: f64 = 48.0;
