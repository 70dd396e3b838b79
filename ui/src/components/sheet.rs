//! The sheet of a recovery key: shown once, printed, asked for again.

use super::Field;
use super::qr::qr;
use crate::text::members as words;
use domain::api::member::RecoveryKeyView;
use leptos::prelude::*;

/// The sheet.
pub fn sheet(shown: &RecoveryKeyView) -> impl IntoView + use<> {
    let list =
        shown.words.expose().split(' ').map(|word| view! { <li>{word.to_owned()}</li> }).collect_view();
    view! {
        <div class="sheet stack">
            <h2 class="sheet__only">{words::key()} " — " {shown.cite_name.clone()}</h2>
            <p>{words::key_why()}</p>
            <ol class="words words--key">{list}</ol>
            <p>{words::sheet_check()} "\u{a0}: " <strong>{shown.check.join(" ")}</strong></p>
            <div class="beside">
                {qr(&shown.words, words::key_qr())}
                <div class="stack"><p class="strong">{words::key_keep()}</p><p class="sheet__only">{words::key_sheet()}</p></div>
            </div>
        </div>
    }
}

/// Asks for some of its words again.
pub fn ask(shown: &RecoveryKeyView, typed: [RwSignal<String>; 3]) -> impl IntoView + use<> {
    let fields = shown.asked.iter().zip(typed).map(|(n, word)| {
        view! { <Field label=words::word_number(*n) value=word on_input=move |text| word.set(text)/> }
    });
    view! { <p>{words::check_why()}</p> {fields.collect_view()} }
}
