//! Scale traces, through the public door.

/// A corpus of simulated sessions has the published figures.
mod corpus;
/// Each disturbance of a simulated scale does what it says.
mod disturbances;
/// The truth of a simulated trace, against closed forms.
mod truth;
