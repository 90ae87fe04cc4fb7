//! Decent and Half Decent: seven bytes, or ten with a time stamp.
//!
//! `03`, the kind of message, its data, the XOR of all before. Kinds: CE and CA weight (still, moving), signed tenths of a
//! gram at 2..4, high byte first; AA a button at 2 (1 tare, 2 stopwatch); 0A the answer to the first command, with the
//! battery at 4 (0 to 100 %, FF on the cable) and without a checksum.

use super::{
    fields::{byte, i16_be, xor},
    heard::Button,
    kind::Kind,
    packet::{Packet, Weight},
    sheet::{Command, Heartbeat, Name, Sheet},
    uuid::Uuid,
};

/// It is silent until something is written. The Half Decent ends the link when no heartbeat came for 5 s; the 01 at the end
/// of its commands' data says that heartbeats will come. The first firmware loses a command now and then.
pub(super) const SHEET: Sheet = Sheet {
    names: &[Name::Begins("decent"), Name::Begins("half decent")],
    service: Uuid::short(0xFFF0),
    notify: Uuid::short(0xFFF4),
    write: Some(Uuid::short(0x36F5)),
    is_write_acknowledged: false,
    start: &[Command::twice(&[0x03, 0x0A, 0x01, 0x01, 0x00, 0x01, 0x08])],
    tare: Some(Command::twice(&[0x03, 0x0F, 0x01, 0x00, 0x00, 0x01, 0x0C])),
    heartbeat: Some(Heartbeat {
        every_s: 2.0,
        commands: &[Command::once(&[0x03, 0x0A, 0x03, 0xFF, 0xFF, 0x00, 0x0A])],
    }),
    ..Sheet::new(Kind::Decent, "decent", "Decent and Half Decent")
};

/// Whether this scale computes its checksums: the oldest do not.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Checksums {
    is_one_right: bool,
    wrong_in_a_row: u8,
}

/// So many wrong ones from the start, and this scale does not compute them.
const WRONG_ENOUGH: u8 = 10;

impl Checksums {
    fn accept(&mut self, message: &[u8]) -> bool {
        if xor(message) == 0 {
            self.is_one_right = true;
            return true;
        }
        self.wrong_in_a_row = self.wrong_in_a_row.saturating_add(1);
        !self.is_one_right && WRONG_ENOUGH < self.wrong_in_a_row
    }
}

const STILL: u8 = 0xCE;
const MOVING: u8 = 0xCA;
const BUTTON: u8 = 0xAA;
const ANSWER: u8 = 0x0A;

pub(super) fn read(message: &[u8], checksums: &mut Checksums) -> Option<Packet> {
    if !matches!(message.len(), 7 | 10) || byte(message, 0)? != 0x03 {
        return None;
    }
    match byte(message, 1)? {
        ANSWER => Some(Packet::default().with_battery(byte(message, 4)?)),
        kind @ (STILL | MOVING) if checksums.accept(message) => {
            let tenths = i32::from(i16_be(message, 2)?);
            Some(Packet::of(Weight::tenths(tenths).still(kind == STILL)))
        }
        BUTTON if checksums.accept(message) => {
            Some(Packet { button: Some(button(byte(message, 2)?)), ..Packet::default() })
        }
        _ => None,
    }
}

fn button(number: u8) -> Button {
    match number {
        1 => Button::Tare,
        2 => Button::Timer,
        other => Button::Other(other),
    }
}
