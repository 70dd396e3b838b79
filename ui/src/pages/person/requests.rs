//! What the person asked for with the code of their receipt, on top of their page until it is seen to.

use super::follows;
use crate::components::icon::{Icon, icon};
use crate::components::show::refusal;
use crate::state::act;
use crate::state::toast::toasts;
use crate::text::{days, lang, receipt as words, typography};
use domain::api::ledger::{AddLedgerEntry, Circumstances, LedgerAct, LedgerActKind, RequestView};
use domain::api::person::PersonView;
use domain::ids::PathwayId;
use leptos::prelude::*;

/// One band for each.
pub fn bands(page: &PersonView) -> impl IntoView + use<> {
    let pathway = page.hit.label.pathway;
    let open = page.ledger.requests.iter().filter(|it| it.answered.is_none());
    open.map(|it| band(pathway, it)).collect_view()
}

fn band(pathway: PathwayId, it: &RequestView) -> impl IntoView + use<> {
    let done = act();
    let toasts = toasts();
    let request = it.request.clone();
    let label = typography::about(words::done(), it.kind.label(lang()));
    let run = move |_| {
        let kind = LedgerActKind::Answered { request: request.clone() };
        let act = LedgerAct { kind, circumstances: Circumstances::default() };
        done.run(AddLedgerEntry { pathway, act }, move |_| toasts.say(words::answered()));
    };
    let tick = follows().then(|| {
        view! { <button type="button" class="button" aria-label=label disabled=move || done.busy.get() on:click=run>{icon(Icon::Check)} {words::done()}</button> }
    });
    let effect = it.kind.takes_effect().then(|| format!(" · {}", words::took_effect()));
    view! {
        <div class="banner banner--waiting" role="note">
            {icon(Icon::ShieldCheck)}
            <div>
                <p class="strong">{it.kind.label(lang())}</p>
                <p class="second">{words::asked()} " · " {days::plain(it.on)} " · " {it.given_by.label(lang())} {effect}</p>
                {refusal(done.error)}
            </div>
            {tick}
        </div>
    }
}
