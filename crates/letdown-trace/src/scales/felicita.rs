//! Felicita: eighteen bytes of mostly text.
//!
//! `01 02`, the sign (`+` or `-`) at 2, six digits at 3..9 in hundredths, the unit (` g` or `oz`) at 9..11, battery at 15
//! (129 empty, 158 full), `0D 0A`. That ounces are hundredths as grams are is taken from the layout; nobody says so.

use super::{
    fields::{byte, signed},
    heard::Unit,
    kind::Kind,
    packet::{Packet, Weight},
    sheet::{Command, Name, Sheet},
    uuid::Uuid,
};

pub(super) const SHEET: Sheet = Sheet {
    names: &[Name::Begins("felicita")],
    service: Uuid::short(0xFFE0),
    notify: Uuid::short(0xFFE1),
    write: Some(Uuid::short(0xFFE1)),
    tare: Some(Command::once(b"T")),
    step_g: 0.01,
    ..Sheet::new(Kind::Felicita, "felicita", "Felicita")
};

const BATTERY_EMPTY: u8 = 129;
const BATTERY_FULL: u8 = 158;

pub(super) fn read(packet: &[u8]) -> Option<Packet> {
    if packet.len() != 18 || !packet.starts_with(&[1, 2]) {
        return None;
    }
    let is_negative = match byte(packet, 2)? {
        b'+' => false,
        b'-' => true,
        _ => return None,
    };
    let unit = match packet.get(9..11)?.trim_ascii() {
        b"g" => Unit::Gram,
        b"oz" => Unit::Ounce,
        _ => return None,
    };
    let count = signed(digits(packet.get(3..9)?)?, is_negative);
    let said = Packet { unit: Some(unit), ..Packet::of(Weight::counted(count, 100, unit)) };
    Some(said.with_battery(battery_percent(byte(packet, 15)?)))
}

fn digits(text: &[u8]) -> Option<i32> {
    text.iter()
        .try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + i32::from(digit - b'0')))
}

fn battery_percent(level: u8) -> u8 {
    let above_empty = u32::from(level.clamp(BATTERY_EMPTY, BATTERY_FULL) - BATTERY_EMPTY);
    let range = u32::from(BATTERY_FULL - BATTERY_EMPTY);
    u8::try_from((above_empty * 100 + range / 2) / range).unwrap_or(100)
}
