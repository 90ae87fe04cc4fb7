//! The envelope around a fact. **It must not change**: journals on disk and on other devices are made of it.
//!
//! ```json
//! {"v":1,"id":"0192f1c4-...","device":"phone","seq":1,"hlc":"0192f1c4a3b0-0000",
//!  "kind":"pump","op":"put","root":"0192f1c4-...","body":{"start":"2026-11-24T03:10:00+01:00[Europe/Berlin]"}}
//! ```
//!
//! `(device, seq)` counts up from 1 without holes, so a hole is visible. `root` is the id of the first version of the
//! fact; a new version or a deletion names the same root. `body` is opaque to stores and servers and survives them byte
//! for byte, unknown fields included.

use crate::{
    body::{Body, BodyError},
    hybrid_clock::{Stamp, StampError},
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// The version of the envelope this code writes.
pub const VERSION: u32 = 1;

/// The longest a body may be (bytes of JSON).
pub const MAX_BODY_BYTES: usize = 64 * 1024;

/// One immutable fact, or a new version or the deletion of one.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The version of the envelope.
    pub v: u32,
    /// This version's own identity.
    pub id: EntryId,
    /// The device that wrote it.
    pub device: DeviceId,
    /// Its place among that device's entries, from 1.
    pub seq: u64,
    /// Orders versions of one fact.
    pub hlc: Stamp,
    /// What kind of fact.
    pub kind: String,
    /// Whether the fact stands or is taken back.
    pub op: Op,
    /// The first version of the fact.
    pub root: EntryId,
    /// What the fact says, as JSON.
    pub body: Box<RawValue>,
}

impl Entry {
    /// What the entry says. `None` when this version does not know its kind.
    ///
    /// # Errors
    /// When the kind is known and the body is not one.
    pub fn body(&self) -> Result<Option<Body>, BodyError> {
        Body::read(&self.kind, self.body.get())
    }

    /// Reads an entry from JSON text.
    ///
    /// # Errors
    /// When the text is not an envelope; the error names the field.
    pub fn read(json: &str) -> Result<Self, EntryError> {
        let wire: EntryWire =
            serde_json::from_str(json).map_err(|e| Problem::NotAnEnvelope { detail: e.to_string() })?;
        wire.try_into()
    }

    /// Reads a JSON list of entries.
    ///
    /// # Errors
    /// As [`Entry::read`].
    pub fn read_list(json: &str) -> Result<Vec<Self>, EntryError> {
        let wires: Vec<EntryWire> =
            serde_json::from_str(json).map_err(|e| Problem::NotAnEnvelope { detail: e.to_string() })?;
        wires.into_iter().map(Self::try_from).collect()
    }

    /// The entry as JSON text.
    pub fn write(&self) -> String {
        // The wire form holds only text, whole numbers and JSON that was already read once.
        serde_json::to_string(&EntryWire::from(self)).unwrap_or_default()
    }

    /// The entries as one JSON list.
    pub fn write_list(entries: &[Self]) -> String {
        let inner: Vec<String> = entries.iter().map(Self::write).collect();
        format!("[{}]", inner.join(","))
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.write() == other.write()
    }
}

/// Whether an entry states a fact or takes it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Op {
    /// The fact stands as the body says.
    Put,
    /// The fact is taken back.
    Del,
}

/// The identity of an entry: a `UUIDv7`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(Uuid);

impl EntryId {
    /// An identity from the wall clock (Unix milliseconds) and ten random bytes, both given by the caller.
    pub fn new(now_ms: u64, random: [u8; 10]) -> Self {
        Self(uuid::Builder::from_unix_timestamp_millis(now_ms, &random).into_uuid())
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl FromStr for EntryId {
    type Err = EntryError;

    fn from_str(text: &str) -> Result<Self, EntryError> {
        Uuid::try_parse(text)
            .map(Self)
            .map_err(|_| Problem::Id { text: text.chars().take(60).collect() }.into())
    }
}

/// The name of a device: 1 to 64 of `a-z`, `0-9` and `-`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceId(String);

impl DeviceId {
    /// A device of that name.
    ///
    /// # Errors
    /// When the name is empty, too long, or holds other characters.
    pub fn new(name: impl Into<String>) -> Result<Self, EntryError> {
        let name = name.into();
        let fits = (1..=64).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        fits.then_some(Self(name.clone()))
            .ok_or_else(|| Problem::Device { text: name.chars().take(80).collect() }.into())
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a text is not an entry.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error(transparent)]
pub struct EntryError(#[from] Problem);

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
enum Problem {
    #[error("this is not a journal entry: {detail}")]
    NotAnEnvelope { detail: String },
    #[error("{text:?} is not an entry id; ids are UUIDs")]
    Id { text: String },
    #[error("{text:?} is not a device name; names are 1 to 64 of a-z, 0-9 and -")]
    Device { text: String },
    #[error("field hlc: {0}")]
    Stamp(#[from] StampError),
    #[error("field seq: counting starts at 1")]
    Seq,
    #[error("field kind: 1 to 40 of a-z, 0-9 and _")]
    Kind,
    #[error("field body: {bytes} bytes are more than an entry may hold ({MAX_BODY_BYTES})")]
    BodySize { bytes: usize },
    #[error("field body: it must be a JSON object")]
    BodyShape,
}

#[derive(Serialize, Deserialize)]
struct EntryWire {
    v: u32,
    id: String,
    device: String,
    seq: u64,
    hlc: String,
    kind: String,
    op: Op,
    root: String,
    body: Box<RawValue>,
}

impl From<&Entry> for EntryWire {
    fn from(e: &Entry) -> Self {
        Self {
            v: e.v,
            id: e.id.to_string(),
            device: e.device.to_string(),
            seq: e.seq,
            hlc: e.hlc.to_string(),
            kind: e.kind.clone(),
            op: e.op,
            root: e.root.to_string(),
            body: e.body.clone(),
        }
    }
}

impl TryFrom<EntryWire> for Entry {
    type Error = EntryError;

    fn try_from(w: EntryWire) -> Result<Self, EntryError> {
        let kind_fits = (1..=40).contains(&w.kind.len())
            && w.kind.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        let body = w.body.get().trim_start();
        if w.seq == 0 {
            return Err(Problem::Seq.into());
        }
        if !kind_fits {
            return Err(Problem::Kind.into());
        }
        if w.body.get().len() > MAX_BODY_BYTES {
            return Err(Problem::BodySize { bytes: w.body.get().len() }.into());
        }
        if !body.starts_with('{') {
            return Err(Problem::BodyShape.into());
        }
        Ok(Self {
            v: w.v,
            id: w.id.parse()?,
            device: DeviceId::new(w.device)?,
            seq: w.seq,
            hlc: w.hlc.parse().map_err(Problem::Stamp)?,
            kind: w.kind,
            op: w.op,
            root: w.root.parse()?,
            body: w.body,
        })
    }
}
