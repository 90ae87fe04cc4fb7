//! A medicine she took. Kept as typed, and never interpreted.

use super::{BodyError, Extra, Source, rules::Text, wire};
use crate::moment::Moment;

/// A medicine she took.
#[derive(Clone, Debug, PartialEq)]
pub struct Medicine {
    /// When.
    pub start: Moment,
    /// Its name, as typed.
    pub name: String,
    /// How much, as typed.
    pub dose: Option<String>,
    /// Her own words.
    pub note: Option<String>,
    /// Where it was imported from.
    pub source: Option<Source>,
    /// Fields of a newer version.
    pub extra: Extra,
}

wire::kind!(Medicine "medicine" {
    name: Text,
    dose: Text,
});

impl Medicine {
    /// A medicine of that name.
    pub fn at(start: Moment, name: String) -> Self {
        Self { start, name, dose: None, note: None, source: None, extra: Extra::new() }
    }
}
