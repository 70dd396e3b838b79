//! The partner, chosen from the cité's directory, and what is passed on to them. Nothing has to be typed. Of a
//! protected one the screen says what is kept of the choice, and who will know.

use super::{Terms, toggle};
use crate::components::icon::{Icon, icon};
use crate::components::show::show;
use crate::components::{Chip, Field};
use crate::state::load;
use crate::text::{lang, receipt as words, typography};
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
        <h3>{words::parts()}</h3>
        <div class="chips" role="group" aria-label=words::parts()>{parts.collect_view()}</div>
    }
}

fn list(mut found: Vec<SolutionView>, value: RwSignal<Terms>) -> impl IntoView + use<> {
    if found.is_empty() {
        return view! { <p class="second">{words::no_partner()}</p> }.into_any();
    }
    // What is chosen stays in sight whatever is searched.
    let chosen = value.with_untracked(|it| it.partner);
    found.sort_by_key(|it| Some(it.id) != chosen);
    found.truncate(SHOWN);
    let protected: Vec<_> = found.iter().filter(|it| it.protected).map(|it| it.id).collect();
    let group = |protected: bool, title: &'static str| {
        let chips = found.iter().filter(|it| it.protected == protected).map(|it| one(it, value));
        let chips = chips.collect_view();
        let any = found.iter().any(|it| it.protected == protected);
        any.then(|| view! { <div class="chips" role="group" aria-label=title>{chips}</div> })
    };
    let (open, sealed) = (group(false, words::partner()), group(true, words::protected()));
    let title = sealed
        .is_some()
        .then(|| view! { <p class="second small row">{icon(Icon::Lock)} {words::protected()}</p> });
    let why = move || {
        let is = value.with(|it| it.partner.is_some_and(|id| protected.contains(&id)));
        is.then(|| {
            view! {
                <div class="card card--pad card--soft stack stack--tight">
                    <p class="strong row">{icon(Icon::Lock)} {words::protected_chosen()}</p>
                    <p class="small">{words::protected_kept()}</p>
                    <p class="small">{words::protected_who()}</p>
                    <p class="small">{words::protected_asks()}</p>
                </div>
            }
        })
    };
    view! { {open} {title} {sealed} <div aria-live="polite">{why}</div> }.into_any()
}

fn one(it: &SolutionView, value: RwSignal<Terms>) -> impl IntoView + use<> {
    let id = it.id;
    let name = it.name.clone();
    let name = if it.structure.is_empty() { name } else { format!("{name} · {}", it.structure) };
    // Read aloud, too, it is told from the others.
    let label = if it.protected { typography::about(words::protected_one(), &name) } else { name };
    let pressed = Signal::derive(move || value.with(|it| it.partner == Some(id)));
    let press = move || value.update(|it| it.partner = (it.partner != Some(id)).then_some(id));
    view! { <Chip label=label pressed=pressed on_press=press/> }
}
