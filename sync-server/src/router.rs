//! Routes. Bodies are bounded before they are read, work runs off the async threads.

use crate::cite::Cite;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use domain::error::{ApiError, ErrorCode};
use engine::enrol::Host;
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

fn refuse(error: &ApiError) -> Response {
    let status = match error.code {
        ErrorCode::Internal | ErrorCode::StoreDamaged => StatusCode::INTERNAL_SERVER_ERROR,
        ErrorCode::StorageFull => StatusCode::INSUFFICIENT_STORAGE,
        ErrorCode::InvitationInvalid => StatusCode::FORBIDDEN,
        _ => StatusCode::BAD_REQUEST,
    };
    (status, axum::Json(error)).into_response()
}
