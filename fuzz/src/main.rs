//! Hostile bytes for every importer: libFuzzer mutates, `LETDOWN_FUZZ_TARGET` names the target.
//!
//! `cargo xtask fuzz` builds and runs it; README.md tells how.

#![no_main]

mod mutate;
mod targets;

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use std::sync::LazyLock;
use targets::{TARGETS, Target};

static TARGET: LazyLock<&Target> = LazyLock::new(|| {
    let named = std::env::var("LETDOWN_FUZZ_TARGET").unwrap_or_default();
    let names = || TARGETS.iter().map(|target| target.name).collect::<Vec<_>>().join(", ");
    let found = TARGETS.iter().find(|target| target.name == named);
    found.unwrap_or_else(|| panic!("LETDOWN_FUZZ_TARGET is {named:?}; it may be {}", names()))
});

fuzz_target!(|bytes: &[u8]| (TARGET.check)(&TARGET, bytes));

fuzz_mutator!(|bytes: &mut [u8], len: usize, max_len: usize, seed: u32| {
    mutate::table(bytes, len, max_len, seed)
});
