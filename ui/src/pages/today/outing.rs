//! The running outing, or starting one: a place of the sector, or the QPV of a position.

use crate::components::Dialog;
use crate::components::icon::{Icon, icon};
use crate::components::keys;
use crate::components::show::refusal;
use crate::state::session::session;
use crate::state::{Act, act};
use crate::text::{days, names, today as words, typography};
use domain::api::cite::LocateQpv;
use domain::api::outing::{EndOuting, OutingView, StartOuting};
use domain::location::Location;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

pub fn card(outing: Option<OutingView>) -> impl IntoView {
    let choosing = RwSignal::new(false);
    let running = outing.map(running);
    let none = running.is_none().then(|| {
        view! {
            <section class="card outing">
                {icon(Icon::MapPin)}
                <div class="outing__words"><h2>{words::no_outing()}</h2><p class="second">{words::no_outing_why()}</p></div>
                <button type="button" class="button button--mid" on:click=move |_| choosing.set(true)>{words::start()}</button>
            </section>
        }
    });
    view! { {running} {none} {move || choosing.get().then(|| view! { <Choose choosing=choosing/> })} }
}

fn running(outing: OutingView) -> impl IntoView {
    let end = act();
    let place = outing.place_name.or(outing.qpv_name).unwrap_or_else(|| {
        session().cite.value.with_untracked(|cite| names::location(outing.contact_place, cite.as_ref()))
    });
    let counts = format!(
        "{} · {}",
        typography::count(outing.encounters, ("rencontre", "rencontres"), ("encounter", "encounters")),
        typography::count(outing.passages, ("passage", "passages"), ("passage", "passages")),
    );
    view! {
        <section class="card card--soft outing" aria-label=words::running()>
            <crate::components::icon::Mark/>
            <div class="outing__words">
                <span class="small">{words::running()}</span>
                <h2>{place}</h2>
                <p class="second">{counts}</p>
            </div>
            <div class="outing__figures">
                <p class="outing__time">{typography::length(days::minutes_since(outing.started_at_ms))}</p>
                <button type="button" class="button" disabled=move || end.busy.get() on:click=move |_| end.run(EndOuting {}, |_| ())>{words::end()}</button>
            </div>
            {refusal(end.error)}
        </section>
    }
}

#[component]
fn Choose(choosing: RwSignal<bool>) -> impl IntoView {
    let start = act();
    let session = session();
    let go = move |place, contact_place| {
        start.run(StartOuting { place, contact_place }, move |_| choosing.set(false));
    };
    let places = move || {
        session.cite.value.with(|cite| {
            let Some(cite) = cite else { return Vec::new() };
            let named =
                cite.my_places.iter().filter_map(|id| cite.settings.places.get(id).map(|place| (*id, place)));
            let named = named.map(|(id, place)| {
                let where_ = names::location(place.location, Some(cite));
                choice(place.name.clone(), Some(where_), start, move || {
                    go(Some(id), place_location(session, id))
                })
            });
            let qpvs = cite.qpvs.iter().map(|qpv| {
                let code = qpv.code;
                choice(qpv.name.clone(), Some(words::other_place().to_owned()), start, move || {
                    go(None, Location::Qpv(code))
                })
            });
            named.chain(qpvs).collect::<Vec<_>>()
        })
    };
    view! {
        <Dialog title=words::where_() on_close=move || choosing.set(false)>
            <Locate on_found=move |location| go(None, location)/>
            {refusal(start.error)}
            <div class="menu" on:keydown=keys::along>
                {places}
                {choice(crate::text::encounter::no_place().to_owned(), None, start, move || go(None, Location::NotRecorded))}
            </div>
        </Dialog>
    }
}

fn place_location(session: crate::state::session::Session, id: domain::ids::PlaceId) -> Location {
    session.cite.value.with_untracked(|cite| {
        cite.as_ref()
            .and_then(|cite| cite.settings.places.get(&id))
            .map_or(Location::NotRecorded, |it| it.location)
    })
}

fn choice(name: String, more: Option<String>, start: Act, press: impl Fn() + 'static) -> AnyView {
    view! {
        <button type="button" class="solution" disabled=move || start.busy.get() on:click=move |_| press()>
            {icon(Icon::MapPin)}
            <span class="item__words"><span class="item__name">{name}</span>{more.map(|more| view! { <span class="item__more">{more}</span> })}</span>
        </button>
    }
    .into_any()
}

/// Finds the QPV of the present position; the coordinates are thrown away.
#[component]
fn Locate(on_found: impl Fn(Location) + Copy + 'static) -> impl IntoView {
    let locate = act();
    let said = RwSignal::new(None::<&'static str>);
    let find = move |_| {
        said.set(Some(words::locating()));
        position(
            move |lon, lat| {
                locate.run(LocateQpv { lon, lat }, move |found| match found.location {
                    Some(location) => on_found(location),
                    None => said.set(Some(words::located_none())),
                });
            },
            move || said.set(Some(words::locate_failed())),
        );
    };
    view! {
        <button type="button" class="button button--wide button--large" disabled=move || locate.busy.get() on:click=find>
            {icon(Icon::MapPin)} {words::locate()}
        </button>
        <p class="second small" role="status">{move || said.get().unwrap_or_else(words::locate_why)}</p>
        {refusal(locate.error)}
    }
}

/// Asks the platform for one position.
fn position(found: impl Fn(f64, f64) + 'static, failed: impl Fn() + Clone + 'static) {
    let Ok(geolocation) = window().navigator().geolocation() else { return failed() };
    let unreadable = failed.clone();
    let success = Closure::once_into_js(move |position: JsValue| {
        let number = |name: &str| {
            let coords = js_sys::Reflect::get(&position, &"coords".into()).ok()?;
            js_sys::Reflect::get(&coords, &name.into()).ok()?.as_f64()
        };
        match (number("longitude"), number("latitude")) {
            (Some(lon), Some(lat)) => found(lon, lat),
            _ => unreadable(),
        }
    });
    let refused = failed.clone();
    let failure = Closure::once_into_js(move |_: JsValue| refused());
    if geolocation
        .get_current_position_with_error_callback(success.unchecked_ref(), Some(failure.unchecked_ref()))
        .is_err()
    {
        failed();
    }
}
