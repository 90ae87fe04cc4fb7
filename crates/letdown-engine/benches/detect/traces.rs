//! The traces that finders learn from and are scored on.

use letdown_engine::traces::Seen;
use letdown_trace::{
    reading::Reading,
    simulate::{
        Regime, Simulated, Truth,
        families::{Family, Session},
        simulate,
    },
};

/// Seeds of traces that rivals are tuned on.
pub(crate) const LEARNING: u64 = 1_000_000;
/// Seeds of traces that everybody is scored on.
pub(crate) const HELD_OUT: u64 = 2_000_000;

const MINUTES: f64 = 15.0;

/// Whose session a trace is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Source {
    Family(Family),
    Model,
    Single,
    Dry,
}

impl Source {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Family(family) => family.name(),
            Self::Model => "body model",
            Self::Single => "one let-down",
            Self::Dry => "drip only",
        }
    }
}

pub(crate) struct Trace {
    pub(crate) source: Source,
    pub(crate) seed: u64,
    pub(crate) readings: Vec<Reading>,
    pub(crate) truth: Truth,
}

/// Traces of one regime.
pub(crate) struct Set {
    pub(crate) traces: Vec<Trace>,
}

impl Set {
    /// So many sessions of each source, twice as many of drips.
    pub(crate) fn drawn(regime: &Regime, seeds: u64, sessions: u64) -> Self {
        let families = Family::ALL.map(Source::Family);
        let sources = families.into_iter().chain([Source::Model, Source::Single, Source::Dry, Source::Dry]);
        let mut traces = Vec::new();
        for (number, source) in (0u64..).zip(sources) {
            for seed in (seeds + number * 10_000..).take(sessions as usize) {
                let Simulated { readings, truth, .. } = session(source, regime, seed);
                traces.push(Trace { source, seed, readings, truth });
            }
        }
        Self { traces }
    }
}

fn session(source: Source, regime: &Regime, seed: u64) -> Simulated {
    let family = Family::ALL[seed as usize % Family::ALL.len()];
    let breasts = match source {
        Source::Family(family) => Session::drawn(family, MINUTES, seed).breasts,
        Source::Model => return Seen::drawn(regime, MINUTES, seed).trace,
        Source::Single => Session::single(family, MINUTES, seed).breasts,
        Source::Dry => Session::without(MINUTES, seed).breasts,
    };
    simulate(&breasts, regime, seed)
}
