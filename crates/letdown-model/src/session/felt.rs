//! Whether she feels a let-down: tightening, tingling, a mild ache.
//!
//! ```text
//! P(felt) = logistic(b + 1.0 [first of the session] + 0.8 (A_peak - 0.7)),    b ~ N(-0.3, 1.5) between women
//! ```
//!
//! Sources: surveys in which half to five sixths of women feel let-downs and about a third never do (remembered, no one
//! paper); later let-downs of a feed are usually not sensed (Ramsay 2004, PMID 14754950). Left out: the three sensations
//! apart from each other, getting used to them.

use crate::removal::logistic;

const FIRST: f64 = 1.0;
const BY_STRENGTH: f64 = 0.8;
const USUAL_PEAK: f64 = 0.7;

/// Probability that a let-down is felt (0 to 1); `feels` her own leaning (`b`), `peak` the strongest contraction in it.
///
/// ```
/// use letdown_model::session::felt::chance;
/// assert!(chance(-0.3, true, 0.9) > chance(-0.3, false, 0.9));
/// ```
pub fn chance(feels: f64, first: bool, peak: f64) -> f64 {
    logistic(feels + if first { FIRST } else { 0.0 } + BY_STRENGTH * (peak - USUAL_PEAK))
}
