//! A person's page: what is known, what is under way, what was agreed to.

mod amend;
mod copy;
mod ending;
mod facts;
mod head;
mod index;
mod ledger;
mod named;
mod openings;
mod profile;
mod requests;
mod same;
mod timeline;

pub use same::follows;

use crate::components::receipt::ReceiptLine;
use crate::components::show::show;
use crate::state::load;
use domain::api::person::{OpenPerson, PersonView};
use domain::changes::Topic;
use domain::ids::PathwayId;
use leptos::prelude::*;

/// A person.
#[component]
pub fn Person(
    /// Pathway.
    pathway: PathwayId,
) -> impl IntoView {
    let page =
        load(move || vec![Topic::Person(pathway), Topic::People], move || Some(OpenPerson { pathway }));
    view! { <ReceiptLine/> {show(page, screen)} }
}

fn screen(page: PersonView) -> impl IntoView {
    view! {
        {head::head(&page)}
        {index::index()}
        {requests::bands(&page)}
        {ending::band(&page)}
        {same::bands(&page)}
        <div class="split">
            <div class="stack">
                {facts::follow_ups(&page)}
                {facts::barriers(&page)}
                {facts::needs(&page)}
                {facts::following(&page)}
                {facts::referents(&page)}
                {facts::referrals(&page)}
            </div>
            <div class="stack">
                {facts::differing(&page)}
                {named::card(&page)}
                {ledger::card(&page)}
                {timeline::card(&page)}
                {copy::card(page.hit.label.pathway)}
                {openings::card(page.hit.label.pathway)}
            </div>
        </div>
        {ending::order(&page)}
    }
}
