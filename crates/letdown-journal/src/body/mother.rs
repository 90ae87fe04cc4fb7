//! Herself.

use super::{
    BodyError, Extra, Source,
    rules::{Day, Number, Text},
    wire,
};
use crate::moment::Moment;
use jiff::civil::Date;

/// Herself.
#[derive(Clone, Debug, PartialEq)]
pub struct Mother {
    /// When this was written down.
    pub start: Moment,
    /// Her name.
    pub name: Option<String>,
    /// The day on which she last gave birth.
    pub gave_birth: Option<Date>,
    /// How heavy she is (kg, 25 to 400).
    pub weight_kg: Option<f64>,
    /// Her own words.
    pub note: Option<String>,
    /// Where it was imported from.
    pub source: Option<Source>,
    /// Fields of a newer version.
    pub extra: Extra,
}

wire::kind!(Mother "mother" begins {
    name: Text,
    gave_birth: Day,
    weight_kg: Number(25.0, 400.0, " kg"),
});
