//! `DiFluid` Microbalance: `DF DF`, group, command, length of the data, data, the sum of all before.
//!
//! Group 3, command 0: weight at 5..9, signed tenths, high byte first, and the unit at 17 (0 g). Group 3, command 5: battery
//! at 6 (percent). It says nothing until told to; the first commands set it to grams and let it speak. What it counts in
//! another unit is not documented, so a weight in one is passed over.

use super::{
    fields::{byte, i32_be, sum},
    heard::Unit,
    kind::Kind,
    packet::{Packet, Weight},
    sheet::{Command, Heartbeat, Name, Sheet},
    uuid::Uuid,
};

pub(super) const SHEET: Sheet = Sheet {
    names: &[Name::Holds("microbalance")],
    service: Uuid::short(0x00EE),
    notify: Uuid::short(0xAA01),
    write: Some(Uuid::short(0xAA01)),
    start: &[
        Command::once(&[0xDF, 0xDF, 0x01, 0x04, 0x01, 0x00, 0xC4]),
        Command::once(&[0xDF, 0xDF, 0x01, 0x00, 0x01, 0x01, 0xC1]),
    ],
    tare: Some(Command::once(&[0xDF, 0xDF, 0x03, 0x02, 0x01, 0x01, 0xC5])),
    heartbeat: Some(Heartbeat {
        every_s: 10.0,
        commands: &[Command::once(&[0xDF, 0xDF, 0x03, 0x05, 0x00, 0xC6])],
    }),
    ..Sheet::new(Kind::DiFluid, "difluid", "DiFluid Microbalance")
};

const SHORTEST_WEIGHT: usize = 19;
const GRAMS: u8 = 0;

pub(super) fn read(packet: &[u8]) -> Option<Packet> {
    let (checksum, checked) = packet.split_last()?;
    if !packet.starts_with(&[0xDF, 0xDF]) || *checksum != sum(checked) {
        return None;
    }
    if packet.len() != usize::from(byte(packet, 4)?) + 6 {
        return None;
    }
    match (byte(packet, 2)?, byte(packet, 3)?) {
        (3, 0) if SHORTEST_WEIGHT <= packet.len() && byte(packet, 17)? == GRAMS => {
            let weight = Weight::tenths(i32_be(packet, 5)?);
            Some(Packet { unit: Some(Unit::Gram), ..Packet::of(weight) })
        }
        (3, 5) => Some(Packet::default().with_battery(byte(packet, 6)?)),
        (3, 0) => None,
        // Answers to our own commands.
        _ => Some(Packet::default()),
    }
}
