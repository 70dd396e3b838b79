//! A dialog on the platform's `<dialog>`: focus stays inside, Escape closes.

use super::icon::{Icon, icon};
use crate::text::common;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, HtmlInputElement};

/// A dialog, open while it stands in the view; draw it inside a `move || open.get().then(…)`.
#[component]
pub fn Dialog(
    /// Its title.
    #[prop(into)]
    title: String,
    /// Closes it.
    on_close: impl Fn() + Copy + Send + Sync + 'static,
    /// Buttons at its foot.
    #[prop(into, optional)]
    foot: ViewFn,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    let node: NodeRef<html::Dialog> = NodeRef::new();
    // Whatever opened the dialog has the focus again once it is closed.
    let opener = StoredValue::new_local(document().active_element());
    on_cleanup(move || {
        let opener = opener.try_get_value().flatten().and_then(|it| it.dyn_into::<HtmlElement>().ok());
        request_animation_frame(move || {
            if let Some(opener) = opener.filter(|it| it.is_connected()) {
                let _ = opener.focus();
            }
        });
    });
    // Enter in a line of text presses the main button of the foot.
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let in_line = event.target().is_some_and(|it| it.has_type::<HtmlInputElement>());
        if event.key() != "Enter" || event.is_composing() || !in_line {
            return;
        }
        let main = node.get_untracked().and_then(|dialog| {
            dialog.query_selector(".dialog__foot .button--main:not([disabled])").ok().flatten()
        });
        if let Some(button) = main.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            event.prevent_default();
            button.click();
        }
    };
    Effect::new(move |_| {
        if let Some(dialog) = node.get()
            && !dialog.open()
        {
            // A dialog that cannot be modal still opens.
            if dialog.show_modal().is_err() {
                dialog.set_open(true);
            }
        }
    });
    let label = title.clone();
    view! {
        <dialog node_ref=node class="dialog" aria-label=label
            on:keydown=on_key
            on:cancel=move |event: leptos::ev::Event| { event.prevent_default(); on_close(); }
            on:click=move |event| {
                let on_veil = node.get_untracked().is_some_and(|dialog| {
                    event.target().is_some_and(|target| { let target: &wasm_bindgen::JsValue = target.as_ref(); target == AsRef::<wasm_bindgen::JsValue>::as_ref(&*dialog) })
                });
                if on_veil { on_close(); }
            }>
            <div class="dialog__head">
                <h2>{title}</h2>
                <button type="button" class="button button--plain button--icon" aria-label=common::close() on:click=move |_| on_close()>{icon(Icon::X)}</button>
            </div>
            <div class="dialog__body">{children()}</div>
            <div class="dialog__foot">{foot.run()}</div>
        </dialog>
    }
}
