//! What stands in the way, and what goes well.

mod edit;

use super::{adding, card, saved};
use crate::components::choice::one_of;
use crate::components::icon::{Icon, icon, of_domain};
use crate::state::{Act, act};
use crate::text::{days, lang, names, person as words, typography};
use domain::api::person::{BarrierView, PersonView, SetBarrier};
use domain::catalogue;
use domain::ids::PathwayId;
use domain::vocabulary::{BarrierState, Priority};
use edit::EditBarrier;
use leptos::prelude::*;

pub fn barriers(page: &PersonView) -> impl IntoView + use<> {
    let act = act();
    let pathway = page.hit.label.pathway;
    let items = page.barriers.iter().cloned().map(move |it| barrier(pathway, it, act)).collect_view();
    let strengths = page.strengths.iter().filter_map(|code| catalogue::situation(code));
    let strengths: Vec<_> =
        strengths.map(|it| view! { <span class="badge badge--done">{it.label(lang())}</span> }).collect();
    let strengths = (!strengths.is_empty())
        .then(|| view! { <div class="card__body"><h3>{words::strengths()}</h3><div class="row">{strengths}</div></div> });
    let add = adding(words::add_barrier(), move |open| view! { <EditBarrier pathway=pathway open=open/> });
    card(words::barriers(), page.barriers.is_empty(), act, view! { {items} {strengths} {add} })
}

fn barrier(pathway: PathwayId, it: BarrierView, act: Act) -> impl IntoView {
    let (id, domain, state) = (it.id, it.domain, it.state);
    let set = move |chosen: Option<BarrierState>| {
        let request = SetBarrier { state: chosen, ..SetBarrier::of(pathway, Some(id), domain) };
        act.run(request, saved());
    };
    let objectives = it.objectives.iter().filter_map(|code| catalogue::objective(code));
    let objectives: Vec<_> = objectives.map(|entry| view! { <li>{entry.label(lang())}</li> }).collect();
    let objectives = (!objectives.is_empty()).then(|| view! {
        <div class="stack stack--tight"><p class="second small">{words::objectives()}</p><ul class="plain">{objectives}</ul></div>
    });
    let editing = RwSignal::new(false);
    let present = it.clone();
    let situations = it.situations.iter().filter_map(|code| {
        let entry = catalogue::situation(code)?;
        let sealed = it.sealed_situations.contains(code);
        Some(view! { <span class="badge badge--bare">{sealed.then(|| icon(Icon::Lock))} {entry.label(lang())}</span> })
    });
    let priority =
        (it.priority == Some(Priority::High)).then(|| names::lower_first(Priority::High.label(lang())));
    let impact = it.impact.map(|impact| {
        format!("{} {}", crate::text::encounter::impact(), impact.label(lang()).to_lowercase())
    });
    let edit_label = typography::about(words::edit_barrier(), domain.label(lang()));
    let more = [Some(days::plain(it.on)), Some(names::author(&it.author)), impact, priority];
    let more: Vec<String> = more.into_iter().flatten().collect();
    view! {
        <div class="barrier">
            <div class="barrier__head">{icon(of_domain(domain))}
                <span class="item__words"><span class="item__name">{domain.label(lang())}</span><span class="item__more">{more.join(" · ")}</span></span>
                <button type="button" class="button button--plain button--icon" aria-label=edit_label on:click=move |_| editing.set(true)>{icon(Icon::Pencil)}</button>
            </div>
            <div class="row">{situations.collect_view()}</div>
            {objectives}
            {one_of(words::barrier_state(), BarrierState::ALL.iter().map(|it| (*it, it.label(lang()).to_owned())), Signal::derive(move || Some(state)), set)}
            {move || editing.get().then(|| view! { <EditBarrier pathway=pathway present=present.clone() open=editing/> })}
        </div>
    }
}
