//! Regimes: how much disturbs a session.

use super::{
    air::Air,
    bumps::Bumps,
    handling::Handling,
    pump::Pumps,
    ringing::Ringing,
    scale::Scales,
    spells::{Massages, Spells},
    tube::Tubes,
    way::Ways,
};
use crate::random::Between;

/// Everything that lies between milk and readings. All values may be changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Regime {
    /// A short name for tables.
    pub name: &'static str,
    /// From the breast to the valve.
    pub way: Ways,
    /// The pump.
    pub pump: Pumps,
    /// Its tube.
    pub tube: Tubes,
    /// Ringing.
    pub ringing: Ringing,
    /// Touches.
    pub bumps: Bumps,
    /// Hands on the bottle.
    pub handling: Handling,
    /// For a while she massages.
    pub massages: Massages,
    /// For a while the pump stands.
    pub stands: Spells,
    /// The scale.
    pub scale: Scales,
    /// From the scale to the listener.
    pub air: Air,
}

impl Regime {
    /// A coffee scale, 0.1 g ten times a second, nobody touches it.
    pub fn quiet() -> Self {
        Self {
            name: "quiet",
            way: Ways {
                cup_ml: Between::new(0.4, 2.0),
                wetting_ml: Between::new(1.0, 3.0),
                delay_s: Between::new(0.3, 1.5),
                blur_s: Between::new(0.3, 1.5),
            },
            pump: Pumps {
                stimulates_per_min: Between::new(110.0, 125.0),
                expresses_per_min: Between::new(45.0, 75.0),
                release_share: Between::new(0.3, 0.5),
                pressed_after_s: Between::new(1.0, 10.0),
                pressed: 0.6,
            },
            tube: Tubes {
                pulls_g: Between::new(0.2, 1.5),
                steps_g: Between::new(0.2, 1.5),
                changes: 1.5,
                at_let_down: 0.6,
            },
            ringing: Ringing {
                swings_g: Between::new(0.1, 0.3),
                per_s: Between::new(3.0, 9.0),
                lasts_s: Between::new(0.15, 0.5),
            },
            bumps: Bumps {
                per_min: 0.0,
                median_g: 5.0,
                lasts_s: Between::new(0.3, 3.0),
                stays: 1.0 / 3.0,
                stays_g: 1.5,
            },
            handling: Handling {
                lifts_per_h: 0.0,
                swaps_per_h: 0.0,
                tares_per_h: 0.0,
                away_s: Between::new(2.0, 25.0),
                bottle_g: Between::new(20.0, 155.0),
                stands_g: 0.5,
                starts_at_zero: 0.8,
            },
            massages: Massages { spells: Spells::NONE, touches_per_min: Between::new(6.0, 15.0) },
            stands: Spells::NONE,
            scale: Scales {
                step_g: 0.1,
                noise_g: Between::new(0.03, 0.1),
                drift_g_per_min: Between::new(0.0, 0.05),
                filter_s: Between::new(0.3, 1.0),
                follows_g_per_s: Between::always(0.0),
            },
            air: Air {
                rate_hz: 10.0,
                jitter: 0.05,
                holes_per_min: 0.0,
                hole_s: Between::new(0.3, 9.0),
                twice: 0.0,
                overtaken: 0.0,
            },
        }
    }

    /// The same scale on a side table: now and then a touch, a hole, a reading that comes twice; 0.2 g four times a second.
    pub fn everyday() -> Self {
        let quiet = Self::quiet();
        Self {
            name: "everyday",
            bumps: Bumps { per_min: 0.3, ..quiet.bumps },
            scale: Scales { step_g: 0.2, ..quiet.scale },
            air: Air { rate_hz: 4.0, holes_per_min: 0.1, twice: 0.005, overtaken: 0.005, ..quiet.air },
            ..quiet
        }
    }

    /// She massages: two touches a minute.
    pub fn massage() -> Self {
        let quiet = Self::quiet();
        Self { name: "massage", bumps: Bumps { per_min: 2.0, ..quiet.bumps }, ..quiet }
    }

    /// The bottle is lifted and swapped, the scale set to zero again, and the air is full of holes.
    pub fn lifts() -> Self {
        let quiet = Self::quiet();
        Self {
            name: "lifts",
            bumps: Bumps { per_min: 0.3, ..quiet.bumps },
            handling: Handling { lifts_per_h: 6.0, swaps_per_h: 2.0, tares_per_h: 2.0, ..quiet.handling },
            air: Air { holes_per_min: 0.5, twice: 0.01, overtaken: 0.01, ..quiet.air },
            ..quiet
        }
    }

    /// A kitchen scale: 1 g once a second, slow, and fond of its zero.
    pub fn kitchen() -> Self {
        let quiet = Self::quiet();
        Self {
            name: "kitchen",
            bumps: Bumps { per_min: 0.3, ..quiet.bumps },
            scale: Scales {
                step_g: 1.0,
                filter_s: Between::new(0.5, 1.0),
                follows_g_per_s: Between::new(0.0, 0.05),
                ..quiet.scale
            },
            air: Air { rate_hz: 1.0, holes_per_min: 0.1, ..quiet.air },
            ..quiet
        }
    }

    /// Nothing disturbs, nothing is kept: the readings are the milk, to a thousandth of a gram.
    pub fn clear() -> Self {
        let (none, quiet) = (Between::always(0.0), Self::quiet());
        Self {
            name: "clear",
            way: Ways { cup_ml: none, wetting_ml: none, delay_s: none, blur_s: none },
            tube: Tubes { pulls_g: none, steps_g: none, changes: 0.0, ..quiet.tube },
            ringing: Ringing { swings_g: none, ..quiet.ringing },
            handling: Handling { starts_at_zero: 1.0, ..quiet.handling },
            scale: Scales {
                step_g: 0.001,
                noise_g: none,
                drift_g_per_min: none,
                filter_s: none,
                follows_g_per_s: none,
            },
            air: Air { jitter: 0.0, ..quiet.air },
            ..quiet
        }
    }

    /// All regimes of the world, from the easiest on.
    pub fn all() -> [Self; 5] {
        [Self::quiet(), Self::everyday(), Self::massage(), Self::lifts(), Self::kitchen()]
    }
}
