//! The twenty-four words, one by one: each is looked up as it is typed, the last one checks the others.

use super::{Recovery, Step};
use crate::components::Field;
use crate::components::scan::Scan;
use crate::components::show::refusal;
use crate::pages::access::Door;
use crate::state::act;
use crate::text::{access, members, recover as words};
use domain::api::recovery::{CheckRecoveryWords, OpenRecovery, RecoveryWordsView};
use domain::secret::SecretText;
use leptos::prelude::*;

/// Words of a sheet.
const WORDS: usize = 24;

#[component]
pub(super) fn Typed(it: Recovery) -> impl IntoView {
    let server = RwSignal::new(String::new());
    let typed: [RwSignal<String>; WORDS] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let looked: RwSignal<Option<RecoveryWordsView>> = RwSignal::new(None);
    let (check, open) = (act(), act());
    // What was typed while the last look was under way is looked at after it.
    Effect::new(move |before: Option<Vec<SecretText>>| {
        let words: Vec<_> = typed.iter().map(|word| SecretText::from(word.get())).collect();
        if check.busy.get() {
            return before.unwrap_or_default();
        }
        if before.as_ref() != Some(&words) {
            check.run(CheckRecoveryWords { words: words.clone() }, move |view| looked.set(Some(view)));
        }
        words
    });
    let all = move || typed.iter().all(|word| word.with(|it| !it.trim().is_empty()));
    let complete = move || all() && looked.with(|it| it.as_ref().is_some_and(|it| it.complete));
    // Every word is known and they do not belong together: one was taken for another.
    let together = move || {
        let wrong =
            all() && looked.with(|it| it.as_ref().is_some_and(|it| !it.complete && it.unknown.is_empty()));
        wrong.then(|| view! { <p class="field__wrong" role="alert">{words::do_not_fit()}</p> })
    };
    let go = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !untrack(complete) {
            return;
        }
        let joined = typed.iter().map(RwSignal::get_untracked).collect::<Vec<_>>().join(" ");
        let request = OpenRecovery { server: server.get_untracked().trim().to_owned(), words: joined.into() };
        open.run(request, move |opened| {
            typed.iter().for_each(|word| word.set(String::new()));
            it.opened.set(Some(opened));
            it.step.set(Step::Found);
        });
    };
    let fields = (1_u8..).zip(typed).map(move |(n, word)| {
        let wrong = Signal::derive(move || {
            let unknown = looked.with(|it| it.as_ref().is_some_and(|it| it.unknown.contains(&n)));
            unknown.then(|| words::not_a_word().to_owned())
        });
        view! { <Field label=members::word_number(n) value=word wrong=wrong on_input=move |text| spread(typed, n, &text)/> }
    });
    view! {
        <Door wide=true>
            <h1>{words::title()}</h1>
            <p>{words::lead()}</p>
            <Scan label=words::scan() fits=|text| text.split(' ').count() == WORDS on_found=move |text| spread(typed, 1, text.expose())/>
            <form class="stack" on:submit=go>
                <Field label=access::server() hint=access::server_hint() kind="url" value=server on_input=move |text| server.set(text)/>
                <div class="words--typed">{fields.collect_view()}</div>
                {together}
                {refusal(open.error)}
                <button type="submit" class="button button--main" disabled=move || !complete() || open.busy.get()>{access::go_on()}</button>
                <button type="button" class="button button--plain" on:click=move |_| it.back.run(())>{words::back()}</button>
            </form>
        </Door>
    }
}

/// Puts what was typed or pasted from word `n` on.
fn spread(typed: [RwSignal<String>; WORDS], n: u8, text: &str) {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() < 2 {
        typed[usize::from(n) - 1].set(text.to_owned());
        return;
    }
    for (place, word) in typed.iter().skip(usize::from(n) - 1).zip(words) {
        place.set(word.to_owned());
    }
}
