//! One session, second by second: touch and cues, let-downs, milk.
//!
//! What is at her breasts touches them ([`touch`]); touch and learned cues drive a reflex that sends pulses of oxytocin
//! ([`reflex`]); each pulse squeezes the alveoli for a minute or two ([`squeeze`]); squeezed milk stands in the ducts, where
//! it can be taken, and flows back if nobody takes it ([`ducts`]). Milk that no let-down has moved stays where it is. Some
//! let-downs she feels ([`felt`]). What a watcher would see of it is made in [`watch`].
//!
//! ```
//! use letdown_model::{mother::Mother, random::Random, session::{Breasts, Phase, Plan, run, touch::{Pump, Side}}};
//!
//! let her = Mother::typical();
//! let pumping = Phase::both(15.0, Side::pumped(Pump::comfortable()));
//! let breasts = Breasts::filled(&her, 0.5);
//! let course = run(&her, &breasts, &Plan::of([pumping]), &mut Random::seeded(1));
//! assert!((1..=9).contains(&course.let_downs.len()));
//! assert!(course.taken_ml[0] > 20.0);
//! ```

pub mod ducts;
pub mod felt;
pub mod reflex;
pub mod squeeze;
pub mod touch;
pub mod watch;

mod course;
mod plan;

pub use course::{Course, Ended, Moment, STEP_S, run, run_watched};
pub use plan::{Breasts, Distress, Phase, Plan};
