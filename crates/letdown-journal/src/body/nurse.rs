//! A baby at the breast: which sides, in which order, how long. What it drank is known only where a scale or she says.

use super::{
    BodyError, Extra, Source,
    rules::{Amount, AnyOf, GRAMS, MINUTES, Many, NeedsOneOf, One, Text, YesNo},
    seen::SECONDS,
    wire,
    word::{Felt, Word},
};
use crate::{moment::Moment, volume::Intake};
use serde::{Deserialize, Serialize};

/// A baby at the breast.
#[derive(Clone, Debug, PartialEq)]
pub struct Nurse {
    /// When it began.
    pub start: Moment,
    /// How long it took (min), pauses included, when that was logged beside the stints.
    pub minutes: Option<f64>,
    /// The stints in the order nursed.
    pub stints: Vec<Stint>,
    /// The baby on a scale before and after.
    pub weighed: Option<Weighed>,
    /// What the baby drank, where somebody says so without a scale.
    pub intake: Option<Intake>,
    /// What she felt when milk let down.
    pub felt: Vec<Felt>,
    /// Whether milk let down, as she saw or felt it; `Some(false)`: she watched, and it did not. `None`: nobody says.
    pub let_down: Option<bool>,
    /// When milk first let down (s since the start, 0 to 21,600).
    pub first_let_down_s: Option<f64>,
    /// Where, in her words: "the blue chair".
    pub place: Option<String>,
    /// Which baby.
    pub baby: Option<String>,
    /// Her own words.
    pub note: Option<String>,
    /// Where it was imported from.
    pub source: Option<Source>,
    /// Fields of a newer version.
    pub extra: Extra,
}

wire::kind!(Nurse "nurse" begins {
    minutes: MINUTES,
    stints: Many,
    weighed: One,
    intake "intake_ml": Amount("intake_typed"),
    felt: AnyOf,
    let_down: YesNo,
    first_let_down_s: SECONDS,
    place: Text,
    baby: Text,
});

impl Nurse {
    /// How long it took (min): as logged, else the stints and the pauses between them.
    pub fn length_min(&self) -> Option<f64> {
        let known: Vec<f64> = self.stints.iter().filter_map(|s| s.minutes).collect();
        let pauses: f64 = self.stints.iter().filter_map(|s| s.pause_before_min).sum();
        self.minutes.or_else(|| (!known.is_empty()).then(|| known.iter().sum::<f64>() + pauses))
    }

    /// Whether milk let down: as it was said, else yes where it was felt or timed.
    ///
    /// ```
    /// use letdown_journal::{body::Nurse, moment};
    /// let start = moment::parse("2026-11-24T03:10:00+01:00[Europe/Berlin]", None)?.at;
    /// let timed = Nurse { first_let_down_s: Some(70.0), ..Nurse::at(start.clone()) };
    /// assert_eq!(timed.lets_down(), Some(true));
    /// assert_eq!(Nurse::at(start).lets_down(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn lets_down(&self) -> Option<bool> {
        let noticed = self.first_let_down_s.is_some() || !self.felt.is_empty();
        self.let_down.or(noticed.then_some(true))
    }

    /// No let-down cannot come after so many seconds.
    pub(super) fn check(&self) -> Result<(), BodyError> {
        match (self.let_down, self.first_let_down_s) {
            (Some(false), Some(s)) => Err(wire::field(
                "let_down",
                format_args!(
                    "it says that milk did not let down, and first_let_down_s that it did after {s} s"
                ),
            )),
            _ => Ok(()),
        }
    }

    /// What the baby drank (mL): by the scale, else as somebody says.
    pub fn intake_ml(&self) -> Option<f64> {
        let weighed = self.weighed.as_ref().and_then(Weighed::intake_ml);
        weighed.or_else(|| self.intake.as_ref().map(Intake::as_ml))
    }
}

/// One side of one nursing.
#[derive(Clone, Debug, PartialEq)]
pub struct Stint {
    /// Which breast.
    pub side: Side,
    /// How long (min), when that was logged.
    pub minutes: Option<f64>,
    /// The pause before it (min).
    pub pause_before_min: Option<f64>,
    /// Fields of a newer version.
    pub extra: Extra,
}

wire::part!(Stint { side: NeedsOneOf, minutes: MINUTES, pause_before_min: MINUTES });

impl Stint {
    /// A stint without a pause before it.
    pub fn of(side: Side, minutes: Option<f64>) -> Self {
        Self { side, minutes, pause_before_min: None, extra: Extra::new() }
    }
}

/// A baby on the scale before and after a feed, in the same clothes.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighed {
    /// Before (g).
    pub before_g: f64,
    /// After (g).
    pub after_g: f64,
    /// Fields of a newer version.
    pub extra: Extra,
}

wire::part!(Weighed { before_g: GRAMS, after_g: GRAMS });

/// Grams in one millilitre of human milk.
const G_PER_ML: f64 = 1.03;

impl Weighed {
    /// What the baby drank (mL). `None` where it weighed less after than before.
    ///
    /// ```
    /// use letdown_journal::body::{Extra, Weighed};
    /// let fed = Weighed { before_g: 4_120.0, after_g: 4_223.0, extra: Extra::new() };
    /// assert!((fed.intake_ml().unwrap() - 100.0).abs() < 1e-9);
    /// let undressed = Weighed { before_g: 4_120.0, after_g: 4_100.0, extra: Extra::new() };
    /// assert_eq!(undressed.intake_ml(), None);
    /// ```
    pub fn intake_ml(&self) -> Option<f64> {
        Some((self.after_g - self.before_g) / G_PER_ML).filter(|ml| *ml >= 0.0)
    }
}

/// Left or right, hers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Her left breast.
    Left,
    /// Her right breast.
    Right,
}

impl Word for Side {
    fn read(text: &str) -> Result<Self, String> {
        match text {
            "left" => Ok(Self::Left),
            "right" => Ok(Self::Right),
            _ => Err("left, right".to_owned()),
        }
    }

    fn as_str(&self) -> &str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
        }
    }
}
