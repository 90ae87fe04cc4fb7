//! What must hold whatever bytes come. It stands alone, so that a fuzzer can take it in.

use letdown_trace::scales::{Decoder, Heard, Kind, Uuid};

/// Lets a decoder hear `data`: the first byte chooses the kind; then a byte with a length, and so many bytes, make a
/// notification, until there are no more. A length of 250 or more stands for the battery's characteristic.
///
/// Panics when a promise of the decoder does not hold. Made to be called by a fuzzer too.
#[allow(unreachable_pub, reason = "a fuzzer takes this file in and calls it")]
pub fn hear_anything(data: &[u8]) {
    let Some((choice, mut rest)) = data.split_first() else { return };
    let kind = Kind::ALL[usize::from(*choice) % Kind::ALL.len()];
    let mut decoder = Decoder::new(kind);
    let mut heard_bytes = 0;
    let mut t_s = 0.0;
    while let Some((length, behind)) = rest.split_first() {
        let from = if *length < 250 { kind.sheet().notify } else { Uuid::short(0x2A19) };
        let (notification, behind) = behind.split_at(usize::from(*length).min(behind.len()));
        let mut masses = 0;
        decoder.hear(from, notification, t_s, &mut |heard| {
            check(heard, t_s);
            masses += usize::from(matches!(heard, Heard::Mass { .. }));
        });
        heard_bytes += notification.len() as u64;
        assert!(masses <= 1 + notification.len() / 13, "{masses} weights in {} bytes", notification.len());
        assert!(decoder.passed_over() <= heard_bytes);
        (rest, t_s) = (behind, t_s + 0.1);
    }
}

/// What must hold of anything that is heard.
fn check(heard: Heard, now_s: f64) {
    match heard {
        Heard::Mass { reading, step_g, .. } => {
            assert!(reading.mass_g.is_finite(), "{reading:?}");
            assert!(reading.mass_g.abs() < 1e9, "{reading:?}");
            assert!(0.0 < step_g && step_g <= 5.0, "a step of {step_g} g");
            assert!(0.0 <= reading.t_s && reading.t_s <= now_s, "{reading:?} at {now_s}");
        }
        Heard::Battery(percent) => assert!(percent <= 100),
        Heard::Timer(shown_s) => assert!((0.0..1e6).contains(&shown_s)),
        Heard::Unit(_) | Heard::Tared | Heard::Button(_) => {}
    }
}
