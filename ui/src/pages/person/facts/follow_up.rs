//! What is due, and adding a next step.

use super::{adding, card, saved, saved_and_close};
use crate::components::Dialog;
use crate::components::calendar::Calendar;
use crate::components::choice::one_of;
use crate::components::icon::{Icon, icon};
use crate::components::show::refusal;
use crate::state::act;
use crate::text::{days, lang, names, person as words};
use domain::api::person::{AddFollowUp, PersonView, SettleFollowUp};
use domain::ids::PathwayId;
use domain::vocabulary::{FollowUpKind, FollowUpState};
use leptos::prelude::*;

pub fn follow_ups(page: &PersonView) -> impl IntoView + use<> {
    let act = act();
    let pathway = page.hit.label.pathway;
    let today = days::today();
    let items = page.follow_ups.iter().map(move |it| {
        let (follow_up, state) = (it.id, it.follow_up.state);
        let states: &[FollowUpState] = match it.follow_up.kind {
            FollowUpKind::CallBack => &[FollowUpState::Due, FollowUpState::Done, FollowUpState::Cancelled],
            _ => &[FollowUpState::Due, FollowUpState::Kept, FollowUpState::Absent, FollowUpState::Excused, FollowUpState::Cancelled],
        };
        let set = move |chosen: Option<FollowUpState>| {
            let state = chosen.unwrap_or(FollowUpState::Due);
            act.run(SettleFollowUp { pathway, follow_up, state }, saved());
        };
        let choices = states.iter().map(|it| (*it, it.label(lang()).to_owned()));
        let label = format!("{}, {}", it.follow_up.kind.label(lang()), days::near(it.follow_up.due, today));
        let states = one_of(&label, choices, Signal::derive(move || Some(state)), set);
        // What is settled takes a line; it can still be corrected.
        let states = if state == FollowUpState::Due {
            states.into_any()
        } else {
            view! { <details><summary class="strong">{state.label(lang())}<span class="only-read">" · " {label.clone()}</span></summary>{states}</details> }.into_any()
        };
        view! {
            <div class="barrier">
                <div class="barrier__head">{icon(Icon::CalendarClock)}
                    <span class="item__words"><span class="item__name">{it.follow_up.kind.label(lang())} " · " {days::near(it.follow_up.due, today)}</span><span class="item__more">{names::author(&it.author)}</span></span>
                </div>
                {states}
            </div>
        }
    });
    let items = items.collect_view();
    let may_contact = page.ledger.may_contact();
    let add = adding(
        words::add_follow_up(),
        move |open| view! { <AddStep pathway=pathway may_contact=may_contact open=open/> },
    );
    card(words::follow_ups(), page.follow_ups.is_empty(), act, view! { {items} {add} })
}

/// A next step: its kind, then its day; the day saves it. Whom nobody may contact is not called back.
#[component]
fn AddStep(pathway: PathwayId, may_contact: bool, open: RwSignal<bool>) -> impl IntoView {
    let kinds = FollowUpKind::ALL.iter().copied().filter(move |it| may_contact || !it.contacts());
    let kind = RwSignal::new(kinds.clone().next());
    let kinds: Vec<_> = kinds.map(|it| (it, it.label(lang()).to_owned())).collect();
    let add = act();
    let today = days::today();
    let pick = move |due| {
        let kind = kind.get_untracked().unwrap_or(FollowUpKind::CallBack);
        add.run(AddFollowUp { pathway, kind, due }, saved_and_close(open));
    };
    view! {
        <Dialog title=words::add_follow_up() on_close=move || open.set(false)>
            <div class="stack">
                {(!may_contact).then(|| view! { <p class="badge badge--waiting">{words::no_contact()}</p> })}
                {one_of(words::follow_ups(), kinds.clone(), kind.into(), move |it| if it.is_some() { kind.set(it) })}
                <Calendar today=today from=today value=Signal::derive(|| None) on_pick=pick/>
                {refusal(add.error)}
            </div>
        </Dialog>
    }
}
