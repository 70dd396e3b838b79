//! Partners to be told that somebody was erased, each with its *done*. Nobody is named.

use super::icon::{Icon, icon};
use super::partner::{called, known};
use super::show::refusal;
use crate::state::act;
use crate::state::toast::toasts;
use crate::text::{days, erasure, person, receipt as words, typography};
use domain::api::caseload::ErasedToTell;
use domain::api::ledger::TellPartner;
use leptos::prelude::*;

/// The list, and why; nothing where everybody was told.
pub fn card(
    waiting: Vec<ErasedToTell>,
    why: &'static str,
    discreet: Signal<bool>,
) -> Option<impl IntoView + use<>> {
    let any = !waiting.is_empty();
    let rows = waiting.into_iter().map(|it| one(it, discreet)).collect_view();
    any.then(|| {
        view! {
            <section class="card" aria-label=words::tell_erased()>
                <div class="card__head"><h2>{words::tell_erased()}</h2></div>
                <p class="card__note second">{why}</p>
                <div class="list">{rows}</div>
            </section>
        }
    })
}

fn one(it: ErasedToTell, discreet: Signal<bool>) -> impl IntoView {
    let tell = act();
    let toasts = toasts();
    let who = known(it.name.as_deref(), it.known_by.as_ref(), it.known_by_left);
    let done = if it.name.is_some() { words::tell() } else { words::told_for() };
    let (cause, partner, number) = (it.cause, it.partner, it.number);
    let run = move |_| {
        tell.run(TellPartner { cause: cause.clone(), partner }, move |()| toasts.say(person::saved()));
    };
    let (shown, hidden) = (called(it.name.as_deref()), called(None));
    // Over somebody's shoulder no service is read.
    let name = Signal::derive(move || if discreet.get() { hidden.clone() } else { shown.clone() });
    let named = number.clone();
    let label = move || typography::about(done, &format!("{}, {named}", name.get()));
    view! {
        <div class="item">
            <span class="item__words">
                <span class="item__name">{name}</span>
                <span class="item__more">{erasure::number()} " " {number} " · " {days::plain(it.on)}</span>
                {who.map(|who| view! { <span class="item__more">{who}</span> })}
                {refusal(tell.error)}
            </span>
            <button type="button" class="button" aria-label=label disabled=move || tell.busy.get() on:click=run>{icon(Icon::Check)} {done}</button>
        </div>
    }
}
