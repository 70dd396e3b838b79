//! A short index of a long page: on a tablet it stays at the top, and a touch leads to a part. On a laptop
//! the page stands in two columns and needs none.

use crate::text::{ledger, person as words};
use leptos::prelude::*;

/// The index.
pub fn index() -> impl IntoView {
    let parts = [words::follow_ups(), words::barriers(), words::named(), ledger::title(), words::timeline()];
    let links = parts.into_iter().map(|part| {
        view! { <button type="button" class="index__part" on:click=move |_| lead_to(part)>{short(part)}</button> }
    });
    view! { <nav class="index" aria-label=words::index()>{links.collect_view()}</nav> }
}

/// One word is enough in the index.
fn short(part: &'static str) -> &'static str {
    if part == words::follow_ups() { words::index_next() } else { part }
}

/// Brings a part into sight, and the focus with it.
fn lead_to(part: &str) {
    let cards = document().query_selector_all(".frame__main section.card[aria-label]");
    let Ok(cards) = cards else { return };
    let all = (0..cards.length()).filter_map(|n| cards.item(n));
    let mut all = all.filter_map(|it| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(it).ok());
    if let Some(card) = all.find(|it| it.get_attribute("aria-label").as_deref() == Some(part)) {
        card.scroll_into_view();
        let _ = card.set_attribute("tabindex", "-1");
        let _ = card.focus();
    }
}
