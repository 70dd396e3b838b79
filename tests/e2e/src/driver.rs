//! WebDriver programs and their sessions.

use crate::group::Group;
use anyhow::{Context, Result, bail};
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::Value;
use std::time::Duration;
use tokio::net::TcpStream;
use url::Url;

/// How long a driver may take to listen, and a session to begin.
const PATIENCE: Duration = Duration::from_secs(45);
const BETWEEN_TRIES: Duration = Duration::from_millis(50);

/// Waits until a driver listens on a port of this machine.
///
/// # Errors
/// Where it stops, or does not listen in time.
pub async fn wait_for_port(program: &mut Group, port: u16) -> Result<()> {
    let listens = async {
        loop {
            if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return Ok(());
            }
            if !program.is_running() {
                bail!("it stopped before it listened");
            }
            tokio::time::sleep(BETWEEN_TRIES).await;
        }
    };
    tokio::time::timeout(PATIENCE, listens).await.context("it does not listen")?
}

/// Begins a session; a driver that hangs (no display, no binary) is given up.
///
/// # Errors
/// Where the driver refuses, or does not answer in time.
pub async fn session(port: u16, capabilities: Value) -> Result<Client> {
    let Value::Object(capabilities) = capabilities else { bail!("capabilities are an object") };
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(capabilities);
    let url = format!("http://127.0.0.1:{port}");
    let client = tokio::time::timeout(PATIENCE, builder.connect(&url)).await;
    Ok(client.context("the driver did not begin a session in time")??)
}

/// A command that is the browser's own: its log, its DevTools.
#[derive(Debug)]
pub struct Vendor {
    path: &'static str,
    body: Value,
}

impl Vendor {
    /// A POST below the session's address.
    pub fn post(path: &'static str, body: Value) -> Self {
        Self { path, body }
    }
}

impl WebDriverCompatibleCommand for Vendor {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _url: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}
