//! `/v1/entries`: entries in and out.

use crate::{api_error::ApiError, shared_store::SharedStore};
use axum::{
    Json,
    body::Bytes,
    extract::{
        Query, State,
        rejection::{BytesRejection, QueryRejection},
    },
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use letdown_journal::entry::Entry;
use letdown_store::Page;
use serde::Deserialize;
use serde_json::{Value, json, value::RawValue};

/// The most entries in one request or answer.
pub(crate) const MAX_ENTRIES: usize = 5_000;

/// The longest body of a request.
pub(crate) const MAX_BYTES: usize = 8 * 1024 * 1024;

#[derive(Deserialize)]
pub(crate) struct After {
    after: Option<String>,
}

#[derive(Deserialize)]
struct Sent {
    entries: Vec<Box<RawValue>>,
}

/// `GET /v1/entries?after=N`
pub(crate) async fn fetch(
    State(store): State<SharedStore>,
    query: Result<Query<After>, QueryRejection>,
) -> Result<Response, ApiError> {
    let cursor = cursor(query)?;
    let page = store.call(move |store| store.after(cursor, MAX_ENTRIES)).await?;
    Ok(([(CONTENT_TYPE, "application/json")], written(&page)).into_response())
}

/// `POST /v1/entries`
pub(crate) async fn send(
    State(store): State<SharedStore>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Value>, ApiError> {
    let entries = read(&body.map_err(body_error)?)?;
    let appended = store.call(move |store| store.append(&entries)).await?;
    Ok(Json(json!({"stored": appended.stored, "known": appended.known})))
}

fn cursor(query: Result<Query<After>, QueryRejection>) -> Result<i64, ApiError> {
    let text = match query {
        Ok(Query(After { after })) => after.unwrap_or_else(|| "0".to_owned()),
        Err(_) => String::new(),
    };
    text.parse().ok().filter(|cursor| 0 <= *cursor).ok_or(ApiError::Cursor)
}

/// The bodies are handed on as they lie in the store, so the answer is put together from text.
fn written(page: &Page) -> String {
    let Page { entries, next, more } = page;
    format!(r#"{{"entries":{},"next":{next},"more":{more}}}"#, Entry::write_list(entries))
}

fn read(body: &[u8]) -> Result<Vec<Entry>, ApiError> {
    let Sent { entries } = serde_json::from_slice(body).map_err(ApiError::NotEntries)?;
    if MAX_ENTRIES < entries.len() {
        return Err(ApiError::TooMany { count: entries.len() });
    }
    let count = entries.len();
    let read = |(at, text): (usize, Box<RawValue>)| {
        Entry::read(text.get()).map_err(|why| ApiError::NotAnEntry {
            at: at + 1,
            count,
            id: id(text.get()),
            why: why.to_string(),
        })
    };
    entries.into_iter().enumerate().map(read).collect()
}

/// The id of something that is not quite an entry, to name it by.
fn id(text: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Named {
        id: String,
    }
    let Named { id } = serde_json::from_str(text).ok()?;
    Some(id.chars().take(60).collect())
}

#[expect(clippy::needless_pass_by_value, reason = "it stands in map_err")]
fn body_error(rejection: BytesRejection) -> ApiError {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE { ApiError::TooLong } else { ApiError::CutShort }
}
