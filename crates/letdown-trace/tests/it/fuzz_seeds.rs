//! What the fuzzer has found in traces is read again with every run of the tests.

use std::{fs::File, io::Read as _, path::PathBuf};
use traces::TRACE_TARGETS;

#[path = "../../../../fuzz/src/traces.rs"]
#[expect(clippy::expect_used, reason = "a promise that is broken ends the run")]
mod traces;

const MOST: usize = 45;
const MOST_BYTES: u64 = 4_096;

#[test]
fn every_seed_of_every_target_keeps_the_promises() {
    let fuzz: PathBuf = [env!("CARGO_MANIFEST_DIR"), "..", "..", "fuzz"].iter().collect();
    for target in TRACE_TARGETS {
        assert!(fuzz.join("dictionaries").join(format!("{}.dict", target.name)).is_file(), "{}", target.name);
        let folder = std::fs::read_dir(fuzz.join("seeds").join(target.name)).unwrap();
        let seeds: Vec<_> = folder.map(|seed| seed.unwrap().path()).collect();
        assert!((2..=MOST).contains(&seeds.len()), "{}: {} seeds", target.name, seeds.len());
        for seed in seeds {
            let mut bytes = Vec::new();
            File::open(&seed).unwrap().take(MOST_BYTES + 1).read_to_end(&mut bytes).unwrap();
            assert!(bytes.len() as u64 <= MOST_BYTES, "{}", seed.display());
            let held = std::panic::catch_unwind(|| (target.check)(&bytes));
            assert!(held.is_ok(), "{}: {}", target.name, seed.display());
        }
    }
}
