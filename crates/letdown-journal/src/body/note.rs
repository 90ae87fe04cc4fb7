//! What she wrote down. Private to her own devices.

use super::{BodyError, Extra, Source, rules::Text, wire};
use crate::moment::Moment;

/// What she wrote down. Private: whoever shares a journal leaves it out.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// When.
    pub start: Moment,
    /// Her text.
    pub text: String,
    /// Her own words.
    pub note: Option<String>,
    /// Where it was imported from.
    pub source: Option<Source>,
    /// Fields of a newer version.
    pub extra: Extra,
}

wire::kind!(Note "note" {
    text: Text,
});

impl Note {
    /// What she wrote.
    pub fn at(start: Moment, text: String) -> Self {
        Self { start, text, note: None, source: None, extra: Extra::new() }
    }
}
