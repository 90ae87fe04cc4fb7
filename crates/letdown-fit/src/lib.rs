//! Fits the supply model to one mother's log and says what is likely next.
//!
//! A [`Log`](log::Log) is what was seen: when milk was removed and, where it is known, how much. The
//! [`posterior`](posterior::Posterior) is what that says about *her*: draws of her traits ([`traits`]), with the
//! sampler's own account of itself ([`diagnostics`]). [`predict`] turns draws into forecasts.
//!
//! How the likelihood is computed: between removals the equations of `letdown-model` carry milk and memory forward
//! deterministically; what they do not foresee (capacity that wanders, gaps that bring more, sessions that take less) is
//! a Gaussian [`belief`] about milk and capacity, moved by those equations and sharpened by every volume, with heavy
//! tails and the rounding of the log taken into account ([`rounded`]). The gradient is the same code run backwards
//! ([`gradient`]). The posterior is sampled in coordinates whitened at the [`mode`], then by where its chains stood; where that is not
//! enough, by NUTS (`nuts`, a feature of this crate). One more entry is taken in by weighing draws ([`weights`]).
//!
//! ```
//! use letdown_fit::{log::{Breasts, Event, Log, Removal, Seen}, posterior::{Effort, fit}};
//!
//! let every_three_hours = (0..60).map(|i| {
//!     let seen = Seen::Total { ml: 90.0 + 10.0 * f64::from(i % 3), step_ml: 10.0 };
//!     Event::pump(3.0 * f64::from(i), seen, None)
//! });
//! let log = Log::new(Breasts::One, 8.0, every_three_hours)?;
//! let posterior = fit(&log, &Effort::usual(), 1)?;
//! assert!(posterior.report.r_hat <= 1.01);
//! # Ok::<(), letdown_fit::FitError>(())
//! ```

#![allow(clippy::needless_range_loop, reason = "indices are those of the matrices in the modules' texts")]
#![allow(clippy::float_cmp, reason = "ties and exact zeros are meant")]

pub mod effects;
pub mod log;
pub mod past_flow;
pub mod traits;

pub mod coordinates;

mod alone;
pub mod belief;
pub mod gradient;
mod reach;
mod removed;
pub mod rounded;
mod rows;
pub mod spread;
pub mod steps;
mod unlogged;
mod way_back;
mod worked;

pub mod diagnostics;
mod kept;
mod matrices;
pub mod mode;
#[cfg(feature = "nuts")]
mod nuts;
pub mod posterior;
pub mod sample;
mod settle;
mod turns;
pub mod weights;

mod carried;
pub mod predict;

pub mod calibration;

mod error;
pub use error::FitError;
