//! The list of people with their devices.

use super::{Over, Page};
use crate::components::icon::{Icon, icon};
use crate::text::{members as words, names, typography};
use domain::api::member::{Invitee, MemberDevice, MemberRow, MembersView};
use leptos::prelude::*;

/// Active people, then those who left.
pub(super) fn list(page: Page, view: MembersView) -> impl IntoView {
    let may_invite = view.established;
    let (active, former): (Vec<_>, Vec<_>) = view.people.into_iter().partition(|row| row.active);
    let former = (!former.is_empty()).then(|| {
        view! {
            <details class="more"><summary>{words::former()}</summary>
                <section class="card">{former.into_iter().map(|it| row(page, it, may_invite)).collect_view()}</section>
            </details>
        }
    });
    view! {
        <section class="card">{active.into_iter().map(|it| row(page, it, may_invite)).collect_view()}</section>
        {former}
    }
}

fn row(page: Page, it: MemberRow, may_invite: bool) -> impl IntoView {
    let sectors = {
        let ids = it.sectors.clone();
        move || {
            let known = page.sectors.get();
            let named: Vec<String> =
                known.into_iter().filter(|(id, _)| ids.contains(id)).map(|(_, name)| name).collect();
            if named.is_empty() { words::no_sector().to_owned() } else { named.join(", ") }
        }
    };
    let holds_keys = it.role.holds_keys();
    let me = it.me.then(|| view! { <span class="badge">{words::me()}</span> });
    let waiting = it.waiting.then(|| view! { <span class="badge badge--waiting">{words::waiting()}</span> });
    let tools = {
        let (changed, removed, again) = (it.clone(), it.clone(), it.user);
        let named = |verb: &str| typography::about(verb, &it.name);
        let change = (it.active && it.may_change).then(|| {
            view! {
                <button type="button" class="button" aria-label=named(words::change()) on:click=move |_| page.over.set(Some(Over::Change(changed.clone())))>{icon(Icon::Pencil)} {words::change()}</button>
            }
        });
        let device = (it.may_change && may_invite).then(|| {
            let who = Invitee::Known { user: again };
            view! {
                <button type="button" class="button" aria-label=named(words::add_device()) on:click=move |_| page.over.set(Some(Over::Invite(who.clone())))>{icon(Icon::Plus)} {words::add_device()}</button>
            }
        });
        let remove = (it.active && (!it.me || it.devices.iter().any(|device| !device.here && !device.revoked))).then(|| {
            view! {
                <button type="button" class="button button--plain" aria-label=named(words::remove()) on:click=move |_| page.over.set(Some(Over::Remove(removed.clone())))>{icon(Icon::LogOut)} {words::remove()}</button>
            }
        });
        view! { <div class="member__tools">{change} {device} {remove}</div> }
    };
    view! {
        <article class="member">
            <div class="member__line">
                <span class="avatar" aria-hidden="true">{names::initials_of(&it.name)}</span>
                <div class="member__name">
                    <h3>{it.name.clone()} " " {me} {waiting}</h3>
                    <p class="second">{names::role(it.role)} " · " {it.organisation_name.clone()}</p>
                    {holds_keys.then(|| view! { <p class="second">{words::sectors()} " : " {sectors}</p> })}
                </div>
                {tools}
            </div>
            <div class="member__devices">{it.devices.into_iter().map(device).collect_view()}</div>
        </article>
    }
}

fn device(it: MemberDevice) -> impl IntoView {
    let (class, more) = match (it.revoked, it.waiting, it.here) {
        (true, _, _) => ("badge badge--trouble", words::gone()),
        (_, true, _) => ("badge badge--waiting", words::waiting()),
        (_, _, true) => ("badge", words::here()),
        _ => ("badge", ""),
    };
    let more = (!more.is_empty()).then(|| format!(" · {more}"));
    view! { <span class=class>{it.name} {more}</span> }
}
