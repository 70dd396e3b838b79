//! *Cohorte*: what all devices together say, and how complete it is.

mod completeness;
mod figures;
mod filter;

pub use completeness::band;
pub use filter::{Chosen, bar};

use crate::components::icon::Icon;
use crate::components::show::{empty, show};
use crate::state::load;
use crate::text::{cohort as words, days};
use domain::api::cohort::{CohortView, Figure, ReadCohort};
use domain::changes::Topic;
use leptos::prelude::*;

/// The cohort.
#[component]
pub fn Cohort() -> impl IntoView {
    let chosen = Chosen::new();
    let cohort = load(|| vec![Topic::Cohort], move || Some(ReadCohort { filter: chosen.filter() }));
    view! {
        <header class="page-head">
            <div class="page-head__words"><h1>{words::title()}</h1><p>{move || days::period(chosen.filter().period)} " · " {words::whole()}</p></div>
            {bar(chosen)}
        </header>
        {show(cohort, screen)}
    }
}

fn screen(view: CohortView) -> impl IntoView {
    let nothing = view.contacts == Figure::Count(0);
    view! {
        {band(&view.completeness)}
        {nothing.then(|| empty(Icon::ChartColumn, words::empty(), words::empty_why()))}
        {figures::cards(&view)}
        <div class="split">
            {figures::barriers(&view)}
            {figures::months(&view)}
        </div>
        <div class="split split--even">
            {figures::locations(&view)}
            <div class="stack">{figures::publics(&view)} {figures::needs(&view)}</div>
        </div>
        <p class="second small">{words::masked_why()} " " {view.indicator_set.1.then(words::provisional)} " " {view.indicator_set.0}</p>
    }
}
