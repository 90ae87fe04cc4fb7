//! What she drinks. No way leads from here to milk.

use super::{
    BodyError, Extra, Source,
    rules::{Amount, OneOf},
    wire,
    word::words,
};
use crate::{moment::Moment, volume::Volume};

/// What she drinks.
#[derive(Clone, Debug, PartialEq)]
pub struct Drink {
    /// When.
    pub start: Moment,
    /// What.
    pub what: Option<DrinkKind>,
    /// How much.
    pub volume: Option<Volume>,
    /// Her own words.
    pub note: Option<String>,
    /// Where it was imported from.
    pub source: Option<Source>,
    /// Fields of a newer version.
    pub extra: Extra,
}

wire::kind!(Drink "drink" begins {
    what: OneOf,
    volume "volume_ml": Amount("volume_typed"),
});

words! {
    /// What she drinks.
    DrinkKind {
        /// Water.
        Water = "water",
        /// Tea.
        Tea = "tea",
        /// Coffee.
        Coffee = "coffee",
        /// Milk of some animal or plant.
        Milk = "milk",
        /// Juice.
        Juice = "juice",
    }
}
