//! The end of a person's record: announced at the top of the page; ordered by a référent at its foot.

use super::follows;
use crate::components::Dialog;
use crate::components::choice::one_of;
use crate::components::icon::{Icon, icon};
use crate::components::show::refusal;
use crate::route::{self, Route};
use crate::state::act;
use crate::state::toast::toasts;
use crate::text::{days, erasure as words, lang, names};
use domain::api::person::{AbsentRecord, OrderErasure, PersonHit, PersonView};
use domain::ids::PathwayId;
use domain::vocabulary::OrderReason;
use leptos::prelude::*;
use std::collections::BTreeSet;

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
    let set = StoredValue::new(RecordsOf {
        first: page.hit.clone(),
        others: page.linked.iter().map(|it| it.hit.clone()).collect(),
        absent: page.absent.clone(),
    });
    let asked = RwSignal::new(false);
    follows().then(|| {
        view! {
            <div class="row"><button type="button" class="button button--plain button--trouble" on:click=move |_| asked.set(true)>{icon(Icon::Trash2)} {words::order()}</button></div>
            {move || asked.get().then(|| view! { <Order set=set.get_value() asked=asked/> })}
        }
    })
}

/// Every record of the person.
#[derive(Clone)]
struct RecordsOf {
    first: PersonHit,
    others: Vec<PersonHit>,
    absent: Vec<AbsentRecord>,
}

/// Shows which records there are, asks for the reason, then orders.
#[component]
fn Order(set: RecordsOf, asked: RwSignal<bool>) -> impl IntoView {
    let pathway = set.first.label.pathway;
    // All of them unless somebody takes one out: the person asking does not know that there are several.
    let with = RwSignal::new(set.others.iter().map(|it| it.label.pathway).collect::<BTreeSet<_>>());
    let reason = RwSignal::new(None::<OrderReason>);
    let order = act();
    let toasts = toasts();
    let confirm = move |_| {
        if let Some(reason) = reason.get_untracked() {
            let with = with.get_untracked().into_iter().collect();
            order.run(OrderErasure { pathway, with, reason }, move |()| {
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
                {icon(Icon::Trash2)} {move || if reason.get().is_none() { words::order_reason_first().to_owned() } else { words::order_confirm(1 + with.with(|it| it.len()) as u32) }}
            </button>
        }
    };
    let reasons = OrderReason::ALL.iter().map(|it| (*it, it.label(lang()).to_owned()));
    view! {
        <Dialog title=words::order_title() on_close=move || asked.set(false) foot=foot>
            <div class="stack">
                <p>{words::order_why()}</p>
                {records(&set, with)}
                <h3>{words::order_reason()}</h3>
                {one_of(words::order_reason(), reasons, reason.into(), move |it| reason.set(it))}
                <p class="second">{words::stays()} " " {words::told()}</p>
                <p class="second">{words::order_signed()}</p>
            </div>
        </Dialog>
    }
}

/// The records of the person where there are several: chosen, left, or not to be had here.
fn records(set: &RecordsOf, with: RwSignal<BTreeSet<PathwayId>>) -> Option<impl IntoView + use<>> {
    let several = !set.others.is_empty() || !set.absent.is_empty();
    let first = view! {
        <div class="item">{icon(Icon::CircleCheck)}<span class="item__words"><span class="item__name">{words::set_this()}</span><span class="item__more">{names::profile(&set.first)}</span></span></div>
    };
    let others = set.others.iter().map(|hit| other(hit, with)).collect_view();
    let absent = set.absent.iter().map(|it| view! { <p class="second">{words::absent(it.erased_on)}</p> });
    let absent = absent.collect_view();
    let why = (!set.others.is_empty()).then(|| view! { <p class="second">{words::set_why()}</p> });
    several.then(|| {
        view! { <h3>{words::set_title()}</h3> {why} <div class="stack stack--tight">{first} {others} {absent}</div> }
    })
}

fn other(hit: &PersonHit, with: RwSignal<BTreeSet<PathwayId>>) -> impl IntoView + use<> {
    let id = hit.label.pathway;
    let chosen = move || with.with(|with| with.contains(&id));
    let press = move |_| {
        with.update(|with| {
            if !with.remove(&id) {
                with.insert(id);
            }
        });
    };
    view! {
        <button type="button" class="solution" aria-pressed=move || chosen().to_string() on:click=press>
            {icon(Icon::UsersRound)}
            <span class="item__words"><span class="item__name">{names::person(&hit.label, false)}</span><span class="item__more">{names::profile(hit)} {move || (!chosen()).then(|| format!(" · {}", words::set_left()))}</span></span>
            {move || chosen().then(|| icon(Icon::CircleCheck))}
        </button>
    }
}
