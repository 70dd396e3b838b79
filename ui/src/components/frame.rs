//! The frame round every page: tabs at the thumb on a tablet, a bar at the side on a laptop.

use super::icon::{Icon, Mark, icon};
use crate::route::{self, Route};
use crate::state::load;
use crate::state::session::session;
use crate::text::{common, names, typography};
use domain::api::session::Me;
use domain::api::sync::ReadSyncState;
use domain::changes::Topic;
use domain::role::{Face, Role};
use leptos::prelude::*;

/// The pages of a role on a face, in the order shown.
fn places(face: Face, role: Role) -> Vec<(Route, Icon, &'static str)> {
    let field = [
        (Route::Home, Icon::House, common::today()),
        (Route::People, Icon::UsersRound, common::people()),
        (Route::Solutions, Icon::BookOpenText, common::solutions()),
        (Route::Sync, Icon::CloudUpload, common::sync()),
    ];
    let figures = [
        (Route::Cohort, Icon::ChartColumn, common::cohort()),
        (Route::Map, Icon::Map, common::map()),
        (Route::Pathways, Icon::ListChecks, common::pathways()),
    ];
    let devices = (Route::Devices, Icon::MonitorSmartphone, common::devices());
    let solutions = (Route::Solutions, Icon::BookOpenText, common::solutions());
    let audit = (Route::Audit, Icon::FileText, crate::text::audit::title());
    let notices = (Route::Notices, Icon::Languages, crate::text::notices::title());
    match (face, role) {
        (Face::Device, Role::Mediator) => field.into(),
        (Face::Device, Role::Referent) => {
            let [today, people, solutions, sync] = field;
            let members = (Route::Members, Icon::UserPlus, crate::text::members::title());
            vec![today, people, solutions, members, sync]
        }
        (_, Role::Administrator) => vec![devices, audit, notices],
        (_, Role::Coordinator) => figures.into_iter().chain([solutions, devices, notices]).collect(),
        (Face::Browser, Role::Referent) => figures.into_iter().chain([solutions]).collect(),
        (Face::Browser, Role::Mediator) => vec![solutions],
    }
}

/// The page a role sees first.
pub fn first_page(face: Face, role: Role) -> Route {
    places(face, role).first().map_or(Route::Solutions, |place| place.0)
}

/// The frame.
#[component]
pub fn Frame(
    /// Who is at work.
    me: Me,
    /// The page.
    children: Children,
) -> impl IntoView {
    let session = session();
    let face = session.face();
    let first = first_page(face, me.role);
    let on_device = face == Face::Device;
    let sync = load(|| vec![Topic::Sync, Topic::Today], move || on_device.then_some(ReadSyncState {}));
    let demonstration = session
        .status
        .value
        .with_untracked(|status| status.as_ref().is_some_and(|status| status.demonstration));
    let tabs = places(face, me.role).into_iter().map(|(route, sign, word)| {
        let current = move || {
            let now = route::now();
            let now = if now == Route::Home { first } else { now };
            let now = match now {
                Route::Person(_) => Route::People,
                Route::Erasures if on_device => Route::Members,
                Route::Erasures => Route::Devices,
                Route::Rescue => Route::Members,
                // Only where the cité lets the coordination read it: from the devices' page.
                Route::Audit if me.role != Role::Administrator => Route::Devices,
                now => now,
            };
            (now == if route == Route::Home { first } else { route }).then_some("page")
        };
        let waiting = move || (route == Route::Sync).then(|| sync.get().map_or(0, |sync| sync.to_send)).filter(|count| *count > 0);
        view! {
            <a class="tab" href=route.href() aria-current=current>
                {icon(sign)}
                <span>{word}{move || waiting().map(|count| view! { <span class="tab__count">{typography::number(count)}</span> })}</span>
            </a>
        }
    });
    let tabs = tabs.collect_view();
    let hidden = move || route::now().is_form();
    let (name, organisation) = (me.name.clone(), me.organisation_name.clone());
    view! {
        <div class="frame" class:frame--demo=demonstration class:frame--form=hidden>
            {demonstration.then(|| view! { <p class="frame__demo demo">{icon(Icon::Info)} {common::demonstration()}</p> })}
            <main class="frame__main" id="main">{children()}</main>
            <nav class="tabs" aria-label=common::pages() hidden=hidden>
                <div class="tabs__head"><Mark/> "Allervers"</div>
                {tabs}
                <div class="tabs__foot">
                    <a class="tab" href=Route::Settings.href() aria-current=move || (route::now() == Route::Settings).then_some("page")>
                        <span class="avatar" aria-hidden="true">{names::initials_of(&name)}</span>
                        <span class="item__words"><span class="clip">{name}</span><span class="item__more">{organisation}</span></span>
                    </a>
                </div>
            </nav>
        </div>
    }
}
