//! `SmartChef`: weight at 5..7 in tenths of a gram, high byte first; byte 3 above 10 for a minus.
//!
//! It takes no orders: its zero is a button on it.

use super::{
    fields::{byte, signed, u16_be},
    kind::Kind,
    packet::{Packet, Weight},
    sheet::{Name, Sheet},
    uuid::Uuid,
};

pub(super) const SHEET: Sheet = Sheet {
    names: &[Name::Holds("smartchef")],
    service: Uuid::short(0xFFF0),
    notify: Uuid::short(0xFFF1),
    ..Sheet::new(Kind::SmartChef, "smartchef", "SmartChef")
};

const SHORTEST: usize = 9;
const MINUS_ABOVE: u8 = 10;

pub(super) fn read(packet: &[u8]) -> Option<Packet> {
    if packet.len() < SHORTEST {
        return None;
    }
    let tenths = signed(i32::from(u16_be(packet, 5)?), MINUS_ABOVE < byte(packet, 3)?);
    Some(Packet::of(Weight::tenths(tenths)))
}
