//! Numbers out of bytes. A packet that is too short for the asked number has none.

pub(super) fn byte(packet: &[u8], at: usize) -> Option<u8> {
    packet.get(at).copied()
}

pub(super) fn u16_le(packet: &[u8], at: usize) -> Option<u16> {
    array(packet, at).map(u16::from_le_bytes)
}

pub(super) fn u16_be(packet: &[u8], at: usize) -> Option<u16> {
    array(packet, at).map(u16::from_be_bytes)
}

pub(super) fn i16_le(packet: &[u8], at: usize) -> Option<i16> {
    array(packet, at).map(i16::from_le_bytes)
}

pub(super) fn i16_be(packet: &[u8], at: usize) -> Option<i16> {
    array(packet, at).map(i16::from_be_bytes)
}

pub(super) fn u24_be(packet: &[u8], at: usize) -> Option<i32> {
    let [high, middle, low] = array(packet, at)?;
    Some(i32::from(high) << 16 | i32::from(middle) << 8 | i32::from(low))
}

pub(super) fn i32_le(packet: &[u8], at: usize) -> Option<i32> {
    array(packet, at).map(i32::from_le_bytes)
}

pub(super) fn i32_be(packet: &[u8], at: usize) -> Option<i32> {
    array(packet, at).map(i32::from_be_bytes)
}

pub(super) fn f32_le(packet: &[u8], at: usize) -> Option<f32> {
    array(packet, at).map(f32::from_le_bytes)
}

/// `count` with a minus where the packet says so.
pub(super) fn signed(count: i32, is_negative: bool) -> i32 {
    if is_negative { -count } else { count }
}

pub(super) fn xor(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum ^ byte)
}

pub(super) fn sum(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum.wrapping_add(*byte))
}

fn array<const N: usize>(packet: &[u8], at: usize) -> Option<[u8; N]> {
    packet.get(at..)?.first_chunk().copied()
}
