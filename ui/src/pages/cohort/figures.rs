//! Cards, tables and charts. Each chart stands beside its table or writes its values.

use crate::components::chart::{columns, figure, figure_card};
use crate::components::icon::{icon, of_domain};
use crate::text::{cohort as words, days, lang, names};
use domain::api::cohort::*;
use domain::vocabulary::BarrierState;
use leptos::prelude::*;

/// `12 pour la première fois`.
fn more(value: Figure, of: &str) -> Option<String> {
    Some(format!("{} {of}", figure(value)))
}

pub fn cards(view: &CohortView) -> impl IntoView + use<> {
    let contacts = format!(
        "{} {} · {} {}",
        figure(view.encounters),
        words::encounters(),
        figure(view.passages),
        words::passages()
    );
    view! {
        <div class="figures">
            {figure_card(words::contacts(), view.contacts, Some(contacts))}
            {figure_card(words::people_seen(), view.people_seen, None)}
            {figure_card(words::spotted(), view.spotted, more(view.new_people, words::new_people()))}
            {figure_card(words::caseload(), view.caseload, more(view.caseload_in_qpv, words::in_qpv()))}
            {figure_card(words::referrals(), view.referrals, more(view.referrals_accepted, words::accepted()))}
            {figure_card(words::outcomes(), view.outcomes_work, more(view.outcomes_training, words::training()))}
            {figure_card(words::at_risk(), view.at_risk, None)}
        </div>
    }
}

fn table(title: &'static str, heads: Vec<String>, rows: impl IntoView) -> impl IntoView {
    let heads = heads
        .into_iter()
        .enumerate()
        .map(|(n, head)| view! { <th scope="col" class:numeric=n != 0>{head}</th> });
    view! {
        <section class="card">
            <div class="card__head"><h2>{title}</h2></div>
            <div class="table-wrap"><table class="table"><thead><tr>{heads.collect_view()}</tr></thead><tbody>{rows}</tbody></table></div>
        </section>
    }
}

fn cell(value: Figure) -> impl IntoView {
    view! { <td class="numeric" class:masked=value == Figure::Masked>{figure(value)}</td> }
}

pub fn barriers(view: &CohortView) -> impl IntoView + use<> {
    let heads = [words::domain().to_owned(), words::total().to_owned()]
        .into_iter()
        .chain(BarrierState::ALL.iter().map(|state| state.label(lang()).to_owned()));
    let cells = |it: &BarrierFigures| {
        view! { {cell(it.total)} {cell(it.spotted)} {cell(it.in_progress)} {cell(it.lifted)} {cell(it.abandoned)} }
    };
    let rows = view.barriers.iter().map(|(domain, it)| {
        view! { <tr><th scope="row"><span class="row">{icon(of_domain(*domain))} {domain.label(lang())}</span></th>{cells(it)}</tr> }
    });
    let rows = rows.collect_view();
    let whole =
        view! { <tr class="strong"><th scope="row">{words::total()}</th>{cells(&view.barriers_total)}</tr> };
    table(words::barriers(), heads.collect(), view! { {rows} {whole} })
}

pub fn months(view: &CohortView) -> impl IntoView + use<> {
    let groups = view
        .months
        .iter()
        .map(|it| (days::short_month(it.month).to_owned(), vec![it.contacts, it.people]))
        .collect();
    let legend = crate::components::chart::legend(vec![
        (2, words::contacts().to_owned()),
        (1, words::people().to_owned()),
    ]);
    view! {
        <section class="card">
            <div class="card__head"><h2>{words::months()}</h2></div>
            <div class="card__body stack">{columns(words::months().to_owned(), groups)} {legend}</div>
        </section>
    }
}

pub fn locations(view: &CohortView) -> impl IntoView + use<> {
    let heads = vec![words::place().to_owned(), words::people().to_owned(), words::contacts().to_owned()];
    let rows = view.locations.iter().map(|it| {
        let name = match it.location {
            domain::location::Location::Qpv(_) => it.name.clone(),
            other => names::location(other, None),
        };
        view! { <tr><th scope="row">{name}</th>{cell(it.people)} {cell(it.contacts)}</tr> }
    });
    table(words::locations(), heads, rows.collect_view())
}

pub fn publics(view: &CohortView) -> impl IntoView + use<> {
    let rows = view.publics.iter().map(|(code, people)| {
        view! { <tr><th scope="row">{names::public(code)}</th>{cell(*people)}</tr> }
    });
    table(
        words::publics(),
        vec![words::publics().to_owned(), words::people().to_owned()],
        rows.collect_view(),
    )
}

pub fn needs(view: &CohortView) -> impl IntoView + use<> {
    let rows = view.needs.iter().map(|(kind, people)| {
        view! { <tr><th scope="row">{kind.label(lang())}</th>{cell(*people)}</tr> }
    });
    table(words::needs(), vec![words::needs().to_owned(), words::people().to_owned()], rows.collect_view())
}
