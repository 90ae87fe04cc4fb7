//! The first rows of tables that no format knows, to say by them what the columns mean.

use super::{
    Answers, ColumnMap, ImportError, NamedBytes,
    cells::shortened,
    error::Problem,
    reading::{recognise, unfold},
    sheet::Sheet,
    source,
};
use serde::Serialize;

/// The longest text of a cell that is shown (bytes).
const SHOWN_BYTES: usize = 80;

/// A table of which nobody has said what its columns mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sample {
    /// The file that it stands in.
    pub file: String,
    /// The names of its columns, those without a name left out.
    pub columns: Vec<String>,
    /// Its first rows: a cell for each column, shortened.
    pub rows: Vec<Vec<String>>,
    /// A first guess at a map.
    pub guess: String,
}

/// The tables that no format knows, with at most so many rows of each.
///
/// ```
/// use letdown_journal::import::{NamedBytes, samples};
/// let sheet = NamedBytes { name: "mine.csv", bytes: b"When,How much\n2026-11-24 03:10,60\n" };
/// let sample = samples(&[sheet], 4)?.remove(0);
/// assert_eq!(sample.columns, ["When", "How much"]);
/// assert_eq!(sample.rows, [["2026-11-24 03:10", "60"]]);
/// assert_eq!(sample.guess, "time=When,volume=How much,kind=pump");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When a file cannot be opened.
pub fn samples(files: &[NamedBytes<'_>], rows: usize) -> Result<Vec<Sample>, ImportError> {
    let mut found = Vec::new();
    for file in files {
        for document in source::open(file, &unfold)? {
            let unknown = document.sheets.iter().filter(|sheet| !is_known(sheet));
            found.extend(unknown.map(|sheet| sample(sheet, rows)));
        }
    }
    Ok(found)
}

fn is_known(sheet: &Sheet<'_>) -> bool {
    matches!(recognise(sheet, &Answers::default()), Ok(Some(_)))
}

fn sample(sheet: &Sheet<'_>, most: usize) -> Sample {
    let named = sheet.header().texts().enumerate().filter(|(_, text)| !text.is_empty());
    let (places, columns): (Vec<usize>, Vec<String>) =
        named.map(|(place, text)| (place, text.to_owned())).unzip();
    let file = sheet.name().to_owned();
    let mut rows = Vec::new();
    // What is wrong further down is said when the file is read.
    let _ = sheet.each_row(|row| {
        if rows.len() == most {
            return Err(Problem::Stopped { file: file.clone() }.into());
        }
        rows.push(places.iter().map(|at| shortened(row.cell(Some(*at)), SHOWN_BYTES).to_owned()).collect());
        Ok(())
    });
    Sample { guess: ColumnMap::example(sheet.header()), file, columns, rows }
}
