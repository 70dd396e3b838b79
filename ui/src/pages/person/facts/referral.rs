//! Referrals to solutions of the directory.

use super::{adding, card, saved, saved_and_close};
use crate::components::choice::one_of;
use crate::components::icon::{Icon, icon};
use crate::components::show::{empty, refusal, show};
use crate::components::{Chip, Dialog, Search};
use crate::state::{Act, act, load};
use crate::text::{days, lang, names, person as words, sync as directory};
use domain::api::person::{PersonView, SetReferral};
use domain::api::solution::{SearchSolutions, SolutionView};
use domain::changes::Topic;
use domain::ids::PathwayId;
use domain::vocabulary::ReferralState;
use leptos::prelude::*;

pub fn referrals(page: &PersonView) -> impl IntoView + use<> {
    let act = act();
    let pathway = page.hit.label.pathway;
    let items = page.referrals.iter().map(move |it| {
        let (id, state) = (it.id, it.state);
        let set = move |chosen: Option<ReferralState>| {
            let state = chosen.unwrap_or(state);
            act.run(SetReferral { pathway, referral: Some(id), solution: None, accompanied: false, state }, saved());
        };
        let name = it.solution.clone().unwrap_or_else(|| words::protected().to_owned());
        view! {
            <div class="barrier">
                <span class="item__words"><span class="item__name">{it.protected.then(|| icon(Icon::Lock))} {name}</span><span class="item__more">{days::plain(it.on)} " · " {names::author(&it.author)}</span></span>
                {one_of(words::referrals(), ReferralState::ALL.iter().map(|it| (*it, it.label(lang()).to_owned())), Signal::derive(move || Some(state)), set)}
            </div>
        }
    });
    let items = items.collect_view();
    let add = adding(words::add_referral(), move |open| view! { <AddReferral pathway=pathway open=open/> });
    card(words::referrals(), page.referrals.is_empty(), act, view! { {items} {add} })
}

/// A new referral: the solution is found as one types, and a touch on it saves.
#[component]
fn AddReferral(pathway: PathwayId, open: RwSignal<bool>) -> impl IntoView {
    let query = RwSignal::new(String::new());
    let accompanied = RwSignal::new(false);
    let add = act();
    let found =
        load(|| vec![Topic::Solutions], move || Some(SearchSolutions { query: query.get(), domain: None }));
    let list = move |solutions: Vec<SolutionView>| {
        if solutions.is_empty() {
            return empty(Icon::Search, directory::none_found(), directory::none_found_why()).into_any();
        }
        let rows = solutions.into_iter().take(30).map(|it| one(pathway, it, accompanied, add, open));
        view! { <div class="menu">{rows.collect_view()}</div> }.into_any()
    };
    view! {
        <Dialog title=words::add_referral() on_close=move || open.set(false)>
            <div class="stack">
                <Search label=directory::directory_search() value=query/>
                <div class="chips"><Chip label=words::accompanied() pressed=accompanied on_press=move || accompanied.update(|it| *it = !*it)/></div>
                {refusal(add.error)}
                {show(found, list)}
            </div>
        </Dialog>
    }
}

fn one(
    pathway: PathwayId,
    it: SolutionView,
    accompanied: RwSignal<bool>,
    add: Act,
    open: RwSignal<bool>,
) -> impl IntoView {
    let solution = Some(it.id);
    let press = move |_| {
        let request = SetReferral {
            pathway,
            referral: None,
            solution,
            accompanied: accompanied.get_untracked(),
            state: ReferralState::Sent,
        };
        add.run(request, saved_and_close(open));
    };
    let domains: Vec<&str> = it.domains.iter().map(|domain| domain.label(lang())).collect();
    view! {
        <button type="button" class="solution" disabled=move || add.busy.get() on:click=press>
            {icon(if it.protected { Icon::Lock } else { Icon::BookOpenText })}
            <span class="item__words">
                <span class="item__name">{it.name} " · " {it.structure}</span>
                <span class="item__more">{domains.join(", ")}{it.protected.then(|| format!(" · {}", words::protected()))}</span>
            </span>
        </button>
    }
}
