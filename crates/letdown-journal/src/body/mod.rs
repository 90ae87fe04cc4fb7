//! What a fact says: one file per kind, each with its wire form beside it.
//!
//! The core types are what programs work with. The wire form of each is a separate type in the same file, so that a
//! field can be renamed here without changing a journal on disk. Fields and kinds this version does not know survive:
//! untouched entries keep their bytes, and an edited one carries the unknown fields along in `extra`.

mod bottle;
mod diaper;
mod nurse;
mod pump;
mod source;
mod weight;
mod whose;
mod wire;

pub use bottle::{Bottle, Milk};
pub use diaper::Diaper;
pub use nurse::{Nurse, Side, Stint};
pub use pump::{Pump, Technique};
pub use source::Source;
pub use weight::Weight;
pub use wire::BodyError;
pub(crate) use wire::MAX_MINUTES;

use crate::moment::Moment;
use jiff::SignedDuration;

/// Fields of a body that this version does not know, kept as they came.
pub type Extra = serde_json::Map<String, serde_json::Value>;

/// The field by which a body says that it is simulated: `"example": true`.
pub const SIMULATED: &str = "example";

/// What one entry says.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// A pump session.
    Pump(Pump),
    /// A baby at the breast.
    Nurse(Nurse),
    /// Milk a baby drank from a bottle.
    Bottle(Bottle),
    /// A baby on the scale.
    Weight(Weight),
    /// A diaper.
    Diaper(Diaper),
}

impl Body {
    /// The kind's name on the wire.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Pump(_) => Pump::KIND,
            Self::Nurse(_) => Nurse::KIND,
            Self::Bottle(_) => Bottle::KIND,
            Self::Weight(_) => Weight::KIND,
            Self::Diaper(_) => Diaper::KIND,
        }
    }

    /// When it began.
    pub fn start(&self) -> &Moment {
        match self {
            Self::Pump(b) => &b.start,
            Self::Nurse(b) => &b.start,
            Self::Bottle(b) => &b.start,
            Self::Weight(b) => &b.start,
            Self::Diaper(b) => &b.start,
        }
    }

    /// How long it took, in minutes, when that was logged.
    pub fn minutes(&self) -> Option<f64> {
        match self {
            Self::Pump(b) => b.length_min(),
            Self::Nurse(b) => b.length_min(),
            Self::Bottle(b) => b.minutes,
            Self::Weight(_) | Self::Diaper(_) => None,
        }
    }

    /// When it ended: its start when no length was logged.
    pub fn end(&self) -> Moment {
        let seconds = self.minutes().unwrap_or(0.0) * 60.0;
        let length = SignedDuration::try_from_secs_f64(seconds).unwrap_or(SignedDuration::ZERO);
        self.start().checked_add(length).unwrap_or_else(|_| self.start().clone())
    }

    /// Where it was imported from, when it was.
    pub fn source(&self) -> Option<&Source> {
        match self {
            Self::Pump(b) => b.source.as_ref(),
            Self::Nurse(b) => b.source.as_ref(),
            Self::Bottle(b) => b.source.as_ref(),
            Self::Weight(b) => b.source.as_ref(),
            Self::Diaper(b) => b.source.as_ref(),
        }
    }

    /// The place its source is kept.
    pub fn source_mut(&mut self) -> &mut Option<Source> {
        match self {
            Self::Pump(b) => &mut b.source,
            Self::Nurse(b) => &mut b.source,
            Self::Bottle(b) => &mut b.source,
            Self::Weight(b) => &mut b.source,
            Self::Diaper(b) => &mut b.source,
        }
    }

    /// Reads a body of a kind. `None` when the kind is not known to this version.
    ///
    /// # Errors
    /// When the kind is known and the text is not a body of it; the error names the field.
    pub fn read(kind: &str, json: &str) -> Result<Option<Self>, BodyError> {
        Ok(Some(match kind {
            Pump::KIND => Self::Pump(wire::read::<pump::PumpWire>(kind, json)?.try_into()?),
            Nurse::KIND => Self::Nurse(wire::read::<nurse::NurseWire>(kind, json)?.try_into()?),
            Bottle::KIND => Self::Bottle(wire::read::<bottle::BottleWire>(kind, json)?.try_into()?),
            Weight::KIND => Self::Weight(wire::read::<weight::WeightWire>(kind, json)?.try_into()?),
            Diaper::KIND => Self::Diaper(wire::read::<diaper::DiaperWire>(kind, json)?.try_into()?),
            _ => return Ok(None),
        }))
    }

    /// The body as JSON text.
    pub fn write(&self) -> String {
        match self {
            Self::Pump(b) => wire::write(&pump::PumpWire::from(b.clone())),
            Self::Nurse(b) => wire::write(&nurse::NurseWire::from(b.clone())),
            Self::Bottle(b) => wire::write(&bottle::BottleWire::from(b.clone())),
            Self::Weight(b) => wire::write(&weight::WeightWire::from(b.clone())),
            Self::Diaper(b) => wire::write(&diaper::DiaperWire::from(b.clone())),
        }
    }
}
