//! What words in a table of one's own mean: the kind of a row, its milk, its side.
//!
//! Common English words are known; the caller may say what others mean, with `word:Abgepumpt=pump`. A word of the
//! caller's goes before a known one.

use super::{ImportError, cells::shown, column_map::unquoted, error::Problem};
use crate::body::{Milk, Side};
use std::collections::BTreeMap;

/// What a row of a mapped table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Pump,
    Nurse,
    Bottle,
    Weight,
    Diaper,
}

impl Kind {
    pub(super) fn named(word: &str) -> Option<Self> {
        Some(match word.to_lowercase().as_str() {
            "pump" => Self::Pump,
            "nurse" => Self::Nurse,
            "bottle" => Self::Bottle,
            "weight" => Self::Weight,
            "diaper" => Self::Diaper,
            _ => return None,
        })
    }
}

/// The milk that `--map` names.
pub(super) fn milk(word: &str) -> Option<Milk> {
    Some(match word.to_lowercase().as_str() {
        "expressed" => Milk::Expressed,
        "fortified" => Milk::Fortified,
        "formula" => Milk::Formula,
        _ => return None,
    })
}

/// What a word of the caller's means.
#[derive(Clone, Debug, PartialEq)]
enum Meaning {
    Kind(Kind),
    Milk(Milk),
    Sides(&'static [Side]),
    Skip,
}

impl Meaning {
    fn named(word: &str) -> Option<Self> {
        let kind = Kind::named(word).map(Self::Kind).or_else(|| milk(word).map(Self::Milk));
        kind.or_else(|| known_sides(&word.to_lowercase()).map(Self::Sides))
            .or_else(|| word.eq_ignore_ascii_case("skip").then_some(Self::Skip))
    }
}

/// The words that the caller has explained, in lower case.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Words(BTreeMap<String, Meaning>);

/// What a row is, by the word in its column.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Called {
    /// One of ours, and the milk where the word names it.
    Ours(Kind, Option<Milk>),
    /// Something else.
    NotOurs,
    /// Nobody has said.
    Unknown,
}

impl Words {
    /// Takes a pair of the map when it is about a word.
    pub(super) fn take(&mut self, pair: &str) -> Result<bool, ImportError> {
        let Some(said) = pair.trim_start().strip_prefix("word:") else { return Ok(false) };
        let Some((word, meaning)) = said.rsplit_once('=') else {
            return Err(Problem::MapShape { text: pair.to_owned() }.into());
        };
        let known =
            "pump, nurse, bottle, weight, diaper, expressed, fortified, formula, left, right, both or skip";
        let value = || Problem::MapValue { key: "word", value: shown(meaning.trim()), known };
        let meaning = Meaning::named(meaning.trim()).ok_or_else(value)?;
        match self.0.insert(unquoted(word).to_lowercase(), meaning) {
            Some(_) => Err(Problem::MapTwice { key: "word" }.into()),
            None => Ok(true),
        }
    }

    fn said(&self, word: &str) -> Option<&Meaning> {
        self.0.get(&word.to_lowercase())
    }

    /// What a row is that is called so.
    pub(super) fn kind(&self, word: &str) -> Called {
        match self.said(word) {
            Some(Meaning::Kind(kind)) => Called::Ours(*kind, None),
            Some(Meaning::Milk(milk)) => Called::Ours(Kind::Bottle, Some(milk.clone())),
            Some(Meaning::Skip) => Called::NotOurs,
            Some(Meaning::Sides(_)) | None => known_kind(&word.to_lowercase()),
        }
    }

    /// The milk that is called so.
    pub(super) fn milk(&self, word: &str) -> Option<Milk> {
        match self.said(word) {
            Some(Meaning::Milk(milk)) => Some(milk.clone()),
            _ => known_milk(&word.to_lowercase()),
        }
    }

    /// The sides that are called so; none when nothing is said.
    pub(super) fn sides(&self, word: &str) -> Result<&'static [Side], String> {
        match self.said(word) {
            Some(Meaning::Sides(sides)) => Ok(sides),
            _ if word.is_empty() => Ok(&[]),
            _ => known_sides(&word.to_lowercase())
                .ok_or_else(|| format!("the side {} is neither left nor right nor both", shown(word))),
        }
    }
}

fn known_kind(word: &str) -> Called {
    let ours = |kind| Called::Ours(kind, None);
    match word {
        "pump" | "pumps" | "pumped" | "pumping" | "pump session" | "pumping session" | "expressing" => {
            ours(Kind::Pump)
        }
        "nurse"
        | "nursed"
        | "nursing"
        | "direct nursing"
        | "breast"
        | "breastfed"
        | "breastfeed"
        | "breastfeeding"
        | "breast feed"
        | "breast feeding"
        | "direct breastfeeding" => ours(Kind::Nurse),
        "bottle" | "bottles" | "bottle feed" | "bottle feeding" | "bottle-feeding" => ours(Kind::Bottle),
        "formula" => Called::Ours(Kind::Bottle, Some(Milk::Formula)),
        "weight" | "weighing" | "weigh-in" => ours(Kind::Weight),
        "diaper" | "diapers" | "diaper change" | "nappy" | "nappies" => ours(Kind::Diaper),
        "sleep" | "nap" | "solids" | "solid food" | "bath" | "medicine" | "medication" | "temperature"
        | "tummy time" | "height" | "length" | "head" | "note" => Called::NotOurs,
        _ => Called::Unknown,
    }
}

fn known_milk(word: &str) -> Option<Milk> {
    Some(match word {
        "expressed" | "expressed milk" | "breast milk" | "breastmilk" | "mother's milk" | "bm" | "ebm" => {
            Milk::Expressed
        }
        "fortified" | "fortified breast milk" => Milk::Fortified,
        "formula" => Milk::Formula,
        _ => return None,
    })
}

fn known_sides(word: &str) -> Option<&'static [Side]> {
    let bare = word.strip_suffix(" breast").or_else(|| word.strip_suffix(" side")).unwrap_or(word);
    Some(match bare {
        "l" | "left" => &[Side::Left],
        "r" | "right" => &[Side::Right],
        "b" | "both" | "both breasts" | "both sides" => &[Side::Left, Side::Right],
        _ => return None,
    })
}
