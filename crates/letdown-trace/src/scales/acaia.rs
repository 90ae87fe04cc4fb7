//! Acaia: frames of records.
//!
//! A frame of kind 12 tells events: a chain of records, each a tag and a body whose length the tag tells (weight 5: six
//! bytes; battery 6: one; stopwatch 7: three; key 8: one; acknowledgement 11: two). Behind an unknown tag nothing can be
//! read. A frame of kind 8 tells the state: battery in the low 7 bits of byte 1, unit in byte 2 (2 g, 5 oz).
//!
//! Weight: the value at 0..2, low byte first (Umbra: at 2..4, high byte first), decimals (1 to 4) at 4, and bit 1 of byte 5
//! for a minus. Sixteen bits of tenths end at 6553.5 g.

use super::{
    fields::{byte, signed, u16_be, u16_le},
    heard::{Button, Unit},
    kind::Kind,
    packet::{Packet, Weight},
    sheet::{Command, Heartbeat, Name, Sheet},
    uuid::Uuid,
};

/// Before 2021: one characteristic for both ways, and it sends its name with dashes.
pub(super) const CLASSIC: Sheet = Sheet {
    names: &[Name::Begins("acaia"), Name::Begins("proch")],
    service: Uuid::short(0x1820),
    notify: Uuid::short(0x2A80),
    write: Some(Uuid::short(0x2A80)),
    start: &[IDENTIFY_CLASSIC, ASK_FOR_EVENTS],
    tare: Some(TARE),
    heartbeat: Some(Heartbeat { every_s: 1.0, commands: &[HEARTBEAT] }),
    ..Sheet::new(Kind::AcaiaClassic, "acaia-classic", "Acaia before 2021")
};

/// From 2021 on: the serial port service of a chip maker, which other products use too.
pub(super) const SINCE_2021: Sheet = Sheet {
    names: &[Name::Begins("lunar"), Name::Begins("pyxis"), Name::Begins("pearl"), Name::Begins("cinco")],
    service: Uuid(0x4953_5343_FE7D_4AE5_8FA9_9FAF_D205_E455),
    notify: Uuid(0x4953_5343_1E4D_4BD9_BA61_23C6_4724_9616),
    write: Some(Uuid(0x4953_5343_8841_43F4_A8D4_ECBE_3472_9BB3)),
    start: &[IDENTIFY, ASK_FOR_EVENTS],
    tare: Some(TARE),
    heartbeat: Some(Heartbeat { every_s: 2.0, commands: &[IDENTIFY, HEARTBEAT, ASK_FOR_STATE] }),
    ..Sheet::new(Kind::Acaia, "acaia", "Acaia from 2021 on")
};

pub(super) const UMBRA: Sheet = Sheet {
    names: &[Name::Begins("umbra")],
    service: Uuid(0x0000_FE40_CC7A_482A_984A_7F2E_D5B3_E58F),
    notify: Uuid(0x0000_FE42_8E22_4541_9D4C_21ED_AE82_ED19),
    write: Some(Uuid(0x0000_FE41_8E22_4541_9D4C_21ED_AE82_ED19)),
    start: &[IDENTIFY_CLASSIC, ASK_FOR_EVENTS],
    tare: Some(TARE),
    heartbeat: Some(Heartbeat { every_s: 2.0, commands: &[HEARTBEAT, ASK_FOR_EVENTS] }),
    ..Sheet::new(Kind::AcaiaUmbra, "acaia-umbra", "Acaia Umbra")
};

const IDENTIFY_CLASSIC: Command = Command::once(b"\xEF\xDD\x0B---------------\x68\x3B");
const IDENTIFY: Command = Command::once(b"\xEF\xDD\x0B012345678901234\x9A\x6D");
/// Weight as it changes, battery, stopwatch every fifth time, keys.
const ASK_FOR_EVENTS: Command =
    Command::once(&[0xEF, 0xDD, 0x0C, 0x09, 0x00, 0x01, 0x01, 0x02, 0x02, 0x05, 0x03, 0x04, 0x15, 0x06]);
const ASK_FOR_STATE: Command =
    Command::once(&[0xEF, 0xDD, 0x06, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
const HEARTBEAT: Command = Command::once(&[0xEF, 0xDD, 0x00, 0x02, 0x00, 0x02, 0x00]);
const TARE: Command = Command::once(&[0xEF, 0xDD, 0x04, 0x00, 0x00, 0x00]);

pub(super) fn is_acaia(kind: Kind) -> bool {
    matches!(kind, Kind::AcaiaClassic | Kind::Acaia | Kind::AcaiaUmbra)
}

/// Reads a frame whose checksum is right, from a display that is set to `unit`.
pub(super) fn read(frame: &[u8], unit: Unit, kind: Kind) -> Option<Packet> {
    let body = frame.get(3..frame.len().checked_sub(2)?)?;
    match byte(frame, 2)? {
        12 => events(body.get(1..)?, unit, kind),
        8 => state(body),
        _ => Some(Packet::default()),
    }
}

fn state(body: &[u8]) -> Option<Packet> {
    let unit = match byte(body, 2)? {
        2 => Some(Unit::Gram),
        5 => Some(Unit::Ounce),
        _ => None,
    };
    Some(Packet { unit, ..Packet::default() }.with_battery(byte(body, 1)? & 0x7F))
}

const WEIGHT: u8 = 5;
const BATTERY: u8 = 6;
const TIMER: u8 = 7;
const KEY: u8 = 8;
const ACKNOWLEDGEMENT: u8 = 11;
/// The second byte of the acknowledgement that follows on a tare.
const TARE_IS_DONE: u8 = 0x80;

fn events(mut records: &[u8], unit: Unit, kind: Kind) -> Option<Packet> {
    let mut packet = Packet::default();
    let mut is_any_known = false;
    while let Some((tag, rest)) = records.split_first() {
        let Some((body, next)) = length(*tag).and_then(|length| rest.split_at_checked(length)) else { break };
        is_any_known = true;
        records = next;
        match *tag {
            WEIGHT => packet.weight = weight(body, unit, kind).or(packet.weight),
            BATTERY => packet = packet.with_battery(byte(body, 0)? & 0x7F),
            TIMER => packet.timer_s = stopwatch(body),
            KEY => packet.button = byte(body, 0).map(button),
            _ => packet.is_tared |= byte(body, 1) == Some(TARE_IS_DONE),
        }
    }
    packet.is_tared |= packet.button == Some(Button::Tare);
    is_any_known.then_some(packet)
}

/// How long the body of a record is.
fn length(tag: u8) -> Option<usize> {
    match tag {
        WEIGHT => Some(6),
        BATTERY | KEY => Some(1),
        TIMER => Some(3),
        ACKNOWLEDGEMENT => Some(2),
        _ => None,
    }
}

fn weight(body: &[u8], unit: Unit, kind: Kind) -> Option<Weight> {
    let value = if kind == Kind::AcaiaUmbra { u16_be(body, 2)? } else { u16_le(body, 0)? };
    let per_unit = match byte(body, 4)? {
        1 => 10,
        2 => 100,
        3 => 1000,
        4 => 10_000,
        _ => return None,
    };
    let is_negative = byte(body, 5)? & 0x02 != 0;
    Some(Weight::counted(signed(i32::from(value), is_negative), per_unit, unit))
}

fn stopwatch(body: &[u8]) -> Option<f64> {
    let [minutes, seconds, tenths] = body.first_chunk().copied()?;
    Some((f64::from(minutes) * 600.0 + f64::from(seconds) * 10.0 + f64::from(tenths)) / 10.0)
}

fn button(key: u8) -> Button {
    match key {
        0 => Button::Tare,
        8 => Button::Start,
        9 => Button::Reset,
        10 => Button::Stop,
        other => Button::Other(other),
    }
}
