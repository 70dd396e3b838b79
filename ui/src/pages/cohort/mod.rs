//! *Cohorte*: what all devices together say, and how complete it is.

mod closing;
mod completeness;
mod figures;
mod filter;
mod report;
mod tables;
mod zone;

pub use filter::{Chosen, bar, quarter_words, quarters};

use crate::components::icon::Icon;
use crate::components::show::{empty, show};
use crate::state::load;
use crate::state::session::session;
use crate::text::cohort as words;
use domain::api::cohort::{CohortView, Figure, ReadCohort};
use domain::changes::Topic;
use domain::indicators::Cell;
use leptos::prelude::*;

/// The cohort.
#[component]
pub fn Cohort() -> impl IntoView {
    let chosen = Chosen::new();
    let cohort = load(|| vec![Topic::Cohort], move || Some(ReadCohort { filter: chosen.filter() }));
    let name = move || {
        let status = session().status;
        status.value.with(|status| status.as_ref().map(|it| it.cite_name.clone()).unwrap_or_default())
    };
    let report =
        move || cohort.get().map(|view| report::buttons(view, chosen.whom(), name().unwrap_or_default()));
    view! {
        <header class="page-head">
            <div class="page-head__words"><h1>{words::title()}</h1><p>{name} " · " {move || filter::quarter_words(chosen.quarter())} {move || about(chosen)}</p></div>
            <div class="page-head__tools">{quarters(chosen)} {report}</div>
        </header>
        {bar(chosen, true, true)}
        {show(cohort, screen)}
    }
}

/// Whom the figures are about, where it is not everybody.
fn about(chosen: Chosen) -> Option<String> {
    let whom = chosen.whom();
    (whom != filter::Whom::Everyone).then(|| format!(" · {}", whom.name()))
}

fn screen(view: CohortView) -> impl IntoView {
    let unmasked = view.mask_below == 0;
    let nothing = view.figures.of(Cell::Contacts) == Figure::Count(0)
        || !unmasked && view.figures.0.values().all(|it| *it == Figure::Masked);
    let whole = view.filter.location.is_none();
    let (version, provisional) = view.indicator_set.clone();
    view! {
        <div class="stack stack--tight">{completeness::band(&view.completeness)} {closing::band(&view)}</div>
        {nothing.then(|| empty(Icon::ChartColumn, words::empty(), words::empty_why()))}
        <div class="stack" hidden=nothing>
            {figures::cards(&view)}
            <div class="split">
                {figures::barriers(&view)}
                <div class="stack">{whole.then(|| tables::zones(&view))} {(!whole).then(|| view! { {tables::publics(&view)} {tables::contacts(&view)} })}</div>
            </div>
            <div class="split">
                {figures::months(&view)}
                {tables::needs(&view)}
            </div>
            <div class="thirds">
                {tables::following(&view)}
                <div class="stack">{tables::referrals(&view)} {tables::outcomes(&view)}</div>
                <div class="stack">{whole.then(|| tables::contacts(&view))} {tables::time_taken(&view)} {whole.then(|| tables::publics(&view))}</div>
            </div>
            {tables::meanings()}
        </div>
        <p class="second small">{words::masked_why(view.mask_below)} " " {words::file_set()} " " {version} {provisional.then(|| format!(" ({})", words::file_provisional()))} "."</p>
    }
}
