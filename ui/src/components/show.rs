//! The states of what is loaded: waiting, there, empty, refused with its way out.

use super::icon::{Icon, icon};
use crate::state::Loaded;
use crate::text::{self, common};
use domain::error::{ApiError, ErrorCode};
use leptos::prelude::*;

/// Draws what is loaded; says that it waits, or why it cannot, with a button to try again.
pub fn show<T, V>(loaded: Loaded<T>, draw: impl Fn(T) -> V + Send + Sync + 'static) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    move || match (loaded.value.get(), loaded.error.get()) {
        (Some(value), None) => draw(value).into_any(),
        (Some(value), Some(error)) => view! { <Failure error=error/> {draw(value)} }.into_any(),
        (None, Some(error)) => view! { <FullFailure error=error retry=move || loaded.retry()/> }.into_any(),
        (None, None) => waiting().into_any(),
    }
}

/// Something is on its way.
pub fn waiting() -> impl IntoView {
    view! {
        <div class="card waiting" role="status" aria-label=common::one_moment()>
            <span class="waiting__line"></span><span class="waiting__line"></span><span class="waiting__line"></span>
        </div>
    }
}

/// Nothing there yet: says so, and what to do.
pub fn empty(sign: Icon, title: &str, words: &str) -> impl IntoView {
    view! { <div class="state">{icon(sign)}<h3>{title.to_owned()}</h3><p>{words.to_owned()}</p></div> }
}

/// A refusal, in a band above what is there.
#[component]
pub fn Failure(
    /// The refusal.
    error: ApiError,
) -> impl IntoView {
    let words = text::error::words(&error);
    view! {
        <div class="banner banner--trouble" role="alert">
            {icon(sign_of(error.code))}
            <div><p class="strong">{words.what}</p><p>{words.way}</p></div>
        </div>
    }
}

/// The refusal of something asked for, if any.
pub fn refusal(error: RwSignal<Option<ApiError>>) -> impl IntoView {
    move || error.get().map(|error| view! { <Failure error=error/> })
}

#[component]
fn FullFailure(error: ApiError, retry: impl Fn() + 'static) -> impl IntoView {
    let words = text::error::words(&error);
    view! {
        <div class="card state" role="alert">
            {icon(sign_of(error.code))}
            <h3>{words.what}</h3><p>{words.way}</p>
            <button type="button" class="button" on:click=move |_| retry()>{icon(Icon::RefreshCw)} {common::try_again()}</button>
        </div>
    }
}

fn sign_of(code: ErrorCode) -> Icon {
    match code {
        ErrorCode::ServerUnreachable => Icon::WifiOff,
        ErrorCode::Locked | ErrorCode::SignedOut | ErrorCode::PassphraseNeeded => Icon::Lock,
        _ => Icon::TriangleAlert,
    }
}
