//! Routes. Bodies are bounded before they are read, work runs off the async threads.

use crate::auth::Attempts;
use crate::call::dispatch;
use crate::cite::Cite;
use crate::limit::Knocks;
use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use domain::api::Call;
use domain::error::{ApiError, ErrorCode};
use engine::sync::{MOST_UPLOAD, Refused};
use minicbor::Encode;
use std::path::Path;
use std::sync::Arc;
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// Longest body of joining, bytes: a few keys and a name.
const MOST_BYTES: usize = 8 * 1024;

/// Longest call of the browser face, bytes.
const MOST_CALL: usize = 64 * 1024;
/// What the page may load: itself only. `wasm-unsafe-eval` lets its WebAssembly run.
const CONTENT_SECURITY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

/// What the routes share.
pub(crate) struct App {
    pub(crate) cite: Arc<Cite>,
    pub(crate) attempts: Attempts,
    /// Served over TLS: cookies say so.
    pub(crate) secure: bool,
}

/// What the routes of devices share.
#[derive(Clone)]
pub(crate) struct Devices {
    pub(crate) cite: Arc<Cite>,
    pub(crate) knocks: Arc<Knocks>,
}

/// Every route; the interface's files where a folder is given.
pub fn router(cite: Arc<Cite>, interface: Option<&Path>, secure: bool) -> Router {
    let app = Arc::new(App { cite: cite.clone(), attempts: Attempts::default(), secure });
    // The page's headers concern a browser; a device's exchange does not pay for them.
    let header = |name, value| SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value));
    let calls = Router::new()
        .route("/api/call", post(serve_call).layer(DefaultBodyLimit::max(MOST_CALL)))
        .with_state(app);
    let devices = Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .merge(crate::pair::routes().layer(DefaultBodyLimit::max(MOST_BYTES)))
        .route("/v1/erasures", post(erasures).layer(DefaultBodyLimit::max(MOST_BYTES)))
        .route("/v1/sync", post(exchange).layer(DefaultBodyLimit::max(MOST_UPLOAD)))
        .with_state(Devices { cite, knocks: Arc::default() });
    let mut page = calls;
    if let Some(folder) = interface {
        page = page.fallback_service(ServeDir::new(folder));
    }
    let page = page
        .layer(CompressionLayer::new().gzip(true))
        .layer(header(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY))
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(header::REFERRER_POLICY, "no-referrer"))
        .layer(header(header::CACHE_CONTROL, "no-cache"));
    page.merge(devices)
}

/// A call of the browser face. Only JSON of our own page is taken: another site cannot send that type
/// without asking first, and the cookie is `SameSite=Strict`.
async fn serve_call(State(app): State<Arc<App>>, headers: HeaderMap, body: Bytes) -> Response {
    let json = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()) == Some("application/json");
    let Some(call) = json.then(|| serde_json::from_slice::<Call>(&body).ok()).flatten() else {
        return refuse(&ApiError::new(ErrorCode::Invalid));
    };
    let name = call.name();
    let done = tokio::task::spawn_blocking(move || dispatch(&app, &headers, call)).await;
    match done.unwrap_or_else(|_| Err(ErrorCode::Internal.into())) {
        Ok((answer, cookie)) => {
            let mut response = axum::Json(answer).into_response();
            if let Some(cookie) = cookie {
                response.headers_mut().insert(header::SET_COOKIE, cookie);
            }
            response
        }
        Err(error) => {
            tracing::debug!(call = name, code = ?error.code, "a call was refused");
            refuse(&error)
        }
    }
}

/// The erasures that concern a référent's organisation.
async fn erasures(devices: State<Devices>, headers: HeaderMap, body: Bytes) -> Response {
    beside(devices, headers, move |cite, token| cite.erasures(token, &body)).await
}

/// A small message of a device beside its exchange.
async fn beside<A: Encode<()> + Send + 'static>(
    State(Devices { cite, .. }): State<Devices>,
    headers: HeaderMap,
    work: impl FnOnce(&Cite, &[u8]) -> Result<A, Refused> + Send + 'static,
) -> Response {
    let Some(token) = bearer(&headers) else { return refuse(&ApiError::new(ErrorCode::Revoked)) };
    let done = tokio::task::spawn_blocking(move || work(&cite, &token)).await;
    match done {
        Ok(Ok(answer)) => {
            let body = minicbor::to_vec(answer).expect("encoding into memory does not fail");
            ([(header::CONTENT_TYPE, "application/cbor")], body).into_response()
        }
        Ok(Err(Refused::Code(code))) => refuse(&ApiError::new(code)),
        Ok(Err(Refused::Engine(error))) => refuse(&ApiError::from(error)),
        Err(_) => refuse(&ApiError::new(ErrorCode::Internal)),
    }
}

/// One exchange of a device.
async fn exchange(
    State(Devices { cite, .. }): State<Devices>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    // Too long, or cut on the way.
    let Ok(body) = body else { return refuse(&ApiError::new(ErrorCode::Invalid)) };
    let Some(token) = bearer(&headers) else { return refuse(&ApiError::new(ErrorCode::Revoked)) };
    let done = tokio::task::spawn_blocking(move || cite.exchange(&token, &body)).await;
    match done {
        Ok(Ok(frames)) => {
            tracing::debug!(bytes = frames.len(), "an exchange was answered");
            ([(header::CONTENT_TYPE, "application/octet-stream")], frames).into_response()
        }
        Ok(Err(Refused::Code(code))) => refuse(&ApiError::new(code)),
        Ok(Err(Refused::Engine(error))) => {
            tracing::error!(%error, "an exchange failed");
            refuse(&ApiError::from(error))
        }
        Err(_) => refuse(&ApiError::new(ErrorCode::Internal)),
    }
}

/// The device's token: 32 bytes in hexadecimal digits.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<Vec<u8>> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")?;
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    (0..64).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

pub(crate) fn refuse(error: &ApiError) -> Response {
    let status = match error.code {
        ErrorCode::Internal | ErrorCode::StoreDamaged => StatusCode::INTERNAL_SERVER_ERROR,
        ErrorCode::StorageFull => StatusCode::INSUFFICIENT_STORAGE,
        ErrorCode::InvitationInvalid => StatusCode::FORBIDDEN,
        ErrorCode::Revoked | ErrorCode::SignedOut | ErrorCode::WrongSecret => StatusCode::UNAUTHORIZED,
        ErrorCode::NotAllowed => StatusCode::FORBIDDEN,
        ErrorCode::TooManyAttempts => StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::DeviceTooOld => StatusCode::UPGRADE_REQUIRED,
        _ => StatusCode::BAD_REQUEST,
    };
    (status, axum::Json(error)).into_response()
}
