//! Marking a translation as checked, or taking the mark away: the words once more beside the French.

use super::Over;
use crate::components::Dialog;
use crate::components::choice::one_of;
use crate::components::icon::{Icon, icon};
use crate::components::show::refusal;
use crate::state::act;
use crate::state::toast::toasts;
use crate::text::{lang, notices as words};
use domain::api::notice::{CheckNotice, NoticesView, TranslationView};
use domain::vocabulary::NoticeChecker;
use leptos::prelude::*;

/// The dialog.
#[component]
pub fn Mark(
    over: RwSignal<Option<Over>>,
    text: TranslationView,
    french: String,
    view: RwSignal<Option<NoticesView>>,
) -> impl IntoView {
    let by = RwSignal::new(None::<NoticeChecker>);
    let ask = act();
    let toasts = toasts();
    let checked = text.checked;
    let direction = if text.right_to_left { "rtl" } else { "ltr" };
    let (language, spoken, original) = (text.language.clone(), text.text.clone(), french.clone());
    let request =
        StoredValue::new(CheckNotice { language: text.language, text: text.text, french, by: None });
    let go = move |_| {
        let request = CheckNotice { by: by.get_untracked(), ..request.get_value() };
        ask.run(request, move |now| {
            view.set(Some(now));
            over.set(None);
            toasts.say(if checked { words::unmarked() } else { words::marked() });
        });
    };
    let waits = move || ask.busy.get() || (!checked && by.get().is_none());
    let (title, why, button) = if checked {
        (words::unmark_title(), words::unmark_why(), words::unmark())
    } else {
        (words::mark_title(), words::mark_why(), words::mark())
    };
    let foot = move || {
        view! {
            {refusal(ask.error)}
            <button type="button" class="button button--main button--large button--wide" disabled=waits on:click=go>{icon(Icon::Check)} {button}</button>
        }
    };
    let functions = NoticeChecker::ALL.iter().map(|it| (*it, it.label(lang()).to_owned()));
    let choose = (!checked).then(|| {
        view! {
            {one_of(words::function(), functions, by.into(), move |it| by.set(it))}
            <p class="second small">{words::mark_then()}</p>
        }
    });
    view! {
        <Dialog title=title on_close=move || over.set(None) foot=foot>
            <div class="stack">
                <p>{why}</p>
                <div class="beside-french">
                    <p class="spoken" lang="fr" dir="ltr">{original}</p>
                    <p class="spoken" lang=language dir=direction>{spoken}</p>
                </div>
                {choose}
            </div>
        </Dialog>
    }
}
