//! Serving, on a listener that the caller owns, until the caller says so.

use crate::cite::Cite;
use crate::daily::daily;
use crate::router::router;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
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
    let days = tokio::spawn(daily(cite.clone()));
    let served = axum::serve(listener, router(cite, interface, false)).with_graceful_shutdown(shutdown).await;
    days.abort();
    served
}

/// How long exchanges under way may take after a stop was asked for.
const GRACE: Duration = Duration::from_secs(20);

/// The same over TLS, with a certificate chain and its key as PEM files.
///
/// # Errors
/// What the network refuses, or files that are no certificate and key.
pub async fn serve_tls(
    cite: Arc<Cite>,
    listener: TcpListener,
    interface: Option<&Path>,
    certificate: &Path,
    key: &Path,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let config = RustlsConfig::from_pem_file(certificate, key).await?;
    let handle = Handle::new();
    let stop = handle.clone();
    tokio::spawn(async move {
        shutdown.await;
        stop.graceful_shutdown(Some(GRACE));
    });
    tracing::info!(interface = interface.is_some(), "serving over TLS");
    let days = tokio::spawn(daily(cite.clone()));
    let served = axum_server::from_tcp_rustls(listener.into_std()?, config)?
        .handle(handle)
        .serve(router(cite, interface, true).into_make_service())
        .await;
    days.abort();
    served
}
