//! The map of the cité's QPV, with the same figures as a table beside it.

use super::cohort::{Chosen, bar, quarter_words, quarters};
use crate::components::chart::{MapOutline, figure, map};
use crate::components::icon::Icon;
use crate::components::show::{empty, show};
use crate::state::load;
use crate::state::session::session;
use crate::text::{cohort as words, common};
use domain::api::cohort::{Figure, MapView, ReadMap};
use domain::changes::Topic;
use leptos::prelude::*;

/// The map.
#[component]
pub fn MapPage() -> impl IntoView {
    let chosen = Chosen::new();
    let drawn = load(|| vec![Topic::Cohort, Topic::Cite], move || Some(ReadMap { filter: chosen.filter() }));
    view! {
        <header class="page-head"><div class="page-head__words"><h1>{common::map()}</h1><p>{words::spotted()} " · " {move || quarter_words(chosen.quarter())}</p></div><div class="page-head__tools">{quarters(chosen)}</div></header>
        {bar(chosen, false, true)}
        {show(drawn, screen)}
    }
}

fn screen(view: MapView) -> impl IntoView {
    if view.shapes.is_empty() {
        return empty(Icon::Map, words::map_none(), words::map_none_why()).into_any();
    }
    let below =
        session().cite.value.with_untracked(|cite| cite.as_ref().map_or(0, |it| it.settings.mask_below));
    let row = |name: String, people: Figure| {
        view! { <tr><th scope="row">{name}</th><td class="number" class:masked=people == Figure::Masked>{figure(people)}</td></tr> }
    };
    let rows = view.shapes.iter().map(|it| row(it.name.clone(), it.people)).collect_view();
    let others =
        [row(words::outside().to_owned(), view.outside), row(words::unknown().to_owned(), view.unknown)];
    let total = view! { <tr class="table__total"><th scope="row">{words::total()}</th><td class="number" class:masked=view.total == Figure::Masked>{figure(view.total)}</td></tr> };
    let outlines = view.shapes.into_iter().map(|it| MapOutline {
        path: it.path,
        name: it.name,
        label_at: it.label_at,
        value: it.people,
    });
    view! {
        <div class="split">
            <section class="card card--pad">{map(common::map().to_owned(), view.view_box, outlines.collect())}</section>
            <section class="card">
                <div class="card__head"><h2>{words::people()}</h2></div>
                <div class="table-wrap"><table class="table table--figures"><tbody>{rows} {others.into_iter().collect_view()} {total}</tbody></table></div>
                <p class="card__body second small">{words::masked_why(below)}</p>
            </section>
        </div>
    }
    .into_any()
}
