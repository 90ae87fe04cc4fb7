//! A server without a socket, and entries to send.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode},
};
use letdown_journal::entry::Entry;
use letdown_server::{Settings, WebFiles, router_with};
use letdown_store::{Appended, Page, SqliteStore, Store, StoreError};
use serde_json::Value;
use std::{borrow::Cow, io};
use tempfile::TempDir;
use tower::ServiceExt;

pub(crate) struct Server {
    router: Router,
    _folder: Option<TempDir>,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap()
    }

    pub(crate) fn error(&self) -> String {
        self.json()["error"].as_str().unwrap().to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

impl Server {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::create(&folder.path().join("journal.sqlite3"), "j-1").unwrap();
        Self { _folder: Some(folder), ..Self::with_store(store) }
    }

    pub(crate) fn with_store(store: impl Store + 'static) -> Self {
        let settings = Settings { allowed_hosts: vec!["NAS.local".to_owned(), "fd00::7".to_owned()] };
        Self { router: router_with(store, settings, LittleApp), _folder: None }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    pub(crate) async fn post(&self, body: impl Into<Body>) -> Answer {
        self.send(Request::post("/v1/entries"), body.into()).await
    }

    /// Sends a request; it comes from the machine itself unless it names another host.
    pub(crate) async fn send(&self, request: axum::http::request::Builder, body: Body) -> Answer {
        let mut request = request.body(body).unwrap();
        if !request.headers().contains_key("host") {
            request.headers_mut().insert("host", "127.0.0.1:8017".parse().unwrap());
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }
}

pub(crate) fn envelope(device: &str, seq: usize, body: &str) -> String {
    let id = format!("0192f1c4-a3b0-7{:03x}-8000-{seq:012x}", device.len());
    format!(
        r#"{{"v":1,"id":"{id}","device":"{device}","seq":{seq},"hlc":"0192f1c4a3b0-0000","kind":"pump","op":"put","root":"{id}","body":{body}}}"#
    )
}

pub(crate) fn envelopes(device: &str, numbers: std::ops::RangeInclusive<usize>) -> String {
    let all: Vec<String> = numbers.map(|n| envelope(device, n, r#"{"total_ml":90}"#)).collect();
    sent(&all)
}

pub(crate) fn sent(envelopes: &[String]) -> String {
    format!(r#"{{"entries":[{}]}}"#, envelopes.join(","))
}

/// A web app of a few files.
pub(crate) struct LittleApp;

impl WebFiles for LittleApp {
    fn get(&self, path: &str) -> Option<Cow<'static, [u8]>> {
        let content = match path {
            "index.html" => "<!doctype html><title>Letdown</title><script src=/assets/main-1a2b.js></script>",
            "assets/main-1a2b.js" => "console.log('this is long enough to be worth compressing, is it not?')",
            "assets/engine-3c4d.wasm" => "\0asm",
            "sw.js" => "self.addEventListener('fetch', () => {})",
            "manifest.webmanifest" => "{}",
            _ => return None,
        };
        Some(Cow::Borrowed(content.as_bytes()))
    }
}

/// A store on which everything goes wrong in one way.
pub(crate) struct BrokenStore(pub(crate) fn() -> StoreError);

impl Store for BrokenStore {
    fn append(&mut self, _entries: &[Entry]) -> Result<Appended, StoreError> {
        Err(self.0())
    }

    fn after(&self, _cursor: i64, _limit: usize) -> Result<Page, StoreError> {
        Err(self.0())
    }

    fn all(&self) -> Result<Vec<Entry>, StoreError> {
        Err(self.0())
    }
}

pub(crate) fn full() -> StoreError {
    StoreError::full("/secret/place")
}

pub(crate) fn broken() -> StoreError {
    StoreError::other(io::Error::other("the cable to /secret/place is out"))
}
