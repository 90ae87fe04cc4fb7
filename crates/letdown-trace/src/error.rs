//! Why something cannot be read: one sentence that says what, where, and how to mend it.

use crate::{
    files::{MAX_BYTES, MAX_ROWS, MAX_SPAN_S},
    packed::MAX_SECONDS,
    taps::{MAX_ML, MAX_TAPS},
};

/// Why a file, taps or a packed series cannot be read. Its text is for the person who chose the file.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error(transparent)]
pub struct TraceError(#[from] Problem);

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(crate) enum Problem {
    #[error("{file} is empty; save it from the scale's app once more")]
    Empty { file: String },
    #[error("{file} has {bytes} bytes, and I read at most {MAX_BYTES}; cut it into single sessions")]
    TooLarge { file: String, bytes: usize },
    #[error("{file} has more than {MAX_ROWS} readings; cut it into single sessions")]
    TooManyRows { file: String },
    #[error("{file} is not text that I can read; save it as CSV in UTF-8")]
    NotText { file: String },
    #[error("{file} is a compressed archive or a workbook; unpack it, or save the table in it as CSV")]
    Packed { file: String },
    #[error("{file}, row {row}: a quote (\") opens there and never closes; close it or take it out")]
    OpenQuote { file: String, row: usize },
    #[error(
        "{file}, row {row}: this looks like data; put a row with the names of the columns above it, for example \
         t_s,mass_g"
    )]
    NoHeader { file: String, row: usize },
    #[error("{file} has no column for {what}. Its columns are: {columns}. Name one of them {example}")]
    NoColumn { file: String, what: &'static str, columns: String, example: &'static str },
    #[error("{file} has several columns for the mass: {columns}. Name the one that counts mass_g")]
    WhichMass { file: String, columns: String },
    #[error("{file}, column {}: {} is no unit I know for {what}; write it in {known}", shown(.column), shown(.unit))]
    Unit { file: String, column: String, unit: String, what: &'static str, known: &'static str },
    #[error("{file}, row {row}: the cell under {} is missing; fill it in or take the row out", shown(.column))]
    NoCell { file: String, row: usize, column: String },
    #[error("{file}, row {row}, column {}: {} is not {what}; correct it or take the row out", shown(.column), shown(.text))]
    Cell { file: String, row: usize, column: String, text: String, what: &'static str },
    #[error(
        "{file}, row {row}, column {}: {} is more than a kitchen scale can carry; is the unit in the name of the column \
         right?",
        shown(.column),
        shown(.text)
    )]
    TooHeavy { file: String, row: usize, column: String, text: String },
    #[error("{file} holds names of columns and no readings")]
    NoReadings { file: String },
    #[error(
        "{file}, row {row}: it lies {hours:.1} h from the first reading, and I read at most {} h; cut the file into \
         single sessions, or name the unit of the time in its column (t_s, t_ms, t_min)",
        MAX_SPAN_S / 3600.0
    )]
    TooLong { file: String, row: usize, hours: f64 },
    #[error("{file}, line {line}: this is not JSON that I can read; save it from the app once more")]
    NotJson { file: String, line: usize },
    #[error(
        "{file} is JSON without a series of weights (brewFlow.weight or weight); save the brew together with its flow"
    )]
    NoWeights { file: String },
    #[error(
        "{file}, reading {row}: {field} is missing; save it from the app once more, or take the reading out"
    )]
    NoField { file: String, row: usize, field: &'static str },
    #[error("{file}, reading {row}, {field}: {} is not {what}; correct it or take the reading out", shown(.text))]
    Field { file: String, row: usize, field: &'static str, text: String, what: &'static str },

    #[error("taps: this is not JSON that I can read ({why})")]
    NotTaps { why: String },
    #[error("taps: version {version} is from a later Letdown than this; update it")]
    LaterTaps { version: u64 },
    #[error("taps: {count} are more than the {MAX_TAPS} of one session; cut them into single sessions")]
    TooManyTaps { count: usize },
    #[error("tap {row}: {t_s} s must lie between 0 and {MAX_SPAN_S} s after the session began")]
    TapTime { row: usize, t_s: f64 },
    #[error("tap {row}: {ml} mL must lie between 0 and {MAX_ML} mL, as it stands on the bottle")]
    TapLevel { row: usize, ml: f64 },

    #[error(
        "a series of {count} seconds is longer than the {MAX_SECONDS} that can be kept; keep single sessions"
    )]
    LongSeries { count: usize },
    #[error("a series cannot begin at {start_s} s")]
    StrangeStart { start_s: f64 },
    #[error("second {index} of the series has flags that are not known ({flags})")]
    StrangeFlags { index: usize, flags: u8 },
    #[error("the packed series is damaged ({what}); take it from a backup")]
    Damaged { what: &'static str },
    #[error("the packed series has version {version}, from a later Letdown than this; update it")]
    LaterSeries { version: u8 },
}

/// A text of a file as it may stand in a sentence: in quotes, one line, not too long.
pub(crate) fn shown(text: &str) -> String {
    const MOST: usize = 40;
    let mut short: String = text.chars().filter(|c| !c.is_control()).take(MOST).collect();
    if short.chars().count() < text.chars().count() {
        short.push('…');
    }
    format!("\"{short}\"")
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_text_of_a_file_stays_on_one_line() {
        assert_eq!(shown("12,5"), "\"12,5\"");
        assert_eq!(shown("a\r\nb"), "\"ab…\"");
        assert_eq!(shown(&"9".repeat(1_000)).chars().count(), 43);
    }
}
