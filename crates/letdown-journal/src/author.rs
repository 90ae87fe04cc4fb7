//! Whoever writes entries on one device: counts them, stamps them, gives them identities.
//!
//! ```
//! use letdown_journal::{author::Author, body::{Body, Diaper}, fold::Folded, moment};
//! let at = moment::parse("2026-11-24T06:00Z", None)?.at;
//! let mut author = Author::new("phone")?;
//! let first = author.put(&Body::Diaper(Diaper::at(at.clone(), true, false)), 1_000, [1; 10]);
//! let fixed = author.edit(&first, &Body::Diaper(Diaper::at(at, true, true)), 2_000, [2; 10]);
//! let gone = author.delete(&fixed, 3_000, [3; 10]);
//! assert_eq!((first.seq, fixed.seq, gone.seq), (1, 2, 3));
//! assert_eq!(Folded::of([first, fixed, gone]).alive().count(), 0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use crate::{
    body::Body,
    entry::{DeviceId, Entry, EntryError, EntryId, Op, VERSION},
    hybrid_clock::Stamp,
};
use serde_json::value::RawValue;

/// The body of a deletion by which an import was undone.
pub(crate) const UNDONE_IMPORT: &str = r#"{"undone":"import"}"#;

/// The pen of one device.
#[derive(Clone, Debug)]
pub struct Author {
    device: DeviceId,
    last_seq: u64,
    last_stamp: Stamp,
}

impl Author {
    /// A device that has written nothing yet.
    ///
    /// # Errors
    /// When the name does not fit a [`DeviceId`].
    pub fn new(device: &str) -> Result<Self, EntryError> {
        Ok(Self { device: DeviceId::new(device)?, last_seq: 0, last_stamp: Stamp::default() })
    }

    /// A device that goes on behind what is already in the journal.
    ///
    /// # Errors
    /// As [`Author::new`].
    pub fn after<'a>(device: &str, entries: impl IntoIterator<Item = &'a Entry>) -> Result<Self, EntryError> {
        let mut author = Self::new(device)?;
        for entry in entries {
            author.saw(entry);
        }
        Ok(author)
    }

    /// Goes on behind an entry that came from elsewhere.
    pub fn saw(&mut self, entry: &Entry) {
        self.last_stamp = self.last_stamp.max(entry.hlc);
        if entry.device == self.device {
            self.last_seq = self.last_seq.max(entry.seq);
        }
    }

    /// The device.
    pub fn device(&self) -> &DeviceId {
        &self.device
    }

    /// States a new fact. `now_ms` is the wall clock (Unix milliseconds), `random` ten random bytes.
    pub fn put(&mut self, body: &Body, now_ms: u64, random: [u8; 10]) -> Entry {
        let id = EntryId::new(now_ms, random);
        self.write(id, id, Op::Put, body.kind(), raw(&body.write()), now_ms)
    }

    /// States a new version of a fact.
    pub fn edit(&mut self, earlier: &Entry, body: &Body, now_ms: u64, random: [u8; 10]) -> Entry {
        let id = EntryId::new(now_ms, random);
        self.last_stamp = self.last_stamp.max(earlier.hlc);
        self.write(id, earlier.root, Op::Put, body.kind(), raw(&body.write()), now_ms)
    }

    /// Takes a fact back. The version it had stays readable in the journal.
    pub fn delete(&mut self, earlier: &Entry, now_ms: u64, random: [u8; 10]) -> Entry {
        self.take_back(earlier, "{}", now_ms, random)
    }

    /// Takes a fact back because the import it came with is undone: the same rows may be imported again.
    pub fn undo_import(&mut self, earlier: &Entry, now_ms: u64, random: [u8; 10]) -> Entry {
        self.take_back(earlier, UNDONE_IMPORT, now_ms, random)
    }

    fn take_back(&mut self, earlier: &Entry, body: &str, now_ms: u64, random: [u8; 10]) -> Entry {
        let id = EntryId::new(now_ms, random);
        self.last_stamp = self.last_stamp.max(earlier.hlc);
        self.write(id, earlier.root, Op::Del, &earlier.kind, raw(body), now_ms)
    }

    fn write(
        &mut self,
        id: EntryId,
        root: EntryId,
        op: Op,
        kind: &str,
        body: Box<RawValue>,
        now_ms: u64,
    ) -> Entry {
        self.last_seq += 1;
        self.last_stamp = self.last_stamp.next(now_ms);
        Entry {
            v: VERSION,
            id,
            device: self.device.clone(),
            seq: self.last_seq,
            hlc: self.last_stamp,
            kind: kind.to_owned(),
            op,
            root,
            body,
        }
    }
}

fn raw(json: &str) -> Box<RawValue> {
    RawValue::from_string(json.to_owned()).unwrap_or_else(|_| RawValue::NULL.to_owned())
}

/// Ten bytes after ten bytes, from a buffer of randomness. Where it runs out, the number of the call is mixed in, so that
/// no two are alike.
///
/// ```
/// let mut ten = letdown_journal::author::tens(&[1; 10]);
/// assert_ne!(ten(), ten());
/// ```
pub fn tens(random: &[u8]) -> impl FnMut() -> [u8; 10] + use<> {
    let mut call = 0u64;
    let given = random.to_vec();
    move || {
        let place = 10 * call as usize;
        let whole = given.get(place..place + 10).and_then(|bytes| bytes.try_into().ok());
        let mut bytes = whole.unwrap_or_else(|| {
            let mut bytes = [0; 10];
            bytes.iter_mut().zip(given.iter().cycle()).for_each(|(b, g)| *b = *g);
            bytes
        });
        if given.len() < place + 10 {
            bytes.iter_mut().rev().zip(call.to_le_bytes()).for_each(|(b, c)| *b ^= c);
        }
        call += 1;
        bytes
    }
}
