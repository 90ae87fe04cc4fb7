//! What stands in one packet, before it is told apart from what was known already.

use super::heard::{Button, Unit};

/// What one packet of a scale says.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Packet {
    pub(super) weight: Option<Weight>,
    pub(super) unit: Option<Unit>,
    pub(super) battery_percent: Option<u8>,
    pub(super) timer_s: Option<f64>,
    pub(super) is_tared: bool,
    pub(super) button: Option<Button>,
}

impl Packet {
    /// One that says a weight and nothing else.
    pub(super) fn of(weight: Weight) -> Self {
        Self { weight: Some(weight), ..Self::default() }
    }

    /// The same, with a battery level; one above 100 % is none.
    pub(super) fn with_battery(self, percent: u8) -> Self {
        Self { battery_percent: (percent <= 100).then_some(percent), ..self }
    }
}

/// A weight as it stands in a packet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Weight {
    pub(super) mass_g: f64,
    pub(super) step_g: f64,
    pub(super) is_still: Option<bool>,
}

impl Weight {
    /// `count` steps, of which `per_unit` make one `unit`.
    ///
    /// Multiplied before it is divided, so that 1759 tenths of a gram are 175.9 and not a bit beside it.
    pub(super) fn counted(count: i32, per_unit: u32, unit: Unit) -> Self {
        let in_grams = |steps: i32| f64::from(steps) * unit.grams() / f64::from(per_unit);
        Self { mass_g: in_grams(count), step_g: in_grams(1), is_still: None }
    }

    /// Tenths of a gram, as most of them count.
    pub(super) fn tenths(count: i32) -> Self {
        Self::counted(count, 10, Unit::Gram)
    }

    /// Hundredths of a gram.
    pub(super) fn hundredths(count: i32) -> Self {
        Self::counted(count, 100, Unit::Gram)
    }

    pub(super) fn still(self, is_still: bool) -> Self {
        Self { is_still: Some(is_still), ..self }
    }
}
