//! Spells of a session: she massages for a while, and the pump stands for a while.
//!
//! Hands on the breast shake what hangs on it: while she massages, touches ([`super::bumps`]) come close together. While
//! the pump stands, its tube does not pull and no milk passes the valve; the breast keeps it. How many of her strokes reach
//! the bottle is judged.

use super::GRID_S;
use crate::random::{Between, Random};

/// Spells of one kind, for a regime.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spells {
    /// How often (1/h).
    pub per_h: f64,
    /// How long (s).
    pub lasts_s: Between,
}

impl Spells {
    /// There are none.
    pub const NONE: Self = Self { per_h: 0.0, lasts_s: Between::new(30.0, 180.0) };
}

/// She massages, for a regime.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Massages {
    /// When.
    pub spells: Spells,
    /// How many touches reach the bottle meanwhile (1/min).
    pub touches_per_min: Between,
}

/// A stretch of time (s).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spell {
    /// From.
    pub start_s: f64,
    /// To.
    pub end_s: f64,
}

impl Spell {
    /// Whether a moment (s) lies in it.
    pub fn holds(&self, t_s: f64) -> bool {
        self.start_s <= t_s && t_s < self.end_s
    }
}

/// Spells are no nearer to each other, to the beginning and to the end than this (s).
const APART_S: f64 = 30.0;

pub(super) fn draw(spells: &Spells, seconds: f64, random: &mut Random) -> Vec<Spell> {
    let mut drawn: Vec<Spell> = Vec::new();
    for start_s in random.arrivals(spells.per_h / 3600.0, seconds) {
        let end_s = start_s + spells.lasts_s.draw(random);
        let free_s = drawn.last().map_or(0.0, |last| last.end_s) + APART_S;
        if free_s <= start_s && end_s + APART_S <= seconds {
            drawn.push(Spell { start_s, end_s });
        }
    }
    drawn
}

/// Nothing flows (mL/s, on the grid) in these spells.
pub(super) fn stop(flow_ml_per_s: &mut [f64], spells: &[Spell]) {
    for (i, flow) in flow_ml_per_s.iter_mut().enumerate() {
        if spells.iter().any(|spell| spell.holds(i as f64 * GRID_S)) {
            *flow = 0.0;
        }
    }
}
