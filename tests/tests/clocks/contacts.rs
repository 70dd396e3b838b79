//! Contacts dated by a wrong clock: kept as they were written, and counted from the day on which the cité received
//! them, on the server and on every device alike.

use super::scene::*;
use domain::api::encounter::{EncounterForm, RecordEncounter};
use domain::api::person::PersonView;
use domain::api::sync::{ClockOff, ReadSyncState};
use domain::error::ErrorCode;
use domain::ids::PathwayId;
use domain::time::Day;
use engine::device::Device;
use journeys::clock::DAY_MS;
use journeys::forms::first_encounter;
use journeys::{NORTH, call, place_in, synchronise};

/// Somebody whom Nadia met while her clock was so many days off; it is right again afterwards.
async fn met(scene: &mut Scene, days: i32) -> PathwayId {
    let off = i64::from(days) * DAY_MS;
    scene.clock.set_by(off);
    synchronise(&scene.nadia).await;
    let met = call(&scene.nadia, first_encounter(1, place_in(NORTH))).await.unwrap();
    scene.all().await;
    let shown = call(&scene.nadia, ReadSyncState {}).await.unwrap().clock_off;
    assert_eq!(shown, Some(ClockOff { here: today().plus(days), cite: today() }), "she is told");
    assert_eq!(call(&scene.samir, ReadSyncState {}).await.unwrap().clock_off, None);
    scene.clock.set_by(-off);
    scene.all().await;
    assert_eq!(call(&scene.nadia, ReadSyncState {}).await.unwrap().clock_off, None, "it is right again");
    met.pathway.unwrap()
}

fn days(page: &PersonView) -> Vec<Day> {
    page.timeline.iter().filter(|it| it.id.is_some()).map(|it| it.on).collect()
}

async fn is_gone(device: &Device, pathway: PathwayId) -> bool {
    matches!(page(device, pathway).await, Err(error) if error.code == ErrorCode::NotFound)
}

/// What the cité and both tablets make of a contact on a day that the clock did not know.
async fn counts_from_today(days_off: i32) {
    let mut scene = Scene::begin().await;
    let pathway = met(&mut scene, days_off).await;
    for device in [&scene.samir, &scene.nadia, &scene.ines] {
        let page = page(device, pathway).await.unwrap();
        assert_eq!(days(&page), [today().plus(days_off)], "kept as it was written");
        assert_eq!(page.hit.last_on, Some(today()), "and counted from today");
        assert_eq!(page.ending, None);
    }
    let cite = scene.world.cite.clone();
    let now = cite.retention(today(), false).unwrap();
    assert_eq!((now.announced.len(), now.erased.len()), (0, 0), "nobody is near the end");
    let end = today().plus_months(24);
    assert!(cite.retention(end.plus(-40), false).unwrap().announced.is_empty());
    assert_eq!(cite.retention(end.plus(-20), false).unwrap().announced.len(), 1, "announced like anybody");
    let over = end.plus(20);
    assert_eq!(cite.daily(over).unwrap(), 1, "and not a day longer");
    let (mut samir, mut nadia) = (scene.samir, scene.nadia);
    for (device, name) in [(&mut samir, "Samir D."), (&mut nadia, "Nadia B.")] {
        at(&scene.world, device, name, over).await;
        assert!(call(device, ReadSyncState {}).await.unwrap().alarms.is_empty(), "{name} counts the same");
        assert!(is_gone(device, pathway).await);
    }
}

#[tokio::test]
async fn a_contact_of_a_clock_that_was_a_year_ahead_keeps_nobody_longer() {
    counts_from_today(365).await;
}

#[tokio::test]
async fn a_contact_of_a_clock_that_was_ten_years_ahead_keeps_nobody_longer() {
    counts_from_today(3_650).await;
}

#[tokio::test]
async fn a_contact_of_a_clock_that_was_two_years_behind_has_nobody_erased() {
    counts_from_today(-730).await;
}

#[tokio::test]
async fn a_contact_of_a_clock_that_had_lost_the_day_altogether_has_nobody_erased() {
    counts_from_today(-today().0).await;
}

#[tokio::test]
async fn who_was_met_by_a_clock_ahead_is_found_silent_like_anybody() {
    let mut scene = Scene::begin().await;
    let pathway = met(&mut scene, 3_650).await;
    let mut samir = scene.samir;
    let reasons = |page: PersonView| page.risk.iter().map(|(code, _)| code.clone()).collect::<Vec<_>>();
    at(&scene.world, &mut samir, "Samir D.", today().plus(10)).await;
    assert!(!reasons(page(&samir, pathway).await.unwrap()).contains(&"no_contact".to_owned()));
    at(&scene.world, &mut samir, "Samir D.", today().plus(60)).await;
    assert!(reasons(page(&samir, pathway).await.unwrap()).contains(&"no_contact".to_owned()));
}

#[tokio::test]
async fn a_day_in_the_past_that_was_chosen_counts_as_it_was_chosen() {
    let scene = Scene::begin().await;
    let first = first_encounter(1, place_in(NORTH));
    let on = today().plus(-200);
    let form = EncounterForm { on: Some(on), ..first.form };
    let met = call(&scene.nadia, RecordEncounter { draft: first.draft, form }).await.unwrap();
    let pathway = met.pathway.unwrap();
    scene.all().await;
    assert_eq!(page(&scene.samir, pathway).await.unwrap().hit.last_on, Some(on));
}
