//! What the person wants.

use super::{adding, card, saved, saved_and_close};
use crate::components::Dialog;
use crate::components::choice::one_of;
use crate::components::show::refusal;
use crate::state::act;
use crate::text::{days, lang, names, person as words};
use domain::api::person::{PersonView, SetNeed};
use domain::ids::PathwayId;
use domain::vocabulary::{NeedKind, NeedState};
use leptos::prelude::*;

pub fn needs(page: &PersonView) -> impl IntoView + use<> {
    let act = act();
    let pathway = page.hit.label.pathway;
    let items = page.needs.iter().map(move |it| {
        let (id, kind, state) = (it.id, it.kind, it.state);
        let set = move |chosen: Option<NeedState>| {
            let state = chosen.unwrap_or(state);
            act.run(SetNeed { pathway, need: Some(id), kind, state }, saved());
        };
        view! {
            <div class="barrier">
                <span class="item__words"><span class="item__name">{kind.label(lang())}</span><span class="item__more">{days::plain(it.on)} " · " {names::author(&it.author)}</span></span>
                {one_of(kind.label(lang()), NeedState::ALL.iter().map(|it| (*it, it.label(lang()).to_owned())), Signal::derive(move || Some(state)), set)}
            </div>
        }
    });
    let items = items.collect_view();
    let held: Vec<NeedKind> =
        page.needs.iter().filter(|it| it.state == NeedState::Open).map(|it| it.kind).collect();
    let held = StoredValue::new(held);
    let add = adding(
        words::add_need(),
        move |open| view! { <AddNeed pathway=pathway held=held.get_value() open=open/> },
    );
    card(words::needs(), page.needs.is_empty(), act, view! { {items} {add} })
}

/// A new need; the touch saves it. Those open already are not offered again.
#[component]
fn AddNeed(pathway: PathwayId, held: Vec<NeedKind>, open: RwSignal<bool>) -> impl IntoView {
    let add = act();
    let offered = NeedKind::ALL.iter().filter(move |kind| !held.contains(kind));
    let choices: Vec<_> = offered.map(|it| (*it, it.label(lang()).to_owned())).collect();
    let pick = move |kind: Option<NeedKind>| {
        let Some(kind) = kind else { return };
        add.run(SetNeed { pathway, need: None, kind, state: NeedState::Open }, saved_and_close(open));
    };
    view! {
        <Dialog title=words::add_need() on_close=move || open.set(false)>
            <div class="stack">
                {one_of(words::needs(), choices, Signal::derive(|| None), pick)}
                {refusal(add.error)}
            </div>
        </Dialog>
    }
}
