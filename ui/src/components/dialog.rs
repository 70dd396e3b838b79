//! A dialog on the platform's `<dialog>`: focus stays inside, Escape closes.

use super::icon::{Icon, icon};
use crate::text::common;
use leptos::html;
use leptos::prelude::*;

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
