//! What the caller already knows about the files, and what an import may have to ask.

use super::{ColumnMap, FormatName};
use crate::volume::VolumeUnit;
use jiff::tz::TimeZone;

/// What the caller already knows. Every answer may be left open; a file's own evidence comes first.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// Read every file as this format, instead of recognising it.
    pub format: Option<FormatName>,
    /// The zone of times that name none.
    pub zone: Option<TimeZone>,
    /// The order of day and month where a file leaves it open.
    pub date_order: Option<DateOrder>,
    /// The unit of volumes that carry none.
    pub unit: Option<VolumeUnit>,
    /// The unit of weights that carry none.
    pub weight_unit: Option<WeightUnit>,
    /// What the columns of an unknown table mean.
    pub map: Option<ColumnMap>,
    /// Whose rows are that name no baby.
    pub baby: Option<String>,
    /// The babies there are, as far as the journal was told; with two or more, rows that name none are asked about.
    pub babies: Vec<String>,
}

/// Which of day and month is written first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// Month, day, year: 11/24/26.
    Mdy,
    /// Day, month, year: 24/11/26.
    Dmy,
}

impl DateOrder {
    /// The order as flags name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mdy => "mdy",
            Self::Dmy => "dmy",
        }
    }

    /// The order a flag names.
    ///
    /// ```
    /// use letdown_journal::import::DateOrder;
    /// assert_eq!(DateOrder::named("DMY"), Some(DateOrder::Dmy));
    /// assert_eq!(DateOrder::named("ymd"), None);
    /// ```
    pub fn named(word: &str) -> Option<Self> {
        [Self::Mdy, Self::Dmy].into_iter().find(|order| order.name().eq_ignore_ascii_case(word.trim()))
    }

    pub(super) fn in_words(self) -> &'static str {
        match self {
            Self::Mdy => "month first",
            Self::Dmy => "day first",
        }
    }
}

/// A unit a weight may be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeightUnit {
    /// Kilograms.
    Kg,
    /// Grams.
    G,
    /// Pounds (453.59237 g).
    Lb,
}

impl WeightUnit {
    /// Grams in one of this unit.
    pub fn in_grams(self) -> f64 {
        match self {
            Self::Kg => 1_000.0,
            Self::G => 1.0,
            Self::Lb => 453.592_37,
        }
    }

    /// The unit as people write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kg => "kg",
            Self::G => "g",
            Self::Lb => "lb",
        }
    }

    /// The unit a word names, whatever its case and dots.
    ///
    /// ```
    /// use letdown_journal::import::WeightUnit;
    /// assert_eq!(WeightUnit::named("Lbs."), Some(WeightUnit::Lb));
    /// assert_eq!(WeightUnit::named("stone"), None);
    /// ```
    pub fn named(word: &str) -> Option<Self> {
        let bare: String = word.chars().filter(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
        match bare.as_str() {
            "kg" | "kgs" | "kilo" | "kilogram" | "kilograms" => Some(Self::Kg),
            "g" | "gr" | "gram" | "grams" => Some(Self::G),
            "lb" | "lbs" | "pound" | "pounds" => Some(Self::Lb),
            _ => None,
        }
    }
}

/// What only the caller can know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Where the clock hung: `--tz`.
    Zone,
    /// Whether 3/4 is in March or in April: `--date-order`.
    DateOrder,
    /// Whether amounts are millilitres or ounces: `--unit`.
    Unit,
    /// Whether weights are kilograms, grams or pounds: `--weight-unit`.
    WeightUnit,
    /// What the columns mean: `--map`.
    Columns,
    /// Which baby a file is about: `--baby`.
    Baby,
}
