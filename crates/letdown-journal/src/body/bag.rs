//! The stash: a bag of milk that was put by, or taken out.

use super::{
    BodyError, Extra, Milk, Source,
    rules::{Amount, NeedsOneOf, OneOf, Text},
    wire,
    word::words,
};
use crate::{moment::Moment, volume::Volume};

/// A bag of milk that was put by, or taken out. Neither output nor intake: the milk has been counted where it came out.
#[derive(Clone, Debug, PartialEq)]
pub struct Bag {
    /// When.
    pub start: Moment,
    /// Put by or taken out.
    pub way: Way,
    /// How much.
    pub volume: Option<Volume>,
    /// Where it is kept.
    pub place: Option<Place>,
    /// What is written on it.
    pub label: Option<String>,
    /// Which milk.
    pub milk: Option<Milk>,
    /// What became of it, when it was taken out.
    pub used_for: Option<BagUse>,
    /// Her own words.
    pub note: Option<String>,
    /// Where it was imported from.
    pub source: Option<Source>,
    /// Fields of a newer version.
    pub extra: Extra,
}

wire::kind!(Bag "bag" {
    way: NeedsOneOf,
    volume "volume_ml": Amount("volume_typed"),
    place: OneOf,
    label: Text,
    milk: OneOf,
    used_for "use": OneOf,
});

impl Bag {
    /// A bag that came or went.
    pub fn at(start: Moment, way: Way) -> Self {
        Self {
            start,
            way,
            volume: None,
            place: None,
            label: None,
            milk: None,
            used_for: None,
            note: None,
            source: None,
            extra: Extra::new(),
        }
    }
}

words! {
    /// Whether a bag came or went.
    Way {
        /// Put by.
        In = "in",
        /// Taken out.
        Out = "out",
    }
}

words! {
    /// Where milk is kept.
    Place {
        /// In the fridge.
        Fridge = "fridge",
        /// In the freezer.
        Freezer = "freezer",
        /// At room temperature.
        Room = "room",
    }
}

words! {
    /// What became of a bag.
    BagUse {
        /// A baby drank it.
        Fed = "fed",
        /// It was given away.
        Donated = "donated",
        /// It was poured away.
        Spilled = "spilled",
        /// It was thawed, to be fed later.
        Thawed = "thawed",
    }
}
