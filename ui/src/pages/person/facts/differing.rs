//! Values written at the same time by several people: a référent sees each with its author, and keeps
//! one. Nothing that was written is lost.

use crate::components::icon::{Icon, icon};
use crate::components::show::refusal;
use crate::state::session::session;
use crate::state::toast::toasts;
use crate::state::{Act, act};
use crate::text::{caseload as words, fields, names, typography};
use domain::api::caseload::SettleField;
use domain::api::person::{DifferingField, PersonView};
use domain::ids::PathwayId;
use leptos::prelude::*;

/// The card; nothing where nothing differs.
pub fn differing(page: &PersonView) -> impl IntoView + use<> {
    let settle = act();
    let pathway = page.hit.label.pathway;
    (!page.differing.is_empty()).then(|| {
        let rows = page.differing.iter().map(|it| row(pathway, it, settle)).collect_view();
        view! {
            <section class="card" aria-label=words::differing()>
                <div class="card__head"><h2>{words::differing()}</h2></div>
                <p class="card__note second">{words::differing_why()}</p>
                {refusal(settle.error)}
                <div class="list">{rows}</div>
            </section>
        }
    })
}

fn row(pathway: PathwayId, field: &DifferingField, settle: Act) -> impl IntoView + use<> {
    let list = field.fact.as_ref().map(|(list, _)| list.as_str());
    let fact = field.fact.as_ref().map(|(_, fact)| *fact);
    let name = fields::name(list, &field.field);
    let cite = session().cite.value;
    let values = field.values.iter().enumerate().map(|(n, (value, author))| {
        let said = cite.with_untracked(|cite| fields::value(list, &field.field, value, cite.as_ref()));
        let label = typography::about(words::keep(), &format!("{name}, {said}"));
        let (field, value) = (field.field.clone(), value.clone());
        let toasts = toasts();
        let keep = move |_| {
            let request = SettleField { pathway, fact, field: field.clone(), value: value.clone() };
            settle.run(request, move |()| toasts.say(words::settled()));
        };
        let shown = (n == 0).then(|| format!(" · {}", words::shown()));
        view! {
            <div class="differing">
                <span class="item__words"><span class="item__name">{said}</span><span class="item__more">{names::author(author)}{shown}</span></span>
                <button type="button" class="button" aria-label=label disabled=move || settle.busy.get() on:click=keep>{icon(Icon::Check)} {words::keep()}</button>
            </div>
        }
    });
    let values = values.collect_view();
    view! { <div class="card__body stack stack--tight"><h3>{name.clone()}</h3>{values}</div> }
}
