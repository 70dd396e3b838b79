//! What blocks: tiles of domains that never move, then the situations of each chosen one.

use super::Form;
use crate::components::icon::{Icon, icon, of_domain};
use crate::components::{Chip, Segments, Tile};
use crate::text::{encounter as words, lang, names, person};
use domain::api::encounter::{BarrierForm, EncounterForm};
use domain::catalogue;
use domain::vocabulary::{BarrierDomain, Impact};
use leptos::prelude::*;

fn find(form: &EncounterForm, domain: BarrierDomain) -> Option<&BarrierForm> {
    form.barriers.iter().find(|it| it.domain == domain)
}

fn edit(keeper: Form, domain: BarrierDomain, change: impl FnOnce(&mut BarrierForm)) {
    keeper.change(|form| {
        if let Some(barrier) = form.barriers.iter_mut().find(|it| it.domain == domain) {
            change(barrier);
        }
    });
}

fn toggle(form: &mut EncounterForm, domain: BarrierDomain) {
    if find(form, domain).is_some() {
        form.barriers.retain(|it| it.domain != domain);
    } else {
        form.barriers.push(BarrierForm {
            domain,
            situations: Default::default(),
            impact: None,
            priority: None,
        });
    }
}

/// The question.
pub fn question(keeper: Form) -> impl IntoView {
    let tiles = BarrierDomain::ALL.iter().map(|domain| {
        let domain = *domain;
        view! {
            <Tile label=domain.label(lang()) sign=of_domain(domain) pressed=keeper.part(move |form| find(form, domain).is_some())
                on_press=move || keeper.change(|form| toggle(form, domain))/>
        }
    });
    let chosen = Memo::new(move |_| {
        keeper.form.with(|form| form.barriers.iter().map(|it| it.domain).collect::<Vec<_>>())
    });
    view! {
        <section class="question" aria-label=words::barriers()>
            <div class="question__head"><h2>{words::barriers()}</h2></div>
            <div class="tiles" role="group" aria-label=words::barriers()>{tiles.collect_view()}</div>
            <For each=move || chosen.get() key=|domain| *domain children=move |domain| situations(keeper, domain)/>
            {strengths(keeper)}
        </section>
    }
}

fn situations(keeper: Form, domain: BarrierDomain) -> impl IntoView {
    let chips = catalogue::situations(domain).map(|entry| {
        let code = entry.code;
        view! {
            <Chip label=entry.label(lang()) sealed=entry.sealed pressed=keeper.part(move |form| find(form, domain).is_some_and(|it| it.situations.contains(code)))
                on_press=move || edit(keeper, domain, |it| if !it.situations.remove(code) { it.situations.insert(code.to_owned()); })/>
        }
    });
    let impacts: Vec<(Impact, String)> = Impact::ALL
        .iter()
        .map(|it| {
            let word = format!("{} {}", words::impact(), names::lower_first(it.label(lang())));
            (*it, names::upper_first(&word))
        })
        .collect();
    let sealed = catalogue::situations(domain).any(|entry| entry.sealed);
    view! {
        <div class="card domain">
            <div class="domain__head">{icon(of_domain(domain))}<span>{domain.label(lang())}</span>
                <Segments label=words::impact() optional=true value=keeper.part(move |form| find(form, domain).and_then(|it| it.impact))
                    choices=impacts
                    on_choose=move |impact| edit(keeper, domain, |it| it.impact = impact)/>
            </div>
            <div class="chips" role="group" aria-label=domain.label(lang())>{chips.collect_view()}</div>
            {sealed.then(|| view! { <p class="second small row">{icon(Icon::Lock)} {person::sealed()}</p> })}
        </div>
    }
}

fn strengths(keeper: Form) -> impl IntoView {
    let chips = catalogue::strengths().map(|entry| {
        let code = entry.code;
        view! {
            <Chip label=entry.label(lang()) pressed=keeper.part(move |form| form.strengths.contains(code))
                on_press=move || keeper.change(|form| if !form.strengths.remove(code) { form.strengths.insert(code.to_owned()); })/>
        }
    });
    view! { <div class="question"><h3>{person::strengths()}</h3><div class="chips" role="group" aria-label=person::strengths()>{chips.collect_view()}</div></div> }
}
