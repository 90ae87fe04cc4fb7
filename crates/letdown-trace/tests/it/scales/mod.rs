//! What scales send, and what is made of it. No packet here was recorded: all are laid out by hand after `docs/scales.md`.

mod encode;
mod framing;
mod golden;
pub(crate) mod hear_anything;
mod hostile;
mod recognise;
mod round_trip;
mod sheets;

use letdown_trace::scales::{Decoder, Heard, Kind};

/// What is heard of a scale that sends these packets, a tenth of a second apart.
fn heard(kind: Kind, packets: &[&[u8]]) -> Vec<Heard> {
    let mut decoder = Decoder::new(kind);
    let mut heard = Vec::new();
    for (nth, packet) in packets.iter().enumerate() {
        decoder.hear(kind.sheet().notify, packet, nth as f64 / 10.0, &mut |one| heard.push(one));
    }
    heard
}

/// The masses among them (g).
fn masses_g(heard: &[Heard]) -> Vec<f64> {
    let mass_g = |one: &Heard| match one {
        Heard::Mass { reading, .. } => Some(reading.mass_g),
        _ => None,
    };
    heard.iter().filter_map(mass_g).collect()
}

/// The bytes of a text of hexadecimal digits; blanks do not count.
fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u32> =
        text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_digit(16).unwrap()).collect();
    assert_eq!(digits.len() % 2, 0, "{text}");
    digits.chunks(2).map(|pair| u8::try_from(pair[0] * 16 + pair[1]).unwrap()).collect()
}
