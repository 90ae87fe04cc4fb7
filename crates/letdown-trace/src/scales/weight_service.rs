//! The Weight Scale Service of the Bluetooth SIG (181D), characteristic Weight Measurement (2A9D).
//!
//! Flags, then the weight at 1..3, low byte first. Flag bit 0: pounds, else kilograms. A step is 0.005 kg or 0.01 lb. Behind
//! it, as flagged, the date, the user, body mass index and height, which are not read. FFFF: it was not weighed.
//!
//! One settled value per weighing, never below zero, no tare: it serves to weigh a baby before and after a feed, not to see
//! milk come. Some makers count finer steps, or invent bit 4 for "below zero" with a weight of 0; that one is passed over.

use super::{
    fields::{byte, u16_le},
    heard::Unit,
    kind::Kind,
    packet::{Packet, Weight},
    sheet::{Delivery, Name, Sheet},
    uuid::Uuid,
};

pub(super) const SHEET: Sheet = Sheet {
    names: &[Name::Holds("uc-352ble")],
    service: Uuid::short(0x181D),
    notify: Uuid::short(0x2A9D),
    delivery: Delivery::Indication,
    step_g: 5.0,
    is_stream: false,
    ..Sheet::new(Kind::WeightService, "weight-service", "bathroom or baby scale of the standard service")
};

const IN_POUNDS: u8 = 0x01;
const BELOW_ZERO: u8 = 0x10;
const NOT_WEIGHED: u16 = 0xFFFF;

pub(super) fn read(packet: &[u8]) -> Option<Packet> {
    let flags = byte(packet, 0)?;
    let steps = u16_le(packet, 1).filter(|steps| *steps != NOT_WEIGHED && flags & BELOW_ZERO == 0)?;
    let (unit, per_unit) = if flags & IN_POUNDS == 0 { (Unit::Kilogram, 200) } else { (Unit::Pound, 100) };
    let weight = Weight::counted(i32::from(steps), per_unit, unit).still(true);
    Some(Packet { unit: Some(unit), ..Packet::of(weight) })
}
