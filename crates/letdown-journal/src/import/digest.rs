//! What makes two rows the same: their meaning, not their bytes.
//!
//! The same session comes back in the next export, perhaps from a newer generation of the app, from a phone set to
//! another language, or with a note mended. So the digest is taken over kind, local start, lengths, volumes, sides, milk
//! and baby, each in one fixed spelling; never over the zone, the note, the app or the import.
//!
//! **It must not change**: journals hold these digests, and a new spelling would let every old row in once more.

use crate::{
    body::{Body, Bottle, Diaper, Extra, Hand, Nurse, Pump, Side, Weight},
    volume::{Intake, Output},
};
use jiff::civil::DateTime;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The digest of a row: 32 hex digits. `start` is the clock time as written.
pub(super) fn of(body: &Body, start: DateTime, baby: Option<&str>) -> String {
    let says = match body {
        Body::Pump(pump) => of_pump(pump),
        Body::Hand(hand) => of_hand(hand),
        Body::Nurse(nurse) => of_nurse(nurse),
        Body::Bottle(bottle) => of_bottle(bottle),
        Body::Weight(Weight { weight_g, .. }) => format!("{weight_g:.1} g"),
        Body::Diaper(Diaper { wet, soiled, .. }) => format!("wet {wet} soiled {soiled}"),
        other => of_any(other),
    };
    hex(&format!("{}\n{}\n{says}\n{}", body.kind(), spelled(start), baby.unwrap_or_default()))
}

/// The digest of a row of a file that names no baby, once it is known whose it is.
pub(super) fn of_baby(digest: &str, baby: &str) -> String {
    hex(&format!("{digest}\n{baby}"))
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

fn of_hand(hand: &Hand) -> String {
    let [left, right] = [&hand.left, &hand.right].map(|side| ml(side.as_ref().map(Output::as_ml)));
    format!("left {left} right {right} both {} {}", min(hand.minutes), ml(hand.output_ml()))
}

/// Only what the first version knew of a nursing counts: pauses, weights before and after and amounts came later.
fn of_nurse(nurse: &Nurse) -> String {
    let known: Vec<f64> = nurse.stints.iter().filter_map(|stint| stint.minutes).collect();
    let sum = (!known.is_empty()).then(|| known.iter().sum());
    let mut text = min(nurse.minutes.or(sum));
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
    let milk = bottle.milk.as_str();
    format!("{} {} {milk}", min(bottle.minutes), ml(bottle.intake.as_ref().map(Intake::as_ml)))
}

/// What it says in the order of its fields' names, without what digests are never taken over.
fn of_any(body: &Body) -> String {
    let mut fields: Extra = serde_json::from_str(&body.write()).unwrap_or_default();
    for apart in ["start", "note", "source", "baby"] {
        fields.remove(apart);
    }
    serde_json::Value::Object(fields).to_string()
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot set itself up should stop")]

    use super::of;
    use crate::body::Body;

    /// Taken from the first version that wrote digests. A journal on somebody's disk holds such.
    const KNOWN: [(&str, &str, &str, Option<&str>); 9] = [
        (
            "pump",
            r#""minutes":18,"left_ml":60,"right_ml":75.5,"techniques":["massage"]"#,
            "de1adaa2ef249fd239abda9da90c8c22",
            None,
        ),
        (
            "pump",
            r#""left_minutes":9,"right_minutes":12.25,"minutes":21,"total_ml":130,"total_typed":"4.4 oz""#,
            "41704f6b40851e622ae76719736511b9",
            None,
        ),
        ("pump", "", "7c47e91609f9867a002e0ca3d42c34dd", Some("Mila")),
        (
            "nurse",
            r#""stints":[{"side":"left","minutes":7},{"side":"right"}],"baby":"Mila""#,
            "97ae992fdb6837ea73df45bd84b111df",
            Some("Mila"),
        ),
        ("nurse", r#""minutes":20"#, "e667992c7088c870984adde5def148ac", None),
        (
            "bottle",
            r#""intake_ml":47.3176,"milk":"unknown""#,
            "36921b9caa4617646ea8b4a88080693b",
            Some("Mila"),
        ),
        ("bottle", r#""minutes":5,"milk":"donated""#, "0410937df06f07582dd1d312b2c2ef63", None),
        (
            "weight",
            r#""weight_g":4120,"weight_typed":"4.12 kg""#,
            "cf3da097953d14b6857870bae70482f1",
            Some("child 1"),
        ),
        ("diaper", r#""wet":true,"soiled":false"#, "7206855397e50a16c6351acd19be0f53", None),
    ];

    #[test]
    fn digests_are_those_that_journals_hold() {
        for (kind, fields, known, baby) in KNOWN {
            let comma = if fields.is_empty() { "" } else { "," };
            let json = format!(r#"{{"start":"2025-08-19T16:38:00-04:00[America/New_York]"{comma}{fields}}}"#);
            let body = Body::read(kind, &json).unwrap().unwrap();
            assert_eq!(of(&body, body.start().datetime(), baby), known, "{kind} {fields}");
        }
    }

    #[test]
    fn what_later_versions_learned_of_a_nursing_does_not_count() {
        let digest = |fields: &str| {
            let json = format!(r#"{{"start":"2025-08-19T16:38:00-04:00[America/New_York]",{fields}}}"#);
            let body = Body::read("nurse", &json).unwrap().unwrap();
            of(&body, body.start().datetime(), None)
        };
        let old = r#""stints":[{"side":"left","minutes":7},{"side":"right","minutes":4"#;
        let new = format!(
            r#"{old},"pause_before_min":3}}],"weighed":{{"before_g":4000,"after_g":4100}},"intake_ml":97,"felt":["ache"]"#
        );
        assert_eq!(digest(&format!("{old}}}]")), digest(&new));
        assert_ne!(digest(&format!("{old}}}]")), digest(&new.replace("7}", "8}")));
    }
}
