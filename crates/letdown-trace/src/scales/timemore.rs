//! TIMEMORE: `10`, then two signed numbers of four bytes, low byte first, in tenths of a gram.
//!
//! It uses the numbers of the standard service, not its layout. The first number is the pan on top (the dripper), the second
//! the plate below, where a bottle stands. Drivers disagree about which of the two is *the* weight.

use super::{
    fields::{byte, i32_le},
    kind::Kind,
    packet::{Packet, Weight},
    sheet::{Command, Delivery, Name, Sheet},
    uuid::Uuid,
};

pub(super) const SHEET: Sheet = Sheet {
    names: &[Name::Holds("timemore scale")],
    service: Uuid::short(0x181D),
    notify: Uuid::short(0x2A9D),
    delivery: Delivery::Indication,
    write: Some(Uuid(0x553F_4E49_BF21_4468_9C6C_0E4F_B5B1_7697)),
    tare: Some(Command::once(&[0x00])),
    ..Sheet::new(Kind::Timemore, "timemore", "TIMEMORE")
};

const WEIGHT: u8 = 0x10;

pub(super) fn read(packet: &[u8]) -> Option<Packet> {
    if packet.len() != 9 || byte(packet, 0)? != WEIGHT {
        return None;
    }
    i32_le(packet, 5).map(|tenths| Packet::of(Weight::tenths(tenths)))
}
