//! Needs, barriers, follow-ups, referrals and the following itself: their state changed by one
//! touch, new ones added from the card they belong to.

mod barrier;
mod differing;
mod follow_up;
mod following;
mod need;
mod referent;
mod referral;

pub use barrier::barriers;
pub use differing::differing;
pub use follow_up::follow_ups;
pub use following::following;
pub use need::needs;
pub use referent::referents;
pub use referral::referrals;

use crate::components::icon::{Icon, icon};
use crate::components::show::refusal;
use crate::state::Act;
use crate::state::toast::toasts;
use crate::text::{common, person as words};
use leptos::prelude::*;

/// A card; says so where nothing is noted.
fn card(title: &'static str, empty: bool, error: Act, content: impl IntoView) -> impl IntoView {
    view! {
        <section class="card" aria-label=title>
            <div class="card__head"><h2>{title}</h2></div>
            {empty.then(|| view! { <p class="card__body second">{words::none_noted()}</p> })}
            {refusal(error.error)}
            {content}
        </section>
    }
}

/// The foot of a card: a button that opens the dialog of a new fact.
fn adding<V: IntoView + 'static>(
    word: &'static str,
    dialog: impl Fn(RwSignal<bool>) -> V + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <div class="card__foot">
            <button type="button" class="button button--plain" on:click=move |_| open.set(true)>{icon(Icon::Plus)} {word}</button>
        </div>
        {move || open.get().then(|| dialog(open))}
    }
}

/// The button that saves a dialog, with the refusal above it.
fn save_foot(
    write: Act,
    ready: impl Fn() -> bool + Copy + Send + Sync + 'static,
    save: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    view! {
        {refusal(write.error)}
        <button type="button" class="button button--main button--large button--wide" disabled=move || write.busy.get() || !ready() on:click=move |_| save()>
            {icon(Icon::Check)} {common::save()}
        </button>
    }
}

/// Says that a change is on disk.
fn saved() -> impl FnOnce(()) + 'static {
    let toasts = toasts();
    move |()| toasts.say(words::saved())
}

/// Says that a change is on disk, then closes its dialog.
fn saved_and_close(open: RwSignal<bool>) -> impl FnOnce(()) + 'static {
    let toasts = toasts();
    move |()| {
        toasts.say(words::saved());
        open.set(false);
    }
}
