//! Changing somebody's role and sectors.

use super::Page;
use crate::components::dialog::Dialog;
use crate::components::show::refusal;
use crate::components::{Chip, Segments};
use crate::state::act;
use crate::text::{members as words, names};
use domain::api::member::{ChangeMember, MemberRow};
use domain::ids::SectorId;
use domain::role::Role;
use leptos::prelude::*;

/// The roles a référent gives.
pub(super) fn roles() -> Vec<(Role, String)> {
    Role::ALL.iter().map(|role| (*role, names::role(*role).to_owned())).collect()
}

/// Chips of the cité's sectors.
pub(super) fn sector_chips(page: Page, chosen: RwSignal<Vec<SectorId>>) -> impl IntoView {
    let chips = move || {
        page.sectors
            .get()
            .into_iter()
            .map(|(id, name)| {
                let pressed = Signal::derive(move || chosen.with(|it| it.contains(&id)));
                let press = move || {
                    chosen.update(|it| match it.iter().position(|other| *other == id) {
                        Some(at) => drop(it.remove(at)),
                        None => it.push(id),
                    });
                };
                view! { <Chip label=name pressed=pressed on_press=press/> }
            })
            .collect_view()
    };
    view! { <fieldset class="field"><legend class="field__label">{words::sectors()}</legend><div class="chips">{chips}</div></fieldset> }
}

/// Changing.
#[component]
pub fn Change(page: Page, row: MemberRow) -> impl IntoView {
    let keep = act();
    let role = RwSignal::new(row.role);
    let sectors = RwSignal::new(row.sectors.clone());
    let user = row.user;
    let chosen = Signal::derive(move || Some(role.get()));
    let save = move || {
        let request = ChangeMember { user, role: role.get_untracked(), sectors: sectors.get_untracked() };
        keep.run(request, move |view| page.now(view));
    };
    let roles = if row.me {
        view! { <p class="second">{words::own_role()}</p> }.into_any()
    } else {
        view! {
            <div class="field"><span class="field__label">{words::role()}</span>
                <Segments label=words::role() choices=roles() value=chosen on_choose=move |it| { if let Some(it) = it { role.set(it) } }/></div>
        }
        .into_any()
    };
    let foot = move || {
        view! {
            {refusal(keep.error)}
            <button type="button" class="button button--main" disabled=move || keep.busy.get() on:click=move |_| save()>{words::keep()}</button>
        }
    };
    view! {
        <Dialog title=row.name.clone() on_close=move || page.close() foot=foot>
            <p class="second">{words::changes_why()}</p>
            {roles}
            {sector_chips(page, sectors)}
        </Dialog>
    }
}
