//! Units of times and masses, and numbers as people and programs write them.

/// How many of the base unit (s or g) one is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Unit(pub(super) f64);

pub(super) const SECOND: Unit = Unit(1.0);
pub(super) const GRAM: Unit = Unit(1.0);
/// The avoirdupois pound is 453.59237 g by definition (1959), the ounce its sixteenth.
const POUND: Unit = Unit(453.592_37);
const OUNCE: Unit = Unit(453.592_37 / 16.0);

pub(super) fn of_time(word: &str) -> Option<Unit> {
    match word {
        "s" | "sec" | "secs" | "second" | "seconds" | "sek" | "sekunden" => Some(SECOND),
        "ms" | "msec" | "millis" | "millisecond" | "milliseconds" => Some(Unit(0.001)),
        "min" | "mins" | "minute" | "minutes" | "minuten" => Some(Unit(60.0)),
        _ => None,
    }
}

pub(super) fn of_mass(word: &str) -> Option<Unit> {
    match word {
        "g" | "gram" | "grams" | "gramm" => Some(GRAM),
        "kg" | "kilogram" | "kilograms" => Some(Unit(1_000.0)),
        "oz" | "ounce" | "ounces" => Some(OUNCE),
        "lb" | "lbs" | "pound" | "pounds" => Some(POUND),
        _ => None,
    }
}

/// A decimal number; with a comma for the point where `comma` allows it. No infinities.
pub(super) fn number(text: &str, comma: bool) -> Option<f64> {
    let text = text.replace('\u{2212}', "-");
    let is_plain = |c: char| c.is_ascii_digit() || ".+-eE".contains(c) || (comma && c == ',');
    if !text.chars().all(is_plain) || (text.contains(',') && text.contains('.')) {
        return None;
    }
    text.replace(',', ".").parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_written() {
        for (text, comma, value) in [
            ("12.5", false, Some(12.5)),
            ("+12.5", false, Some(12.5)),
            ("\u{2212}0.3", false, Some(-0.3)),
            ("1e-3", false, Some(0.001)),
            ("12,5", true, Some(12.5)),
            ("12,5", false, None),
            ("1.234,5", true, None),
            ("1,234,5", true, None),
            ("inf", false, None),
            ("1e999", false, None),
            ("NaN", false, None),
            ("", false, None),
            ("0x10", false, None),
            ("12 g", false, None),
        ] {
            assert_eq!(number(text, comma), value, "{text}");
        }
    }

    #[test]
    fn an_ounce_is_a_sixteenth_of_a_pound() {
        assert_eq!(of_mass("oz"), Some(Unit(28.349_523_125)));
    }
}
