//! Bookoo Themis: twenty bytes.
//!
//! `03 0B`, stopwatch at 2..5 (ms), unit of the display at 5 (1 oz, 2 g), sign at 6, weight at 7..10 in hundredths of a
//! gram whatever the display shows, flow at 10..13, battery at 13 (percent), settings, the XOR of all before. Numbers
//! have their high byte first.

use super::{
    fields::{byte, signed, u24_be, xor},
    heard::Unit,
    kind::Kind,
    packet::{Packet, Weight},
    sheet::{Command, Name, Sheet},
    uuid::Uuid,
};

pub(super) const SHEET: Sheet = Sheet {
    names: &[Name::Holds("bookoo_sc")],
    service: Uuid::short(0x0FFE),
    notify: Uuid::short(0xFF11),
    write: Some(Uuid::short(0xFF12)),
    tare: Some(Command::once(&[0x03, 0x0A, 0x01, 0x00, 0x00, 0x08])),
    step_g: 0.01,
    ..Sheet::new(Kind::Bookoo, "bookoo", "Bookoo Themis")
};

pub(super) fn read(packet: &[u8]) -> Option<Packet> {
    if packet.len() != 20 || !packet.starts_with(&[0x03, 0x0B]) || xor(packet) != 0 {
        return None;
    }
    let unit = match byte(packet, 5)? {
        1 => Some(Unit::Ounce),
        2 => Some(Unit::Gram),
        _ => None,
    };
    let hundredths = signed(u24_be(packet, 7)?, byte(packet, 6)? == b'-');
    let timer_s = Some(f64::from(u24_be(packet, 2)?) / 1000.0);
    let said = Packet { unit, timer_s, ..Packet::of(Weight::hundredths(hundredths)) };
    Some(said.with_battery(byte(packet, 13)?))
}
