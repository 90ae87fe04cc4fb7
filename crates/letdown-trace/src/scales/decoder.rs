//! From bytes to what was heard.

use super::{
    acaia,
    acaia_frames::Frames,
    blackcoffee, bookoo, decent, difluid, eureka, felicita, futula,
    heard::{Heard, Unit},
    jimmy,
    kind::Kind,
    packet::Packet,
    skale, smartchef, timemore,
    uuid::Uuid,
    varia, weigh_my_bru, weight_service,
};
use crate::reading::Reading;

/// The battery level of the standard battery service, which a scale may offer beside its own.
const BATTERY_LEVEL: Uuid = Uuid::short(0x2A19);

/// Reads what a scale sends.
///
/// It holds at most one unfinished frame, in itself and not on the heap. Bytes that make no sense are passed over and
/// counted; what comes behind them is read.
#[derive(Clone, Copy, Debug)]
pub struct Decoder {
    kind: Kind,
    /// Acaia alone cuts its frames over several notifications.
    frames: Frames,
    checksums: decent::Checksums,
    unit: Option<Unit>,
    battery_percent: Option<u8>,
    timer_s: Option<f64>,
    passed_over: u64,
}

impl Decoder {
    /// For a scale of this kind that was just connected to.
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            frames: Frames::default(),
            checksums: decent::Checksums::default(),
            unit: None,
            battery_percent: None,
            timer_s: None,
            passed_over: 0,
        }
    }

    /// Reads one notification of the characteristic `from` that came at `t_s`, and hands over what it says.
    ///
    /// A reading bears the time at which its last byte came.
    pub fn hear(&mut self, from: Uuid, bytes: &[u8], t_s: f64, tell: &mut impl FnMut(Heard)) {
        if from == BATTERY_LEVEL {
            let level = bytes.first().map(|percent| Packet::default().with_battery(*percent));
            self.tell_or_pass_over(level, bytes, t_s, tell);
        } else if from != self.kind.sheet().notify {
            self.pass_over(bytes);
        } else if acaia::is_acaia(self.kind) {
            self.hear_frames(bytes, t_s, tell);
        } else {
            let packet = self.read(bytes);
            self.tell_or_pass_over(packet, bytes, t_s, tell);
        }
    }

    /// How many bytes made no sense so far.
    pub fn passed_over(&self) -> u64 {
        self.passed_over
    }

    /// A kind that says all in one packet.
    fn read(&mut self, bytes: &[u8]) -> Option<Packet> {
        match self.kind {
            // These were heard in frames.
            Kind::AcaiaClassic | Kind::Acaia | Kind::AcaiaUmbra => None,
            Kind::Felicita => felicita::read(bytes),
            Kind::Decent => decent::read(bytes, &mut self.checksums),
            Kind::Bookoo => bookoo::read(bytes),
            Kind::Eureka => eureka::read(bytes),
            Kind::Futula => futula::read(bytes),
            Kind::Skale => skale::read(bytes),
            Kind::Varia => varia::read(bytes),
            Kind::DiFluid => difluid::read(bytes),
            Kind::Jimmy => jimmy::read(bytes),
            Kind::Timemore => timemore::read(bytes),
            Kind::SmartChef => smartchef::read(bytes),
            Kind::Blackcoffee => blackcoffee::read(bytes),
            Kind::WeighMyBru => weigh_my_bru::read(bytes),
            Kind::WeightService => weight_service::read(bytes),
        }
    }

    fn hear_frames(&mut self, bytes: &[u8], t_s: f64, tell: &mut impl FnMut(Heard)) {
        for byte in bytes {
            self.frames.push(*byte, t_s);
            while let Some(frame) = self.frames.take() {
                let unit = self.unit.unwrap_or(Unit::Gram);
                let packet = acaia::read(frame.bytes(), unit, self.kind);
                self.tell_or_pass_over(packet, frame.bytes(), frame.t_s, tell);
            }
            self.passed_over += self.frames.take_passed_over();
        }
    }

    fn tell_or_pass_over(
        &mut self,
        packet: Option<Packet>,
        bytes: &[u8],
        t_s: f64,
        tell: &mut impl FnMut(Heard),
    ) {
        match packet {
            Some(packet) => self.tell(packet, t_s, tell),
            None => self.pass_over(bytes),
        }
    }

    fn pass_over(&mut self, bytes: &[u8]) {
        self.passed_over += bytes.len() as u64;
    }

    /// Says of a packet what is news, and its reading.
    fn tell(&mut self, packet: Packet, t_s: f64, tell: &mut impl FnMut(Heard)) {
        if let Some(unit) = news(&mut self.unit, packet.unit) {
            tell(Heard::Unit(unit));
        }
        if let Some(percent) = news(&mut self.battery_percent, packet.battery_percent) {
            tell(Heard::Battery(percent));
        }
        if let Some(button) = packet.button {
            tell(Heard::Button(button));
        }
        if packet.is_tared {
            tell(Heard::Tared);
        }
        if let Some(shown_s) = news(&mut self.timer_s, packet.timer_s) {
            tell(Heard::Timer(shown_s));
        }
        if let Some(weight) = packet.weight {
            let reading = Reading::new(t_s, weight.mass_g);
            tell(Heard::Mass { reading, still: weight.is_still, step_g: weight.step_g });
        }
    }
}

/// What was said now, if it is not what was said before.
fn news<T: Copy + PartialEq>(known: &mut Option<T>, said: Option<T>) -> Option<T> {
    let new = said.filter(|said| *known != Some(*said))?;
    *known = Some(new);
    Some(new)
}
