//! Eight lives side by side, compiled here.
//!
//! A [`Cohort`] is compiled in the crate that says how wide it is, with that crate's care for speed or size. A program for a
//! browser is built small, and there a step took fourteen times as long. What is compiled here is as fast as this crate.

use crate::{
    cohort::Cohort,
    life::{Planned, Start},
    mother::Mother,
    supply::Supply,
};

/// How many.
pub const EIGHT: usize = 8;

/// Eight lives on their way, side by side: a [`Cohort`] of that width.
#[derive(Debug)]
pub struct Eight<'a>(Cohort<'a, EIGHT>);

impl<'a> Eight<'a> {
    /// Picks lives up, as [`Cohort::new`].
    #[inline(never)]
    pub fn new(mothers: [&'a Mother; EIGHT], starts: [&'a Start; EIGHT]) -> Self {
        Self(Cohort::new(mothers, starts))
    }

    /// To the next removal and through it, as [`Cohort::step`]: what was taken of each breast (mL), the first of each woman,
    /// then the second.
    ///
    /// ```
    /// use letdown_model::{eight::Eight, life::{By, Planned, Start}, mother::Mother, removal::Session, supply::Supply};
    ///
    /// let her = Mother::typical();
    /// let start = Start::established(Supply::steady(&her), 6.0);
    /// let mut eight = Eight::new([&her; 8], [&start; 8]);
    /// let taken = eight.step(&Planned { at_h: 4.0, by: By::Pump(Session::both(15.0)) });
    /// assert!(taken.iter().flatten().all(|ml| *ml > 10.0));
    /// ```
    #[inline(never)]
    pub fn step(&mut self, planned: &Planned) -> &[[f64; EIGHT]] {
        self.0.step(planned)
    }

    /// How full each breast is now (1): the first of each woman, then the second.
    pub fn fullness(&self) -> impl Iterator<Item = [f64; EIGHT]> + '_ {
        self.0.fullness()
    }

    /// What each woman's breasts hold and remember now.
    #[inline(never)]
    pub fn supplies(&self) -> [Supply; EIGHT] {
        self.0.supplies()
    }
}

impl Clone for Eight<'_> {
    #[inline(never)]
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}
