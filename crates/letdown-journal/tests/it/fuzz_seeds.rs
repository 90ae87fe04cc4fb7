//! What the fuzzer has found is read again with every run of the tests.

use std::{fs, path::PathBuf};
use targets::TARGETS;

#[path = "../../../../fuzz/src/targets.rs"]
#[expect(clippy::expect_used, reason = "a promise that is broken ends the run")]
mod targets;

/// Seeds of one target stay few and small.
const MOST: usize = 45;
const MOST_BYTES: usize = 4_096;

fn fuzz() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "..", "..", "fuzz"].iter().collect()
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test reads its files itself")]
fn every_seed_of_every_target_keeps_the_promises() {
    for target in TARGETS {
        let folder = fuzz().join("seeds").join(target.name);
        let seeds: Vec<_> = fs::read_dir(&folder).unwrap().map(|seed| seed.unwrap().path()).collect();
        assert!((2..=MOST).contains(&seeds.len()), "{}: {} seeds", target.name, seeds.len());
        for seed in seeds {
            let bytes = fs::read(&seed).unwrap();
            assert!(bytes.len() <= MOST_BYTES, "{}", seed.display());
            let held = std::panic::catch_unwind(|| (target.check)(target, &bytes));
            assert!(held.is_ok(), "{}: {}", target.name, seed.display());
        }
    }
}

#[test]
fn every_target_has_its_words_and_every_folder_its_target() {
    for target in TARGETS {
        let words = fuzz().join("dictionaries").join(format!("{}.dict", target.name));
        assert!(words.is_file(), "{}", words.display());
    }
    let known = |name: &str| TARGETS.iter().any(|target| target.name == name);
    for folder in fs::read_dir(fuzz().join("seeds")).unwrap() {
        let name = folder.unwrap().file_name().into_string().unwrap();
        // Those of scales are replayed by the crate that hears them.
        assert!(known(&name) || name.starts_with("scale-"), "no target is called {name}");
    }
}

#[test]
fn every_format_is_a_target() {
    for format in letdown_journal::import::FormatName::all() {
        assert!(TARGETS.iter().any(|target| target.name == format.as_str()), "{format}");
    }
}
