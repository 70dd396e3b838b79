//! The exchange over HTTPS: `POST /v1/sync`, the device's token in the `Authorization` header.

use super::error::SyncError;
use super::exchange::{Exchange, Taken};
use super::frame::Frames;
use crate::certificate;
use crate::enrol::server_address;
use domain::error::ApiError;
use futures_util::StreamExt as _;
use reqwest::StatusCode;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use std::future::Future;
use std::time::Duration;

const CONNECT: Duration = Duration::from_secs(20);
/// Longest silence on the line.
const SILENCE: Duration = Duration::from_secs(60);
/// Longest answer, compressed bytes.
const MOST: usize = 64 * 1024 * 1024;

/// A way to the server of a cité.
#[derive(Clone)]
pub struct HttpExchange {
    client: reqwest::Client,
    url: String,
    token: HeaderValue,
}

impl std::fmt::Debug for HttpExchange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HttpExchange")
    }
}

impl HttpExchange {
    /// What keeps connections: one for a device, so that an exchange soon after another finds its line open.
    pub(crate) fn client() -> Result<reqwest::Client, SyncError> {
        reqwest::Client::builder()
            .connect_timeout(CONNECT)
            .read_timeout(SILENCE)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|_| SyncError::Untrusted)
    }

    /// A way to a server for a device's token.
    ///
    /// # Errors
    /// [`SyncError::Untrusted`] for an address that is none.
    pub fn to(server: &str, token: &[u8]) -> Result<Self, SyncError> {
        Self::over(Self::client()?, server, token)
    }

    /// The same over the connections of a client.
    pub(crate) fn over(client: reqwest::Client, server: &str, token: &[u8]) -> Result<Self, SyncError> {
        let server = server_address(server).map_err(|_| SyncError::Untrusted)?;
        let hex: String = token.iter().map(|byte| format!("{byte:02x}")).collect();
        let mut token = HeaderValue::from_str(&format!("Bearer {hex}")).map_err(|_| SyncError::Untrusted)?;
        token.set_sensitive(true);
        Ok(Self { client, url: format!("{server}/v1/sync"), token })
    }

    /// Posts a small message beside the exchange; the answer's bytes, so many at most.
    pub(crate) async fn post(&self, path: &str, body: Vec<u8>, most: usize) -> Result<Vec<u8>, SyncError> {
        let url = self.url.replace("/v1/sync", path);
        let request = self.client.post(url).header(AUTHORIZATION, self.token.clone()).body(body);
        let response = request.send().await.map_err(|error| unsent(&error, SyncError::Unreachable))?;
        if !response.status().is_success() {
            return Err(SyncError::Server);
        }
        let mut stream = response.bytes_stream();
        let mut answer = Vec::new();
        while let Some(piece) = stream.next().await {
            answer.extend_from_slice(&piece.map_err(|_| SyncError::Cut)?);
            if answer.len() > most {
                return Err(SyncError::Untrusted);
            }
        }
        Ok(answer)
    }

    async fn run(&self, upload: Vec<u8>, each: Taken<'_>) -> Result<(), SyncError> {
        let request = self
            .client
            .post(&self.url)
            .header(AUTHORIZATION, self.token.clone())
            .header(CONTENT_TYPE, "application/octet-stream")
            .body(upload);
        let response = request.send().await.map_err(|error| {
            let cut = !error.is_connect() && !error.is_timeout();
            unsent(&error, if cut { SyncError::Cut } else { SyncError::Unreachable })
        })?;
        let status = response.status();
        let retry = response.headers().get(RETRY_AFTER).and_then(|it| it.to_str().ok()?.parse().ok());
        let mut stream = response.bytes_stream();
        if !status.is_success() {
            let mut body = Vec::new();
            while let Some(Ok(piece)) = stream.next().await {
                body.extend_from_slice(&piece);
                if body.len() > 8 * 1024 {
                    break;
                }
            }
            return Err(refused(status, &body, retry));
        }
        let mut frames = Frames::default();
        let mut total = 0;
        while let Some(piece) = stream.next().await {
            let piece = piece.map_err(|_| SyncError::Cut)?;
            total += piece.len();
            if total > MOST {
                return Err(SyncError::Untrusted);
            }
            frames.take(&piece, each)?;
        }
        frames.end()
    }
}

/// Why nothing was answered: a certificate that is not trusted, or what the line did.
fn unsent(error: &reqwest::Error, line: SyncError) -> SyncError {
    if certificate::is_refused(error) { SyncError::Untrusted } else { line }
}

fn refused(status: StatusCode, body: &[u8], retry: Option<u32>) -> SyncError {
    if matches!(status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
        return SyncError::Busy(retry);
    }
    match serde_json::from_slice::<ApiError>(body).map(|error| error.code) {
        Ok(code) => SyncError::answered(code),
        // Not our server's words: a captive portal, a proxy.
        Err(_) if status.is_server_error() => SyncError::Server,
        Err(_) => SyncError::Untrusted,
    }
}

impl Exchange for HttpExchange {
    fn exchange<'a>(
        &'a self,
        upload: Vec<u8>,
        each: Taken<'a>,
    ) -> impl Future<Output = Result<(), SyncError>> + Send + 'a {
        self.run(upload, each)
    }
}
