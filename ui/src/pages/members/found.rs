//! The recovery key is shown once, noted on paper, and asked for again: when the cité is founded, and where a
//! sheet is replaced.

use super::Page;
use crate::components::dialog::Dialog;
use crate::components::icon::{Icon, icon};
use crate::components::sheet::{ask, sheet};
use crate::components::show::refusal;
use crate::state::act;
use crate::state::toast::toasts;
use crate::text::{common, members as words};
use domain::api::member::{
    DrawRecoveryKey, DrawReplacementKey, EstablishCite, RecoveryKeyView, ReplaceRecoveryKey,
};
use domain::error::ApiError;
use leptos::prelude::*;

/// Founding; or, where the cité is founded, another sheet in the place of the one that counts.
#[component]
pub fn Found(page: Page, #[prop(optional)] replaces: bool) -> impl IntoView {
    let (draw, sign) = (act(), act());
    let key: RwSignal<Option<RecoveryKeyView>> = RwSignal::new(None);
    let asking = RwSignal::new(false);
    let typed: [RwSignal<String>; 3] = std::array::from_fn(|_| RwSignal::new(String::new()));
    // What happens to the old sheet is said before anything is drawn.
    let weighing = RwSignal::new(replaces);
    let begin = move || match replaces {
        true => draw.run(DrawReplacementKey {}, move |view| {
            weighing.set(false);
            key.set(Some(view));
        }),
        false => draw.run(DrawRecoveryKey {}, move |view| key.set(Some(view))),
    };
    if !replaces {
        begin();
    }
    // What was shown is overwritten when the screen goes.
    on_cleanup(move || drop(key.try_update(Option::take)));
    let found = move || {
        let words = typed.iter().map(|word| word.get_untracked().into()).collect();
        if replaces {
            sign.run(ReplaceRecoveryKey { words }, move |view| {
                let waits = view.sheet.as_ref().is_some_and(|it| it.waiting);
                toasts().say(if waits { words::sheet_waits() } else { words::replaced() });
                page.now(view);
            });
        } else {
            sign.run(EstablishCite { words }, move |view| {
                toasts().say(words::done());
                page.now(view);
            });
        }
    };
    let body = move || match key.get() {
        None if weighing.get() => weigh(draw.error).into_any(),
        None => view! { {refusal(draw.error)} }.into_any(),
        Some(shown) if asking.get() => ask(&shown, typed).into_any(),
        Some(shown) => sheet(&shown).into_any(),
    };
    let tools = move || {
        if weighing.get() {
            view! {
                <button type="button" class="button" on:click=move |_| page.close()>{common::cancel()}</button>
                <button type="button" class="button button--main" disabled=move || draw.busy.get() on:click=move |_| begin()>{icon(Icon::ShieldCheck)} {words::draw_another()}</button>
            }
            .into_any()
        } else if asking.get() {
            let last = if replaces { words::replace_now() } else { words::found() };
            view! {
                {refusal(sign.error)}
                <button type="button" class="button" on:click=move |_| asking.set(false)>{words::show_again()}</button>
                <button type="button" class="button button--main" disabled=move || sign.busy.get() on:click=move |_| found()>{icon(Icon::ShieldCheck)} {last}</button>
            }
            .into_any()
        } else {
            let ready = move || key.with(Option::is_some);
            view! {
                <button type="button" class="button" disabled=move || !ready() on:click=move |_| drop(window().print())>{words::print()}</button>
                <button type="button" class="button button--main" disabled=move || !ready() on:click=move |_| asking.set(true)>{icon(Icon::Check)} {words::noted()}</button>
            }
            .into_any()
        }
    };
    // The foot is drawn once; what stands in it follows what happens.
    let foot = move || tools;
    view! { <Dialog title=words::key() on_close=move || page.close() foot=foot>{body}</Dialog> }
}

/// Why another sheet, and what becomes of the old one.
fn weigh(error: RwSignal<Option<ApiError>>) -> impl IntoView {
    view! {
        <p>{words::another_why()}</p>
        <ul class="plain">
            <li>{words::another_before()}</li>
            <li>{words::another_after()}</li>
            <li>{words::another_still()}</li>
            <li>{words::another_told()}</li>
        </ul>
        {refusal(error)}
    }
}
