//! Routes of joining: by an invitation of the server, through the mailbox between two devices, or by the
//! printed recovery key. Bodies
//! are a few keys and a name; requests are counted, work runs off the async threads.

use crate::router::{Devices, bearer, refuse};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use domain::error::{ApiError, ErrorCode};
use domain::ids::DeviceId;
use engine::clock::{Clock as _, SystemClock};
use engine::enrol::Host;
use minicbor::{Decode, Encode};

/// Routes of joining.
pub(crate) fn routes() -> Router<Devices> {
    Router::new()
        .route("/v1/enrol/check", post(|s, h, b| answer(s, h, b, |host, _, it| host.check(&it))))
        .route("/v1/enrol/join", post(|s, h, b| answer(s, h, b, |host, token, it| host.join(token, &it))))
        .route("/v1/recover/past", post(|s, h, b| answer(s, h, b, |host, _, it| host.past(&it))))
        .route("/v1/recover/sign", post(|s, h, b| answer(s, h, b, |host, _, it| host.recover(&it))))
        .route(
            "/v1/pair/offer",
            post(|s, h, b| answer(s, h, b, |host, token, it| host.offer_pairing(token, &it))),
        )
        .route("/v1/pair/result", post(|s, h, b| answer(s, h, b, |host, _, it| host.pairing_result(&it))))
        .route("/v1/pair/open", post(|s, h, b| device(s, h, b, |host, id, it| host.open_pairing(id, &it))))
        .route("/v1/pair/fetch", post(|s, h, b| device(s, h, b, |host, id, it| host.fetch_pairing(id, &it))))
        .route(
            "/v1/pair/confirm",
            post(|s, h, b| device(s, h, b, |host, id, it| host.confirm_pairing(id, &it))),
        )
        .route(
            "/v1/pair/cancel",
            post(|s, h, b| device(s, h, b, |host, id, it| host.cancel_pairing(id, &it))),
        )
}

/// Serves one message of a device that shows its token.
async fn device<Q, A>(
    state: State<Devices>,
    headers: HeaderMap,
    body: Bytes,
    work: impl FnOnce(&mut Host<'_>, DeviceId, Q) -> Result<A, ApiError> + Send + 'static,
) -> Response
where
    Q: for<'b> Decode<'b, ()> + Send + 'static,
    A: Encode<()> + Send + 'static,
{
    let work = |host: &mut Host<'_>, token: Option<&[u8]>, request| {
        let id = host.bearer(token.ok_or(ErrorCode::Revoked)?)?;
        work(host, id, request)
    };
    answer(state, headers, body, work).await
}

/// Decodes a message, does the work, encodes the answer.
async fn answer<Q, A>(
    State(Devices { cite, knocks }): State<Devices>,
    headers: HeaderMap,
    body: Bytes,
    work: impl FnOnce(&mut Host<'_>, Option<&[u8]>, Q) -> Result<A, ApiError> + Send + 'static,
) -> Response
where
    Q: for<'b> Decode<'b, ()> + Send + 'static,
    A: Encode<()> + Send + 'static,
{
    if !knocks.take(SystemClock.now_ms()) {
        return refuse(&ApiError::about(ErrorCode::TooManyAttempts, "5"));
    }
    let Ok(request) = minicbor::decode::<Q>(&body) else {
        return refuse(&ApiError::new(ErrorCode::Invalid));
    };
    let token = bearer(&headers);
    let done =
        tokio::task::spawn_blocking(move || cite.host(|host| work(host, token.as_deref(), request))).await;
    match done.unwrap_or_else(|_| Err(ErrorCode::Internal.into())) {
        Ok(answer) => {
            let body = minicbor::to_vec(&answer).expect("encoding into memory does not fail");
            ([(header::CONTENT_TYPE, "application/cbor")], body).into_response()
        }
        Err(error) => refuse(&error),
    }
}
