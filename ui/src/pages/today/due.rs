//! What is due; late first. In the discreet mode initials, and no reason until touched.

use crate::components::icon::{Icon, icon};
use crate::components::person::avatar;
use crate::components::show::empty;
use crate::route::Route;
use crate::state::act;
use crate::state::toast::toasts;
use crate::text::{common, days, lang, names, today as words, typography};
use domain::api::person::SettleFollowUp;
use domain::api::today::{DueItem, TodayView};
use domain::time::Day;
use domain::vocabulary::{FollowUpKind, FollowUpState};
use leptos::prelude::*;

/// Items listed at first: the last entries stay in sight.
const FIRST: usize = 5;

pub fn card(today: &TodayView, discreet: Signal<bool>) -> impl IntoView + use<> {
    let day = today.today;
    let count = match (today.due.len() as u32, today.due_count) {
        (_, 0) => String::new(),
        (listed, all) if listed == all => typography::number(all),
        (listed, all) => {
            format!("{} {} {}", typography::number(listed), words::of(), typography::number(all))
        }
    };
    let all = RwSignal::new(false);
    let due = today.due.clone();
    let more = due.len() > FIRST;
    let list = if due.is_empty() {
        empty(Icon::CalendarDays, words::nothing_due(), words::nothing_due_why()).into_any()
    } else {
        let items = move || {
            let shown = if all.get() { due.len() } else { FIRST };
            due.iter().take(shown).cloned().map(|item| one(item, day, discreet)).collect_view()
        };
        view! { <ul class="list">{items}</ul> }.into_any()
    };
    let foot = more.then(|| {
        view! {
            <div class="card__foot" hidden=move || all.get()>
                <button type="button" class="button button--plain" on:click=move |_| all.set(true)>{icon(Icon::ChevronDown)} {words::show_all()}</button>
            </div>
        }
    });
    view! {
        <section class="card" aria-label=words::due()>
            <div class="card__head">{icon(Icon::CalendarClock)}<h2>{words::due()}</h2><span class="card__aside">{count}</span></div>
            {list}
            {foot}
        </section>
    }
}

fn one(item: DueItem, today: Day, discreet: Signal<bool>) -> impl IntoView {
    let touched = RwSignal::new(false);
    let open = move || !discreet.get() || touched.get();
    let settle = act();
    let toasts = toasts();
    let label = item.person.clone();
    let name = move || names::person(&label, !open());
    let reason = item.kind.label(lang());
    let planned = format!("{} {}", words::planned(), days::near(item.due, today));
    let more = move || if open() { format!("{reason} · {planned}") } else { words::hidden().to_owned() };
    let (class, when) = if item.days_late > 0 {
        ("badge badge--trouble", words::late())
    } else {
        ("badge badge--place", words::due_today())
    };
    let (pathway, follow_up) = (item.person.pathway, item.follow_up);
    let state = if item.kind == FollowUpKind::CallBack { FollowUpState::Done } else { FollowUpState::Kept };
    let label = typography::about(
        words::mark_done(),
        &format!("{}, {}", names::lower_first(reason), names::person(&item.person, true)),
    );
    view! {
        <li class="item due">
            {avatar(Some(&item.person))}
            <a class="item__words" href=Route::Person(pathway).href() on:click=move |event| if !open() { event.prevent_default(); touched.set(true); }>
                <span class="item__name">{name}</span>
                <span class="item__more">{more}</span>
            </a>
            <span class="item__end">
                <span class=class>{when}</span>
                <button type="button" class="button" aria-label=label disabled=move || settle.busy.get()
                    on:click=move |_| settle.run(SettleFollowUp { pathway, follow_up, state }, move |()| toasts.say(common::saved()))>
                    {words::mark_done()}
                </button>
            </span>
        </li>
    }
}
