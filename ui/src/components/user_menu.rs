//! Whose tablet it is just now: handing it over, locking it, preferences. Two touches hand it over.

use super::Dialog;
use super::icon::{Icon, icon};
use super::keys;
use super::show::refusal;
use crate::route::Route;
use crate::state::act;
use crate::state::session::session;
use crate::text::{access as words, names, typography};
use domain::api::session::{Lock, LockedUser};
use domain::ids::UserId;
use leptos::prelude::*;

/// The round mark of the user; a touch opens the menu.
pub fn user_menu(name: &str) -> impl IntoView + use<> {
    let open = RwSignal::new(false);
    let (name, initials) = (name.to_owned(), names::initials_of(name));
    let label = typography::about(words::user_menu(), &name);
    view! {
        <button type="button" class="avatar avatar--button" aria-label=label aria-haspopup="dialog" on:click=move |_| open.set(true)>{initials}</button>
        {move || open.get().then(|| view! { <Menu name=name.clone() open=open/> })}
    }
}

#[component]
fn Menu(name: String, open: RwSignal<bool>) -> impl IntoView {
    let session = session();
    let leave = act();
    let lock = move |next: Option<UserId>| {
        leave.run(Lock {}, move |status| {
            session.next.set(next);
            session.now(status);
        });
    };
    let others = session.others().into_iter().map(|other: LockedUser| {
        let (id, initials) = (other.user, names::initials_of(&other.name));
        view! {
            <button type="button" class="user" disabled=move || leave.busy.get() on:click=move |_| lock(Some(id))>
                <span class="avatar" aria-hidden="true">{initials}</span>
                <span>{words::switch_user()} " " {other.name}</span>
            </button>
        }
    });
    let others = others.collect_view();
    view! {
        <Dialog title=name on_close=move || open.set(false)>
            <div class="users" on:keydown=keys::along>
                {others}
                <button type="button" class="user" disabled=move || leave.busy.get() on:click=move |_| lock(None)>{icon(Icon::Lock)} {words::lock_now()}</button>
                <a class="user" href=Route::Settings.href()>{icon(Icon::Settings)} {words::settings()}</a>
            </div>
            {refusal(leave.error)}
        </Dialog>
    }
}
