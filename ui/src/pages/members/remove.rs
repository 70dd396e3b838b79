//! Removing a person, or one of their devices.

use super::Page;
use crate::components::Segments;
use crate::components::dialog::Dialog;
use crate::components::icon::{Icon, icon};
use crate::components::show::refusal;
use crate::state::act;
use crate::text::members as words;
use domain::api::member::{Leaving, MemberRow, RevokeMember};
use leptos::prelude::*;

/// Removing.
#[component]
pub fn Remove(page: Page, row: MemberRow) -> impl IntoView {
    let revoke = act();
    let mut choices = Vec::new();
    if !row.me {
        choices.push((Leaving::Person(row.user), words::whole_person().to_owned()));
    }
    for device in row.devices.iter().filter(|it| !it.revoked && !it.here) {
        choices.push((Leaving::Device(device.device), device.name.clone()));
    }
    let chosen = RwSignal::new(choices.first().map(|it| it.0));
    let several = choices.len() > 1;
    let on_device = move || matches!(chosen.get(), Some(Leaving::Device(_)));
    let go = move || {
        if let Some(leaving) = chosen.get_untracked() {
            revoke.run(RevokeMember { leaving }, move |view| page.now(view));
        }
    };
    let foot = move || {
        view! {
            {refusal(revoke.error)}
            <button type="button" class="button" on:click=move |_| page.close()>{crate::text::common::cancel()}</button>
            <button type="button" class="button button--trouble" disabled=move || revoke.busy.get() || chosen.get().is_none() on:click=move |_| go()>{icon(Icon::LogOut)} {words::remove()}</button>
        }
    };
    let title = format!("{} {}", words::remove(), row.name);
    view! {
        <Dialog title=title on_close=move || page.close() foot=foot>
            {several.then(|| view! {
                <div class="field"><span class="field__label">{words::remove_what()}</span>
                    <Segments label=words::remove_what() choices=choices.clone() value=chosen on_choose=move |it| chosen.set(it)/></div>
            })}
            <p>{words::remove_why()}</p>
            {move || on_device().then(|| view! { <p class="strong">{words::remove_shared()}</p> })}
        </Dialog>
    }
}
