//! The words of the notice: in which language, which way they run, read aloud where there is a voice.

use crate::components::choice::one_of;
use crate::components::icon::{Icon, icon};
use crate::state::voice;
use crate::text::{encounter as words, ledger};
use domain::api::ledger::NoticeView;
use leptos::prelude::*;

/// The languages there is a text in; one alone asks nothing.
pub fn languages(notice: &NoticeView, chosen: RwSignal<String>) -> impl IntoView + use<> {
    let codes: Vec<String> = notice.languages.iter().map(|it| it.code.clone()).collect();
    let present = codes.iter().position(|code| *code == notice.language);
    let names: Vec<(usize, String)> =
        notice.languages.iter().enumerate().map(|(n, it)| (n, it.name.clone())).collect();
    let codes = StoredValue::new(codes);
    let choose = move |n: Option<usize>| {
        voice::fall_silent();
        if let Some(code) = n.and_then(|n| codes.with_value(|codes| codes.get(n).cloned())) {
            chosen.set(code);
        }
    };
    (names.len() > 1).then(|| one_of(words::notice_language(), names, Signal::stored(present), choose))
}

/// The text, with the French beside a translation that nobody checked.
pub fn text(notice: &NoticeView) -> impl IntoView + use<> {
    on_cleanup(voice::fall_silent);
    let direction = if notice.right_to_left { "rtl" } else { "ltr" };
    let (language, spoken) = (notice.language.clone(), notice.text.clone());
    let aloud = voice::has_voice(&language).then(|| {
        let (language, spoken) = (language.clone(), spoken.clone());
        view! {
            <button type="button" class="button" on:click=move |_| voice::read_aloud(&language, &spoken)>{icon(Icon::Volume2)} {words::read_aloud()}</button>
        }
    });
    let french = notice.french.clone().map(|french| {
        view! {
            <p class="banner banner--waiting" role="note">{icon(Icon::TriangleAlert)} <span>{ledger::only_an_aid()}</span></p>
            <p class="spoken" lang="fr" dir="ltr">{french}</p>
        }
    });
    let alone = !notice.checked && notice.french.is_none();
    view! {
        <p class="spoken" lang=language dir=direction>{spoken}</p>
        {aloud}
        {french}
        {alone.then(|| view! { <p class="badge badge--trouble">{ledger::unchecked()}</p> })}
    }
}
