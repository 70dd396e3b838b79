//! Founding: the recovery key is shown once, noted on paper, and asked for again.

use super::Page;
use crate::components::dialog::Dialog;
use crate::components::icon::{Icon, icon};
use crate::components::sheet::{ask, sheet};
use crate::components::show::refusal;
use crate::state::act;
use crate::state::toast::toasts;
use crate::text::members as words;
use domain::api::member::{DrawRecoveryKey, EstablishCite, RecoveryKeyView};
use leptos::prelude::*;

/// Founding.
#[component]
pub fn Found(page: Page) -> impl IntoView {
    let (draw, sign) = (act(), act());
    let key: RwSignal<Option<RecoveryKeyView>> = RwSignal::new(None);
    let asking = RwSignal::new(false);
    let typed: [RwSignal<String>; 3] = std::array::from_fn(|_| RwSignal::new(String::new()));
    draw.run(DrawRecoveryKey {}, move |view| key.set(Some(view)));
    // What was shown is overwritten when the screen goes.
    on_cleanup(move || drop(key.try_update(Option::take)));
    let found = move || {
        let words = typed.iter().map(|word| word.get_untracked().into()).collect();
        sign.run(EstablishCite { words }, move |view| {
            toasts().say(words::done());
            page.now(view);
        });
    };
    let body = move || match key.get() {
        None => view! { {refusal(draw.error)} }.into_any(),
        Some(shown) if asking.get() => ask(&shown, typed).into_any(),
        Some(shown) => sheet(&shown).into_any(),
    };
    let tools = move || {
        if asking.get() {
            view! {
                {refusal(sign.error)}
                <button type="button" class="button" on:click=move |_| asking.set(false)>{words::show_again()}</button>
                <button type="button" class="button button--main" disabled=move || sign.busy.get() on:click=move |_| found()>{icon(Icon::ShieldCheck)} {words::found()}</button>
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
