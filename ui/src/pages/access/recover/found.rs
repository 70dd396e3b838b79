//! What the server shows of the cité, to be compared with the sheet before anything is signed.

use super::{Recovery, Step};
use crate::components::icon::{Icon, icon};
use crate::pages::access::Door;
use crate::text::recover as words;
use domain::api::recovery::RecoveryOpened;
use leptos::prelude::*;

pub(super) fn found(it: Recovery, opened: RecoveryOpened) -> impl IntoView {
    let check = opened.check.into_iter().map(|word| view! { <li>{word}</li> }).collect_view();
    let active = opened.active.join(", ");
    let people = (!active.is_empty()).then(|| view! { <dt>{words::active()}</dt><dd>{active}</dd> });
    view! {
        <Door wide=true>
            <h1>{opened.cite_name}</h1>
            <p>{words::compare()}</p>
            <ol class="words">{check}</ol>
            <dl class="facts"><dt>{words::organisations()}</dt><dd>{opened.organisations.join(", ")}</dd>{people}</dl>
            <div class="banner banner--waiting">{icon(Icon::TriangleAlert)} <div><p class="strong">{words::what_follows()}</p><p>{words::what_follows_why()}</p></div></div>
            <button type="button" class="button button--main button--large button--wide" on:click=move |_| it.step.set(Step::Sheet)>{words::same()}</button>
            <button type="button" class="button button--plain" on:click=move |_| it.back.run(())>{words::differ()}</button>
        </Door>
    }
}
