//! Which path is answered by what.

use crate::{
    api_error::ApiError,
    entries, guard, headers,
    shared_store::SharedStore,
    web_app::{self, EmbeddedApp, WebFiles},
};
use axum::{
    Json, Router,
    extract::DefaultBodyLimit,
    middleware::{from_fn_with_state, map_response},
    routing::{any, get},
};
use letdown_store::Store;
use serde_json::{Value, json};
use std::sync::Arc;
use tower_http::compression::CompressionLayer;

/// What the caller decides about the server.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Names and addresses, without a port, by which the server may be called besides `localhost`, `127.0.0.1` and
    /// `[::1]`. Under any other name it does not answer, so that a web page elsewhere cannot reach it through a name
    /// that it makes point here.
    pub allowed_hosts: Vec<String>,
}

/// The server as a function from requests to answers, with the web app that was built into this program.
pub fn router(store: impl Store + 'static, settings: Settings) -> Router {
    router_with(store, settings, EmbeddedApp)
}

/// As [`router`], with another web app.
///
/// ```
/// use letdown_server::{Settings, WebFiles, router_with};
/// use letdown_store::SqliteStore;
/// use std::borrow::Cow;
///
/// struct Greeting;
/// impl WebFiles for Greeting {
///     fn get(&self, path: &str) -> Option<Cow<'static, [u8]>> {
///         (path == "index.html").then_some(Cow::Borrowed(b"<p>Hello."))
///     }
/// }
///
/// let folder = tempfile::tempdir()?;
/// let store = SqliteStore::create(&folder.path().join("journal.sqlite3"), "j-4f1c")?;
/// let app = router_with(store, Settings::default(), Greeting);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn router_with(store: impl Store + 'static, settings: Settings, files: impl WebFiles) -> Router {
    let hosts = guard::AllowedHosts::new(settings.allowed_hosts);
    let api = Router::new()
        .route("/v1/entries", get(entries::fetch).post(entries::send))
        .route("/v1", any(no_such_path))
        .route("/v1/", any(no_such_path))
        .route("/v1/{*rest}", any(no_such_path))
        .route("/healthz", get(health))
        .layer(DefaultBodyLimit::max(entries::MAX_BYTES))
        .method_not_allowed_fallback(method_not_allowed)
        .with_state(SharedStore::new(store));
    let files: Arc<dyn WebFiles> = Arc::new(files);
    Router::new()
        .merge(api)
        .fallback_service(get(web_app::file).fallback(method_not_allowed).with_state(files))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(hosts, guard::check))
        .layer(map_response(headers::add))
}

async fn health() -> Json<Value> {
    Json(json!({"ok": true}))
}

async fn no_such_path() -> ApiError {
    ApiError::NoSuchPath
}

async fn method_not_allowed() -> ApiError {
    ApiError::MethodNotAllowed
}
