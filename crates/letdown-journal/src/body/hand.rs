//! Milk expressed by hand.

use super::{
    BodyError, Extra, Source, Technique,
    pump::output_ml,
    rules::{Amount, AnyOf, MINUTES},
    wire,
};
use crate::{moment::Moment, volume::Output};

/// Milk expressed by hand. Volumes as with a pump: per side, in total, or not at all.
#[derive(Clone, Debug, PartialEq)]
pub struct Hand {
    /// When it began.
    pub start: Moment,
    /// How long it took (min).
    pub minutes: Option<f64>,
    /// Output of the left side.
    pub left: Option<Output>,
    /// Output of the right side.
    pub right: Option<Output>,
    /// Output of both sides.
    pub total: Option<Output>,
    /// What was done beside expressing.
    pub techniques: Vec<Technique>,
    /// Her own words.
    pub note: Option<String>,
    /// Where it was imported from.
    pub source: Option<Source>,
    /// Fields of a newer version.
    pub extra: Extra,
}

wire::kind!(Hand "hand" begins {
    minutes: MINUTES,
    left "left_ml": Amount("left_typed"),
    right "right_ml": Amount("right_typed"),
    total "total_ml": Amount("total_typed"),
    techniques: AnyOf,
});

impl Hand {
    /// Output of both sides (mL): the total, else the sum of the sides that are known.
    pub fn output_ml(&self) -> Option<f64> {
        output_ml(self.total.as_ref(), self.left.as_ref(), self.right.as_ref())
    }

    /// How long it took (min).
    pub fn length_min(&self) -> Option<f64> {
        self.minutes
    }
}
