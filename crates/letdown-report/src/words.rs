//! Numbers, days and names as the page says them.

use crate::face::Faces;
use jiff::ZonedDateTime as Moment;
use jiff::civil::Date;
use letdown_engine::{
    Range,
    report::{Report, Seen},
};

/// The most letters of a name.
const NAME: usize = 22;

/// "Milk log of Anna".
pub(crate) fn title(report: &Report, faces: &Faces) -> String {
    let name = report.heading.mother.as_deref().and_then(|name| faces.name(name));
    name.map_or_else(|| "Milk log".to_owned(), |name| format!("Milk log of {}", shortened(&name, NAME)))
}

/// What a baby is called on the page: its name, where it can be set; else which one it is.
pub(crate) fn baby(name: Option<&str>, place: usize, of: usize, faces: &Faces) -> String {
    match name.and_then(|name| faces.name(name)) {
        Some(name) => shortened(&name, NAME),
        None if of == 1 => "the baby".to_owned(),
        None => format!("baby {}", place + 1),
    }
}

/// A text of at most so many letters.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// "24 Nov 2026".
pub(crate) fn day(date: &str) -> String {
    date.parse::<Date>().map_or_else(|_| date.to_owned(), |date| date.strftime("%-d %b %Y").to_string())
}

/// "24 Nov".
pub(crate) fn short_day(date: &str) -> String {
    date.parse::<Date>().map_or_else(|_| date.to_owned(), |date| date.strftime("%-d %b").to_string())
}

/// "9 to 22 Nov 2026", "28 Oct to 10 Nov 2026".
pub(crate) fn days(from: &str, to: &str) -> String {
    match (from.parse::<Date>(), to.parse::<Date>()) {
        (Ok(a), Ok(b)) if a == b => day(from),
        (Ok(a), Ok(b)) if (a.year(), a.month()) == (b.year(), b.month()) => {
            format!("{} to {}", a.day(), day(to))
        }
        (Ok(a), Ok(b)) if a.year() == b.year() => format!("{} to {}", a.strftime("%-d %b"), day(to)),
        _ => format!("{} to {}", day(from), day(to)),
    }
}

/// "24 Nov 2026, 15:10 (Europe/Berlin)".
pub(crate) fn moment(at: &str) -> String {
    let Ok(at) = at.parse::<Moment>() else { return at.to_owned() };
    let zone = at.time_zone().iana_name().map(|zone| format!(" ({zone})")).unwrap_or_default();
    format!("{}{zone}", at.strftime("%-d %b %Y, %H:%M"))
}

/// "40 min", "3 h", "5 days".
pub(crate) fn span(hours: f64) -> String {
    match hours {
        h if h < 1.0 => counted((h * 60.0).round(), "min", "min"),
        h if h < 48.0 => counted(h.round(), "h", "h"),
        h => counted((h / 24.0).round(), "day", "days"),
    }
}

/// "9 days", "7 weeks", "5 months".
pub(crate) fn age(days: i32) -> String {
    match days {
        ..0 => format!("{} before term", counted(f64::from(-days), "day", "days")),
        0..14 => counted(f64::from(days), "day", "days"),
        14..92 => counted(f64::from(days / 7), "week", "weeks"),
        92..731 => counted((f64::from(days) / 30.437_5).floor(), "month", "months"),
        _ => counted((f64::from(days) / 365.25).floor(), "year", "years"),
    }
}

/// "1 day", "12 days".
pub(crate) fn counted(n: f64, one: &str, many: &str) -> String {
    format!("{} {}", whole(n), if (n.round() - 1.0).abs() < 0.5 { one } else { many })
}

/// "1,090".
pub(crate) fn whole(x: f64) -> String {
    let rounded = x.round() as i64;
    let digits = rounded.unsigned_abs().to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if rounded < 0 { format!("\u{2212}{out}") } else { out }
}

/// "+0.4", "−1.2", "0.0".
pub(crate) fn signed_tenth(x: f64) -> String {
    let text = format!("{:.1}", x.abs());
    match (text.as_str(), x < 0.0) {
        ("0.0", _) => text,
        (_, true) => format!("\u{2212}{text}"),
        (_, false) => format!("+{text}"),
    }
}

/// "4.12": kg of grams.
pub(crate) fn kg(grams: f64) -> String {
    format!("{:.2}", grams / 1000.0)
}

/// A number with as many digits as its size asks for: "7", "7.5", "138".
pub(crate) fn number(x: f64) -> String {
    if x.abs() < 20.0 && (x - x.round()).abs() > 0.05 { format!("{x:.1}") } else { whole(x) }
}

/// What was logged: the middle and "6 to 8".
pub(crate) fn seen(seen: &Seen) -> (String, String) {
    (number(seen.middle), span_of(&number(seen.least), &number(seen.most)))
}

/// What is reckoned, rounded as the body does, to 10: the middle and "740 to 900".
pub(crate) fn likely(range: &Range) -> (String, String) {
    let ten = |x: f64| whole((x / 10.0).round() * 10.0);
    (ten(range.p50), span_of(&ten(range.p10), &ten(range.p90)))
}

/// "6 to 8", "7".
pub(crate) fn span_of(least: &str, most: &str) -> String {
    if least == most { least.to_owned() } else { format!("{least} to {most}") }
}
