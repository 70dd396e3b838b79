//! The pages, one folder a noun.

pub mod access;
pub mod audit;
pub mod cohort;
pub mod devices;
pub mod encounter;
pub mod erasures;
pub mod map;
pub mod members;
pub mod notices;
pub mod passage;
pub mod pathways;
pub mod people;
pub mod person;
pub mod request;
pub mod rescue;
pub mod set_aside;
pub mod solutions;
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
        // The first page of a role may be another than *Aujourd'hui*.
        let now = match route::now() {
            Route::Home => first,
            other => other,
        };
        match now {
            Route::Home => view! { <today::Today me=me/> }.into_any(),
            Route::Passage => view! { <passage::Passage form=PassageForm::default() draft=None/> }.into_any(),
            Route::Encounter => {
                view! { <encounter::Encounter form=EncounterForm::default() draft=None/> }.into_any()
            }
            Route::EncounterWith(pathway) => view! { <encounter::With pathway=pathway/> }.into_any(),
            Route::Draft(id) => view! { <encounter::FromDraft id=id/> }.into_any(),
            Route::People => people::People().into_any(),
            Route::Person(pathway) => view! { <person::Person pathway=pathway/> }.into_any(),
            Route::Request => request::Request().into_any(),
            Route::Solutions => solutions::Solutions().into_any(),
            Route::Sync => sync::SyncPage().into_any(),
            Route::SetAside => set_aside::SetAside().into_any(),
            Route::Cohort => cohort::Cohort().into_any(),
            Route::Map => map::MapPage().into_any(),
            Route::Pathways => pathways::Pathways().into_any(),
            Route::Devices => devices::Devices().into_any(),
            Route::Rescue => rescue::Rescue().into_any(),
            Route::Erasures => erasures::Erasures().into_any(),
            Route::Audit => audit::Audit().into_any(),
            Route::Notices => notices::Notices().into_any(),
            Route::Members => members::Members().into_any(),
            Route::Refused => {
                let form = PassageForm { refused: true, ..PassageForm::default() };
                view! { <passage::Passage form=form draft=None/> }.into_any()
            }
            Route::AddUser => access::join::Join().into_any(),
            Route::Settings => view! { <access::settings::Settings me=me/> }.into_any(),
        }
    }
}
