//! Calls through the Tauri shell's one command, and its event of what became stale.

use domain::api::{Answer, Call};
use domain::changes::Changes;
use domain::error::{ApiError, ErrorCode};
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["window", "__TAURI__", "core"])]
    async fn invoke(command: &str, arguments: JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["window", "__TAURI__", "event"], js_name = listen)]
    fn listen_to(event: &str, handler: &Closure<dyn FnMut(JsValue)>) -> Result<JsValue, JsValue>;
}

/// Whether this page runs in the Tauri window.
pub fn is_here() -> bool {
    js_sys::Reflect::has(&leptos::prelude::window(), &JsValue::from_str("__TAURI__")).unwrap_or(false)
}

/// Sends one call.
pub async fn send(call: &Call) -> Result<Answer, ApiError> {
    let internal = || ApiError::new(ErrorCode::Internal);
    let json = serde_json::to_string(call).map_err(|_| internal())?;
    let arguments = js_sys::Object::new();
    let value = js_sys::JSON::parse(&json).map_err(|_| internal())?;
    js_sys::Reflect::set(&arguments, &JsValue::from_str("call"), &value).map_err(|_| internal())?;
    match invoke("call", arguments.into()).await {
        Ok(answer) => read(&answer).ok_or_else(internal),
        Err(refusal) => Err(read(&refusal).unwrap_or_else(internal)),
    }
}

/// Asks where to write a file, then writes it; false where the user closed the dialog.
pub async fn save(name: &str, content: &str) -> Result<bool, ApiError> {
    let internal = || ApiError::new(ErrorCode::Internal);
    let arguments = js_sys::Object::new();
    for (key, value) in [("name", name), ("content", content)] {
        js_sys::Reflect::set(&arguments, &JsValue::from_str(key), &JsValue::from_str(value))
            .map_err(|_| internal())?;
    }
    match invoke("save", arguments.into()).await {
        Ok(saved) => Ok(saved.as_bool().unwrap_or_default()),
        Err(refusal) => Err(read(&refusal).unwrap_or_else(internal)),
    }
}

/// Hands on every `changes` event for as long as the page lives.
pub fn listen(mut heard: impl FnMut(&Changes) + 'static) {
    let handler = Closure::new(move |event: JsValue| {
        let payload = js_sys::Reflect::get(&event, &JsValue::from_str("payload")).ok();
        if let Some(changes) = payload.and_then(|payload| read::<Changes>(&payload)) {
            heard(&changes);
        }
    });
    // Where the shell sends no events the screens still follow the answers of their own calls.
    let _ = listen_to("changes", &handler);
    handler.forget();
}

fn read<T: DeserializeOwned>(value: &JsValue) -> Option<T> {
    let text = value.as_string().or_else(|| js_sys::JSON::stringify(value).ok()?.as_string())?;
    serde_json::from_str(&text).ok()
}
