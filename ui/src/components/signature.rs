//! A signature drawn on the screen, as SVG path data of at most 8 KiB.

use crate::text::ledger;
use leptos::prelude::*;
use std::fmt::Write as _;
use wasm_bindgen::JsCast as _;

const LIMIT_BYTES: usize = 8 * 1024;

/// A pad to sign on with a finger, a pen or a mouse.
#[component]
pub fn SignaturePad(
    /// The drawing so far.
    path: RwSignal<String>,
) -> impl IntoView {
    let drawing = RwSignal::new(false);
    let point = move |event: &web_sys::PointerEvent, letter: char| {
        let Some(pad) = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        else {
            return;
        };
        let place = pad.get_bounding_client_rect();
        let (x, y) = (f64::from(event.client_x()) - place.left(), f64::from(event.client_y()) - place.top());
        let (x, y) = (x / place.width() * 600.0, y / place.height() * 180.0);
        path.update(|path| {
            if path.len() + 12 < LIMIT_BYTES {
                // Writing into a String cannot fail.
                let _ = write!(path, "{letter}{x:.0} {y:.0}");
            }
        });
    };
    view! {
        <div class="stack stack--tight">
            <svg class="signature" viewBox="0 0 600 180" preserveAspectRatio="none" role="img" aria-label=ledger::sign_here()
                on:pointerdown=move |event| { event.prevent_default(); drawing.set(true); point(&event, 'M'); }
                on:pointermove=move |event| if drawing.get_untracked() { point(&event, 'L') }
                on:pointerup=move |_| drawing.set(false) on:pointerleave=move |_| drawing.set(false)>
                <path d=move || path.get()/>
            </svg>
            <div class="row row--spread">
                <span class="second small">{ledger::sign_hint()}</span>
                <button type="button" class="button button--plain" on:click=move |_| path.set(String::new())>{ledger::sign_again()}</button>
            </div>
        </div>
    }
}
