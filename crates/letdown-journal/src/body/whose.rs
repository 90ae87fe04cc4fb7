//! Which facts are about a baby.

use super::Body;

impl Body {
    /// The baby's name, for facts about a baby that name one.
    pub fn baby(&self) -> Option<&str> {
        match self {
            Self::Nurse(b) => b.baby.as_deref(),
            Self::Bottle(b) => b.baby.as_deref(),
            Self::Weight(b) => b.baby.as_deref(),
            Self::Diaper(b) => b.baby.as_deref(),
            _ => None,
        }
    }

    /// The place where the baby's name is kept, for facts about a baby.
    pub fn baby_mut(&mut self) -> Option<&mut Option<String>> {
        match self {
            Self::Nurse(b) => Some(&mut b.baby),
            Self::Bottle(b) => Some(&mut b.baby),
            Self::Weight(b) => Some(&mut b.baby),
            Self::Diaper(b) => Some(&mut b.baby),
            _ => None,
        }
    }
}
