//! The session model in front of a simulated scale: a session of a woman becomes a trace whose truth is known.
//!
//! The model's let-downs do not simply add up: each finds what the last one left. A let-down's own milk is therefore what
//! is taken from the first rise of the flow after the breast began to squeeze (`LetDown::at_s` of the course) until that of
//! the next one; in the bottle it begins when that has passed cup and way. The first rises as soon as the breast squeezes;
//! on the tail of the last one the flow goes on falling for some seconds, as squeezed milk has to fill the ducts. A pulse
//! whose squeeze brings no rise is faint.
//!
//! ```
//! use letdown_engine::traces::Seen;
//! use letdown_trace::simulate::Regime;
//!
//! let seen = Seen::drawn(&Regime::quiet(), 15.0, 3);
//! assert!(seen.trace.truth.total_ml < seen.course.total_ml());
//! ```

use letdown_model::{
    mother::Mother,
    population::{Term, draw},
    random::Random,
    session::{
        Breasts, Course, Phase, Plan, run_watched,
        touch::{Pump, Side},
    },
};
use letdown_trace::simulate::{
    Outflow, Pulse, Regime, Simulated, simulate,
    taps::{Tapped, Tapping, tap},
};

/// A session and what a scale saw of it.
#[derive(Clone, Debug)]
pub struct Seen {
    /// What happened in her breasts.
    pub course: Course,
    /// What a scale saw.
    pub trace: Simulated,
}

/// The step of a session in front of a scale (s).
const STEP_S: f64 = 0.1;
/// How full the breasts of a drawn woman are, at least and at most (1).
const FULLNESS: [f64; 2] = [0.35, 0.7];
/// The share of drawn sessions with both breasts (1).
const DOUBLE: f64 = 0.5;

impl Seen {
    /// Some minutes of pumping by a woman drawn from the population, one breast or both, usually full.
    pub fn drawn(regime: &Regime, minutes: f64, seed: u64) -> Self {
        let mut random = Random::stream(seed, 7);
        let mother = draw(&mut random, Term::Term);
        let fullness = FULLNESS[0] + (FULLNESS[1] - FULLNESS[0]) * random.uniform();
        let side = Side::pumped(Pump { vacuum: 1.0, two_phase: true });
        let phase =
            if random.uniform() < DOUBLE { Phase::both(minutes, side) } else { Phase::left(minutes, side) };
        Self::of(&mother, &Breasts::filled(&mother, fullness), &Plan::of([phase]), regime, seed)
    }

    /// A session of this woman, as planned.
    pub fn of(mother: &Mother, breasts: &Breasts, plan: &Plan, regime: &Regime, seed: u64) -> Self {
        let mut taken_ml: Vec<Vec<f64>> = vec![vec![0.0]; breasts.milk_ml.len()];
        let course =
            run_watched(mother, breasts, plan, &mut Random::stream(seed, 8), STEP_S, &mut |moment| {
                for (series, milk) in taken_ml.iter_mut().zip(moment.milk) {
                    series.push(milk.taken_ml);
                }
            });
        let flows: Vec<Vec<f64>> = taken_ml.iter().map(|taken| flow(taken)).collect();
        let rises = rises(&flows, &course);
        let breasts: Vec<Outflow> = flows.iter().map(|flow| outflow(flow, &rises)).collect();
        let trace = simulate(&breasts, regime, seed);
        Self { course, trace }
    }

    /// The same session without a scale: what she taps.
    pub fn tapped(&self, tapping: &Tapping, seed: u64) -> Vec<Tapped> {
        tap(tapping, &self.trace.truth, seed)
    }
}

/// What was taken (mL/s), from what had been taken so far (mL), step by step.
fn flow(taken_ml: &[f64]) -> Vec<f64> {
    taken_ml.windows(2).map(|w| (w[1] - w[0]) / STEP_S).collect()
}

/// The steps at which the flow of both breasts begins to rise, one for each let-down of the course.
fn rises(flows: &[Vec<f64>], course: &Course) -> Vec<usize> {
    let steps = flows.first().map_or(0, Vec::len);
    let whole = |i: usize| flows.iter().filter_map(|flow| flow.get(i)).sum::<f64>();
    let squeezed: Vec<usize> =
        course.let_downs.iter().map(|l| ((l.at_s / STEP_S).round() as usize).min(steps)).collect();
    let ends = squeezed.iter().skip(1).copied().chain([steps]);
    let rise = |(from, to): (&usize, usize)| {
        let own = *from..to;
        let top = own.clone().max_by(|a, b| whole(*a).total_cmp(&whole(*b))).unwrap_or(*from);
        (*from..=top.min(to)).min_by(|a, b| whole(*a).total_cmp(&whole(*b))).unwrap_or(*from)
    };
    squeezed.iter().zip(ends).map(rise).collect()
}

/// What one breast gave, told apart by let-downs.
fn outflow(flow: &[f64], rises: &[usize]) -> Outflow {
    let ends = rises.iter().skip(1).copied().chain([flow.len()]);
    let own = |(from, to): (&usize, usize)| Pulse {
        start_s: *from as f64 * STEP_S,
        flow_ml_per_s: flow[*from..to.max(*from)].to_vec(),
    };
    let pulses = rises.iter().zip(ends).map(own).collect();
    let mut drip_ml_per_s = flow.to_vec();
    drip_ml_per_s[rises.first().copied().unwrap_or(flow.len())..].fill(0.0);
    Outflow { step_s: STEP_S, drip_ml_per_s, pulses }
}
