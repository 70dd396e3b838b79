//! Whether the figures still change; and closing a quarter that is over.

use crate::components::dialog::Dialog;
use crate::components::icon::{Icon, icon};
use crate::components::show::refusal;
use crate::state::act::act;
use crate::state::session::session;
use crate::text::{cohort as words, common, days, typography};
use domain::api::cohort::{CloseQuarter, CohortView};
use domain::role::Role;
use leptos::prelude::*;

/// The state of the quarter, in a line.
pub fn state(view: &CohortView) -> String {
    match &view.closed {
        Some(closed) => words::closed_by(&closed.by, &days::stamp(closed.at_ms)),
        None => words::file_running().to_owned(),
    }
}

/// The band that says it, with a button where the quarter can be closed.
pub fn band(view: &CohortView) -> impl IntoView + use<> {
    if view.closed.is_some() {
        let said = typography::sentence(&state(view));
        return view! {
            <div class="banner banner--done" role="note">{icon(Icon::Lock)}<div><p class="strong">{said}</p><p>{words::closed_why()}</p></div></div>
        }
        .into_any();
    }
    if !view.may_close {
        return view! { <p class="quarter-state">{icon(Icon::Info)} {words::running()}</p> }.into_any();
    }
    let open = RwSignal::new(false);
    let mine = session().me().is_some_and(|me| me.role == Role::Coordinator);
    let late = view.completeness.late.iter().any(|it| it.announced > 0);
    let request = CloseQuarter { quarter: view.filter.period.from.quarter() };
    let button = mine.then(|| {
        view! { <button type="button" class="button" on:click=move |_| open.set(true)>{icon(Icon::Lock)} {words::close_quarter()}</button> }
    });
    view! {
        <div class="banner" role="note">
            {icon(Icon::CalendarDays)}
            <div><p class="strong">{words::over()}</p><p>{words::over_why()}</p></div>
            {button}
        </div>
        {move || open.get().then(|| ask(open, request.clone(), late))}
    }
    .into_any()
}

fn ask(open: RwSignal<bool>, request: CloseQuarter, late: bool) -> impl IntoView {
    let close = act();
    let request = StoredValue::new(request);
    let foot = move || {
        view! {
            <button type="button" class="button" on:click=move |_| open.set(false)>{common::cancel()}</button>
            <button type="button" class="button button--main" disabled=move || close.busy.get()
                on:click=move |_| close.run(request.get_value(), move |_| open.set(false))>{words::close_quarter()}</button>
        }
    };
    view! {
        <Dialog title=words::close_ask() on_close=move || open.set(false) foot=foot>
            <p>{words::close_what()}</p>
            {late.then(|| view! { <p class="strong">{words::close_late()}</p> })}
            {refusal(close.error)}
        </Dialog>
    }
}
