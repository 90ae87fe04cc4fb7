//! Varia AKU: `FA`, kind, length of the data, data, the XOR of all behind `FA`.
//!
//! Kind 01, three bytes: hundredths of a gram in the low 20 bits, high byte first, and a minus in the bit above. Kind 85,
//! one byte: battery (percent).

use super::{
    fields::{byte, signed, u24_be, xor},
    kind::Kind,
    packet::{Packet, Weight},
    sheet::{Command, Name, Sheet},
    uuid::Uuid,
};

pub(super) const SHEET: Sheet = Sheet {
    names: &[Name::Holds("varia aku"), Name::Begins("aku")],
    service: Uuid::short(0xFFF0),
    notify: Uuid::short(0xFFF1),
    write: Some(Uuid::short(0xFFF2)),
    is_write_acknowledged: false,
    tare: Some(Command::once(&[0xFA, 0x82, 0x01, 0x01, 0x82])),
    step_g: 0.01,
    ..Sheet::new(Kind::Varia, "varia", "Varia AKU")
};

const MINUS: i32 = 1 << 20;

pub(super) fn read(packet: &[u8]) -> Option<Packet> {
    let (header, checked) = packet.split_first()?;
    if *header != 0xFA || xor(checked) != 0 || packet.len() != usize::from(byte(packet, 2)?) + 4 {
        return None;
    }
    match (byte(packet, 1)?, byte(packet, 2)?) {
        (0x01, 3) => {
            let bits = u24_be(packet, 3)?;
            let hundredths = signed(bits & (MINUS - 1), bits & MINUS != 0);
            Some(Packet::of(Weight::hundredths(hundredths)))
        }
        (0x85, 1) => Some(Packet::default().with_battery(byte(packet, 3)?)),
        _ => None,
    }
}
