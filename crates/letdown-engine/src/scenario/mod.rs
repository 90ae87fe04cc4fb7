//! Declared scenarios: one session second by second ([`Sitting`]), or weeks of a life ([`Scenario`]). A scenario is TOML;
//! `docs/scenarios.md` lists every key with its range and unit. What is left out has its usual value, what is unknown or
//! out of range is refused with a sentence that names it.

mod diary;
mod keys;
mod lived;
mod nearest;
mod setting;
mod sitting;
mod weeks;
mod who;

pub(crate) use keys::{Keys, table};
pub use lived::{Lived, LivedDay, SimulatedDay};
pub(crate) use sitting::sd;
pub use sitting::{BySide, Felt, LetDownAnswer, Sat, Sitting, SittingAnswer, WORKS_WITHIN_S, answer};
pub use weeks::Scenario;

pub use letdown_model::mother::Mother;
