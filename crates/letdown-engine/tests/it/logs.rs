//! Logs to ask questions of, and the twin of one of them.

use letdown_engine::{observed::Observed, scenario::Scenario, twin::Twin};
use letdown_journal::{
    author::Author,
    body::{Body, Nurse, Pump},
    entry::Entry,
    fold::Folded,
    moment::{self, Moment},
    volume::Output,
};
use std::sync::LazyLock;

pub(crate) fn at(text: &str) -> Moment {
    moment::parse(text, None).unwrap().at
}

/// Milk (mL).
pub(crate) fn ml(ml: f64) -> Output {
    Output::ml(ml).unwrap()
}

/// A pump session with a total.
pub(crate) fn pumped(start: &str, total_ml: f64) -> Body {
    Body::Pump(Pump { total: Some(ml(total_ml)), ..Pump::at(at(start)) })
}

/// A pump session of which only the start is known.
pub(crate) fn unmeasured(start: &str) -> Body {
    Body::Pump(Pump::at(at(start)))
}

pub(crate) fn nursed(start: &str) -> Body {
    Body::Nurse(Nurse::at(at(start)))
}

/// Ten bytes that no other number has.
pub(crate) fn ten(number: usize) -> [u8; 10] {
    let mut bytes = [0; 10];
    bytes[2..].copy_from_slice(&(number as u64).to_be_bytes());
    bytes
}

pub(crate) fn entries(bodies: &[Body]) -> Vec<Entry> {
    let mut author = Author::new("phone").unwrap();
    bodies.iter().enumerate().map(|(i, body)| author.put(body, 1_000, ten(i))).collect()
}

pub(crate) fn observed(bodies: &[Body], now: &str) -> Observed {
    Observed::at(&Folded::of(entries(bodies)), &at(now))
}

pub(crate) fn simulated(toml: &str, seed: u64) -> Vec<Body> {
    Scenario::read(toml).unwrap().log(seed).unwrap()
}

/// A log of totals across the end of summer time, quick to fit.
pub(crate) const AUTUMN: &str = r#"
    days = 20
    start = "2026-10-05"
    zone = "Europe/Berlin"
    mother = "median"
    per_side = false
    skip = 0
"#;

/// The evening before a day of 25 hours.
pub(crate) const EVE: &str = "2026-10-24T20:30:00+02:00[Europe/Berlin]";

/// [`AUTUMN`] as it is known on its eve, and its twin.
pub(crate) static HERS: LazyLock<(Observed, Twin)> = LazyLock::new(|| {
    let observed = observed(&simulated(AUTUMN, 3), EVE);
    let twin = Twin::quick(&observed, 1);
    assert_eq!(twin.state().state, "ready", "{:?}", twin.state());
    (observed, twin)
});
