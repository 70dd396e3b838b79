//! Draws the toasts.

use super::icon::{Icon, icon};
use crate::state::toast::{Toast, toasts};
use crate::text::common;
use leptos::prelude::*;

/// The toasts of the screen, read aloud by screen readers.
#[component]
pub fn ToastList() -> impl IntoView {
    let all = toasts();
    view! {
        <div class="toasts" aria-live="polite" role="status">
            <For each=move || all.list() key=|toast| toast.number children=one/>
        </div>
    }
}

fn one(toast: Toast) -> impl IntoView {
    let all = toasts();
    let number = toast.number;
    let way = toast.way.map(|(word, back)| {
        view! { <button type="button" class="button" on:click=move |_| { all.remove(number); back.run(()); }>{icon(Icon::Undo2)} {word}</button> }
    });
    view! {
        <div class="toast">
            {icon(Icon::CircleCheck)}
            <div><p>{toast.words}</p>{toast.more.map(|more| view! { <p>{more}</p> })}</div>
            {way}
            <button type="button" class="button button--icon button--plain" aria-label=common::close() on:click=move |_| all.remove(number)>{icon(Icon::X)}</button>
        </div>
    }
}
