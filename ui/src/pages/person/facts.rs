//! Needs, barriers, follow-ups, referrals: their state, changed by one touch.

use crate::components::Dialog;
use crate::components::calendar::Calendar;
use crate::components::choice::one_of;
use crate::components::icon::{Icon, icon, of_domain};
use crate::components::show::refusal;
use crate::state::toast::toasts;
use crate::state::{Act, act};
use crate::text::{days, lang, names, person as words};
use domain::api::person::*;
use domain::catalogue;
use domain::ids::PathwayId;
use domain::vocabulary::*;
use leptos::prelude::*;

/// A card; says so where nothing is noted.
fn card(title: &'static str, empty: bool, error: Act, content: impl IntoView) -> impl IntoView {
    view! {
        <section class="card" aria-label=title>
            <div class="card__head"><h2>{title}</h2></div>
            {empty.then(|| view! { <p class="card__body second">{words::none_noted()}</p> })}
            {refusal(error.error)}
            {content}
        </section>
    }
}

fn saved() -> impl FnOnce(()) + 'static {
    let toasts = toasts();
    move |()| toasts.say(words::saved())
}

pub fn barriers(page: &PersonView) -> impl IntoView + use<> {
    let act = act();
    let pathway = page.hit.label.pathway;
    let items = page.barriers.iter().cloned().map(move |it| barrier(pathway, it, act)).collect_view();
    let strengths = page.strengths.iter().filter_map(|code| catalogue::situation(code));
    let strengths: Vec<_> =
        strengths.map(|it| view! { <span class="badge badge--done">{it.label(lang())}</span> }).collect();
    let strengths = (!strengths.is_empty())
        .then(|| view! { <div class="card__body"><h3>{words::strengths()}</h3><div class="row">{strengths}</div></div> });
    card(words::barriers(), page.barriers.is_empty(), act, view! { {items} {strengths} })
}

fn barrier(pathway: PathwayId, it: BarrierView, act: Act) -> impl IntoView {
    let (id, domain, state) = (it.id, it.domain, it.state);
    let set = move |chosen: Option<BarrierState>| {
        let request = SetBarrier {
            pathway,
            barrier: Some(id),
            domain,
            situations: None,
            objectives: None,
            state: chosen,
            impact: None,
            priority: None,
        };
        act.run(request, saved());
    };
    let situations = it.situations.iter().filter_map(|code| {
        let entry = catalogue::situation(code)?;
        let sealed = it.sealed_situations.contains(code);
        Some(view! { <span class="badge badge--bare">{sealed.then(|| icon(Icon::Lock))} {entry.label(lang())}</span> })
    });
    let impact = it.impact.map(|impact| {
        format!("{} {}", crate::text::encounter::impact(), impact.label(lang()).to_lowercase())
    });
    let more = [Some(days::plain(it.on)), Some(names::author(&it.author)), impact];
    let more: Vec<String> = more.into_iter().flatten().collect();
    view! {
        <div class="barrier">
            <div class="barrier__head">{icon(of_domain(domain))}
                <span class="item__words"><span class="item__name">{domain.label(lang())}</span><span class="item__more">{more.join(" · ")}</span></span>
            </div>
            <div class="row">{situations.collect_view()}</div>
            {one_of(words::barrier_state(), BarrierState::ALL.iter().map(|it| (*it, it.label(lang()).to_owned())), Signal::derive(move || Some(state)), set)}
        </div>
    }
}

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
    card(words::needs(), page.needs.is_empty(), act, items.collect_view())
}

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
        view! {
            <div class="barrier">
                <div class="barrier__head">{icon(Icon::CalendarClock)}
                    <span class="item__words"><span class="item__name">{it.follow_up.kind.label(lang())} " · " {days::near(it.follow_up.due, today)}</span><span class="item__more">{names::author(&it.author)}</span></span>
                </div>
                {one_of(words::follow_ups(), states.iter().map(|it| (*it, it.label(lang()).to_owned())), Signal::derive(move || Some(state)), set)}
            </div>
        }
    });
    let items = items.collect_view();
    let adding = RwSignal::new(false);
    let add = view! {
        <div class="card__foot">
            <button type="button" class="button button--plain" on:click=move |_| adding.set(true)>{icon(Icon::Plus)} {words::add_follow_up()}</button>
        </div>
        {move || adding.get().then(|| view! { <AddStep pathway=pathway adding=adding/> })}
    };
    card(words::follow_ups(), page.follow_ups.is_empty(), act, view! { {items} {add} })
}

/// A next step: its kind, then its day; the day saves it.
#[component]
fn AddStep(pathway: PathwayId, adding: RwSignal<bool>) -> impl IntoView {
    let kind = RwSignal::new(Some(FollowUpKind::CallBack));
    let add = act();
    let today = days::today();
    let toasts = toasts();
    let pick = move |due| {
        let kind = kind.get_untracked().unwrap_or(FollowUpKind::CallBack);
        add.run(AddFollowUp { pathway, kind, due }, move |()| {
            toasts.say(words::saved());
            adding.set(false);
        });
    };
    view! {
        <Dialog title=words::add_follow_up() on_close=move || adding.set(false)>
            <div class="stack">
                {one_of(words::follow_ups(), FollowUpKind::ALL.iter().map(|it| (*it, it.label(lang()).to_owned())), kind.into(), move |it| if it.is_some() { kind.set(it) })}
                <Calendar today=today from=today value=Signal::derive(|| None) on_pick=pick/>
                {refusal(add.error)}
            </div>
        </Dialog>
    }
}

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
    card(words::referrals(), page.referrals.is_empty(), act, items.collect_view())
}

/// Values written at the same time by several people: all are shown, with their authors.
pub fn differing(page: &PersonView) -> impl IntoView + use<> {
    let fields = page.differing.clone();
    (!fields.is_empty()).then(|| {
        let rows = fields.into_iter().map(|field| {
            let values = field.values.into_iter().map(|(value, author)| view! { <li>{value} " · " {names::author(&author)}</li> });
            view! { <div class="card__body"><h3>{field.field}</h3><ul class="earlier">{values.collect_view()}</ul></div> }
        });
        view! { <section class="card"><div class="card__head"><h2>{words::differing()}</h2></div>{rows.collect_view()}</section> }
    })
}
