//! What a scale showed.

/// A litre of milk weighs so many kilograms: 1.03 g to the mL (National Academies, *Nutrition During Lactation*, 1991,
/// chapter 5).
pub const MILK_G_PER_ML: f64 = 1.03;

/// What a scale showed, and when it was heard.
///
/// No scale sends a clock: the time is that of the listener, counted on a clock that never runs back (s). The mass is what
/// stood on the display (g, also below zero).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// When it was heard (s).
    pub t_s: f64,
    /// What it showed (g).
    pub mass_g: f64,
}

impl Reading {
    /// Heard at `t_s`, showing `mass_g`.
    pub fn new(t_s: f64, mass_g: f64) -> Self {
        Self { t_s, mass_g }
    }
}
