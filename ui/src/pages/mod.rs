//! The pages, one folder a noun.

pub mod access;
pub mod sync;

use crate::route::{self, Route};
use domain::api::session::Me;
use leptos::prelude::*;

/// The page of the present route.
pub fn page(me: Me) -> impl IntoView {
    move || match route::now() {
        Route::Settings => {
            access::settings::Settings(access::settings::SettingsProps { me: me.clone() }).into_any()
        }
        _ => sync::SyncPage().into_any(),
    }
}
