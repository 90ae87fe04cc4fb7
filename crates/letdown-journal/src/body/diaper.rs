//! A diaper: wet, soiled, or both.

use super::{
    BodyError, Extra, Source,
    rules::{Text, YesNo},
    wire,
};
use crate::moment::Moment;

/// A diaper.
#[derive(Clone, Debug, PartialEq)]
pub struct Diaper {
    /// When.
    pub start: Moment,
    /// Urine in it.
    pub wet: bool,
    /// Stool in it.
    pub soiled: bool,
    /// Which baby.
    pub baby: Option<String>,
    /// Her own words.
    pub note: Option<String>,
    /// Where it was imported from.
    pub source: Option<Source>,
    /// Fields of a newer version.
    pub extra: Extra,
}

wire::kind!(Diaper "diaper" {
    wet: YesNo,
    soiled: YesNo,
    baby: Text,
});

impl Diaper {
    /// A diaper with what it held.
    pub fn at(start: Moment, wet: bool, soiled: bool) -> Self {
        Self { start, wet, soiled, baby: None, note: None, source: None, extra: Extra::new() }
    }
}
