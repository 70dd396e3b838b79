//! Fields to type in. Nothing has to be typed in the street; what is, has a label.

use super::icon::{Icon, icon};
use super::keys::focus_soon;
use crate::text::{common, encounter};
use leptos::html;
use leptos::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};

fn new_id() -> String {
    static LAST: AtomicU32 = AtomicU32::new(0);
    format!("field-{}", LAST.fetch_add(1, Ordering::Relaxed))
}

/// A line of text with its label.
#[component]
pub fn Field(
    /// Its label.
    #[prop(into)]
    label: String,
    /// The text.
    #[prop(into)]
    value: Signal<String>,
    /// What typing does.
    on_input: impl Fn(String) + 'static,
    /// A word of help.
    #[prop(into, optional)]
    hint: String,
    /// Type of input: `text`, `password`, `tel`, `email`, `url`.
    #[prop(into, default = "text".to_owned())]
    kind: String,
    /// Autocomplete token.
    #[prop(into, default = "off".to_owned())]
    complete: String,
    /// Wrong, and why.
    #[prop(into, optional)]
    wrong: Signal<Option<String>>,
    /// Has the focus once it is there: the one thing its screen asks for.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let id = new_id();
    let input: NodeRef<html::Input> = NodeRef::new();
    if first {
        focus_soon(move || input.try_get_untracked().flatten().map(Into::into));
    }
    let hint_id = format!("{id}-hint");
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{label}</label>
            {(!hint.is_empty()).then(|| view! { <span class="field__hint" id=hint_id.clone()>{hint.clone()}</span> })}
            <input class="input" node_ref=input id=id type=kind autocomplete=complete autocapitalize="off" spellcheck="false" aria-describedby=hint_id
                aria-invalid=move || wrong.get().is_some().to_string()
                prop:value=move || value.get() on:input=move |event| on_input(event_target_value(&event))/>
            {move || wrong.get().map(|words| view! { <span class="field__wrong" role="alert">{words}</span> })}
        </div>
    }
}

/// A longer text with its label.
#[component]
pub fn LongField(
    /// Its label.
    #[prop(into)]
    label: String,
    /// The text.
    #[prop(into)]
    value: Signal<String>,
    /// What typing does.
    on_input: impl Fn(String) + 'static,
    /// A word of help.
    #[prop(into, optional)]
    hint: String,
    /// What should not be written here, beside the field.
    #[prop(into, optional)]
    caution: String,
    /// Wrong, and why.
    #[prop(into, optional)]
    wrong: Signal<Option<String>>,
) -> impl IntoView {
    let id = new_id();
    let caution_id = format!("{id}-caution");
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{label}</label>
            {(!hint.is_empty()).then(|| view! { <span class="field__hint">{hint.clone()}</span> })}
            {(!caution.is_empty()).then(|| view! { <span class="field__hint" id=caution_id.clone()>{icon(Icon::TriangleAlert)} " " {caution.clone()}</span> })}
            <textarea class="input" id=id maxlength="2000" aria-describedby=caution_id aria-invalid=move || wrong.get().is_some().to_string() prop:value=move || value.get() on:input=move |event| on_input(event_target_value(&event))></textarea>
            {move || wrong.get().map(|words| view! { <span class="field__wrong" role="alert">{words}</span> })}
        </div>
    }
}

/// Searches as one types.
#[component]
pub fn Search(
    /// What is searched.
    #[prop(into)]
    label: String,
    /// What was typed.
    value: RwSignal<String>,
) -> impl IntoView {
    view! {
        <div class="search" role="search">
            {icon(Icon::Search)}
            <input class="input" type="text" inputmode="search" autocomplete="off" autocapitalize="off" spellcheck="false" aria-label=label.clone() placeholder=label
                prop:value=move || value.get() on:input=move |event| value.set(event_target_value(&event))/>
            {move || (!value.with(String::is_empty)).then(|| view! {
                <button type="button" class="search__clear" aria-label=common::clear() on:click=move |_| value.set(String::new())>{icon(Icon::X)}</button>
            })}
        </div>
    }
}

/// Why a note cannot be kept as it is typed.
pub fn note_trouble(text: &str) -> Option<String> {
    domain::text::looks_like_social_security_number(text).then(|| encounter::note_number().to_owned())
}
