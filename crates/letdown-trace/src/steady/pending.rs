//! The second that waits for the next one to be judged by.

use super::second::Level;

/// A second, until it is judged.
#[derive(Clone, Copy, Debug)]
pub(super) enum Pending {
    /// None waits.
    Nothing,
    /// The scale was silent in it.
    Silent,
    /// The display stood at a level.
    Heard(Level),
}

impl Pending {
    pub(super) fn of(level: Option<Level>) -> Self {
        level.map_or(Self::Silent, Self::Heard)
    }

    pub(super) fn level(self) -> Option<Level> {
        match self {
            Self::Heard(level) => Some(level),
            Self::Nothing | Self::Silent => None,
        }
    }

    pub(super) fn waits(self) -> bool {
        !matches!(self, Self::Nothing)
    }
}
