//! Touches: an elbow, a hand that massages, a blanket. Each presses or lifts for a moment; some leave the bottle or its tube
//! lying otherwise, so that the display has moved for good.

use super::{
    GRID_S,
    spells::{Massages, Spell},
};
use crate::{
    found::{Doubt, DoubtKind},
    random::{Between, Random},
};

/// Touches, for a regime.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bumps {
    /// How often (1/min).
    pub per_min: f64,
    /// How hard: the median (g), with a log-sd of 0.7; most press, some lift.
    pub median_g: f64,
    /// How long (s).
    pub lasts_s: Between,
    /// The share that moves the display for good (1).
    pub stays: f64,
    /// By how much: the median (g), with a log-sd of 0.8, up or down.
    pub stays_g: f64,
}

const PRESSES: f64 = 0.7;
const HARD_LOG_SD: f64 = 0.7;
const STAYS_LOG_SD: f64 = 0.8;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Touched {
    pub(super) force_g: Vec<f64>,
    pub(super) doubts: Vec<Doubt>,
}

impl Touched {
    pub(super) fn add(&mut self, more: Self) {
        for (force, more) in self.force_g.iter_mut().zip(more.force_g) {
            *force += more;
        }
        self.doubts.extend(more.doubts);
    }

    pub(super) fn starts_s(&self) -> Vec<f64> {
        self.doubts.iter().filter(|d| d.kind == DoubtKind::Bump).map(|d| d.start_s).collect()
    }
}

pub(super) fn touch(bumps: &Bumps, seconds: f64, random: &mut Random) -> Touched {
    let starts_s = random.arrivals(bumps.per_min / 60.0, seconds);
    touches(bumps, &starts_s, seconds, random)
}

/// Touches close together, in each of these spells.
pub(super) fn massage(
    bumps: &Bumps,
    massages: &Massages,
    spells: &[Spell],
    seconds: f64,
    random: &mut Random,
) -> Touched {
    let mut starts_s = Vec::new();
    for spell in spells {
        let per_min = massages.touches_per_min.draw(random);
        let within = random.arrivals(per_min / 60.0, spell.end_s - spell.start_s);
        starts_s.extend(within.iter().map(|s| spell.start_s + s));
    }
    touches(bumps, &starts_s, seconds, random)
}

fn touches(bumps: &Bumps, starts_s: &[f64], seconds: f64, random: &mut Random) -> Touched {
    let mut touched = Touched { force_g: vec![0.0; super::steps_in(seconds)], doubts: Vec::new() };
    for &start_s in starts_s {
        let lasts_s = bumps.lasts_s.draw(random);
        let hard_g = random.log_normal(bumps.median_g, HARD_LOG_SD) * random.sign(PRESSES);
        let moved_g = random.log_normal(bumps.stays_g, STAYS_LOG_SD) * random.sign(0.5);
        let offset_g = if random.happens(bumps.stays) { moved_g } else { 0.0 };
        press(&mut touched.force_g, start_s, lasts_s, hard_g, offset_g);
        let end_s = start_s + lasts_s;
        touched.doubts.push(Doubt { kind: DoubtKind::Bump, start_s, end_s, offset_g: 0.0 });
        if offset_g != 0.0 {
            touched.doubts.push(Doubt { kind: DoubtKind::Offset, start_s, end_s, offset_g });
        }
    }
    touched
}

/// A hump of a height, over which the display moves to its new place.
fn press(force_g: &mut [f64], start_s: f64, lasts_s: f64, hard_g: f64, offset_g: f64) {
    let (from, until) = (super::steps_in(start_s), super::steps_in(start_s + lasts_s));
    for (i, force) in force_g.iter_mut().enumerate().take(until).skip(from) {
        let part = ((i as f64 * GRID_S - start_s) / lasts_s).clamp(0.0, 1.0);
        let hump = libm::sin(core::f64::consts::PI * part);
        *force += hard_g * hump * hump + offset_g * part;
    }
    for force in force_g.iter_mut().skip(until) {
        *force += offset_g;
    }
}
