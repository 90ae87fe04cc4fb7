//! Readings to milk: what a lifted bottle, a touch or a hole in the air did is taken out, and said.
//!
//! Seconds go through one gate. In calm, milk gains what the display gained. What milk cannot do (fall; gain more than it
//! can flow; jump for one second and stand again) is a disturbance: the display is not believed until it is calm again,
//! and then its gain is milk only as far as milk could have flowed meanwhile. Across a bottle that was away, milk is what
//! the same bottle weighs more when it is back, and nothing when it is another.
//!
//! A second is judged when the next one is known, so milk is one second behind; seconds in doubt carry a flag, and their
//! milk is filled in between its neighbours once these are known.

mod gate;
mod pending;
mod quiet;
mod second;
mod standing;
mod step;

use crate::{found::Doubt, reading::Reading, series::MilkSeries};
use gate::Gate;
use second::Gathered;
use step::StepWatch;

/// No session is longer than this (s): a reading later than that ends it.
const LONGEST_S: f64 = 6.0 * 3600.0;

/// Makes milk of readings, one second after the other.
#[derive(Clone, Debug)]
pub(crate) struct Steady {
    started_s: Option<f64>,
    /// The second that is being heard, counted from the start.
    second: usize,
    gathered: Gathered,
    step: StepWatch,
    gate: Gate,
}

impl Steady {
    pub(crate) fn new() -> Self {
        Self {
            started_s: None,
            second: 0,
            gathered: Gathered::new(),
            step: StepWatch::new(),
            gate: Gate::new(),
        }
    }

    /// A reading. One that comes late, from a second that is over, is dropped, and so is one that is no number.
    pub(crate) fn see(&mut self, reading: &Reading) {
        if !reading.t_s.is_finite() || !reading.mass_g.is_finite() || reading.mass_g.abs() > HEAVIEST_G {
            return;
        }
        let started_s = *self.started_s.get_or_insert(reading.t_s);
        let since_s = reading.t_s - started_s;
        if since_s < self.second as f64 || since_s > LONGEST_S {
            return;
        }
        while since_s >= (self.second + 1) as f64 {
            self.close();
        }
        self.step.see(reading.mass_g);
        self.gathered.add(reading);
    }

    fn close(&mut self) {
        let level = self.gathered.close();
        self.gate.see(level, self.step.step_cg());
        self.second += 1;
    }

    /// The trace is over: what is still open is closed.
    pub(crate) fn end(&mut self) {
        if self.started_s.is_some() {
            self.close();
            self.gate.end();
        }
    }

    /// The milk so far.
    pub(crate) fn series(&self) -> MilkSeries {
        MilkSeries {
            start_s: self.start_s(),
            step_cg: self.step.step_cg(),
            seconds: self.gate.seconds().to_vec(),
        }
    }

    /// When the first second was (s): a level is that of the middle of its second.
    pub(crate) fn start_s(&self) -> f64 {
        self.started_s.unwrap_or_default() + 0.5
    }

    pub(crate) fn seconds(&self) -> &[crate::series::Second] {
        self.gate.seconds()
    }

    pub(crate) fn step_cg(&self) -> u16 {
        self.step.step_cg()
    }

    pub(crate) fn doubts(&self) -> impl Iterator<Item = Doubt> + '_ {
        let start_s = self.start_s();
        self.gate.doubts().iter().map(move |doubt| Doubt {
            start_s: doubt.start_s + start_s,
            end_s: doubt.end_s + start_s,
            ..*doubt
        })
    }
}

/// No bottle stands on a kitchen scale that weighs more (g).
const HEAVIEST_G: f64 = 20_000.0;
