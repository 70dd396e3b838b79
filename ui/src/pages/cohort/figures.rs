//! Cards and charts. Each chart stands beside its table or writes its values.

use super::tables::{cell, table};
use crate::components::chart::{BarRow, columns, drawn, figure, figure_card, legend, stacked_bars};
use crate::components::icon::of_domain;
use crate::text::{cohort as words, days, lang};
use domain::api::cohort::*;
use domain::indicators::Cell;
use domain::vocabulary::{BarrierDomain, BarrierState, OutcomeGroup};
use leptos::prelude::*;

/// `12 pour la première fois`.
fn more(value: Figure, of: &str) -> Option<String> {
    Some(format!("{} {of}", figure(value)))
}

pub fn cards(view: &CohortView) -> impl IntoView + use<> {
    let of = |cell| view.figures.of(cell);
    let contacts = format!(
        "{} {} · {} {}",
        figure(of(Cell::Encounters)),
        words::encounters(),
        figure(of(Cell::Passages)),
        words::passages()
    );
    // Passages have no residence and no public: some pages have none.
    let passages = view.figures.0.contains_key(&Cell::Passages);
    let noted = of(Cell::Barriers);
    let durable = of(Cell::OutcomeOf(OutcomeGroup::Durable));
    view! {
        <div class="figures figures--six">
            {figure_card(words::contacts(), of(Cell::Contacts), passages.then_some(contacts))}
            {figure_card(words::spotted(), of(Cell::Spotted), more(of(Cell::New), words::new_people()))}
            {figure_card(words::caseload(), of(Cell::Caseload), more(of(Cell::CaseloadInQpv), words::in_qpv()))}
            {figure_card(words::lifted(), of(Cell::Lifted), more(noted, words::of_noted()))}
            {figure_card(words::outcomes(), of(Cell::Outcomes), more(durable, words::durable()))}
            {figure_card(words::at_risk(), of(Cell::AtRisk), Some(words::at_end().to_owned()))}
        </div>
    }
}

/// The states drawn, from the strongest fill on.
const DRAWN: [BarrierState; 3] = [BarrierState::Lifted, BarrierState::InProgress, BarrierState::Spotted];

pub fn barriers(view: &CohortView) -> impl IntoView + use<> {
    let of = |cell| view.figures.of(cell);
    let bar = |domain: &BarrierDomain| BarRow {
        sign: of_domain(*domain),
        name: domain.label(lang()).to_owned(),
        parts: DRAWN.iter().map(|state| drawn(of(Cell::Barrier(*domain, *state)))).collect(),
        written: (
            figure(of(Cell::BarrierDomain(*domain))),
            format!("{} {}", figure(of(Cell::Barrier(*domain, BarrierState::Lifted))), words::lifted_short()),
        ),
    };
    let bars = BarrierDomain::ALL.iter().map(bar).collect();
    let keys = DRAWN.iter().enumerate().map(|(n, state)| (n + 1, state.label(lang()).to_owned()));
    let heads = [words::domain(), words::total()]
        .into_iter()
        .chain(BarrierState::ALL.iter().map(|state| state.label(lang())));
    let row = |name: &'static str, total: Cell, states: &dyn Fn(BarrierState) -> Cell| {
        let states = BarrierState::ALL.iter().map(|state| cell(of(states(*state)))).collect_view();
        view! { <tr><th scope="row">{name}</th>{cell(of(total))} {states}</tr> }
    };
    let rows = BarrierDomain::ALL.iter().map(|domain| {
        row(domain.label(lang()), Cell::BarrierDomain(*domain), &|state| Cell::Barrier(*domain, state))
    });
    let rows = rows.chain([row(words::total(), Cell::Barriers, &Cell::BarrierState)]).collect_view();
    view! {
        <section class="card">
            <div class="card__head"><h2>{words::barriers()}</h2>{legend(keys.collect())}</div>
            <div class="card__body stack">
                {stacked_bars(bars)}
                <details class="more"><summary>{words::as_table()} " · " {words::barriers_when()}</summary>{table(heads.collect(), rows)}</details>
            </div>
        </section>
    }
}

pub fn months(view: &CohortView) -> impl IntoView + use<> {
    let groups = view
        .months
        .iter()
        .map(|it| (days::short_month(it.month).to_owned(), vec![it.contacts, it.people]))
        .collect();
    let keys = legend(vec![(2, words::contacts().to_owned()), (1, words::spotted().to_owned())]);
    view! {
        <section class="card">
            <div class="card__head"><h2>{words::months()}</h2>{keys}</div>
            <div class="card__body">{columns(words::months().to_owned(), groups)}</div>
        </section>
    }
}
