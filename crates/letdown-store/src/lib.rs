//! The journal of one family, on disk.
//!
//! **Words.** A [`Store`] keeps entries in the order in which it got them; the place of an entry in that order is its
//! *cursor*. [`SqliteStore`] is the store in one SQLite file. A [`DataFolder`] is that file together with the
//! `letdown.toml` that names the journal and this machine.
//!
//! A [`Backup`] is everything a store holds, as text.
//!
//! **Promises.** What [`Store::append`] has returned for is on the disk and survives a killed process and a power cut.
//! A batch is kept whole or not at all. Taking the same entry twice is taking it once. Bodies are opaque: they come
//! back byte for byte, and every entry is read back against a checksum, so damage is never mistaken for data.
//!
//! This crate knows no physiology and no network. Names and randomness are given by the caller.
//!
//! ```
//! use letdown_journal::{author::Author, body::{Body, Diaper}, entry::DeviceId, moment};
//! use letdown_store::{DataFolder, Store};
//!
//! let home = tempfile::tempdir()?;
//! let opened = DataFolder::open_or_create(&home.path().join("letdown"), "j-4f1c", &DeviceId::new("kitchen")?)?;
//! assert!(opened.made, "the first call makes the folder, and says so");
//!
//! let mut folder = opened.folder;
//! let at = moment::parse("2026-11-24T06:00Z", None)?.at;
//! let entry = Author::new(folder.device().as_str())?.put(&Body::Diaper(Diaper::at(at, true, false)), 1_000, [1; 10]);
//! folder.store_mut().append(&[entry.clone()])?;
//! assert_eq!(folder.store().all()?, vec![entry]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod store;
pub use store::{Appended, Page, Store};

mod sqlite;
pub use sqlite::SqliteStore;

mod folder;
pub use folder::{DataFolder, Erased, Opened};

mod backup;
pub use backup::Backup;

mod error;
pub use error::StoreError;
