//! Serving, on a listener that the caller owns, until the caller says so.

use crate::cite::Cite;
use crate::daily::daily;
use crate::router::router;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use std::future::{Future, IntoFuture as _};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

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
    serve_with(GRACE, cite, listener, interface, shutdown).await
}

/// The same, with so much patience for exchanges under way: a device that fell silent does not hold a stop up.
async fn serve_with(
    grace: Duration,
    cite: Arc<Cite>,
    listener: TcpListener,
    interface: Option<&Path>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let days = tokio::spawn(daily(cite.clone()));
    let (stop, stopped) = oneshot::channel::<()>();
    let shutdown = async move {
        shutdown.await;
        drop(stop);
    };
    let served = axum::serve(listener, router(cite, interface, false)).with_graceful_shutdown(shutdown);
    let over = async {
        drop(stopped.await);
        tokio::time::sleep(grace).await;
    };
    let served = tokio::select! {
        served = served.into_future() => served,
        () = over => Ok(()),
    };
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

#[cfg(test)]
// Helpers of a test stop at the first surprise, as the test itself does.
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpStream;

    #[tokio::test]
    async fn a_device_that_fell_silent_does_not_hold_a_stop_up() {
        let folder = tempfile::tempdir().unwrap();
        let cite = Arc::new(Cite::init(&folder.path().join("server"), "Cité inventée", true).unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let asked = async { drop(stopped.await) };
        let serving = tokio::spawn(serve_with(Duration::ZERO, cite, listener, None, asked));
        let mut line = TcpStream::connect(at).await.unwrap();
        let head = format!(
            "POST /v1/sync HTTP/1.1\r\nhost: {at}\r\ncontent-length: 99\r\nexpect: 100-continue\r\n\r\n"
        );
        line.write_all(head.as_bytes()).await.unwrap();
        // It has begun to wait for the rest, which never comes.
        let mut heard = Vec::new();
        while !heard.ends_with(b"100 Continue\r\n\r\n") {
            heard.push(line.read_u8().await.unwrap());
        }
        drop(stop);
        let patience = Duration::from_secs(60);
        tokio::time::timeout(patience, serving).await.expect("it stops").unwrap().unwrap();
    }
}
