//! Hostile bytes for everything that reads: libFuzzer mutates, `LETDOWN_FUZZ_TARGET` names the target.
//!
//! `cargo xtask fuzz` builds and runs it; README.md tells how.

#![no_main]

#[path = "../../crates/letdown-trace/tests/it/scales/hear_anything.rs"]
mod hear_anything;
mod mutate;
mod targets;
mod traces;

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use std::sync::LazyLock;
use targets::{TARGETS, Target};
use traces::{TRACE_TARGETS, TraceTarget};

enum Chosen {
    Journal(&'static Target),
    Trace(&'static TraceTarget),
}

static CHOSEN: LazyLock<Chosen> = LazyLock::new(|| {
    let named = std::env::var("LETDOWN_FUZZ_TARGET").unwrap_or_default();
    let journal = TARGETS.iter().find(|target| target.name == named).map(Chosen::Journal);
    let trace = || TRACE_TARGETS.iter().find(|target| target.name == named).map(Chosen::Trace);
    let names = || TARGETS.iter().map(|t| t.name).chain(TRACE_TARGETS.iter().map(|t| t.name));
    journal.or_else(trace).unwrap_or_else(|| {
        panic!("LETDOWN_FUZZ_TARGET is {named:?}; it may be {}", names().collect::<Vec<_>>().join(", "))
    })
});

fuzz_target!(|bytes: &[u8]| match &*CHOSEN {
    Chosen::Journal(target) => (target.check)(target, bytes),
    Chosen::Trace(target) => (target.check)(bytes),
});

fuzz_mutator!(|bytes: &mut [u8], len: usize, max_len: usize, seed: u32| {
    match &*CHOSEN {
        // Bytes of a scale and packed milk have no rows to cross.
        Chosen::Trace(target) if target.name != "scale-log" => {
            libfuzzer_sys::fuzzer_mutate(bytes, len, max_len)
        }
        Chosen::Journal(_) | Chosen::Trace(_) => mutate::table(bytes, len, max_len, seed),
    }
});
