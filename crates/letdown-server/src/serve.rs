//! The server on a socket.

use crate::router::{Settings, router};
use axum::serve::ListenerExt;
use letdown_store::Store;
use std::{io, time::Duration};
use tokio::{net::TcpListener, sync::oneshot, time::sleep};

/// How long requests that are under way may take when the server is told to stop.
const FAREWELL: Duration = Duration::from_secs(5);

/// Answers requests until `shutdown` is done, and then finishes those under way.
///
/// ```
/// use letdown_server::{Settings, serve};
/// use letdown_store::SqliteStore;
///
/// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
/// let folder = tempfile::tempdir()?;
/// let store = SqliteStore::create(&folder.path().join("journal.sqlite3"), "j-4f1c")?;
/// let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
/// println!("http://{}", listener.local_addr()?);
/// let stop_at_once = async {};
/// serve(listener, store, Settings::default(), stop_at_once).await?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When the socket breaks.
pub async fn serve(
    listener: TcpListener,
    store: impl Store + 'static,
    settings: Settings,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServerError> {
    let (tell, told) = oneshot::channel::<()>();
    let shutdown = async {
        shutdown.await;
        drop(tell);
    };
    // Answers are small, and waiting to fill a packet would only make them late.
    let listener = listener.tap_io(|connection| drop(connection.set_nodelay(true)));
    let serving = axum::serve(listener, router(store, settings)).with_graceful_shutdown(shutdown);
    let patience = async {
        let _ = told.await;
        sleep(FAREWELL).await;
    };
    tokio::select! {
        served = serving => served.map_err(ServerError),
        () = patience => Ok(()),
    }
}

/// Why the server stopped by itself.
#[derive(Debug, thiserror::Error)]
#[error("the server's connection to the network broke: {0}")]
pub struct ServerError(#[source] io::Error);
