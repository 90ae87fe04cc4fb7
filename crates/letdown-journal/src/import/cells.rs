//! What single cells say: numbers, amounts with a unit, lengths of time, yes and no.
//!
//! Every reader takes a trimmed cell and answers `None` for an empty one. What it cannot read it names in a reason that
//! fits behind "row 7: ".

use crate::{body::MAX_MINUTES, volume::VolumeUnit};

/// A piece of somebody's text inside quotation marks: on one line, and short enough for a message.
pub(super) fn shown(text: impl AsRef<str>) -> String {
    const MOST: usize = 60;
    let text = text.as_ref();
    let short = shortened(text, MOST);
    let plain: String =
        short.chars().map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c }).collect();
    format!("\"{plain}{}\"", if short.len() < text.len() { "..." } else { "" })
}

/// The beginning of a text, at most so many bytes of whole letters.
pub(super) fn shortened(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.get(..end).unwrap_or("")
}

/// A number from 0 up, in either way of writing it: `1,331` and `1.331,5` have thousands, `0,6` and `7.41` decimals.
///
/// A single comma before exactly three digits marks thousands, as the apps print them, unless a lone 0 stands before it.
pub(super) fn number(text: &str) -> Option<f64> {
    let written = |c: char| c.is_ascii_digit() || c == ',' || c == '.';
    if text.len() > 24
        || !text.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        || !text.chars().all(written)
    {
        return None;
    }
    let (whole, decimals) = match (text.rfind(','), text.rfind('.')) {
        (Some(comma), Some(dot)) => split(text, comma.max(dot)),
        (None, Some(dot)) => split(text, dot),
        (Some(comma), None) if !has_thousands(text) => split(text, comma),
        (_, None) => (text, ""),
    };
    let digits = if whole.contains([',', '.']) { without_thousands(whole)? } else { whole.to_owned() };
    format!("{digits}.{decimals}0").parse().ok().filter(|n: &f64| n.is_finite())
}

fn split(text: &str, at: usize) -> (&str, &str) {
    (text.get(..at).unwrap_or(""), text.get(at + 1..).unwrap_or(""))
}

fn has_thousands(text: &str) -> bool {
    !text.starts_with("0,") && without_thousands(text).is_some()
}

/// The digits of `1,331,000`, when its groups are as long as thousands are.
fn without_thousands(text: &str) -> Option<String> {
    let mut groups = text.split([',', '.']);
    let first = groups.next().filter(|first| (1..=3).contains(&first.len()))?;
    groups.try_fold(first.to_owned(), |digits, group| (group.len() == 3).then(|| digits + group))
}

/// A volume as written, with the unit it names: `60 ml`, `2.00oz`, `1,331`.
pub(super) fn amount(text: &str) -> Result<Option<(f64, Option<VolumeUnit>)>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let (digits, word) = text.split_at(text.find(char::is_alphabetic).unwrap_or(text.len()));
    let value =
        number(digits.trim()).ok_or_else(|| format!("{} is not an amount I can read", shown(text)))?;
    let unit = match word {
        "" => None,
        word => Some(VolumeUnit::named(word).ok_or_else(|| {
            format!("the amount {} names a unit I do not know; I know ml and oz", shown(text))
        })?),
    };
    Ok(Some((value, unit)))
}

/// A length of time in minutes: `18`, `18.5 min`, `75 hrs 29 min`, `1h5m`, `0:15:30` (hours, minutes, seconds).
pub(super) fn minutes(text: &str) -> Result<Option<f64>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let read = match text.matches(':').count() {
        0 => number(text).or_else(|| in_words(text)),
        2 => clock(text),
        _ => {
            return Err(format!(
                "the length {} could be hours or minutes; write it like 75 min",
                shown(text)
            ));
        }
    };
    checked(read.ok_or_else(|| format!("the length {} is not one I can read", shown(text)))?).map(Some)
}

/// A length that an entry can hold.
pub(super) fn checked(minutes: f64) -> Result<f64, String> {
    let fits = (0.0..=MAX_MINUTES).contains(&minutes);
    fits.then_some(minutes).ok_or_else(|| format!("{minutes:.0} min is longer than a week"))
}

fn clock(text: &str) -> Option<f64> {
    let parts: Vec<f64> = text.split(':').map(|part| number(part.trim())).collect::<Option<_>>()?;
    match parts[..] {
        [h, m, s] if m < 60.0 && s < 60.0 => Some(h * 60.0 + m + s / 60.0),
        _ => None,
    }
}

/// Numbers with the words behind them, added up.
fn in_words(text: &str) -> Option<f64> {
    let mut rest = text;
    let mut sum = 0.0;
    while !rest.is_empty() {
        let (digits, behind) = rest.split_at(rest.find(char::is_alphabetic)?);
        let (word, next) = behind.split_at(behind.find(|c: char| c.is_ascii_digit()).unwrap_or(behind.len()));
        sum += number(digits.trim())? * minutes_in(word)?;
        rest = next;
    }
    Some(sum)
}

fn minutes_in(word: &str) -> Option<f64> {
    match word.trim().trim_end_matches(['.', ',']).to_lowercase().as_str() {
        "h" | "hr" | "hrs" | "hour" | "hours" => Some(60.0),
        "m" | "min" | "mins" | "minute" | "minutes" => Some(1.0),
        "s" | "sec" | "secs" | "second" | "seconds" => Some(1.0 / 60.0),
        _ => None,
    }
}

/// A weight in pounds and ounces, in grams: `9lb 4.50oz`, `9 lbs 4 oz`.
pub(super) fn pounds_and_ounces(text: &str) -> Option<f64> {
    let text = text.to_lowercase();
    let (pounds, rest) = text.split_once("lb")?;
    let ounces = rest.trim_start_matches(['s', '.']).trim_start_matches(',').trim();
    let ounces = ounces.trim_end_matches('.').strip_suffix("oz")?.trim();
    Some((number(pounds.trim())? * 16.0 + number(ounces)?) * (453.592_37 / 16.0))
}

/// Yes or no, as tables write them. An empty cell is a no.
pub(super) fn yes(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "1" | "true" | "yes" | "y" | "x" => Ok(true),
        "" | "0" | "false" | "no" | "n" => Ok(false),
        _ => Err(format!("{} is neither yes nor no", shown(text))),
    }
}

#[cfg(test)]
mod tests {
    use super::pounds_and_ounces;

    #[test]
    fn pounds_and_ounces_are_added_up() {
        let check = |text: &str, grams: f64| {
            let read = pounds_and_ounces(text).unwrap_or(f64::NAN);
            assert!((read - grams).abs() < 0.01, "{text}: {read}");
        };
        check("9lb 4.50oz", 4209.90);
        check("9 lbs. 0 oz.", 4082.33);
        check("10 LB, 8 OZ", 4762.72);
        for other in ["9lb", "9.5 lb", "4.5oz", "lb oz", "9lb x oz", ""] {
            assert_eq!(pounds_and_ounces(other), None, "{other}");
        }
    }
}
