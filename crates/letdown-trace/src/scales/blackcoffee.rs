//! Blackcoffee, also sold as `my_scale`: milligrams in the seven hexadecimal digits 7 to 13, counted from 0.
//!
//! Digit 4 is 8 or C for a minus, digit 5 is 1 when the load is still. It takes no orders.

use super::{
    fields::{byte, i32_be, signed},
    heard::Unit,
    kind::Kind,
    packet::{Packet, Weight},
    sheet::{Name, Sheet},
    uuid::Uuid,
};

pub(super) const SHEET: Sheet = Sheet {
    names: &[Name::Holds("blackcoffee"), Name::Holds("my_scale")],
    service: Uuid::short(0xFFB0),
    notify: Uuid::short(0xFFB2),
    step_g: 0.001,
    ..Sheet::new(Kind::Blackcoffee, "blackcoffee", "Blackcoffee, my_scale")
};

const SHORTEST: usize = 15;
/// Digit 6 is none of the weight's.
const SEVEN_DIGITS: i32 = 0x0FFF_FFFF;

pub(super) fn read(packet: &[u8]) -> Option<Packet> {
    if packet.len() < SHORTEST {
        return None;
    }
    let state = byte(packet, 2)?;
    let is_negative = matches!(state >> 4, 0x8 | 0xC);
    let milligrams = signed(i32_be(packet, 3)? & SEVEN_DIGITS, is_negative);
    let weight = Weight::counted(milligrams, 1000, Unit::Gram);
    Some(Packet::of(weight.still(state & 0x0F == 1)))
}
