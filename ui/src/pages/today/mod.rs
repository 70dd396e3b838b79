//! *Aujourd'hui*: the outing, what is due, the last entries, and two large buttons.

mod drafts;
mod due;
mod outing;
mod recent;
mod requests;

use crate::components::icon::{Icon, icon};
use crate::components::receipt::ReceiptLine;
use crate::components::show::show;
use crate::components::tell;
use crate::components::user_menu::user_menu;
use crate::route::Route;
use crate::state::load;
use crate::state::session::session;
use crate::text::{
    common, days, names, receipt, rescue, set_aside as aside, sync, today as words, typography,
};
use domain::api::session::Me;
use domain::api::today::{ReadToday, TodayView};
use domain::changes::Topic;
use leptos::prelude::*;

/// The first screen.
#[component]
pub fn Today(
    /// Who is at work.
    me: Me,
) -> impl IntoView {
    let today = load(|| vec![Topic::Today, Topic::People], || Some(ReadToday {}));
    let shown = RwSignal::new(!untrack(|| session().preferences().discreet));
    let name = me.name;
    view! { <ReceiptLine/> {show(today, move |view| screen(view, &name, shown))} }
}

fn screen(today: TodayView, name: &str, shown: RwSignal<bool>) -> impl IntoView + use<> {
    let discreet = Signal::derive(move || !shown.get());
    let waiting = if today.to_send == 0 {
        view! { <a class="badge badge--touch badge--done" href=Route::Sync.href()>{icon(Icon::CloudCheck)} {words::all_sent()}</a> }.into_any()
    } else {
        let count = format!("{} {}", typography::number(today.to_send), words::to_send());
        view! { <a class="badge badge--touch badge--waiting" href=Route::Sync.href()>{icon(Icon::CloudUpload)} {count}</a> }.into_any()
    };
    view! {
        <header class="page-head">
            <div class="page-head__words">
                <h1>{words::hello()} " " {names::first_name(name).to_owned()}</h1>
                <p>{days::full(today.today)}</p>
            </div>
            <div class="page-head__tools">
                {waiting}
                <button type="button" class="button button--toggle" aria-pressed=move || discreet.get().to_string() on:click=move |_| shown.update(|shown| *shown = !*shown)>
                    {move || icon(if discreet.get() { Icon::EyeOff } else { Icon::Eye })} {words::discreet()}
                </button>
                {user_menu(name)}
            </div>
        </header>
        {today.closes_in_days.map(closes)}
        {today.clock_off.then(clock_off)}
        {set_aside(today.set_aside)}
        {requests::card(&today, discreet)}
        {tell::card(today.to_tell.clone(), receipt::tell_known(), discreet)}
        <div class="today">
            <div class="today__left">
                {outing::card(today.outing.clone())}
                <a class="button button--main button--huge button--wide" href=Route::Encounter.href()>{icon(Icon::Plus)} {words::new_encounter()}</a>
                <div class="pair">
                    <a class="button button--large button--wide" href=Route::Passage.href()>{icon(Icon::UsersRound)} {common::passage()}</a>
                    <a class="button button--large button--wide" href=Route::People.href()>{icon(Icon::Search)} {words::find()}</a>
                </div>
                <a class="button button--plain button--wide" href=Route::Request.href()>{icon(Icon::FileText)} {receipt::by_code()}</a>
                {(today.drafts > 0).then(drafts::Drafts)}
            </div>
            <div class="today__right">
                {due::card(&today, discreet)}
                {recent::card(&today, discreet)}
            </div>
        </div>
    }
}

/// The device was silent for long: when it closes.
fn closes(days: u32) -> impl IntoView {
    view! {
        <div class="banner banner--waiting" role="status">
            {icon(Icon::TriangleAlert)}
            <div><p class="strong">{rescue::closes()} ". " {rescue::closes_in(days)}</p><p>{rescue::closes_way()}</p></div>
            <a class="button" href=Route::Sync.href()>{icon(Icon::RefreshCw)} {common::sync()}</a>
        </div>
    }
}

/// The clock of this device is wrong: what to do is said under *Synchronisation*.
fn clock_off() -> impl IntoView {
    view! {
        <div class="banner banner--trouble" role="alert">
            {icon(Icon::TriangleAlert)}
            <div class="grow"><p class="strong">{sync::clock_off()}</p><p>{sync::clock_short()}</p></div>
            <a class="button" href=Route::Sync.href()>{icon(Icon::RefreshCw)} {common::sync()}</a>
        </div>
    }
}

/// What the cité refused of this user's.
fn set_aside(count: u32) -> impl IntoView {
    (count > 0).then(|| {
        view! {
            <div class="banner banner--waiting" role="note">
                {icon(Icon::TriangleAlert)}
                <div class="grow"><p class="strong">{typography::about(aside::title(), &typography::number(count))}</p><p>{aside::lead()}</p></div>
                <a class="button" href=Route::SetAside.href()>{aside::see()}</a>
            </div>
        }
    })
}
