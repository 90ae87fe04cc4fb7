//! Is the fit right on average? Simulation-based calibration.
//!
//! A woman is drawn from the prior ([`drawn`]), lives by the equations and by chance, and keeps a log ([`kept`]). The log is
//! fitted. If the whole chain (prior, equations, likelihood, sampler) agrees with itself, the truth is as likely to stand
//! at any place among its own draws as at any other: its [`ranks`] are uniform. Too narrow ranges heap them at both ends,
//! too wide ones in the middle, a bias on one side.
//!
//! The likelihood is an approximation ([`crate::belief`]) and the lives are not, so this tests the approximation too.
//!
//! Talts, Betancourt, Simpson, Vehtari, Gelman 2018, arXiv 1804.06788. Beside the traits stands the likelihood of the log
//! itself, which sees what the traits one by one do not (Modrak and others 2023, doi 10.1214/23-BA1404), and what she
//! pumps on the day after the log.

pub mod drawn;
pub mod kept;
pub mod ranks;

pub use drawn::drawn;
pub use kept::{Kind, Woman, lived};
pub use ranks::{Quantity, Ranks, ranks_of};
