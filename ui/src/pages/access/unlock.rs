//! Unlocking: who, then the passphrase (cold start) or the PIN (running app).

use super::Door;
use super::forgotten::Forgotten;
use crate::components::Field;
use crate::components::icon::{Icon, icon};
use crate::components::keys;
use crate::components::show::refusal;
use crate::state::act;
use crate::state::session::session;
use crate::text::{access as words, names, rescue};
use domain::api::session::{LockedUser, Unlock as UnlockCall, UnlockWithPin};
use domain::hold::Hold;
use leptos::prelude::*;

/// Unlocking.
#[component]
pub fn Unlock(
    /// Users of the device, the last at work first.
    users: Vec<LockedUser>,
) -> impl IntoView {
    let next = session().next.get_untracked();
    let handed = users.iter().find(|user| Some(user.user) == next).cloned();
    session().next.set(None);
    let only = if users.len() == 1 { users.first().cloned() } else { handed };
    let several = users.len() > 1;
    let chosen = RwSignal::new(only);
    let forgotten = RwSignal::new(false);
    move || match chosen.get() {
        _ if forgotten.get() => {
            view! { <Forgotten back=Callback::new(move |()| forgotten.set(false))/> }.into_any()
        }
        None => pick(&users, chosen).into_any(),
        Some(user) => secret(user, several, chosen, forgotten).into_any(),
    }
}

fn pick(users: &[LockedUser], chosen: RwSignal<Option<LockedUser>>) -> impl IntoView {
    let rows = users
        .iter()
        .cloned()
        .map(|user| {
            let (name, initials) = (user.name.clone(), names::initials_of(&user.name));
            view! {
                <button type="button" class="user" on:click=move |_| chosen.set(Some(user.clone()))>
                    <span class="avatar" aria-hidden="true">{initials}</span> <span>{name}</span>
                </button>
            }
        })
        .collect_view();
    view! { <Door><h1>{words::who()}</h1><div class="users" on:keydown=keys::along>{rows}</div></Door> }
}

fn secret(
    user: LockedUser,
    several: bool,
    chosen: RwSignal<Option<LockedUser>>,
    forgotten: RwSignal<bool>,
) -> impl IntoView {
    let session = session();
    let unlock = act();
    let typed = RwSignal::new(String::new());
    let by_pin = RwSignal::new(user.pin_is_enough);
    let (id, guessed_out) = (user.user, user.guessed_out);
    let go = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let text = typed.get_untracked();
        typed.set(String::new());
        if by_pin.get_untracked() {
            unlock.run(UnlockWithPin { user: id, pin: text.into() }, move |status| session.now(status));
        } else {
            unlock.run(UnlockCall { user: id, passphrase: text.into() }, move |status| session.now(status));
        }
    };
    let field = move || {
        let (label, hint) =
            if by_pin.get() { (words::pin(), "") } else { (words::passphrase(), words::passphrase_hint()) };
        view! { <Field label=label hint=hint kind="password" first=true value=typed on_input=move |text| typed.set(text)/> }
    };
    view! {
        <Door>
            <h1>{user.name.clone()}</h1>
            <form class="stack" on:submit=go>
                {told(&user)}
                {(!user.guessed_out).then(|| view! {
                    {field}
                    {refusal(unlock.error)}
                    <button type="submit" class="button button--main" disabled=move || unlock.busy.get()>{icon(Icon::Lock)} {words::unlock()}</button>
                })}
                {user.pin_is_enough.then(|| view! {
                    <button type="button" class="button button--plain" on:click=move |_| by_pin.set(false)>{words::use_passphrase()}</button>
                })}
                {several.then(|| view! {
                    <button type="button" class="button button--plain" on:click=move |_| chosen.set(None)>{words::other_user()}</button>
                })}
                {move || (!by_pin.get()).then(|| view! {
                    <button type="button" class="button" class:button--plain=!guessed_out class:button--main=guessed_out on:click=move |_| forgotten.set(true)>{rescue::forgotten()}</button>
                })}
            </form>
        </Door>
    }
}

/// What this user is told before they type: shut out, or guessed out.
fn told(user: &LockedUser) -> Option<impl IntoView + use<>> {
    let (what, way) = if user.guessed_out {
        (rescue::guessed_out(), rescue::guessed_out_way())
    } else {
        match user.hold? {
            Hold::Revoked => (rescue::revoked_title(), rescue::revoked_way()),
            Hold::Silent => (rescue::silent_title(), rescue::silent_way()),
        }
    };
    Some(view! {
        <div class="banner banner--trouble" role="alert">{icon(Icon::TriangleAlert)} <div><p class="strong">{what}</p><p>{way}</p></div></div>
    })
}
