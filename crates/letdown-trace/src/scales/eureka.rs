//! Eureka Precisa and Solo Barista: eleven bytes.
//!
//! `AA 09 41`, whether the stopwatch runs at 3, the stopwatch at 4..6 (s), a minus at 6, weight at 7..9 in tenths of a gram.
//! Numbers have their low byte first. The display can be set to oz or ml, which the packet does not say: the first
//! command sets it to grams.

use super::{
    fields::{byte, signed, u16_le},
    kind::Kind,
    packet::{Packet, Weight},
    sheet::{Command, Name, Sheet},
    uuid::Uuid,
};

pub(super) const SHEET: Sheet = Sheet {
    names: &[Name::Begins("cfs-9002"), Name::Begins("lsj-001")],
    service: Uuid::short(0xFFF0),
    notify: Uuid::short(0xFFF1),
    write: Some(Uuid::short(0xFFF2)),
    is_write_acknowledged: false,
    start: &[Command::once(&[0xAA, 0x03, 0x36, 0x00])],
    tare: Some(Command::once(&[0xAA, 0x02, 0x31, 0x31])),
    ..Sheet::new(Kind::Eureka, "eureka", "Eureka Precisa, Solo Barista")
};

pub(super) fn read(packet: &[u8]) -> Option<Packet> {
    if packet.len() != 11 || !packet.starts_with(&[0xAA, 0x09, 0x41]) {
        return None;
    }
    let tenths = signed(i32::from(u16_le(packet, 7)?), byte(packet, 6)? != 0);
    let timer_s = Some(f64::from(u16_le(packet, 4)?));
    Some(Packet { timer_s, ..Packet::of(Weight::tenths(tenths)) })
}
