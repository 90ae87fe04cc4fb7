//! What a session is set up as: phases one behind the other, what her breasts hold, when it ends.

use super::touch::Side;
use crate::mother::Mother;
use alloc::vec::Vec;

/// Milk and room in each breast when a session begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Breasts {
    /// Milk (`M`, mL).
    pub milk_ml: Vec<f64>,
    /// Storage capacity (`S`, mL).
    pub storage_ml: Vec<f64>,
    /// Milk being made meanwhile (mL/h); 0 where the gap between two sessions has counted it.
    pub makes_ml_per_h: Vec<f64>,
}

impl Breasts {
    /// Breasts of established lactation at a fullness, nothing made meanwhile.
    pub fn filled(mother: &Mother, fullness: f64) -> Self {
        let storage_ml: Vec<f64> = mother.breasts.iter().map(|b| b.storage_ml).collect();
        Self {
            milk_ml: storage_ml.iter().map(|s| fullness * s).collect(),
            makes_ml_per_h: alloc::vec![0.0; storage_ml.len()],
            storage_ml,
        }
    }
}

/// Stress and pain of a phase.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Distress {
    /// Stress (0 none, 0.6 doing sums or loud noise, at most 3).
    pub stress: f64,
    /// Pain (0 none, 0.5 ice water or a sore nipple, at most 2).
    pub pain: f64,
}

impl Distress {
    /// The same, as it reaches a woman (1 the median one).
    #[must_use]
    pub fn on(&self, reaches: f64) -> Self {
        Self { stress: self.stress * reaches, pain: self.pain * reaches }
    }

    /// What reaches the centre of the reflex (`s_c`): stress, and pain.
    pub fn central(&self) -> f64 {
        self.stress + self.pain
    }

    /// What reaches the gland (`s_p`): pain.
    pub fn at_the_gland(&self) -> f64 {
        self.pain
    }
}

/// A part of a session in which nothing is changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Phase {
    /// How long (s).
    pub seconds: f64,
    /// Left and right.
    pub sides: [Side; 2],
    /// Strength of the learned cues that are there (`sum V c`, 1).
    pub cues: f64,
    /// Stress and pain.
    pub distress: Distress,
}

impl Phase {
    /// Some minutes of the same at both breasts.
    pub fn both(minutes: f64, side: Side) -> Self {
        Self { seconds: 60.0 * minutes, sides: [side; 2], cues: 0.0, distress: Distress::default() }
    }

    /// Some minutes at the left breast only.
    pub fn left(minutes: f64, side: Side) -> Self {
        Self { sides: [side, Side::LEFT_ALONE], ..Self::both(minutes, side) }
    }
}

/// A whole session.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Its phases.
    pub phases: Vec<Phase>,
    /// Appetite of each baby (mL); a baby lets go when it is met.
    pub appetite_ml: [f64; 2],
    /// Ends so many seconds after flow has slowed, when that comes before the end of the phases.
    pub stop_after_slow_s: Option<f64>,
}

impl Plan {
    /// A plan of some phases, run to their end.
    pub fn of(phases: impl Into<Vec<Phase>>) -> Self {
        Self { phases: phases.into(), appetite_ml: [f64::INFINITY; 2], stop_after_slow_s: None }
    }
}
