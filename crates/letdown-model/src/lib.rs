//! The body as equations: how a breast makes, keeps and gives milk, from hours to weeks.
//!
//! Milk collects in the alveoli; a fuller breast makes it slower ([`filling`]). The body remembers how full it has been,
//! and makes more when that was little and less when it was much ([`demand`]): *more removed, more made* is not a rule in
//! this code, it comes out of these two. A pump or a baby takes a share of what is there ([`removal`]). One woman is a
//! [`Mother`](mother::Mother); what her breasts hold at a moment is her [`Supply`](supply::Supply).
//!
//! Data in, data out: no clock, no file, no thread, no `std`. Times are hours, volumes mL, and every random number comes
//! from a seed through a named generator, so the same seed gives the same bytes on every platform.
//!
//! ```
//! use letdown_model::{mother::Mother, supply::{Gap, Supply}, removal::Session};
//!
//! let mother = Mother::typical();
//! let mut supply = Supply::steady(&mother);
//! let gap = Gap::of(3.0).ending_at_clock(9.0);
//! supply.advance(&mother, &gap, None);
//! let taken = supply.pump(&mother, &Session::both(15.0), None, None);
//! assert!(40.0 < taken.total_ml() && taken.total_ml() < 200.0);
//! ```
//!
//! Left out on purpose: drinks, diet and cow's milk have no path into synthesis (M15 of the design).

#![no_std]
extern crate alloc;

pub mod activation;
pub mod filling;
pub mod filling_curve;
pub mod rhythm;

pub mod demand;
pub mod removal;

pub mod ejection;
pub mod learning;
pub mod session;

pub mod energy;
pub mod mother;
pub mod past_flow;
pub mod supply;

pub mod body;
pub mod cohort;
pub mod eight;
pub mod life;
pub mod population;
pub mod random;
pub mod surrogate;

mod lanes;
pub mod maths;
pub mod number;
