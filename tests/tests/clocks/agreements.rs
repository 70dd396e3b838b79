//! Agreements with a last day: the cité's day says when one ends. A wrong clock neither ends an agreement nor
//! prolongs it, and loses nothing of what was entered.

use super::scene::*;
use domain::api::ledger::PurposeStateView;
use domain::api::person::{NamedParts, OpenPerson, WritePart};
use domain::api::sync::ReadSyncState;
use domain::error::ErrorCode;
use domain::ids::PathwayId;
use domain::vocabulary::Purpose;
use engine::device::Device;
use journeys::forms::{PHONE, later_encounter};
use journeys::{NORTH, call, place_in, synchronise};

const OTHER: &str = "06 39 98 00 02";

async fn phone(device: &Device, pathway: PathwayId) -> Option<String> {
    call(device, OpenPerson { pathway }).await.unwrap().named.phone
}

async fn state(device: &Device, pathway: PathwayId) -> PurposeStateView {
    let ledger = call(device, OpenPerson { pathway }).await.unwrap().ledger;
    ledger.purposes.iter().find(|it| it.purpose == Purpose::ShareContact).unwrap().state
}

async fn waiting(device: &Device) -> u32 {
    call(device, ReadSyncState {}).await.unwrap().to_send
}

#[tokio::test]
async fn a_tablet_whose_clock_is_a_year_ahead_ends_no_agreement_and_sends_once_it_is_right() {
    let scene = Scene::begin().await;
    let pathway = scene.person(Some(today().plus(30))).await;
    scene.all().await;
    assert_eq!(phone(&scene.samir, pathway).await.as_deref(), Some(PHONE));
    scene.clock.set_by(YEAR_MS);
    // It takes itself for silent, and works again once it has heard the cité.
    let named = NamedParts::default();
    let refused = call(&scene.nadia, WritePart { pathway, named }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Silent);
    synchronise(&scene.nadia).await;
    scene.write(pathway, OTHER).await;
    call(&scene.nadia, later_encounter(2, pathway, place_in(NORTH))).await.unwrap();
    scene.all().await;
    // For her it is over; nobody else is told so, and nothing is taken from anybody.
    assert_eq!(state(&scene.nadia, pathway).await, PurposeStateView::AskAgain);
    assert_eq!(phone(&scene.nadia, pathway).await.as_deref(), Some(OTHER), "kept here");
    for device in [&scene.samir, &scene.ines] {
        assert_eq!(state(device, pathway).await, PurposeStateView::Granted);
        assert_eq!(phone(device, pathway).await.as_deref(), Some(PHONE));
        let seen = call(device, OpenPerson { pathway }).await.unwrap();
        assert_eq!(seen.hit.encounters, 2, "what is coded is received");
    }
    scene.clock.set_by(-YEAR_MS);
    scene.all().await;
    assert_eq!(phone(&scene.samir, pathway).await.as_deref(), Some(OTHER), "sent once her day is right");
    assert_eq!(waiting(&scene.nadia).await, 0);
}

#[tokio::test]
async fn a_tablet_whose_clock_is_a_year_behind_prolongs_no_agreement() {
    let scene = Scene::begin().await;
    scene.clock.set_by(-YEAR_MS);
    // On her screen a month away; in the cité long past.
    let pathway = scene.person(Some(today().plus(-335))).await;
    scene.all().await;
    assert_eq!(state(&scene.nadia, pathway).await, PurposeStateView::Granted);
    assert_eq!(state(&scene.samir, pathway).await, PurposeStateView::AskAgain);
    assert_eq!(phone(&scene.samir, pathway).await, None, "the cité did not take it");
    assert_eq!(phone(&scene.nadia, pathway).await.as_deref(), Some(PHONE), "and it is not lost");
    // Agreed to again, it goes.
    scene.agree(pathway, None).await;
    scene.all().await;
    assert_eq!(phone(&scene.samir, pathway).await.as_deref(), Some(PHONE));
}

#[tokio::test]
async fn after_the_last_day_of_an_agreement_nobody_is_shown_the_part_and_who_wrote_it_keeps_it() {
    let scene = Scene::begin().await;
    let pathway = scene.person(Some(today())).await;
    scene.all().await;
    scene.world.cite.daily(today()).unwrap();
    scene.all().await;
    assert_eq!(phone(&scene.samir, pathway).await.as_deref(), Some(PHONE), "the last day counts");
    scene.world.cite.daily(today().plus(1)).unwrap();
    for device in [&scene.samir, &scene.ines] {
        synchronise(device).await;
        assert_eq!(phone(device, pathway).await, None, "dropped although nobody did anything");
    }
    synchronise(&scene.nadia).await;
    assert_eq!(phone(&scene.nadia, pathway).await.as_deref(), Some(PHONE), "hers");
    scene.agree(pathway, None).await;
    scene.all().await;
    for device in [&scene.samir, &scene.ines, &scene.nadia] {
        assert_eq!(phone(device, pathway).await.as_deref(), Some(PHONE), "agreed to again");
    }
}
