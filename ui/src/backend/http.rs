//! Calls by HTTP to the server that served this page, with its same-origin cookie.

use domain::api::{Answer, Call};
use domain::error::{ApiError, ErrorCode};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestCredentials, RequestInit, Response};

const PATH: &str = "./api/call";

/// Sends one call.
pub async fn send(call: &Call) -> Result<Answer, ApiError> {
    let body = serde_json::to_string(call).map_err(|_| ApiError::new(ErrorCode::Internal))?;
    let (status, text) = fetch(&body).await.map_err(|_| ApiError::new(ErrorCode::ServerUnreachable))?;
    if (200..300).contains(&status) {
        return serde_json::from_str(&text).map_err(|_| ApiError::new(ErrorCode::ServerUntrusted));
    }
    Err(serde_json::from_str(&text).unwrap_or_else(|_| ApiError::new(by_status(status))))
}

async fn fetch(body: &str) -> Result<(u16, String), JsValue> {
    let headers = Headers::new()?;
    headers.set("content-type", "application/json")?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_credentials(RequestCredentials::SameOrigin);
    init.set_body(&JsValue::from_str(body));
    let response: Response = JsFuture::from(leptos::prelude::window().fetch_with_str_and_init(PATH, &init))
        .await?
        .unchecked_into();
    let text = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    Ok((response.status(), text))
}

/// What a status means where no words of ours came with it (a proxy in between).
fn by_status(status: u16) -> ErrorCode {
    match status {
        401 => ErrorCode::SignedOut,
        403 => ErrorCode::NotAllowed,
        404 | 502 | 503 | 504 => ErrorCode::ServerUnreachable,
        429 => ErrorCode::TooManyAttempts,
        _ => ErrorCode::ServerUntrusted,
    }
}
