//! What every store can do, wherever it keeps its entries.

use crate::error::StoreError;
use letdown_journal::entry::Entry;

/// A place that keeps the entries of one journal, in the order in which it got them.
///
/// ```
/// use letdown_store::{SqliteStore, Store};
///
/// let folder = tempfile::tempdir()?;
/// let store: Box<dyn Store> = Box::new(SqliteStore::create(&folder.path().join("journal.sqlite3"), "j-4f1c")?);
/// let page = store.after(0, 100)?;
/// assert_eq!((page.entries.len(), page.next, page.more), (0, 0, false));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Store: Send {
    /// Keeps entries: all of them or none. When it returns, they are on the disk.
    ///
    /// An entry that is already there counts as known and is not kept twice.
    ///
    /// # Errors
    /// When an id, or a device and its number, comes with other content ([`StoreError::is_conflict`]); when the disk is
    /// full ([`StoreError::is_full`]); when an entry cannot be kept ([`StoreError::is_entry`]); and when the store
    /// cannot be written for another reason.
    fn append(&mut self, entries: &[Entry]) -> Result<Appended, StoreError>;

    /// The entries behind a cursor, in order; 0 is the start. At most `limit`, and fewer when they are large.
    ///
    /// # Errors
    /// When the store cannot be read, or an entry in it is damaged.
    fn after(&self, cursor: i64, limit: usize) -> Result<Page, StoreError>;

    /// All entries, in order.
    ///
    /// # Errors
    /// As [`Store::after`].
    fn all(&self) -> Result<Vec<Entry>, StoreError>;
}

/// What became of a batch of entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Appended {
    /// How many were new, and are now kept.
    pub stored: usize,
    /// How many were already there.
    pub known: usize,
}

/// A run of entries.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The entries, in the order of the store.
    pub entries: Vec<Entry>,
    /// The cursor to go on from.
    pub next: i64,
    /// Whether there is more behind `next`.
    pub more: bool,
}
