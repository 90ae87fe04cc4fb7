//! Words and numbers for a terminal.

use serde::Serialize;
use std::io::{IsTerminal as _, Write as _};

/// Prints one JSON object.
pub fn json(value: &impl Serialize) {
    print(&serde_json::to_string(value).unwrap_or_default());
}

/// Prints a line. A closed pipe is not an error.
pub fn print(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Prints to the letter. A closed pipe is not an error.
pub fn raw(bytes: impl AsRef<[u8]>) {
    let mut out = std::io::stdout();
    let _ = out.write_all(bytes.as_ref()).and_then(|()| out.flush());
}

/// Whether what is printed is read by a person right away.
pub fn to_a_person() -> bool {
    std::io::stdout().is_terminal()
}

/// Says something beside the answer.
pub fn aside(line: &str) {
    let _ = writeln!(std::io::stderr(), "letdown: {line}");
}

/// A line that says how far a long step is; only where someone can see it.
pub struct Progress {
    what: &'static str,
    seen: bool,
}

impl Progress {
    /// Progress of a step.
    pub fn of(what: &'static str) -> Self {
        Self { what, seen: std::io::stderr().is_terminal() }
    }

    /// `done` of `all`.
    pub fn show(&self, done: usize, all: usize) {
        if self.seen && all > 0 {
            let filled = done * 30 / all;
            let bar: String = (0..30).map(|i| if i < filled { '█' } else { '░' }).collect();
            let _ = write!(std::io::stderr(), "\r{} {bar} {done} of {all} ", self.what);
            if done >= all {
                let _ = write!(std::io::stderr(), "\r{:80}\r", "");
            }
        }
    }
}

/// Rounded as the body does, to 10 mL, with thousands set apart: "1,090 mL".
pub fn about_ml(ml: f64) -> String {
    format!("{} mL", thousands((ml / 10.0).round() as i64 * 10))
}

/// A logged amount, to the mL: "1,087 mL".
pub fn exact_ml(ml: f64) -> String {
    format!("{} mL", thousands(ml.round() as i64))
}

/// How many, with thousands set apart.
pub fn count(n: usize) -> String {
    thousands(i64::try_from(n).unwrap_or(i64::MAX))
}

/// A whole number with its thousands set apart.
pub fn thousands(whole: i64) -> String {
    let digits = whole.abs().to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if whole < 0 { format!("-{out}") } else { out }
}

/// "just now", "40 min ago", "3 h ago", "5 days ago".
pub fn ago(hours: f64) -> String {
    match hours {
        h if h < 1.0 / 12.0 => "just now".into(),
        h if h < 1.0 => format!("{:.0} min ago", h * 60.0),
        h if h < 48.0 => format!("{h:.0} h ago"),
        h => format!("{:.0} days ago", h / 24.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_set_as_people_read_them() {
        assert_eq!(about_ml(1_087.0), "1,090 mL");
        assert_eq!(about_ml(4.0), "0 mL");
        assert_eq!(exact_ml(1_087.4), "1,087 mL");
        assert_eq!(thousands(-1_234_567), "-1,234,567");
        assert_eq!([0.01, 0.7, 3.2, 100.0].map(ago), ["just now", "42 min ago", "3 h ago", "4 days ago"]);
    }
}
