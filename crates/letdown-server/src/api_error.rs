//! The ways a request can be wrong, or the server: each with its status and its sentence.
//!
//! What is wrong inside the server goes to its log, and the client is told nothing of it. The log never holds the body
//! of an entry, because no error does.

use crate::entries::{MAX_BYTES, MAX_ENTRIES};
use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use letdown_store::StoreError;
use serde_json::json;

#[derive(Debug, thiserror::Error)]
pub(crate) enum ApiError {
    #[error(r#"The body is not {{"entries":[...]}}: {0}."#)]
    NotEntries(serde_json::Error),
    #[error("Entry {at} of {count}{}: {why}.", named(id.as_deref()))]
    NotAnEntry { at: usize, count: usize, id: Option<String>, why: String },
    #[error("`after` must be a whole number from 0 on: the `next` of the last answer.")]
    Cursor,
    #[error("The request was cut short. Nothing was saved; send it again.")]
    CutShort,
    #[error("{}.", capital(&.0.to_string()))]
    CannotKeep(StoreError),
    #[error("{}.", capital(&.0.to_string()))]
    Conflict(StoreError),
    #[error("At most {MAX_ENTRIES} entries fit into one request, and these are {count}. Send them in parts.")]
    TooMany { count: usize },
    #[error("At most {} MiB fit into one request. Send the entries in parts.", MAX_BYTES / 1024 / 1024)]
    TooLong,

    #[error("There is nothing at this path.")]
    NoSuchPath,
    #[error("This path does not know this method.")]
    MethodNotAllowed,
    #[error(
        "This server does not answer to the name {host:?}. If it is yours, start it with --host {}.",
        .host.as_deref().unwrap_or("NAME")
    )]
    ForeignHost { host: Option<String> },
    #[error("Another web site tried to write into this journal. Nothing was saved.")]
    ForeignOrigin,

    #[error(
        "The disk of the machine that keeps the journal is full. Nothing was saved; free some space there."
    )]
    Full(StoreError),
    #[error("The journal is busy. Nothing was saved; try again in a moment.")]
    Busy(StoreError),
    #[error("The server could not do this. Nothing was saved; its log says why.")]
    Broken(StoreError),
    #[error("The server could not do this. Nothing was saved; its log says why.")]
    Panicked,
}

impl ApiError {
    pub(crate) fn of_store(error: StoreError) -> Self {
        match error {
            e if e.is_conflict() => Self::Conflict(e),
            e if e.is_entry() => Self::CannotKeep(e),
            e if e.is_full() => Self::Full(e),
            e if e.is_busy() => Self::Busy(e),
            e => Self::Broken(e),
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NotEntries(_)
            | Self::NotAnEntry { .. }
            | Self::Cursor
            | Self::CutShort
            | Self::CannotKeep(_) => StatusCode::BAD_REQUEST,
            Self::ForeignOrigin => StatusCode::FORBIDDEN,
            Self::NoSuchPath => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::TooMany { .. } | Self::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Self::ForeignHost { .. } => StatusCode::MISDIRECTED_REQUEST,
            Self::Full(_) => StatusCode::INSUFFICIENT_STORAGE,
            Self::Busy(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken(_) | Self::Panicked => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What the log is told.
    fn cause(&self) -> Option<String> {
        match self {
            Self::Full(cause) | Self::Busy(cause) | Self::Broken(cause) => Some(cause.to_string()),
            Self::Panicked => Some("a call to the journal panicked; see above".to_owned()),
            _ => None,
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        if let Some(cause) = self.cause() {
            eprintln!("letdown: {cause}");
        }
        (self.status(), Json(json!({"error": self.to_string()}))).into_response()
    }
}

fn named(id: Option<&str>) -> String {
    id.map(|id| format!(" (id {id:?})")).unwrap_or_default()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
