//! From a journal to answers.
//!
//! **The way of the data.** A folded journal, as it was known at `now`, becomes an [`observed`] log: sessions in order, on
//! her own calendar. Its removals are fitted ([`twin`]). From draws and habits ([`habit`]) come [`today`] and
//! [`forecast`]; what earlier forecasts got wrong is learned and corrected, of sessions ([`correction`]) and of whole days
//! ([`days_ahead`]), by [`blend`] and [`ranges`]; how that went lately is held against what came ([`lately`]); and the
//! whole is scored on her own past ([`backtest`]) beside four plain [`baselines`] and, for whole days, [`day_totals`] with
//! [`ets`]. [`notebook`] is what a screen holds: a journal, a pen, a
//! twin.
//!
//! Everything here is pure: entries, `now` and seeds come in, answers go out.
//!
//! ```
//! use letdown_engine::{observed::Observed, red_flags::red_flags, scenario::Scenario, today::today, twin::Twin};
//! use letdown_journal::{author::Author, fold::Folded, moment};
//!
//! let scenario = Scenario::read("days = 30\nstart = \"2026-10-01\"\nzone = \"Europe/Berlin\"")?;
//! let mut author = Author::new("example")?;
//! let entries = scenario.log(7)?.into_iter().zip(0u8..).map(|(body, i)| author.put(&body, 1_000, [i; 10]));
//! let journal = Folded::of(entries);
//!
//! let now = moment::parse("2026-10-30T20:00:00+01:00[Europe/Berlin]", None)?.at;
//! let observed = Observed::at(&journal, &now);
//! let twin = Twin::quick(&observed, 1);
//! let answer = today(&observed, &twin, &red_flags(&journal, &observed));
//! assert!(answer.supply_ml_per_day.is_some());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod observed;
pub mod rounding;

pub mod habit;
pub mod twin;

pub mod blend;
pub mod correction;
pub mod day_totals;
pub mod days_ahead;
pub mod ets;
pub mod forecast;
pub mod history;
pub mod lately;
pub mod ranges;
pub mod sides;
pub mod today;

pub mod insights;
pub mod limits;
pub mod plan;
pub mod red_flags;
pub mod report;
pub mod retraining;
pub mod trials;
pub mod whatif;

pub mod backtest;
pub mod baselines;

pub mod example;
pub mod inside;
pub mod scenario;

pub mod experiments;
pub mod plot;

pub mod coach;
pub mod live;
pub mod traces;

pub mod advice;
pub mod notebook;

mod babies;
mod beside;
mod clock_time;
mod error;
mod fewer;
mod kept;
mod likeness;
mod line;
mod numbers;
mod nursery;
mod says;
mod standing;
mod visible;
mod written;
pub use error::EngineError;
pub use numbers::{Range, Spread};
