//! What a scale said.

use crate::reading::Reading;

/// One thing a scale said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Heard {
    /// What stands on its display.
    Mass {
        /// When it was heard, and how much (g).
        reading: Reading,
        /// Whether the scale holds the load for still, where it says so.
        still: Option<bool>,
        /// The step between two neighbouring values it can say (g).
        step_g: f64,
    },
    /// The unit its display is set to. Said once, and when it changes; readings are grams all the same.
    Unit(Unit),
    /// How full its battery is (percent, 0 to 100). Said once, and when it changes.
    Battery(u8),
    /// It has set itself to zero.
    Tared,
    /// One of its buttons was pressed.
    Button(Button),
    /// Its own stopwatch shows this (s). Said when it changes.
    Timer(f64),
}

/// What a display shows weights in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Grams.
    Gram,
    /// Kilograms.
    Kilogram,
    /// Ounces (avoirdupois).
    Ounce,
    /// Pounds (avoirdupois).
    Pound,
}

impl Unit {
    /// How many grams one of it is; exact since the international yard and pound agreement of 1959.
    pub fn grams(self) -> f64 {
        match self {
            Self::Gram => 1.0,
            Self::Kilogram => 1000.0,
            Self::Ounce => 28.349_523_125,
            Self::Pound => 453.592_37,
        }
    }

    /// Its sign.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Gram => "g",
            Self::Kilogram => "kg",
            Self::Ounce => "oz",
            Self::Pound => "lb",
        }
    }
}

/// A button of a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    /// Set to zero.
    Tare,
    /// Start or stop the stopwatch, where one button does both.
    Timer,
    /// Start the stopwatch.
    Start,
    /// Stop the stopwatch.
    Stop,
    /// Set the stopwatch to zero.
    Reset,
    /// Another one, by its number.
    Other(u8),
}
