//! Hiroia Jimmy: mode at 0, weight at 4..7, low byte first.
//!
//! Byte 6 is FF below zero: the three bytes are one signed number. A mode above 8 says that the display is set to ounces:
//! then thousandths of an ounce, else tenths of a gram. It may change in the middle of a session.

use super::{
    fields::{byte, signed, u16_le},
    heard::Unit,
    kind::Kind,
    packet::{Packet, Weight},
    sheet::{Command, Name, Sheet},
    uuid::Uuid,
};

pub(super) const SHEET: Sheet = Sheet {
    names: &[Name::Begins("hiroia"), Name::Begins("jimmy")],
    service: Uuid(0x06C3_1822_8682_4744_9211_FEBC_93E3_BECE),
    is_service_its_own: true,
    notify: Uuid(0x06C3_1824_8682_4744_9211_FEBC_93E3_BECE),
    write: Some(Uuid(0x06C3_1823_8682_4744_9211_FEBC_93E3_BECE)),
    tare: Some(Command::twice(&[0x07, 0x00])),
    ..Sheet::new(Kind::Jimmy, "jimmy", "Hiroia Jimmy")
};

const OUNCES_ABOVE: u8 = 8;
const BELOW_ZERO: u8 = 0xFF;

pub(super) fn read(packet: &[u8]) -> Option<Packet> {
    let value = i32::from(u16_le(packet, 4)?);
    let is_negative = byte(packet, 6)? == BELOW_ZERO;
    let count = if is_negative { signed(0x1_0000 - value, true) } else { value };
    let (unit, per_unit) =
        if OUNCES_ABOVE < byte(packet, 0)? { (Unit::Ounce, 1000) } else { (Unit::Gram, 10) };
    Some(Packet { unit: Some(unit), ..Packet::of(Weight::counted(count, per_unit, unit)) })
}
