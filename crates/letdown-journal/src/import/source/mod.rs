//! A file, opened: its tables, whatever it wraps them in.
//!
//! A CSV is one table. A ZIP holds files, a workbook holds sheets, JSON holds lists of objects, and some apps write text
//! of their own. All become [`Sheet`]s of text cells, so that one survey and one reader serve them all. What a bomb
//! would need is bounded here: bytes, members, ratio, nesting, rows, cells.

mod archive;
mod json;
mod text;
mod workbook;

use super::{FormatName, ImportError, NamedBytes, error::Problem, own_lines::OwnLines, sheet::Sheet};
use std::borrow::Cow;

/// The largest file that is read, and the most that a ZIP may hold unpacked (bytes): ten years of a busy log are below
/// 5 MiB.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;

/// One file, or one member of a ZIP.
pub(super) struct Document<'a> {
    /// What messages call it.
    pub(super) name: String,
    /// Its tables.
    pub(super) sheets: Vec<Sheet<'a>>,
    /// Our own entries, where it holds those instead of tables.
    pub(super) lines: Option<OwnLines>,
    /// What was left out on the way.
    pub(super) asides: Vec<String>,
    /// Whether it came out of a ZIP, where files of no known kind may lie beside those that are known.
    pub(super) packed: bool,
}

/// A table taken out of something that is no CSV.
pub(super) struct Listed {
    /// What the table is called inside the file; empty when it is the only one.
    pub(super) title: String,
    /// The names of its columns.
    pub(super) header: Vec<String>,
    /// Its rows, each with its number.
    pub(super) rows: Vec<(usize, Vec<String>)>,
}

/// What a format makes of a text that is no CSV.
pub(super) type Unfold<'f> = &'f dyn Fn(&str) -> Option<(FormatName, Vec<Listed>)>;

/// Opens a file. `unfold` asks the formats whether a text is one of their own kind.
pub(super) fn open<'a>(file: &NamedBytes<'a>, unfold: Unfold<'_>) -> Result<Vec<Document<'a>>, ImportError> {
    let name = file.name;
    if file.bytes.len() > MAX_BYTES {
        return Err(Problem::TooLarge { file: name.to_owned(), bytes: file.bytes.len() }.into());
    }
    if !archive::is_zip(file.bytes) {
        return Ok(vec![plain(name, Cow::Borrowed(file.bytes), unfold)?]);
    }
    let members = archive::members(name, file.bytes)?;
    if members.is_workbook() {
        return Ok(vec![of_workbook(name, file.bytes)?]);
    }
    unpacked(name, members, unfold)
}

fn unpacked<'a>(
    zip: &str,
    mut members: archive::Members,
    unfold: Unfold<'_>,
) -> Result<Vec<Document<'a>>, ImportError> {
    let mut asides = std::mem::take(&mut members.asides);
    let mut documents = Vec::new();
    for member in members.tables() {
        let name = format!("{zip}/{}", member.name);
        if member.bytes.iter().all(u8::is_ascii_whitespace) {
            asides.push(format!("{} is empty", member.name));
        } else if member.is_workbook() {
            documents.push(of_workbook(&name, &member.bytes)?);
        } else {
            documents.push(plain(&name, Cow::Owned(member.bytes), unfold)?);
        }
    }
    for document in &mut documents {
        document.packed = true;
    }
    match documents.first_mut() {
        Some(first) => first.asides.append(&mut asides),
        None => return Err(Problem::NothingPacked { file: zip.to_owned() }.into()),
    }
    Ok(documents)
}

fn plain<'a>(name: &str, bytes: Cow<'a, [u8]>, unfold: Unfold<'_>) -> Result<Document<'a>, ImportError> {
    let text = text::decode(name, bytes)?;
    if let Some(lines) = OwnLines::of(&text) {
        let (sheets, asides) = (Vec::new(), Vec::new());
        return Ok(Document { name: name.to_owned(), sheets, lines: Some(lines), asides, packed: false });
    }
    let mut asides = Vec::new();
    // A text can begin with a bracket and be no JSON.
    let sheets = if let Some((format, tables)) = unfold(&text) {
        listed(name, Some(format), tables)?
    } else if json::is_json(&text) {
        let (tables, said) = json::tables(name, &text)?;
        asides = said;
        listed(name, None, tables)?
    } else {
        vec![Sheet::csv(name, text)?]
    };
    Ok(Document { name: name.to_owned(), sheets, lines: None, asides, packed: false })
}

fn of_workbook<'a>(name: &str, bytes: &[u8]) -> Result<Document<'a>, ImportError> {
    let sheets = listed(name, None, workbook::tables(name, bytes)?)?;
    let sheets = sheets.into_iter().map(Sheet::of_workbook).collect();
    Ok(Document { name: name.to_owned(), sheets, lines: None, asides: Vec::new(), packed: false })
}

fn listed<'a>(
    name: &str,
    format: Option<FormatName>,
    tables: Vec<Listed>,
) -> Result<Vec<Sheet<'a>>, ImportError> {
    let filled = tables.into_iter().filter(|t| !t.header.is_empty());
    let sheets: Vec<Sheet<'a>> = filled.map(|t| Sheet::listed(name, format, t)).collect::<Result<_, _>>()?;
    if sheets.is_empty() {
        return Err(Problem::Empty { file: name.to_owned() }.into());
    }
    Ok(sheets)
}
