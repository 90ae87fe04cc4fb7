//! Volumes of milk, in millilitres, with the unit she typed kept beside.

/// Millilitres in one US fluid ounce, as the tracking apps convert.
pub const ML_PER_OZ: f64 = 29.5735;

/// A unit a volume may be typed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VolumeUnit {
    /// Millilitres (mL, cc, and grams of milk where an app says "ml or g").
    Ml,
    /// US fluid ounces.
    Oz,
}

impl VolumeUnit {
    /// Millilitres in one of this unit.
    pub fn in_ml(self) -> f64 {
        match self {
            Self::Ml => 1.0,
            Self::Oz => ML_PER_OZ,
        }
    }

    /// The unit as people write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ml => "ml",
            Self::Oz => "oz",
        }
    }

    /// The unit a word names, whatever its case and dots: `ml`, `mL`, `cc`, `oz`, `oz.`, `fl oz`, `ounces`.
    ///
    /// ```
    /// use letdown_journal::volume::VolumeUnit;
    /// assert_eq!(VolumeUnit::named("fl. Oz."), Some(VolumeUnit::Oz));
    /// assert_eq!(VolumeUnit::named("drops"), None);
    /// ```
    pub fn named(word: &str) -> Option<Self> {
        let bare: String = word.chars().filter(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
        match bare.as_str() {
            "ml" | "mls" | "cc" | "millilitre" | "millilitres" | "milliliter" | "milliliters" => {
                Some(Self::Ml)
            }
            "oz" | "ozs" | "floz" | "ounce" | "ounces" | "fluidounce" | "fluidounces" => Some(Self::Oz),
            _ => None,
        }
    }
}

/// Why a number is no volume of milk.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("{ml} mL is not a volume of milk; it must lie between 0 and {} mL", Volume::MAX_ML)]
pub struct VolumeError {
    ml: f64,
}

/// Why a text is no volume.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AmountError {
    /// There is no number at its beginning.
    #[error("{text:?} is not an amount; write it like 120 ml or 4 oz")]
    Unreadable {
        /// The text as given.
        text: String,
    },
    /// The word behind the number is no unit.
    #[error("{word:?} is not a unit; it is ml or oz")]
    Unit {
        /// The word as given.
        word: String,
    },
    /// The number is no volume.
    #[error(transparent)]
    Range(#[from] VolumeError),
}

/// A volume of milk: finite, 0 mL up to [`Volume::MAX_ML`], with the text it was typed as.
#[derive(Clone, Debug, PartialEq)]
pub struct Volume {
    ml: f64,
    typed: Option<String>,
}

impl Volume {
    /// The most a volume may be (mL). Far above what is plausible: odd values are kept and flagged, not refused.
    pub const MAX_ML: f64 = 100_000.0;

    /// A volume typed in millilitres.
    ///
    /// # Errors
    /// When it is negative, not finite, or above [`Volume::MAX_ML`].
    pub fn ml(ml: f64) -> Result<Self, VolumeError> {
        let plausible = (0.0..=Self::MAX_ML).contains(&ml);
        plausible.then_some(Self { ml, typed: None }).ok_or(VolumeError { ml })
    }

    /// A volume typed in any unit; the typed text is kept unless it was millilitres.
    ///
    /// ```
    /// use letdown_journal::volume::{Volume, VolumeUnit};
    /// let two = Volume::typed(2.0, VolumeUnit::Oz)?;
    /// assert_eq!((two.as_ml(), two.as_typed()), (59.147, Some("2 oz")));
    /// # Ok::<(), letdown_journal::volume::VolumeError>(())
    /// ```
    ///
    /// # Errors
    /// As [`Volume::ml`].
    pub fn typed(amount: f64, unit: VolumeUnit) -> Result<Self, VolumeError> {
        let typed = (unit != VolumeUnit::Ml).then(|| format!("{amount} {}", unit.name()));
        Ok(Self { typed, ..Self::ml(amount * unit.in_ml())? })
    }

    /// A volume as people write it: `120 ml`, `4 oz`, `4,5oz`.
    ///
    /// ```
    /// use letdown_journal::volume::Volume;
    /// assert_eq!(Volume::read("4 oz")?.as_ml(), 118.294);
    /// assert_eq!(Volume::read(" 4,5fl. oz")?.as_typed(), Some("4.5 oz"));
    /// assert_eq!(Volume::read("120 cc")?.as_typed(), None);
    /// assert!(Volume::read("4 cups").is_err() && Volume::read("4").is_err() && Volume::read("oz").is_err());
    /// # Ok::<(), letdown_journal::volume::AmountError>(())
    /// ```
    ///
    /// # Errors
    /// When it is no number with a unit, or no volume.
    pub fn read(text: &str) -> Result<Self, AmountError> {
        let unreadable = || AmountError::Unreadable { text: text.to_owned() };
        let (amount, word) = number_and_word(text).ok_or_else(unreadable)?;
        if word.is_empty() {
            return Err(unreadable());
        }
        let unit = VolumeUnit::named(word).ok_or_else(|| AmountError::Unit { word: word.to_owned() })?;
        Ok(Self::typed(amount, unit)?)
    }

    /// The volume in millilitres.
    pub fn as_ml(&self) -> f64 {
        self.ml
    }

    /// The text it was typed as, when that was not millilitres.
    pub fn as_typed(&self) -> Option<&str> {
        self.typed.as_deref()
    }

    pub(crate) fn from_wire(ml: f64, typed: Option<String>) -> Result<Self, VolumeError> {
        Ok(Self { typed, ..Self::ml(ml)? })
    }
}

/// Milk that left the breast into a bottle, counted where it came out. Never what a baby drank.
#[derive(Clone, Debug, PartialEq)]
pub struct Output(pub Volume);

impl Output {
    /// An output typed in millilitres.
    ///
    /// # Errors
    /// As [`Volume::ml`].
    pub fn ml(ml: f64) -> Result<Self, VolumeError> {
        Volume::ml(ml).map(Self)
    }

    /// The output in millilitres.
    pub fn as_ml(&self) -> f64 {
        self.0.as_ml()
    }
}

/// Milk a baby drank. Never what a pump brought.
#[derive(Clone, Debug, PartialEq)]
pub struct Intake(pub Volume);

impl Intake {
    /// An intake typed in millilitres.
    ///
    /// # Errors
    /// As [`Volume::ml`].
    pub fn ml(ml: f64) -> Result<Self, VolumeError> {
        Volume::ml(ml).map(Self)
    }

    /// The intake in millilitres.
    pub fn as_ml(&self) -> f64 {
        self.0.as_ml()
    }
}

/// The number a text begins with, with a comma or a point before its decimals, and what stands behind it.
pub(crate) fn number_and_word(text: &str) -> Option<(f64, &str)> {
    let text = text.trim();
    let behind = text.find(|c: char| !(c.is_ascii_digit() || "-.,".contains(c))).unwrap_or(text.len());
    let (number, word) = text.split_at_checked(behind)?;
    Some((number.replace(',', ".").parse().ok()?, word.trim()))
}
