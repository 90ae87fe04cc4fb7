//! What a fact says: one file per kind.
//!
//! Each kind is a plain struct and, below it, the list of its fields on the wire, so that a field can be renamed here
//! without changing a journal on disk. Fields and kinds this version does not know survive: untouched entries keep their
//! bytes, and an edited one carries the unknown fields along in `extra`.

mod bag;
mod bottle;
mod hand;
mod nurse;
mod pump;

mod baby;
mod diaper;
mod mother;
mod weight;

mod cue;
mod drink;
mod feeling;
mod letdown;
mod medicine;
mod note;
mod symptom;

mod assignment;
mod device;
mod plan;
mod trial;

mod rules;
mod seen;
mod source;
mod whose;
mod wire;
mod word;

pub use assignment::{Assignment, TrialPart};
pub use baby::{Baby, Sex, multiples};
pub use bag::{Bag, BagUse, Place, Way};
pub use bottle::{Bottle, Milk};
pub use cue::{Cue, CueKind};
pub use device::{Device, DeviceKind};
pub use diaper::Diaper;
pub use drink::{Drink, DrinkKind};
pub use feeling::Feeling;
pub use hand::Hand;
pub use letdown::{Letdown, Trigger};
pub use medicine::Medicine;
pub use mother::Mother;
pub use note::Note;
pub use nurse::{Nurse, Side, Stint, Weighed};
pub use plan::{Goal, Plan, Step};
pub use pump::{Pump, Technique};
pub(crate) use rules::MAX_MINUTES;
pub use seen::SeenLetDown;
pub use source::Source;
pub use symptom::{Symptom, SymptomKind};
pub use trial::{Trial, TrialOutcome, TrialState};
pub use weight::Weight;
pub use wire::BodyError;
pub use word::{Felt, Sides};

use crate::moment::Moment;
use jiff::SignedDuration;
use wire::Kind;

/// Fields of a body that this version does not know, kept as they came.
pub type Extra = serde_json::Map<String, serde_json::Value>;

/// The field by which a body says that it is simulated: `"example": true`.
pub const SIMULATED: &str = "example";

/// The kinds, once: everything that goes through all of them is made from this list.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident,)*) => {
        /// What one entry says.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Body {
            $($(#[$doc])* $kind($kind),)*
        }

        impl Body {
            /// The name of every kind on the wire.
            pub const KINDS: &'static [&'static str] = &[$($kind::KIND),*];

            /// The kind's name on the wire.
            pub fn kind(&self) -> &'static str {
                match self {
                    $(Self::$kind(_) => $kind::KIND,)*
                }
            }

            fn of_kind(kind: &str, fields: &mut wire::Fields) -> Result<Option<Self>, BodyError> {
                Ok(Some(match kind {
                    $($kind::KIND => Self::$kind($kind::read(fields)?),)*
                    _ => return Ok(None),
                }))
            }

            fn it(&self) -> &dyn Kind {
                match self {
                    $(Self::$kind(body) => body,)*
                }
            }

            fn it_mut(&mut self) -> &mut dyn Kind {
                match self {
                    $(Self::$kind(body) => body,)*
                }
            }
        }

        $(impl From<$kind> for Body {
            fn from(body: $kind) -> Self {
                Self::$kind(body)
            }
        })*
    };
}

kinds! {
    /// A pump session.
    Pump,
    /// Milk expressed by hand.
    Hand,
    /// A baby at the breast.
    Nurse,
    /// Milk a baby drank from a bottle.
    Bottle,
    /// A bag of milk that was put by, or taken out.
    Bag,
    /// A baby on the scale.
    Weight,
    /// A diaper.
    Diaper,
    /// What she drinks.
    Drink,
    /// How she is.
    Feeling,
    /// Milk that let down by itself.
    Letdown,
    /// Something she used so that milk may let down.
    Cue,
    /// Something that hurts or worries.
    Symptom,
    /// A medicine she took.
    Medicine,
    /// What she wrote down.
    Note,
    /// A plan.
    Plan,
    /// An experiment on herself.
    Trial,
    /// What one session of it was drawn to be.
    Assignment,
    /// A device in use.
    Device,
    /// Herself.
    Mother,
    /// A baby.
    Baby,
}

impl Body {
    /// When it began.
    pub fn start(&self) -> &Moment {
        self.it().start()
    }

    /// How long it took, in minutes, when that was logged.
    pub fn minutes(&self) -> Option<f64> {
        match self {
            Self::Pump(b) => b.length_min(),
            Self::Hand(b) => b.length_min(),
            Self::Nurse(b) => b.length_min(),
            Self::Bottle(b) => b.minutes,
            Self::Cue(b) => b.minutes,
            _ => None,
        }
    }

    /// When it ended: its start when no length was logged.
    pub fn end(&self) -> Moment {
        let seconds = self.minutes().unwrap_or(0.0) * 60.0;
        let length = SignedDuration::try_from_secs_f64(seconds).unwrap_or(SignedDuration::ZERO);
        self.start().checked_add(length).unwrap_or_else(|_| self.start().clone())
    }

    /// Her own words beside it.
    pub fn note(&self) -> Option<&str> {
        self.it().note()
    }

    /// Where it was imported from, when it was.
    pub fn source(&self) -> Option<&Source> {
        self.it().source()
    }

    /// Fields that this version does not know.
    pub fn extra(&self) -> &Extra {
        self.it().extra()
    }

    /// The place its source is kept.
    pub fn source_mut(&mut self) -> &mut Option<Source> {
        self.it_mut().source_mut()
    }

    /// Reads a body of a kind. `None` when the kind is not known to this version.
    ///
    /// # Errors
    /// When the kind is known and the text is not a body of it; the error names the field.
    pub fn read(kind: &str, json: &str) -> Result<Option<Self>, BodyError> {
        if !Self::KINDS.contains(&kind) {
            return Ok(None);
        }
        let body = Self::of_kind(kind, &mut wire::Fields::of(kind, json)?)?;
        match &body {
            Some(Self::Feeling(feeling)) => feeling.check()?,
            Some(Self::Pump(pump)) => pump.check()?,
            Some(Self::Nurse(nurse)) => nurse.check()?,
            _ => {}
        }
        Ok(body)
    }

    /// The body as JSON text.
    pub fn write(&self) -> String {
        let mut object = wire::Object::new();
        self.it().write(&mut object);
        object.close()
    }
}
