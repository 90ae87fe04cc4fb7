//! Skale: signed tenths of a gram at 1..3, low byte first.
//!
//! The first commands light the display, show the weight, and set it to grams.

use super::{
    fields::i16_le,
    kind::Kind,
    packet::{Packet, Weight},
    sheet::{Command, Name, Sheet},
    uuid::Uuid,
};

pub(super) const SHEET: Sheet = Sheet {
    names: &[Name::Begins("skale")],
    service: Uuid::short(0xFF08),
    notify: Uuid::short(0xEF81),
    write: Some(Uuid::short(0xEF80)),
    start: &[Command::twice(&[0xED]), Command::twice(&[0xEC]), Command::twice(&[0x03])],
    tare: Some(Command::twice(&[0x10])),
    ..Sheet::new(Kind::Skale, "skale", "Skale")
};

pub(super) fn read(packet: &[u8]) -> Option<Packet> {
    i16_le(packet, 1).map(|tenths| Packet::of(Weight::tenths(i32::from(tenths))))
}
