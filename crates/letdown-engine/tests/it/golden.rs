//! The same settings give the same bytes here and in the browser; `web/test/same-bytes.test.ts` reads the same file.

use letdown_engine::inside::look;
use serde::Deserialize;

#[derive(Deserialize)]
struct Golden {
    looks: Vec<Look>,
}

#[derive(Deserialize)]
struct Look {
    settings: serde_json::Value,
    bytes: usize,
    fnv1a64: String,
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo).
fn fnv1a64(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

#[test]
fn a_look_inside_has_the_bytes_it_always_had() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/golden/inside.json");
    let golden: Golden = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    assert!(golden.looks.len() >= 3);
    for Look { settings, bytes, fnv1a64: known } in golden.looks {
        let text = serde_json::to_string(&look(&serde_json::from_value(settings.clone()).unwrap()).unwrap())
            .unwrap();
        assert_eq!((text.len(), fnv1a64(&text)), (bytes, known), "{settings}");
    }
}
