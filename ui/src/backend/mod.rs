//! The way to what serves the calls: the Tauri shell, or the server that served this page.

mod http;
mod tauri;

use crate::state::stale;
use domain::api::{Answer, Call, Request};
use domain::changes::Topic;
use domain::error::{ApiError, ErrorCode};
use wasm_bindgen::JsCast as _;

/// Makes a call. What it made stale is announced before the reply is handed back.
///
/// # Errors
/// What the serving side refused, or that it does not answer.
pub async fn call<R: Request>(request: R) -> Result<R::Reply, ApiError> {
    let call: Call = request.into();
    let answer = send(&call).await.inspect_err(after_refusal)?;
    stale::announce(&answer.changes);
    R::take(answer.reply).map_err(|_| ApiError::new(ErrorCode::ServerUntrusted))
}

/// Listens to what becomes stale without a call of ours: a synchronisation in the background.
pub fn listen() {
    if tauri::is_here() {
        tauri::listen(stale::announce);
    }
}

/// Writes a file where the user chooses; false where they changed their mind.
///
/// # Errors
/// Where this face writes no files, or the place cannot be written to.
pub async fn save(name: &str, content: &str) -> Result<bool, ApiError> {
    if tauri::is_here() { tauri::save(name, content).await } else { Err(ApiError::new(ErrorCode::NotHere)) }
}

/// Hands a text to the browser as a file: no request is made, nothing is kept.
pub fn download(name: &str, kind: &str, text: &str) {
    let encoded = String::from(js_sys::encode_uri_component(text));
    let Ok(link) = leptos::prelude::document().create_element("a") else { return };
    let set = link.set_attribute("href", &format!("data:{kind};charset=utf-8,{encoded}"));
    if set.and_then(|()| link.set_attribute("download", name)).is_ok() {
        link.unchecked_ref::<web_sys::HtmlElement>().click();
    }
}

async fn send(call: &Call) -> Result<Answer, ApiError> {
    if tauri::is_here() { tauri::send(call).await } else { http::send(call).await }
}

/// A lock or an end of session noticed by any call sends the whole screen back to its door.
fn after_refusal(error: &ApiError) {
    if matches!(
        error.code,
        ErrorCode::Locked | ErrorCode::SignedOut | ErrorCode::NotJoined | ErrorCode::PassphraseNeeded
    ) {
        stale::touch(Topic::Session);
    }
}
