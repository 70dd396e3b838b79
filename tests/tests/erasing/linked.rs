//! The person who asks to be erased does not know that there are two records of her.

use domain::api::caseload::{LinkPeople, ReadToSettle};
use domain::api::person::{AbsentRecord, OrderErasure};
use domain::error::ErrorCode;
use domain::ids::PathwayId;
use domain::role::Role;
use domain::vocabulary::OrderReason;
use engine::device::Device;
use journeys::scene::*;
use journeys::{NORTH, World, call, synchronise};

async fn link(device: &Device, one: PathwayId, other: PathwayId, same: bool) {
    call(device, LinkPeople { one, other, same }).await.unwrap();
}

async fn order(device: &Device, pathway: PathwayId, with: Vec<PathwayId>) {
    let reason = OrderReason::Request;
    call(device, OrderErasure { pathway, with, reason }).await.unwrap();
}

/// A second référent of the sector, who has heard of everybody.
async fn with_karim() -> (Scene, Device) {
    let world = World::begin().await;
    let karim = world.joined_of("Mission locale inventée", "Karim S.", Role::Referent, vec![NORTH]).await;
    (Scene::founded_in(world).await, karim)
}

#[tokio::test]
async fn an_order_erases_every_record_of_the_set_and_the_proof_of_each_stands_with_the_others() {
    let scene = Scene::begin().await;
    let (one, other) = (scene.shared_person(1).await, scene.shared_person(2).await);
    let stranger = scene.shared_person(3).await;
    link(&scene.ines, one, other, true).await;
    scene.all().await;
    let refused = OrderErasure { pathway: one, with: vec![other, stranger], reason: OrderReason::Request };
    assert_eq!(call(&scene.ines, refused).await.unwrap_err().code, ErrorCode::Invalid);
    assert!(page(&scene.ines, one).await.is_ok(), "half an order is none");
    order(&scene.ines, one, vec![other]).await;
    scene.all().await;
    for device in [&scene.ines, &scene.nadia, &scene.samir] {
        assert!(is_gone(device, one).await && is_gone(device, other).await);
        assert!(page(device, stranger).await.is_ok());
    }
    let rows = scene.erasures();
    assert_eq!(rows.len(), 2, "one proof a record");
    assert!(rows[0].together.is_some() && rows[0].together == rows[1].together, "{rows:?}");
    for row in &rows {
        assert_eq!(row.devices.len(), 3);
        assert!(row.devices.iter().all(|it| it.confirmed_on.is_some()), "{row:?}");
    }
}

#[tokio::test]
async fn a_record_that_was_left_says_so_to_the_referent_until_it_is_erased_too_or_is_another_person() {
    for same in [true, false] {
        let scene = Scene::begin().await;
        let (one, other) = (scene.shared_person(1).await, scene.shared_person(2).await);
        link(&scene.ines, one, other, true).await;
        scene.all().await;
        order(&scene.ines, one, vec![]).await;
        scene.all().await;
        assert_eq!(scene.erasures()[0].together, None, "one record alone");
        let seen = page(&scene.ines, other).await.unwrap();
        assert_eq!(seen.absent, [AbsentRecord { pathway: one, erased_on: Some(today()) }]);
        let left = async || call(&scene.ines, ReadToSettle {}).await.unwrap().left;
        assert_eq!(left().await.iter().map(|it| it.label.pathway).collect::<Vec<_>>(), [other]);
        if same {
            order(&scene.ines, other, vec![one]).await;
        } else {
            link(&scene.ines, one, other, false).await;
        }
        assert!(left().await.is_empty());
        scene.all().await;
        assert_eq!(is_gone(&scene.samir, other).await, same);
        assert!(is_gone(&scene.samir, one).await);
    }
}

#[tokio::test]
async fn a_link_made_offline_after_an_order_brings_nobody_back_and_shows_what_is_left() {
    let (scene, karim) = with_karim().await;
    let (one, other) = (scene.shared_person(1).await, scene.shared_person(2).await);
    synchronise(&karim).await;
    order(&scene.ines, one, vec![]).await;
    scene.all().await;
    // Karim has no network and has heard nothing.
    link(&karim, one, other, true).await;
    for _ in 0..2 {
        synchronise(&karim).await;
        scene.all().await;
    }
    for device in [&scene.ines, &scene.nadia, &scene.samir, &karim] {
        assert!(is_gone(device, one).await);
        assert!(page(device, other).await.is_ok(), "a link erases nobody by itself");
    }
    let left = call(&scene.ines, ReadToSettle {}).await.unwrap().left;
    assert_eq!(left.iter().map(|it| it.label.pathway).collect::<Vec<_>>(), [other]);
}

#[tokio::test]
async fn a_link_made_offline_after_she_stopped_everything_freezes_the_other_record_then_erases_it() {
    let (scene, karim) = with_karim().await;
    let (one, other) = (scene.shared_person(1).await, scene.shared_person(2).await);
    synchronise(&karim).await;
    say(&scene.nadia, one, stop()).await;
    scene.all().await;
    assert_eq!(scene.world.cite.daily(today().plus(7)).unwrap(), 1);
    scene.all().await;
    link(&karim, one, other, true).await;
    for _ in 0..2 {
        synchronise(&karim).await;
        scene.all().await;
    }
    assert!(is_gone(&karim, one).await);
    assert!(page(&scene.ines, other).await.unwrap().ending.is_some(), "frozen, and its end announced");
    // The server learned of the link today: by its own clock, not by the day it was asked about above.
    assert_eq!(scene.world.cite.daily(today().plus(6)).unwrap(), 0, "with days of grace of its own");
    assert_eq!(scene.world.cite.daily(today().plus(7)).unwrap(), 1);
    for _ in 0..2 {
        synchronise(&karim).await;
        scene.all().await;
    }
    for device in [&scene.ines, &scene.nadia, &scene.samir, &karim] {
        assert!(is_gone(device, one).await && is_gone(device, other).await);
    }
}
