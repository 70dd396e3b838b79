//! The list of pathways, without names.

use super::cohort::{Chosen, bar, quarters};
use crate::components::choice::Segments;
use crate::components::icon::{Icon, icon, of_domain};
use crate::components::show::{empty, show};
use crate::state::load;
use crate::state::session::session;
use crate::text::{cohort as words, days, lang, names, typography};
use domain::api::cohort::{ListPathways, PathwayOrder, PathwayPage, PathwayRow};
use domain::api::person::PersonHit;
use domain::api::today::PersonLabel;
use domain::changes::Topic;
use leptos::prelude::*;

/// Rows a page.
const ROWS: u32 = 25;

/// The list.
#[component]
pub fn Pathways() -> impl IntoView {
    let chosen = Chosen::new();
    let offset = RwSignal::new(0_u32);
    let order = RwSignal::new(PathwayOrder::LastContact);
    let filter = Memo::new(move |_| chosen.filter());
    Effect::new(move |_| {
        filter.track();
        offset.set(0);
    });
    let page = load(
        || vec![Topic::Cohort],
        move || {
            Some(ListPathways { filter: filter.get(), offset: offset.get(), limit: ROWS, order: order.get() })
        },
    );
    let orders = vec![
        (PathwayOrder::LastContact, words::by_last().to_owned()),
        (PathwayOrder::OpenBarriers, words::by_barriers().to_owned()),
        (PathwayOrder::FirstContact, words::by_first().to_owned()),
    ];
    view! {
        <header class="page-head"><div class="page-head__words"><h1>{words::pathways()}</h1><p>{words::pathways_why()}</p></div><div class="page-head__tools">{quarters(chosen)}</div></header>
        {bar(chosen, true, false)}
        <div class="narrowing__field"><span>{words::sort_by()}</span>
            <Segments label=words::sort_by() choices=orders value=Signal::derive(move || Some(order.get())) on_choose=move |it| order.set(it.unwrap_or(PathwayOrder::LastContact))/>
        </div>
        {show(page, move |page| table(page, offset))}
    }
}

fn table(page: PathwayPage, offset: RwSignal<u32>) -> impl IntoView {
    if page.total == 0 {
        return empty(Icon::ListChecks, words::empty(), words::empty_why()).into_any();
    }
    let from = offset.get_untracked();
    let to = from + page.rows.len() as u32;
    let total = page.total;
    let rows = page.rows.into_iter().map(row).collect_view();
    let heads = [
        words::code(),
        words::profile(),
        words::place(),
        words::by_first(),
        words::by_last(),
        words::encounters(),
        words::by_barriers(),
    ];
    view! {
        <section class="card">
            <div class="table-wrap"><table class="table table--list">
                <thead><tr>{heads.into_iter().enumerate().map(|(n, head)| view! { <th scope="col" class:number=n == 5>{head}</th> }).collect_view()}</tr></thead>
                <tbody>{rows}</tbody>
            </table></div>
            <div class="card__foot row row--spread">
                <button type="button" class="button" disabled=from == 0 on:click=move |_| offset.set(from.saturating_sub(ROWS))>{icon(Icon::ChevronLeft)} {words::previous()}</button>
                <span class="second">{typography::number(from + 1)} " – " {typography::number(to)} " " {words::on()} " " {typography::number(total)}</span>
                <button type="button" class="button" disabled=to >= total on:click=move |_| offset.set(from + ROWS)>{words::next()} {icon(Icon::ChevronRight)}</button>
            </div>
        </section>
    }
    .into_any()
}

fn row(it: PathwayRow) -> impl IntoView {
    let today = days::today();
    let day = move |day: Option<domain::time::Day>| {
        day.map_or_else(|| "–".to_owned(), |day| days::date(day, today))
    };
    let label = PersonLabel { pathway: it.pathway, name: None, initials: None, code: it.code.clone() };
    let profile = names::profile(&PersonHit {
        label,
        age: it.age,
        gender: it.gender,
        household: it.household,
        residence: it.residence,
        last_on: it.last_on,
        encounters: it.encounters,
        open_barriers: 0,
    });
    let place = it
        .residence
        .map(|place| session().cite.value.with_untracked(|cite| names::location(place, cite.as_ref())));
    let barriers = it.open_barriers.iter().map(|domain| {
        view! { <span class="badge badge--bare" title=domain.label(lang())>{icon(of_domain(*domain))}<span class="only-read">{domain.label(lang())}</span></span> }
    });
    view! {
        <tr>
            <th scope="row" class="code">{it.code.as_deref().map(typography::code)}</th>
            <td>{profile} {it.in_episode.then(|| view! { " " <span class="badge badge--soft">{words::followed()}</span> })}</td>
            <td>{place}</td><td>{day(it.first_on)}</td><td>{day(it.last_on)}</td>
            <td class="number">{typography::number(it.encounters)}</td>
            <td><span class="row">{barriers.collect_view()}</span></td>
        </tr>
    }
}
