//! Scales that speak Bluetooth: which is which, what to write to them, what their bytes mean.
//!
//! 1. [`recognise`] says which [`Kind`] of scale a name and a list of services belong to.
//! 2. [`Kind::sheet`] says where it speaks and listens, and what it must be sent: to begin, to be set to zero, to stay
//!    awake.
//! 3. A [`Decoder`] turns what it sends into what was [`Heard`]: readings in grams, whatever unit its display is set to.
//!
//! No radio is touched here: the caller connects, writes, and hands in each notification with the time it came at. The
//! layouts are those of makers' pages and open drivers (`docs/scales.md`); none was tried on a scale.
//!
//! ```
//! use letdown_trace::scales::{Decoder, Heard, Kind, recognise};
//!
//! let kind = recognise(Some("Skale2"), &[])?;
//! assert_eq!(kind, Kind::Skale);
//! let mut shown_g = Vec::new();
//! let mut decoder = Decoder::new(kind);
//! decoder.hear(kind.sheet().notify, &[0x00, 0xe2, 0x04, 0x00, 0x00], 0.1, &mut |heard| {
//!     if let Heard::Mass { reading, .. } = heard {
//!         shown_g.push(reading.mass_g);
//!     }
//! });
//! assert_eq!(shown_g, [125.0]);
//! # Ok::<(), letdown_trace::scales::UnknownScale>(())
//! ```

mod kind;
mod recognise;
mod sheet;
mod uuid;

mod decoder;
mod heard;

mod acaia;
mod acaia_frames;
mod blackcoffee;
mod bookoo;
mod decent;
mod difluid;
mod eureka;
mod felicita;
mod futula;
mod jimmy;
mod skale;
mod smartchef;
mod timemore;
mod varia;
mod weigh_my_bru;
mod weight_service;

mod fields;
mod packet;

pub use decoder::Decoder;
pub use heard::{Button, Heard, Unit};
pub use kind::Kind;
pub use recognise::{UnknownScale, recognise};
pub use sheet::{Command, Delivery, Heartbeat, Name, Sheet};
pub use uuid::{NotUuid, Uuid};
