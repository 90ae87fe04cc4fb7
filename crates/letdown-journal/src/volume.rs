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
