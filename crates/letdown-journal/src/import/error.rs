//! Why an import stops: one sentence that says what, where, and how to mend it.

use super::{
    FormatName, Question,
    cells::shown,
    sheet::{MAX_CELL_BYTES, MAX_COLUMNS, MAX_ROWS},
    source::MAX_BYTES,
};
use jiff::civil::Date;

/// Why an import stops. Its text is for the person at the keyboard; a program asks [`ImportError::needs`].
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error(transparent)]
pub struct ImportError(#[from] Problem);

impl ImportError {
    /// The question to answer so that the same import goes through; `None` when the file itself must change.
    ///
    /// ```
    /// use letdown_journal::import::{Answers, NamedBytes, Question, read};
    /// let sheet = NamedBytes { name: "mine.csv", bytes: b"When,How much\n2026-11-24 03:10,60\n" };
    /// let error = read(&[sheet], &Answers::default(), "2026-11-25T12:00Z".parse()?).unwrap_err();
    /// assert_eq!(error.needs(), Some(Question::Columns));
    /// assert!(error.to_string().contains("--map 'time=When"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn needs(&self) -> Option<Question> {
        match self.0 {
            Problem::Zone { .. } => Some(Question::Zone),
            Problem::Order { .. } => Some(Question::DateOrder),
            Problem::Unit { .. } => Some(Question::Unit),
            Problem::Unknown { .. } | Problem::MissingColumn { .. } => Some(Question::Columns),
            Problem::Baby { .. } => Some(Question::Baby),
            _ => None,
        }
    }

    /// A date that can be read in two ways, when that is the question: the text, month first and day first.
    pub fn two_readings(&self) -> Option<(&str, Date, Date)> {
        match &self.0 {
            Problem::Order { text, month_first, day_first, .. } => Some((text, *month_first, *day_first)),
            _ => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(super) enum Problem {
    #[error("{file} is empty; export it from the app once more")]
    Empty { file: String },
    #[error("{file} has {bytes} bytes, and I read at most {MAX_BYTES}; split it into smaller files")]
    TooLarge { file: String, bytes: usize },
    #[error("{file} is a ZIP that cannot be opened; export it from the app once more")]
    BrokenZip { file: String },
    #[error("{file} is a ZIP without any table in it; is it the export that you meant?")]
    NothingPacked { file: String },
    #[error("{file} is a spreadsheet that cannot be opened; save it as CSV and import that")]
    BrokenWorkbook { file: String },
    #[error("{file} unpacks to far more than a log of milk can be; import the tables in it one by one")]
    Bomb { file: String },
    #[error("{file}, line {line}: this is not JSON that I can read; export it from the app once more")]
    NotJson { file: String, line: usize },
    #[error("{file} is not text that I can read; save it as CSV in UTF-8 and import it again")]
    NotText { file: String },
    #[error("{file} holds column names and no rows; there is nothing to import yet")]
    HeaderOnly { file: String },
    #[error(
        "the first row of {file} looks like data; put a row with the names of the columns above it and import it again"
    )]
    NoHeader { file: String },
    #[error("{file} has more than {MAX_ROWS} rows; split it into smaller files")]
    TooManyRows { file: String },
    #[error(
        "{file}, row {row}: {columns} columns are more than the {MAX_COLUMNS} I read; is the quoting right?"
    )]
    TooManyColumns { file: String, row: usize, columns: usize },
    #[error(
        "{file}, row {row}: a cell holds more than {MAX_CELL_BYTES} bytes; is a closing quote missing there?"
    )]
    CellTooLong { file: String, row: usize },
    #[error("{file}, row {row}: a quote (\") opens there and never closes; close it or take it out")]
    OpenQuote { file: String, row: usize },
    #[error(
        "{file} is not an export I know. Its columns are: {columns}. Say what they mean, for example --map '{example}'"
    )]
    Unknown { file: String, columns: String, example: String },
    #[error(
        "{file} does not look like {format}. Its columns are: {columns}. Leave --format out and I will look"
    )]
    NotThisFormat { file: String, format: FormatName, columns: String },
    #[error("{file} holds entries of Letdown itself and is no export of {format}; leave --format out")]
    OwnLines { file: String, format: FormatName },
    #[error("the reading of {file} was stopped; nothing came in")]
    Stopped { file: String },
    #[error("no row of {file} can be read; row {row}: {reason}")]
    NothingReadable { file: String, row: usize, reason: String },
    #[error(
        "{file} writes dates in two ways: row {month_row} ({}) only makes sense month first, row {day_row} ({}) only \
         day first; split the file, or write all dates one way",
        shown(.month_text), shown(.day_text)
    )]
    Contradiction { file: String, month_row: usize, month_text: String, day_row: usize, day_text: String },
    #[error(
        "{file}, row {row}: {} is {} (day first) or {} (month first), and nothing in the file says which; say \
         --date-order dmy or --date-order mdy",
        shown(.text), in_words(*.day_first), in_words(*.month_first)
    )]
    Order { file: String, row: usize, text: String, day_first: Date, month_first: Date },
    #[error(
        "{file}, row {row}: {} does not say where the clock hung; say it with --tz, for example --tz Europe/Berlin",
        shown(.text)
    )]
    Zone { file: String, row: usize, text: String },
    #[error(
        "{file}, row {row}: {} has no unit, and the other amounts do not tell; say --unit ml or --unit oz",
        shown(.text)
    )]
    Unit { file: String, row: usize, text: String },
    #[error(
        "{file}, row {row}: it names no baby, and there is more than one ({babies}); say which with --baby NAME"
    )]
    Baby { file: String, row: usize, babies: String },
    #[error("{said}")]
    Answer { said: String },
    #[error(transparent)]
    Moment(#[from] crate::moment::MomentError),
    #[error("{file} has no column {}, which --map names for {key}. Its columns are: {columns}", shown(.wanted))]
    MissingColumn { file: String, key: &'static str, wanted: String, columns: String },
    #[error("--map: {} is not written key=value; write it like --map 'time=Time,volume=Amount,kind=pump'", shown(.text))]
    MapShape { text: String },
    #[error("--map: a quote (\") opens and never closes; close it behind the name of the column")]
    MapQuote,
    #[error("--map: {} is not a key I know; the keys are {known}", shown(.key))]
    MapKey { key: String, known: String },
    #[error("--map: {key} is said twice; say it once")]
    MapTwice { key: &'static str },
    #[error("--map: {key}={value} is not something I know; it can be {known}")]
    MapValue { key: &'static str, value: String, known: &'static str },
    #[error("--map: it must say {what}, for example --map 'time=Time,volume=Amount,kind=pump'")]
    MapNeeds { what: &'static str },
    #[error("{} is not a format I know; the formats are {known}", shown(.name))]
    FormatName { name: String, known: String },
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn in_words(date: Date) -> String {
    let month = usize::try_from(date.month() - 1).ok().and_then(|m| MONTHS.get(m)).unwrap_or(&"");
    format!("{} {month}", date.day())
}
