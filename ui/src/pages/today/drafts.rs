//! Drafts to finish.

use crate::components::icon::{Icon, icon};
use crate::components::show::show;
use crate::route::Route;
use crate::state::toast::toasts;
use crate::state::{act, load};
use crate::text::{common, days, encounter, today as words, typography};
use domain::api::draft::{DiscardDraft, DraftSummary, ListDrafts};
use domain::changes::Topic;
use leptos::prelude::*;

/// The user's drafts.
#[component]
pub fn Drafts() -> impl IntoView {
    let drafts = load(|| vec![Topic::Drafts], || Some(ListDrafts {}));
    view! {
        <section class="card" aria-label=words::drafts()>
            <div class="card__head"><h2>{words::drafts()}</h2></div>
            {show(drafts, |drafts| view! { <ul class="list">{drafts.into_iter().map(one).collect_view()}</ul> })}
        </section>
    }
}

fn one(draft: DraftSummary) -> impl IntoView {
    let discard = act();
    let toasts = toasts();
    let id = draft.id;
    let kind = if draft.passage { common::passage() } else { common::encounter() };
    let resume_label = typography::about(words::resume(), &days::moment(draft.saved_at_ms));
    let discard_label = typography::about(words::discard(), &days::moment(draft.saved_at_ms));
    let name = draft.initials.map_or_else(|| kind.to_owned(), |initials| format!("{kind} · {initials}"));
    view! {
        <li class="item">
            <span class="avatar avatar--sunk" aria-hidden="true">{icon(Icon::Pencil)}</span>
            <span class="item__words">
                <span class="item__name">{name}</span>
                <span class="item__more">{words::saved_at()} " " {days::moment(draft.saved_at_ms)}</span>
            </span>
            <a class="button" href=Route::Draft(id).href() aria-label=resume_label>{words::resume()}</a>
            <button type="button" class="button button--plain button--icon" aria-label=discard_label disabled=move || discard.busy.get()
                on:click=move |_| discard.run(DiscardDraft { id }, move |()| toasts.say(encounter::discarded()))>
                {icon(Icon::Trash2)}
            </button>
        </li>
    }
}
