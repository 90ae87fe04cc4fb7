//! Text out of bytes: UTF-8 with or without a byte order mark, else Windows-1252. What is not text at all is refused.

use crate::import::{ImportError, error::Problem};
use std::borrow::Cow;

/// The text of a file.
pub(super) fn decode<'a>(file: &str, bytes: Cow<'a, [u8]>) -> Result<Cow<'a, str>, ImportError> {
    let name = || file.to_owned();
    if bytes.iter().any(|b| is_noise(*b)) {
        return Err(Problem::NotText { file: name() }.into());
    }
    let text = match bytes {
        Cow::Borrowed(bytes) => match std::str::from_utf8(unmarked(bytes)) {
            Ok(text) => Some(Cow::Borrowed(text)),
            Err(_) => windows_1252(bytes).map(Cow::Owned),
        },
        Cow::Owned(bytes) => match std::str::from_utf8(unmarked(&bytes)) {
            Ok(text) => Some(Cow::Owned(text.to_owned())),
            Err(_) => windows_1252(&bytes).map(Cow::Owned),
        },
    };
    let text = text.ok_or_else(|| Problem::NotText { file: name() })?;
    if text.chars().all(char::is_whitespace) {
        return Err(Problem::Empty { file: name() }.into());
    }
    Ok(text)
}

/// The bytes behind a byte order mark.
fn unmarked(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// Control characters that no text editor writes. Vertical tab and form feed do occur: spreadsheets put them in notes.
fn is_noise(byte: u8) -> bool {
    byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

/// What Windows-1252 shows where Latin-1 has control characters; `\0` where it shows nothing.
const WINDOWS_1252: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“',
    '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

fn windows_1252(bytes: &[u8]) -> Option<String> {
    let letter = |byte: &u8| match byte {
        0x80..=0x9f => WINDOWS_1252.get(usize::from(byte - 0x80)).copied().filter(|c| *c != '\0'),
        other => Some(char::from(*other)),
    };
    bytes.iter().map(letter).collect()
}
