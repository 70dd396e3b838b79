//! A tablet that is closed to work: why, what waits on it, what to do.

use super::Door;
use crate::components::icon::{Icon, icon};
use crate::components::show::refusal;
use crate::state::act;
use crate::state::session::session;
use crate::text::{access as access_words, rescue as words, sync as sync_words};
use domain::api::session::{Beside, Lock, LockedUser, Status};
use domain::api::sync::SyncNow;
use domain::hold::Hold;
use leptos::prelude::*;

/// A closed tablet.
#[component]
pub fn Held(
    /// Who unlocked.
    user: LockedUser,
    /// Why it is closed.
    hold: Hold,
    /// What was not sent.
    to_send: u32,
    /// What else is on it.
    beside: Beside,
    /// Days without an exchange.
    silent_days: u32,
) -> impl IntoView {
    let session = session();
    let (sync, lock) = (act(), act());
    let failed = RwSignal::new(None);
    let look = act();
    let exchange = move |_| {
        failed.set(None);
        sync.run(SyncNow {}, move |state| {
            failed.set(state.last_failure.map(|failure| sync_words::failure(failure.kind)));
            look.run(Status {}, move |status| session.now(status));
        });
    };
    let revoked = hold == Hold::Revoked;
    let (title, why, again) = if revoked {
        (words::revoked_title(), words::revoked_why(), words::check_again())
    } else {
        (words::silent_title(), words::silent_why(), sync_words::now())
    };
    let waits = to_send + beside.parts + beside.records > 0;
    let unsent = [
        (to_send > 0).then(|| words::waiting(to_send)),
        (beside.parts > 0).then(|| words::parts_wait(beside.parts)),
        (beside.records > 0).then(|| words::records_wait(beside.records)),
    ];
    let unsent = unsent.into_iter().flatten().map(|it| view! { <p class="strong">{it}</p> }).collect_view();
    let alone = revoked && beside.alone + beside.drafts > 0;
    let way = match hold {
        Hold::Revoked if !waits => words::revoked_none(),
        Hold::Revoked => words::revoked_way(),
        Hold::Silent => words::silent_way(),
    };
    view! {
        <Door>
            <h1>{title}</h1>
            <p class="second">{user.name}{(!revoked).then(|| format!(" · {}", words::silent_days(silent_days)))}</p>
            <p>{why}</p>
            {waits.then(|| view! { <div class="banner banner--waiting">{icon(Icon::CloudUpload)} <div>{unsent}</div></div> })}
            <p>{way}</p>
            {alone.then(|| view! { <div class="banner banner--waiting">{icon(Icon::Lock)} <div><p class="strong">{words::lost(beside.alone, beside.drafts)}</p><p>{words::alone_why()}</p></div></div> })}
            {(!revoked && waits).then(|| view! { <p class="second">{words::silent_help()}</p> })}
            {move || failed.get().map(|(what, way)| view! {
                <div class="banner banner--trouble" role="alert">{icon(Icon::TriangleAlert)} <div><p class="strong">{what}</p><p>{way}</p></div></div>
            })}
            {refusal(lock.error)}
            <button type="button" class="button button--large button--wide" class:button--main=!revoked disabled=move || sync.busy.get() on:click=exchange>
                {icon(Icon::RefreshCw)} {move || if sync.busy.get() { sync_words::running() } else { again }}
            </button>
            <button type="button" class="button button--plain" on:click=move |_| lock.run(Lock {}, move |status| session.now(status))>
                {icon(Icon::Lock)} {access_words::lock_now()}
            </button>
        </Door>
    }
}
