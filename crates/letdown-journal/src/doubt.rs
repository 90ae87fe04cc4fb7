//! What looks odd about a fact. Odd values are flagged and kept, never changed; no fit rests on them.

use crate::{
    body::{Body, Weighed},
    volume::Output,
};
use jiff::Timestamp;

/// Something odd about a fact, in a sentence behind "row 7: ".
#[derive(Clone, Debug, PartialEq)]
pub enum Doubt {
    /// More milk than a session or a bottle plausibly holds (mL).
    Volume {
        /// The volume.
        ml: f64,
        /// The most that is taken at its word.
        plausible_ml: f64,
    },
    /// The sides do not add up to the total (mL).
    Sum {
        /// The sum of the sides.
        sides_ml: f64,
        /// The total as typed.
        total_ml: f64,
    },
    /// A baby that weighed less after a feed than before (g).
    Lighter {
        /// How much less.
        by_g: f64,
    },
    /// Both sides are written as nothing: empty, or not measured?
    BothSidesZero,
    /// Longer than a session plausibly lasts (min).
    Length {
        /// The length.
        minutes: f64,
        /// The most that is taken at its word.
        plausible_min: f64,
    },
    /// It has not happened yet.
    Future,
    /// It lies before smartphones did.
    LongAgo,
    /// A weight no baby under three years has (g).
    Weight {
        /// The weight.
        weight_g: f64,
    },
}

impl std::fmt::Display for Doubt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Volume { ml, plausible_ml } => {
                write!(
                    f,
                    "{ml:.0} mL is more than the {plausible_ml:.0} mL I take at its word; is the unit right?"
                )
            }
            Self::Sum { sides_ml, total_ml } => {
                write!(f, "the sides add up to {sides_ml:.0} mL, the total says {total_ml:.0} mL")
            }
            Self::Lighter { by_g } => {
                write!(
                    f,
                    "the baby weighs {by_g:.0} g less after the feed than before; were its clothes the same?"
                )
            }
            Self::BothSidesZero => f.write_str("both sides say 0 mL; nothing came, or not measured?"),
            Self::Length { minutes, plausible_min } => {
                write!(f, "{minutes:.0} min is longer than the {plausible_min:.0} min I take at its word")
            }
            Self::Future => f.write_str("this lies in the future"),
            Self::LongAgo => f.write_str("this lies before the year 2000"),
            Self::Weight { weight_g } => {
                write!(f, "{weight_g:.0} g is not what a baby weighs; is the unit right?")
            }
        }
    }
}

impl Doubt {
    /// Whether a fit must leave the fact's volume out until she says otherwise.
    pub fn bars_from_fit(&self) -> bool {
        matches!(
            self,
            Self::Volume { .. } | Self::Lighter { .. } | Self::BothSidesZero | Self::Future | Self::LongAgo
        )
    }
}

/// The most a whole pump session plausibly brings (mL). Above the largest storage of two breasts in the literature,
/// 2 x 606 mL, no session is taken at its word; the bar lies lower because a session never empties both.
const SESSION_ML: f64 = 1_000.0;
/// The most one breast plausibly brings (mL): the largest storage capacity published (Hartmann group, 81-606 mL).
const SIDE_ML: f64 = 606.0;
const BOTTLE_ML: f64 = 500.0;
/// The most that a scale plausibly finds after one feed (mL).
const WEIGHED_ML: f64 = 400.0;
const SESSION_MIN: f64 = 180.0;

/// The field by which she says that an odd value is right as it stands.
pub const CONFIRMED: &str = "confirmed";

/// Whether she said so.
pub fn is_confirmed(body: &Body) -> bool {
    body.extra().get(CONFIRMED).and_then(serde_json::Value::as_bool) == Some(true)
}

/// Everything odd about a fact, seen at `now`. Of one that she confirmed only its time can be odd.
///
/// ```
/// use letdown_journal::{body::{Body, Pump}, doubt::{Doubt, doubts}, moment, volume::Output};
/// let start = moment::parse("2026-11-24T03:10Z", None)?.at;
/// let now = start.timestamp();
/// let typo = Pump { total: Some(Output::ml(1331.0)?), ..Pump::at(start) };
/// let found = doubts(&Body::Pump(typo), now);
/// assert!(matches!(found[..], [Doubt::Volume { .. }]) && found[0].bars_from_fit());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn doubts(body: &Body, now: Timestamp) -> Vec<Doubt> {
    let mut found = if is_confirmed(body) { Vec::new() } else { of_values(body) };
    if body.start().timestamp() > now {
        found.push(Doubt::Future);
    }
    if body.start().year() < 2000 {
        found.push(Doubt::LongAgo);
    }
    found
}

fn of_values(body: &Body) -> Vec<Doubt> {
    let mut found = match body {
        Body::Pump(b) => of_sides(b.left.as_ref(), b.right.as_ref(), b.total.as_ref(), b.output_ml()),
        Body::Hand(b) => of_sides(b.left.as_ref(), b.right.as_ref(), b.total.as_ref(), b.output_ml()),
        Body::Nurse(b) => {
            let drunk = b.intake.as_ref().and_then(|i| above(i.as_ml(), BOTTLE_ML));
            b.weighed.as_ref().and_then(of_weighed).into_iter().chain(drunk).collect()
        }
        Body::Bottle(bottle) => {
            bottle.intake.as_ref().and_then(|i| above(i.as_ml(), BOTTLE_ML)).into_iter().collect()
        }
        Body::Weight(w) if !(300.0..=30_000.0).contains(&w.weight_g) => {
            vec![Doubt::Weight { weight_g: w.weight_g }]
        }
        _ => Vec::new(),
    };
    found.extend(
        body.minutes()
            .filter(|m| *m > SESSION_MIN)
            .map(|minutes| Doubt::Length { minutes, plausible_min: SESSION_MIN }),
    );
    found
}

fn of_weighed(weighed: &Weighed) -> Option<Doubt> {
    match weighed.intake_ml() {
        Some(ml) => above(ml, WEIGHED_ML),
        None => Some(Doubt::Lighter { by_g: weighed.before_g - weighed.after_g }),
    }
}

fn of_sides(
    left: Option<&Output>,
    right: Option<&Output>,
    total: Option<&Output>,
    output_ml: Option<f64>,
) -> Vec<Doubt> {
    let [left, right, total] = [left, right, total].map(|side| side.map(Output::as_ml));
    let mut found: Vec<Doubt> =
        [left, right].into_iter().flatten().filter_map(|ml| above(ml, SIDE_ML)).collect();
    if found.is_empty() {
        found.extend(output_ml.and_then(|ml| above(ml, SESSION_ML)));
    }
    if let (Some(l), Some(r)) = (left, right) {
        if l == 0.0 && r == 0.0 {
            found.push(Doubt::BothSidesZero);
        }
        // One millilitre of rounding per side is not odd.
        found.extend(
            total
                .filter(|t| (t - l - r).abs() > 2.0)
                .map(|total_ml| Doubt::Sum { sides_ml: l + r, total_ml }),
        );
    }
    found
}

fn above(ml: f64, plausible_ml: f64) -> Option<Doubt> {
    (ml > plausible_ml).then_some(Doubt::Volume { ml, plausible_ml })
}
