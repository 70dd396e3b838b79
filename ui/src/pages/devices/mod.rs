//! The cité's devices: who is up to date, who is late.

use crate::components::icon::{Icon, icon};
use crate::components::show::show;
use crate::route::Route;
use crate::state::load;
use crate::state::session::session;
use crate::text::{audit, cohort as words, days, erasure, names, typography};
use domain::api::server::{DeviceRow, DevicesView, ListDevices};
use domain::changes::Topic;
use domain::role::Role;
use leptos::prelude::*;

/// The devices.
#[component]
pub fn Devices() -> impl IntoView {
    let devices = load(|| vec![Topic::Devices], || Some(ListDevices {}));
    // The administrator has it among the pages; the coordination where the cité says so.
    let coordinates = session().me().is_some_and(|me| me.role == Role::Coordinator);
    let journal = move || {
        let may = session()
            .cite
            .value
            .with(|cite| cite.as_ref().is_some_and(|it| it.settings.may_read_audit(Role::Coordinator)));
        (coordinates && may).then(|| {
            view! { <a class="button" href=Route::Audit.href()>{icon(Icon::FileText)} {audit::title()}</a> }
        })
    };
    view! {
        <header class="page-head"><div class="page-head__words"><h1>{words::devices()}</h1><p>{words::devices_why()}</p></div>
            <div class="page-head__tools">{journal} <a class="button" href=Route::Erasures.href()>{icon(Icon::ShieldCheck)} {erasure::title()}</a></div></header>
        {show(devices, table)}
    }
}

fn table(view: DevicesView) -> impl IntoView {
    let heads = [words::device(), words::user(), words::state(), words::last_exchange(), words::waiting()];
    let rows = view.devices.into_iter().map(row).collect_view();
    view! {
        <section class="card"><div class="table-wrap"><table class="table table--list">
            <thead><tr>{heads.into_iter().enumerate().map(|(n, head)| view! { <th scope="col" class:number=n == 4>{head}</th> }).collect_view()}</tr></thead>
            <tbody>{rows}</tbody>
        </table></div></section>
    }
}

fn row(it: DeviceRow) -> impl IntoView {
    let (class, state) = match (it.revoked, it.late) {
        (true, _) => ("badge badge--trouble", words::revoked()),
        (_, true) => ("badge badge--waiting", words::late()),
        _ => ("badge badge--done", words::up_to_date()),
    };
    // What it has not fetched yet says nothing about the figures: they count what it has sent.
    let to_fetch = (!it.revoked && !it.late && !it.up_to_date).then(words::to_fetch);
    let copied = (!it.revoked && it.copies > 1)
        .then(|| view! { <span class="badge badge--trouble">{words::copied()}</span> });
    let seen = it.last_seen_ms.map_or_else(|| words::never_seen().to_owned(), days::moment);
    view! {
        <tr>
            <th scope="row">{it.name}</th>
            <td>{it.user_name} <span class="second">" · " {names::role(it.role)} " · " {it.organisation}</span></td>
            <td><span class="row"><span class=class>{state}</span>{copied}{to_fetch.map(|words| view! { <span class="second small">{words}</span> })}</span></td><td>{seen}</td><td class="number">{typography::number(it.announced)}</td>
        </tr>
    }
}
