//! Partners to be told that somebody was erased. Nobody is named.

use crate::components::icon::{Icon, icon};
use crate::components::show::refusal;
use crate::state::act;
use crate::state::toast::toasts;
use crate::text::{days, erasure, person, receipt as words, typography};
use domain::api::caseload::ErasedToTell;
use domain::api::ledger::TellPartner;
use leptos::prelude::*;

/// The list; nothing where everybody was told.
pub(super) fn card(waiting: Vec<ErasedToTell>) -> Option<impl IntoView> {
    let any = !waiting.is_empty();
    let rows = waiting.into_iter().map(one).collect_view();
    any.then(|| {
        view! {
            <section class="card" aria-label=words::tell_erased()>
                <div class="card__head"><h2>{words::tell_erased()}</h2></div>
                <p class="card__note second">{words::tell_erased_why()}</p>
                <div class="list">{rows}</div>
            </section>
        }
    })
}

fn one(it: ErasedToTell) -> impl IntoView {
    let tell = act();
    let toasts = toasts();
    let label = typography::about(words::tell(), &format!("{}, {}", it.name, it.number));
    let (cause, partner) = (it.cause, it.partner);
    let run = move |_| {
        tell.run(TellPartner { cause: cause.clone(), partner }, move |()| toasts.say(person::saved()));
    };
    view! {
        <div class="item">
            <span class="item__words">
                <span class="item__name">{it.name}</span>
                <span class="item__more">{erasure::number()} " " {it.number} " · " {days::plain(it.on)}</span>
                {refusal(tell.error)}
            </span>
            <button type="button" class="button" aria-label=label disabled=move || tell.busy.get() on:click=run>{icon(Icon::Check)} {words::tell()}</button>
        </div>
    }
}
