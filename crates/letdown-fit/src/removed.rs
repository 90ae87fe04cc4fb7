//! What a removal leaves for the way back, whether it reached one breast or both.

use crate::{
    alone::Alone,
    belief::RemovalTape,
    effects::With,
    reach::Reached,
    rows::sum,
    spread::Spread,
    steps::{Remover, Step},
};
use letdown_model::number::Number;

/// What one removal went through, kept for the way back.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Removed<const B: usize, const N: usize, T = f64> {
    /// One breast.
    Alone(Alone<N, T>),
    /// Both at once.
    Both(RemovalTape<B, N, T>),
}

impl<T: Number, const B: usize, const N: usize> Removed<B, N, T> {
    /// The log-likelihood of its reading; 0 without one.
    pub(crate) fn likelihood(&self) -> T {
        match self {
            Self::Alone(tape) => tape.likelihood(),
            Self::Both(tape) => tape.likelihood(),
        }
    }

    /// What was expected of it (mL).
    pub(crate) fn expected_ml(&self) -> T {
        match self {
            Self::Alone(tape) => tape.each.expected_ml,
            Self::Both(tape) => sum(tape.each.iter().map(|e| e.expected_ml)),
        }
    }

    /// What it takes on average, where nothing is read (mL).
    pub(crate) fn on_average_ml(&self) -> T {
        match self {
            Self::Alone(tape) => tape.each.on_average_ml(),
            Self::Both(tape) => sum(tape.each.iter().map(Reached::on_average_ml)),
        }
    }

    /// How far what it takes strays, where nothing is read.
    pub(crate) fn spread(&self) -> Spread<T> {
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
