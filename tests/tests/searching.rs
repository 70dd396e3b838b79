//! Finding somebody again by what is known of them, and the neighbourhood of a position.
// Helpers of a test stop at the first surprise, as the test itself does.
#![allow(clippy::unwrap_used)]

use domain::api::cite::LocateQpv;
use domain::api::encounter::Whom;
use domain::api::person::{NamedParts, SearchPeople};
use domain::ids::PathwayId;
use domain::location::Location;
use domain::role::Role;
use domain::territory::{QpvShape, polygon};
use engine::device::Device;
use engine::store::asset;
use journeys::forms::first_encounter;
use journeys::{NORTH, World, call, place_in, synchronise};

/// Somebody met, of this name and number.
async fn met(tablet: &Device, n: u8, named: (&str, &str, &str)) -> PathwayId {
    let mut first = first_encounter(n, place_in(NORTH));
    let Whom::New(person) = &mut first.form.whom else { unreachable!() };
    let [first_name, initial, phone] = <[&str; 3]>::from(named).map(|it| Some(it.to_owned()));
    person.named = NamedParts { first_name, initial, phone, ..NamedParts::default() };
    call(tablet, first).await.unwrap().pathway.unwrap()
}

async fn found(tablet: &Device, query: &str) -> Vec<PathwayId> {
    let search = SearchPeople { query: query.into(), limit: 20 };
    call(tablet, search).await.unwrap().hits.iter().map(|hit| hit.label.pathway).collect()
}

#[tokio::test]
async fn a_person_is_found_by_name_initial_telephone_and_code_as_one_types() {
    let world = World::begin().await;
    let tablet = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    // "Fatma S" has the six characters that a code repère may have.
    let fatma = met(&tablet, 1, ("Fatma", "S", "06 39 98 00 01")).await;
    let eloise = met(&tablet, 2, ("Éloïse-Marie", "B", "07.39.98.11.22")).await;
    let code = call(&tablet, SearchPeople { query: "fatma".into(), limit: 1 }).await.unwrap();
    let code = code.hits[0].label.code.clone().unwrap();
    let halves = format!("{} {}", &code[..3].to_lowercase(), &code[3..]);
    let whole = ["Fatma S", "fatma", "s fat", "06 39 98 00 01", "0639980001", &code, &halves];
    for query in whole.into_iter().chain(["06 3", "06-39.98", "063998"]) {
        assert_eq!(found(&tablet, query).await, [fatma], "{query}");
    }
    for query in ["eloise", "ELOISE marie", "marie b", "ÉLOÏ", "07 3", "0739981122"] {
        assert_eq!(found(&tablet, query).await, [eloise], "{query}");
    }
    for query in ["Fatma B", "08", "zzz"] {
        assert_eq!(found(&tablet, query).await, [], "{query}");
    }
    assert_eq!(found(&tablet, "").await.len(), 2, "nothing typed: whoever was met last");
}

#[tokio::test]
async fn the_neighbourhood_of_a_position_is_found_and_elsewhere_none() {
    let world = World::begin().await;
    let tablet = world.joined("Nadia B.", Role::Mediator, vec![NORTH]).await;
    let Location::Qpv(code) = place_in(NORTH) else { unreachable!() };
    let square = [(2.40, 48.90), (2.42, 48.90), (2.42, 48.92), (2.40, 48.92)];
    let shape = QpvShape { code, name: "Nord inventé".into(), communes: vec![], polygons: polygon(&square) };
    world.cite.store(|store| store.publish_asset(asset::QPV, &vec![shape])).unwrap();
    synchronise(&tablet).await;
    let inside = call(&tablet, LocateQpv { lon: 2.41, lat: 48.91 }).await.unwrap();
    assert_eq!((inside.location, inside.name.as_deref()), (Some(place_in(NORTH)), Some("Nord inventé")));
    let outside = call(&tablet, LocateQpv { lon: 2.45, lat: 48.91 }).await.unwrap();
    assert_eq!((outside.location, outside.name), (None, None));
}
