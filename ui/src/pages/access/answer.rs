//! Joining by a colleague's device: six words to compare, until it has let this one in.

use super::Door;
use crate::components::icon::{Icon, icon};
use crate::components::show::refusal;
use crate::state::act;
use crate::state::session::session;
use crate::text::members as words;
use domain::api::member::{AnswerState, ReadAnswer};
use leptos::prelude::*;
use std::time::Duration;

/// Between two looks.
const LOOK: Duration = Duration::from_secs(2);

/// Waits for the inviter; looks again from time to time.
#[component]
pub fn Compare(
    /// Where it stands.
    state: RwSignal<Option<AnswerState>>,
) -> impl IntoView {
    let session = session();
    let look = act();
    let read = move || {
        if matches!(state.try_get_untracked(), Some(Some(AnswerState::Waiting { .. }))) {
            look.run(ReadAnswer {}, move |it| match it {
                AnswerState::Joined(status) => {
                    session.now(*status);
                    crate::route::go(crate::route::Route::Home);
                }
                other => state.set(Some(other)),
            });
        }
    };
    let timer = set_interval_with_handle(read, LOOK);
    on_cleanup(move || {
        if let Ok(timer) = timer {
            timer.clear();
        }
    });
    let body = move || {
        match state.get() {
        Some(AnswerState::Waiting { words: list, inviter, seconds_left }) => {
            let list = list.into_iter().map(|word| view! { <li>{word}</li> }).collect_view();
            view! {
                <h1>{words::answer_compare()} " " {inviter}</h1>
                <ol class="words">{list}</ol>
                <p>{words::answer_wait()}</p>
                <p role="status" class="second row">{icon(Icon::Clock)} <span class="grow">{words::holds()} " : " {words::duration(seconds_left)}</span></p>
                {refusal(look.error)}
            }
            .into_any()
        }
        _ => view! {
            <h1>{words::dead()}</h1>
            <p>{words::answer_dead_why()}</p>
            <button type="button" class="button button--main" on:click=move |_| state.set(None)>{words::again()}</button>
        }
        .into_any(),
    }
    };
    view! { <Door wide=true>{body}</Door> }
}
