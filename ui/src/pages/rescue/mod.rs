//! Lost, found and locked-out tablets, on a référent's device.

mod recover;

use crate::components::icon::{Icon, icon};
use crate::components::show::{empty, refusal, show};
use crate::state::{act, load};
use crate::text::{rescue as words, typography};
use domain::api::rescue::{ListRescues, RescuableDevice, RescueKeyView, RescuesView, ShowRescueKey};
use domain::changes::Topic;
use leptos::prelude::*;

/// What a référent can do for a colleague's tablet.
#[component]
pub fn Rescue() -> impl IntoView {
    let rescues = load(|| vec![Topic::Members, Topic::Sync], || Some(ListRescues {}));
    view! {
        <div class="stack narrow">
            <header class="page-head"><div class="page-head__words"><h1>{words::title()}</h1><p>{words::lead()}</p></div></header>
            <recover::Recover/>
            {show(rescues, devices)}
        </div>
    }
}

fn devices(view: RescuesView) -> impl IntoView {
    let rows = view.devices.into_iter().map(row).collect_view();
    let none = rows.is_empty();
    view! {
        {(view.waiting > 0).then(|| view! { <p class="second">{typography::about(words::still_waiting(), &typography::number(view.waiting))}</p> })}
        {(!view.held.is_empty()).then(|| {
            let held = view.held.iter().map(|(name, count)| view! { <li>{name.clone()} " · " {words::changes(*count)}</li> }).collect_view();
            view! {
                <div class="banner banner--waiting">{icon(Icon::Hourglass)} <div><p class="strong">{words::held()}</p><ul class="plain">{held}</ul><p>{words::held_why()}</p></div></div>
            }
        })}
        <section class="card card--pad stack">
            <h2>{words::forgotten_title()}</h2>
            <p>{words::forgotten_lead()}</p>
            {none.then(|| empty(Icon::MonitorSmartphone, words::no_device(), words::no_device_why()))}
            <ul class="list">{rows}</ul>
        </section>
    }
}

fn row(it: RescuableDevice) -> impl IntoView {
    let shown: RwSignal<Option<RescueKeyView>> = RwSignal::new(None);
    let ask = act();
    let device = it.device;
    let state = match (it.revoked, it.has_key) {
        (true, _) => words::is_revoked(),
        (false, true) => words::has_key(),
        (false, false) => words::no_key(),
    };
    let may = it.has_key && !it.revoked;
    let name = it.name.clone();
    let label = move || {
        let verb = if shown.with(Option::is_some) { words::hide_key() } else { words::show_key() };
        typography::about(verb, &name)
    };
    view! {
        <li class="stack rescue__device">
            <div class="row">
                <span class="avatar avatar--sunk" aria-hidden="true">{icon(Icon::MonitorSmartphone)}</span>
                <div class="grow"><p class="strong">{it.name}</p><p class="second small">{it.users.join(", ")} " · " {state}</p></div>
                {may.then(|| view! {
                    <button type="button" class="button" aria-label=label disabled=move || ask.busy.get() on:click=move |_| {
                        if shown.with_untracked(Option::is_some) { shown.set(None) } else { ask.run(ShowRescueKey { device }, move |view| shown.set(Some(view))) }
                    }>{move || if shown.with(Option::is_some) { words::hide_key() } else { words::show_key() }}</button>
                })}
            </div>
            {refusal(ask.error)}
            {move || shown.get().map(|view| view! {
                <p class="invitation-code">{view.key.expose().to_owned()}</p>
                <p class="second">{words::key_why()}</p>
            })}
        </li>
    }
}
