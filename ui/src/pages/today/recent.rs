//! The last entries, each with where it is; the last one can be undone.

use crate::components::icon::{Icon, icon};
use crate::components::person::{avatar, whereabouts};
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
            <div class="card__head"><h2>{words::recent()}</h2></div>
            {list}
            {crate::components::show::refusal(undo.error)}
            {foot}
        </section>
    }
}

fn one(entry: RecentEntry, today: Day, discreet: Signal<bool>) -> impl IntoView {
    let person = entry.person.clone();
    let people = entry.headcount;
    let name = move || match (&person, people) {
        (Some(label), _) => names::person(label, discreet.get()),
        (None, Some(count)) if count > 1 => {
            format!(
                "{} · {}",
                common::passage(),
                typography::count(count, ("personne", "personnes"), ("person", "people"))
            )
        }
        (None, _) => common::passage().to_owned(),
    };
    let mut more = days::when(entry.recorded_at_ms, today);
    if let Some(on) = entry.follow_up_on {
        more = format!("{more} · {} {}", words::follow_up_on(), days::near(on, today));
    }
    if entry.void {
        more = format!("{more} · {}", words::struck());
    }
    view! {
        <li class="item" class:item--void=entry.void>
            {avatar(entry.person.as_ref())}
            <span class="item__words"><span class="item__name">{name}</span><span class="item__more">{more}</span></span>
            <span class="item__end">{whereabouts(&entry.state)}</span>
        </li>
    }
}
