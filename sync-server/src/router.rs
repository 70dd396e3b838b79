//! Routes. Bodies are bounded before they are read, work runs off the async threads.

use crate::cite::Cite;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use domain::error::{ApiError, ErrorCode};
use engine::enrol::Host;
use engine::sync::{MOST_UPLOAD, Refused};
use minicbor::{Decode, Encode};
use std::sync::Arc;

/// Longest body of joining, bytes: a few keys and a name.
const MOST_BYTES: usize = 8 * 1024;

/// Every route.
pub fn router(cite: Arc<Cite>) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/v1/enrol/check", post(|cite, body| answer(cite, body, |host, request| host.check(&request))))
        .route("/v1/enrol/join", post(|cite, body| answer(cite, body, |host, request| host.join(&request))))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .route("/v1/sync", post(exchange).layer(DefaultBodyLimit::max(MOST_UPLOAD)))
        .with_state(cite)
}

/// Decodes a message, does the work off the async threads, encodes the answer.
async fn answer<Q, A>(
    State(cite): State<Arc<Cite>>,
    body: Bytes,
    work: impl FnOnce(&mut Host<'_>, Q) -> Result<A, ApiError> + Send + 'static,
) -> Response
where
    Q: for<'b> Decode<'b, ()> + Send + 'static,
    A: Encode<()> + Send + 'static,
{
    let Ok(request) = minicbor::decode::<Q>(&body) else {
        return refuse(&ApiError::new(ErrorCode::Invalid));
    };
    let done = tokio::task::spawn_blocking(move || cite.host(|host| work(host, request))).await;
    match done.unwrap_or_else(|_| Err(ErrorCode::Internal.into())) {
        Ok(answer) => {
            let body = minicbor::to_vec(&answer).expect("encoding into memory does not fail");
            ([(header::CONTENT_TYPE, "application/cbor")], body).into_response()
        }
        Err(error) => refuse(&error),
    }
}

/// One exchange of a device.
async fn exchange(State(cite): State<Arc<Cite>>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(token) = bearer(&headers) else { return refuse(&ApiError::new(ErrorCode::Revoked)) };
    let done = tokio::task::spawn_blocking(move || cite.exchange(&token, &body)).await;
    match done {
        Ok(Ok(frames)) => ([(header::CONTENT_TYPE, "application/octet-stream")], frames).into_response(),
        Ok(Err(Refused::Code(code))) => refuse(&ApiError::new(code)),
        Ok(Err(Refused::Engine(error))) => {
            tracing::error!(%error, "an exchange failed");
            refuse(&ApiError::from(error))
        }
        Err(_) => refuse(&ApiError::new(ErrorCode::Internal)),
    }
}

/// The device's token: 32 bytes in hexadecimal digits.
fn bearer(headers: &HeaderMap) -> Option<Vec<u8>> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")?;
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    (0..64).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

fn refuse(error: &ApiError) -> Response {
    let status = match error.code {
        ErrorCode::Internal | ErrorCode::StoreDamaged => StatusCode::INTERNAL_SERVER_ERROR,
        ErrorCode::StorageFull => StatusCode::INSUFFICIENT_STORAGE,
        ErrorCode::InvitationInvalid => StatusCode::FORBIDDEN,
        ErrorCode::Revoked => StatusCode::UNAUTHORIZED,
        ErrorCode::DeviceTooOld => StatusCode::UPGRADE_REQUIRED,
        _ => StatusCode::BAD_REQUEST,
    };
    (status, axum::Json(error)).into_response()
}
