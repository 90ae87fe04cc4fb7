//! What makes two rows the same: their meaning, not their bytes.
//!
//! The same session comes back in the next export, perhaps from a newer generation of the app, from a phone set to
//! another language, or with a note mended. So the digest is taken over kind, local start, lengths, volumes, sides, milk
//! and baby, each in one fixed spelling; never over the zone, the note, the app or the import.
//!
//! **It must not change**: journals hold these digests, and a new spelling would let every old row in once more.

use crate::{
    body::{Body, Bottle, Diaper, Milk, Nurse, Pump, Side, Weight},
    volume::{Intake, Output},
};
use jiff::civil::DateTime;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The digest of a row: 32 hex digits. `start` is the clock time as written.
pub(super) fn of(body: &Body, start: DateTime, baby: Option<&str>) -> String {
    let says = match body {
        Body::Pump(pump) => of_pump(pump),
        Body::Nurse(nurse) => of_nurse(nurse),
        Body::Bottle(bottle) => of_bottle(bottle),
        Body::Weight(Weight { weight_g, .. }) => format!("{weight_g:.1} g"),
        Body::Diaper(Diaper { wet, soiled, .. }) => format!("wet {wet} soiled {soiled}"),
    };
    hex(&format!("{}\n{}\n{says}\n{}", body.kind(), spelled(start), baby.unwrap_or_default()))
}

/// The digest of a row of a file that names no baby, once it is known whose it is.
pub(super) fn of_baby(digest: &str, baby: &str) -> String {
    hex(&format!("{digest}\n{baby}"))
}

/// The digest of a fact that comes back in our own format.
pub(super) fn of_root(root: &str) -> String {
    hex(&format!("root\n{root}"))
}

/// To the minute, or to the second when there are any: some exports drop `:00`.
fn spelled(start: DateTime) -> String {
    let (date, time) = (start.date(), start.time());
    let mut text = format!("{date}T{:02}:{:02}", time.hour(), time.minute());
    if time.second() != 0 {
        let _ = write!(text, ":{:02}", time.second());
    }
    text
}

/// The total length only counts where no side has one: older exports lack it, newer ones add the sides up.
fn of_pump(pump: &Pump) -> String {
    let sides = pump.left_minutes.is_some() || pump.right_minutes.is_some();
    format!(
        "left {} {} right {} {} both {} {}",
        min(pump.left_minutes),
        ml(pump.left.as_ref().map(Output::as_ml)),
        min(pump.right_minutes),
        ml(pump.right.as_ref().map(Output::as_ml)),
        min(pump.minutes.filter(|_| !sides)),
        ml(pump.output_ml()),
    )
}

fn of_nurse(nurse: &Nurse) -> String {
    let mut text = min(nurse.length_min());
    for stint in &nurse.stints {
        let side = match stint.side {
            Side::Left => "left",
            Side::Right => "right",
        };
        let _ = write!(text, " {side} {}", min(stint.minutes));
    }
    text
}

fn of_bottle(bottle: &Bottle) -> String {
    let milk = match &bottle.milk {
        Milk::Expressed => "expressed",
        Milk::Fortified => "fortified",
        Milk::Formula => "formula",
        Milk::Unknown => "unknown",
        Milk::Other(word) => word,
    };
    format!("{} {} {milk}", min(bottle.minutes), ml(bottle.intake.as_ref().map(Intake::as_ml)))
}

fn min(minutes: Option<f64>) -> String {
    minutes.map_or_else(|| "- min".to_owned(), |m| format!("{m:.1} min"))
}

fn ml(ml: Option<f64>) -> String {
    ml.map_or_else(|| "- ml".to_owned(), |ml| format!("{ml:.1} ml"))
}

fn hex(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(16).fold(String::with_capacity(32), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
