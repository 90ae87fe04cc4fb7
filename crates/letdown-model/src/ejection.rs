//! How one woman lets milk down: her reflex, her glands, her ducts, and whether she feels it.

use crate::session::{ducts::Ducts, reflex::Reflex, squeeze::Gland};

/// The traits that a session of hers has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ejection {
    /// When pulses come, and how large they are.
    pub reflex: Reflex,
    /// How her glands answer to a pulse.
    pub gland: Gland,
    /// How her ducts carry milk.
    pub ducts: Ducts,
    /// How well massage works for her (1 in the median woman, 0 not at all).
    pub massage_helps: f64,
    /// How strongly stress and pain reach her reflex (1 in the median woman, 0 not at all).
    pub distress_reaches: f64,
    /// How she leans to feel a let-down (`b_w`, logit).
    pub feels: f64,
}
