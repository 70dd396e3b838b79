//! Values written at the same time by several people.

use crate::text::{names, person as words};
use domain::api::person::PersonView;
use leptos::prelude::*;

/// Values written at the same time by several people: all are shown, with their authors.
pub fn differing(page: &PersonView) -> impl IntoView + use<> {
    let fields = page.differing.clone();
    (!fields.is_empty()).then(|| {
        let rows = fields.into_iter().map(|field| {
            let values = field.values.into_iter().map(|(value, author)| view! { <li>{value} " · " {names::author(&author)}</li> });
            view! { <div class="card__body"><h3>{field.field}</h3><ul class="earlier">{values.collect_view()}</ul></div> }
        });
        view! { <section class="card"><div class="card__head"><h2>{words::differing()}</h2></div>{rows.collect_view()}</section> }
    })
}
