//! What is done with hostile bytes of scales, and what must hold whatever they are.
//!
//! The fuzzer and an ordinary test (`fuzz_seeds` of `letdown-trace`) share this file.

use crate::hear_anything::hear_anything;
use letdown_trace::{detect, files, flow::rhythm::Rhythm, found::Found, packed, taps, watch::detect_in};

/// One door that bytes of a scale come in by.
pub(crate) struct TraceTarget {
    /// As `cargo xtask fuzz` and the folder of its seeds name it.
    pub(crate) name: &'static str,
    /// Takes the bytes in, and panics when a promise of docs/traces.md is broken.
    pub(crate) check: fn(&[u8]),
}

/// All of them: what a scale sends, what an app wrote, what an entry keeps, what was tapped.
pub(crate) const TRACE_TARGETS: &[TraceTarget] = &[
    TraceTarget { name: "scale-bytes", check: hear_anything },
    TraceTarget { name: "scale-log", check: log },
    TraceTarget { name: "scale-milk", check: milk },
    TraceTarget { name: "scale-taps", check: tapped },
];

/// The first byte chooses the ending of the name, by which no format is ever known.
fn log(bytes: &[u8]) {
    let (choice, bytes) = bytes.split_first().map_or((0, bytes), |(first, rest)| (*first, rest));
    let name = if choice % 2 == 0 { "log.csv" } else { "log.json" };
    match files::read(name, bytes) {
        Ok(log) => is_sound(&detect(&log.readings)),
        Err(e) => assert!(!e.to_string().is_empty()),
    }
}

fn milk(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match packed::unpack(text) {
        Ok(series) => {
            assert_eq!(packed::pack(&series).expect("what was unpacked can be packed"), text);
            is_sound(&detect_in(&series, &Rhythm::default()));
        }
        Err(e) => assert!(!e.to_string().is_empty()),
    }
}

fn tapped(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(taps) = taps::read(text) else { return };
    assert_eq!(taps::read(&taps::write(&taps)).expect("what was written can be read"), taps);
    if let Ok(found) = taps::found(&taps) {
        is_sound(&found);
    }
}

/// Let-downs and phases follow each other, and nothing is infinite but a doubt.
fn is_sound(found: &Found) {
    assert!(found.total_ml.is_finite() && found.total_ml >= 0.0, "{found:?}");
    assert!(found.let_downs.windows(2).all(|pair| pair[0].onset_s <= pair[1].onset_s), "{found:?}");
    assert!(found.let_downs.iter().all(|l| l.volume_ml.is_finite() && l.onset_s.is_finite()), "{found:?}");
    assert!(found.phases.windows(2).all(|pair| pair[0].end_s <= pair[1].start_s + 1e-6), "{found:?}");
}
