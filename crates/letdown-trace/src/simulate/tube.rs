//! A tube or cable between pump and bottle pulls at the scale, in step with the pump, and hangs otherwise when the vacuum is
//! changed. That is often at the let-down: she sees milk and presses a key.

use super::{GRID_S, pump::Pump};
use crate::{
    found::{Doubt, DoubtKind},
    random::{Between, Random},
};

/// Tubes, for a regime.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tubes {
    /// How far it pulls in a cycle (g, peak).
    pub pulls_g: Between,
    /// How far a change of vacuum moves the display (g), up or down.
    pub steps_g: Between,
    /// How often the vacuum is changed, beside the change of mode (1/session).
    pub changes: f64,
    /// The share of these changes that she makes within seconds of a let-down (1).
    pub at_let_down: f64,
}

/// A change takes so long to reach the tube (s).
const SETTLES_S: f64 = 0.4;
/// She presses a key within so long of milk coming (s).
const PRESSES_S: Between = Between::new(0.0, 8.0);
const LOUDER: Between = Between::new(0.7, 1.4);

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pull {
    pub(super) force_g: Vec<f64>,
    pub(super) doubts: Vec<Doubt>,
}

struct Change {
    at_s: f64,
    step_g: f64,
    /// How much harder it pulls from then on (1).
    louder: f64,
}

pub(super) fn pull(tubes: &Tubes, pump: &Pump, seconds: f64, random: &mut Random) -> Pull {
    let pulls_g = tubes.pulls_g.draw(random);
    let changes = changes(tubes, pump, seconds, random);
    let steps = super::steps_in(seconds);
    let vacuum: Vec<f64> = (0..steps).map(|i| pump.vacuum(i as f64 * GRID_S)).collect();
    let mut force_g: Vec<f64> = vacuum.iter().map(|v| pulls_g * v).collect();
    let keeps = libm::exp(-GRID_S / SETTLES_S);
    for change in &changes {
        let from = super::steps_in(change.at_s);
        let mut missing = 1.0;
        for (force, vacuum) in force_g.iter_mut().zip(&vacuum).skip(from) {
            *force += change.step_g * (1.0 - missing) + pulls_g * (change.louder - 1.0) * vacuum;
            missing *= keeps;
        }
    }
    let doubts = changes.iter().map(|change| Doubt {
        kind: DoubtKind::Offset,
        start_s: change.at_s,
        end_s: change.at_s + 3.0 * SETTLES_S,
        offset_g: change.step_g,
    });
    Pull { force_g, doubts: doubts.collect() }
}

fn changes(tubes: &Tubes, pump: &Pump, seconds: f64, random: &mut Random) -> Vec<Change> {
    let mut moments_s = vec![pump.changed_s];
    for chance_s in random.arrivals(tubes.changes / seconds, seconds) {
        let let_down = (random.uniform() * pump.came_s.len() as f64) as usize;
        let pressed_s = PRESSES_S.draw(random);
        let came_s = pump.came_s.get(let_down).filter(|_| random.happens(tubes.at_let_down));
        moments_s.push(came_s.map_or(chance_s, |s| s + pressed_s));
    }
    moments_s.sort_by(f64::total_cmp);
    moments_s.retain(|s| *s < seconds);
    let mut drawn = |at_s: &f64| Change {
        at_s: *at_s,
        step_g: tubes.steps_g.draw(random) * random.sign(0.5),
        louder: LOUDER.draw(random),
    };
    moments_s.iter().map(&mut drawn).collect()
}
