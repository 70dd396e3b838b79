//! What was erased, why, and which devices have confirmed it by their signature.

use crate::components::icon::{Icon, icon};
use crate::components::partner::called;
use crate::components::show::{empty, show};
use crate::route::Route;
use crate::state::load;
use crate::state::session::session;
use crate::text::{days, erasure as words, members, receipt, typography};
use domain::api::server::{ErasureDevice, ErasurePartner, ErasureRow, ErasuresView, ReadErasures};
use domain::changes::Topic;
use domain::role::Face;
use domain::time::Day;
use leptos::prelude::*;

/// The erasures.
#[component]
pub fn Erasures() -> impl IntoView {
    let erasures = load(|| vec![Topic::Devices], || Some(ReadErasures {}));
    // A référent's device shows the list as it last came, for their organisation.
    let on_device = session().face() == Face::Device;
    let (why, back, back_word) = match on_device {
        true => (words::why_here(), Route::Members, members::title()),
        false => (words::why(), Route::Devices, words::back()),
    };
    let received = move || {
        let at_ms = erasures.get().and_then(|it| it.at_ms).filter(|_| on_device);
        at_ms.map(|at_ms| format!("{} {}.", words::as_of(), days::moment(at_ms)))
    };
    view! {
        <header class="page-head">
            <div class="page-head__words"><h1>{words::title()}</h1><p>{why} " " {received}</p></div>
            <div class="page-head__tools"><a class="button button--plain" href=back.href()>{icon(Icon::ArrowLeft)} {back_word}</a></div>
        </header>
        {show(erasures, list)}
    }
}

fn list(view: ErasuresView) -> impl IntoView {
    if view.at_ms.is_none() {
        let (what, why) = (words::not_received(), words::not_received_why());
        return view! { <section class="card">{empty(Icon::Hourglass, what, why)}</section> }.into_any();
    }
    if view.erasures.is_empty() {
        return view! { <section class="card">{empty(Icon::ShieldCheck, words::none(), words::none_why())}</section> }
            .into_any();
    }
    view! {
        <div class="stack">
            {sets(view.erasures).into_iter().map(card).collect_view()}
            <p class="second small">{words::stays()}</p>
        </div>
    }
    .into_any()
}

/// Records of one person that were erased together stand in one card.
fn sets(rows: Vec<ErasureRow>) -> Vec<Vec<ErasureRow>> {
    let mut sets: Vec<Vec<ErasureRow>> = Vec::new();
    for row in rows {
        let last = sets.last_mut().filter(|set| row.together.is_some() && set[0].together == row.together);
        match last {
            Some(set) => set.push(row),
            None => sets.push(vec![row]),
        }
    }
    sets
}

fn card(mut set: Vec<ErasureRow>) -> impl IntoView {
    if set.len() == 1 {
        return set.pop().map(one).into_any();
    }
    view! {
        <section class="group" aria-label=words::together()>
            <h2 class="group__title">{icon(Icon::UsersRound)} {words::together()}</h2>
            {set.into_iter().map(one).collect_view()}
        </section>
    }
    .into_any()
}

fn one(it: ErasureRow) -> impl IntoView {
    let all = it.devices.len() as u32;
    let done = it.devices.iter().filter(|device| device.confirmed_on.is_some()).count() as u32;
    let (class, state) = match (all, done == all) {
        (0, _) => ("badge badge--bare", words::none_held().to_owned()),
        (_, true) => ("badge badge--done", words::all_confirmed().to_owned()),
        _ => ("badge badge--waiting", words::confirmed_of(done, all)),
    };
    let number = typography::about(words::number(), &it.number);
    let label = format!("{number}, {}", days::full(it.on));
    let on = it.on;
    let devices = (all > 0).then(|| table(it.devices, on));
    let partners = partners(it.partners);
    view! {
        <section class="card" aria-label=label>
            <div class="card__head">
                <div class="grow"><h2>{words::cause(it.cause)}</h2><p class="second">{words::what(it.cause)} " · " {days::full(on)} " · " {words::number()} "\u{a0}" <span class="code">{it.number}</span></p></div>
                <span class=class>{(done == all && all > 0).then(|| icon(Icon::Check))} {state}</span>
            </div>
            {devices}
            {partners}
        </section>
    }
}

fn table(devices: Vec<ErasureDevice>, on: Day) -> impl IntoView {
    let heads = [words::device(), words::user(), words::state(), words::last_seen()];
    view! {
        <div class="table-wrap"><table class="table table--list">
            <thead><tr>{heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view()}</tr></thead>
            <tbody>{devices.into_iter().map(|device| row(device, on)).collect_view()}</tbody>
        </table></div>
    }
}

/// Partners that were given something, and when they were told.
fn partners(all: Vec<ErasurePartner>) -> Option<impl IntoView> {
    let any = !all.is_empty();
    let rows = all.into_iter().map(|it| {
        let by = it.by.map(|by| format!(" · {by}"));
        let (class, state) = match it.told_on {
            Some(day) => ("badge badge--done", format!("{} {}", receipt::told(), days::plain(day))),
            None => ("badge badge--waiting", receipt::not_told().to_owned()),
        };
        let name = called(it.name.as_deref());
        let known = it.known_by.map(|by| format!(" · {}", typography::about(receipt::known_by(), &by)));
        view! { <tr><th scope="row">{name} <span class="second">{known}</span></th><td><span class=class>{state}</span> <span class="second">{by}</span></td></tr> }
    });
    let rows = rows.collect_view();
    any.then(|| {
        view! {
            <div class="table-wrap"><table class="table table--list">
                <thead><tr><th scope="col">{receipt::partners()}</th><th scope="col">{words::state()}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table></div>
        }
    })
}

fn row(it: ErasureDevice, on: Day) -> impl IntoView {
    let since = it.last_seen_ms.is_some_and(|at_ms| Day::from_instant_ms(at_ms) >= on);
    let (class, state) = match (it.confirmed_on, it.revoked, since) {
        (Some(day), ..) => ("badge badge--done", format!("{} {}", words::confirmed(), days::plain(day))),
        (None, true, _) => ("badge badge--trouble", words::revoked().to_owned()),
        (None, false, false) => ("badge badge--waiting", words::not_seen().to_owned()),
        (None, false, true) => ("badge badge--waiting", words::not_yet().to_owned()),
    };
    let copy = it.copy.map(|n| format!(" · {} {n}", words::copy()));
    let seen = it.last_seen_ms.map_or_else(|| crate::text::cohort::never_seen().to_owned(), days::moment);
    view! { <tr><th scope="row">{it.name}{copy}</th><td>{it.user_name}</td><td><span class=class>{state}</span></td><td>{seen}</td></tr> }
}
