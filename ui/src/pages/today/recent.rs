//! The last entries, each with where it is; the last one can be undone.

use crate::components::icon::{Icon, icon};
use crate::components::person::whereabouts;
use crate::components::show::empty;
use crate::state::act;
use crate::state::toast::toasts;
use crate::text::{common, days, names, today as words, typography};
use domain::api::encounter::UndoLast;
use domain::api::today::{RecentEntry, TodayView};
use domain::time::Day;
use leptos::prelude::*;

pub fn card(today: &TodayView, discreet: Signal<bool>) -> impl IntoView + use<> {
    let day = today.today;
    let undo = act();
    let toasts = toasts();
    let list = if today.recent.is_empty() {
        empty(Icon::Clock, words::nothing_recent(), words::nothing_recent_why()).into_any()
    } else {
        let items = today.recent.iter().cloned().map(|entry| one(entry, day, discreet)).collect_view();
        view! { <ul class="list">{items}</ul> }.into_any()
    };
    let foot = today.can_undo.then(|| {
        view! {
            <div class="card__foot">
                <button type="button" class="button button--plain" disabled=move || undo.busy.get()
                    on:click=move |_| undo.run(UndoLast {}, move |_| toasts.say(words::undone()))>
                    {icon(Icon::Undo2)} {words::undo_last()}
                </button>
            </div>
        }
    });
    view! {
        <section class="card" aria-label=words::recent()>
            <div class="card__head">{icon(Icon::Clock)}<h2>{words::recent()}</h2></div>
            {list}
            {crate::components::show::refusal(undo.error)}
            {foot}
        </section>
    }
}

fn one(entry: RecentEntry, today: Day, discreet: Signal<bool>) -> impl IntoView {
    let person = entry.person.clone();
    let people = entry.headcount;
    let name = move || {
        person
            .as_ref()
            .map_or_else(|| common::passage().to_owned(), |label| names::person(label, discreet.get()))
    };
    let what = match people {
        Some(count) => typography::count(count, ("personne", "personnes"), ("person", "people")),
        None => common::encounter().to_owned(),
    };
    let next = entry.follow_up_on.map(|on| format!("{} {}", words::follow_up_on(), days::near(on, today)));
    let struck = entry.void.then(|| words::struck().to_owned());
    let more: Vec<String> = [Some(what), next, struck].into_iter().flatten().collect();
    view! {
        <li class="item" class:item--void=entry.void>
            <span class="item__when">{days::when(entry.recorded_at_ms, today)}</span>
            <span class="item__words"><span class="item__name">{name}</span><span class="item__more">{more.join(" · ")}</span></span>
            <span class="item__end">{whereabouts(&entry.state)}</span>
        </li>
    }
}
