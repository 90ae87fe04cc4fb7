//! What was found, in words. Times are counted from the first reading.

use crate::say;
use letdown_trace::{
    files::Log,
    found::{Doubt, DoubtKind, Found, LET_DOWN_ML, Phase, PhaseKind},
};
use std::fmt::Write as _;

/// The answer of `letdown detect`.
pub fn of(log: &Log, found: &Found, sides_ml: Option<[f64; 2]>) -> String {
    let first_s = log.readings.iter().map(|r| r.t_s).fold(f64::INFINITY, f64::min);
    let last_s = log.readings.iter().map(|r| r.t_s).fold(first_s, f64::max);
    let mut out = headline(found, last_s - first_s);
    if let Some([left, right]) = sides_ml {
        let _ = writeln!(out, "Left {left:.0} mL, right {right:.0} mL; both together below.");
    }
    let_downs(&mut out, found, first_s);
    marks(&mut out, found, first_s);
    phases(&mut out, &found.phases, first_s);
    doubts(&mut out, &found.doubts, first_s);
    out.push_str(
        "\nA scale sees what reaches the bottle. What you feel may come before it, or without it.\n",
    );
    out
}

fn headline(found: &Found, all_s: f64) -> String {
    let total = say::exact_ml(found.total_ml);
    let let_downs = match found.let_downs.len() {
        0 => "no let-down that the scale could see".to_owned(),
        1 => "in 1 let-down".to_owned(),
        count => format!("in {count} let-downs"),
    };
    format!("{total} in {}, {let_downs}\n", length(all_s))
}

fn let_downs(out: &mut String, found: &Found, first_s: f64) {
    if found.let_downs.is_empty() {
        let _ =
            writeln!(out, "A let-down that brings less than {LET_DOWN_ML:.0} mL cannot be told from a drip.");
        return;
    }
    out.push_str("\n        begins at    lasts        brings             strongest        sure\n");
    for (k, l) in found.let_downs.iter().enumerate() {
        let volume = format!("{:.1} mL ± {:.1} mL", l.volume_ml, l.volume_off_ml());
        let _ = writeln!(
            out,
            "  {:>4}  {:<11}  {:<11}  {volume:<17}  {:<15}  {:.0} %",
            ordinal(k + 1),
            length(l.onset_s - first_s),
            length(l.end_s - l.onset_s),
            format!("{:.0} mL a minute", l.peak_ml_per_min),
            // Nothing that a scale shows is certain.
            (100.0 * l.confidence).clamp(1.0, 99.0)
        );
    }
}

fn marks(out: &mut String, found: &Found, first_s: f64) {
    let Some(came_s) = found.first_s else { return };
    let _ = writeln!(out, "\nMilk first came after {}.", length(came_s - first_s));
    let Some(slowed_s) = found.slowed_s else {
        out.push_str("Flow had not slowed by the end.\n");
        return;
    };
    let again = found.let_downs.iter().any(|let_down| let_down.onset_s > slowed_s);
    let _ = writeln!(
        out,
        "Flow had slowed after {}: under 3 mL a minute for two minutes{}.",
        length(slowed_s - first_s),
        if again { ". Milk came again after that" } else { "" }
    );
}

fn phases(out: &mut String, phases: &[Phase], first_s: f64) {
    if phases.is_empty() {
        return;
    }
    out.push_str("\nPhases\n");
    for phase in phases {
        let (from, to) = (length(phase.start_s - first_s), length(phase.end_s - first_s));
        let _ = writeln!(out, "  {from:>11} to {to:<11}  {}", phase_words(phase.kind));
    }
}

fn phase_words(kind: PhaseKind) -> &'static str {
    match kind {
        PhaseKind::BeforeFirst => "before milk came",
        PhaseKind::LetDown => "let-down",
        PhaseKind::Between => "between let-downs",
        PhaseKind::Slowed => "flow has slowed",
        PhaseKind::PastFlow => "hardly a drop",
        PhaseKind::Massage => "massage",
        PhaseKind::Pause => "pause",
        PhaseKind::Ended => "ended",
    }
}

fn doubts(out: &mut String, doubts: &[Doubt], first_s: f64) {
    if doubts.is_empty() {
        return;
    }
    out.push_str("\nNot milk, and left out of it\n");
    for doubt in doubts {
        let at = length(doubt.start_s - first_s);
        let _ = writeln!(out, "  at {at:<11}  {}", doubt_words(doubt));
    }
}

fn doubt_words(doubt: &Doubt) -> String {
    let lasted = length(doubt.end_s - doubt.start_s);
    let moved = format!("{:+.1} g", doubt.offset_g);
    match doubt.kind {
        DoubtKind::Bump => format!("something touched the scale for {lasted}"),
        DoubtKind::Offset => format!("the display moved by {moved} at once"),
        DoubtKind::Tare => format!("the scale was set to zero ({moved})"),
        DoubtKind::Lift => format!("the bottle was away for {lasted}"),
        DoubtKind::Swap => format!("another bottle came ({moved})"),
        DoubtKind::Hole => format!("the scale was silent for {lasted}"),
    }
}

/// "1st", "2nd", "11th".
fn ordinal(n: usize) -> String {
    let ending = match (n % 100, n % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

/// "0 s", "45 s", "3 min 5 s", "20 min".
fn length(s: f64) -> String {
    let s = s.max(0.0).round() as u64;
    match (s / 60, s % 60) {
        (0, s) => format!("{s} s"),
        (min, 0) => format!("{min} min"),
        (min, s) => format!("{min} min {s} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::{length, ordinal};

    #[test]
    fn places_are_said_in_order() {
        assert_eq!(
            [1, 2, 3, 4, 11, 12, 13, 21, 102].map(ordinal),
            ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd"]
        );
    }

    #[test]
    fn lengths_are_said_in_minutes_and_seconds() {
        assert_eq!([0.4, 45.0, 59.6, 185.0, -1.0].map(length), ["0 s", "45 s", "1 min", "3 min 5 s", "0 s"]);
    }
}
