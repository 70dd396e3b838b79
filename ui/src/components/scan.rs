//! Scanning a QR image instead of typing. Where the platform cannot, nothing stands here: what the image
//! says can always be typed.

use super::icon::{Icon, icon};
use crate::state::camera::{Camera, can_scan};
use crate::text::common as words;
use domain::secret::SecretText;
use leptos::html;
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen_futures::spawn_local;

/// Between two looks at the picture.
const LOOK: Duration = Duration::from_millis(250);

/// A button that opens the camera; `on_found` gets the text of the first QR image that `fits`.
#[component]
pub fn Scan(
    /// What is scanned: the words of the button.
    #[prop(into)]
    label: String,
    /// Whether a text is what is wanted here; others are passed over.
    fits: fn(&str) -> bool,
    /// Takes it.
    on_found: impl Fn(SecretText) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let label = StoredValue::new(label);
    let (open, failed) = (RwSignal::new(false), RwSignal::new(false));
    let look = move || {
        view! { <Viewfinder fits=fits
        on_found=move |text| { open.set(false); on_found(text); }
        on_close=move || open.set(false)
        on_fail=move || { open.set(false); failed.set(true); }/> }
    };
    can_scan().then(|| {
        view! {
            <div class="scan">
                {move || if open.get() { look().into_any() } else {
                    view! {
                        <button type="button" class="button button--wide" on:click=move |_| { failed.set(false); open.set(true); }>
                            {icon(Icon::Smartphone)} {label.get_value()}
                        </button>
                    }.into_any()
                }}
                {move || failed.get().then(|| view! { <p class="second small" role="status">{words::scan_failed()}</p> })}
            </div>
        }
    })
}

#[component]
fn Viewfinder(
    fits: fn(&str) -> bool,
    on_found: impl Fn(SecretText) + Copy + Send + Sync + 'static,
    on_close: impl Fn() + Copy + Send + Sync + 'static,
    on_fail: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let node: NodeRef<html::Video> = NodeRef::new();
    let here = RwSignal::new(true);
    on_cleanup(move || {
        let _ = here.try_set(false);
    });
    Effect::new(move |begun: Option<bool>| {
        let Some(video) = node.get().filter(|_| begun != Some(true)) else { return begun.unwrap_or(false) };
        spawn_local(async move {
            let Some(camera) = Camera::open(video.into()).await else { return on_fail() };
            // The signal is gone with the view: the camera is dropped, its light goes out.
            while here.try_get_untracked() == Some(true) {
                if let Some(text) = camera.read().await.filter(|text| fits(text)) {
                    drop(camera);
                    if here.try_get_untracked() == Some(true) {
                        on_found(SecretText::from(text));
                    }
                    return;
                }
                pause(LOOK).await;
            }
        });
        true
    });
    view! {
        <video class="scan__picture" node_ref=node prop:muted=true playsinline=true aria-label=words::scanning()></video>
        <p class="second small" role="status">{words::scanning()}</p>
        <button type="button" class="button" on:click=move |_| on_close()>{words::scan_stop()}</button>
    }
}

/// Gives the page a moment.
async fn pause(wait: Duration) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        set_timeout(move || drop(resolve.call0(&wasm_bindgen::JsValue::NULL)), wait);
    });
    // A promise that only resolves.
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}
