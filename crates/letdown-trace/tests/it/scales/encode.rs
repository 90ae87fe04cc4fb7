//! Scales written the other way round: what one of each kind would send. Shares no code with the decoders.

use letdown_trace::scales::{Kind, Unit};

/// What a scale is to say.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said {
    /// In steps of the kind: tenths, hundredths or thousandths of the unit.
    pub(super) count: i32,
    pub(super) unit: Unit,
    pub(super) is_still: bool,
    pub(super) battery_percent: u8,
}

impl Said {
    pub(super) fn tenths(count: i32) -> Self {
        Self { count, unit: Unit::Gram, is_still: true, battery_percent: 50 }
    }
}

/// How many steps make one unit, and the lowest and highest count that a kind can say.
pub(super) fn range(kind: Kind, unit: Unit) -> (f64, i32, i32) {
    match kind {
        Kind::AcaiaClassic
        | Kind::Acaia
        | Kind::AcaiaUmbra
        | Kind::Eureka
        | Kind::Futula
        | Kind::SmartChef => (10.0, -65_535, 65_535),
        Kind::Felicita => (100.0, -999_999, 999_999),
        Kind::Decent | Kind::Skale => (10.0, -32_768, 32_767),
        Kind::Bookoo => (100.0, -0xFF_FFFF, 0xFF_FFFF),
        Kind::Varia => (100.0, -0xF_FFFF, 0xF_FFFF),
        Kind::DiFluid | Kind::Timemore => (10.0, i32::MIN, i32::MAX),
        Kind::Jimmy if unit == Unit::Ounce => (1000.0, -65_536, 65_535),
        Kind::Jimmy => (10.0, -65_536, 65_535),
        Kind::Blackcoffee => (1000.0, -0xFFF_FFFF, 0xFFF_FFFF),
        // Whole numbers of an f32 are exact so far.
        Kind::WeighMyBru => (1.0, -100_000, 100_000),
        Kind::WeightService if unit == Unit::Pound => (100.0, 0, 65_534),
        Kind::WeightService => (200.0, 0, 65_534),
    }
}

/// The units that a kind can say in its packet.
pub(super) fn units(kind: Kind) -> &'static [Unit] {
    match kind {
        Kind::Felicita | Kind::Jimmy => &[Unit::Gram, Unit::Ounce],
        Kind::WeightService => &[Unit::Kilogram, Unit::Pound],
        _ => &[Unit::Gram],
    }
}

/// The packet, or `None` where the kind cannot say it.
pub(super) fn packet(kind: Kind, said: Said) -> Option<Vec<u8>> {
    let Said { count, unit, is_still, battery_percent } = said;
    let (_, lowest, highest) = range(kind, unit);
    if !(lowest..=highest).contains(&count) {
        return None;
    }
    let size = count.unsigned_abs();
    let [_, s2, s1, s0] = size.to_be_bytes();
    let below = |yes: u8| if count < 0 { yes } else { 0 };
    let sign = if count < 0 { b'-' } else { b'+' };
    Some(match kind {
        Kind::AcaiaClassic | Kind::Acaia => acaia_frame(12, &[5, s0, s1, 0, 0, 1, below(2), 7, 0, 1, 2]),
        Kind::AcaiaUmbra => acaia_frame(12, &[5, 0, 0, s1, s0, 1, below(2)]),
        Kind::Felicita => {
            let unit = if unit == Unit::Ounce { "oz" } else { " g" };
            let level = 129 + (u32::from(battery_percent) * 29 / 100) as u8;
            let mut packet = vec![1, 2, sign];
            packet.extend(format!("{size:06}{unit}SO0\"").bytes());
            packet.extend([level, 13, 10]);
            packet
        }
        Kind::Decent => {
            let [high, low] = (count as i16).to_be_bytes();
            let kind = if is_still { 0xCE } else { 0xCA };
            with_xor(vec![3, kind, high, low, 0, 12, 7, 0, 0])
        }
        Kind::Bookoo => {
            let head = [3, 0x0B, 0, 0, 0, 2, sign, s2, s1, s0];
            with_xor([&head[..], &[b'+', 0, 9, battery_percent, 0, 30, 1, 0, 0]].concat())
        }
        Kind::Eureka => vec![0xAA, 9, 0x41, 0, 0, 0, below(1), s0, s1, 0, 0],
        Kind::Futula => vec![0xCF, 1, 2, s0, s1, below(1), 4, 5, 6],
        Kind::Skale => vec![0, count.to_le_bytes()[0], count.to_le_bytes()[1], 0, 0],
        Kind::Varia => {
            let data = with_xor(vec![1, 3, s2 | below(0x10), s1, s0]);
            [&[0xFA][..], &data].concat()
        }
        Kind::DiFluid => {
            let mut packet = vec![0xDF, 0xDF, 3, 0, 13];
            packet.extend(count.to_be_bytes());
            packet.extend([0; 9]);
            let sum = packet.iter().map(|b| u32::from(*b)).sum::<u32>();
            packet.push((sum % 256) as u8);
            packet
        }
        Kind::Jimmy => {
            let [low, middle, high, _] = count.to_le_bytes();
            vec![if unit == Unit::Ounce { 9 } else { 1 }, 0, 0, 0, low, middle, high]
        }
        Kind::Timemore => [&[0x10, 1, 2, 3, 4][..], &count.to_le_bytes()].concat(),
        Kind::SmartChef => vec![0, 0, 0, below(11), 0, s1, s0, 0, 0],
        Kind::Blackcoffee => {
            let state = below(0x80) | u8::from(is_still);
            let [s3, ..] = size.to_be_bytes();
            [&[0, 0, state, 0xA0 | s3, s2, s1, s0][..], &[0; 8]].concat()
        }
        Kind::WeighMyBru => (count as f32).to_le_bytes().to_vec(),
        Kind::WeightService => vec![u8::from(unit == Unit::Pound) | 4, s0, s1, 0xFF],
    })
}

/// A frame of this kind around these records.
pub(super) fn acaia_frame(kind: u8, records: &[u8]) -> Vec<u8> {
    let mut body = vec![records.len() as u8 + 1];
    body.extend(records);
    let (mut even, mut odd) = (0_u32, 0_u32);
    for (place, byte) in body.iter().enumerate() {
        if place % 2 == 0 { even += u32::from(*byte) } else { odd += u32::from(*byte) }
    }
    let mut frame = vec![0xEF, 0xDD, kind];
    frame.append(&mut body);
    frame.extend([(even % 256) as u8, (odd % 256) as u8]);
    frame
}

fn with_xor(mut packet: Vec<u8>) -> Vec<u8> {
    let mut sum = 0;
    for byte in &packet {
        sum ^= byte;
    }
    packet.push(sum);
    packet
}
