//! Synchronisation: what waits, what is kept here, the last exchange, and a button.

use crate::components::icon::{Icon, icon};
use crate::components::show::{refusal, show};
use crate::state::{act, load};
use crate::text::{sync as words, typography};
use domain::api::sync::{ReadSyncState, SyncNow, SyncStateView};
use domain::changes::Topic;
use leptos::prelude::*;

/// Synchronisation.
#[component]
pub fn SyncPage() -> impl IntoView {
    let state = load(|| vec![Topic::Sync], || Some(ReadSyncState {}));
    let sync = act();
    view! {
        <div class="page">
            <h1>{words::title()}</h1>
            {show(state, figures)}
            {refusal(sync.error)}
            <button type="button" class="button button--main" disabled=move || sync.busy.get()
                on:click=move |_| sync.run(SyncNow {}, move |view| state.value.set(Some(view)))>
                {icon(Icon::RefreshCw)} {words::now()}
            </button>
        </div>
    }
}

fn figures(view: SyncStateView) -> impl IntoView {
    let failure = view.last_failure.as_ref().map(|failure| {
        let (what, way) = words::failure(failure.kind);
        view! {
            <div class="banner banner--trouble" role="alert">
                {icon(Icon::TriangleAlert)} <div><p class="strong">{what}</p><p>{way}</p></div>
            </div>
        }
    });
    let (title, why) = if view.to_send == 0 {
        (words::all_sent().to_owned(), "")
    } else {
        (format!("{} {}", typography::number(view.to_send), words::to_send()), words::waiting_why())
    };
    view! {
        {failure}
        <section class="card stack">
            <h2>{title}</h2>
            {(!why.is_empty()).then(|| view! { <p>{why}</p> })}
            {counted(view.kept_here, words::kept_here(), words::kept_why())}
            {counted(view.set_aside, words::set_aside(), words::set_aside_why())}
            {view.last_success_ms.is_none().then(|| view! { <p>{words::last()} " : " {words::never()}</p> })}
            {(!view.server.is_empty()).then(|| view! { <p>{words::server()} " : " <span class="clip">{view.server.clone()}</span></p> })}
        </section>
    }
}

/// A count with its reason; nothing where it is none.
fn counted(count: u32, what: &'static str, why: &'static str) -> impl IntoView {
    (count > 0).then(
        || view! { <div><p class="strong">{what} " : " {typography::number(count)}</p><p>{why}</p></div> },
    )
}
