//! The pages, one folder a noun.

pub mod access;
pub mod encounter;
pub mod passage;
pub mod people;
pub mod person;
pub mod sync;
pub mod today;

use crate::components::frame::first_page;
use crate::route::{self, Route};
use crate::state::session::session;
use domain::api::encounter::{EncounterForm, PassageForm};
use domain::api::session::Me;
use leptos::prelude::*;

/// The page of the present route.
pub fn page(me: Me) -> impl IntoView {
    let face = session().face();
    move || {
        let me = me.clone();
        let first = first_page(face, me.role);
        match route::now() {
            Route::Home if first == Route::Home => view! { <today::Today me=me/> }.into_any(),
            Route::Passage => view! { <passage::Passage form=PassageForm::default() draft=None/> }.into_any(),
            Route::Encounter => {
                view! { <encounter::Encounter form=EncounterForm::default() draft=None/> }.into_any()
            }
            Route::EncounterWith(pathway) => view! { <encounter::With pathway=pathway/> }.into_any(),
            Route::Draft(id) => view! { <encounter::FromDraft id=id/> }.into_any(),
            Route::People => people::People().into_any(),
            Route::Person(pathway) => view! { <person::Person pathway=pathway/> }.into_any(),
            Route::Settings => view! { <access::settings::Settings me=me/> }.into_any(),
            _ => sync::SyncPage().into_any(),
        }
    }
}
