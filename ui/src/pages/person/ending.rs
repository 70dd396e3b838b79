//! The end of a person's record: announced at the top of the page; ordered by a référent at its foot.

use super::follows;
use crate::components::Dialog;
use crate::components::choice::one_of;
use crate::components::icon::{Icon, icon};
use crate::components::show::refusal;
use crate::route::{self, Route};
use crate::state::act;
use crate::state::toast::toasts;
use crate::text::{days, erasure as words, lang};
use domain::api::person::{OrderErasure, PersonView};
use domain::ids::PathwayId;
use domain::vocabulary::OrderReason;
use leptos::prelude::*;

/// The band that says when the record ends, and what keeps it.
pub fn band(page: &PersonView) -> impl IntoView + use<> {
    page.ending.map(|ending| {
        let (what, way) = words::near(ending.cause);
        view! {
            <div class="banner banner--waiting" role="note">
                {icon(Icon::Hourglass)}
                <div><p class="strong">{what}</p><p>{words::ends_on()} " " {days::within(ending.on)} ". " {way}</p></div>
            </div>
        }
    })
}

/// The button of an order, for référents.
pub fn order(page: &PersonView) -> impl IntoView + use<> {
    let pathway = page.hit.label.pathway;
    let asked = RwSignal::new(false);
    follows().then(|| {
        view! {
            <div class="row"><button type="button" class="button button--plain button--trouble" on:click=move |_| asked.set(true)>{icon(Icon::Trash2)} {words::order()}</button></div>
            {move || asked.get().then(|| view! { <Order pathway=pathway asked=asked/> })}
        }
    })
}

/// Asks for the reason, then orders.
#[component]
fn Order(pathway: PathwayId, asked: RwSignal<bool>) -> impl IntoView {
    let reason = RwSignal::new(None::<OrderReason>);
    let order = act();
    let toasts = toasts();
    let confirm = move |_| {
        if let Some(reason) = reason.get_untracked() {
            order.run(OrderErasure { pathway, reason }, move |()| {
                toasts.say(words::ordered());
                asked.set(false);
                route::go(Route::People);
            });
        }
    };
    let foot = move || {
        view! {
            {refusal(order.error)}
            <button type="button" class="button button--trouble button--large button--wide" disabled=move || order.busy.get() || reason.get().is_none() on:click=confirm>
                {icon(Icon::Trash2)} {move || if reason.get().is_none() { words::order_reason_first() } else { words::order_confirm() }}
            </button>
        }
    };
    let reasons = OrderReason::ALL.iter().map(|it| (*it, it.label(lang()).to_owned()));
    view! {
        <Dialog title=words::order_title() on_close=move || asked.set(false) foot=foot>
            <div class="stack">
                <p>{words::order_why()}</p>
                <h3>{words::order_reason()}</h3>
                {one_of(words::order_reason(), reasons, reason.into(), move |it| reason.set(it))}
                <p class="second">{words::told()}</p>
                <p class="second">{words::order_signed()}</p>
            </div>
        </Dialog>
    }
}
