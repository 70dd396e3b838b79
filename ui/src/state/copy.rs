//! Text for the platform's clipboard: nothing of ours keeps it.

use leptos::prelude::window;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Copies a text; false where the platform has no clipboard or refuses.
pub async fn to_clipboard(text: &str) -> bool {
    let get = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &JsValue::from_str(name)).ok();
    let clipboard = get(&window().navigator().into(), "clipboard").filter(|it| !it.is_undefined());
    let Some(clipboard) = clipboard else { return false };
    let write = get(&clipboard, "writeText").and_then(|it| it.dyn_into::<js_sys::Function>().ok());
    let promise = write.and_then(|it| it.call1(&clipboard, &JsValue::from_str(text)).ok());
    match promise.and_then(|it| it.dyn_into::<js_sys::Promise>().ok()) {
        Some(promise) => JsFuture::from(promise).await.is_ok(),
        None => false,
    }
}
