//! Milk that let down by itself, without a pump, a hand or a baby.

use super::{
    BodyError, Extra, Source,
    rules::{Amount, AnyOf, OneOf, TENTHS, YesNo},
    wire,
    word::{Felt, words},
};
use crate::{moment::Moment, volume::Volume};

/// Milk that let down by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Letdown {
    /// When.
    pub start: Moment,
    /// What came before it.
    pub trigger: Option<Trigger>,
    /// What she felt.
    pub felt: Vec<Felt>,
    /// How strong, from 0 to 10.
    pub strength: Option<f64>,
    /// Whether milk leaked.
    pub leaked: Option<bool>,
    /// How much leaked, where it was caught.
    pub leak: Option<Volume>,
    /// Her own words.
    pub note: Option<String>,
    /// Where it was imported from.
    pub source: Option<Source>,
    /// Fields of a newer version.
    pub extra: Extra,
}

wire::kind!(Letdown "letdown" begins {
    trigger: OneOf,
    felt: AnyOf,
    strength: TENTHS,
    leaked: YesNo,
    leak "leak_ml": Amount("leak_typed"),
});

words! {
    /// What milk let down at.
    Trigger {
        /// A thought of the baby.
        Thought = "thought",
        /// A cry.
        Cry = "cry",
        /// A picture.
        Picture = "picture",
        /// A sound.
        Sound = "sound",
        /// A smell.
        Smell = "smell",
        /// Warmth.
        Warmth = "warmth",
        /// A touch.
        Touch = "touch",
        /// Nothing she knows of.
        None = "none",
    }
}
