//! The partner, chosen from the cité's directory, and what is passed on to them. Nothing has to be typed.

use super::{Terms, toggle};
use crate::components::show::show;
use crate::components::{Chip, Field};
use crate::state::load;
use crate::text::{lang, receipt as words};
use domain::api::solution::{SearchSolutions, SolutionView};
use domain::vocabulary::Part;
use leptos::prelude::*;

/// Most partners shown at once; the search narrows them.
const SHOWN: usize = 12;

pub(super) fn choice(value: RwSignal<Terms>) -> impl IntoView {
    let query = RwSignal::new(String::new());
    let found = load(Vec::new, move || Some(SearchSolutions { query: query.get(), domain: None }));
    let parts = Part::ALL.iter().map(|part| {
        let part = *part;
        let pressed = Signal::derive(move || value.with(|it| it.parts.contains(&part)));
        view! { <Chip label=part.label(lang()) pressed=pressed on_press=move || value.update(|it| toggle(&mut it.parts, part))/> }
    });
    view! {
        <h3>{words::partner()}</h3>
        <Field label=words::find() value=query on_input=move |text| query.set(text)/>
        {show(found, move |found| list(found, value))}
        <p class="second small">{words::protected()}</p>
        <h3>{words::parts()}</h3>
        <div class="chips" role="group" aria-label=words::parts()>{parts.collect_view()}</div>
    }
}

fn list(found: Vec<SolutionView>, value: RwSignal<Terms>) -> impl IntoView + use<> {
    let mut open: Vec<SolutionView> = found.into_iter().filter(|it| !it.protected).collect();
    // What is chosen stays in sight whatever is searched.
    let chosen = value.with_untracked(|it| it.partner);
    open.sort_by_key(|it| Some(it.id) != chosen);
    let chips = open.into_iter().take(SHOWN).map(|it| {
        let id = it.id;
        let label =
            if it.structure.is_empty() { it.name } else { format!("{} · {}", it.name, it.structure) };
        let pressed = Signal::derive(move || value.with(|it| it.partner == Some(id)));
        let press = move || value.update(|it| it.partner = (it.partner != Some(id)).then_some(id));
        view! { <Chip label=label pressed=pressed on_press=press/> }
    });
    view! { <div class="chips" role="group" aria-label=words::partner()>{chips.collect_view()}</div> }
}
