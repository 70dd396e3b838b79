//! A barrier in a dialog: its domain where it is new, then its situations, objectives and weight.

use super::super::{save_foot, saved_and_close};
use crate::components::choice::one_of;
use crate::components::icon::{Icon, icon, of_domain};
use crate::components::{Chip, Dialog, Tile};
use crate::state::act;
use crate::text::{encounter as form_words, lang, person as words};
use domain::api::person::{BarrierView, SetBarrier};
use domain::catalogue::{self, Entry};
use domain::ids::PathwayId;
use domain::vocabulary::{BarrierDomain, Impact, Priority};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The dialog.
#[component]
pub fn EditBarrier(
    /// Person.
    pathway: PathwayId,
    /// The barrier as it is; none adds one.
    #[prop(optional)]
    present: Option<BarrierView>,
    /// Whether the dialog is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let barrier = present.as_ref().map(|it| it.id);
    let domain = RwSignal::new(present.as_ref().map(|it| it.domain));
    let chosen = |codes: fn(&BarrierView) -> &Vec<String>| -> BTreeSet<String> {
        present.iter().flat_map(|it| codes(it).iter().cloned()).collect()
    };
    let situations = RwSignal::new(chosen(|it| &it.situations));
    let objectives = RwSignal::new(chosen(|it| &it.objectives));
    let impact = RwSignal::new(present.as_ref().and_then(|it| it.impact));
    let priority = RwSignal::new(present.as_ref().and_then(|it| it.priority));
    let write = act();
    let save = move || {
        let Some(domain) = domain.get_untracked() else { return };
        let request = SetBarrier {
            pathway,
            barrier,
            domain,
            situations: Some(situations.get_untracked()),
            objectives: Some(objectives.get_untracked()),
            state: None,
            impact: impact.get_untracked(),
            priority: priority.get_untracked(),
        };
        write.run(request, saved_and_close(open));
    };
    let tiles = move || {
        let tiles = BarrierDomain::ALL.iter().map(|it| {
            let it = *it;
            let press = move || {
                situations.set(BTreeSet::new());
                objectives.set(BTreeSet::new());
                domain.set(Some(it));
            };
            view! { <Tile label=it.label(lang()) sign=of_domain(it) pressed=Signal::derive(move || domain.get() == Some(it)) on_press=press/> }
        });
        view! { <div class="tiles" role="group" aria-label=form_words::barriers()>{tiles.collect_view()}</div> }
    };
    let of_domain = move |domain| {
        let sealed = catalogue::situations(domain).any(|entry| entry.sealed);
        let open_objectives = catalogue::objectives(domain).filter(|entry| !entry.sealed);
        view! {
            <h3>{form_words::more_barriers()}</h3>
            {chips(form_words::more_barriers(), catalogue::situations(domain), situations)}
            {sealed.then(|| view! { <p class="second small row">{icon(Icon::Lock)} {words::sealed()}</p> })}
            <h3>{words::objectives()}</h3>
            {chips(words::objectives(), open_objectives, objectives)}
            <h3>{words::impact()}</h3>
            {one_of(words::impact(), Impact::ALL.iter().map(|it| (*it, it.label(lang()).to_owned())), impact.into(), move |it| if it.is_some() || barrier.is_none() { impact.set(it) })}
            <h3>{words::priority()}</h3>
            {one_of(words::priority(), Priority::ALL.iter().map(|it| (*it, it.label(lang()).to_owned())), priority.into(), move |it| if it.is_some() || barrier.is_none() { priority.set(it) })}
        }
    };
    let title = if barrier.is_some() { words::edit_barrier() } else { words::add_barrier() };
    let foot = move || save_foot(write, move || domain.get().is_some(), save);
    view! {
        <Dialog title=title on_close=move || open.set(false) foot=foot>
            <div class="stack">
                {barrier.is_none().then(tiles)}
                {move || domain.get().map(of_domain)}
            </div>
        </Dialog>
    }
}

/// Entries of the catalogue as chips over a set of codes.
fn chips(
    label: &'static str,
    entries: impl Iterator<Item = &'static Entry>,
    set: RwSignal<BTreeSet<String>>,
) -> impl IntoView {
    let chips = entries.map(|entry| {
        let code = entry.code;
        let press = move || {
            set.update(|set| {
                if !set.remove(code) {
                    set.insert(code.to_owned());
                }
            });
        };
        view! { <Chip label=entry.label(lang()) sealed=entry.sealed pressed=Signal::derive(move || set.with(|set| set.contains(code))) on_press=press/> }
    });
    view! { <div class="chips" role="group" aria-label=label>{chips.collect_view()}</div> }
}
