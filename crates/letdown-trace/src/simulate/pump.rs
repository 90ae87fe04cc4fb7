//! The cycles of a pump.
//!
//! While a pump sucks, its valve is shut and milk gathers above it; in the release part of each cycle it falls, most of it
//! at the beginning. A pump sucks about 120 times a minute before the first let-down and 45 to 75 times after; readings
//! once a second therefore alias. The change of mode comes when she sees milk and presses the key, or by itself after two
//! minutes.

use super::{GRID_S, spells::Spell};
use crate::random::{Between, Random};

/// Pumps, for a regime.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pumps {
    /// Cycles while it stimulates (1/min).
    pub stimulates_per_min: Between,
    /// Cycles while it expresses (1/min).
    pub expresses_per_min: Between,
    /// The share of a cycle in which milk falls (1).
    pub release_share: Between,
    /// She presses the key so long after milk came (s) ...
    pub pressed_after_s: Between,
    /// ... in such a share of sessions (1); in the others the pump changes by itself.
    pub pressed: f64,
}

/// A pump changes by itself after so long (s).
const CHANGES_S: f64 = 120.0;
/// Milk above the valve is down to 37 % after this part of the release (1).
const FALLS_IN: f64 = 0.25;

/// One pump at work.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pump {
    /// When it went from stimulating to expressing (s).
    pub(super) changed_s: f64,
    /// When let-downs began above the valve (s).
    pub(super) came_s: Vec<f64>,
    before_s: f64,
    after_s: f64,
    release_share: f64,
    stands: Vec<Spell>,
}

impl Pump {
    pub(super) fn drawn(
        pumps: &Pumps,
        onsets_s: &[Option<f64>],
        seconds: f64,
        stands: &[Spell],
        random: &mut Random,
    ) -> Self {
        let came_s: Vec<f64> = onsets_s.iter().flatten().copied().collect();
        let pressed_s = pumps.pressed_after_s.draw(random);
        let is_pressed = random.happens(pumps.pressed);
        let by_hand_s = came_s.first().filter(|_| is_pressed).map(|s| s + pressed_s);
        Self {
            changed_s: by_hand_s.unwrap_or(CHANGES_S).min(CHANGES_S).min(seconds),
            came_s,
            before_s: 60.0 / pumps.stimulates_per_min.draw(random),
            after_s: 60.0 / pumps.expresses_per_min.draw(random),
            release_share: pumps.release_share.draw(random),
            stands: stands.to_vec(),
        }
    }

    /// Where in its cycle it is (0 to 1): it sucks first and then releases.
    pub(super) fn phase(&self, t_s: f64) -> f64 {
        let cycles =
            if t_s < self.changed_s { t_s / self.before_s } else { (t_s - self.changed_s) / self.after_s };
        cycles - cycles.floor()
    }

    /// How hard it pulls (0 to 1), one hump a cycle.
    pub(super) fn vacuum(&self, t_s: f64) -> f64 {
        if self.stands.iter().any(|spell| spell.holds(t_s)) {
            return 0.0;
        }
        let phase = self.phase(t_s) / (1.0 - self.release_share);
        if phase < 1.0 { libm::sin(core::f64::consts::PI * phase) } else { 0.0 }
    }

    /// The first moment from `t_s` on at which milk may fall (s).
    pub(super) fn next_release_s(&self, t_s: f64) -> f64 {
        let opens = 1.0 - self.release_share;
        let phase = self.phase(t_s);
        let cycle_s = if t_s < self.changed_s { self.before_s } else { self.after_s };
        if phase >= opens { t_s } else { t_s + (opens - phase) * cycle_s }
    }

    /// Milk that comes to the valve (mL/s), as it falls (mL a step).
    pub(super) fn let_fall(&self, flow_ml_per_s: &[f64]) -> Vec<f64> {
        let mut above_ml = 0.0;
        let steps = flow_ml_per_s.iter().enumerate();
        let fall = |(i, flow): (usize, &f64)| {
            above_ml += flow * GRID_S;
            let t_s = i as f64 * GRID_S;
            if self.phase(t_s) < 1.0 - self.release_share {
                return 0.0;
            }
            let cycle_s = if t_s < self.changed_s { self.before_s } else { self.after_s };
            let share = (GRID_S / (FALLS_IN * self.release_share * cycle_s)).min(1.0);
            let falls_ml = share * above_ml;
            above_ml -= falls_ml;
            falls_ml
        };
        steps.map(fall).collect()
    }
}
