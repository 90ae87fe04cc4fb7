//! Where an imported fact came from.

use serde::{Deserialize, Serialize};

/// The provenance of an imported fact. It makes a second import of the same file add nothing, and an undo possible.
///
/// `digests` names the meaning of each source row (kind, clock time, amounts, lengths, sides), not its bytes, so the
/// same session exported by two generations of one app is recognised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The app, for example `nighp` or `babybuddy`.
    pub app: String,
    /// The import it came with.
    pub batch: String,
    /// A digest of the meaning of each row it was made of.
    pub digests: Vec<String>,
    /// The app's own identifiers of those rows, when it has any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub row_ids: Vec<String>,
    /// When the file ended that it came with: the clock time of its newest row. An older file changes nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Imports that were undone and of which this fact had a version.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub undone: Vec<String>,
}
