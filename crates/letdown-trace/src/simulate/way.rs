//! From the breast to above the valve.
//!
//! The cup above the valve fills first and keeps what it holds. Then milk wets tunnel and walls, which keep most of it until
//! they are wet. What passes comes a moment later, and blurred:
//!
//! ```text
//! kept = everything until the cup is full, then WETS of the flow until the walls are wet
//! y' = (x(t - delay) - y) / blur                      x what passes, y what comes to the valve (mL/s)
//! ```
//!
//! A cup holds 0.4 to 2 mL and first wetting keeps 1 to 3 mL, which together make 2 to 8 s of lag; how the wetting is
//! spread is judged. Each breast has its own way.

use super::{GRID_S, Outflow};
use crate::random::{Between, Random};

/// A way, for a regime.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ways {
    /// What a cup keeps (mL).
    pub cup_ml: Between,
    /// What walls keep (mL).
    pub wetting_ml: Between,
    /// How long milk runs and falls (s).
    pub delay_s: Between,
    /// Over how long it blurs (s).
    pub blur_s: Between,
}

/// While walls are still dry they take so much of the flow (1).
const WETS: f64 = 0.7;
/// A let-down has begun in the bottle when its own flow is above this (mL/s): a fiftieth of a drop a second.
const BEGUN_ML_PER_S: f64 = 0.001;

/// What came to the valve.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Passed {
    /// Both breasts together (mL/s, on the grid).
    pub(super) flow_ml_per_s: Vec<f64>,
    /// When each let-down began here (s), if it came so far.
    pub(super) onsets_s: Vec<Option<f64>>,
}

pub(super) fn pass(breasts: &[Outflow], ways: &Ways, steps: usize, random: &mut Random) -> Passed {
    let mut all = Passed { flow_ml_per_s: vec![0.0; steps], onsets_s: Vec::new() };
    for breast in breasts {
        let way = Way::drawn(ways, random);
        let shares = way.shares(&breast.on_grid(steps));
        way.carry(&shares.passes_ml_per_s, &mut all.flow_ml_per_s);
        for (k, pulse) in breast.pulses.iter().enumerate() {
            let own = pulse.on_grid(breast.step_s).zip(shares.share.iter().skip(pulse.first_step()));
            let begun = own.map(|(flow, share)| flow * share).position(|flow| flow > BEGUN_ML_PER_S);
            let onset_s = begun.map(|i| (pulse.first_step() + i) as f64 * GRID_S + way.delay_s);
            if all.onsets_s.len() <= k {
                all.onsets_s.push(None);
            }
            if let Some(known) = all.onsets_s.get_mut(k) {
                *known = known.map_or(onset_s, |s| Some(onset_s.map_or(s, |own| s.min(own))));
            }
        }
    }
    all
}

struct Way {
    cup_ml: f64,
    wetting_ml: f64,
    delay_s: f64,
    blur_s: f64,
}

struct Shares {
    passes_ml_per_s: Vec<f64>,
    /// Of what came (1).
    share: Vec<f64>,
}

impl Way {
    fn drawn(ways: &Ways, random: &mut Random) -> Self {
        Self {
            cup_ml: ways.cup_ml.draw(random),
            wetting_ml: ways.wetting_ml.draw(random),
            delay_s: ways.delay_s.draw(random),
            blur_s: ways.blur_s.draw(random),
        }
    }

    fn shares(&self, flow_ml_per_s: &[f64]) -> Shares {
        let (mut cup_ml, mut wall_ml) = (self.cup_ml, self.wetting_ml);
        let mut shares = Shares { passes_ml_per_s: Vec::new(), share: Vec::new() };
        for flow in flow_ml_per_s {
            let came_ml = flow * GRID_S;
            let in_cup_ml = came_ml.min(cup_ml);
            cup_ml -= in_cup_ml;
            let on_wall_ml = (WETS * (came_ml - in_cup_ml)).min(wall_ml);
            wall_ml -= on_wall_ml;
            let passes_ml = came_ml - in_cup_ml - on_wall_ml;
            shares.passes_ml_per_s.push(passes_ml / GRID_S);
            shares.share.push(if came_ml > 0.0 { passes_ml / came_ml } else { 0.0 });
        }
        shares
    }

    fn carry(&self, passes_ml_per_s: &[f64], into: &mut [f64]) {
        let late = super::steps_in(self.delay_s);
        let keeps = if self.blur_s > 0.0 { libm::exp(-GRID_S / self.blur_s) } else { 0.0 };
        let mut blurred = 0.0;
        for (passes, into) in passes_ml_per_s.iter().zip(into.iter_mut().skip(late)) {
            blurred = keeps * blurred + (1.0 - keeps) * passes;
            *into += blurred;
        }
    }
}
