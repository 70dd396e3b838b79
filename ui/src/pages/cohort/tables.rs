//! Tables of figures.

use super::zone::zone_name;
use crate::components::chart::figure;
use crate::text::{cohort as words, common, lang, names};
use domain::api::cohort::*;
use domain::indicators::{Cell, Indicator, set};
use domain::publics::Public;
use domain::vocabulary::*;
use leptos::prelude::*;

/// A table; the first column names the row, the others hold figures.
pub fn table(heads: Vec<&'static str>, rows: impl IntoView) -> impl IntoView {
    let heads = heads
        .into_iter()
        .enumerate()
        .map(|(n, head)| view! { <th scope="col" class:number=n != 0>{head}</th> });
    view! { <div class="table-wrap"><table class="table table--figures"><thead><tr>{heads.collect_view()}</tr></thead><tbody>{rows}</tbody></table></div> }
}

fn card(title: &'static str, heads: Vec<&'static str>, rows: impl IntoView) -> impl IntoView {
    view! { <section class="card"><div class="card__head"><h2>{title}</h2></div>{table(heads, rows)}</section> }
}

/// A figure in a table; a masked one says so when it is read aloud.
pub fn cell(value: Figure) -> impl IntoView {
    let masked = value == Figure::Masked;
    view! { <td class="number" class:masked=masked>{figure(value)}{masked.then(|| view! { <span class="only-read">{common::masked()}</span> })}</td> }
}

pub fn zones(view: &CohortView) -> impl IntoView + use<> {
    let cells = |zone| match view.filter.geography {
        Geography::Residence => [Cell::ResidencePeople(zone), Cell::ResidenceContacts(zone)],
        Geography::ContactPlace => [Cell::MetPeople(zone), Cell::MetContacts(zone)],
    };
    let (heads, last) = match view.filter.geography {
        Geography::Residence => {
            (vec![words::place(), words::people(), words::encounters()], Cell::Encounters)
        }
        Geography::ContactPlace => (vec![words::place(), words::people(), words::contacts()], Cell::Contacts),
    };
    let rows = view.zones.iter().map(|(zone, _)| {
        view! { <tr><th scope="row">{zone_name(view, *zone)}</th>{cells(*zone).map(|it| cell(view.figures.of(it))).into_iter().collect_view()}</tr> }
    });
    let whole = view! { <tr class="table__total"><th scope="row">{words::total()}</th>{cell(view.figures.of(Cell::Spotted))} {cell(view.figures.of(last))}</tr> };
    let rows = rows.collect_view();
    card(words::zones(), heads, view! { {rows} {whole} })
}

pub fn publics(view: &CohortView) -> impl IntoView + use<> {
    let rows = Public::ALL.map(|public| {
        view! { <tr><th scope="row">{names::public(public.code())}</th>{cell(view.figures.of(Cell::Public(public)))}</tr> }
    });
    card(words::publics(), vec![words::public(), words::people()], rows.into_iter().collect_view())
}

pub fn needs(view: &CohortView) -> impl IntoView + use<> {
    let rows = NeedKind::ALL.iter().map(|kind| {
        view! { <tr><th scope="row">{kind.label(lang())}</th>{cell(view.figures.of(Cell::Need(*kind)))}</tr> }
    });
    card(words::needs(), vec![words::need(), words::people()], rows.collect_view())
}

/// Rows named as the set names their indicator, or as their group is named.
fn list(title: &'static str, view: &CohortView, cells: Vec<Cell>) -> impl IntoView + use<> {
    let present = |it: &Cell| view.figures.0.is_empty() || view.figures.0.contains_key(it);
    let rows = cells.into_iter().filter(present).map(|it| {
        let detail = it.detail(lang(), |_| String::new());
        let indicator = set::current().get(it.indicator());
        let name = if detail.is_empty() { indicator.map_or(String::new(), |it| it.name(lang()).to_owned()) } else { detail.clone() };
        view! { <tr class:table__part=!detail.is_empty()><th scope="row">{name}</th>{cell(view.figures.of(it))}</tr> }
    });
    let rows = rows.collect_view();
    view! {
        <section class="card"><div class="card__head"><h2>{title}</h2></div>
            <div class="table-wrap"><table class="table table--figures"><tbody>{rows}</tbody></table></div>
        </section>
    }
}

pub fn following(view: &CohortView) -> impl IntoView + use<> {
    let mut cells = vec![
        Cell::Accompanied,
        Cell::Participants,
        Cell::Reconnected,
        Cell::Entries,
        Cell::Returns,
        Cell::Exits,
    ];
    cells.extend(ExitGroup::ALL.iter().copied().map(Cell::ExitFor));
    list(words::following(), view, cells)
}

pub fn contacts(view: &CohortView) -> impl IntoView + use<> {
    list(words::contacts(), view, vec![Cell::Contacts, Cell::Encounters, Cell::Passages, Cell::PeopleSeen])
}

pub fn referrals(view: &CohortView) -> impl IntoView + use<> {
    let cells =
        [Cell::Referrals].into_iter().chain(ReferralResult::ALL.iter().copied().map(Cell::ReferralResult));
    list(words::referrals(), view, cells.collect())
}

pub fn outcomes(view: &CohortView) -> impl IntoView + use<> {
    let cells = [Cell::Outcomes].into_iter().chain(OutcomeGroup::ALL.iter().copied().map(Cell::OutcomeOf));
    list(words::outcomes(), view, cells.collect())
}

pub fn time_taken(view: &CohortView) -> impl IntoView + use<> {
    let cells = [Cell::Lifted].into_iter().chain(LiftTime::ALL.iter().copied().map(Cell::LiftedWithin));
    list(words::time_taken(), view, cells.collect())
}

/// What each figure counts, as the set says it; and what nothing records yet.
pub fn meanings() -> impl IntoView {
    let set = set::current();
    let item = |it: &'static Indicator| view! { <dt>{it.name(lang())}</dt><dd>{it.means(lang())}</dd> };
    view! {
        <details class="card card--pad more">
            <summary>{words::meanings()}</summary>
            <dl class="meanings">{set.indicators.iter().map(item).collect_view()}</dl>
            <p class="second small">{set.not_recorded(lang())}</p>
        </details>
    }
}
