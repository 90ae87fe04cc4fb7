//! `WeighMyBru`: grams as a number of 32 bits with a point, low byte first.

use super::{
    fields::f32_le,
    kind::Kind,
    packet::{Packet, Weight},
    sheet::{Command, Name, Sheet},
    uuid::Uuid,
};

pub(super) const SHEET: Sheet = Sheet {
    names: &[Name::Holds("weighmybru")],
    service: Uuid(0x6E40_0001_B5A3_F393_E0A9_E50E_24DC_CA9E),
    notify: Uuid(0x6E40_0004_B5A3_F393_E0A9_E50E_24DC_CA9E),
    write: Some(Uuid(0x6E40_0003_B5A3_F393_E0A9_E50E_24DC_CA9E)),
    tare: Some(Command::once(&[0x03, 0x0A, 0x01, 0x01, 0x00])),
    step_g: STEP_G,
    ..Sheet::new(Kind::WeighMyBru, "weighmybru", "WeighMyBru")
};

/// Nothing says how finely it weighs; load cells of this sort show hundredths.
const STEP_G: f64 = 0.01;

/// No kitchen scale carries more (g). A number beyond it, or none at all, is no weight.
const HEAVIEST_G: f32 = 100_000.0;

pub(super) fn read(packet: &[u8]) -> Option<Packet> {
    let mass_g = f32_le(packet, 0).filter(|mass_g| mass_g.abs() <= HEAVIEST_G)?;
    Some(Packet::of(Weight { mass_g: f64::from(mass_g), step_g: STEP_G, is_still: None }))
}
