//! How a command ends when it does not succeed: a sentence, and an exit code.

use std::process::ExitCode;

/// Why a command did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// It could not be done.
    #[error("{0}")]
    CouldNot(String),
    /// It was asked in a way that makes no sense.
    #[error("{0}")]
    WrongUse(String),
    /// It needs an answer, which the sentence names.
    #[error("{0}")]
    NeedsAnswer(String),
}

impl Trouble {
    /// 1 could not, 2 wrong use, 3 needs an answer.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::CouldNot(_) => 1,
            Self::WrongUse(_) => 2,
            Self::NeedsAnswer(_) => 3,
        })
    }

    /// From anything that says what makes no sense.
    pub fn wrong_use(what: impl std::fmt::Display) -> Self {
        Self::WrongUse(what.to_string())
    }

    /// From anything that says what happened.
    pub fn could_not(what: impl std::fmt::Display) -> Self {
        Self::CouldNot(what.to_string())
    }
}

impl From<letdown_engine::EngineError> for Trouble {
    fn from(e: letdown_engine::EngineError) -> Self {
        if e.needs().is_some() { Self::NeedsAnswer(e.to_string()) } else { Self::CouldNot(e.to_string()) }
    }
}

impl From<letdown_store::StoreError> for Trouble {
    fn from(e: letdown_store::StoreError) -> Self {
        Self::could_not(e)
    }
}

impl From<letdown_journal::moment::MomentError> for Trouble {
    fn from(e: letdown_journal::moment::MomentError) -> Self {
        match e {
            letdown_journal::moment::MomentError::NeedsZone { .. } => Self::NeedsAnswer(e.to_string()),
            _ => Self::WrongUse(e.to_string()),
        }
    }
}
