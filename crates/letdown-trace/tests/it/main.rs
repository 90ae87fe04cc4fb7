//! Scale traces, through the public door.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up should stop")]
#![allow(clippy::float_cmp, reason = "what is promised to the digit is compared to the digit")]
#![allow(clippy::disallowed_methods, reason = "an oracle may compute with the mathematics of the platform")]

/// A corpus of simulated sessions has the published figures.
mod corpus;
/// Each disturbance of a simulated scale does what it says.
mod disturbances;
/// The truth of a simulated trace, against closed forms.
mod truth;

/// What scales send, and what is made of it.
mod scales;

/// Files of scale apps become readings; what cannot be read is one sentence.
mod files;

/// Files of real scales, where there are any.
mod real_files;

/// A series comes back from its packed form to the bit; any other text is refused.
mod packed;

/// What taps tell, and how sure.
mod taps;

/// Of sessions whose truth is known, taps are as sure as they say.
mod taps_against_truth;

/// A drawing of what was found.
mod plot;

/// A file to its let-downs, and from its packed milk to the same.
mod whole_way;

/// Let-downs are found, by regime of noise.
mod detection;

/// Massage and pauses are told where a scale can tell them.
mod spells;

/// What hands do to a scale is not milk.
mod handled;

/// What a fuzzer found stays found.
mod fuzz_seeds;
use scales::hear_anything;
