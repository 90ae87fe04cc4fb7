//! The HTTP door of a journal: devices fetch and send entries, and a browser gets the web app.
//!
//! The server reads envelopes and never bodies: it knows that an entry came, not what it says. It serves one family on
//! one machine. Everything that the browser computes, it computes itself.
//!
//! | request | answer |
//! |---|---|
//! | `GET /v1/entries?after=N` | `{"entries":[...],"next":M,"more":bool}`, in the order of the store |
//! | `POST /v1/entries` with `{"entries":[...]}` | `{"stored":n,"known":k}`, all or nothing, idempotent |
//! | `GET /healthz` | `{"ok":true}` |
//! | anything else | the web app |
//!
//! What is wrong is answered with a status and `{"error":"a sentence"}`.
//!
//! ```
//! use letdown_server::{Settings, router};
//! use letdown_store::SqliteStore;
//! use tower::ServiceExt;
//!
//! # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
//! let folder = tempfile::tempdir()?;
//! let store = SqliteStore::create(&folder.path().join("journal.sqlite3"), "j-4f1c")?;
//! let app = router(store, Settings { allowed_hosts: vec!["nas.local".into()] });
//!
//! let request = axum::http::Request::get("/healthz").header("host", "nas.local:8017").body(axum::body::Body::empty())?;
//! assert_eq!(app.oneshot(request).await?.status(), 200);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod router;
pub use router::{Settings, router, router_with};

mod serve;
pub use serve::{ServerError, serve};

mod entries;
mod shared_store;

mod web_app;
pub use web_app::{EmbeddedApp, WebFiles};

mod api_error;
mod guard;
mod headers;
