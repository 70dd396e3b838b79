//! Where the user is: a typed route in the page's fragment.
//!
//! The fragment works alike under `http://…/` and `tauri://localhost`, needs no fallback of the
//! server, and is never sent to it: no identifier of a pathway ends up in an access log.

use domain::ids::{DraftId, PathwayId};
use leptos::prelude::*;
use std::cell::OnceCell;
use wasm_bindgen::JsCast as _;
use web_sys::{FocusOptions, HtmlElement};

/// A screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// The first screen of this role.
    Home,
    /// A new rencontre, with nobody chosen yet.
    Encounter,
    /// A new rencontre with someone known.
    EncounterWith(PathwayId),
    /// A draft taken up again.
    Draft(DraftId),
    /// A passage.
    Passage,
    /// A passage of somebody who refused the notice: counts one.
    Refused,
    /// Search.
    People,
    /// A person's page.
    Person(PathwayId),
    /// A request with the code of a receipt.
    Request,
    /// Directory of solutions.
    Solutions,
    /// Synchronisation.
    Sync,
    /// What the cité refused.
    SetAside,
    /// Preferences of the user.
    Settings,
    /// Somebody joins on this device.
    AddUser,
    /// Merged cohort.
    Cohort,
    /// Map.
    Map,
    /// List of pathways.
    Pathways,
    /// Devices.
    Devices,
    /// What was erased.
    Erasures,
    /// The audit.
    Audit,
    /// Translations of the notice.
    Notices,
    /// People of the cité, on a référent's device.
    Members,
    /// Lost, found and locked-out tablets.
    Rescue,
}

impl Route {
    /// Reads a fragment; anything unknown leads home.
    pub fn read(fragment: &str) -> Self {
        let path = fragment.trim_start_matches(['#', '/']);
        let (first, rest) = path.split_once('/').unwrap_or((path, ""));
        let found = match first {
            "rencontre" if rest.is_empty() => Some(Route::Encounter),
            "rencontre" => rest.parse().ok().map(Route::EncounterWith),
            "brouillon" => rest.parse().ok().map(Route::Draft),
            "passage" if rest == "refus" => Some(Route::Refused),
            "passage" => Some(Route::Passage),
            "personnes" if rest.is_empty() => Some(Route::People),
            "personnes" => rest.parse().ok().map(Route::Person),
            "demande" => Some(Route::Request),
            "solutions" => Some(Route::Solutions),
            "synchronisation" => Some(Route::Sync),
            "mis-de-cote" => Some(Route::SetAside),
            "reglages" => Some(Route::Settings),
            "ajouter" => Some(Route::AddUser),
            "cohorte" => Some(Route::Cohort),
            "carte" => Some(Route::Map),
            "parcours" => Some(Route::Pathways),
            "appareils" => Some(Route::Devices),
            "tablettes" => Some(Route::Rescue),
            "effacements" => Some(Route::Erasures),
            "journal" => Some(Route::Audit),
            "traductions" => Some(Route::Notices),
            "membres" => Some(Route::Members),
            _ => None,
        };
        found.unwrap_or(Route::Home)
    }

    /// The fragment, for links.
    pub fn href(self) -> String {
        match self {
            Route::Home => "#/".into(),
            Route::Encounter => "#/rencontre".into(),
            Route::EncounterWith(id) => format!("#/rencontre/{id}"),
            Route::Draft(id) => format!("#/brouillon/{id}"),
            Route::Passage => "#/passage".into(),
            Route::Refused => "#/passage/refus".into(),
            Route::People => "#/personnes".into(),
            Route::Person(id) => format!("#/personnes/{id}"),
            Route::Request => "#/demande".into(),
            Route::Solutions => "#/solutions".into(),
            Route::Sync => "#/synchronisation".into(),
            Route::SetAside => "#/mis-de-cote".into(),
            Route::Settings => "#/reglages".into(),
            Route::AddUser => "#/ajouter".into(),
            Route::Cohort => "#/cohorte".into(),
            Route::Map => "#/carte".into(),
            Route::Pathways => "#/parcours".into(),
            Route::Devices => "#/appareils".into(),
            Route::Rescue => "#/tablettes".into(),
            Route::Erasures => "#/effacements".into(),
            Route::Audit => "#/journal".into(),
            Route::Notices => "#/traductions".into(),
            Route::Members => "#/membres".into(),
        }
    }

    /// Whether the frame (tabs) is hidden: a form takes the whole screen.
    pub fn is_form(self) -> bool {
        matches!(
            self,
            Route::Encounter | Route::EncounterWith(_) | Route::Draft(_) | Route::Passage | Route::Refused
        )
    }
}

thread_local! {
    static NOW: OnceCell<ArcRwSignal<Route>> = const { OnceCell::new() };
}

fn signal() -> ArcRwSignal<Route> {
    NOW.with(|now| now.get_or_init(|| ArcRwSignal::new(Route::read(&fragment()))).clone())
}

fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

/// The present route, tracked.
pub fn now() -> Route {
    signal().get()
}

/// Follows the address for as long as the page lives.
pub fn follow() {
    window_event_listener_untyped("hashchange", |_| {
        let route = Route::read(&fragment());
        if signal().get_untracked() != route {
            signal().set(route);
        }
        window().scroll_to_with_x_and_y(0.0, 0.0);
        begin();
    });
}

/// The focus goes to the beginning of the new screen: what had it is gone.
fn begin() {
    let page = document().get_element_by_id("main").and_then(|it| it.dyn_into::<HtmlElement>().ok());
    if let Some(page) = page {
        let _ = page.set_attribute("tabindex", "-1");
        let how = FocusOptions::new();
        how.set_prevent_scroll(true);
        let _ = page.focus_with_options(&how);
    }
}

/// Goes to a screen.
pub fn go(route: Route) {
    // Setting a fragment cannot fail on a page that has an address; a refusal changes nothing.
    let _ = window().location().set_hash(&route.href());
}
