//! Milk that leaves one breast.

use super::GRID_S;

/// The flow out of one breast, told apart by what brought it: truth is exact because it is known before it is mixed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outflow {
    /// The step of every series here (s).
    pub step_s: f64,
    /// What comes without a let-down (mL/s, step by step, from the start to the end of the session).
    pub drip_ml_per_s: Vec<f64>,
    /// What let-downs bring, in order. Pulse number k of both breasts is the same let-down.
    pub pulses: Vec<Pulse>,
}

/// What one let-down brings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pulse {
    /// When it begins (s).
    pub start_s: f64,
    /// Its own flow from then on (mL/s, step by step).
    pub flow_ml_per_s: Vec<f64>,
}

impl Outflow {
    /// How long it lasts (s).
    pub fn seconds(&self) -> f64 {
        self.drip_ml_per_s.len() as f64 * self.step_s
    }

    /// Milk in all, up to the end of the session (mL).
    pub fn total_ml(&self) -> f64 {
        self.on_grid(super::steps_in(self.seconds())).iter().sum::<f64>() * GRID_S
    }

    /// All of it together, on the grid of the simulation (mL/s).
    pub(super) fn on_grid(&self, steps: usize) -> Vec<f64> {
        let mut flow: Vec<f64> = (0..steps).map(|i| at(&self.drip_ml_per_s, self.step_s, i)).collect();
        for pulse in &self.pulses {
            for (flow, own) in flow.iter_mut().skip(pulse.first_step()).zip(pulse.on_grid(self.step_s)) {
                *flow += own;
            }
        }
        flow
    }
}

impl Pulse {
    pub(super) fn first_step(&self) -> usize {
        super::steps_in(self.start_s)
    }

    /// Its flow on the grid, from its first step on (mL/s).
    pub(super) fn on_grid(&self, step_s: f64) -> impl Iterator<Item = f64> {
        let steps = super::steps_in(self.flow_ml_per_s.len() as f64 * step_s);
        (0..steps).map(move |i| at(&self.flow_ml_per_s, step_s, i))
    }
}

/// A series holds its value for a step; past its end there is nothing.
fn at(series: &[f64], step_s: f64, grid_step: usize) -> f64 {
    let i = ((grid_step as f64 + 0.5) * GRID_S / step_s) as usize;
    series.get(i).copied().unwrap_or(0.0)
}
