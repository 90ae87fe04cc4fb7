//! Futula, also sold as Lefu: weight at 3..5 in tenths of a gram, low byte first; byte 5 above 0 for a minus.
//!
//! The battery stands in the standard battery service. The first command sets the display to grams.

use super::{
    fields::{byte, signed, u16_le},
    kind::Kind,
    packet::{Packet, Weight},
    sheet::{Command, Name, Sheet},
    uuid::Uuid,
};

pub(super) const SHEET: Sheet = Sheet {
    names: &[Name::Holds("lfsmart scale"), Name::Holds("lefu")],
    service: Uuid::short(0xFFF0),
    notify: Uuid::short(0xFFF4),
    write: Some(Uuid::short(0xFFF1)),
    start: &[Command::once(&[0xFD, 0x00, 0x04, 0, 0, 0, 0, 0, 0, 0, 0xF9])],
    tare: Some(Command::once(&[0xFD, 0x32, 0, 0, 0, 0, 0, 0, 0, 0, 0xCF])),
    ..Sheet::new(Kind::Futula, "futula", "Futula, Lefu")
};

const SHORTEST: usize = 9;

pub(super) fn read(packet: &[u8]) -> Option<Packet> {
    if packet.len() < SHORTEST {
        return None;
    }
    let tenths = signed(i32::from(u16_le(packet, 3)?), 0 < byte(packet, 5)?);
    Some(Packet::of(Weight::tenths(tenths)))
}
