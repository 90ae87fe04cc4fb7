//! What stops a task, each with the command that mends it.

use std::{io, path::PathBuf};

#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    #[error("{what} is missing here and was not installed ({why}). This installs it:\n    {command}")]
    Missing { what: &'static str, why: &'static str, command: String },
    #[error(
        "Node.js 20 or newer is needed, and {found}. Install it from https://nodejs.org, then start again."
    )]
    Node { found: String },
    #[error("{step} did not pass ({status}). All it said is in {log}.")]
    Command { step: String, status: String, log: String },
    #[error("{step} did not pass ({status}); what it said stands above.")]
    Bench { step: String, status: String },
    #[error("`{program}` could not be started: {source}")]
    Start { program: String, source: io::Error },
    #[error("{}: {source}", .path.display())]
    File { path: PathBuf, source: io::Error },
    #[error(
        "{package} was not made. In crates/{package}/Cargo.toml, [lib] needs crate-type = [\"cdylib\", \"rlib\"]."
    )]
    NoWasm { package: &'static str },
    #[error("wasm-bindgen could not read the engine: {0}")]
    Bindgen(String),
    #[error("{what} is not there yet")]
    NotThereYet { what: &'static str },
    #[error("Letdown did not answer within {seconds} s. What it said is in {log}.")]
    Silent { seconds: u64, log: String },
    #[error("`cargo metadata` did not answer as expected: {0}")]
    Metadata(String),
    #[error("there is no target {name:?}; the targets are {known}")]
    FuzzTarget { name: String, known: String },
    #[error("{count} {} to mend, listed above", if *.count == 1 { "thing" } else { "things" })]
    Untidy { count: usize },
}

impl Trouble {
    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        |source| Self::File { path, source }
    }

    /// In a few words, for a table in which the name of the part stands already.
    pub(crate) fn in_short(&self) -> String {
        match self {
            Self::Command { status, log, .. } => format!("{status}, see {log}"),
            other => other.to_string().split_whitespace().collect::<Vec<_>>().join(" "),
        }
    }

    /// Whether nothing is wrong with the project: something could not be run here.
    pub(crate) fn is_absence(&self) -> bool {
        matches!(self, Self::Missing { .. } | Self::Node { .. } | Self::NotThereYet { .. })
    }
}
