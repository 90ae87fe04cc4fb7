//! A device in use since its start: a pump, its flanges, a scale.

use super::{
    BodyError, Extra, Source,
    rules::{NeedsOneOf, Number, Text},
    wire,
    word::words,
};
use crate::moment::Moment;

/// A device in use since its start.
#[derive(Clone, Debug, PartialEq)]
pub struct Device {
    /// Since when.
    pub start: Moment,
    /// What.
    pub what: DeviceKind,
    /// Which model, in her words.
    pub model: Option<String>,
    /// The flange of the left side (mm, 10 to 50).
    pub left_flange_mm: Option<f64>,
    /// The flange of the right side (mm, 10 to 50).
    pub right_flange_mm: Option<f64>,
    /// Her own words.
    pub note: Option<String>,
    /// Where it was imported from.
    pub source: Option<Source>,
    /// Fields of a newer version.
    pub extra: Extra,
}

wire::kind!(Device "device" {
    what: NeedsOneOf,
    model: Text,
    left_flange_mm: FLANGE,
    right_flange_mm: FLANGE,
});

impl Device {
    /// A device of which no more is known.
    pub fn at(start: Moment, what: DeviceKind) -> Self {
        Self {
            start,
            what,
            model: None,
            left_flange_mm: None,
            right_flange_mm: None,
            note: None,
            source: None,
            extra: Extra::new(),
        }
    }
}

const FLANGE: Number = Number(10.0, 50.0, " mm");

words! {
    /// What a device is.
    DeviceKind {
        /// A pump.
        Pump = "pump",
        /// Flanges.
        Flange = "flange",
        /// A scale.
        Scale = "scale",
    }
}
