//! How likely another visible let-down is when flow has slowed, and what it brings.
//!
//! ```text
//! log odds  = a . (1, ln(since/60), ln(gap/175), ln(count), ln(last), ln(taken), taken/held)
//! ln mL     = b . (the same), give or take sd
//! since     seconds since the last let-down began            count  let-downs so far
//! gap       her gap between let-downs (s): her earlier sessions and this one, drawn towards 175 s as if by two more
//! last      what the last one brought (mL)                   taken  milk so far (mL)
//! held      milk in her breasts when the session began (mL), as her twin believes
//! ```
//!
//! Where a volume is not known the numbers without it are taken: times alone; times and milk; all. They were fitted to the
//! session model run forward from the lulls of 6,000 simulated women (`benches/coach`), once with the pump left on for five
//! minutes and once with two minutes of massage before; what is *hers* comes in through her gaps, her volumes and her twin. A
//! let-down is visible from 3 mL on. Tests score chance and mL on women who were not among those.
//!
//! Range: lulls from the second to the 23rd minute of pumping. Left out: stress, cues, a feed at the other breast.

mod numbers;

use super::knows::Gaps;
use crate::{
    Range,
    numbers::{TENTH_Z, tenth},
};
use numbers::FITTED;

/// A lull, as a watcher sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lull {
    /// Since the last let-down began (s).
    pub since_s: f64,
    /// Let-downs so far, at least one.
    pub count: usize,
    /// Gaps between her let-downs, of earlier sessions and of this one.
    pub gaps: Gaps,
    /// What the last one brought (mL).
    pub last_ml: Option<f64>,
    /// Milk so far (mL).
    pub taken_ml: Option<f64>,
    /// Milk in her breasts when the session began (mL).
    pub in_breast_ml: Option<f64>,
}

/// How she may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The pump left on for five minutes.
    GoOn,
    /// The pump off and two minutes of massage, then five of pumping.
    Massage,
}

/// What may come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Odds {
    /// That a visible let-down comes (0 to 1).
    pub chance: f64,
    /// What those minutes bring when it does (mL), with its 80 % range.
    pub ml: Range,
}

/// Numbers of one way of going on, for what is known.
#[derive(Clone, Copy, Debug)]
struct Fitted {
    chance: [f64; COLUMNS],
    ln_ml: [f64; COLUMNS],
    sd: f64,
}

const COLUMNS: usize = 7;
/// A gap of women in general (s), and how much it counts.
const USUAL_GAP_S: f64 = 175.0;
const AS_IF: f64 = 2.0;
/// A tenth of a normal lies so many standard deviations below its middle.
const TENTH: f64 = TENTH_Z;
/// What a visible let-down brings at least (mL).
const VISIBLE_ML: f64 = 3.0;

/// What may come when she goes on from a lull.
///
/// ```
/// use letdown_engine::coach::{Gaps, Lull, Way, odds};
/// let lull = Lull {
///     since_s: 180.0,
///     count: 3,
///     gaps: Gaps::of(&[150.0, 170.0]),
///     last_ml: Some(12.0),
///     taken_ml: Some(55.0),
///     in_breast_ml: Some(110.0),
/// };
/// let odds = odds(&lull, Way::Massage);
/// assert!(0.3 < odds.chance && odds.chance < 1.0);
/// assert!(3.0 <= odds.ml.p10 && odds.ml.p10 < odds.ml.p90 && odds.ml.p90 < 60.0);
/// ```
pub fn odds(lull: &Lull, way: Way) -> Odds {
    let volumes = lull.last_ml.zip(lull.taken_ml);
    let ([last_ml, taken_ml], share, known) = match (volumes, lull.in_breast_ml) {
        (None, _) => ([1.0, 1.0], 0.0, 0),
        (Some((last, taken)), None) => ([last, taken], 0.0, 1),
        (Some((last, taken)), Some(held)) => ([last, taken], (taken / held.max(1.0)).min(1.5), 2),
    };
    let ln = |x: f64, least: f64| libm::log(x.max(least));
    let gap_s = lull.gaps.middle_s(USUAL_GAP_S, AS_IF);
    let row = [
        1.0,
        ln(lull.since_s / 60.0, 0.5),
        ln(gap_s / USUAL_GAP_S, 0.05),
        ln(lull.count as f64, 1.0),
        ln(last_ml, 1.0),
        ln(taken_ml, 1.0),
        share,
    ];
    let Fitted { chance, ln_ml, sd } = FITTED[way as usize][known];
    let middle = dot(&row, &ln_ml);
    let at = |z: f64| tenth(libm::exp(middle + z * sd).max(VISIBLE_ML));
    Odds {
        chance: 1.0 / (1.0 + libm::exp(-dot(&row, &chance))),
        ml: Range { p10: at(-TENTH), p50: at(0.0), p90: at(TENTH) },
    }
}

fn dot(row: &[f64; COLUMNS], by: &[f64; COLUMNS]) -> f64 {
    row.iter().zip(by).map(|(a, b)| a * b).sum()
}
