//! Why there is no answer.

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct EngineError(#[from] Problem);

#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    #[error("{0}")]
    NoTwin(String),
    #[error(
        "there is nothing to score: no pump session with a volume lies 14 days or more after the first pump session{0}"
    )]
    NothingToScore(&'static str),
    #[error("the scenario cannot be read: {0}")]
    Scenario(String),
    #[error("scenario key {key}: {detail}")]
    ScenarioKey { key: String, detail: String },
    #[error(transparent)]
    Entry(#[from] letdown_journal::entry::EntryError),
    #[error(transparent)]
    Import(#[from] letdown_journal::import::ImportError),
    #[error(transparent)]
    Moment(#[from] letdown_journal::moment::MomentError),
    #[error(transparent)]
    Volume(#[from] letdown_journal::volume::VolumeError),
    #[error("{0}")]
    Request(String),
    #[error("there is no entry {0} to change")]
    NoEntry(String),
    #[error("the entry {0} was taken back; let it stand again first, then change it")]
    TakenBack(String),
}

macro_rules! carried {
    ($($source:ty),*) => {$(
        impl From<$source> for EngineError {
            fn from(e: $source) -> Self {
                Problem::from(e).into()
            }
        }
    )*};
}

carried!(
    letdown_journal::entry::EntryError,
    letdown_journal::import::ImportError,
    letdown_journal::moment::MomentError,
    letdown_journal::volume::VolumeError
);

/// What was asked for cannot be done; the sentence says why, and what can.
pub(crate) fn said(sentence: String) -> EngineError {
    Problem::Request(sentence).into()
}

impl EngineError {
    /// What an import needs to be told, when that is the reason.
    pub fn needs(&self) -> Option<letdown_journal::import::Question> {
        match &self.0 {
            Problem::Import(e) => e.needs(),
            _ => None,
        }
    }
}
