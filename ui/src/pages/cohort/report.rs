//! What the coordinator takes away: a file of exactly the figures shown, or the page on paper.

use super::filter::Whom;
use super::zone::zone_name;
use super::{closing, completeness};
use crate::backend;
use crate::components::icon::{Icon, icon};
use crate::components::show::refusal;
use crate::state::act;
use crate::text::{cohort as words, days, lang, names};
use domain::api::cohort::{CohortView, TakeFigures};
use domain::indicators;
use leptos::prelude::*;

/// The buttons.
pub fn buttons(view: CohortView, whom: Whom, cite: String) -> impl IntoView {
    let view = StoredValue::new(view);
    let cite = StoredValue::new(cite);
    // The audit notes it first: without that nothing is taken away.
    let take = act();
    let save = move |_| {
        take.run(TakeFigures {}, move |()| {
            let name = view.with_value(file_name);
            let text = view.with_value(|view| file(view, whom, &cite.get_value()));
            backend::download(&name, "text/csv", &text);
        });
    };
    // A refusal to print is the browser's to explain.
    let print = move |_| take.run(TakeFigures {}, |()| drop(window().print()));
    view! {
        {refusal(take.error)}
        <button type="button" class="button" on:click=print>{words::print()}</button>
        <button type="button" class="button button--main" on:click=save>{icon(Icon::FileText)} {words::export_table()}</button>
    }
}

/// Names the quarter and nobody.
fn file_name(view: &CohortView) -> String {
    let quarter = view.filter.period.from.quarter();
    let state = if view.closed.is_some() { "arrete" } else { "provisoire" };
    format!("allervers-{}-T{}-{state}.csv", quarter.year, quarter.quarter)
}

fn file(view: &CohortView, whom: Whom, cite: &str) -> String {
    let (version, provisional) = &view.indicator_set;
    let set =
        if *provisional { format!("{version} ({})", words::file_provisional()) } else { version.clone() };
    let period = format!("{} {} {}", view.filter.period.from, words::file_to(), view.filter.period.to);
    let line = |name: &str, value: String| (name.to_owned(), value);
    let head = [
        line(words::title(), cite.to_owned()),
        line(words::file_period(), format!("{} ({period})", days::period(view.filter.period))),
        line(words::file_state(), closing::state(view)),
        line(words::counted(), whom.name()),
        line(
            words::file_complete(),
            format!("{}, {}", completeness::said(&view.completeness), days::stamp(view.completeness.at_ms)),
        ),
        line(words::file_set(), set),
        line(words::file_mask(), words::masked_why(view.mask_below)),
    ];
    indicators::csv(view, &head, lang(), |zone| zone_name(view, zone), names::public)
}
