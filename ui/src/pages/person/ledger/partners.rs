//! Partners that something may be passed on to, each with its own withdrawal; those to be told.

use super::super::follows;
use crate::components::icon::{Icon, icon};
use crate::components::partner::{called, known};
use crate::components::show::refusal;
use crate::state::act;
use crate::state::toast::toasts;
use crate::text::{
    days, lang, ledger as ledger_words, names, person as person_words, receipt as words, typography,
};
use domain::api::ledger::{LedgerActKind, PartnerId, PartnerView, TellPartner};
use domain::vocabulary::Purpose;
use leptos::prelude::*;

/// The list; nothing where nobody was ever named.
pub fn list(
    partners: Vec<PartnerView>,
    asked: RwSignal<Option<LedgerActKind>>,
) -> Option<impl IntoView + use<>> {
    let any = !partners.is_empty();
    let rows = partners.into_iter().map(|it| one(it, asked)).collect_view();
    any.then(|| view! { <h3>{words::partners()}</h3> <div class="list">{rows}</div> })
}

fn one(it: PartnerView, asked: RwSignal<Option<LedgerActKind>>) -> impl IntoView + use<> {
    let partner = it.partner;
    let name = called(it.name.as_deref());
    let who = known(it.name.as_deref(), it.by.as_ref(), it.by_left);
    let tell = act();
    let toasts = toasts();
    let parts = it.parts.iter().map(|part| part.label(lang())).collect::<Vec<_>>().join(", ");
    let by = it.by.as_ref().map(names::author);
    let agreed =
        [Some(parts), Some(days::plain(it.on)), by].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let label = typography::about(ledger_words::withdraw(), &name);
    let end = it.granted.then(|| view! {
        <button type="button" class="button" aria-label=label on:click=move |_| asked.set(Some(LedgerActKind::Withdrawal { purpose: Purpose::ShareWithPartner, keep_on: None, partner: Some(partner) }))>{ledger_words::withdraw()}</button>
    });
    let told = it.told.as_ref().map(|(on, by)| {
        view! { <span class="badge badge--done">{icon(Icon::Check)} {words::told()} " " {days::plain(*on)} " · " {names::author(by)}</span> }
    });
    let wait = it.to_tell.filter(|_| told.is_none());
    let is_waiting = wait.is_some();
    // A référent may note it for whoever knows the partner and has told them.
    let knows = it.name.is_some();
    let mine = knows && matches!(partner, PartnerId::Protected(_));
    let done = if knows { words::tell() } else { words::told_for() };
    let label = typography::about(done, &name);
    let tick = wait.filter(|_| follows() || mine).map(|cause| {
        let run = move |_| {
            tell.run(TellPartner { cause: cause.clone(), partner }, move |()| toasts.say(person_words::saved()));
        };
        view! { <button type="button" class="button" aria-label=label disabled=move || tell.busy.get() on:click=run>{icon(Icon::Check)} {done}</button> }
    });
    view! {
        <div class="item">
            <span class="item__words">
                <span class="item__name">{name}</span>
                {who.map(|who| view! { <span class="item__more">{who}</span> })}
                <span class="item__more">{agreed}</span>
                {is_waiting.then(|| view! { <span class="badge badge--waiting">{words::to_tell()}</span> })}
                {told}
                {refusal(tell.error)}
            </span>
            {end} {tick}
        </div>
    }
}
