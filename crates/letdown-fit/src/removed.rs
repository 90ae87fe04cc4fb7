//! What a removal leaves for the way back, whether it reached one breast or both.

use crate::{
    alone::Alone,
    belief::{RemovalTape, Remover, Step},
    effects::With,
    reach::Reached,
    spread::Spread,
};

/// What one removal went through, kept for the way back.
#[derive(Clone, Copy, Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "it is taken apart at once, and nearly all are of the larger kind"
)]
pub(crate) enum Removed<const B: usize, const N: usize> {
    /// One breast.
    Alone(Alone<N>),
    /// Both at once.
    Both(RemovalTape<B, N>),
}

impl<const B: usize, const N: usize> Removed<B, N> {
    /// The log-likelihood of its reading; 0 without one.
    pub(crate) fn likelihood(&self) -> f64 {
        match self {
            Self::Alone(tape) => tape.likelihood(),
            Self::Both(tape) => tape.likelihood(),
        }
    }

    /// What was expected of it (mL).
    pub(crate) fn expected_ml(&self) -> f64 {
        match self {
            Self::Alone(tape) => tape.each.expected_ml,
            Self::Both(tape) => tape.each.iter().map(|e| e.expected_ml).sum(),
        }
    }

    /// What it takes on average, where nothing is read (mL).
    pub(crate) fn on_average_ml(&self) -> f64 {
        match self {
            Self::Alone(tape) => tape.each.on_average_ml(),
            Self::Both(tape) => tape.each.iter().map(Reached::on_average_ml).sum(),
        }
    }

    /// How far what it takes strays, where nothing is read.
    pub(crate) fn spread(&self) -> Spread {
        match self {
            Self::Alone(tape) => tape.spread(),
            Self::Both(tape) => tape.spread(),
        }
    }
}

/// What of a step decides how much is taken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Met {
    pub by: Remover,
    pub growth: Option<usize>,
    pub with: Option<With>,
    pub early: f64,
}

impl Met {
    pub(crate) fn of(step: &Step) -> Self {
        Self { by: step.by, growth: step.growth, with: step.with, early: step.early }
    }
}
