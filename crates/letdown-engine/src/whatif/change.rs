//! A change of what she does, as it is typed: `add 05:00`, `drop 13:00`, `+5min`, `massage`, `nurse sat,sun`; several
//! joined by `;`.

use crate::{EngineError, clock_time::time_of_day, error::said};
use jiff::civil::{Time, Weekday};
use letdown_journal::body::Technique;

/// What is changed, in the order typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub(super) parts: Vec<Part>,
    typed: String,
}

/// One part of a change.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    /// One more pump session every day at a clock time.
    Add(Time),
    /// The pump session next to a clock time is left out every day.
    Drop(Time),
    /// Every pump session is so much longer (min).
    Longer(f64),
    /// Something is done in every pump session.
    With(Technique),
    /// On these days of the week the baby drinks where she would pump.
    NurseOn(Vec<Weekday>),
    /// The baby drinks at a clock time where she would pump.
    NurseAt(Time),
}

/// The most that one change may add to a session (min).
const LONGEST_MIN: f64 = 20.0;
const DAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

impl Change {
    /// Nothing is changed.
    pub fn nothing() -> Self {
        Self { parts: Vec::new(), typed: String::new() }
    }

    /// Reads a change.
    ///
    /// ```
    /// use letdown_engine::whatif::Change;
    /// assert!(Change::read("add 05:00; drop 13:00; massage").is_ok());
    /// let refused = Change::read("add noon").unwrap_err();
    /// assert!(refused.to_string().starts_with("\"noon\" is no time of day"));
    /// ```
    ///
    /// # Errors
    /// When a part is none that is known; the sentence names it and shows those that are.
    pub fn read(text: &str) -> Result<Self, EngineError> {
        let said = text.split(';').map(str::trim).filter(|part| !part.is_empty());
        let parts = said.map(part).collect::<Result<Vec<Part>, EngineError>>()?;
        if parts.is_empty() {
            return Err(unknown(text));
        }
        Ok(Self { parts, typed: text.trim().to_owned() })
    }

    /// The change as it was typed.
    pub fn as_typed(&self) -> &str {
        &self.typed
    }
}

fn part(text: &str) -> Result<Part, EngineError> {
    let lower = text.to_lowercase();
    let (word, rest) = lower.split_once(char::is_whitespace).unwrap_or((&lower, ""));
    match (word, rest.trim()) {
        ("add", rest) => Ok(Part::Add(time_of_day(rest)?)),
        ("drop", rest) => Ok(Part::Drop(time_of_day(rest)?)),
        ("nurse", rest) => nurse(rest),
        _ => match longer(&lower)? {
            Some(minutes) => Ok(Part::Longer(minutes)),
            None => technique(&lower).map(Part::With).ok_or_else(|| unknown(text)),
        },
    }
}

fn technique(word: &str) -> Option<Technique> {
    let word = word.replace(' ', "_");
    Technique::WORDS.contains(&word.as_str()).then(|| word.into())
}

/// `+5min`, `- 5 minutes`. `None` where it is no such thing.
fn longer(text: &str) -> Result<Option<f64>, EngineError> {
    let Some(sign) = text.chars().next().and_then(|c| match c {
        '+' => Some(1.0),
        '-' | '\u{2212}' => Some(-1.0),
        _ => None,
    }) else {
        return Ok(None);
    };
    let rest: String = text.chars().skip(1).filter(|c| !c.is_whitespace()).collect();
    let number = rest.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = &rest[number.len()..];
    let minutes = number.parse::<f64>().ok().filter(|m| m.is_finite() && *m > 0.0);
    let Some(minutes) = minutes.filter(|_| matches!(unit, "" | "m" | "min" | "mins" | "minute" | "minutes"))
    else {
        return Err(unknown(text));
    };
    if minutes > LONGEST_MIN {
        return Err(said(format!("{text:?} is more than this can tell about; it is at most 20 minutes")));
    }
    Ok(Some(sign * minutes))
}

fn nurse(rest: &str) -> Result<Part, EngineError> {
    if rest.contains(|c: char| c.is_ascii_digit()) {
        return Ok(Part::NurseAt(time_of_day(rest)?));
    }
    let words = rest.split([',', ' ']).map(str::trim).filter(|word| !word.is_empty());
    let day = |word: &str| {
        let known = DAYS.iter().find(|(short, day)| {
            word.starts_with(short) && format!("{day:?}").to_lowercase().starts_with(word)
        });
        known.map(|(_, day)| *day)
    };
    let days = words.map(|word| {
        day(word).ok_or_else(|| {
            said(format!("{word:?} is no day of the week; they are mon, tue, wed, thu, fri, sat, sun"))
        })
    });
    let days = days.collect::<Result<Vec<Weekday>, EngineError>>()?;
    if days.is_empty() {
        return Err(said(
            "nurse: say on which days, `nurse sat,sun`, or at which time, `nurse 07:00`".into(),
        ));
    }
    Ok(Part::NurseOn(days))
}

fn unknown(text: &str) -> EngineError {
    said(format!(
        "{:?} is no change I know; they are `add 05:00`, `drop 13:00`, `+5min`, `-5min`, `massage` (or {}), `nurse sat,sun`, \
         `nurse 07:00`, several joined by `;`",
        text.trim(),
        Technique::WORDS.iter().filter(|word| **word != "massage").copied().collect::<Vec<_>>().join(", ")
    ))
}
