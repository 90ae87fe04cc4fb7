//! What the coach never passes.
//!
//! Nothing is offered after pain, nor when it would end behind [`LONGEST_S`]. A red flag stops every advice about supply;
//! a sore breast, a great deal of milk, or pain before the session stop the offers to go on. When she is tense, and when she
//! waved two prompts away, nothing more is said but this.

use crate::limits::LONGEST_MIN;

/// No session is led on for longer (s).
pub const LONGEST_S: f64 = 60.0 * LONGEST_MIN;
/// So many prompts are shown in a session at most, those for her safety aside.
pub const BUDGET: usize = 5;
/// Between two prompts (s).
pub(super) const REST_S: f64 = 30.0;
/// After a "not now" (s).
pub(super) const NOT_NOW_S: f64 = 180.0;
/// So many of them are heard as "be quiet".
pub(super) const NOT_NOWS: usize = 2;
/// She is asked to massage and go on so often at most.
pub(super) const GO_ON_AT_MOST: usize = 2;

/// Minutes of massage (s).
pub(super) const MASSAGE_S: f64 = 120.0;
/// Minutes of pumping after it, or past the end of flow (s).
pub(super) const MORE_S: f64 = 300.0;
/// None came: a break is offered (s).
pub(super) const NONE_YET_S: f64 = 300.0;

/// Below this chance another let-down is not held out.
pub(super) const LEAST_CHANCE: f64 = 0.25;
/// So much of what is within reach is most of it.
pub(super) const MOST: f64 = 0.85;

/// A feeling this old says nothing about now (h).
pub(super) const FELT_H: f64 = 3.0;
/// Stress from which the coach is silent, and pain from which it offers no going on (0 to 10).
pub(super) const MUCH: f64 = 6.0;
/// The share of the milk in her breasts that a pump can reach.
pub(super) const WITHIN_REACH: f64 = 0.85;
