//! Those who find let-downs: ours, and two usual ways.

use crate::{
    change_points, conditioned, savgol,
    score::{self, Told},
    traces::{Set, Trace},
};

/// Somebody who finds let-downs.
pub(crate) enum Finder {
    Ours,
    SavGol(conditioned::Simple, savgol::Settings),
    ChangePoints(conditioned::Simple, change_points::Settings),
}

/// What a finder found.
pub(crate) struct Finding {
    pub(crate) let_downs: Vec<Told>,
    pub(crate) total_ml: f64,
}

impl Finder {
    pub(crate) fn ours() -> Self {
        Self::Ours
    }

    pub(crate) fn savgol(learning: &Set) -> Self {
        best(learning, &savgol::grid(), Self::SavGol)
    }

    pub(crate) fn change_points(learning: &Set) -> Self {
        best(learning, &change_points::grid(), Self::ChangePoints)
    }

    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Ours => "letdown",
            Self::SavGol(..) => "SavGol + peaks",
            Self::ChangePoints(..) => "change points",
        }
    }

    pub(crate) fn settings(&self) -> String {
        match self {
            Self::Ours => String::new(),
            Self::SavGol(simple, settings) => format!("{simple:?} {settings:?}"),
            Self::ChangePoints(simple, settings) => format!("{simple:?} {settings:?}"),
        }
    }

    pub(crate) fn find(&self, trace: &Trace) -> Finding {
        match self {
            Self::Ours => {
                let found = letdown_trace::detect(&trace.readings);
                let let_downs =
                    found.let_downs.iter().map(|l| Told { onset_s: l.onset_s, volume_ml: l.volume_ml });
                Finding { let_downs: let_downs.collect(), total_ml: found.total_ml }
            }
            Self::SavGol(simple, settings) => savgol::find(&simple.condition(&trace.readings), settings),
            Self::ChangePoints(simple, settings) => {
                change_points::find(&simple.condition(&trace.readings), settings)
            }
        }
    }
}

/// The settings with the best F1 on traces of their own; its onset is shifted by its median error on them.
fn best<S: Shifted>(learning: &Set, grid: &[S], finder: impl Fn(conditioned::Simple, S) -> Finder) -> Finder {
    let mut best: Option<(f64, conditioned::Simple, S)> = None;
    for simple in conditioned::grid() {
        let milk: Vec<_> = learning.traces.iter().map(|t| (t, simple.condition(&t.readings))).collect();
        for settings in grid {
            let findings = milk.iter().map(|(trace, milk)| (*trace, settings.find(milk)));
            let scored = score::sum(findings);
            if best.as_ref().is_none_or(|(f1, ..)| scored.f1() > *f1) {
                best = Some((scored.f1(), simple, settings.shifted(-score::median(&scored.onset_errors_s))));
            }
        }
    }
    let Some((_, simple, settings)) = best else { return Finder::Ours };
    finder(simple, settings)
}

/// Settings whose onsets may be moved.
pub(crate) trait Shifted: Copy {
    fn shifted(self, by_s: f64) -> Self;
    fn find(&self, milk: &conditioned::Milk) -> Finding;
}
