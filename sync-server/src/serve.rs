//! Serving, on a listener that the caller owns, until the caller says so.

use crate::cite::Cite;
use crate::router::router;
use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Serves until `shutdown` is ready; requests under way are finished. `interface` is the folder of the
/// browser face; without one only devices are served.
///
/// # Errors
/// What the network refuses.
pub async fn serve(
    cite: Arc<Cite>,
    listener: TcpListener,
    interface: Option<&Path>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    tracing::info!(interface = interface.is_some(), "serving");
    axum::serve(listener, router(cite, interface, false)).with_graceful_shutdown(shutdown).await
}
