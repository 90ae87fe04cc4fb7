//! The files of the web app.
//!
//! Files under `/assets/` carry a hash of their content in their name and may be kept for ever. One that is missing is
//! a 404 and never a page: an old page that asks for a script of the new build must fail loudly, or it stays blank.

use crate::api_error::ApiError;
use axum::{
    body::Body,
    extract::State,
    http::{
        Uri,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    response::{Html, IntoResponse, Response},
};
use rust_embed::Embed;
use std::{borrow::Cow, sync::Arc};

/// The files of a web app by their path, such as `index.html` or `assets/main-1a2b.js`.
pub trait WebFiles: Send + Sync + 'static {
    /// The content of a file.
    fn get(&self, path: &str) -> Option<Cow<'static, [u8]>>;
}

/// The web app that was built into this program. Without a build of `web/`, it has no files.
///
/// ```
/// use letdown_server::{EmbeddedApp, WebFiles};
/// for path in EmbeddedApp::paths() {
///     assert!(EmbeddedApp.get(&path).is_some());
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct EmbeddedApp;

impl EmbeddedApp {
    /// The paths of all its files.
    pub fn paths() -> impl Iterator<Item = Cow<'static, str>> {
        Built::iter()
    }
}

impl WebFiles for EmbeddedApp {
    fn get(&self, path: &str) -> Option<Cow<'static, [u8]>> {
        Built::get(path).map(|file| file.data)
    }
}

#[derive(Embed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Built;

const INDEX: &str = "index.html";

const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Letdown</title>\
    <p>This program was built without its web page. <code>cargo xtask run</code> builds both and starts it again.</p>\
    <p>The journal itself is served.</p></html>";

pub(crate) async fn file(State(files): State<Arc<dyn WebFiles>>, uri: Uri) -> Result<Response, ApiError> {
    let path = uri.path().trim_start_matches('/');
    let wanted = if is_view(path) { INDEX } else { path };
    match files.get(wanted) {
        Some(content) => Ok(answer(wanted, content)),
        None if wanted == INDEX => Ok(Html(NOT_BUILT).into_response()),
        None => Err(ApiError::NoSuchPath),
    }
}

/// Whether a path is a view of the app, and not one of its files: files have a dot in their name.
fn is_view(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    !path.starts_with("assets/") && !name.contains('.')
}

fn answer(path: &str, content: Cow<'static, [u8]>) -> Response {
    let cache = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    ([(CONTENT_TYPE, content_type(path)), (CACHE_CONTROL, cache)], body(content)).into_response()
}

fn body(content: Cow<'static, [u8]>) -> Body {
    match content {
        Cow::Borrowed(bytes) => Body::from(bytes),
        Cow::Owned(bytes) => Body::from(bytes),
    }
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
