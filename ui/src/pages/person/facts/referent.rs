//! Who follows the person, and handing them over: proposed, then accepted by the receiver.

use super::{adding, card, saved, saved_and_close};
use crate::components::icon::{Icon, icon};
use crate::components::keys;
use crate::components::show::{empty, refusal, show};
use crate::components::{Chip, Dialog};
use crate::state::{Act, act, load};
use crate::text::{days, referent as words};
use domain::api::person::{Author, PersonView};
use domain::api::referent::*;
use domain::changes::Topic;
use domain::ids::PathwayId;
use domain::role::Role;
use leptos::prelude::*;

pub fn referents(page: &PersonView) -> impl IntoView + use<> {
    let pathway = page.hit.label.pathway;
    let act = act();
    let items = page.referents.iter().cloned().map(move |it| line(pathway, it, act)).collect_view();
    let offer = adding(words::offer(), move |open| view! { <Offer pathway=pathway open=open/> });
    card(words::title(), page.referents.is_empty(), act, view! { {items} {offer} })
}

fn who(author: &Author) -> String {
    let name = author.name.clone().unwrap_or_else(|| words::somebody().to_owned());
    let name = if author.me { format!("{name} ({})", words::me()) } else { name };
    author.organisation.as_ref().map_or_else(|| name.clone(), |it| format!("{name}, {it}"))
}

fn line(pathway: PathwayId, it: ReferentView, act: Act) -> impl IntoView {
    let link = it.id;
    let running = it.to.is_none();
    let dates = match it.to {
        None if !it.accepted => {
            format!("{} {} · {}", words::proposed_by(), who(&it.by), days::plain(it.from))
        }
        None => format!("{} {}", words::since(), days::plain(it.from)),
        Some(to) if !it.accepted => format!("{} {}", words::declined_on(), days::plain(to)),
        Some(to) => format!("{} → {}", days::plain(it.from), days::plain(to)),
    };
    let lead = it.lead.then(|| view! { <span class="badge badge--done">{words::lead()}</span> });
    let waits = (running && !it.accepted)
        .then(|| view! { <span class="badge badge--waiting">{words::waits()}</span> });
    let to_me = running && !it.accepted && it.referent.me;
    let answer = move |accept: bool| act.run(AnswerReferent { pathway, link, accept }, saved());
    let buttons = if to_me {
        view! {
            <div class="row">
                <button type="button" class="button button--main" disabled=move || act.busy.get() on:click=move |_| answer(true)>{icon(Icon::Check)} {words::accept()}</button>
                <button type="button" class="button" disabled=move || act.busy.get() on:click=move |_| answer(false)>{words::decline()}</button>
            </div>
        }
        .into_any()
    } else if running && may_end() {
        let end = move |_| act.run(EndReferent { pathway, link }, saved());
        view! { <div class="row"><button type="button" class="button" disabled=move || act.busy.get() on:click=end>{words::end()}</button></div> }.into_any()
    } else {
        ().into_any()
    };
    view! {
        <div class="barrier">
            <div class="barrier__head">{icon(Icon::UsersRound)}
                <span class="item__words"><span class="item__name">{who(&it.referent)}</span><span class="item__more">{dates}</span></span>
                {lead} {waits}
            </div>
            {buttons}
        </div>
    }
}

/// Only référents end a following.
fn may_end() -> bool {
    crate::state::session::session().me().is_some_and(|me| me.role == Role::Referent)
}

/// A proposal: to whom, as lead or beside the others.
#[component]
fn Offer(pathway: PathwayId, open: RwSignal<bool>) -> impl IntoView {
    let lead = RwSignal::new(true);
    let write = act();
    let colleagues = load(|| vec![Topic::Session], || Some(ListReferents {}));
    let list = move |all: Vec<Colleague>| {
        if all.is_empty() {
            return empty(Icon::UsersRound, words::nobody(), words::nobody_why()).into_any();
        }
        let rows = all.into_iter().map(move |it| {
            let user = it.user;
            let press = move |_| {
                let request = OfferReferent { pathway, user, lead: lead.get_untracked() };
                write.run(request, saved_and_close(open));
            };
            let name = if it.me { format!("{} ({})", it.name, words::me()) } else { it.name };
            view! {
                <button type="button" class="solution" disabled=move || write.busy.get() on:click=press>
                    {icon(Icon::UsersRound)}
                    <span class="item__words"><span class="item__name">{name}</span><span class="item__more">{it.organisation_name}</span></span>
                </button>
            }
        });
        view! { <div class="menu" on:keydown=keys::along>{rows.collect_view()}</div> }.into_any()
    };
    view! {
        <Dialog title=words::offer() on_close=move || open.set(false)>
            <div class="stack">
                <p class="second">{words::offer_why()}</p>
                <div class="chips"><Chip label=words::as_lead() pressed=lead on_press=move || lead.update(|it| *it = !*it)/></div>
                {refusal(write.error)}
                {show(colleagues, list)}
            </div>
        </Dialog>
    }
}
