//! Every version and every deletion, one envelope on a line: the form of a journal that stays readable for good.
//!
//! A line is what [`Entry::write`] says. A body keeps its bytes, but for line breaks between its parts, which become
//! spaces.

use crate::entry::Entry;

/// The lines of entries, in their order; each ends in LF.
///
/// ```
/// use letdown_journal::{author::Author, body::{Body, Diaper}, entry::Entry, export::json_lines, moment};
/// let at = moment::parse("2026-11-24T06:00Z", None)?.at;
/// let entry = Author::new("phone")?.put(&Body::Diaper(Diaper::at(at, true, false)), 1_000, [1; 10]);
/// let text = json_lines::lines([&entry]);
/// assert_eq!(Entry::read(text.trim_end())?, entry);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn lines<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> String {
    entries.into_iter().map(|entry| line(entry) + "\n").collect()
}

/// A raw line break in JSON lies between its parts, never inside a text.
fn line(entry: &Entry) -> String {
    entry.write().replace(['\n', '\r'], " ")
}
