//! The one store, shared by all requests.
//!
//! SQLite writes one transaction at a time, so a lock around it costs nothing. It waits for the disk, which must not
//! hold up other connections: each call runs on a thread that may wait.

use crate::api_error::ApiError;
use letdown_store::{Store, StoreError};
use std::sync::{Arc, Mutex, PoisonError};

#[derive(Clone)]
pub(crate) struct SharedStore(Arc<Mutex<dyn Store>>);

impl SharedStore {
    pub(crate) fn new(store: impl Store + 'static) -> Self {
        Self(Arc::new(Mutex::new(store)))
    }

    pub(crate) async fn call<T: Send + 'static>(
        &self,
        call: impl FnOnce(&mut dyn Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let store = Arc::clone(&self.0);
        // A call that panicked has rolled its transaction back, so the store is sound.
        let run = move || call(&mut *store.lock().unwrap_or_else(PoisonError::into_inner));
        match tokio::task::spawn_blocking(run).await {
            Ok(done) => done.map_err(ApiError::of_store),
            Err(_) => Err(ApiError::Panicked),
        }
    }
}
