//! Serving as a program of its own: its logs, its address, its end when the system asks for it.

use crate::config::{Config, Tls};
use crate::{Cite, serve, serve_tls};
use anyhow::{Context as _, Result};
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Structured logs on standard error: codes and counts, never personal data. `RUST_LOG` sets the level.
pub fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,sync_server=info"));
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
}

/// Serves as configured until Ctrl-C or a request to terminate; exchanges under way are finished. The first line it
/// says is its address.
///
/// # Errors
/// A cité that does not open, an address that cannot be listened on, files that are no certificate and key.
#[allow(clippy::print_stdout, reason = "this is how a command line answers")]
pub async fn run(config: &Config) -> Result<()> {
    let cite = Arc::new(Cite::open_with(&config.at.data, &config.at.journal)?);
    let listen = config.listen;
    let listener = TcpListener::bind(listen).await.with_context(|| format!("cannot listen on {listen}"))?;
    let Some(Tls { certificate, key }) = &config.tls else {
        return serve_plain(cite, listener, &config.interface).await;
    };
    println!("Serving on https://{}. Ctrl-C stops.", listener.local_addr()?);
    serve_tls(cite, listener, interface(&config.interface), certificate, key, asked_to_stop())
        .await
        .context("the server stopped")
}

/// Serves without TLS, on a listener that the caller owns, as [`run`] does.
///
/// # Errors
/// What the network refuses.
#[allow(clippy::print_stdout, reason = "this is how a command line answers")]
pub async fn serve_plain(cite: Arc<Cite>, listener: TcpListener, folder: &Path) -> Result<()> {
    println!("Serving on http://{}. Ctrl-C stops.", listener.local_addr()?);
    serve(cite, listener, interface(folder), asked_to_stop()).await.context("the server stopped")
}

#[allow(clippy::print_stdout, reason = "this is how a command line answers")]
fn interface(folder: &Path) -> Option<&Path> {
    let found = folder.is_dir().then_some(folder);
    if found.is_none() {
        println!("No interface folder here: devices are served, the browser face is not.");
    }
    found
}

#[cfg(unix)]
async fn asked_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut interrupt), Ok(mut terminate)) =
        (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        // Where signals cannot be heard, the process is stopped from outside.
        return std::future::pending().await;
    };
    tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
}

#[cfg(not(unix))]
async fn asked_to_stop() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
