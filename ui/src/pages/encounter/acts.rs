//! What was done; and the circumstances, where they are not the usual ones.

use super::Form;
use crate::components::Chip;
use crate::components::choice::one_of;
use crate::text::{encounter as words, lang};
use domain::vocabulary::{Act, Counterpart, DurationBand, Medium};
use leptos::prelude::*;

/// What was done.
pub fn question(keeper: Form) -> impl IntoView {
    let chips = Act::ALL.iter().map(|it| {
        let it = *it;
        view! {
            <Chip label=it.label(lang()) pressed=keeper.part(move |form| form.acts.contains(&it))
                on_press=move || keeper.change(|form| if !form.acts.remove(&it) { form.acts.insert(it); })/>
        }
    });
    view! { <section class="question"><h2>{words::acts()}</h2><div class="chips" role="group" aria-label=words::acts()>{chips.collect_view()}</div></section> }
}

/// Medium, duration, with whom: folded, since the usual answer needs no touch.
pub fn circumstances(keeper: Form) -> impl IntoView {
    view! {
        <details class="card card--pad">
            <summary class="strong">{words::details()}</summary>
            <div class="stack">
                <h3>{words::medium()}</h3>
                {one_of(words::medium(), Medium::ALL.iter().map(|it| (*it, it.label(lang()).to_owned())), keeper.part(|form| form.medium), move |it| keeper.change(|form| form.medium = it))}
                <h3>{words::duration()}</h3>
                {one_of(words::duration(), DurationBand::ALL.iter().map(|it| (*it, it.label(lang()).to_owned())), keeper.part(|form| form.duration), move |it| keeper.change(|form| form.duration = it))}
                <h3>{words::with_whom()}</h3>
                {one_of(words::with_whom(), Counterpart::ALL.iter().map(|it| (*it, it.label(lang()).to_owned())), keeper.part(|form| form.counterpart), move |it| keeper.change(|form| form.counterpart = it))}
            </div>
        </details>
    }
}
